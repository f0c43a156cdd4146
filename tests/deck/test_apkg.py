"""The package as learners get it: imported, rendered, updated and studied by the real Anki."""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.deck import apkg, cards, notetypes
from exporter.deck.apkg import card_templates, rows
from exporter.deck.notetypes import Field
from exporter.model import Edition, Markdown, Note, Pack, Tier
from exporter.model.diagnostics import Diagnostic, Stop
from tests import decks
from tests.anki_collection import Collection, collection
from tests.decks import CONFIG, SMALL, answer, dated, pack, question

MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|â€|ð\u0178|Ã.|\ufffd")
RAW_MARKDOWN = re.compile(r"\*\*|```|^\s*[-*] |^#{1,6} |`[^`\n]+`|\[[^\]\n]+\]\([^)\n]+\)", re.M)
OUTSIDE_CODE = re.compile(r"<pre>.*?</pre>|<code.*?</code>", re.S)
TAG = re.compile(r"<[^>]+>")


def render(made: Pack) -> tuple[Note, ...]:
    """Notes of a pack that has no faults."""
    found: list[Diagnostic] = []
    notes = cards.render(made, CONFIG, found.append)
    assert found == []
    return notes


def save(folder: Path, edition: Edition) -> Path:
    """The edition as a file."""
    path = folder / f"kitchen-{edition.number}.apkg"
    path.write_bytes(apkg.write(edition, CONFIG))
    return path


@pytest.fixture
def tables() -> Iterator[Callable[[bytes], sqlite3.Connection]]:
    """Opens the database in a package; closed after the test."""
    with ExitStack() as opened:

        def open_(raw: bytes) -> sqlite3.Connection:
            connection = opened.enter_context(closing(sqlite3.connect(":memory:")))
            with zipfile.ZipFile(io.BytesIO(raw)) as package:
                connection.deserialize(package.read("collection.anki2"))
            return connection

        yield open_


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Collection]:
    """A learner who has never seen the pack."""
    with collection(tmp_path / "learner") as mine:
        yield mine


@pytest.mark.anki
def test_a_fresh_import(learner: Collection, tmp_path: Path) -> None:
    """Every note is new, nothing conflicts, one card each, and the collection is sound."""
    notes = render(SMALL)
    log = learner.take(save(tmp_path, dated(notes)))
    assert (len(log.new), log.found_notes) == (len(notes), len(notes))
    assert not log.conflicting
    assert not log.empty_first_field
    assert len(learner.cards()) == len(notes)
    assert learner.faults() == ""


@pytest.mark.anki
def test_every_card_renders(learner: Collection, tmp_path: Path) -> None:
    """Both sides show something, without mojibake and without Markdown outside code."""
    learner.take(save(tmp_path, dated(render(SMALL))))
    rendered = list(learner.rendered())
    assert len(rendered) == len(render(SMALL))
    for name, card in rendered:
        assert TAG.sub("", card.question).strip(), name
        assert len(card.answer) > len(card.question), name
        assert not MOJIBAKE.search(card.answer), name
        assert not RAW_MARKDOWN.search(TAG.sub("", OUTSIDE_CODE.sub("", card.answer))), name
        assert "{{" not in card.answer, name


@pytest.mark.anki
def test_the_same_package_again(learner: Collection, tmp_path: Path) -> None:
    """Nothing is touched: the learner's own tags and the days' work stay."""
    package = save(tmp_path, dated(render(SMALL)))
    learner.take(package)
    note = learner.backend.get_note(learner.notes()[0])  # type: ignore[arg-type]
    note.tags = [*note.tags, "mine"]
    learner.backend.update_note(note)
    log = learner.take(package)
    assert len(log.duplicate) == len(learner.notes())
    assert not log.updated
    assert not log.conflicting
    assert learner.backend.get_note(note.id).has_tag("mine")


