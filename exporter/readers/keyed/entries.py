"""Entries of a list: bullets with a key (``- **key**: text``) or without one.

An entry owns its continuation lines, nested bullets and fences.  Paragraphs between lists belong to
no entry and are handed back, so that nobody loses them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import Markdown
from exporter.readers.scan import LISTED, Line, LineKind, markdown, trimmed, undecorated

_SEPARATED = r"(?:\s*[:：]|\s+(?:[-–—=]|[-=]>|→)(?=\s|$))"
_BOLD = re.compile(
    r"(?P<mark>\*\*\*|\*\*|__)(?P<key>(?:(?!(?P=mark)).)+)(?P=mark)"
    rf"(?P<more>\s*\([^()]*\))?(?P<after>{_SEPARATED})?\s*(?P<rest>.*)$",
    re.DOTALL,
)
_SLANTED = re.compile(
    rf"(?P<mark>[*_])(?P<key>(?:(?!(?P=mark)).)+)(?P=mark)(?P<more>\s*\([^()]*\))?"
    rf"(?P<after>{_SEPARATED})\s*(?P<rest>.*)$",
    re.DOTALL,
)
_CODE = re.compile(
    rf"(?P<key>`[^`]+`(?:\s*[/,&]\s*`[^`]+`)*)(?P<more>\s*\([^()]*\))?"
    rf"(?P<after>{_SEPARATED})\s*(?P<rest>.*)$",
    re.DOTALL,
)
_PLAIN = re.compile(
    r"(?P<key>[^\s:.!?;`*][^:.!?;`*]{0,48}?)(?P<more>\s*\([^()]*\))?(?P<after>\s*:)(?=\s|$)\s*"
    r"(?P<rest>.*)$",
    re.DOTALL,
)
_CHECK_BOX = re.compile(r"^\[[ xX]\]\s+")
_ORNAMENT = re.compile(r"^[^\w\s!-/:-@\[-`{-~“”‘’„«»¿¡–—]+\s*")
_LONGEST_KEY = 90
_MOST_PLAIN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One bullet: its key (None: it has none), what stands behind it, and its own lines."""

    key: str | None
    text: Markdown
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a block and, apart from them, its paragraphs."""

    entries: tuple[Entry, ...]
    paragraphs: tuple[tuple[Line, ...], ...]


def split_key(text: str, *, plain: bool = False) -> tuple[str, str] | None:
    """Key and rest of a bullet's text; None where it has no key.

    A colon may stand inside or outside the bold, a dash only with spaces around it.  ``plain``
    also takes ``key: text`` without marks.
    """
    bare = _ORNAMENT.sub("", _CHECK_BOX.sub("", text.strip()))
    match = _BOLD.match(bare)
    if match and match["rest"] and not match["after"] and match["key"].strip()[-1:] not in ":：.":
        return None  # bold words that go on as a sentence; "**Key:** …" and "**Key.** …" are keys
    match = match or _SLANTED.match(bare) or _CODE.match(bare)
    if not match and plain:
        match = _PLAIN.match(bare)
        if match and len(match["key"].split()) > _MOST_PLAIN_WORDS:
            return None
    if not match:
        return None
    ends = ":：" if match["after"] else ":：."
    key = match["key"].strip().rstrip(ends).strip() + (match["more"] or "")
    return (key, match["rest"].strip()) if 0 < len(key) <= _LONGEST_KEY else None


def listing(body: Sequence[Line], *, plain: bool = False) -> Listing:
    """The entries and paragraphs of a block's lines."""
    taken: list[list[Line]] = []
    loose: list[list[Line]] = []
    inside = False
    bold = _bold_paragraphs(body)
    for at, line in enumerate(body):
        previous = body[at - 1] if at else None
        if line.kind is LineKind.RULE:
            inside = False
        elif _opens(line, taken[-1] if inside else None, previous, plain=plain, bold=bold):
            taken.append([line])
            inside = True
        elif inside and (line.empty or _continues(line, taken[-1], previous)):
            taken[-1].append(line)
        elif not line.empty:
            inside = False
            joins = loose and previous is not None and loose[-1][-1] is previous
            loose[-1].append(line) if joins else loose.append([line])
    entries = tuple(_entry(tuple(trimmed(lines)), plain=plain) for lines in taken)
    return Listing(entries, tuple(tuple(run) for run in loose))


def _bold_paragraphs(body: Sequence[Line]) -> bool:
    """Whether paragraphs take the place of bullets: several begin with a bold key, and no list
    stands beside them.  A lone "**Note:** …" is prose."""
    keyed = [line for line in body if line.kind is LineKind.TEXT and _bold_key(line)]
    base = min((line.indent for line in keyed), default=0)
    listed = any(line.kind in LISTED and line.indent <= base for line in body)
    return len(keyed) > 1 and not listed


def _bold_key(line: Line) -> bool:
    return line.text.startswith(("**", "__")) and split_key(line.text) is not None


def _opens(
    line: Line, current: Sequence[Line] | None, previous: Line | None, *, plain: bool, bold: bool
) -> bool:
    if line.kind is LineKind.TEXT:
        fresh = previous is None or previous.empty or (current is not None and len(current) == 1)
        level = current is None or line.indent <= current[0].indent
        return bold and fresh and level and _bold_key(line)
    if line.kind not in LISTED:
        return False
    if current is None:
        return True
    first = current[0]
    if line.indent > first.indent + 1:
        return False
    same_kind = (line.kind is first.kind) and (
        line.kind is LineKind.NUMBERED or line.marker == first.marker
    )
    was_keyed = split_key(first.text, plain=plain) is not None
    return same_kind or not was_keyed or split_key(line.text, plain=plain) is not None


def _continues(line: Line, current: Sequence[Line], previous: Line | None) -> bool:
    """Whether a line that opens no entry belongs to the current one."""
    first = current[0]
    if line.kind in (LineKind.FENCE, LineKind.CODE, *LISTED):
        return True
    attached = previous is not None and not previous.empty
    return attached or line.indent > first.indent


def _entry(lines: tuple[Line, ...], *, plain: bool) -> Entry:
    first = lines[0]
    keyed = split_key(first.text, plain=plain)
    text = _CHECK_BOX.sub("", first.text)
    key, rest = keyed or (None, text)
    return Entry(key and undecorated(key), below(rest, lines[1:]), lines)


def below(first: str, rest: Sequence[Line]) -> Markdown:
    """The text of a bullet's first line with its dedented continuation."""
    gap = "\n\n" if rest and rest[0].empty else "\n"
    return Markdown(gap.join(part for part in (first, markdown(rest)) if part))
