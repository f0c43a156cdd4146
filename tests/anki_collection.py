"""A learner's collection: the real Anki backend around a fresh file, for packages to arrive in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from anki.collection import Collection as Backend
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportResponse
from anki.scheduler.v3 import Scheduler

if TYPE_CHECKING:  # importing it first runs into a circle of Anki's own
    from anki.cards import Card as AnkiCard
    from anki.cards import CardId


@dataclass(frozen=True, slots=True)
class Card:
    """A card as Anki renders it: its two sides as HTML, and the note type's stylesheet."""

    question: str
    answer: str
    css: str


class Collection:
    """What tests ask of Anki; ``backend`` for the rest."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    def take(self, package: Path) -> ImportResponse.Log:
        """Imports as a learner does who leaves every option as it is."""
        options = ImportAnkiPackageOptions(merge_notetypes=False, with_scheduling=False)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        return self.backend.import_anki_package(request).log

    def notes(self) -> list[int]:
        return [int(note) for note in self.backend.find_notes("")]

    def cards(self) -> list[int]:
        return [int(card) for card in self.backend.find_cards("")]

    def rendered(self) -> Iterator[tuple[str, Card]]:
        """Every card by its Key field and note type."""
        for number in self.cards():
            card = self.card(number)
            note = card.note()
            shown = card.render_output()
            name = f"{note['Key']} {card.note_type()['name']}"
            yield name, Card(shown.question_text, shown.answer_text, shown.css)

    def new_cards(self, deck: str) -> list[str]:
        """Sort fields of a deck's new cards, in the order in which the scheduler shows them, as if
        the learner did them all in one day."""
        number = self.backend.decks.id_for_name(deck)
        assert number is not None, deck
        preset = self.backend.decks.config_dict_for_deck_id(number)
        preset["new"]["perDay"] = preset["rev"]["perDay"] = 9999
        self.backend.decks.update_config(preset)
        self.backend.decks.select(number)
        scheduler = self.backend.sched
        assert isinstance(scheduler, Scheduler)
        queue = scheduler.get_queued_cards(fetch_limit=9999)
        return [self.card(each.card.id).note().fields[0] for each in queue.cards]

    def card(self, number: int) -> "AnkiCard":
        """Anki's own card."""
        return self.backend.get_card(cast("CardId", number))

    def faults(self) -> str:
        """What ``Check Database``, empty cards and missing media have to say; "" for nothing."""
        text, sound = self.backend.fix_integrity()
        empty = self.backend.get_empty_cards().notes
        media = self.backend.media.check().missing
        return " ".join(
            [*([] if sound else [text]), *(f"empty: {each.note_id}" for each in empty), *media]
        )


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """A fresh collection in ``folder``, closed in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    backend = Backend(str(folder / "collection.anki2"))
    try:
        yield Collection(backend)
    finally:
        backend.close()
