"""Rare changes of the ledger by hand: a note to be sent out once more, a question to be dropped."""

from collections.abc import Sequence
from dataclasses import replace

from exporter.ledger import identity
from exporter.ledger.entries import Entry, Ledger
from exporter.model.diagnostics import Stop


def find(ledger: Ledger, key: str) -> Entry:
    """The entry of ``key``, in any case.  Stop (exit code 2) where there is none."""
    for entry in ledger.entries:
        if entry.key == key.upper() and entry.state != "forgotten":
            return entry
    raise Stop(f'"{key}" is no key of the ledger: `studypack ledger list` shows them', 2)


def reissue(ledger: Ledger, keys: Sequence[str]) -> Ledger:
    """The ledger in which the notes of ``keys`` count as changed: the next build stamps them anew,
    so that they arrive even where the learner's copy is newer."""
    chosen = {find(ledger, key).key for key in keys}
    entries = tuple(_unstamped(entry) if entry.key in chosen else entry for entry in ledger.entries)
    return replace(ledger, entries=entries)


def _unstamped(entry: Entry) -> Entry:
    return replace(entry, notes=tuple(replace(note, hash="") for note in entry.notes))


def forget(ledger: Ledger, key: str) -> Ledger:
    """The ledger in which a retired question is shipped no more and never recognised again; its key
    and guids stay taken.  Stop (exit code 2) for a live one."""
    entry = find(ledger, key)
    if entry.state == "live":
        message = f"{entry.key} is a live question: delete it from {entry.path} and build first"
        raise Stop(message, 2)
    tomb = replace(entry, state="forgotten")
    return replace(ledger, entries=tuple(tomb if e is entry else e for e in ledger.entries))


def forked(ledger: Ledger, pack: str) -> Ledger:
    """The ledger of a pack that goes on by itself as ``pack``: its questions with their keys and
    places, but with ids of their own, and nothing published yet."""
    entries = tuple(
        replace(entry, id=identity.forked(entry.id, pack), notes=(), related=())
        for entry in ledger.entries
        if entry.state == "live"
    )
    return replace(ledger, edition=0, entries=entries, note_types=())
