"""Real PDFs, laid out once for all tests and read with two readers of other people's making."""

import fcntl
import io
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from exporter.model import Html, Kind, Markdown, Pack, Question, Tier
from exporter.model.diagnostics import Code, Diagnostic
from exporter.paper import pdf
from exporter.paper.sheets import Sheet, sheets
from exporter.text import lexical, markup
from tests import packs
from tests.layouts import rendered

SAFE = 5 / 25.4 * 72  # points: what a printer can't reach
A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
HEAD, FOOT = 44, 36  # points above and below which a page has its running heads


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet laid out, with the text of its pages in the order of reading."""

    sheet: Sheet
    raw: bytes
    pages: int
    texts: tuple[str, ...]

    @property
    def words(self) -> set[str]:
        return set(lexical.words(" ".join(self.texts)))


@dataclass(frozen=True, slots=True)
class Press:
    """All sheets of the packs of these tests, and what was said while they were made."""

    packs: Mapping[str, Pack]
    laid: Mapping[str, Laid]
    found: Mapping[str, tuple[Diagnostic, ...]]


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """Every sheet of these tests, laid out once, also where several processes run them."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return _press()
    shared = tmp_path_factory.getbasetemp().parent / f"press-{run}"
    with shared.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        made = file.read()
        if made:
            found: Press = pickle.loads(made)
            return found
        press = _press()
        pickle.dump(press, file)
        return press


def _press() -> Press:
    small, config = packs.small()
    wanted = {
        "small": (small, config),
        "letter": (replace(small, plan=None), replace(config, paper="letter", slug="letter")),
        "nasty": packs.nasty(),
    }
    laid: dict[str, Laid] = {}
    found: dict[str, tuple[Diagnostic, ...]] = {}
    with pdf.Pool() as pool:
        for name, (pack, settings) in wanted.items():
            said: list[Diagnostic] = []
            made = sheets(pack, settings, said.append)
            for sheet, outcome in zip(made, pool.laid_out(made), strict=True):
                laid[sheet.name] = _laid(sheet, pdf.heard(sheet, outcome, said.append))
            found[name] = tuple(said)
    return Press({name: pack for name, (pack, _) in wanted.items()}, laid, found)


def _laid(sheet: Sheet, printed: pdf.Printed | None) -> Laid:
    assert printed is not None, sheet.name
    with pypdfium2.PdfDocument(printed.pdf) as document:
        texts = tuple(_text(page) for page in document)
    return Laid(sheet, printed.pdf, printed.pages, texts)


def _text(page: pypdfium2.PdfPage) -> str:
    text: str = page.get_textpage().get_text_bounded()
    return text.replace("\ufffe", "").replace("\u2060", "")


