"""No edit that keeps a question's meaning costs its learner anything, and every edit arrives."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from exporter import ledger
from exporter.build import repair_files
from exporter.deck.apkg import card_templates
from exporter.ledger import Change
from exporter.model import Tier
from tests import edits
from tests.anki_collection import Collection, collection
from tests.edits import chain, deleted, inserted, moved
from tests.learner import DAY, Loop, begun
from tests.sketch import Edit, Section, changed, first_sketch, over_papers

pytestmark = pytest.mark.anki

WORDING = "What may happen when a beekeeper leaves feed in the open?"
EDITS: dict[str, Edit] = {
    "no edit": edits.nothing,
    "typo in a question": edits.prompt("queen", "Why does a colony neeed a queen?"),
    "typo in a keyed question": edits.prompt("veil", "Is a vail enough?"),
    "case and punctuation": edits.prompt("wax", "Where does Wax come from"),
    "question reworded": edits.prompt("nectar", "How is honey made from nectar?"),
    "question said in other words": edits.prompt("robbing", WORDING),
    "keyed question reworded": edits.prompt("water", "How close should water be to the hives?"),
    "one tier edited": edits.answered("varroa", "medium", "It breeds below the cappings."),
    "answer written anew": edits.answered("sun", "short", "To the morning light."),
    "inserted at the top": inserted(),
    "inserted in a keyed document": inserted(edits.NEW_KEYED, "yard.md", 1, 0),
    "inserted and renumbered": chain(inserted(at=2), edits.renumbered),
    "everything renumbered": edits.renumbered,
    "set reversed": edits.reversed_sets,
    "moved to another set": moved("drone", "hive.md", 1),
    "moved to another document": moved("dance", "honey.md", 1),
    "puzzle moved to another document": moved("puzzle-set", "honey.md", 0),
    "moved and edited": chain(
        edits.prompt("dance", "How do bees tell others where food is?"),
        moved("dance", "honey.md", 1),
    ),
    "deleted": deleted("foulbrood"),
    "deleted and others renumbered": chain(deleted("queen"), edits.renumbered),
    "twins swapped": edits.swapped("twin-spring", "twin-autumn"),
    "twins swapped and one edited": chain(
        edits.swapped("twin-spring", "twin-autumn"),
        edits.answered("twin-autumn", "short", "Treat mites and feed before the first frost."),
    ),
    "a twin deleted": deleted("twin-spring"),
    "twins in two documents": moved("twin-spring", "honey.md", 0),
    "prompt, answer and number at once": chain(
        edits.prompt("swarm", "Why do colonies swarm?"),
        edits.answered("swarm", "medium", "A crowded nest dilutes the queen's scent; she leaves."),
        inserted(path="honey.md"),
    ),
    "prompt edited and renumbered": chain(
        edits.prompt("worker", "How long do workers live?"), edits.renumbered
    ),
    "a tier added": edits.answered("drone", "senior", "Eight to fifteen drones mate with her."),
    "a tier taken away": edits.untiered("wax", "senior"),
    "puzzle's code edited": edits.code("puzzle-sum", "frames = [2, 3]\nprint(2 * sum(frames))"),
    "puzzle with a prompt, code edited": edits.code(
        "puzzle-slice", 'months = ["may", "june", "july"]\nprint(months[-2:])'
    ),
    "a prompt added to a puzzle": edits.prompt("puzzle-set", "How many colours are there?"),
    "a prompt taken from a puzzle": edits.prompt("puzzle-join", ""),
    "set title edited": edits.retitled("Trouble", "When things go wrong"),
    "document title edited": edits.retitled_paper("yard.md", "Where the hives stand"),
    "line ends converted": edits.converted,
    "unlisted document renamed": edits.renamed("hive.md", "zz-people.md"),
    "unlisted document renamed and edited": chain(
        edits.renamed("hive.md", "zz-people.md"),
        edits.prompt("worker", "How long do workers live?"),
    ),
    "a set put in above": edits.section_added("hive.md", Section("Before you begin", (edits.NEW,))),
    "a document added": edits.paper_added("aa-wild.md", "Wild bees", edits.NEW),
    "a keyed question's key edited": changed("sun", key="orientation"),
    "an id written behind it": changed("queen", attributes=" {#queen}"),
}


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first edition, imported and studied; tests work on copies."""
    folder = tmp_path_factory.mktemp("studied")
    with begun(folder, first_sketch()):
        pass
    return folder


