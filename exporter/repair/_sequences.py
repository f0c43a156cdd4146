"""UTF-8 sequences in a line, seen through a code page.

A sequence is a lead byte and the continuation bytes after it, as characters of the damaged line.
It is whole when they decode to one character, and torn when a byte is missing: dropped, or turned
into U+FFFD.  Where it was dropped, the position of the gap is not known either.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exporter.repair._pages import UNKNOWN, CodePage

_LEADS = ((0xC2, 0xDF, 2), (0xE0, 0xEF, 3), (0xF0, 0xF4, 4))
_LEAD = re.compile("[\xc2-\xf4]")  # any of them: few characters of a line are one


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


def _size(byte: int) -> int:
    return next((size for first, last, size in _LEADS if first <= byte <= last), 0)


def _continues(char: str) -> bool:
    return "\x80" <= char <= "\xbf" or char == UNKNOWN


def scan(line: str, page: CodePage) -> tuple[Sequence, ...]:
    """All sequences of ``line``, whole and torn, in order; they do not overlap."""
    return tuple(_scan(page.view(line)))


def _scan(view: str) -> Iterator[Sequence]:
    at = 0
    while lead := _LEAD.search(view, at):
        at = lead.start()
        size = _size(ord(view[at]))
        end = at + 1
        while end < min(at + size, len(view)) and _continues(view[end]):
            end += 1
        found = _sequence(view, at, end, size)
        if found is not None:
            yield found
        at = end if found is not None else at + 1


def _sequence(view: str, start: int, end: int, size: int) -> Sequence | None:
    known = tuple(None if char == UNKNOWN else ord(char) for char in view[start:end])
    if end - start < size or None in known:
        return Sequence(start, end, known, size, "")
    try:
        char = view[start:end].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Sequence(start, end, known, size, char)
