"""How high a piece of a leaf comes out, reckoned from the widths of its letters.

A layout costs a third of a second a page and answers one question; a leaf asks hundreds ("does it
fit with this answer a little longer?").  Lines are filled here as the engine fills them, word by
word, with the same widths, so that the reckoning is off by a line in a hundred; `fit` leaves room
for that, and a leaf that is a page too long all the same is made once more with less on it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

from exporter.paper.sheets import glyphs, mathematics
from exporter.paper.sheets.mathematics import Drawing

POINT = 25.4 / 72
SIZE = 7.2 * POINT
LEADING = 8.9 * POINT
CODE = 6.6 * POINT
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>\w++)[^<>]*+>|(?P<text>[^<]+)")
_SOURCE = re.compile(r'src="([^"]*)"')
_WORDS = re.compile(r"\s+|[^\s\-–—]*[-–—]+|[^\s\-–—]+")
_FACES = {
    False: "IBMPlexSansCondensed-Regular",
    True: "IBMPlexSansCondensed-SemiBold",
}
_MONO = "IBMPlexMono-Regular"
_BOLD = frozenset({"b", "strong", "th"})


@dataclass(frozen=True, slots=True)
class _Word:
    """A stretch that no line breaks in, in millimetres; a space goes where a line ends."""

    width: float
    space: bool
    forced: bool = False


def lines(
    html: str, width: float, hang: float = 0.0, size: float = SIZE, indent: float = 0.0
) -> int:
    """Lines of a paragraph in a column of so many millimetres; all but the first hang, and that is
    indented."""
    count, at, room, pending = 1, 0.0, width - indent, 0.0
    for word in _words(html, size):
        if word.forced:
            count, at, room, pending = count + 1, 0.0, width - hang, 0.0
        elif word.space:
            pending = word.width if at else 0.0
        elif at + pending + word.width <= room:
            at, pending = at + pending + word.width, 0.0
        else:
            more = int(word.width / (width - hang)) if word.width > width - hang else 0
            count, room, pending = count + (1 if at else 0) + more, width - hang, 0.0
            at = word.width - more * (width - hang)
    return count


def _words(html: str, size: float) -> Iterator[_Word]:
    """The words and spaces of HTML text; what touches without a space between is one word."""
    bold = code = 0
    width = 0.0
    for found in _TOKEN.finditer(html):
        if found["tag"]:
            turn = -1 if found["end"] else 1
            bold += turn if found["tag"] in _BOLD else 0
            code += turn if found["tag"] in {"code", "pre"} else 0
            if found["tag"] == "img" and (formula := _formula(found[0])):
                width += formula.width * size
            if found["tag"] == "br":
                yield _Word(width, space=False)
                yield _Word(0.0, space=False, forced=True)
                width = 0.0
            continue
        for piece in _WORDS.findall(unescape(found["text"])):
            if piece.isspace():
                yield _Word(width, space=False)
                yield _Word(_width(" ", bold > 0, code > 0, size), space=True)
                width = 0.0
                continue
            width += _width(piece, bold > 0, code > 0, size)
            if piece[-1] in "-–—" and not code:
                yield _Word(width, space=False)
                width = 0.0
    yield _Word(width, space=False)


def _formula(tag: str) -> Drawing | None:
    source = _SOURCE.search(tag)
    return mathematics.drawn(source[1]) if source else None


@cache
def _width(text: str, bold: bool, code: bool, size: float) -> float:
    if code:
        return glyphs.width(text, _MONO) * CODE
    return glyphs.width(text, _FACES[bold]) * size


def monospaced(columns: int) -> float:
    """How wide so many letters of code are."""
    return columns * glyphs.width("0", _MONO) * CODE


def line_width(html: str, size: float = SIZE) -> float:
    """How wide HTML text is in one line."""
    return sum(word.width for word in _words(html, size))