@contextmanager
def _again(studied: Path, folder: Path) -> Iterator[Loop]:
    shutil.copytree(studied, folder)
    with collection(folder / "learner") as mine:
        again = Loop(folder, mine, first_sketch())
        again.remember()
        yield again


@pytest.fixture
def loop(studied: Path, tmp_path: Path) -> Iterator[Loop]:
    """A learner who has studied every card of the first edition."""
    with _again(studied, tmp_path / "loop") as again:
        yield again


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_costs_nobody_anything(loop: Loop, edit: Edit) -> None:
    """Nothing is duplicated, lost, or on the wrong question; every edit arrives, and no more."""
    loop.step(edit(loop.sketch))
    loop.study()
    loop.step()
    assert loop.changes
    assert loop.changes.updated == loop.changes.added == 0


def test_a_listed_document_is_renamed(tmp_path: Path) -> None:
    """A document that pack.toml names gets another name in both places."""
    with begun(tmp_path, replace(first_sketch(), listed=True)) as loop:
        loop.step(edits.renamed("hive.md", "people.md")(loop.sketch))
        swap = chain(
            edits.renamed("people.md", "x"),
            edits.renamed("honey.md", "people.md"),
            edits.renamed("x", "honey.md"),
        )
        loop.step(swap(loop.sketch))
        loop.step(edits.reversed_papers(loop.sketch))


@pytest.mark.parametrize("editions", [0, 1, 4])
def test_what_comes_back_is_the_same_note(loop: Loop, editions: int) -> None:
    """A question that was gone for some editions has its card and its progress again."""
    whole = loop.sketch
    for number in range(editions + 1):
        text = f"To the morning light, for {number} hours."
        whole = edits.answered("sun", "short", text)(whole)
        loop.step(deleted("foulbrood", "puzzle-sum")(whole))
        assert loop.changes
        assert len(loop.changes.having(Change.RETIRED)) == (3 if number == 0 else 0)
    loop.step(whole)
    assert loop.changes
    assert len(loop.changes.having(Change.REVIVED)) == 3
    loop.step(edits.prompt("foulbrood", "How do you recognise foulbrood?")(whole))


def test_deleted_means_gone(loop: Loop) -> None:
    """Nobody gets a retired question as a card, and what a learner deleted stays deleted; who skips
    editions is told all the same."""
    texts = iter("abcdef")
    gone = deleted("queen")
    farewell = loop.package.with_name(f"{loop.package.stem}-farewell.apkg")
    with (
        collection(loop.folder / "skipper") as skipper,
        collection(loop.folder / "eraser") as eraser,
    ):
        for learner in (skipper, eraser):
            learner.take(loop.package)
        whole = len(skipper.cards())
        for number in range(5):
            loop.step(edits.answered("sun", "short", next(texts))(gone(loop.sketch)))
            with collection(loop.folder / f"newcomer{number}") as newcomer:
                newcomer.take(loop.package)
                newcomer.take(farewell)
                assert len(newcomer.cards()) == whole - 3
                assert "Bees::Retired" not in _decks(newcomer)
            if number == 0:
                eraser.take(farewell)
            eraser.take(loop.package)
            retired = eraser.backend.find_notes("tag:retired")
            assert len(retired) == (3 if number == 0 else 0)
            eraser.backend.remove_notes(retired)
        skipper.take(loop.package)
        assert skipper.backend.find_notes("tag:retired") == []
        skipper.take(farewell)
        assert len(skipper.backend.find_notes("tag:retired Notice:_*")) == 3
        assert len(skipper.cards()) == whole
        eraser.take(farewell)
        assert len(eraser.cards()) == whole - 3
    assert len(loop.learner.backend.find_notes("tag:retired")) == 3
    banner = {card.question for _, card in loop.learner.rendered() if "Bees" not in card.question}
    assert sum("no longer" in text or "retired" in text.lower() for text in banner) >= 3


def _decks(learner: Collection) -> set[str]:
    return {one.name for one in learner.backend.decks.all_names_and_ids()}


def test_a_whole_file_is_repaired_in_place(tmp_path: Path) -> None:
    """Broken letters are mended on every build, so mending the file itself changes no note."""
    whole = first_sketch()
    broken = over_papers(whole, lambda one: replace(one, damaged=True))
    with begun(tmp_path, broken) as loop:
        for paper in whole.papers:
            path = loop.source / paper.path
            assert repair_files.write(path, repair_files.mend(path)) == (not paper.keyed)
            assert all(title in path.read_text("utf-8") for title in (paper.title, "# "))
        loop.step()
        assert loop.changes
        assert loop.changes.unchanged == len(loop.changes.notes)
        loop.step(whole)
        assert loop.changes.unchanged == len(loop.changes.notes)


