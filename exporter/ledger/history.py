"""What each edition changed for learners, from the ledgers that git remembers or from the last one
alone; and the way back to an earlier edition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from exporter.ledger.changes import Change, NoteChange, between
from exporter.ledger.entries import Entry, Ledger, NoteEntry
from exporter.model.diagnostics import Stop


@dataclass(frozen=True, slots=True)
class Past:
    """An edition: when its last note was stamped (epoch seconds, 0 where nothing was), and what it
    changed.  ``whole`` unless later editions have covered what it did."""

    number: int
    modified: int
    notes: tuple[NoteChange, ...]
    whole: bool


def editions(known: Sequence[Ledger]) -> tuple[Past, ...]:
    """The editions that ``known`` ledgers, oldest first, tell of; newest first."""
    latest: dict[int, Ledger] = {}
    for one in known:
        latest[one.edition] = one
    found = []
    numbers = sorted(number for number in latest if number)
    before = Ledger()
    for number in numbers:
        after = latest[number]
        skipped = number > before.edition + 1
        if skipped:
            found += _covered(after, range(before.edition + 1, number))
            notes = _of_edition(after, number)
        else:
            notes = tuple(
                one for one in between(before, after) if one.change is not Change.UNTOUCHED
            )
        found.append(Past(number, _stamped(after, number), notes, not skipped))
        before = after
    return tuple(reversed(found))


def _covered(after: Ledger, numbers: Iterable[int]) -> list[Past]:
    """Editions of which only the traces in a later ledger are known."""
    return [
        Past(number, _stamped(after, number), _of_edition(after, number), whole=False)
        for number in numbers
    ]


def _of_edition(ledger: Ledger, number: int) -> tuple[NoteChange, ...]:
    """Notes that this edition was the last to change."""
    found = []
    for entry in ledger.entries:
        for note in entry.notes:
            gone = note.retired is not None and note.retired.edition == number
            if note.edition == number and entry.state != "forgotten":
                change = Change.RETIRED if gone else Change.UPDATED
                prompt = entry.prompt or entry.code.strip().split("\n")[0]
                found.append(NoteChange(change, entry.key, note.tier, prompt, week=entry.week))
    return tuple(found)


def _stamped(ledger: Ledger, number: int) -> int:
    notes = (note for entry in ledger.entries for note in entry.notes)
    return max((note.modified for note in notes if note.edition == number), default=0)


def reverted(now: Ledger, past: Ledger) -> Ledger:
    """The ledger with questions, places and relations as ``past`` had them.

    Notes that were stamped since count as changed, so that the texts of ``past``, which the next
    build finds in the documents again, are newer than what learners have.  Questions that came
    later stay known, and retire where the documents no longer have them.
    """
    before = {entry.id: entry for entry in past.entries}
    entries = tuple(
        _as_before(entry, before[entry.id]) if entry.id in before else entry
        for entry in now.entries
    )
    return replace(now, entries=entries)


def _as_before(now: Entry, past: Entry) -> Entry:
    stamps: Mapping[str, NoteEntry] = {note.guid: note for note in past.notes}

    def note(one: NoteEntry) -> NoteEntry:
        old = stamps.get(one.guid)
        return one if old is not None and old.modified == one.modified else replace(one, hash="")

    state = now.state if now.state == "forgotten" else past.state
    return replace(past, state=state, notes=tuple(map(note, now.notes)))


def edition(known: Sequence[Ledger], number: int) -> Ledger:
    """The ledger of an edition.  Stop (exit code 2) where none of ``known`` is."""
    for one in reversed(known):
        if one.edition == number:
            return one
    told = ", ".join(str(n) for n in sorted({one.edition for one in known if one.edition}))
    message = f"git has no ledger of edition {number} (it has {told or 'none'}): name one of these"
    raise Stop(message, 2)
