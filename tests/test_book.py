"""The study pack: numbers that are true, links that lead somewhere, tags that are whole."""

import datetime
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from exporter import book, mock, pango, wording
from exporter.book import terms
from exporter.book.calendar import calendar
from exporter.book.pages import Pages
from exporter.book.views import Spot
from exporter.cli import cli
from exporter.config import PackConfig, Subject
from exporter.model import Key, Pack
from exporter.writers import binding, pdf
from exporter.writers.binding import LINK, Section
from exporter.writers.manifest import Product
from exporter.writers.sheets import Sheet, sheets
from exporter.writers.sheets.texts import Texts
from tests import packs
from tests.layouts import rendered

PACK, CONFIG = packs.small()
WORDS = wording.of("en")
TEXTS = Texts(lambda _: None)


PLAN = """Stream plan

Week 1 – Foundations
Goal: Read.

Day 1: Streams
    Study: readable streams.
    Q: "What does backpressure protect?"

Day 2: Mock interview and recap
    Focus: week 1.
"""
NOTES = """# Set 1: Streams

## Q1: What is a stream?

### SHORT

Data piece by piece.

## Q2: What is backpressure in streams?

### SHORT

It protects memory.
"""
TOML = """slug = "streams"
[[documents]]
path = "plan.txt"
reader = "dayplan"
[[documents]]
path = "notes.md"
"""


def silent(_: object) -> None:
    """For what other tests look at."""


def lay(wanted: Any) -> list[pdf.Printed | None]:
    return [rendered(one, lambda said: pytest.fail(str(said))) for one in wanted]


def products(pack: Pack, config: PackConfig) -> list[Product]:
    """The sheets and interviews of a build."""
    every = (*sheets(pack, config, silent), *mock.papers(pack, config, silent))
    made = []
    for sheet in every:
        done = rendered(sheet, silent)
        assert done
        made.append(Product(f"{sheet.name}.pdf", "pdf", done.pdf, sheet.week, done.pages))
    return made


@dataclass(frozen=True, slots=True)
class Volume:
    raw: bytes
    parts: list[Product]
    texts: tuple[str, ...]
    labels: tuple[str, ...]


@pytest.fixture(scope="module")
def volume() -> Volume:
    parts = products(PACK, CONFIG)
    made = book.bound(PACK, (), CONFIG, parts, lay)
    assert made.product
    assert made.whole
    with pypdfium2.PdfDocument(made.product.raw) as document:
        texts = tuple(page.get_textpage().get_text_bounded() for page in document)
        labels = tuple(document.get_page_label(n) for n in range(len(document)))
    assert made.product.pages == len(texts)
    return Volume(made.product.raw, parts, texts, labels)


def numbered(volume: Volume) -> Mapping[int, str]:
    """The text of each page from page 1 on, by its number."""
    return {
        int(label): text
        for label, text in zip(volume.labels, volume.texts, strict=True)
        if label.isdecimal()
    }


@pytest.mark.pdf
def test_pages_are_numbered_through(volume: Volume) -> None:
    """The first pages count i, ii; from week 1 on every page says its number at its foot."""
    front = [label for label in volume.labels if not label.isdecimal()]
    assert front == ["i", "ii"][: len(front)]
    assert len(front) % 2 == 0
    pages = numbered(volume)
    assert list(pages) == list(range(1, len(pages) + 1))
    for number, text in pages.items():
        foot = re.search(r"(\d+)(?: \d+ / \d+)?\s*$", text)
        assert foot, number
        assert int(foot[1]) == number


@pytest.mark.pdf
def test_contents_are_true(volume: Volume) -> None:
    """Each line of the contents names the page on which its title stands."""
    contents = volume.texts[1].partition("Contents")[2]
    lines = re.findall(r"(?m)^(.+?)\s*\.{3,}\s*(\d+)\s*$", contents)
    assert len(lines) >= 10
    assert WORDS.index in dict(lines)
    pages = numbered(volume)
    for title, number in lines:
        head = title.removeprefix("Answers · ").split(" · ")[-1].split(" & ")[0]
        assert head.split()[0] in pages[int(number)], title


