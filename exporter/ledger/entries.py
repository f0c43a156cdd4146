"""The ledger's entries and its file: a head line, then one question a line, sorted by key."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeVar

from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.model import Guid, Key, PlacedBy, QuestionId, Related, Tier, Week

NAME = "ledger.jsonl"
FORMAT = "studypack-ledger"
VERSION = 1

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Farewell:
    """A retired note's last texts, plain, for the editions that still ship it; ``edition`` is the
    one that retired it."""

    edition: int
    prompt: str
    code: str
    answer: str


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note as last published: ``modified`` in epoch seconds, ``edition`` that changed it;
    ``retired`` is None while it is live."""

    tier: Tier
    guid: Guid
    hash: str
    modified: int
    edition: int
    retired: Farewell | None = None


@dataclass(frozen=True, slots=True)
class NoteTypeEntry:
    """A note type as last published."""

    tier: Tier
    hash: str
    modified: int


State = Literal["live", "retired", "forgotten"]
"""A forgotten question is a tombstone: its key and guids are never used again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What recognising a question needs: where it stood, its plain texts, its notes.

    ``author_id`` is the ``{#id}`` its author wrote; ``answers`` are tiers and plain texts in source
    order, ``choices`` the plain texts of what it offers, in source order.  ``grounds`` are digests
    of what its place, relations and tags were computed from.
    """

    key: Key
    id: QuestionId
    author_id: str | None
    path: str
    prompt: str
    code: str
    answers: tuple[tuple[Tier, str], ...]
    week: Week
    day: int | None
    by: PlacedBy
    score: float
    why: str
    related: tuple[Related, ...]
    tags: tuple[str, ...]
    grounds: str
    state: State
    notes: tuple[NoteEntry, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All questions ever published, sorted by key; ``edition`` is 0 before the first build;
    ``deck`` is the root deck that learners have, "" before."""

    edition: int = 0
    note_types: tuple[NoteTypeEntry, ...] = ()
    entries: tuple[Entry, ...] = ()
    deck: str = ""


def save(ledger: Ledger) -> bytes:
    """The ledger's file: UTF-8, one JSON object a line, keys in a fixed order."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "edition": ledger.edition,
        "deck": ledger.deck,
        "note_types": [asdict(kind) for kind in ledger.note_types],
    }
    entries = sorted(ledger.entries, key=lambda entry: entry.key)
    rows = [head, *map(_row, entries)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _row(entry: Entry) -> Mapping[str, Any]:
    """An entry's line; what only few questions have is left out of the others', whose lines are
    then those that earlier versions wrote."""
    row = asdict(entry)
    if not entry.choices:
        del row["choices"]
    return row


def load(raw: bytes, report: Report) -> Ledger:
    """The ledger in ``raw``; every line that can't be read is an error and leaves an empty ledger
    that must not be built on."""
    text = raw.decode("utf-8", errors="replace")
    head: dict[str, Any] | None = None
    entries: dict[Key, Entry] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            _refuse(report, number, "a conflict mark: settle the merge, keeping the lines of both")
        elif head is None:
            head = _parsed(line, _head, number, report) or {}
        elif entry := _parsed(line, _entry, number, report):
            if entry.key in entries:
                _refuse(report, number, f"{entry.key} stands twice: keep the newer line")
            entries[entry.key] = entry
    if not head:
        _refuse(report, 1, "no head line: restore the file from version control")
        return Ledger()
    return Ledger(head["edition"], head["note_types"], tuple(entries.values()), head["deck"])


def _refuse(report: Report, number: int, message: str) -> None:
    report(Diagnostic(Location(NAME, number, number), Code.INVALID_LEDGER, message))


def _parsed(line: str, make: Callable[[Any], T], number: int, report: Report) -> T | None:
    try:
        return make(json.loads(line))
    except _NewerVersion as newer:
        _refuse(report, number, str(newer))
    except (ValueError, TypeError, KeyError, AttributeError):
        message = "not a line of a ledger (cut off?): restore it from version control"
        _refuse(report, number, message)
    return None


class _NewerVersion(Exception):
    """The ledger was written by a later studypack."""


def _head(row: Mapping[str, Any]) -> dict[str, Any]:
    if row["format"] != FORMAT:
        raise ValueError
    if row["version"] > VERSION:
        message = f"version {row['version']}, this studypack writes {VERSION}: update studypack"
        raise _NewerVersion(message)
    kinds = (
        NoteTypeEntry(Tier(kind["tier"]), str(kind["hash"]), int(kind["modified"]))
        for kind in row["note_types"]
    )
    return {
        "edition": int(row["edition"]),
        "note_types": tuple(kinds),
        "deck": str(row["deck"]),
    }


def _entry(row: Mapping[str, Any]) -> Entry:
    if row["state"] not in ("live", "retired", "forgotten"):
        raise ValueError
    return Entry(
        key=Key(row["key"]),
        id=QuestionId(row["id"]),
        author_id=row["author_id"],
        path=row["path"],
        prompt=row["prompt"],
        code=row["code"],
        answers=tuple((Tier(tier), str(text)) for tier, text in row["answers"]),
        week=row["week"],
        day=row["day"],
        by=row["by"],
        score=row["score"],
        why=row["why"],
        related=tuple(Related(**related) for related in row["related"]),
        tags=tuple(map(str, row.get("tags", ()))),
        grounds=row["grounds"],
        state=row["state"],
        notes=tuple(_note(note) for note in row["notes"]),
        choices=tuple(map(str, row.get("choices", ()))),
    )


def _note(row: Mapping[str, Any]) -> NoteEntry:
    return NoteEntry(
        tier=Tier(row["tier"]),
        guid=Guid(row["guid"]),
        hash=row["hash"],
        modified=int(row["modified"]),
        edition=int(row["edition"]),
        retired=Farewell(**row["retired"]) if row["retired"] else None,
    )
