"""Which lines of a document begin the weeks and days of its plan."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from exporter.readers.dayplan.marks import Mark, day, phase, week, weekday
from exporter.readers.scan import Line, LineKind
from exporter.readers.weekdays import NAMED

UNNUMBERED = -1
"""The number of a day that the author names but neither counts nor leaves a number for."""

_WEEKDAY = re.compile(rf"\({NAMED}\)$", re.IGNORECASE)
_FULL = re.compile(r"\([^()]*(?:day|end|tag|abend|mittwoch|wochenende)\)$", re.IGNORECASE)


def marked(lines: Sequence[Line]) -> list[Mark]:
    """Every week and day of the plan, in order, without mentions.

    A range of days is a mention where one of them has a line of its own; so is a week without a
    day (an overview above the plan) where the same number begins one that has days.
    """
    days = [mark for index, line in enumerate(lines) if (mark := day(line, index))]
    if not days:
        named = [mark for index, line in enumerate(lines) if (mark := weekday(line, index))]
        days = [replace(mark, first=n, last=n) for n, mark in enumerate(named, 1)]
    single = {mark.first for mark in days if mark.first == mark.last}
    days = [
        mark
        for mark in days
        if mark.first == mark.last or not single & {*range(mark.first, mark.last + 1)}
    ]
    days = _with_named(lines, days)
    weeks = [mark for index, line in enumerate(lines) if (mark := week(line, index))]
    if not weeks:
        weeks = [mark for index, line in enumerate(lines) if (mark := phase(line, index))]
    marks = sorted([*days, *weeks], key=lambda mark: mark.index)
    filled = {
        mark.index for mark, following in pairwise(marks) if mark.is_week and not following.is_week
    }
    numbers = {mark.first for mark in weeks if mark.index in filled}
    return [
        mark
        for mark in marks
        if not mark.is_week or mark.index in filled or mark.first not in numbers
    ]


def _with_named(lines: Sequence[Line], days: Sequence[Mark]) -> list[Mark]:
    """``days`` and, among counted ones, those that have but a weekday's name ("Sunday: Rest") and
    are written like them: with the number that is left out there, or UNNUMBERED.  A short name
    ("Sun: mass") is one only where the counted days have theirs too."""
    places = {mark.index for mark in days}
    forms = {_form(lines[mark.index]) for mark in days}
    short = any(_WEEKDAY.search(mark.title) for mark in days)
    named = [
        mark
        for index, line in enumerate(lines)
        if index not in places and _form(line) in forms and (mark := weekday(line, index))
        if short or _FULL.search(mark.title)
    ]
    found: list[Mark] = []
    for mark in sorted([*days, *named], key=lambda mark: mark.index):
        if mark.index in places:
            found.append(mark)
            continue
        before = next((one.last for one in reversed(found) if one.first != UNNUMBERED), 0)
        after = next((one.first for one in days if one.index > mark.index), 0)
        free = before > 0 and not before < after <= before + 1
        number = before + 1 if free else UNNUMBERED
        found.append(replace(mark, first=number, last=number))
    return found


def _form(line: Line) -> tuple[LineKind, int, int]:
    return line.kind, line.indent, line.level
