"""Dates notes: the only stage that is told what time it is.

A note's modified time moves exactly when what it shows has changed, because Anki takes an update
only from a newer note and replaces the learner's tags whenever it does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from exporter.ledger import identity
from exporter.ledger.entries import Entry, Ledger, NoteEntry, NoteTypeEntry
from exporter.model import Edition, Note, Question, Tier


@dataclass(frozen=True, slots=True)
class Changes:
    """Notes of an edition by what became of them since the last one; ``retired`` counts entries'
    notes that are no longer made."""

    new: tuple[Note, ...]
    updated: tuple[Note, ...]
    untouched: tuple[Note, ...]
    retired: tuple[NoteEntry, ...]
    note_types: tuple[Tier, ...]

    @property
    def any(self) -> bool:
        return bool(self.new or self.updated or self.retired or self.note_types)


def date(
    questions: Sequence[Question],
    notes: Sequence[Note],
    type_hashes: Mapping[Tier, str],
    ledger: Ledger,
    now: int,
) -> tuple[Edition, Ledger, Changes]:
    """The dated edition, the ledger that belongs to it, and what changed.

    ``now`` is in epoch seconds.  Nothing changed: the edition keeps its number.
    """
    before = {note.guid: note for entry in ledger.entries for note in entry.notes}
    made = {note.guid for note in notes}
    changes = Changes(
        new=tuple(note for note in notes if note.guid not in before),
        updated=tuple(note for note in notes if _changed(note, before.get(note.guid))),
        untouched=tuple(note for note in notes if _same(note, before.get(note.guid))),
        retired=tuple(
            note
            for entry in ledger.entries
            for note in entry.notes
            if note.guid not in made and note.retired is None
        ),
        note_types=_changed_types(type_hashes, ledger),
    )
    number = ledger.edition + 1 if changes.any or not ledger.edition else ledger.edition
    dated = tuple(
        replace(note, modified=_modified(note, before.get(note.guid), now)) for note in notes
    )
    types = _dated_types(type_hashes, ledger, now)
    entries = _entries(questions, dated, ledger, number)
    edition = Edition(number, dated, tuple((kind.tier, kind.modified) for kind in types))
    return edition, Ledger(number, types, entries), changes


def _same(note: Note, entry: NoteEntry | None) -> bool:
    return entry is not None and entry.hash == note.content_hash


def _changed(note: Note, entry: NoteEntry | None) -> bool:
    return entry is not None and entry.hash != note.content_hash


def _modified(note: Note, entry: NoteEntry | None, now: int) -> int:
    if entry is None:
        return now
    return entry.modified if entry.hash == note.content_hash else max(entry.modified + 1, now)


def _changed_types(hashes: Mapping[Tier, str], ledger: Ledger) -> tuple[Tier, ...]:
    before = {kind.tier: kind.hash for kind in ledger.note_types}
    return tuple(tier for tier, hash_ in hashes.items() if before.get(tier, hash_) != hash_)


def _dated_types(hashes: Mapping[Tier, str], ledger: Ledger, now: int) -> tuple[NoteTypeEntry, ...]:
    before = {kind.tier: kind for kind in ledger.note_types}
    dated = []
    for tier, hash_ in hashes.items():
        old = before.get(tier)
        if old and old.hash == hash_:
            dated.append(old)
        else:
            dated.append(NoteTypeEntry(tier, hash_, max(old.modified + 1, now) if old else now))
    return tuple(dated)


def _entries(
    questions: Sequence[Question], dated: Sequence[Note], ledger: Ledger, number: int
) -> tuple[Entry, ...]:
    """Today's questions as entries, then those of the ledger that have no question any more."""
    old = {entry.id: entry for entry in ledger.entries}
    by_question: dict[str, list[Note]] = {}
    for note in dated:
        by_question.setdefault(note.question, []).append(note)
    live = [
        _entry(question, by_question.get(question.id, []), old.get(question.id), number)
        for question in questions
    ]
    ids = {entry.id for entry in live}
    gone = [
        replace(entry, state="retired", notes=tuple(_retired(n, number) for n in entry.notes))
        for entry in ledger.entries
        if entry.id not in ids
    ]
    return tuple(sorted([*live, *gone], key=lambda entry: entry.key))


def _retired(note: NoteEntry, number: int) -> NoteEntry:
    return note if note.retired is not None else replace(note, retired=number)


def _entry(question: Question, notes: Sequence[Note], old: Entry | None, number: int) -> Entry:
    before = {note.guid: note for note in old.notes} if old else {}
    kept = {guid: _retired(note, number) for guid, note in before.items()}
    for note in notes:
        same = _same(note, before.get(note.guid))
        changed_in = before[note.guid].edition if same else number
        kept[note.guid] = NoteEntry(
            note.tier, note.guid, note.content_hash, note.modified, changed_in
        )
    it = identity.of(question)
    placement = question.placement
    return Entry(
        key=question.key,
        id=question.id,
        author_id=it.author_id,
        path=it.path,
        prompt=it.prompt,
        code=it.code,
        answers=it.answers,
        week=placement.week if placement else None,
        day=placement.day if placement else None,
        related=tuple(related.key for related in question.related),
        state="live",
        notes=tuple(sorted(kept.values(), key=lambda entry: list(Tier).index(entry.tier))),
    )
