"""The numbers of a plan's weeks and days: kept as the author counts, settled where they clash.

A week's number names a sheet and a day's number a place for questions, so each may stand once.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from exporter.model import Day, StudyWeek
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.readers.dayplan.marks import Mark

_WEEK = 7


def settled(
    weeks: Sequence[StudyWeek], marks: Sequence[Mark], report: Report
) -> tuple[StudyWeek, ...]:
    """``weeks`` with one number each and days counted through; what was done is reported."""
    counted = _through(_merged(weeks, report), report)
    lasts = {mark.first: mark.last for mark in marks if not mark.is_week}
    _check(counted, lasts, report)
    return _by_sevens(counted, report)


def _merged(weeks: Sequence[StudyWeek], report: Report) -> tuple[StudyWeek, ...]:
    """Weeks of the same number joined into the first of them."""
    found: dict[int, StudyWeek] = {}
    for week in weeks:
        first = found.get(week.number)
        if first is None:
            found[week.number] = week
            continue
        message = f"week {week.number} begins a second time: joined with the first; renumber it"
        report(Diagnostic(week.location, Code.WEEK_TWICE, message))
        place = replace(first.location, last=max(first.location.last, week.location.last))
        found[week.number] = replace(
            first, goal=first.goal or week.goal, days=first.days + week.days, location=place
        )
    return tuple(found.values())


def _through(weeks: tuple[StudyWeek, ...], report: Report) -> tuple[StudyWeek, ...]:
    """Days counted through where every week begins again at 1."""
    filled = [week for week in weeks if week.days]
    if len(filled) < 2 or any(week.days[0].number != 1 for week in filled):
        return weeks
    message = "each week counts its days from 1: they are counted through, as pins name days"
    report(Diagnostic(filled[1].days[0].location, Code.DAYS_RESTART, message))
    found = []
    offset = 0
    for week in weeks:
        days = tuple(replace(day, number=day.number + offset) for day in week.days)
        offset = max([offset, *(day.number for day in days)])
        found.append(replace(week, days=days))
    return tuple(found)


def _check(weeks: Sequence[StudyWeek], lasts: dict[int, int], report: Report) -> None:
    """Report ranges, repeats and gaps."""
    days = [day for week in weeks for day in week.days]
    seen: set[int] = set()
    for day in days:
        if day.number in seen:
            message = f"day {day.number} stands twice: renumber one, or questions go to the first"
            report(Diagnostic(day.location, Code.DAY_TWICE, message))
        seen.add(day.number)
    for before, after in pairwise(sorted(days, key=lambda day: day.number)):
        reached = max(before.number, lasts.get(before.number, 0))
        _check_pair(after, reached, report)
    for day in days:
        last = lasts.get(day.number, 0)
        if last > day.number:
            message = f"days {day.number} to {last} are one entry: kept as day {day.number}"
            report(Diagnostic(day.location, Code.DAY_RANGE, message))


def _check_pair(after: Day, reached: int, report: Report) -> None:
    missing = list(range(reached + 1, after.number))
    if missing:
        names = (
            f"day {missing[0]} is"
            if len(missing) == 1
            else (f"days {missing[0]} to {missing[-1]} are")
        )
        message = f"{names} missing before day {after.number}: add or renumber"
        report(Diagnostic(after.location, Code.DAY_MISSING, message))


def _by_sevens(weeks: tuple[StudyWeek, ...], report: Report) -> tuple[StudyWeek, ...]:
    """Days that stand before any week, or in a plan without weeks, in weeks of seven."""
    if not weeks or weeks[0].number:
        return weeks
    loose, *others = weeks
    taken = {week.number for week in others}
    made: dict[int, list[Day]] = {}
    for day in loose.days:
        made.setdefault((day.number - 1) // _WEEK + 1, []).append(day)
    message = "days without a week: seven days make one; add week headings to divide them otherwise"
    report(Diagnostic(loose.days[0].location, Code.WEEKS_MADE, message))
    found = []
    for number, days in made.items():
        if number in taken:
            others = [
                replace(week, days=(*days, *week.days)) if week.number == number else week
                for week in others
            ]
            continue
        place = replace(days[0].location, last=days[-1].location.last)
        found.append(StudyWeek(number, "", None, tuple(days), place))
    return (*found, *others)