def _boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each visible character of a page with its box: left, bottom, right, top, in points."""
    textpage = page.get_textpage()
    for n in range(textpage.count_chars()):
        character = textpage.get_text_range(n, 1)
        if character.strip():
            yield character, textpage.get_charbox(n)


@pytest.mark.pdf
def test_nothing_is_complained_about(press: Press) -> None:
    """A sheet of ordinary content is laid out without a word."""
    assert press.found["small"] == ()
    assert press.found["letter"] == ()


@pytest.mark.pdf
def test_no_page_is_wasted(press: Press) -> None:
    """Pages are at least 45 % full, but for the last ones: what puzzles print begins a page."""
    for name, laid in press.laid.items():
        with pypdfium2.PdfDocument(laid.raw) as document:
            for number, page in enumerate(list(document)[:-2], start=1):
                assert _filled(page) >= 0.45, (name, number)


def _filled(page: pypdfium2.PdfPage) -> float:
    """How far down the two columns of a page are filled, from 0 to 1."""
    width, height = map(float, page.get_size())
    body = height - HEAD - FOOT
    lowest = [height, height]
    for _, (left, bottom, _, _) in _boxes(page):
        if FOOT < bottom < height - HEAD:
            column = int(left > width / 2)
            lowest[column] = min(lowest[column], bottom)
    return sum(height - HEAD - low for low in lowest if low < height) / 2 / body


@pytest.mark.pdf
def test_text_is_inside_the_page(press: Press) -> None:
    """Every character lies where a printer can print it."""
    for name, laid in press.laid.items():
        with pypdfium2.PdfDocument(laid.raw) as document:
            assert len(document) == laid.pages
            for number, page in enumerate(document, start=1):
                width, height = page.get_size()
                for character, (left, bottom, right, top) in _boxes(page):
                    inside = left >= SAFE and right <= width - SAFE
                    inside = inside and bottom >= SAFE and top <= height - SAFE
                    assert inside, (name, number, character, left, right, bottom, top)


@pytest.mark.pdf
def test_columns_do_not_overlap(press: Press) -> None:
    """No line of the left column reaches into the right one."""
    for name, laid in press.laid.items():
        with pypdfium2.PdfDocument(laid.raw) as document:
            for number, page in enumerate(document, start=1):
                if "or, as the order is not fixed" in laid.texts[number - 1]:
                    continue
                left, right = (17, 9) if number % 2 else (9, 17)
                width = page.get_size()[0] * 25.4 / 72
                middle = (left + (width - left - right) / 2) * 72 / 25.4
                for character, (x0, y0, x1, _) in _boxes(page):
                    if 40 < y0 < page.get_size()[1] - 130:
                        assert not x0 < middle - 8 < middle + 8 < x1, (name, number, character)


@pytest.mark.pdf
def test_paper(press: Press) -> None:
    """A4 and Letter are what the pack asks for."""
    sizes = {"python-week-1": A4, "letter": LETTER}
    for name, size in sizes.items():
        with pypdfium2.PdfDocument(press.laid[name].raw) as document:
            assert {tuple(round(side, 2) for side in page.get_size()) for page in document} == {
                size
            }


@pytest.mark.pdf
def test_fonts(press: Press) -> None:
    """Only our fonts are there, and all of them are embedded."""
    for laid in press.laid.values():
        with pikepdf.open(io.BytesIO(laid.raw)) as document:
            for page in document.pages:
                for font in page.Resources.Font.values():
                    descriptor = font.DescendantFonts[0].FontDescriptor
                    assert re.match(r"/(\w+\+)?IBM-?Plex", str(descriptor.FontName))
                    assert any(key in descriptor for key in ("/FontFile2", "/FontFile3"))


@pytest.mark.pdf
def test_document_properties(press: Press) -> None:
    """Title, author and language are set, no time is told, printers are asked for both sides."""
    with pikepdf.open(io.BytesIO(press.laid["python-week-1"].raw)) as document:
        assert str(document.docinfo["/Title"]) == "Python in a fortnight · Week 1 · Values"
        assert str(document.docinfo["/Author"]) == "A. Author"
        assert "/CreationDate" not in document.docinfo
        assert str(document.Root.Lang) == "en"
        assert str(document.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"
        assert str(document.Root.ViewerPreferences.PrintScaling) == "/None"


@pytest.mark.pdf
def test_bookmarks(press: Press) -> None:
    """The outline names each day and under it each of its questions, in order."""
    with pypdfium2.PdfDocument(press.laid["python-week-1"].raw) as document:
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    first = [title for level, title in marks if level == 0]
    assert first == [
        "Day 1 · Names & objects",
        "Day 2 · Calls",
        "Day 3 · Mock interview + recap",
        "Reading",
        "What it prints",
        "Index of keys",
    ]
    keys = [title.split()[0] for level, title in marks if level == 1]
    assert keys[:-1] == [packs.key(number) for number in (1, 2, 3, 7, 4, 5, 9)]


@pytest.mark.pdf
def test_order(press: Press) -> None:
    """The questions of a sheet are read in the order of its bookmarks."""
    text = " ".join(press.laid["python-week-1"].texts)
    places = [text.find(f"{packs.key(n)} Q{n} ") for n in (1, 2, 3, 7, 4, 5, 9)]
    assert places == sorted(places)
    assert -1 not in places


@pytest.mark.pdf
def test_index_names_the_page(press: Press) -> None:
    """The index gives for each key the page where its question stands."""
    laid = press.laid["nasty"]
    index = laid.texts[-1].partition("Index of keys")[2]
    pages = dict(re.findall(r"([A-Z]{2}X\d)\s+(\d+)", index))
    assert set(pages) == {question.key for question in press.packs["nasty"].questions}
    for question in press.packs["nasty"].questions:
        assert question.key in laid.texts[int(pages[question.key]) - 1]


def _written(question: Question) -> Iterator[str]:
    yield markup.plain(question.prompt or Markdown(""))
    yield question.code or ""
    for answer in question.answers:
        yield markup.plain(answer.markdown)


@pytest.mark.pdf
def test_nasty_pack_loses_no_word(press: Press) -> None:
    """Deep lists, long words, wide tables and foreign scripts lose no word and break nothing."""
    printed = re.sub(r"\s", "", " ".join(press.laid["nasty"].texts)).casefold()
    for question in press.packs["nasty"].questions:
        for word in lexical.words(" ".join(_written(question))):
            assert word in printed or word in packs.UNPRINTABLE, (question.label, word)


@pytest.mark.pdf
def test_nasty_pack_says_what_it_lacks(press: Press) -> None:
    """What the fonts lack or a column can't show is reported; nothing else is complained about."""
    codes = {one.code for one in press.found["nasty"]}
    assert codes == {Code.MISSING_GLYPH, Code.NAMED_SIGN, Code.TOO_DEEP}
    assert all(one.location for one in press.found["nasty"])


