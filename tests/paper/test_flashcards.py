"""Flash cards on paper: aligned for duplex, whole on their card, and all of them."""

from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.build import pipeline
from exporter.deck import cards
from exporter.model import Html, Markdown
from exporter.model.config import PackConfig, Paper
from exporter.paper import flashcards
from exporter.paper.flashcards import cost, fitted
from exporter.paper.sheets import Sheet
from exporter.text import markup
from tests.decks import CONFIG, SMALL
from tests.docs import ROOT
from tests.layouts import rendered

MM = 72 / 25.4
WIDTH, HEIGHT = 92 * MM, 65 * MM


@cache
def real() -> pipeline.ReadPack:
    return pipeline.read(ROOT / "source")


def _drawn(made: Sheet) -> pypdfium2.PdfDocument:
    found: list[object] = []
    done = rendered(made, found.append)
    assert found == []
    assert done is not None
    return pypdfium2.PdfDocument(done.pdf)


def _cell(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    """Column and row, from the top, of a point on the page."""
    width, height = page.get_size()
    column = (x - (width - 2 * WIDTH) / 2) / WIDTH
    row = (height - y - (height - 4 * HEIGHT) / 2) / HEIGHT
    assert 0 <= column < 2, x
    assert 0 <= row < 4, y
    return int(column), int(row)


def _texts(page: pypdfium2.PdfPage) -> dict[tuple[int, int], str]:
    """The text of each card; every letter lies inside one card, clear of its edges."""
    text = page.get_textpage()
    found: dict[tuple[int, int], str] = {}
    for at in range(text.count_chars()):
        sign = text.get_text_range(at, 1)
        if sign.strip():
            left, bottom, right, top = text.get_charbox(at)
            corner = _cell(page, left - 1 * MM, bottom - 1 * MM)
            assert corner == _cell(page, right + 1 * MM, top + 1 * MM), sign
            found[corner] = found.get(corner, "") + sign
    return found


@pytest.mark.pdf
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_backs_lie_on_their_fronts(paper: Paper) -> None:
    """A flip on the long edge lays each key on itself, on both papers and on every page of a week;
    no text leaves its card."""
    study = real()
    config = replace(study.config, paper=paper)
    made = flashcards.papers(study.pack, config, study.notes, lambda _: None)
    drawn = _drawn(made[3])
    in_week = [note for note in study.notes if "week::4" in note.tags]
    assert len(drawn) == 2 * -(-len(in_week) // 8)
    keys = [str(note.key) for note in sorted(in_week, key=lambda note: note.rank)]
    for at in range(0, len(drawn), 2):
        fronts, backs = _texts(drawn[at]), _texts(drawn[at + 1])
        for (column, row), text in fronts.items():
            key = keys[at * 4 + row * 2 + column]
            assert key in text
            assert key in backs[1 - column, row]
        assert len(fronts) == len(backs)


@pytest.mark.pdf
def test_nothing_is_hidden_by_a_cards_edge() -> None:
    """What is estimated to fit does: with nothing hidden, every letter is still on its card."""
    study = real()
    papers = flashcards.papers(study.pack, study.config, study.notes, lambda _: None)
    week = next(one for one in papers if one.week == 3)
    open_ = replace(week, html=Html(week.html.replace("overflow: hidden", "overflow: visible")))
    assert open_.html != week.html
    with _drawn(open_) as document:
        cards_ = sum(len(_texts(page)) for page in document)
    assert cards_ > 100


def test_every_note_has_a_card_in_its_week() -> None:
    """Weeks in the order of the plan, then what lies beyond; as many cards as notes."""
    study = real()
    made = flashcards.papers(study.pack, study.config, study.notes, lambda _: None)
    slug = study.config.slug
    weeks = [f"{slug}-flashcards-week-{week}" for week in (1, 2, 3, 4)]
    assert [one.name for one in made] == [*weeks, f"{slug}-flashcards-beyond"]
    assert sum(one.html.count("<article") for one in made) == 2 * len(study.notes)


def test_a_pack_without_a_plan_has_one_paper() -> None:
    """It has no week in its name."""
    bare = [replace(one, placement=None) for one in SMALL.questions]
    made = replace(SMALL, questions=tuple(bare))
    notes = cards.render(made, CONFIG, lambda _: None)
    assert [
        one.name for one in flashcards.papers(made, PackConfig(slug="kitchen"), notes, print)
    ] == ["kitchen-flashcards"]


@pytest.mark.parametrize(
    ("text", "lines", "kept"),
    [
        ("One. Two.", 9, "One. Two."),
        ("A first sentence. B" + " b" * 60, 2, "A first sentence."),
        ("There are:\n- one\n- two", 2.4, "There are:\n- one"),
        (
            "There are:\n- one\n- two\n- three\n- four",
            3.4,
            "There are:\n- one\n- two\n- three\n- four",
        ),
        ("One.\n\n**Then**\n\n- " + "c" * 200, 4, "One."),
        ("a " * 100 + "end.", 2, ("a " * 54).strip()),
        ("- One. A.\n  - Two. B" + " b" * 60, 3.2, "- One. A.\n  - Two."),
        ("All of it.\n\nThere are:\n- " + "c" * 200, 4, "All of it."),
        ("See:\n```js\na()\nb()\nc()\n```", 2.9, "See:\n```js\na()\n```"),
        ("See:\n```js\na()\n```", 2.1, ""),
    ],
)
def test_what_is_too_long_is_cut_where_a_thought_ends(text: str, lines: float, kept: str) -> None:
    """At a sentence or an item, never after a colon, with code closed again."""
    assert fitted(text, lines) == (kept, kept == text)


@given(st.text(alphabet="ab .:-\n", max_size=300), st.floats(0.5, 20))
def test_cutting_invents_no_word(text: str, lines: float) -> None:
    """What is kept are the first words of the text, and they fit."""
    kept, whole = fitted(text, lines)
    words = markup.plain(Markdown(kept)).split()
    assert whole or cost(kept) <= lines
    assert words == markup.plain(Markdown(text)).split()[: len(words)]
    assert whole or not kept.rstrip().endswith(":")


def test_a_wrong_output_is_contradicted() -> None:
    """What Node.js prints stands under what the notes state."""
    study = real()
    (first, *_) = flashcards.papers(study.pack, study.config, study.notes, lambda _: None)
    wrong = [q for q in study.pack.questions if q.verdict and q.verdict.status == "differs"]
    assert wrong
    assert first.html.count("prints:</strong>") == len(wrong)
