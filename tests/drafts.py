"""What the tests of the small readers share: a document read alone, and its draft as text."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from exporter import lexical, repair, sources
from exporter.diagnostics import Diagnostic, Location
from exporter.model import Accounting, Day, Exercise, Plan, Question, Reading, Source, Topic
from exporter.readers import READERS, Hints, chat, document
from exporter.readers.draft import Draft
from exporter.readers.scan import Accounts, Line, scan

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "tests" / "documents"
SOURCE = ROOT / "source"

_MARKER = re.compile(r"^(?:\[[ x]\]\s*)?(?:\d+(?:[.)]|\ufe0f\u20e3)\s+)?")


class Recorded(Accounts):
    """Accounts that remember which lines were claimed as content first."""

    def __init__(self, path: str, lines: Sequence[Line]) -> None:
        super().__init__(path, lines)
        self.claimed: dict[int, str] = {}
        self.by_number = {line.number: line for line in lines}

    def content(self, lines: Sequence[Line]) -> None:
        super().content(lines)
        for line in lines:
            self.claimed.setdefault(line.number, "content")

    def structure(self, *lines: Line) -> None:
        super().structure(*lines)
        for line in lines:
            self.claimed.setdefault(line.number, "structure")


@dataclass(frozen=True)
class Read:
    """A document read by one reader, without the driver's safety net."""

    lines: tuple[Line, ...]
    draft: Draft
    aside: tuple[Reading, ...]
    accounts: Recorded
    accounting: Accounting
    diagnostics: tuple[Diagnostic, ...]
    detected: bool

    @property
    def codes(self) -> list[str]:
        return [diagnostic.code.code for diagnostic in self.diagnostics]


def read(reader: str, source: Source) -> Read:
    found: list[Diagnostic] = []
    lines, aside = chat.mark(source.path, scan(source), found.append)
    accounts = Recorded(source.path, lines)
    roles = document.find(lines, Hints()).roles
    draft = READERS[reader].read(source.path, roles, accounts, found.append)
    detected = READERS[reader].detect(roles)
    return Read(lines, draft, aside, accounts, accounts.close(), tuple(found), detected)


def text(reader: str, written: str) -> Read:
    return read(reader, Source("x", tuple(written.splitlines())))


def load(path: Path) -> Source:
    """A real document as the pipeline gives it to a reader: decoded and repaired."""
    source = sources.decode(path.name, path.read_bytes(), lambda _: None)
    assert source is not None
    return repair.repair(source, lambda _: None)


def untold(result: Read) -> list[str]:
    """Lines claimed as content of which a word stands nowhere in the model.

    A label ("Practice:") is named by the model's own field; boxes and numbers of lists are marks.
    """
    said = set(lexical.words(" ".join(_strings(asdict(result.draft)))))
    lines = [
        result.accounts.by_number[number]
        for number, use in sorted(result.accounts.claimed.items())
        if use == "content" and not result.accounts.by_number[number].empty
    ]
    return [
        line.raw
        for line in lines
        if not said >= set(lexical.words(_MARKER.sub("", line.text)))
        and not said >= set(lexical.words(line.text.partition(":")[2] or "no label"))
    ]


def _strings(value: object) -> Iterator[str]:
    match value:
        case dict():
            for part in value.values():
                yield from _strings(part)
        case list() | tuple():
            for part in value:
                yield from _strings(part)
        case _:
            yield str(value)


def outline(result: Read) -> str:
    """A draft in compact lines, its diagnostics below."""
    draft = result.draft
    parts: list[tuple[Location, list[str]]] = []
    parts += [(topic.location, [_topic(topic)]) for topic in draft.topics]
    parts += [(question.location, [_question(question)]) for question in draft.questions]
    parts += [(exercise.location, _exercise(exercise)) for exercise in draft.exercises]
    parts += [(reading.location, _reading(reading)) for reading in draft.readings]
    parts += [(reading.location, ["aside " + _reading(reading)[0]]) for reading in result.aside]
    lines = [f"title: {draft.title}"] if draft.title else []
    lines += [line for _, told in sorted(parts, key=lambda part: part[0]) for line in told]
    lines += list(_plan(draft.plan)) if draft.plan else []
    unread = [line.raw for run in result.accounts.unread() for line in run if not line.empty]
    lines += [f"unread: {raw.strip()}" for raw in unread]
    lines += [f"{found.code.code} at {_first(found)}" for found in result.diagnostics]
    return "\n".join(lines)


def _first(found: Diagnostic) -> int:
    assert found.location is not None
    return found.location.first


def _lines(location: Location) -> str:
    one = location.first == location.last
    return str(location.first) if one else f"{location.first}-{location.last}"


def _topic(topic: Topic) -> str:
    number = "-" if topic.number is None else str(topic.number)
    return f"{_lines(topic.location)} topic {number} [{topic.category}] {topic.title}"


def _question(question: Question) -> str:
    section = " / ".join(question.section)
    return f"{_lines(question.location)} question [{section}] {question.prompt}"


def _exercise(exercise: Exercise) -> list[str]:
    section = " / ".join(exercise.section)
    head = f"{_lines(exercise.location)} {exercise.kind} [{section}]"
    return [f"{head} {json.dumps(exercise.markdown, ensure_ascii=False)}"]


def _reading(reading: Reading) -> list[str]:
    section = " / ".join(reading.section)
    title = f" {reading.title}:" if reading.title else ""
    week = f" week {reading.week}" if reading.week else ""
    head = f"{_lines(reading.location)} {reading.kind} [{section}]{week}{title}"
    return [f"{head} {json.dumps(reading.markdown, ensure_ascii=False)}"]


def _plan(plan: Plan) -> Iterator[str]:
    for week in plan.weeks:
        goal = f" ({week.goal})" if week.goal else ""
        yield f"{_lines(week.location)} week {week.number}: {week.title}{goal}".replace("\n", " / ")
        for day in week.days:
            yield from _day(day)


def _day(day: Day) -> Iterator[str]:
    final = " final" if day.final else ""
    yield f"  {_lines(day.location)} day {day.number}: {day.title} <{day.kind}{final}>"
    for name in ("study", "practice", "design", "focus"):
        for entry in getattr(day, name):
            yield f"    {name}: {json.dumps(entry, ensure_ascii=False)}"
    for question in day.questions:
        yield f"    {_lines(question.location)} asks: {question.prompt}"


def crlf(source: Source) -> Source:
    """The same document as an editor on another system leaves it: a blank at each line's end."""
    return replace(source, lines=tuple(f"{line} \t" if line else line for line in source.lines))