@pytest.mark.anki
def test_an_edition_updates_what_changed(learner: Collection, tmp_path: Path) -> None:
    """An edited note arrives, its schedule stays, the others are duplicates, a new one is new."""
    first = dated(render(SMALL))
    learner.take(save(tmp_path, first))
    number = learner.backend.find_cards("Key:AB66")[0]
    learner.backend.sched.set_due_date([number], "7")
    text = Markdown("Glutamate, above all.")
    edited = replace(decks.BEYOND, answers=(answer(Tier.MEDIUM, text),))
    added = question("ab88", "What is roux?", answer(Tier.SHORT, "Flour and fat."))
    notes = render(pack(edited, added, *SMALL.questions[1:]))
    before = {note.guid: note for note in first.notes}
    same = {guid for guid, old in before.items() if old.content_hash in hashes(notes)}
    second = replace(
        first,
        number=2,
        notes=tuple(
            replace(note, modified=1_700_000_000 + (note.guid not in same)) for note in notes
        ),
    )
    log = learner.take(save(tmp_path, second))
    assert (len(log.updated), len(log.new), len(log.duplicate)) == (1, 1, len(before) - 1)
    assert not log.conflicting
    card = learner.backend.get_card(number)
    assert "above all" in card.note()["Answer"]
    assert (card.type, card.ivl) == (2, 7)
    assert learner.faults() == ""


def hashes(notes: tuple[Note, ...]) -> set[str]:
    """What the notes show, as digests."""
    return {note.content_hash for note in notes}


