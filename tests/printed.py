"""Printed pages as a reader of PDFs sees them: characters with boxes, lines, anchors, links."""

import ctypes
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw as pdfium

MM = 72 / 25.4
_CELL = 24.0  # points; characters further apart than this are never compared
_BREAKS = {"\r", "\n"}
_TITLED = re.compile(r'<h(?P<level>[23]) id="(?P<id>[^"]+)" data-mark="(?P<mark>[^"]*)"(?: data-running="(?P<running>[^"]*)")?')  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True)
class Character:
    """A visible character; lengths in points, from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page says it."""

    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.characters)

    @property
    def left(self) -> float:
        return self.characters[0].left

    @property
    def bottom(self) -> float:
        return min(one.bottom for one in self.characters)

    @property
    def top(self) -> float:
        return max(one.top for one in self.characters)


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def characters(self) -> Iterator[Character]:
        for line in self.lines:
            yield from line.characters


@dataclass(frozen=True, slots=True)
class Title:
    """A heading in the HTML: its level, anchor, entry in the outline and running head."""

    level: int
    anchor: str
    mark: str
    running: str


def pages(raw: bytes) -> tuple[Page, ...]:
    """All pages; the lines of each in the order in which the file has them."""
    with pypdfium2.PdfDocument(raw) as document:
        sized = ((page.get_size(), page) for page in document)
        return tuple(Page(width, height, tuple(_lines(page))) for (width, height), page in sized)


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    text = page.get_textpage()
    line: list[Character] = []
    matrix = pdfium.FS_MATRIX()
    box = [ctypes.c_double() for _ in range(4)]
    for n in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text.raw, n))
        if sign in _BREAKS and line:
            yield Line(tuple(line))
            line = []
        if not sign.strip() or sign in "\u2060\ufffe":
            continue
        pdfium.FPDFText_GetCharBox(text.raw, n, *box)
        left, right, bottom, top = (one.value for one in box)
        pdfium.FPDFText_GetMatrix(text.raw, n, matrix)
        size = pdfium.FPDFText_GetFontSize(text.raw, n) * abs(matrix.d)
        line.append(Character(sign, left, bottom, right, top, size))
    if line:
        yield Line(tuple(line))


def anchors(raw: bytes) -> Mapping[str, tuple[int, float, float]]:
    """Page (from 0), x and y of each anchor."""
    with pikepdf.open(io.BytesIO(raw)) as document:
        numbers = {page.objgen: n for n, page in enumerate(document.pages)}
        places: Any = pikepdf.NameTree(document.Root.Names.Dests)
        return {
            str(name): (numbers[place[0].objgen], float(place[2]), float(place[3]))
            for name, place in places.items()
        }


def links(raw: bytes) -> tuple[str, ...]:
    """The anchors that links lead to."""
    with pikepdf.open(io.BytesIO(raw)) as document:
        return tuple(str(link.Dest) for page in document.pages for link in page.get("/Annots", ()))


def titles(html: str) -> tuple[Title, ...]:
    """The headings of a sheet that have an anchor, in order."""
    return tuple(
        Title(int(one["level"]), one["id"], unescape(one["mark"]), unescape(one["running"] or ""))
        for one in _TITLED.finditer(html)
    )


def marks(html: str) -> tuple[str, ...]:
    """The entries that a sheet's HTML asks for in the outline, in order."""
    return tuple(unescape(mark) for mark in re.findall(r'<h[23][^>]* data-mark="([^"]*)"', html))


def bare(text: str) -> str:
    """A text without spaces, which readers of PDFs set as they like."""
    return re.sub(r"[\s\u2060\ufffe]", "", text)


def covering(page: Page) -> Iterator[tuple[Character, Character]]:
    """Characters that lie on each other by half of the smaller one."""
    cells: dict[tuple[int, int], list[Character]] = defaultdict(list)
    for one in page.characters:
        cell = (int(one.left / _CELL), int(one.bottom / _CELL))
        for x in (-1, 0, 1):
            for y in (-1, 0, 1):
                near = cells.get((cell[0] + x, cell[1] + y), ())
                yield from ((one, other) for other in near if _covered(one, other) >= 0.5)
        cells[cell].append(one)


def _covered(one: Character, other: Character) -> float:
    """The part of the smaller box that both share; letters of a ligature share theirs rightly."""
    if (one.left, one.right, one.bottom, one.top) == (
        other.left,
        other.right,
        other.bottom,
        other.top,
    ):
        return 0.0
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    if wide <= 0 or high <= 0:
        return 0.0
    areas = [(x.right - x.left) * (x.top - x.bottom) for x in (one, other)]
    return wide * high / max(min(areas), 0.01)


def levels(element: pikepdf.Object) -> Iterator[int]:
    """The levels of headings in a file's tags, in order."""
    children = element.get("/K", ())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/StructElem":
            kind = str(child.S)
            if kind[:2] == "/H" and kind[2:].isdecimal():
                yield int(kind[2:])
            yield from levels(child)
