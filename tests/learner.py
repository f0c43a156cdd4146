"""A learner who studies a pack while its author goes on editing: the whole loop, with real Anki.

Cards are recognised by what they show, never by guid: what a card is about follows from the text
that the sketch at that time gives for it.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from anki.import_export_pb2 import ImportResponse

from exporter.build import pipeline
from exporter.ledger import Changes
from tests import sketch as sketches
from tests.anki_collection import Collection, collection
from tests.sketch import Sketch

if TYPE_CHECKING:  # importing it first runs into a circle of Anki's own
    from anki.notes import NoteId

FIRST = 1_700_000_000  # when the first edition is built, in epoch seconds
DAY = 86_400
OWN = "mine"

Topic = tuple[str, str]
"""What a card is about, and its tier."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A note as it stands in the collection; ``state`` is its card's: interval, repetitions, due,
    type, queue and flag."""

    shown: str
    tags: frozenset[str]
    fields: tuple[str, ...]
    modified: int
    state: tuple[int, ...]

    @property
    def given(self) -> tuple[tuple[str, ...], frozenset[str]]:
        """What came from the package."""
        return self.fields, frozenset(tag for tag in self.tags if not tag.startswith(OWN))


def shown(tier: str, *texts: str) -> str:
    """Letters and digits of a card's question and answer, which no rendering changes."""
    plain = html.unescape(re.sub(r"<[^>]*>", "", "".join(texts)))
    return f"{tier} " + "".join(sign for sign in plain if sign.isalnum())


def wanted(sketch: Sketch) -> dict[str, Topic]:
    """What every card must show, and what it is about."""
    found = {}
    for _, _, item in sketch.items():
        for tier, text in item.answers:
            texts = (item.prompt, item.code, *text.split(" => "))
            found[shown(tier, *texts)] = (item.about, tier)
    assert len(found) == sum(len(item.answers) for _, _, item in sketch.items())
    return found


def stories(sketch: Sketch) -> Mapping[str, object]:
    """What an author must edit for a question's cards to change."""
    return {
        item.about: (item.prompt, item.answers, item.code, item.key, section.title, paper.title)
        for paper, section, item in sketch.items()
    }


