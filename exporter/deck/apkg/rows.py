"""Rows of the collection's tables, ready for one ``executemany`` each.

They come in the order of their numbers: SQLite then only ever appends, where numbers in the order
of study would tear its tables apart.
"""

from collections.abc import Iterator, Mapping, Sequence

from exporter.deck.apkg import ids
from exporter.deck.notetypes import NOTE_TYPES, TEMPLATES
from exporter.model import Note, Tier

Row = tuple[object, ...]
Needs = Sequence[tuple[int, str, Sequence[int]]]
"""Which cards a note has: template, "any" or "all", and the fields that may not be empty."""

NOTE = "INSERT INTO notes VALUES(?,?,?,?,?,?,?,?,?,?,?)"
CARD = "INSERT INTO cards VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

_STEP = 10  # gaps in the order of new cards, for what later editions put between
_LAST_DUE = 999_999
_UNSYNCED = -1


def made(
    notes: Sequence[Note], decks: Mapping[str, int], needs: Mapping[Tier, Needs]
) -> tuple[list[Row], list[Row]]:
    """The rows of all notes and of all their cards."""
    numbers = ids.derive(note.guid for note in notes)
    cards = ids.derive(f"{note.guid}/{n}" for note in notes for n in range(len(TEMPLATES)))
    inner = sorted(_note(note, numbers[note.guid]) for note in notes)
    outer = sorted(
        _card(note, cards[f"{note.guid}/{template}"], numbers[note.guid], decks, template)
        for note in notes
        for template in _templates(note, needs[note.tier])
    )
    return inner, outer


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