@pytest.mark.anki
def test_a_new_look_arrives_in_place(
    learner: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another stylesheet and template text update the five types; no second type appears."""
    first = dated(render(SMALL))
    learner.take(save(tmp_path, first))
    old = card_templates.look

    def restyled(tier: Tier, language: str) -> card_templates.Look:
        look = old(tier, language)
        card = replace(look.faces[0], front=look.faces[0].front + "<i>new</i>")
        return card_templates.Look((card, *look.faces[1:]), look.css + ".new {}")

    monkeypatch.setattr(card_templates, "look", restyled)
    later = tuple((tier, modified + 1) for tier, modified in first.note_types)
    log = learner.take(save(tmp_path, replace(first, number=2, note_types=later)))
    assert len(log.duplicate) == len(first.notes)
    assert all(".new {}" in card.css for _, card in learner.rendered())
    assert all("<i>new</i>" in card.question for _, card in learner.rendered())
    names = [each.name for each in learner.backend.models.all_names_and_ids()]
    assert sorted(name for name in names if "studypack" in name) == sorted(
        kind.name for kind in notetypes.NOTE_TYPES.values()
    )


@pytest.mark.anki
def test_ids_of_fields_and_templates_arrive(learner: Collection, tmp_path: Path) -> None:
    """Anki keeps our ids, by which a field that is renamed one day is still the same."""
    learner.take(save(tmp_path, dated(render(SMALL))))
    for kind in notetypes.NOTE_TYPES.values():
        found = learner.backend.models.by_name(kind.name)
        assert found is not None
        assert found["id"] == kind.id
        assert [each["id"] for each in found["flds"]] == [kind.field_id(each) for each in Field]
        assert [each["name"] for each in found["flds"]] == [each.title for each in Field]
        assert [each["id"] for each in found["tmpls"]] == [kind.template_id(0), kind.template_id(1)]


@pytest.mark.anki
def test_the_spare_template_waits_for_its_field(learner: Collection, tmp_path: Path) -> None:
    """A second card appears once Extra4 is filled, and not before."""
    (note,) = render(pack(decks.BEYOND))
    fields = list(note.fields)
    fields[Field.EXTRA4] = "the other way round"
    learner.take(save(tmp_path, dated((replace(note, fields=tuple(fields)),))))
    shown = [card for _, card in learner.rendered()]
    assert len(shown) == 2
    assert "the other way round" in shown[1].answer
    assert learner.faults() == ""


@pytest.mark.anki
def test_new_cards_come_in_plan_order(learner: Collection, tmp_path: Path) -> None:
    """The scheduler shows a week's cards exactly by day, tier and source order."""
    many = [
        question(
            f"a{week}{day}{nth}",
            f"Week {week} day {day} number {nth}?",
            answer(Tier.SENIOR, "s"),
            answer(Tier.SHORT, "s"),
            placement=decks.at(week, day),
        )
        for nth in range(3)
        for day in (9, 10, None)
        for week in (2, 1)
    ]
    notes = render(pack(*many))
    learner.take(save(tmp_path, dated(notes)))
    for week in ("Week 01", "Week 02"):
        deck = f"Kitchen chemistry::{week}"
        planned = [note.fields[0] for note in notes if note.deck == deck]
        assert len(planned) == 18
        assert learner.new_cards(deck) == planned
    first = [note.tier for note in notes][:6]
    assert first == [Tier.SHORT] * 3 + [Tier.SENIOR] * 3


@pytest.mark.anki
def test_magic_is_shown_as_written(learner: Collection, tmp_path: Path) -> None:
    """Sound, TeX, templates and clozes in a document play nothing and replace nothing."""
    text = "[sound:x.mp3] `[anki:play:q:0]` {{Answer}} [latex]a[/latex] [[type:Key]] `\\(b\\)`"
    asked = question("ad22", f"What is {text}?", answer(Tier.SHORT, text), section=(text,))
    learner.take(save(tmp_path, dated(render(pack(asked)))))
    (number,) = learner.cards()
    shown = learner.card(number).render_output()
    assert list(shown.question_av_tags) + list(shown.answer_av_tags) == []
    for magic in ("[sound:", "[anki:", "{{", "[latex]", "[[type:", "\\(", "<img"):
        assert magic not in shown.answer_text
    assert learner.faults() == ""


NASTY = (
    "** ` ```\n </div> <script>alert(1)</script> <!--x--> &amp; \\( \\] [sound:a] {{x}} {{c1::x}}"
    " [[type:x]] [$$]x[/$$] [latex]x[/latex] e\u0301 \u05e9\u05dc\u05d5\u05dd \u200d"
    " \x0b \x7f \ufeff \ufdd0 :: $x$ ' \" * _ ~~s~~ <img\tsrc=x\tonerror=1> [x](javascript:1)"
    " 👩\u200d💻 |a|b|"
).split(" ")


@pytest.mark.anki
def test_fields_decks_and_tags_arrive_as_written(learner: Collection, tmp_path: Path) -> None:
    """Whatever a document holds, Anki stores what we wrote, so that the next edition is equal."""
    asked = [
        question(
            f"n{nth}",
            f"What is {sign} and {sign}?",
            answer(Tier.SHORT, f"{sign}\n\n- {sign} x{sign}"),
            section=(f"On {sign}", f"{sign} {nth}"),
            placement=decks.at(None),
        )
        for nth, sign in enumerate(NASTY)
    ]
    notes = render(pack(*asked))
    learner.take(save(tmp_path, dated(notes)))
    stored = set()
    for card in map(learner.card, learner.cards()):
        note = card.note()
        deck = learner.backend.decks.name(card.did)
        stored.add((note.guid, tuple(note.fields), deck, tuple(sorted(note.tags))))
        assert "<script" not in card.render_output().answer_text
    assert stored == {(note.guid, note.fields, note.deck, note.tags) for note in notes}
    assert learner.faults() == ""


@pytest.mark.anki
def test_the_deck_says_what_it_is(learner: Collection, tmp_path: Path) -> None:
    """The root deck's description names the edition; decks above a deck exist."""
    learner.take(save(tmp_path, replace(dated(render(SMALL)), number=7, days=((1, 2), (2, 1)))))
    names = [each.name for each in learner.backend.decks.all_names_and_ids()]
    assert names == [
        "Default",
        "Kitchen chemistry",
        "Kitchen chemistry::Beyond the plan",
        "Kitchen chemistry::Week 01",
        "Kitchen chemistry::Week 02",
    ]
    root = learner.backend.decks.by_name("Kitchen chemistry")
    assert root is not None
    assert "7 cards, edition 7" in root["desc"]
    assert "Open the deck of the week" in root["desc"]
    assert "learn about 2 new cards a day: 3 in week 1, 1 in week 2." in root["desc"]


@pytest.mark.anki
def test_code_alone_is_asked_for_in_words(learner: Collection, tmp_path: Path) -> None:
    """A front without a prompt asks "What does this print?", whatever the tier, and but once."""
    both = (*decks.PUZZLE.answers, answer(Tier.SHORT, "a b or b a"))
    notes = render(pack(replace(decks.PUZZLE, answers=both, placement=decks.at(None))))
    learner.take(save(tmp_path, dated(notes)))
    shown = [card.question for _, card in learner.rendered()]
    assert len(shown) == 2
    assert [side.lower().count("print?") for side in shown] == [1, 1]
    root = learner.backend.decks.by_name("Kitchen chemistry")
    assert root is not None
    assert "section by section" in root["desc"]


def test_the_same_bytes_again() -> None:
    """The same edition gives the same file, whatever the order in which notes are handed over."""
    edition = dated(render(SMALL))
    turned = replace(edition, notes=edition.notes[::-1])
    assert apkg.write(edition, CONFIG) == apkg.write(turned, CONFIG)


def test_times_come_from_the_edition(tables: Callable[[bytes], sqlite3.Connection]) -> None:
    """Notes, cards and note types carry the time they were dated with, and nothing the clock's."""
    raw = apkg.write(dated(render(SMALL), now=1_700_000_007), CONFIG)
    database = tables(raw)
    for table in ("notes", "cards"):
        times = database.execute(f"SELECT DISTINCT mod FROM {table}").fetchall()
        assert times == [(1_700_000_007,)]
    kinds = json.loads(database.execute("SELECT models FROM col").fetchone()[0])
    assert {kind["mod"] for kind in kinds.values()} == {1_700_000_007}
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_DEFLATED}


