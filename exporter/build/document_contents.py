"""What a document holds, counted in one line: for the end of a check, for a first pack.toml."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from exporter.model import Document, Kind, Pack, ReadingKind

_SHAPES: Mapping[str, str] = {"tiers": "tiers", "choice": "choices"}
_READINGS: Mapping[ReadingKind, tuple[str, str]] = {
    ReadingKind.INTRODUCTION: ("introduction", "introductions"),
    ReadingKind.STORY: ("story", "stories"),
    ReadingKind.ADVICE: ("piece of advice", "pieces of advice"),
    ReadingKind.UNREAD: ("passage not understood", "passages not understood"),
}


def lines(pack: Pack) -> tuple[str, ...]:
    """A line for each document of ``pack``, in their order."""
    return tuple(line(_filled(document, pack)) for document in pack.documents)


def _filled(document: Document, pack: Pack) -> Document:
    """``document`` with what the pack holds of it."""
    path = document.path
    planned = pack.plan and any(week.location.path == path for week in pack.plan.weeks)
    return replace(
        document,
        questions=tuple(one for one in pack.questions if one.location.path == path),
        topics=tuple(one for one in pack.topics if one.location.path == path),
        readings=tuple(one for one in pack.readings if one.location.path == path),
        exercises=tuple(one for one in pack.exercises if one.location.path == path),
        plan=pack.plan if planned else None,
    )


def line(document: Document) -> str:
    """``notes.md: 215 questions (headings, tiers), 30 puzzles, 1 story``.  Puzzles and tasks are
    questions too; what a plan asks itself stands in the plan."""
    return f"{document.path}: {', '.join(_counts(document)) or 'nothing'}"


def _counts(document: Document) -> Iterator[str]:
    if document.plan:
        days = sum(len(week.days) for week in document.plan.weeks)
        weeks = counted(len(document.plan.weeks), "week", "weeks")
        yield f"a plan of {weeks} and {counted(days, 'day', 'days')}"
    elif document.reader == "dayplan":
        yield "a second plan"
    yield from _questions(document)
    for number, one, several in (
        (len(document.topics), "topic", "topics"),
        (len(document.exercises), "exercise", "exercises"),
    ):
        if number:
            yield counted(number, one, several)
    kinds = Counter(reading.kind for reading in document.readings)
    for kind, names in _READINGS.items():
        if kinds[kind]:
            yield counted(kinds[kind], *names)


def _questions(document: Document) -> Iterator[str]:
    found = document.questions
    if not found:
        if not (document.reader == "dayplan" or document.topics or document.exercises):
            yield "no question"
        return
    how = ", ".join(_how(document))
    bare = not any(question.answers for question in found)
    said = counted(len(found), "question", "questions")
    yield said + (f" ({how})" if how else "") + (" without answers" if bare else "")
    kinds = Counter(question.kind for question in found)
    if kinds[Kind.OUTPUT]:
        yield counted(kinds[Kind.OUTPUT], "puzzle", "puzzles")
    if kinds[Kind.TASK]:
        yield counted(kinds[Kind.TASK], "task", "tasks")
    open_ = sum(not question.answers for question in found)
    if open_ and not bare:
        yield f"{open_} without an answer"


def _how(document: Document) -> list[str]:
    """The forms in which lines ask, most frequent first, then how they are answered."""
    forms: Counter[str] = Counter()
    for part in document.parts:
        if part.form:
            forms[part.form] += sum(
                part.first <= question.location.first <= part.last
                for question in document.questions
            )
    shapes = {part.what for part in document.parts}
    return [
        *(form for form, _ in forms.most_common()),
        *(name for what, name in _SHAPES.items() if what in shapes),
    ]


def counted(number: int, one: str, several: str) -> str:
    """``1 week``, ``2 weeks``."""
    return f"{number} {one if number == 1 else several}"
