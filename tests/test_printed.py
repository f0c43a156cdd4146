"""The weeks of the real book on both papers: what must hold on every page."""

import contextlib
import fcntl
import io
import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from exporter import pipeline
from exporter.config import Paper
from exporter.model import Kind, Question
from exporter.study import Study
from exporter.writers import pdf
from exporter.writers.sheets import Sheet, sheets
from tests import printed
from tests.printed import MM, Line, Page, bare

SIZES = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
SAFE = 5 * MM  # what a printer can't reach
SMALLEST = 7.0
HEAD, FOOT = 44, 36  # points above and below which a page has its running heads
FULL = 0.45
COLUMNS = 57  # of code that a column holds
ROOM = 100  # points that lines to write on take at least

pytestmark = pytest.mark.pdf


class Laid:
    """A sheet, its file and what a reader sees of it."""

    def __init__(self, sheet: Sheet, raw: bytes) -> None:
        self.sheet = sheet
        self.raw = raw

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return printed.pages(self.raw)

    @cached_property
    def titles(self) -> tuple[printed.Title, ...]:
        return printed.titles(self.sheet.html)

    @cached_property
    def anchors(self) -> dict[str, tuple[int, float, float]]:
        return dict(printed.anchors(self.raw))


@dataclass(frozen=True, slots=True)
class Printing:
    """All sheets of the book, on one paper."""

    study: Study
    paper: Paper
    sheets: tuple[Laid, ...]

    def each_page(self) -> Iterator[tuple[str, int, Page]]:
        for laid in self.sheets:
            for number, page in enumerate(laid.pages, start=1):
                yield laid.sheet.name, number, page


@pytest.fixture(scope="session")
def study() -> Study:
    return pipeline.read(Path(__file__).parent.parent / "source")


@pytest.fixture(
    scope="session",
    params=["a4", "letter"],
)
def printing(
    request: pytest.FixtureRequest, study: Study, tmp_path_factory: pytest.TempPathFactory
) -> Printing:
    """Laid out once for all tests, also where several processes run them."""
    paper = request.param
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "alone")
    shared = tmp_path_factory.getbasetemp().parent / f"printed-{run}-{paper}"
    with shared.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        made = file.read() if run != "alone" else b""
        if not made:
            made = pickle.dumps(_laid(study, paper))
            file.write(made)
    found = tuple(Laid(sheet, raw) for sheet, raw in pickle.loads(made))
    return Printing(study, paper, found)


def _laid(study: Study, paper: Paper) -> list[tuple[Sheet, bytes]]:
    config = replace(study.config, paper=paper)
    said: list[object] = []
    made = sheets(study.pack, config, said.append, study.notes)
    with pdf.Pool() as pool:
        outcomes = pool.laid_out(made)
    done = [
        pdf.heard(one, outcome, said.append) for one, outcome in zip(made, outcomes, strict=True)
    ]
    assert said == []  # nothing is complained about
    return [(sheet, one.pdf) for sheet, one in zip(made, done, strict=True) if one]


def test_every_week_has_its_paper(printing: Printing) -> None:
    """Weeks 1 to 4 and what lies beyond are there, on the paper that was asked for."""
    names = [
        laid.sheet.name.removeprefix(f"{printing.study.config.slug}-") for laid in printing.sheets
    ]
    assert names == ["week-1", "week-2", "week-3", "week-4", "beyond"]
    width, height = SIZES[printing.paper]
    assert {(round(p.width, 2), round(p.height, 2)) for _, _, p in printing.each_page()} == {
        (width, height)
    }


def test_every_question_is_printed_once(printing: Printing) -> None:
    """Each question stands on one sheet, and the index on its last pages names it."""
    for question in printing.study.pack.questions:
        on = [one for one in printing.sheets if f'id="q-{question.key}"' in one.sheet.html]
        assert len(on) == 1
        last = "".join(line.text for page in on[0].pages[-2:] for line in page.lines)
        assert question.key in last.partition(bare("Index of keys"))[2]


def test_text_is_inside_the_safe_area(printing: Printing) -> None:
    """Every character lies where a printer can print it, and is large enough to be read."""
    for name, number, page in printing.each_page():
        for one in page.characters:
            inside = SAFE <= one.left <= one.right <= page.width - SAFE
            inside = inside and SAFE <= one.bottom <= one.top <= page.height - SAFE
            assert inside, (name, number, one)
            assert one.size >= SMALLEST - 0.01, (name, number, one)