@pytest.mark.pdf
def test_indexes_are_true(volume: Volume) -> None:
    """Every key is named once, with the page where its question stands."""
    text = volume.texts[-1].partition("Index of keys")[2]
    found = dict(re.findall(r"([A-Z]{2}X\d)\s+(\d+)", text))
    pages = numbered(volume)
    assert set(found) == {question.key for question in PACK.questions}
    for key, number in found.items():
        assert key in pages[int(number)]


@pytest.mark.pdf
def test_every_part_is_there(volume: Volume) -> None:
    """All pages of sheets and interviews are bound; answers stand behind all questions."""
    whole = re.sub(r"\s", "", "".join(volume.texts))
    for part in volume.parts:
        with pypdfium2.PdfDocument(part.raw) as document:
            for page in document:
                text = re.sub(r"\s", "", page.get_textpage().get_text_bounded())
                assert whole.count(text[:60]) >= 1, part.name
    scoring = [n for n, text in enumerate(volume.texts) if "Scoring grid" in text]
    rounds = [n for n, text in enumerate(volume.texts) if "Candidate" in text]
    assert max(rounds) < min(scoring)


@pytest.mark.pdf
def test_links_lead_somewhere(volume: Volume) -> None:
    """Every link of every page has a place in this very file, and says aloud where it goes."""
    with pikepdf.open(io.BytesIO(volume.raw)) as document:
        names = set(pikepdf.NameTree(document.Root.Names.Dests))
        links = [one for page in document.pages for one in page.get("/Annots", ())]
        assert len(links) > 50
        for link in links:
            assert "/A" not in link
            assert str(link.Dest) in names
            assert str(link.Contents)
        assert LINK.encode() not in volume.raw


@pytest.mark.pdf
def test_outline(volume: Volume) -> None:
    """The outline names every section, and below it what the section's own outline names."""
    with pypdfium2.PdfDocument(volume.raw) as document:
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    outer = [title for level, title in marks if level == 0]
    assert outer[:2] == ["Study pack", "Week 1 · Values"]
    assert outer[-1] == "Index of keys"  # prompts of this pack name no term
    assert "Checklist" in outer
    assert (1, "Day 1 · Names & objects") in marks
    assert any(level == 2 and title.startswith(packs.key(1)) for level, title in marks)


def _elements(element: Any) -> Iterator[Any]:
    """The elements below one, in order."""
    children = element.get("/K", ())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/StructElem":
            yield child
            yield from _elements(child)