@pytest.mark.pdf
def test_code_is_whole(press: Press) -> None:
    """A line of code that fits a column stands on one line, and a longer one is not cut off."""
    small = press.packs["small"]
    text = " ".join(press.laid["python-week-1"].texts + press.laid["python-week-2"].texts)
    for question in small.questions:
        for line in (question.code or "").splitlines():
            assert line.strip() in text
    assert {question.kind for question in small.questions} >= {Kind.OUTPUT}


@pytest.mark.pdf
def test_same_bytes_elsewhere(press: Press, tmp_path: Path) -> None:
    """Another process in another folder, at another time, makes the same bytes."""
    laid = press.laid["python-week-1"]
    (tmp_path / "sheet.html").write_text(laid.sheet.html, encoding="utf-8")
    script = (
        "from pathlib import Path; from exporter.paper.pdf import press;"
        "from exporter.paper.sheets import Sheet;"
        "html = Path('sheet.html').read_text('utf-8');"
        "sheet = Sheet('python-week-1', 1, '', html);"
        "Path('sheet.pdf').write_bytes(press.laid_out(sheet).printed.pdf)"
    )
    root = str(Path(__file__).parent.parent.parent)
    subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        check=True,
        env={
            "PYTHONPATH": root,
            "PATH": "/usr/bin:/bin",
            "SOURCE_DATE_EPOCH": "1",
            "TZ": "Asia/Tokyo",
        },
    )
    assert (tmp_path / "sheet.pdf").read_bytes() == laid.raw


@pytest.mark.pdf
def test_complaints_become_diagnostics() -> None:
    """What WeasyPrint drops or can't fetch is a warning that names the sheet."""
    css = "<style>p { text-wrap: balance }</style>"
    html = Html(f'{css}<p>a</p><img src="file:///etc/passwd"><img src="https://example.org/x.png">')
    found: list[Diagnostic] = []
    printed = rendered(Sheet("week-9", 9, "", html), found.append)
    assert printed is not None
    assert {one.code for one in found} == {Code.SHEET_WARNING}
    assert all(one.message.startswith("week-9: ") for one in found)
    assert sum("fetches nothing" in one.message for one in found) == 2


@pytest.mark.pdf
def test_a_picture_that_fails_is_named() -> None:
    """By its description and the question it stands under, not by its bytes."""
    url = "data:image/png;base64,iVBORw0KGgo="
    body = f'<h3 id="q-QAX1">a</h3><h3 id="q-QAX2">b</h3><img src="{url}" alt="A &lt; B">'
    html = f'<html lang="en"><title>a</title><body>{body}</body></html>'
    found: list[Diagnostic] = []
    assert rendered(Sheet("week-9", 9, "", Html(html)), found.append) is not None
    assert [one.message for one in found] == ["week-9: Failed to load image at 'A < B (QAX2)':"]


def test_tiers_are_all_there() -> None:
    """The nasty pack has an answer of every depth."""
    tiers = {answer.tier for question in packs.nasty()[0].questions for answer in question.answers}
    assert {Tier.SHORT, Tier.MEDIUM, Tier.SENIOR} <= tiers
