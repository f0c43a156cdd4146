"""The single-byte code pages that UTF-8 is read in by mistake, and the only importer of ftfy.

In them a byte without a character stands as a C1 control, as browsers have it.  ftfy gives its
sense for text that looks damaged.  Its own repair is not used: it needs every byte of a line, takes
a space for a lost byte without asking what the word would be, and closes gaps with U+FFFD.
"""

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
