"""The package file: genanki's tables and models in a collection that never differs.

genanki stamps one time on everything, writes row by row and the decks anew for each deck, and does
not compress; so its schema, ``Model`` and ``Deck`` are used here, and its ``Note`` and ``Package``
are not.  The only importer of genanki.
"""

import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from html import escape
from typing import Any

from exporter.deck import cards_a_day, decknames
from exporter.deck.apkg import card_templates, rows
from exporter.deck.notetypes import NOTE_TYPES, Field, note_faults
from exporter.model import Edition, Picture, Tier
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Stop
from exporter.text import fixed_words
from exporter.text.fixed_words import Wording

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_LEVEL = 6  # 9 takes half as long again for one part in a hundred


def write(edition: Edition, config: PackConfig) -> bytes:
    """The ``.apkg`` of an edition whose notes and note types are dated.

    Notes come in the order of their ranks.  Stop (exit code 1) where Anki would refuse a note, or
    spoil later updates because a time is missing: ``cards.render`` has reported what people can
    mend, so this speaks of a mistake in between.
    """
    return _package(edition, config, dealt=True)


def farewell(edition: Edition, config: PackConfig) -> bytes:
    """The ``.apkg`` of all notes that were ever retired, without cards.

    Who has such a card keeps it with its schedule, and its note gets the banner and the tag; nobody
    else gets a card.  Stop as in ``write``.
    """
    going = replace(edition, notes=edition.farewells, pictures=())
    return _package(going, config, dealt=False)


def _package(edition: Edition, config: PackConfig, *, dealt: bool) -> bytes:
    """The file's bytes; with decks and the cards of each note where they are ``dealt``."""
    _check(edition)
    with closing(sqlite3.connect(":memory:")) as connection:
        _fill(connection, edition, config, dealt=dealt)
        connection.commit()
        collection = connection.serialize()
    shown = [picture for picture in edition.pictures if _is_shown(picture, edition)]
    names = json.dumps({str(at): picture.name for at, picture in enumerate(shown)})
    files = {str(at): picture.raw for at, picture in enumerate(shown)}
    return _zipped({"collection.anki2": collection, "media": names.encode()} | files)


def _is_shown(picture: Picture, edition: Edition) -> bool:
    """Whether a note shows the picture, or plays it: not all questions have cards."""
    signs = (f'src="{picture.name}"', f"[sound:{picture.name}]")
    return any(sign in field for note in edition.notes for field in note.fields for sign in signs)


def _check(edition: Edition) -> None:
    faults = [message for note in edition.notes for _, message in note_faults(note)]
    guids = [note.guid for note in edition.notes]
    if len(set(guids)) != len(guids):
        faults.append("two notes have one guid")
    faults += [f"{n.key}/{n.tier} has no date" for n in edition.notes if n.modified <= 0]
    dated = {tier for tier, modified in edition.note_types if modified > 0}
    undated = [tier for tier in Tier if any(n.tier is tier for n in edition.notes)]
    faults += [f"the note type {tier} has no date" for tier in undated if tier not in dated]
    if faults:
        raise Stop(f"Anki would refuse the deck: {faults[0]}", 1)


def _fill(
    connection: sqlite3.Connection, edition: Edition, config: PackConfig, *, dealt: bool
) -> None:
    """Genanki's empty collection, then the decks, the note types and every note."""
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

    tables, indexes = _statements(APKG_SCHEMA)
    cursor = connection.cursor()
    cursor.executescript(tables)
    cursor.executescript(APKG_COL)
    decks = _decks(cursor, edition, config) if dealt else {}
    used = {note.tier for note in edition.notes}
    models = {
        tier: _model(tier, modified, config.language).to_json(0, 1)
        for tier, modified in edition.note_types
        if tier in used
    }
    types = {str(NOTE_TYPES[tier].id): model for tier, model in models.items()}
    cursor.execute("UPDATE col SET models = ?", (json.dumps(types),))
    needs = {tier: model["req"] for tier, model in models.items()}
    cursor.executemany(rows.NOTE, rows.of_notes(edition.notes))
    if dealt:
        cursor.executemany(rows.CARD, rows.of_cards(edition.notes, decks, needs))
    cursor.executescript(indexes)


def _statements(schema: str) -> tuple[str, str]:
    """Tables and indexes apart: an index of full tables is made in a third of the time."""
    statements = [f"{one.strip()};" for one in schema.split(";") if one.strip()]
    indexes = [one for one in statements if one.upper().startswith("CREATE INDEX")]
    tables = [one for one in statements if one not in indexes]
    return "\n".join(tables), "\n".join(indexes)


def _decks(cursor: sqlite3.Cursor, edition: Edition, config: PackConfig) -> Mapping[str, int]:
    """Writes every deck with the decks above it, at once; their ids by name."""
    from genanki import Deck

    names = {note.deck for note in edition.notes}
    for name in sorted(names):
        levels = name.split("::")
        names.update("::".join(levels[:depth]) for depth in range(1, len(levels)))
    numbers = rows.derive(names)
    said = {decknames.root(config): _description(edition, config)}
    decks = json.loads(cursor.execute("SELECT decks FROM col").fetchone()[0])
    for name, number in numbers.items():
        decks[str(number)] = Deck(number, name, said.get(name, "")).to_json()
    cursor.execute("UPDATE col SET decks = ?", (json.dumps(decks),))
    return numbers


def _description(edition: Edition, config: PackConfig) -> str:
    words = fixed_words.in_language(config.language)
    tiers = [
        f"<b>{escape(words.tier(tier))}</b> ({escape(words.hint(tier))})"
        for tier in Tier
        if any(note.tier is tier for note in edition.notes)
    ]
    planned = any(tag.startswith("week::") for note in edition.notes for tag in note.tags)
    order = words.by_plan if planned else words.by_section
    filled = {
        "order": escape(f"{order} {_pace(edition, words)}".strip()),
        "title": escape(config.title),
        "edition": str(edition.number),
        "notes": str(len(edition.notes)),
        "tiers": ", ".join(tiers),
    }
    return card_templates.description(filled)


def _pace(edition: Edition, words: Wording) -> str:
    found = cards_a_day.needed(edition.notes, edition.days)
    if found is None:
        return ""
    weeks = (words.pace_of_week.format(week=week, daily=daily) for week, daily, _ in found.weeks)
    return words.pace.format(daily=found.daily, weeks=", ".join(weeks))


def _model(tier: Tier, modified: int, language: str) -> Any:
    """Genanki's model of a note type, with our ids and with its own date."""
    from genanki import Model

    class Dated(Model):  # type: ignore[misc] # genanki has no types
        def to_json(self, _timestamp: float, deck_id: int) -> dict[str, Any]:
            made: dict[str, Any] = super().to_json(modified, deck_id)
            return made

    frozen, look = NOTE_TYPES[tier], card_templates.look(tier, language)
    return Dated(
        frozen.id,
        frozen.name,
        fields=[{"name": field.title, "id": frozen.field_id(field)} for field in Field],
        templates=[
            {
                "name": face.name,
                "id": frozen.template_id(ordinal),
                "qfmt": face.front,
                "afmt": face.back,
            }
            for ordinal, face in enumerate(look.faces)
        ],
        css=look.css,
    )


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """A deflated zip in which nothing tells when or where it was made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name, raw in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            package.writestr(entry, raw)
    return buffer.getvalue()