def test_no_glyph_covers_another(printing: Printing) -> None:
    """No two characters of a page lie on each other by half of the smaller one."""
    for name, number, page in printing.each_page():
        assert not list(printed.covering(page)), (name, number)


def test_fonts_are_ours(printing: Printing) -> None:
    """Only our fonts are there, each embedded as a subset."""
    for laid in printing.sheets:
        with pikepdf.open(io.BytesIO(laid.raw)) as document:
            for page in document.pages:
                for font in page.Resources.Font.values():
                    descriptor = font.DescendantFonts[0].FontDescriptor
                    family = str(descriptor.FontName)
                    assert family[7:8] == "+", family  # the tag of a subset
                    assert family[8:].startswith("IBM-Plex"), family
                    assert any(key in descriptor for key in ("/FontFile2", "/FontFile3"))


def _code(printing: Printing, name: str) -> list[str]:
    """The lines of code, at most 57 columns long, of the questions on a sheet."""
    html = next(laid.sheet.html for laid in printing.sheets if laid.sheet.name == name)
    on = [one for one in printing.study.pack.questions if f'id="q-{one.key}"' in html]
    lines = (line for one in on for line in (one.code or "").splitlines())
    return [one for one in lines if one.strip() and len(one.expandtabs(4).rstrip()) <= COLUMNS]


def test_code_lines_are_not_wrapped(printing: Printing) -> None:
    """A line of code of 57 columns or less stands on one line."""
    count = 0
    for laid in printing.sheets:
        said = {bare(line.text) for page in laid.pages for line in page.lines}
        code = _code(printing, laid.sheet.name)
        assert [line for line in code if bare(line) not in said] == []
        count += len(code)
    assert count > 100


def _column(page: Page, x: float) -> int:
    left = min(line.left for line in page.lines)
    right = max(line.characters[-1].right for line in page.lines)
    return int((x - left + 6) / (right - left + 6) * 2)


def _after(laid: Laid, anchor: str) -> tuple[Page, list[Line]]:
    """The page of a heading, and its lines from the heading's first on."""
    number, x, y = laid.anchors[anchor]
    page = laid.pages[number]
    near = [
        n
        for n, line in enumerate(page.lines)
        if abs(line.left - x) < 14 * MM and y - 20 < line.top < y + 3
    ]
    assert near, (laid.sheet.name, anchor)
    return page, list(page.lines[near[0] :])


def test_no_heading_is_left_behind(printing: Printing) -> None:
    """Below each heading stands, in the same column, something that belongs to it."""
    for laid in printing.sheets:
        for title in laid.titles:
            page, lines = _after(laid, title.anchor)
            wanted, at = bare(title.mark.split(" ")[0]), 0
            assert wanted[:3] in bare(lines[0].text + (lines[1].text if lines[1:] else ""))
            column = _column(page, lines[0].left)
            while at < len(lines) and bare(lines[at].text) in bare(title.mark + wanted):
                at += 1
            rest = lines[max(at, 1) :]
            below = [
                one
                for one in rest
                if one.top < lines[0].bottom + 1
                and _column(page, one.left) == column
                and one.bottom > FOOT
            ]
            ruled = _ruled(laid.sheet.html, title.anchor)
            assert below or (ruled and lines[0].bottom > FOOT + ROOM), (laid.sheet.name, title)


def _ruled(html: str, anchor: str) -> bool:
    """Whether nothing but lines to write on follows a heading."""
    after = html.partition(f'id="{anchor}"')[2].partition("</h2>")[2]
    return after.lstrip().startswith('<div class="lines">')


def _cards(printing: Printing, laid: Laid) -> Iterator[Question]:
    """The puzzles of a sheet that are to be whole."""
    for one in printing.study.pack.questions:
        card = f'<article class="card whole">\n<h3 id="q-{one.key}"'
        if one.kind is Kind.OUTPUT and card in laid.sheet.html:
            yield one


