"""Pages of a fixed small pack look as their pictures show; `--accept` takes new ones."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from exporter.deck import cards
from exporter.model import Markdown, Reading, ReadingKind
from exporter.model.config import FigureConfig, PackConfig
from exporter.model.diagnostics import Diagnostic, Location
from exporter.pack.manifest import Product
from exporter.paper import book, figures, flashcards, pdf
from exporter.paper.leaf import leaves
from exporter.paper.sheets import Sheet, sheets
from exporter.rehearse import mock
from tests import packs
from tests.browser import golden
from tests.layouts import rendered

GOLDENS = Path(__file__).parent.parent / "goldens" / "pages"
DPI = 75
GREYS = 12
FEW = 0.0004  # share of pixels: less than a word of a page

STORY = Reading(
    ReadingKind.STORY,
    "The loop's way",
    Markdown("1. Ask for an item\n2. Run the body\n3. Ask again\n4. Stop at the end"),
    Location("python-notes.md", 900, 910),
    (),
    1,
    1,
)
SMALL, _CONFIG = packs.small()
CONFIG = replace(_CONFIG, figures=(FigureConfig("python-notes.md:901", center="each turn"),))
_READ = replace(SMALL, readings=(*SMALL.readings, STORY))
PACK = replace(_READ, cycles=figures.cycles(_READ, CONFIG, lambda _: None))
NOTES = cards.render(PACK, CONFIG, lambda _: None)

PAGES = (
    ("week", 0), ("week", -1), ("leaf", 0), ("upright", 0), ("beyond", 0), ("mock", 0),
    ("mock", -1), ("flashcards", 0), ("pack", 0), ("pack", 1), ("pack", -1),
)  # fmt: skip


def _told(said: Diagnostic) -> None:
    pytest.fail(str(said))


def _raw(sheet: Sheet) -> bytes:
    done = rendered(sheet, _told)
    assert done
    return done.pdf


def _sheets(config: PackConfig) -> tuple[Sheet, ...]:
    return sheets(PACK, config, _told, NOTES)


def _lay(wanted: Sequence[Sheet]) -> list[pdf.Printed | None]:
    return [rendered(one, _told) for one in wanted]


@cache
def file(kind: str) -> bytes:
    """The PDF of one kind."""
    if kind == "leaf":
        return _raw(leaves(PACK, CONFIG)[0].sheet)
    if kind == "upright":
        config = replace(CONFIG, paper="letter", landscape=False, color=True)
        return _raw(leaves(PACK, config)[0].sheet)
    if kind == "mock":
        return _raw(mock.papers(PACK, CONFIG, _told)[0])
    if kind == "flashcards":
        return _raw(flashcards.papers(PACK, CONFIG, NOTES, _told)[0])
    if kind == "pack":
        every = [*_sheets(CONFIG), *mock.papers(PACK, CONFIG, _told)]
        parts = [Product(f"{one.name}.pdf", "pdf", _raw(one), one.week) for one in every]
        bound = book.bound(PACK, NOTES, CONFIG, parts, _lay).product
        assert bound
        return bound.raw
    return _raw(_sheets(CONFIG)[{"week": 0, "beyond": -1}[kind]])


def drawn(kind: str, page: int) -> Image.Image:
    """A page in a few greys."""
    with pypdfium2.PdfDocument(file(kind)) as document:
        image: Image.Image = document[page % len(document)].render(scale=DPI / 72).to_pil()
    return image.convert("L").quantize(GREYS, dither=Image.Dither.NONE)


@pytest.mark.pdf
@pytest.mark.parametrize(("kind", "page"), PAGES)
def test_pages(kind: str, page: int, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A page looks as its picture shows, by less than a word."""
    kept = GOLDENS / f"{kind}-{'last' if page < 0 else page + 1}.png"
    actual = drawn(kind, page)
    if request.config.getoption("--accept"):
        actual.save(kept, optimize=True)
        return
    actual.save(tmp_path / kept.name)
    found = golden.differs(actual, Image.open(kept), FEW)
    assert not found, f"{tmp_path / kept.name} is not {kept}: {found}"


def test_a_word_is_seen() -> None:
    """A rule of a hand's length that has gone is told, a smoother letter is not."""
    page = Image.new("L", (620, 877), 255)
    ruled, smooth = page.copy(), page.copy()
    ImageDraw.Draw(ruled).line((50, 100, 350, 100), fill=0, width=1)
    ImageDraw.Draw(smooth).rectangle((50, 100, 58, 108), outline=215)
    assert golden.differs(page, ruled, FEW)
    assert not golden.differs(page, smooth, FEW)
