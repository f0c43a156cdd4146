"""Study plans: weeks with a goal, days with what to study, to practise, to design and to answer.

Marks (lines that begin a week or a day) are found first and divide the document; what stands
between two marks belongs to the upper one.  Decisions: days without weeks make one week for every
seven; days that begin again at 1 in every week are counted through; "Day 3-4" is one day with the
first number; phases or sprints are weeks in a plan that counts none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exporter.diagnostics import Report
from exporter.model import (
    Day,
    DayKind,
    Markdown,
    Plan,
    ReadingKind,
    StudyWeek,
)
from exporter.readers.dayplan.lines import Entry, entries, headed, questions
from exporter.readers.dayplan.marking import UNNUMBERED, marked
from exporter.readers.dayplan.marks import (
    Label,
    Mark,
    kind,
    label,
    overall,
    titled,
)
from exporter.readers.dayplan.numbers import settled
from exporter.readers.dayplan.prose import Prose
from exporter.readers.draft import Draft
from exporter.readers.openings import bare
from exporter.readers.roles import Roles
from exporter.readers.scan import (
    Accounts,
    Line,
    LineKind,
    location,
    trimmed,
    undecorated,
)
from exporter.readers.shapes import framed, tiers

_DAYS = 3  # so many days make a plan, fewer are a mention
_TITLE = 80  # characters up to which a line below a day's number may be its title


def detect(roles: Roles) -> bool:
    """Whether the document counts days, and is not a collection of answers in tiers."""
    days = {mark.first for mark in marked(roles.lines) if not mark.is_week and mark.first >= 0}
    return len(days) >= _DAYS and tiers(roles.lines) < _DAYS


@dataclass(frozen=True, slots=True)
class _Part:
    """A mark, the lines that belong to it and those that follow but belong to nothing."""

    mark: Mark
    own: tuple[Line, ...]
    outside: tuple[Line, ...]


def read(path: str, roles: Roles, accounts: Accounts, report: Report) -> Draft:
    """The plan, and as readings what introduces it or stands between its weeks."""
    lines = framed(roles.lines)
    marks = marked(lines)
    if not marks:
        return Draft()
    accounts.structure(*(line for line in lines if _rule(line)))
    parts = _parts(lines, marks)
    prose = Prose(path, lines, accounts)
    title = prose.title(lines[: marks[0].index])
    readings = prose.readings(lines[: marks[0].index], ReadingKind.INTRODUCTION)
    weeks: list[StudyWeek] = []
    for part in parts:
        readings += prose.readings(part.outside, ReadingKind.ADVICE)
        if part.mark.is_week:
            opened, others = _week(path, part, accounts)
            weeks.append(opened)
            readings += prose.readings(others, ReadingKind.INTRODUCTION, part.mark)
            continue
        if part.mark.first == UNNUMBERED:
            continue  # left unread, which is reported: a number of ours might be another day's
        if not weeks:
            weeks.append(StudyWeek(0, "", None, (), location(path, part.own)))
        weeks[-1] = _joined(weeks[-1], _day(path, part, accounts))
    plan = Plan(title, settled(tuple(weeks), marks, report))
    return Draft(title=title, readings=tuple(readings), plan=_with_final(plan))


def _rule(line: Line) -> bool:
    return line.kind is LineKind.RULE


def _parts(lines: Sequence[Line], marks: Sequence[Mark]) -> list[_Part]:
    ends = [mark.index for mark in marks[1:]] + [len(lines)]
    parts = []
    for mark, end in zip(marks, ends, strict=True):
        cut = _cut(lines, mark, end)
        own = tuple(trimmed(lines[mark.index : cut]))
        parts.append(_Part(mark, own, tuple(lines[cut:end])))
    return parts


def _cut(lines: Sequence[Line], mark: Mark, end: int) -> int:
    """The index from which lines no longer belong to ``mark``: another heading of its rank, text
    below a rule, or in a plan without headings a paragraph at the margin below indented lines."""
    head = lines[mark.index]
    indented = ruled = gap = False
    for index in range(mark.index + 1, end):
        line = lines[index]
        if line.empty:
            gap = True
        elif _rule(line):
            ruled = line.number > head.number + 1
        elif line.kind is LineKind.HEADING and (not head.level or line.level <= head.level):
            return index
        elif line.kind not in (LineKind.CODE, LineKind.FENCE):
            margin = line.indent <= head.indent and not head.level and (gap and indented)
            if (ruled or margin) and label(bare(line), of_week=mark.is_week)[0] is None:
                return index
            indented, gap = indented or index > mark.index, False
    return end


def _week(path: str, part: _Part, accounts: Accounts) -> tuple[StudyWeek, list[Line]]:
    """The week with its goal, and the lines that introduce it."""
    head, *rest = part.own
    accounts.structure(head)
    goals: list[str] = []
    others: list[Line] = []
    listing = False
    for line in rest:
        found, text = label(bare(line), of_week=True)
        items = line.kind in (LineKind.BULLET, LineKind.NUMBERED) or line.indent > head.indent
        if found is Label.GOAL or (listing and items and not line.empty):
            goals += [text] if found else [bare(line)]
            accounts.content([line]) if text else accounts.structure(line)
        elif not _rule(line):
            others.append(line)
        listing = (found is Label.GOAL and not text) or (listing and (items or line.empty))
    goal = Markdown("\n".join(filter(None, goals))) or None
    place = location(path, part.own)
    return StudyWeek(part.mark.first, part.mark.title, goal, (), place), others


def _day(path: str, part: _Part, accounts: Accounts) -> Day:
    head, *rest = part.own
    title, first = headed(path, head, part.mark.title)
    aside = title.startswith("(") and title.endswith(")")
    if (aside or not title) and rest and (named := titled(rest[0])):
        title = f"{named} {title}".strip()
        accounts.content([rest.pop(0)])
    elif not title and rest and _names(head, rest[0]):
        title = undecorated(rest[0].text)
        accounts.structure(rest.pop(0))
    if first:
        accounts.content([head])
    found, labels = entries(path, rest)
    found = (*first, *found)
    accounts.structure(head, *labels)
    for entry in found:
        if entry.label is not Label.ANSWER:
            place = entry.location
            accounts.content([line for line in rest if place.first <= line.number <= place.last])
    designs = _texts(found, Label.DESIGN)
    return Day(
        number=part.mark.first,
        title=title,
        kind=kind(title, designs=bool(designs)),
        final=False,
        study=_texts(found, Label.STUDY, Label.GOAL),
        practice=_texts(found, Label.PRACTICE),
        design=designs,
        focus=_texts(found, Label.FOCUS),
        questions=tuple(
            asked for entry in found if entry.label is Label.QUESTION for asked in questions(entry)
        ),
        location=location(path, part.own),
    )


def _names(head: Line, below: Line) -> bool:
    """Whether the line directly below a day without a title is that title."""
    text = bare(below)
    near = below.number == head.number + 1 and below.indent == head.indent
    plain = below.kind is LineKind.TEXT and label(text)[0] is None and len(text) <= _TITLE
    return near and plain and not text.endswith((".", "?", "!", ":", ";", ","))


def _texts(found: Sequence[Entry], *labels: Label) -> tuple[Markdown, ...]:
    return tuple(entry.markdown for entry in found if entry.label in labels)


def _joined(into: StudyWeek, day_: Day) -> StudyWeek:
    place = replace(into.location, last=day_.location.last)
    return replace(into, days=(*into.days, day_), location=place)


def _with_final(plan: Plan) -> Plan:
    """``plan`` with its last recap marked as final, where that one is about the whole plan."""
    days = [(week_, day_) for week_ in plan.weeks for day_ in week_.days]
    recaps = [(week_, day_) for week_, day_ in days if day_.kind is DayKind.RECAP]
    if not recaps:
        return plan
    home, last = recaps[-1]
    second = sum(1 for week_, _ in recaps if week_ == home) > 1
    only = len(recaps) == 1 and last in [day_ for _, day_ in days[-2:]]
    if not (overall(last.title) or second or only):
        return plan
    weeks = tuple(
        replace(
            week_,
            days=tuple(replace(d, final=True) if d is last else d for d in week_.days),
        )
        for week_ in plan.weeks
    )
    return replace(plan, weeks=weeks)
