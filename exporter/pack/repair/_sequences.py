"""UTF-8 sequences in a line, seen through a code page.

A sequence is a lead byte and the continuation bytes after it, as characters of the damaged line.
It is whole when they decode to one character, and torn when a byte is missing: dropped, or turned
into U+FFFD.  Where it was dropped, the position of the gap is not known either.
"""

import re
from dataclasses import dataclass

from exporter.pack.repair._code_pages import UNKNOWN, CodePage

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
