"""Lines of a tiered document that may carry its structure, before it is known what they carry.

A mark is a heading, a bold or plain label, or an END marker.  How much a mark's form can be
trusted is its ``Form``: a heading is written on purpose, a line ``Medium: …`` may be prose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum, auto

from exporter.model import Attributes, Tier
from exporter.readers.braces import attributes
from exporter.readers.scan import Line, LineKind, undecorated
from exporter.readers.tiered import words
from exporter.readers.tiered.words import Part


class Form(IntEnum):
    """How a mark is written, the most deliberate last."""

    INLINE = auto()
    PLAIN = auto()
    BOLD = auto()
    HEADING = auto()


class Sort(Enum):
    """What a mark may be: TITLE is any other heading, COUNTED one like ``3. …``."""

    END = auto()
    TIER = auto()
    PART = auto()
    QUESTION = auto()
    COUNTED = auto()
    TITLE = auto()


_NONE = Attributes()


@dataclass(frozen=True, slots=True)
class Mark:
    """``at`` is an index into the lines; ``level`` a heading's, 7 for bold, 8 for plain lines.

    ``title`` is a prompt, a heading's text or a tier's name, ``rest`` what follows that name and
    ``label`` a question's number or a tier's whole line, as their author wrote them."""

    at: int
    sort: Sort
    form: Form
    level: int
    title: str
    label: str | None = None
    rest: str = ""
    means: Tier | Part | None = None
    attributes: Attributes = _NONE


_BOLD = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<inner>\S.*?)(?P=mark)\s*(?P<rest>.*)$")
_ORNAMENT = re.compile(r"^[^\w*`\"'“‘(\[{<]+")
_SIGNED = re.compile(r"\S+\s*\d*\w?\s*[:：.)–—-]")
_SIGN = re.compile(r"[:：]\s*|[–—-](?:\s+|$)")
_LEVELS = {Form.BOLD: 7, Form.PLAIN: 8, Form.INLINE: 8}
_LISTED = (LineKind.BULLET, LineKind.NUMBERED)


def marks(lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Every mark of the document, in order; code holds none."""
    return tuple(_marks(lines))


def _marks(lines: Sequence[Line]) -> Iterator[Mark]:
    for at, line in enumerate(lines):
        mark = None
        if line.kind is LineKind.HEADING:
            mark = _heading(at, line.text, line.level)
        elif level := _underlined(lines, at):
            mark = _heading(at, line.text, level)
        elif line.kind in (LineKind.TEXT, LineKind.QUOTE, *_LISTED):
            mark = _end(lines, at) or label(at, line) or _asked(at, line) or _set(lines, at)
        if mark:
            yield mark


def _underlined(lines: Sequence[Line], at: int) -> int:
    """The level of a heading that is a line alone with "===" or as long a line of "-" under it."""
    if lines[at].kind is not LineKind.TEXT or (at and not lines[at - 1].empty):
        return 0
    under = lines[at + 1] if at + 1 < len(lines) else None
    if under is None or under.kind is not LineKind.RULE:
        return 0
    rule = under.raw.strip()
    if set(rule) == {"="}:
        return 1
    return 2 if set(rule) == {"-"} and abs(len(rule) - len(lines[at].text)) <= 1 else 0


def _set(lines: Sequence[Line], at: int) -> Mark | None:
    """A set's title in a document without headings: a line alone that counts sets."""
    title = undecorated(lines[at].text)
    if lines[at].kind is LineKind.TEXT and words.is_set(title) and _alone(lines, at):
        return Mark(at, Sort.TITLE, Form.PLAIN, 6, title)
    return None


