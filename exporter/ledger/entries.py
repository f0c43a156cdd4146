"""The ledger's entries and its file: a head line, one note type a line, one question a line, sorted
by key.

No line changes with every build, so that what two people built merges like their documents: the
edition is the highest that stands in any line.  The file of the first version, whose head said
edition and note types, is read as well.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, cast

from exporter.model import Guid, Key, PlacedBy, QuestionId, Related, Tier, Week
from exporter.model.diagnostics import Code, Report
from exporter.system import jsonlines, records
from exporter.system.jsonlines import Form, Version
from exporter.system.records import Must, Unknown

NAME = "ledger.jsonl"
VERSION = 2

EditionNumber = Annotated[int, Must("a number from 0 to 999999999", lambda n: 0 <= n < 10**9)]
Seconds = Annotated[int, Must("a time from 1970 to 9999", lambda n: 0 < n < 253_402_300_800)]
_COUNTED = Must(
    "a number from 0 to 9999", lambda n: n is None or isinstance(n, str) or 0 <= n < 10_000
)
EntryKey = Annotated[
    Key, Must("two to 40 capital letters and digits", re.compile(r"[A-Z0-9]{2,40}").fullmatch)
]


@dataclass(frozen=True, slots=True)
class Farewell:
    """A retired note's last texts, plain, for the package that says so; ``edition`` is the one that
    retired it."""

    edition: EditionNumber
    prompt: str
    code: str
    answer: str


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note as last published: ``modified`` in epoch seconds, ``edition`` that changed it;
    ``retired`` is None while it is live, ``reverse`` tells the note that asks the other way."""

    tier: Tier
    guid: Guid
    hash: str
    modified: Seconds
    edition: EditionNumber
    retired: Farewell | None = None
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class NoteTypeEntry:
    """A note type as last published; ``edition`` changed it."""

    tier: Tier
    hash: str
    modified: Seconds
    edition: EditionNumber = 0
    unknown: Unknown = ()


State = Literal["live", "retired", "forgotten"]
"""A forgotten question is a tombstone: its key and guids are never used again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What recognising a question needs: where it stood, its plain texts, its notes.

    ``rank`` is its place among questions that are the same in every word, from 1 in source order,
    and 0 where it is alone.  ``author_id`` is the ``{#id}`` its author wrote; ``answers`` are tiers
    and plain texts in source order, ``choices`` the plain texts of what it offers, in source order.
    ``grounds`` are digests of what its place, relations and tags were computed from.
    """

    key: EntryKey
    id: QuestionId
    author_id: str | None
    path: str
    prompt: str
    code: str
    answers: tuple[tuple[Tier, str], ...]
    week: Annotated[Week, _COUNTED]
    day: Annotated[int | None, _COUNTED]
    by: PlacedBy
    score: float
    why: str
    related: tuple[Related, ...]
    tags: tuple[str, ...] = ()
    grounds: str
    state: State
    notes: tuple[NoteEntry, ...]
    choices: tuple[str, ...] = ()
    rank: Annotated[int, Must("a number from 0", lambda n: 0 <= n < 10**9)] = 0
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All questions ever published, sorted by key; ``edition`` is 0 before the first build;
    ``deck`` is the root deck that learners have, "" before."""

    edition: int = 0
    note_types: tuple[NoteTypeEntry, ...] = ()
    entries: tuple[Entry, ...] = ()
    deck: str = ""
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The first line; edition and note types only in the first version."""

    format: Literal["studypack-ledger"]
    version: Version
    deck: str
    edition: EditionNumber = 0
    note_types: tuple[NoteTypeEntry, ...] = ()
    unknown: Unknown = ()


Row = Entry | NoteTypeEntry
_FORM: Form[Head, Row] = Form(
    name=NAME,
    version=VERSION,
    head=Head,
    row=cast("type[Row]", Row),
    code=Code.INVALID_LEDGER,
    merge="run `studypack ledger merge`, which settles it",
    remedy="restore it from version control",
    largest=200_000_000,  # it remembers the texts of every question there ever was
)


def save(ledger: Ledger) -> bytes:
    """The ledger's file: UTF-8, one JSON object a line, keys in a fixed order."""
    head = records.written(Head("studypack-ledger", VERSION, ledger.deck, unknown=ledger.unknown))
    del head["edition"], head["note_types"]
    entries = sorted(ledger.entries, key=lambda entry: entry.key)
    rows = [head, *map(records.written, ledger.note_types), *map(_row, entries)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _row(entry: Entry) -> dict[str, object]:
    """An entry's line; what only few questions have is left out of the others', whose lines are
    then those that earlier versions wrote."""
    row = records.written(entry)
    for note in row["notes"]:
        if not note["reverse"]:
            del note["reverse"]
    for name in ("choices", "rank"):
        if not row[name]:
            del row[name]
    return row


def read(folder: Path, report: Report) -> bytes | None:
    """The ledger's file in ``folder``; None before the first deck, and where it can't be read,
    which is reported."""
    return jsonlines.read(folder, _FORM, report)


def load(raw: bytes, report: Report) -> Ledger:
    """The ledger in ``raw``.  Every line that can't be read is an error, and what is left then must
    not be built on."""
    found = jsonlines.load(raw, _FORM, report)
    if found is None:
        return Ledger()
    head, rows = found
    lines = ((number, one) for number, one in rows if isinstance(one, Entry))
    entries = tuple(_once(lines, report))
    types = tuple(one for _, one in rows if isinstance(one, NoteTypeEntry)) or _dated(head, entries)
    return Ledger(
        max(_edition(types, entries), head.edition), types, entries, head.deck, head.unknown
    )


def _dated(head: Head, entries: Sequence[Entry]) -> tuple[NoteTypeEntry, ...]:
    """The note types of the first version, which did not say what edition changed them: the last
    one, where no note's line tells of it."""
    last = head.edition if head.edition > _edition((), entries) else min(head.edition, 1)
    return tuple(replace(kind, edition=last) for kind in head.note_types)


def _edition(types: Iterable[NoteTypeEntry], entries: Iterable[Entry]) -> int:
    """The highest edition that a line tells of."""
    notes = [note for entry in entries for note in entry.notes]
    gone = (note.retired.edition for note in notes if note.retired)
    told = (*(kind.edition for kind in types), *(note.edition for note in notes), *gone)
    return max(told, default=0)


def _once(rows: Iterable[tuple[int, Entry]], report: Report) -> Iterator[Entry]:
    """The entries whose key, id and guids no line before has."""
    seen: set[tuple[str, str]] = set()
    for number, entry in rows:
        guids = [note.guid for note in entry.notes]
        names = [("key", entry.key), ("id", entry.id), *(("guid", guid) for guid in guids)]
        twice = [name for name, count in Counter(names).items() if count > 1 or name in seen]
        for kind, name in twice:
            message = f"the {kind} {name} stands twice: keep the newer line"
            _FORM.refuse(report, number, message)
        if not twice:
            seen.update(names)
            yield entry
