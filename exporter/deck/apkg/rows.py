"""Rows of the collection's tables, ready for one ``executemany`` each.

They come in the order of their numbers: SQLite then only ever appends, where numbers in the order
of study would tear its tables apart.

Anki's numbers for notes, cards and decks, derived from their names.

Anki makes such ids from the time, so that two devices that import the same package would agree on
nothing and after a sync have every note twice.  Ours follow from the guid; they lie in years before
Anki existed, where no id made from a time can meet them, and below now, as Anki's check demands.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from exporter.deck.notetypes import NOTE_TYPES, TEMPLATES
from exporter.model import Note, Tier

_FIRST = 946_684_800_000  # the year 2000 in milliseconds
_SPAN = 150_000_000_000  # to October 2004


def derive(names: Iterable[str]) -> dict[str, int]:
    """An id for each name, unique among them: where two meet, the later in order moves on."""
    taken: set[int] = set()
    ids: dict[str, int] = {}
    for name in sorted(set(names)):
        digest = hashlib.sha256(name.encode()).digest()
        offset = int.from_bytes(digest[:8], "big") % _SPAN
        while _FIRST + offset in taken:
            offset = (offset + 1) % _SPAN
        ids[name] = _FIRST + offset
        taken.add(ids[name])
    return ids


Row = tuple[object, ...]
Needs = Sequence[tuple[int, str, Sequence[int]]]
"""Which cards a note has: template, "any" or "all", and the fields that may not be empty."""

NOTE = "INSERT INTO notes VALUES(?,?,?,?,?,?,?,?,?,?,?)"
CARD = "INSERT INTO cards VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

_STEP = 10  # gaps in the order of new cards, for what later editions put between
_LAST_DUE = 999_999
_UNSYNCED = -1


def of_notes(notes: Sequence[Note]) -> list[Row]:
    """The rows of all notes."""
    numbers = derive(note.guid for note in notes)
    return sorted(_note(note, numbers[note.guid]) for note in notes)


def of_cards(
    notes: Sequence[Note], decks: Mapping[str, int], needs: Mapping[Tier, Needs]
) -> list[Row]:
    """The rows of all their cards."""
    numbers = derive(note.guid for note in notes)
    cards = derive(f"{note.guid}/{n}" for note in notes for n in range(len(TEMPLATES)))
    return sorted(
        _card(note, cards[f"{note.guid}/{template}"], numbers[note.guid], decks, template)
        for note in notes
        for template in _templates(note, needs[note.tier])
    )


def _templates(note: Note, needs: Needs) -> Iterator[int]:
    """The templates whose front shows anything of the note."""
    for template, which, fields in needs:
        filled = (note.fields[field] != "" for field in fields)
        if any(filled) if which == "any" else all(filled):
            yield template


def _note(note: Note, number: int) -> Row:
    kind = NOTE_TYPES[note.tier].id
    tags = f" {' '.join(note.tags)} "
    fields = "\x1f".join(note.fields)
    # id, guid, mid, mod, usn, tags, flds, sfld, csum (Anki's own business), flags, data
    return (
        *(number, note.guid, kind, note.modified, _UNSYNCED, tags, fields),
        *(note.fields[0], 0, 0, ""),
    )


def _card(note: Note, number: int, of_note: int, decks: Mapping[str, int], template: int) -> Row:
    due = min((note.rank + 1) * _STEP, _LAST_DUE)
    # id, nid, did, ord, mod, usn, type, queue, due, then what a new card has none of, data
    return (
        *(number, of_note, decks[note.deck], template, note.modified, _UNSYNCED, 0, 0, due),
        *(0, 0, 0, 0, 0, 0, 0, 0, ""),
    )
