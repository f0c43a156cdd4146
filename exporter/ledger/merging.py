"""Two ledgers that grew from one, joined: what two people built apart.

Of what only one of them changed, the change counts; of what both changed, each note's newer state,
which the next build compares with what the merged documents say.  No key and no
guid of either is lost, and a key that both gave to different questions stays with the first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from exporter.ledger import identity
from exporter.ledger.entries import Entry, Ledger, NoteEntry, NoteTypeEntry
from exporter.model import Guid, QuestionId, Tier


def merged(base: Ledger, ours: Ledger, theirs: Ledger) -> Ledger:
    """The ledger of both; ``base`` is what they have in common, empty where that isn't known."""
    before = {entry.id: entry for entry in base.entries}
    mine = {entry.id: entry for entry in ours.entries}
    other = {entry.id: entry for entry in theirs.entries}
    ids = dict.fromkeys((*mine, *other))
    entries = [_entry(id_, before, mine, other) for id_ in ids]
    deck = theirs.deck if ours.deck == base.deck else ours.deck
    return Ledger(
        max(ours.edition, theirs.edition),
        _types(ours, theirs),
        tuple(sorted(_apart(entries), key=lambda entry: entry.key)),
        deck or ours.deck or theirs.deck,
        tuple(dict((*theirs.unknown, *ours.unknown)).items()),
    )


def _entry(
    id_: QuestionId,
    before: Mapping[QuestionId, Entry],
    mine: Mapping[QuestionId, Entry],
    other: Mapping[QuestionId, Entry],
) -> Entry:
    old, ours, theirs = before.get(id_), mine.get(id_), other.get(id_)
    if ours is None or theirs is None:
        return ours or theirs  # type: ignore[return-value] # one of them has it
    if theirs in (ours, old):
        return ours
    return theirs if ours == old else _joined(ours, theirs)


def _joined(ours: Entry, theirs: Entry) -> Entry:
    """A question that both changed: the texts of the later change, the newer state of each note;
    one that either dropped for good stays dropped, and one that either keeps is live."""
    later = theirs if _newest(theirs) > _newest(ours) else ours
    states = {ours.state, theirs.state}
    state = next(one for one in ("forgotten", "live", "retired") if one in states)
    notes = {note.guid: note for note in ours.notes}
    for note in theirs.notes:
        mine = notes.get(note.guid)
        notes[note.guid] = note if mine is None else _newer(mine, note)
    order = list(Tier)
    return replace(
        later,
        state=state,
        notes=tuple(sorted(notes.values(), key=lambda note: order.index(note.tier))),
    )


def _newest(entry: Entry) -> int:
    return max((note.modified for note in entry.notes), default=0)


def _newer(ours: NoteEntry, theirs: NoteEntry) -> NoteEntry:
    """The later state of a note, with which the next build compares what the documents say.

    Of two that were stamped in one second neither would replace the other at a learner's.
    """
    later = theirs if theirs.modified > ours.modified else ours
    tied = ours.modified == theirs.modified and ours.hash != theirs.hash
    edition = max(ours.edition, theirs.edition)
    return replace(later, edition=edition, modified=later.modified + tied)


def _types(ours: Ledger, theirs: Ledger) -> tuple[NoteTypeEntry, ...]:
    found = {kind.tier: kind for kind in theirs.note_types}
    for kind in ours.note_types:
        other = found.get(kind.tier)
        if other is None or (kind.modified, kind.edition) >= (other.modified, other.edition):
            found[kind.tier] = kind
    return tuple(found[tier] for tier in Tier if tier in found)


def _apart(entries: list[Entry]) -> Iterator[Entry]:
    """``entries`` with no key or guid twice: of a key that both minted, the later gets a new one,
    and a note that stands in two entries stays in the first."""
    keys = set()
    guids: set[Guid] = set()
    taken = {entry.key for entry in entries}
    for entry in entries:
        key = entry.key
        if key in keys:
            key = identity.key(entry.id, taken)
            taken.add(key)
        keys.add(key)
        notes = tuple(note for note in entry.notes if note.guid not in guids)
        guids.update(note.guid for note in notes)
        yield replace(entry, key=key, notes=notes)


def settled(text: str) -> tuple[str, str, str] | None:
    """The three versions of a file that git left with conflict marks: before, ours, theirs; None
    where the marks are not whole.  Without the marks of ``diff3`` the first is what both share."""
    base: list[str] = []
    ours: list[str] = []
    theirs: list[str] = []
    side = ""
    for line in text.splitlines():
        mark = line[:7] if line[7:8] in ("", " ") else ""
        if mark in _MARKS:
            if mark not in _AFTER[side]:
                return None
            side = "" if mark == ">>>>>>>" else mark
        else:
            for lines, own in ((ours, "<<<<<<<"), (base, "|||||||"), (theirs, "=======")):
                if side in ("", own):
                    lines.append(line)
    if side or ours == theirs:
        return None
    return _text(base), _text(ours), _text(theirs)


_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_AFTER = {
    "": ("<<<<<<<",),
    "<<<<<<<": ("|||||||", "======="),
    "|||||||": ("=======",),
    "=======": (">>>>>>>",),
}


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
