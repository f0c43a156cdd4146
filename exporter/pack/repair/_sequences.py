"""UTF-8 sequences in a line, seen through a code page.

A sequence is a lead byte and the continuation bytes after it, as characters of the damaged line.
It is whole when they decode to one character, and torn when a byte is missing: dropped, or turned
into U+FFFD.  Where it was dropped, the position of the gap is not known either.

The single-byte code pages that UTF-8 is read in by mistake, and the only importer of ftfy.

In them a byte without a character stands as a C1 control, as browsers have it.  ftfy gives its
sense for text that looks damaged.  Its own repair is not used: it needs every byte of a line, takes
a space for a lost byte without asking what the word would be, and closes gaps with U+FFFD.
"""

import re
from dataclasses import dataclass
from functools import cache

# The commonest first: where two code pages explain a document equally well, the first one is it.
_NAMES = {
    "windows-1252": "Windows-1252",
    "latin-1": "ISO 8859-1",
    "windows-1254": "Windows-1254",
    "windows-1250": "Windows-1250",
    "windows-1251": "Windows-1251",
    "windows-1253": "Windows-1253",
    "windows-1257": "Windows-1257",
    "iso-8859-2": "ISO 8859-2",
    "macroman": "Mac Roman",
    "cp437": "DOS 437",
}
# In these a damaged character begins with a letter of the code page's own script, so that single
# pairs also stand in correct words ("Рёв", "├──").
_LETTERED = {"windows-1251", "windows-1253", "macroman", "cp437"}

FOREIGN = "\u0100"
"""Stands in `CodePage.view` for a character that the code page does not have."""
UNKNOWN = "\u0101"
"""Stands in `CodePage.view` for U+FFFD: a byte was here, nobody knows which."""


class _Table(dict[int, int]):
    """A table for ``str.translate`` in which what is not listed is foreign; it learns what it is
    asked for, as a call of ours for every character costs more than all the rest."""

    def __missing__(self, key: int) -> int:
        self[key] = key if key < 0x80 else ord(FOREIGN)
        return self[key]


@dataclass(frozen=True, slots=True)
class CodePage:
    """A code page: its name for people, and ``lost``, the bytes for which it has no character.

    ``lettered``: pairs of its characters also stand in correct words.
    """

    name: str
    lost: tuple[int, ...]
    lettered: bool
    table: _Table

    def view(self, text: str) -> str:
        """``text`` with every character as the byte it was read from (U+0080 to U+00FF); ASCII
        stays, everything else is ``FOREIGN`` or ``UNKNOWN``.  Positions do not move."""
        return text.translate(self.table)

    def characters(self, first: int, last: int) -> str:
        """The characters that stand for the bytes ``first`` to ``last`` (inclusive)."""
        return "".join(chr(code) for code, byte in self.table.items() if first <= byte <= last)


def _code_page(codec: str, name: str) -> CodePage:
    high = range(0x80, 0x100)
    chars = {byte: bytes([byte]).decode(codec, "ignore") for byte in high}
    table = _Table({ord(char or chr(byte)): byte for byte, char in chars.items()})
    table[0xFFFD] = ord(UNKNOWN)
    lost = tuple(byte for byte, char in chars.items() if not char)
    return CodePage(name, lost, codec in _LETTERED, table)


@cache
def code_pages() -> tuple[CodePage, ...]:
    """All known code pages, the commonest first."""
    return tuple(_code_page(codec, name) for codec, name in _NAMES.items())


@cache
def looks_bad(text: str) -> bool:
    """Whether characters stand side by side in ``text`` that no one writes so."""
    from ftfy.badness import is_bad

    return is_bad(text)


_BYTE = f"[\x80-\xbf{UNKNOWN}]"
_SEQUENCE = re.compile(
    f"(?P<two>[\xc2-\xdf]){_BYTE}?|(?P<three>[\xe0-\xef]){_BYTE}{{0,2}}|[\xf0-\xf4]{_BYTE}{{0,3}}"
)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Characters ``start`` to ``end`` (exclusive) of a line and what they say in UTF-8.

    ``known`` holds the bytes left, None for one that is there but unknown; ``size`` is the number
    of bytes that the lead asks for; ``char`` is the character of a whole sequence, "" of a torn
    one.
    """

    start: int
    end: int
    known: tuple[int | None, ...]
    size: int
    char: str

    @property
    def lead(self) -> int:
        """The first byte; a sequence does not begin with an unknown one."""
        lead = self.known[0]
        assert lead is not None
        return lead


def scan(line: str, page: CodePage) -> tuple[Sequence, ...]:
    """All sequences of ``line``, whole and torn, in order; they do not overlap."""
    found = (_sequence(match) for match in _SEQUENCE.finditer(page.view(line)))
    return tuple(sequence for sequence in found if sequence)


def _sequence(match: re.Match[str]) -> Sequence | None:
    size = 2 if match["two"] else 3 if match["three"] else 4
    known = tuple(None if char == UNKNOWN else ord(char) for char in match.group())
    if len(known) < size or None in known:
        return Sequence(match.start(), match.end(), known, size, "")
    try:
        char = match.group().encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Sequence(match.start(), match.end(), known, size, char)
