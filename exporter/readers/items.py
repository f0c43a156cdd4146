"""List items with all that belongs to them, as topics are made of, and the numbers of topics.

An item is a bullet, a numbered entry or a box to tick with its wrapped lines and nested lists.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Markdown, Topic
from exporter.readers.scan import LISTED, Line, LineKind, markdown, trimmed

_BOXES = "☐☑☒□■▢⬜✅✔✓🔲🔳🗹"
_CHECKBOX = re.compile(rf"(?:\[[ xX✓✔]?\]|[{_BOXES}]\ufe0f?)\s+")
_NUMBER = re.compile(
    r"(?P<mark>\*\*|__)?[#(]?(?P<number>\d{1,4})(?:[.)](?=[\s*_])|\s*[-–—:](?=\s+\D))"
    r"\s*(?(mark)(?P<close>\*\*|__)?)\s*(?P<text>\S.*)$"
)
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})+[.)]?\s+\S")
_WRAPPED = 60  # columns from which a line may have been broken by an editor
_DIGITS = "0123456789"
_KEYCAP = "\ufe0f\u20e3"


@dataclass(frozen=True, slots=True)
class Item:
    """``text`` is the first line without marker, box and number, with its wrapped lines joined;
    ``written`` keeps a number that is no list marker; ``number`` is the author's; ``nested`` what
    is indented below, ``lines`` all of it."""

    number: int | None
    boxed: bool
    text: str
    written: str
    nested: tuple[Line, ...]
    lines: tuple[Line, ...]

    @property
    def counted(self) -> bool:
        """Whether the author numbers the item or gives it a box to tick."""
        return self.boxed or self.number is not None or bool(_DOTTED.match(self.text))

    def title(self) -> str:
        """The item in one line: nested entries follow after a colon."""
        below = "; ".join(_entry(line) for line in self.nested if not line.empty)
        text = self.text.rstrip(":：").rstrip()
        return f"{text}: {below}" if below else text

    def whole(self) -> Markdown:
        """The item as Markdown with its nested lines, without its own marker."""
        below = markdown(self.nested)
        if not below:
            return Markdown(self.written)
        return Markdown(f"{self.written}\n\n{below}")


def opens(line: Line) -> bool:
    """Whether ``line`` begins an item."""
    if line.kind in LISTED:
        return True
    return line.kind is LineKind.TEXT and (
        bool(_CHECKBOX.match(line.text) or _DOTTED.match(line.text))
        or _numbered_text(line.text) is not None
    )


def items(lines: Sequence[Line]) -> list[Item]:
    """The items of consecutive lines, the first of which opens one: a deeper line belongs to the
    item above it, but for boxes to tick, which are items wherever they stand."""
    runs: list[list[Line]] = []
    for line in lines:
        deeper = bool(runs) and line.indent > runs[-1][0].indent
        if line.kind in (LineKind.CODE, LineKind.FENCE):
            own = False
        else:
            own = opens(line) and (not deeper or is_boxed(line))
        if own or not runs:
            runs.append([line])
        else:
            runs[-1].append(line)
    return [_item(run) for run in runs]


Test = Callable[[Line], bool]


def blocks(lines: Sequence[Line], alone: Test, starts: Test) -> list[tuple[Line, ...]]:
    """A document in blocks: headings, rules and lines that stand ``alone`` each by itself; a list
    with all that belongs to it; paragraphs, broken where a line of them ``starts`` another; fences
    whole.  No empty lines at their ends."""
    found: list[list[Line]] = []
    for line in lines:
        if line.empty:
            if found:
                found[-1].append(line)
        elif found and _goes_on(found[-1], line, alone) and not _parts(found[-1], line, starts):
            found[-1].append(line)
        else:
            found.append([line])
    return [tuple(trimmed(block) or block[:1]) for block in found]


def _goes_on(block: Sequence[Line], line: Line, alone: Test) -> bool:
    first, last = block[0], block[-1]
    single = (LineKind.HEADING, LineKind.RULE)
    if first.kind in single or line.kind in single:
        return False
    if line.kind is LineKind.CODE or (line.kind is LineKind.FENCE and last.kind is LineKind.CODE):
        return True
    deeper = line.indent > first.indent
    if opens(first) and not alone(first):
        return deeper or (not alone(line) and (opens(line) or _wraps(last, line)))
    return not alone(first) and not alone(line) and not last.empty and not opens(line)


def _wraps(last: Line, line: Line) -> bool:
    """Whether ``line``, at the margin below an item, goes on with a sentence an editor broke."""
    long = len(last.raw.expandtabs(4)) >= _WRAPPED
    return not last.empty and line.kind is LineKind.TEXT and (long or line.text[:1].islower())


def _parts(block: Sequence[Line], line: Line, starts: Test) -> bool:
    return line.kind is LineKind.TEXT and line.indent <= block[0].indent and starts(line)


def _item(run: Sequence[Line]) -> Item:
    lines = list(run)
    while lines[-1].empty:
        lines.pop()
    first, *others = lines
    text, boxed = first.text, is_boxed(first)
    if boxed:
        text = _CHECKBOX.sub("", text, count=1)
    number = int(first.marker[:-1]) if first.kind is LineKind.NUMBERED else None
    at = 0
    while at < len(others) and others[at].kind is LineKind.TEXT and not opens(others[at]):
        text, at = f"{text} {others[at].text}", at + 1
    written = text
    numbered = _numbered_text(text) if number is None and not _DOTTED.match(text) else None
    if numbered:
        number, text = numbered
    return Item(number, boxed, text, written, tuple(others[at:]), tuple(lines))


def is_boxed(line: Line) -> bool:
    """Whether a line has a box to tick."""
    silent = line.empty or line.kind in (LineKind.HEADING, LineKind.CODE)
    return not silent and _CHECKBOX.match(line.text) is not None


def _numbered_text(text: str) -> tuple[int, str] | None:
    """The number that stands in the text itself: ``12. topic`` behind a box, ``1️⃣ topic``."""
    plain = text
    if len(text) > 2 and text[0] in _DIGITS and text[1] in _KEYCAP:
        digits = text.translate(dict.fromkeys(map(ord, _KEYCAP)))
        plain = re.sub(r"^(\d+)\s*", r"\1. ", digits)
    match = _NUMBER.match(plain)
    if not match:
        return None
    unclosed = match["mark"] if match["mark"] and not match["close"] else ""
    return int(match["number"]), f"{unclosed}{match['text']}"


def _entry(line: Line) -> str:
    return line.text.rstrip(";")


# -- numbers of topics ---------------------------------------------------------------------------


def counted_up(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Topics that are all numbered alike (``1.`` every time, as Markdown allows) counted up."""
    numbers = [topic.number for topic in topics if topic.number is not None]
    if len(numbers) < 3 or len(set(numbers)) > 1:
        return topics
    up = iter(range(1, len(numbers) + 1))
    return tuple(
        replace(topic, number=next(up)) if topic.number is not None else topic for topic in topics
    )


def check_numbers(topics: Sequence[Topic], report: Report) -> None:
    """Report repeats and gaps; a category that begins again at 1 is neither."""
    last: Topic | None = None
    for topic in topics:
        if topic.number is None:
            continue
        before = last.number if last and last.number is not None else topic.number - 1
        again = last is not None and topic.number == 1 and topic.category != last.category
        if not again and topic.number <= before:
            message = f"topic {topic.number} follows topic {before}: renumber one of them"
            report(Diagnostic(topic.location, Code.TOPIC_TWICE, message))
        elif not again and topic.number > before + 1:
            message = (
                f"topic {topic.number} follows topic {before}: add what is missing or renumber"
            )
            report(Diagnostic(topic.location, Code.TOPIC_MISSING, message))
        last = topic
