"""The plan's days as a calendar to tick off: by the plan's weeks, or by dates where it begins."""

import datetime
from collections.abc import Iterator, Mapping

from exporter.model import Day, Plan
from exporter.paper.book.views import Calendar, CalendarRow, Cell
from exporter.paper.sheets.texts import Texts
from exporter.text.fixed_words import Wording

_WEEK = 7
_LONG = 10  # days of the plan in one row at most


def calendar(
    plan: Plan,
    start: datetime.date | None,
    links: Mapping[int, str],
    texts: Texts,
    words: Wording,
) -> Calendar:
    """`links` lead to the days, by number."""
    cells = {
        day.number: _cell(day, start, links.get(day.number, ""), texts, words)
        for week in plan.weeks
        for day in week.days
    }
    if start is None:
        return Calendar((), tuple(_by_plan(plan, cells, words)))
    dated = {start + datetime.timedelta(number - 1): cell for number, cell in cells.items()}
    return Calendar(words.weekdays, tuple(_by_date(dated, words)))


def _by_plan(plan: Plan, cells: Mapping[int, Cell], words: Wording) -> Iterator[CalendarRow]:
    for week in plan.weeks:
        days = [cells[day.number] for day in week.days]
        for first in range(0, len(days), _LONG):
            label = f"{words.week} {week.number}" if first == 0 else ""
            yield CalendarRow(label, tuple(days[first : first + _LONG]))


def _by_date(dated: Mapping[datetime.date, Cell], words: Wording) -> Iterator[CalendarRow]:
    """Weeks from Monday to Sunday, from the first day's to the last one's; a row names its month
    where it is another than the row's before."""
    if not dated:
        return
    monday = min(dated) - datetime.timedelta(min(dated).weekday())
    before = ""
    while monday <= max(dated):
        week = [monday + datetime.timedelta(n) for n in range(_WEEK)]
        first = next((date for date in week if date in dated), monday)
        month = f"{words.months[first.month - 1]} {first.year}"
        yield CalendarRow(month if month != before else "", tuple(dated.get(date) for date in week))
        before = month
        monday += datetime.timedelta(_WEEK)


def _cell(day: Day, start: datetime.date | None, href: str, texts: Texts, words: Wording) -> Cell:
    date = start + datetime.timedelta(day.number - 1) if start else None
    shown = words.dated(date) if date else ""
    return Cell(f"{words.day} {day.number}", texts.line(day.title, None), shown, href)