@dataclass
class Loop:
    """An author's folder and a learner's collection, with what the learner has studied."""

    folder: Path
    learner: Collection
    sketch: Sketch
    now: int = FIRST
    topics: dict[int, Topic] = field(default_factory=dict)
    changes: Changes | None = None

    @property
    def source(self) -> Path:
        return self.folder / "source"

    @property
    def package(self) -> Path:
        return self.folder / "dist" / "bees.apkg"

    @property
    def book(self) -> Path:
        return self.source / "ledger.jsonl"

    def build(self, **order: bool) -> pipeline.BuildResult:
        """Reads and builds the deck as the documents stand now."""
        study = pipeline.read(self.source)
        assert not study.errors, study.diagnostics
        out = self.folder / "dist"
        return pipeline.build(study, pipeline.BuildRequest(out, self.now, only=("apkg",), **order))  # type: ignore[arg-type] # flags only

    def edit(self, sketch: Sketch) -> None:
        self.sketch = sketch
        sketches.write(sketch, self.source)

    def begin(self) -> None:
        """The first edition, imported and studied."""
        self.edit(self.sketch)
        self.changes = self.build().changes
        self._import()
        self.study()

    def remember(self) -> None:
        """Takes a collection for one that was studied before."""
        table = wanted(self.sketch)
        self.topics = {number: table[seen.shown] for number, seen in self.seen().items()}

    def study(self) -> None:
        """Every live card gets intervals, repetitions and a flag of its own, every note a tag."""
        table = wanted(self.sketch)
        backend = self.learner.backend
        for number, seen in self.seen().items():
            if "retired" in seen.tags or number in self.topics:
                continue
            self.topics[number] = table[seen.shown]
            rank = len(self.topics)
            card = self.learner.card(self._card(number))
            card.ivl, card.reps, card.due = 20 + rank, 3 + rank, 100 + rank
            card.flags, card.type, card.queue = 1 + rank % 7, 2, 2  # type: ignore[assignment] # Anki's NewTypes
            backend.update_card(card)
            note = card.note()
            note.tags.append(f"{OWN}::{rank}")
            backend.update_note(note)
        db = backend.db
        assert db is not None
        db.execute("update notes set mod = ? where mod > ?", self.now + 3600, self.now + 3600)

    def retouch(self, about: str, field: str, text: str, when: int) -> "NoteId":
        """The learner writes ``text`` on the short card about ``about``, at ``when``."""
        numbers = [number for number, topic in self.topics.items() if topic == (about, "short")]
        note = self.learner.card(self._card(numbers[0])).note()
        note[field] = text
        self.learner.backend.update_note(note)
        db = self.learner.backend.db
        assert db is not None
        db.execute("update notes set mod = ? where id = ?", when, note.id)
        return note.id

    def step(
        self,
        sketch: Sketch | None = None,
        *,
        lost: bool = False,
        touched: Sequence[str] = (),
        replaced: Sequence[str] = (),
        **order: bool,
    ) -> None:
        """Edits, rebuilds a day later, imports, and checks that nobody lost anything.

        ``lost`` says that the ledger is gone, so that every note may be stamped anew; ``touched``
        are questions on whose cards the learner has written, ``replaced`` such as get another
        place in the plan.
        """
        before, old = self.seen(), self.sketch
        self.now += DAY
        if sketch is not None:
            self.edit(sketch)
        self.changes = self.build(**order).changes
        self._import(lost=lost)
        after = self.seen()
        self._check_cards(before, after, touched)
        if not lost:
            self._check_bumps(before, after, old, (*touched, *replaced))

    def _import(self, *, lost: bool = False) -> None:
        log = self.learner.take(self.package)
        assert self.changes
        if not lost:
            foretold = (self.changes.added, self.changes.updated, self.changes.unchanged)
            assert (len(log.new), len(log.updated), len(log.duplicate)) == foretold, (
                foretold,
                len(log.new),
                len(log.updated),
                len(log.duplicate),
            )
        assert _trouble(log) == []
        self._take_farewell()
        names = [each.name for each in self.learner.backend.models.all_names_and_ids()]
        assert sum(name.startswith("studypack") for name in names) <= 5
        assert not [name for name in names if name.endswith("+")]

    def _take_farewell(self) -> None:
        """Imports what is retired, where there is any: it adds nothing for its owner."""
        package = self.package.with_name(f"{self.package.stem}-farewell.apkg")
        if package.exists():
            cards = len(self.learner.cards())
            log = self.learner.take(package)
            assert _trouble(log) == []
            assert list(log.new) == []
            assert len(self.learner.cards()) == cards

    def _check_cards(
        self, before: Mapping[int, Seen], after: Mapping[int, Seen], touched: Sequence[str]
    ) -> None:
        """Nothing duplicated, lost, on the wrong question, or not arrived."""
        table = {
            text: topic for text, topic in wanted(self.sketch).items() if topic[0] not in touched
        }
        own = {number for number, (about, _) in self.topics.items() if about in touched}
        live = {
            number: seen
            for number, seen in after.items()
            if "retired" not in seen.tags and number not in own
        }
        arrived = Counter(seen.shown for seen in live.values())
        assert arrived == Counter(list(table)), (
            arrived - Counter(list(table)),
            set(table) - set(arrived),
        )
        assert set(before) <= set(after)
        for number, topic in self.topics.items():
            seen = after[number]
            assert seen.state == before[number].state
            if number in own:
                continue
            if topic in table.values():
                assert "retired" not in seen.tags, (topic, seen)
                assert table.get(seen.shown) == topic, (topic, seen)
            else:
                assert "retired" in seen.tags, (topic, seen)
                assert seen.fields[9]

    def _check_bumps(
        self,
        before: Mapping[int, Seen],
        after: Mapping[int, Seen],
        old: Sketch,
        touched: Sequence[str],
    ) -> None:
        """A note is newer exactly where its content is another, and only where it was edited."""
        was, now = stories(old), stories(self.sketch)
        for number, seen in before.items():
            same = seen.given == after[number].given
            about, tier = self.topics.get(number, ("", ""))
            if about in touched:
                continue
            assert (after[number].modified == seen.modified) == same, after[number]
            if same:
                assert after[number].tags == seen.tags
            elif about:
                assert was.get(about) != now.get(about), (
                    about,
                    tier,
                    seen,
                    after[number],
                )

    def seen(self) -> dict[int, Seen]:
        """Every note by Anki's number."""
        found = {}
        for number in self.learner.notes():
            card = self.learner.card(self._card(number))
            note = card.note()
            kind = note.note_type()
            assert kind
            tier = kind["name"].removeprefix("studypack ").lower()
            texts = (note[name] for name in ("Front", "Code", "Answer", "Output"))
            state = (card.ivl, card.reps, card.due, card.type, card.queue, card.flags)
            tags = frozenset(note.tags)
            fields = tuple(note.fields)
            found[number] = Seen(shown(tier, *texts), tags, fields, note.mod, state)
        return found

    def _card(self, number: int) -> int:
        (card,) = self.learner.backend.find_cards(f"nid:{number}")
        return int(card)


def _trouble(log: ImportResponse.Log) -> list[str]:
    names = ("conflicting", "first_field_match", "missing_notetype", "missing_deck")
    return [name for name in (*names, "empty_first_field") if len(getattr(log, name))]


@contextmanager
def begun(folder: Path, sketch: Sketch) -> Iterator[Loop]:
    """A loop whose learner has studied the first edition of ``sketch``."""
    with collection(folder / "learner") as mine:
        loop = Loop(folder, mine, sketch)
        loop.begin()
        yield loop