def test_ids_follow_from_the_guid(tables: Callable[[bytes], sqlite3.Connection]) -> None:
    """Note and card ids lie in the past and do not depend on what else a package holds."""
    both = tables(apkg.write(dated(render(SMALL)), CONFIG))
    (alone,) = render(pack(decks.BEYOND))
    one = tables(apkg.write(dated((alone,)), CONFIG))
    asked = "SELECT n.id, c.id FROM notes n JOIN cards c ON c.nid = n.id WHERE guid = ?"
    assert (
        both.execute(asked, [alone.guid]).fetchall() == one.execute(asked, [alone.guid]).fetchall()
    )
    newest = both.execute("SELECT max(id) FROM (SELECT id FROM notes UNION SELECT id FROM cards)")
    assert newest.fetchone()[0] < 1_100_000_000_000


def test_ids_that_meet_move_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a span too small for chance every name still gets an id of its own, always the same."""
    monkeypatch.setattr(rows, "_SPAN", 40)
    names = [f"name {n}" for n in range(40)]
    made = rows.derive(names)
    assert len(set(made.values())) == 40
    assert rows.derive(reversed(names)) == made


FINE = dated(render(SMALL))
REFUSED = {
    "no date": replace(FINE, notes=(replace(FINE.notes[0], modified=0),)),
    "no date of a type": replace(FINE, note_types=FINE.note_types[1:]),
    "a field too few": replace(FINE, notes=(replace(FINE.notes[0], fields=("x",) * 15),)),
    "one guid twice": replace(FINE, notes=(FINE.notes[0], FINE.notes[0])),
    "a tag of two words": replace(FINE, notes=(replace(FINE.notes[0], tags=("a b",)),)),
    "a separator": replace(FINE, notes=(replace(FINE.notes[0], fields=("\x1f", *["x"] * 15)),)),
    "a surrogate": replace(FINE, notes=(replace(FINE.notes[0], deck="\ud800"),)),
}


@pytest.mark.parametrize("why", sorted(REFUSED))
def test_what_anki_refuses_is_not_written(why: str) -> None:
    """A mistake between rendering and writing stops with a sentence and does not crash."""
    with pytest.raises(Stop, match="Anki would refuse"):
        apkg.write(REFUSED[why], CONFIG)


def test_the_look_is_light() -> None:
    """One stylesheet under 12 KB for all cards, without scripts, network and Anki's own names."""
    css = card_templates.look(Tier.SHORT, "en").css
    assert len(css.encode()) < 12_000
    assert "url(" not in css
    assert "@import" not in css
    for tier in Tier:
        for face in card_templates.look(tier, "en").faces:
            assert "<script" not in face.front + face.back
            assert "http" not in face.front + face.back
            assert "$" not in face.front + face.back


def test_the_hash_of_a_note_type_tells_them_apart() -> None:
    """Each type has its digest, which moves with its look."""
    assert len({apkg.note_type_hash(tier) for tier in Tier}) == len(Tier)