@pytest.mark.pdf
def test_tags_are_whole(volume: Volume) -> None:
    """Every page and link is found in the tree of tags, each element knows its parent, and
    headings skip no level."""
    with pikepdf.open(io.BytesIO(volume.raw)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert b'pdfuaid:part="1"' in document.Root.Metadata.read_bytes()
        tree = document.Root.StructTreeRoot
        numbers = list(tree.ParentTree.Nums)
        known = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert list(known) == list(range(len(known)))
        elements = list(_elements(tree.K[0]))
        for page in document.pages:
            for link in page.get("/Annots", ()):
                owner = known[int(link.StructParent)]
                assert any(
                    isinstance(one, pikepdf.Dictionary)
                    and "/Obj" in one
                    and one.Obj.objgen == link.objgen
                    for one in owner.K
                )
            if "/StructParents" in page.obj:
                assert all(
                    one.Pg.objgen == page.obj.objgen for one in known[int(page.obj.StructParents)]
                )
        for element in elements:
            for child in element.get("/K", ()):
                if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/StructElem":
                    assert child.P.objgen == element.objgen
        levels = [int(str(one.S)[2:]) for one in elements if re.fullmatch(r"/H\d", str(one.S))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.pdf
def test_it_is_sound_and_the_same_again(volume: Volume) -> None:
    """The library of qpdf finds no fault, and binding again gives the same bytes."""
    with pikepdf.open(io.BytesIO(volume.raw)) as document:
        assert document.check_pdf_syntax() == []
        assert "/CreationDate" not in document.docinfo
        assert str(document.docinfo["/Title"]) == f"{CONFIG.title} · Study pack"
        for page in document.pages:
            for font in page.Resources.get("/Font", {}).values():
                assert "Plex" in str(font.BaseFont)
    again = book.bound(PACK, (), CONFIG, volume.parts, lay)
    assert again.product
    assert again.product.raw == volume.raw


def test_the_recipe_is_that_of_all_parts() -> None:
    """A book of the same parts has the same recipe; one with an edited part or reading another."""
    parts = [("week-1", "a"), ("week-2", "b")]
    made = book.recipe(PACK, (), CONFIG, parts)
    assert book.recipe(PACK, (), CONFIG, list(parts)) == made
    assert book.recipe(PACK, (), CONFIG, [parts[0], ("week-2", "c")]) != made
    assert book.recipe(replace(PACK, readings=()), (), CONFIG, parts) != made


@pytest.mark.pdf
def test_a_pack_without_a_plan_has_a_book() -> None:
    """A single sheet is bound with its cover; where nothing was printed there is no book."""
    config = replace(CONFIG, slug="alone")
    made = book.bound(PACK, (), config, products(replace(PACK, plan=None), config), lay)
    assert made.product
    assert book.bound(PACK, (), CONFIG, [], lay) == book.Bound(None)


@pytest.mark.pdf
def test_a_page_that_fails_is_told() -> None:
    """Where one of the pack's own pages can't be laid out there is no pack, and that is said."""
    parts = products(PACK, CONFIG)[:2]
    made = book.bound(PACK, (), CONFIG, parts, lambda wanted: [None for _ in wanted])
    assert made == book.Bound(None, whole=False)


@pytest.mark.pdf
def test_sections_keep_their_side() -> None:
    """A file begins on a right page, one cut in the middle on its own side; blank pages fill up."""
    page = '<p style="break-after: page">a</p>'
    html = f'<html lang="en"><title>a</title><body>{page * 3}'
    done = rendered(Sheet("s", None, "", html), silent)  # type: ignore[arg-type] # plain HTML
    assert done
    three = Section("a", "A", done.pdf)
    assert binding.begins([three, three, replace(three, first=1), three]) == (0, 4, 7, 10, 14)


def test_dates_stand_under_their_weekday() -> None:
    """With a start the calendar has a column for each weekday and a row for each of its weeks, and
    a row names its month where it is a new one."""
    assert PACK.plan
    start = datetime.date(2026, 12, 3)  # a Thursday
    days = [day for week in PACK.plan.weeks for day in week.days]
    shown = calendar(PACK.plan, start, {}, TEXTS, WORDS)
    assert shown.heads == WORDS.weekdays
    first, second, *_ = shown.rows
    assert first.label == "Dec 2026"
    assert second.label == ""
    assert [cell.badge if cell else None for cell in first.cells] == [
        None, None, None, "Day 1", "Day 2", "Day 3", "Day 4",
    ]  # fmt: skip
    assert first.cells[3]
    assert first.cells[3].date == "3 Dec"
    assert second.cells[0]
    assert sum(cell is not None for row in shown.rows for cell in row.cells) == len(days)


def test_days_stand_by_the_plans_weeks() -> None:
    """Without a start a row is a week of the plan."""
    assert PACK.plan
    shown = calendar(PACK.plan, None, {1: "x"}, TEXTS, WORDS)
    assert shown.heads == ()
    assert [row.label for row in shown.rows] == ["Week 1", "Week 2"]
    assert shown.rows[0].cells[0]
    assert (shown.rows[0].cells[0].href, shown.rows[0].cells[0].date) == ("x", "")


def test_terms_are_those_of_the_questions() -> None:
    """Terms of the taxonomy, key words and code are listed where a prompt says them; what is said
    everywhere, or nowhere, is not."""
    spots = {
        question.id: Spot(number, "", Key(question.key))
        for number, question in enumerate(PACK.questions, start=1)
    }
    subjects = [Subject("Equality", ("is compare", "quantum chromodynamics"), ())]
    found = {term.title: term for term in terms.terms(PACK.questions, subjects, spots)}
    assert "quantum chromodynamics" not in found
    for term in found.values():
        pages = [spot.page for spot in term.spots]
        assert pages == sorted(set(pages))
    titles = [term.title for term in found.values()]
    assert titles == sorted(titles, key=terms._sorted)
    grouped = terms.initials(tuple(found.values()))
    assert [letter for letter, _ in grouped] == sorted(letter for letter, _ in grouped)


def test_gaps_are_named() -> None:
    """An entry of the checklist that no question treats is marked as a gap."""
    made = Pages(PACK, (), CONFIG).checklist({})
    assert made
    assert made.html.count('class="missing"') == len(PACK.topics)


@pytest.mark.pdf
def test_a_slug_of_any_script_has_links() -> None:
    """Links find their section whatever letters its file is named with."""
    config = replace(CONFIG, slug="étude-日誌")
    made = book.bound(PACK, (), config, products(PACK, config), lay).product
    assert made
    with pikepdf.open(io.BytesIO(made.raw)) as document:
        names = set(pikepdf.NameTree(document.Root.Names.Dests))
        links = [one for page in document.pages for one in page.get("/Annots", ())]
        assert [one for one in links if "/A" in one or str(one.Dest) not in names] == []


@pytest.mark.pdf
def test_without_pango_the_last_pack_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the pack's own pages are new and nothing lays them out, the rest is built, the old
    pack stays, and the command that helps is named."""
    folder, out = tmp_path / "notes", tmp_path / "out"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    (folder / "notes.md").write_text(NOTES, "utf-8")
    (folder / "pack.toml").write_text(TOML, "utf-8")
    assert (
        CliRunner()
        .invoke(cli, ["build", str(folder), "--out", str(out), "--only", "book"])
        .exit_code
        == 0
    )
    before = (out / "streams-pack.pdf").read_bytes()
    monkeypatch.setattr(pango, "missing", lambda: ("pango-1.0",))
    subject = '[[subjects]]\nname = "Streams"\nterms = ["stream", "backpressure"]\ndays = [1]\n'
    (folder / "pack.toml").write_text(TOML + subject, "utf-8")
    done = CliRunner().invoke(cli, ["build", str(folder), "--out", str(out), "--only", "book"])
    assert done.exit_code == 3, done.output
    assert pango.remedy() in done.output
    assert (out / "streams-pack.pdf").read_bytes() == before


@pytest.mark.pdf
def test_the_book_is_built_where_it_is_asked_for(tmp_path: Path) -> None:
    """A build makes leaves alone; with `[outputs]` the book as well, which an unchanged build keeps
    and a week of it never replaces."""
    folder, out = tmp_path / "notes", tmp_path / "out"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    (folder / "notes.md").write_text(NOTES, "utf-8")
    (folder / "pack.toml").write_text(TOML, "utf-8")

    def build(*words: str) -> set[str]:
        done = CliRunner().invoke(cli, ["build", str(folder), "--out", str(out), *words])
        assert done.exit_code == 0, done.output
        rows = json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]
        return {f"{row['kind']} {row['path']}" for row in rows if row["path"].endswith(".pdf")}

    alone = build()
    assert "book streams-pack.pdf" not in alone
    assert "pdf streams-week-1.pdf" in alone
    (folder / "pack.toml").write_text(f"{TOML}\n[outputs]\nbook = true\n", "utf-8")
    assert build() == alone | {"book streams-pack.pdf"}
    before = (out / "streams-pack.pdf").read_bytes()
    week = build("--only", "book", "--week", "1")
    assert week == alone | {"book streams-pack.pdf", "book streams-pack-week-1.pdf"}
    assert (out / "streams-pack.pdf").read_bytes() == before
