"""Study plans: weeks with a goal, days with what to study, to practise, to design and to answer.

Marks (lines that begin a week or a day) are found first and divide the document; what stands
between two marks belongs to the upper one.  Decisions: days without weeks make one week for every
seven; days that begin again at 1 in every week are counted through; "Day 3-4" is one day with the
first number; phases or sprints are weeks in a plan that counts none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exporter.diagnostics import Report
from exporter.model import Day, DayKind, Markdown, Plan, Reading, ReadingKind, StudyWeek
from exporter.readers.dayplan.days import (
    Entry,
    Label,
    entries,
    headed,
    kind,
    label,
    overall,
    questions,
    titled,
)
from exporter.readers.dayplan.marks import UNNUMBERED, Mark, bare, marked, untabled
from exporter.readers.dayplan.numbers import settled
from exporter.readers.draft import Draft
from exporter.readers.roles import Roles
from exporter.readers.scan import (
    LISTED,
    Accounts,
    Line,
    LineKind,
    location,
    markdown,
    titles_above,
    trimmed,
    undecorated,
)
from exporter.readers.tidy import tidy

_DAYS = 3  # so many days make a plan, fewer are a mention
_TITLE = 80  # characters up to which a line below a day's number may be its title
_FIRST_LINE = 100  # characters up to which a first line of text may be the document's title


def detect(roles: Roles) -> bool:
    """Whether the document counts days, and is not a collection of answers in tiers."""
    days = {mark.first for mark in marked(_lines(roles)) if not mark.is_week and mark.first >= 0}
    return len(days) >= _DAYS and roles.tiers < _DAYS


def span(roles: Roles) -> tuple[int, int]:
    """The indexes of the lines between which the plan stands, with a heading directly above it."""
    lines = _lines(roles)
    marks = marked(lines)
    first = marks[0].index
    above = next((at for at in range(first - 1, 0, -1) if not lines[at].empty), 0)
    head = lines[above]
    if head.kind is LineKind.HEADING and (
        not lines[first].level or head.level < lines[first].level
    ):
        first = above
    return first, _cut(lines, marks[-1], len(lines))


def _lines(roles: Roles) -> tuple[Line, ...]:
    """The outline's lines without HTML around them, with ends as rules, days of tables as days; a
    day that stands alone in a document without headings is none."""
    found = []
    for at, line in enumerate(untabled(tidy(roles.lines), roles.outline.rows)):
        raised = line.kind is LineKind.HEADING and not line.raw.lstrip().startswith(("#", "<"))
        below = roles.lines[at + 1] if at + 1 < len(roles.lines) else None
        underlined = below is not None and below.kind is LineKind.RULE
        if at in roles.closings:
            found.append(replace(line, kind=LineKind.RULE, text="", level=0))
        elif raised and line.level > 1 and not underlined:
            found.append(replace(line, kind=LineKind.TEXT, level=0))
        else:
            found.append(line)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Part:
    """A mark, the lines that belong to it and those that follow but belong to nothing."""

    mark: Mark
    own: tuple[Line, ...]
    outside: tuple[Line, ...]


def read(path: str, roles: Roles, accounts: Accounts, report: Report) -> Draft:
    """The plan, and as readings what introduces it or stands between its weeks."""
    lines = _lines(roles)
    marks = marked(lines)
    if not marks:
        return Draft()
    accounts.structure(*(line for line in lines if _rule(line)))
    parts = _parts(lines, marks)
    prose = _Prose(path, lines, accounts)
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
        items = line.kind in LISTED or line.indent > head.indent
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
    head, *below = part.own
    rest = list(trimmed(below))
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
    return Day(
        number=part.mark.first,
        title=title,
        kind=kind(title, found),
        final=False,
        study=_texts(found, Label.STUDY, Label.GOAL),
        practice=_texts(found, Label.PRACTICE),
        design=_texts(found, Label.DESIGN),
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


# -- prose ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Prose:
    """The prose of one document; claims the lines that it turns into readings."""

    path: str
    lines: Sequence[Line]
    accounts: Accounts
    heading: Line | None = None  # the line of the document's title

    def title(self, lines: Sequence[Line]) -> str | None:
        """The title in the lines above the plan: a heading, or a line of text that stands alone."""
        first = next((line for line in lines if _says(line)), None)
        if first is None or not (first.kind is LineKind.HEADING or _alone(lines, first)):
            return None
        self.heading = first
        self.accounts.structure(first)
        return undecorated(first.text)

    def readings(
        self, lines: Sequence[Line], kind: ReadingKind, week: Mark | None = None
    ) -> list[Reading]:
        """One reading for what stands under each heading among ``lines``; the heading becomes its
        title.  ``week``: the week that they introduce."""
        runs: list[tuple[str | None, list[Line]]] = [(None, [])]
        for line in lines:
            if line.kind is LineKind.HEADING and line is not self.heading:
                self.accounts.structure(line)
                runs.append((undecorated(line.text), []))
            elif line is not self.heading:
                runs[-1][1].append(line)
        found = []
        for title, run in runs:
            body = trimmed(run)
            if body:
                self.accounts.content(body)
                place = location(self.path, body)
                section = self._section(place.first, title, week)
                number = week.first if week else None
                found.append(Reading(kind, title, markdown(body), place, section, number))
        return found

    def _section(self, number: int, title: str | None, week: Mark | None) -> tuple[str, ...]:
        """The headings above a line, without the document's and the reading's own title."""
        if week:
            return (undecorated(self.lines[week.index].text),)
        names = titles_above(self.lines, number)
        if self.heading and self.heading.level and names[:1] == (undecorated(self.heading.text),):
            names = names[1:]
        return names[:-1] if title and names[-1:] == (title,) else names


def _says(line: Line) -> bool:
    return not line.empty and line.kind is not LineKind.RULE


def _alone(lines: Sequence[Line], first: Line) -> bool:
    """Whether a first line of plain text stands alone like a title."""
    sentence = first.text.rstrip("*_").endswith((".", ":", ",", ";"))
    below = next((line for line in lines if line.number == first.number + 1), None)
    single = below is None or below.kind is not LineKind.TEXT
    return (
        first.kind is LineKind.TEXT and single and not sentence and len(first.text) <= _FIRST_LINE
    )