def _heading(at: int, written: str, level: int) -> Mark:
    text, attached = attributes(written)
    bold = _BOLD.match(_ORNAMENT.sub("", text))
    title = undecorated(f"{bold['inner']} {bold['rest']}" if bold else text)
    if words.is_end(title):
        return Mark(at, Sort.END, Form.HEADING, level, title)
    if found := words.label(title):
        return replace(_named(at, found, Form.HEADING, level), label=title)
    sort, numbered = Sort.TITLE, words.Numbered(None, title)
    if asked := words.question(title):
        sort, numbered = Sort.QUESTION, asked
    elif counted := words.counted(title):
        sort, numbered = Sort.COUNTED, counted
    return Mark(at, sort, Form.HEADING, level, numbered.title, numbered.label, attributes=attached)


def _named(at: int, found: words.Label, form: Form, level: int) -> Mark:
    sort = Sort.TIER if isinstance(found.means, Tier) else Sort.PART
    return Mark(at, sort, form, level, found.name, rest=found.rest, means=found.means)


def _end(lines: Sequence[Line], at: int) -> Mark | None:
    """An END marker stands alone, or ends a paragraph in capitals; one that names no division is
    confirmed by what follows."""
    text = lines[at].text
    if not _alone(lines, at, above=lines[at].kind is not LineKind.TEXT or not text.isupper()):
        return None
    if words.is_end(text) or (words.may_end(text) and _closes(lines, at)):
        return Mark(at, Sort.END, Form.PLAIN, 8, undecorated(text))
    return None


def _alone(lines: Sequence[Line], at: int, *, above: bool = True) -> bool:
    places = (at - 1, at + 1) if above else (at + 1,)
    around = [lines[to] for to in places if 0 <= to < len(lines)]
    quiet = (LineKind.RULE, LineKind.HEADING, LineKind.FENCE)
    return all(line.empty or line.kind in quiet or words.is_end(line.text) for line in around)


def _closes(lines: Sequence[Line], at: int) -> bool:
    following = [
        line for line in lines[at + 1 :] if not line.empty and line.kind is not LineKind.RULE
    ]
    return not following or (following[0].kind is LineKind.HEADING and following[0].level <= 2)


def label(at: int, line: Line) -> Mark | None:
    """``**Short:** text``, ``**Short**``, ``SHORT:``, ``Short: text`` and, bold, as a list item."""
    if line.kind is LineKind.QUOTE:
        return None
    if match := _BOLD.match(_ORNAMENT.sub("", line.text)):
        inner, rest = match["inner"].strip(), match["rest"]
        closed = inner.endswith((":", "："))
        sign = _SIGN.match(rest)
        found = words.label(inner.rstrip(":： "))
        if found and found.rest and not rest and isinstance(found.means, Part):
            return _named(at, found, Form.BOLD, _LEVELS[Form.BOLD])
        if found is None or found.rest or (rest and not closed and not sign):
            return None
        rest = rest[sign.end() :] if sign else rest
        return _named(
            at, words.Label(found.means, found.name, rest.strip()), Form.BOLD, _LEVELS[Form.BOLD]
        )
    found = words.label(line.text)
    if found is None or (line.kind in _LISTED and not re.search(r"[:：]", line.text)):
        return None
    form = Form.INLINE if found.rest else Form.PLAIN
    return _named(at, found, form, _LEVELS[form])


def _asked(at: int, line: Line) -> Mark | None:
    """``**Q5.** What …``, ``**Q5: What …?**``, ``Q5: What …`` and ``Q: …``."""
    if line.kind is not LineKind.TEXT:
        return None
    text, attached = attributes(line.text)
    match = _BOLD.match(_ORNAMENT.sub("", text))
    form = Form.BOLD if match else Form.PLAIN
    bare = f"{match['inner']} {match['rest']}" if match else text
    asked = words.question(undecorated(bare))
    signed = match or _SIGNED.match(undecorated(bare))
    if asked is None or not (signed or not asked.title or asked.title.endswith("?")):
        return None
    return Mark(
        at, Sort.QUESTION, form, _LEVELS[form], asked.title, asked.label, attributes=attached
    )
