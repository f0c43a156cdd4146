"""What a build would change, or has changed: the ledger before against the ledger after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exporter.ledger.entries import Entry, Ledger, NoteEntry
from exporter.ledger.pairs import Pair, likely
from exporter.ledger.recognise import Rename
from exporter.model import Edition, Guid, Key, Tier, Week
from exporter.model.both_ways import REVERSE

_FEW = 5
_CERTAIN = 0.8  # likeness from which on a guess is no guess: a typo, a word more
_PART = 5  # more than a fifth is no edit but an accident


class Change(StrEnum):
    """What became of a note.  Of the first five each note has exactly one; the last two say in
    addition that its question was recognised by similarity or stands in another week."""

    NEW = "new"
    UPDATED = "updated"
    REVIVED = "revived"
    RETIRED = "retired"
    UNTOUCHED = "untouched"
    RENAMED = "renamed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class NoteChange:
    """One change of one note.  ``before`` is the earlier prompt of a renamed question or the
    earlier week of a moved one; ``score`` the similarity of a renamed one; ``texts`` are the plain
    prompt and answer before and after, of an updated note."""

    change: Change
    key: Key
    tier: str
    prompt: str
    before: str | None = None
    score: float | None = None
    texts: tuple[str, str] | None = None
    week: Week = None


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes in the order of keys; ``added``, ``updated`` and ``unchanged`` are what Anki's
    import dialogue will say to a learner who has the previous edition."""

    notes: tuple[NoteChange, ...]
    note_types: tuple[Tier, ...]
    added: int
    updated: int
    unchanged: int
    likely: tuple[Pair, ...] = ()

    def having(self, change: Change) -> tuple[NoteChange, ...]:
        return tuple(note for note in self.notes if note.change is change)


def compare(before: Ledger, after: Ledger, edition: Edition, renamed: Sequence[Rename]) -> Changes:
    """What lies between two ledgers; ``edition`` is what is shipped with the later one."""
    old = {entry.id: entry for entry in before.entries}
    renames = {rename.id: rename for rename in renamed}
    notes = tuple(
        change
        for entry in after.entries
        if entry.state != "forgotten"
        for change in _of_entry(old.get(entry.id), entry, renames.get(entry.id))
    )
    stamps = {note.guid: note.modified for entry in before.entries for note in entry.notes}
    added = sum(note.guid not in stamps for note in edition.notes)
    updated = sum(stamps.get(note.guid, note.modified) != note.modified for note in edition.notes)
    kinds = {kind.tier: kind.hash for kind in before.note_types}
    return Changes(
        notes=notes,
        note_types=tuple(
            kind.tier for kind in after.note_types if kinds.get(kind.tier, kind.hash) != kind.hash
        ),
        added=added,
        updated=updated,
        unchanged=len(edition.notes) - added - updated,
        likely=likely(before, after),
    )


def between(before: Ledger, after: Ledger) -> tuple[NoteChange, ...]:
    """What became of each note from one ledger to a later one."""
    old = {entry.id: entry for entry in before.entries}
    return tuple(
        change
        for entry in after.entries
        if entry.state != "forgotten"
        for change in _of_entry(old.get(entry.id), entry, None)
    )


def unchanged(ledger: Ledger, shipped: int) -> Changes:
    """What a build without edits changes: nothing, in an edition of ``shipped`` notes."""
    return Changes(between(ledger, ledger), (), added=0, updated=0, unchanged=shipped)


def numbers(ledger: Ledger) -> tuple[int, int]:
    """How many notes are live, and how many retired."""
    known = [entry for entry in ledger.entries if entry.state != "forgotten"]
    gone = [note.retired is not None for entry in known for note in entry.notes]
    return gone.count(False), gone.count(True)


def _of_entry(old: Entry | None, new: Entry, rename: Rename | None) -> Iterator[NoteChange]:
    before: Mapping[Guid, NoteEntry] = {note.guid: note for note in old.notes} if old else {}
    for note in new.notes:
        end = REVERSE if note.reverse else ""
        key, tier = Key(f"{new.key}{end}"), f"{note.tier}{end}"
        change = _change(before.get(note.guid), note)
        if change is None:
            continue
        prompt = new.prompt or new.code.strip().split("\n")[0]
        texts = None
        if old and change is Change.UPDATED:
            texts = (_text(old, note.tier), _text(new, note.tier))
        yield NoteChange(change, key, tier, prompt, texts=texts, week=new.week)
        if change in (Change.NEW, Change.RETIRED) or old is None:
            continue
        if rename:
            yield NoteChange(Change.RENAMED, key, tier, prompt, rename.before, rename.score)
        if old.week != new.week and change is not Change.REVIVED:
            week = f"week {old.week}" if isinstance(old.week, int) else str(old.week or "no plan")
            yield NoteChange(Change.MOVED, key, tier, prompt, week, week=new.week)


def _change(old: NoteEntry | None, new: NoteEntry) -> Change | None:
    """What became of a note; None where it went in an earlier edition already."""
    if old is None:
        return Change.NEW
    if new.retired:
        return None if old.retired else Change.RETIRED
    if old.retired:
        return Change.REVIVED
    return Change.UNTOUCHED if old.modified == new.modified else Change.UPDATED


def _text(entry: Entry, tier: Tier) -> str:
    texts = [text for answered, text in entry.answers if answered is tier]
    parts = (entry.prompt, entry.code, *entry.choices, *texts)
    return "\n\n".join(part for part in parts if part)


def accidents(
    before: Ledger, after: Ledger, changes: Changes, paths: Sequence[str]
) -> tuple[str, ...]:
    """What looks like an accident, a sentence each; ``paths`` are the documents that were read."""
    live = [entry for entry in before.entries if entry.state == "live"]
    gone = {note.key for note in changes.having(Change.RETIRED)}
    found = []
    if before.deck not in ("", after.deck):
        found.append(
            f'the root deck would be "{after.deck}", but learners have "{before.deck}", where '
            f'their cards stay; keep it with deck = "{before.deck}" in pack.toml'
        )
    for path in sorted({entry.path for entry in live} - set(paths)):
        keys = {entry.key for entry in live if entry.path == path and entry.notes}
        if len(keys & gone) > 1 and len(keys & gone) * 2 > len(keys):
            found.append(f"{path} is gone, and with it {len(keys & gone)} questions")
    staying = [note for note in changes.notes if note.change is not Change.RETIRED]
    if staying and any(entry.week for entry in live) and not any(note.week for note in staying):
        found.append("the plan is gone, and with it the week of every question")
    notes = sum(note.retired is None for entry in live for note in entry.notes)
    retiring = len(changes.having(Change.RETIRED))
    if notes >= _FEW and retiring * _PART > notes:
        found.append(f"{retiring} of {notes} notes would retire")
    guessed = {
        note.key
        for note in changes.having(Change.RENAMED)
        if note.score is not None and note.score < _CERTAIN
    }
    if len(guessed) >= _FEW and len(guessed) * _PART > len(live):
        found.append(
            f"{len(guessed)} of {len(live)} questions were recognised by a doubtful similarity only"
        )
    return tuple(found)
