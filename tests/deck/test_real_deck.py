"""The deck of source/ itself, as a learner's Anki takes it."""

import html
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from exporter.build import pipeline
from exporter.deck.notetypes import Field
from exporter.model import Note, Tier
from exporter.model.diagnostics import Severity
from tests.anki_collection import Collection, collection
from tests.deck.test_apkg import MOJIBAKE, OUTSIDE_CODE, RAW_MARKDOWN, TAG

SOURCE = Path(__file__).parent.parent.parent / "source"
NOW = 1_700_000_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """The real pack, built, and a learner who has just imported it."""

    study: pipeline.ReadPack
    package: Path
    learner: Collection
    imported: dict[str, int]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Built once for all tests of this module, from a copy without a ledger."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(SOURCE, folder / "source", ignore=shutil.ignore_patterns("*.jsonl"))
    study = pipeline.read(folder / "source")
    assert [one for one in study.diagnostics if one.severity is Severity.ERROR] == []
    order = pipeline.BuildRequest(folder / "dist", NOW, only=("apkg",))
    pipeline.build(study, order)
    package = folder / "dist" / f"{study.config.slug}.apkg"
    with collection(folder / "learner") as mine:
        log = mine.take(package)
        counts = {"new": len(log.new), "conflicting": len(log.conflicting)}
        yield Shelf(study, package, mine, counts)


@pytest.mark.anki
def test_it_arrives(shelf: Shelf) -> None:
    """Every note is new, none conflicts, each has its one card, and the collection is sound."""
    notes = len(shelf.study.notes)
    assert notes > 0
    assert shelf.imported == {"new": notes, "conflicting": 0}
    assert len(shelf.learner.cards()) == notes
    assert shelf.learner.faults() == ""


@pytest.mark.anki
def test_every_card_is_fit_to_be_read(shelf: Shelf) -> None:
    """No side is empty, none shows mojibake, none shows Markdown outside code."""
    seen = 0
    for name, card in shelf.learner.rendered():
        seen += 1
        assert text(card.question).strip(), name
        assert text(card.answer).strip() != text(card.question).strip(), name
        assert not MOJIBAKE.search(html.unescape(card.answer)), name
        found = RAW_MARKDOWN.search(text(OUTSIDE_CODE.sub("", card.answer)))
        assert not found, f"{name}: {found}"
    assert seen == len(shelf.study.notes)


@pytest.mark.anki
def test_new_cards_come_in_plan_order(shelf: Shelf) -> None:
    """Each deck shows its cards in the order of the notes: day by day, short answers first."""
    decks = Counter(note.deck for note in shelf.study.notes)
    assert len(decks) == 5
    for deck in decks:
        planned = [note.fields[0] for note in shelf.study.notes if note.deck == deck]
        assert shelf.learner.new_cards(deck) == planned


def test_each_answered_tier_is_a_note(shelf: Shelf) -> None:
    """Notes are exactly the tiers that the model's questions answer."""
    asked = Counter(
        (question.key, tier)
        for question in shelf.study.pack.questions
        for tier in Tier
        if any(answer.tier is tier for answer in question.answers)
    )
    assert Counter((note.key, note.tier) for note in shelf.study.notes) == asked


def test_no_note_holds_what_moves(shelf: Shelf) -> None:
    """Neither the author's number nor a file's name stands on a card."""
    labels = {question.id: question.label for question in shelf.study.pack.questions}
    files = [document.path for document in shelf.study.pack.documents]

    def words(note: Note) -> list[str]:
        return text(f"{note.fields[Field.PLACE]} {note.fields[Field.SOURCE]}").split()

    numbered = [note for note in shelf.study.notes if (labels[note.question] or "")[1:].isdigit()]
    assert numbered
    assert [note.key for note in numbered if labels[note.question] in words(note)] == []
    assert [note.key for note in shelf.study.notes if set(files) & set(words(note))] == []


def test_the_next_build_is_the_same_file(shelf: Shelf) -> None:
    """With its ledger, an unedited pack gives the same bytes on a later day."""
    before = shelf.package.read_bytes()
    again = pipeline.read(shelf.study.folder)
    pipeline.build(again, pipeline.BuildRequest(shelf.package.parent, NOW + 90_000, only=("apkg",)))
    assert shelf.package.read_bytes() == before


def text(markup: str) -> str:
    """What a reader sees of some HTML."""
    return html.unescape(TAG.sub("", markup))