def test_an_edit_beside_the_questions_touches_no_note(loop: Loop) -> None:
    """Lines of pack.toml that move, a pin of one question, words of the plan that say the same."""
    taxonomy = '[[subjects]]\nname = "Honey"\nterms = ["honey", "nectar"]\ndays = [4]\n'
    whole = replace(loop.sketch, more=taxonomy)
    loop.edit(whole)
    loop.build(accept=True)
    loop.learner.take(loop.package)
    loop.step(replace(whole, more="# a comment\n" + taxonomy))
    assert loop.changes
    assert loop.changes.updated == 0
    whole = inserted(replace(edits.NEW, prompt="Why does honey need bees and nectar?"))(whole)
    loop.step(replace(whole, more=taxonomy))
    book = ledger.load(loop.book.read_bytes(), lambda _: None)
    key = next(entry.key for entry in book.entries if entry.prompt == "Is a veil enough?")
    pin = f'[[pins]]\nquestion = "{key}"\nweek = 1\nday = 2\n'
    loop.step(replace(whole, more=taxonomy + pin), replaced=("veil",))
    assert loop.changes.updated == 1
    loop.step(replace(whole, more=taxonomy), replaced=("veil",))
    assert loop.changes.updated == 1
    plan = whole.plan.replace("Know who lives there.", "Know who lives in it.")
    loop.step(replace(whole, more=taxonomy, plan=plan))
    assert loop.changes.updated == 0


def test_a_lost_ledger_costs_no_identity(loop: Loop) -> None:
    """Every note is stamped anew once, and stays whose it was."""
    loop.step(edits.answered("sun", "short", "East.")(loop.sketch))
    loop.book.unlink()
    loop.step(lost=True)
    loop.step(edits.prompt("queen", "Why must a colony have a queen?")(loop.sketch))
    loop.step()


def test_an_edited_template_reaches_every_card(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Note types are updated in place, and no note is touched."""
    read = card_templates._read
    monkeypatch.setattr(card_templates, "_read", lambda name: f"{read(name)}\n<!--x-->")
    card_templates.look.cache_clear()
    try:
        loop.step()
    finally:
        card_templates.look.cache_clear()
    assert loop.changes
    assert loop.changes.note_types == tuple(Tier)
    assert loop.changes.unchanged == len(loop.changes.notes)
    assert all("<!--x-->" in card.css for _, card in loop.learner.rendered())


def test_a_learners_own_edit_stays_until_the_author_edits(loop: Loop) -> None:
    """A build that leaves the note alone leaves the learner's words; a later edit replaces them."""
    note = loop.retouch("nectar", "Answer", "My own words.", loop.now + 3600)
    loop.step(edits.answered("sun", "short", "East.")(loop.sketch), touched=("nectar",))
    assert loop.learner.backend.get_note(note)["Answer"] == "My own words."
    loop.step(edits.answered("nectar", "short", "Bees fan it dry.")(loop.sketch))


def test_an_edit_that_the_learners_copy_outdates_is_reissued(loop: Loop) -> None:
    """Anki refuses an update older than the learner's copy; reissuing it brings it."""
    note = loop.retouch("nectar", "Answer", "My own words.", loop.now + 2 * DAY)
    edited = edits.answered("nectar", "short", "Bees fan it dry.")(loop.sketch)
    loop.edit(edited)
    loop.now += DAY
    loop.build()
    log = loop.learner.take(loop.package)
    assert loop.learner.backend.get_note(note)["Answer"] == "My own words."
    assert not any(entry.id.nid == note for entry in log.updated)
    book = ledger.load(loop.book.read_bytes(), lambda _: None)
    key = loop.learner.backend.get_note(note)["Key"]
    loop.book.write_bytes(ledger.save(ledger.reissue(book, [key])))
    loop.now += 3 * DAY
    loop.step(touched=("nectar",))


STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(edits.RANDOM), st.integers(0, 99)), min_size=1, max_size=4),
    min_size=2,
    max_size=4,
)


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(steps=STEPS)
def test_a_year_of_edits_costs_nobody_anything(
    studied: Path, steps: list[list[tuple[edits.Random, int]]]
) -> None:
    """Whatever an author does between some builds, in any order."""
    with tempfile.TemporaryDirectory() as name, _again(studied, Path(name) / "loop") as loop:
        for step in steps:
            whole = loop.sketch
            for edit, number in step:
                whole = edit(whole, number)
            loop.step(whole, accept=True)
            loop.study()