def test_no_card_is_split(printing: Printing) -> None:
    """All lines of a puzzle stand below each other in one column."""
    count = 0
    for laid in printing.sheets:
        for question in _cards(printing, laid):
            page, lines = _after(laid, f"q-{question.key}")
            wanted = [bare(line) for line in (question.code or "").splitlines() if line.strip()]
            at, last = 0, lines[0].top
            column = _column(page, lines[0].left)
            for line in lines:
                if at < len(wanted) and bare(line.text) and wanted[at].startswith(bare(line.text)):
                    wanted[at] = wanted[at].removeprefix(bare(line.text))
                    at += not wanted[at]
                    assert line.bottom < last, question.key
                    assert _column(page, line.left) == column
                    last = line.top
            assert at == len(wanted), (laid.sheet.name, question.key)
            count += 1
    assert count > 20


def test_pages_are_full(printing: Printing) -> None:
    """No page but the last, and the last before the outputs, is filled by less than 45 %."""
    for laid in printing.sheets:
        ends = {len(laid.pages) - 1, laid.anchors.get("outputs", (0, 0, 0))[0] - 1}
        for number, page in enumerate(laid.pages):
            if number not in ends:
                assert _filled(page) >= FULL, (laid.sheet.name, number + 1)


def _filled(page: Page) -> float:
    lowest: dict[int, float] = {}
    for line in page.lines:
        if FOOT < line.bottom < page.height - HEAD:
            column = _column(page, line.left)
            lowest[column] = min(lowest.get(column, page.height), line.bottom)
    body = page.height - HEAD - FOOT
    return sum(page.height - HEAD - low for low in lowest.values()) / 2 / body


def test_running_heads(printing: Printing) -> None:
    """The head of each page but the first names the part that it begins in, and the last on it."""
    for laid in printing.sheets:
        parts = [(laid.anchors[t.anchor][0], t.running) for t in laid.titles if t.level == 2]
        for number, page in enumerate(laid.pages[1:], start=1):
            head = bare("".join(x.text for x in page.lines if x.bottom > page.height - HEAD))
            before = [running for at, running in parts if at < number]
            on = [running for at, running in parts if at == number]
            begins = before[-1] if before else on[0]
            assert head.startswith((bare(begins), *map(bare, on[:1]))), (
                laid.sheet.name,
                number,
                head,
            )
            assert head.endswith(bare((on or before)[-1])), (laid.sheet.name, number, head)


def test_outline_and_links_are_whole(printing: Printing) -> None:
    """The outline names every heading in order; every link leads to a place on the sheet."""
    for laid in printing.sheets:
        with pikepdf.open(io.BytesIO(laid.raw)) as document, document.open_outline() as outline:
            marks = [
                mark
                for item in outline.root
                for mark in (item.title, *(i.title for i in item.children))
            ]
        assert marks == list(printed.marks(laid.sheet.html))
        found = printed.links(laid.raw)
        assert len(found) > 50
        assert set(found) <= set(laid.anchors)


def test_questions_are_read_in_order(printing: Printing) -> None:
    """The text of the pages names the questions in the order of the sheet, column by column."""
    for laid in printing.sheets:
        text = bare(" ".join(line.text for page in laid.pages for line in page.lines))
        at = 0
        for title in laid.titles:
            if title.level == 3:
                found = text.find(bare(title.mark.split(" ")[0]), at)
                assert found >= 0, (laid.sheet.name, title)
                at = found + 1


def test_files_are_sound_and_tagged(printing: Printing) -> None:
    """The library of qpdf finds no fault; language, title, tags and headings are as PDF/UA-1 wants
    them, and every link says where it goes."""
    for laid in printing.sheets:
        with pikepdf.open(io.BytesIO(laid.raw)) as document:
            assert document.check_pdf_syntax() == []
            root = document.Root
            assert str(root.Lang) == printing.study.config.language
            assert root.MarkInfo.Marked
            assert root.ViewerPreferences.DisplayDocTitle
            assert str(root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"
            assert b'pdfuaid:part="1"' in root.Metadata.read_bytes()
            for page in document.pages:
                assert page.obj.get("/Tabs", "/S") == "/S"
                assert all(str(link.Contents) for link in page.get("/Annots", ()))
            levels = list(printed.levels(root.StructTreeRoot.K[0]))
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_another_run_gives_the_same_bytes(printing: Printing, tmp_path: Path) -> None:
    """The same sheet laid out again, by another process in another folder, is the same file."""
    laid = printing.sheets[3]
    with contextlib.chdir(tmp_path), pdf.Pool(1) as pool:
        (again,) = pool.laid_out([laid.sheet])
    assert again.printed
    assert again.printed.pdf == laid.raw
