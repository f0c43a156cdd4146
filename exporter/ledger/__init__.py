"""The ledger: which question is which across edits, and when each note last changed.

It lies beside the sources as JSON lines, one question a line, so that merges stay local; writing
ids into people's documents was turned down, because sources are never rewritten.
"""

from exporter.ledger.changes import (
    Change,
    Changes,
    NoteChange,
    accidents,
    compare,
    numbers,
    unchanged,
)
from exporter.ledger.dating import check_clock, date, former
from exporter.ledger.entries import NAME, Entry, Ledger, NoteEntry, NoteTypeEntry, load, read, save
from exporter.ledger.history import Past, edition, editions, reverted
from exporter.ledger.memory import keep
from exporter.ledger.merging import merged, settled
from exporter.ledger.pairs import join
from exporter.ledger.recognise import Recognition, Rename, recognise
from exporter.ledger.upkeep import forget, forked, reissue

__all__ = [
    "NAME",
    "Change",
    "Changes",
    "Entry",
    "Ledger",
    "NoteChange",
    "NoteEntry",
    "NoteTypeEntry",
    "Past",
    "Recognition",
    "Rename",
    "accidents",
    "check_clock",
    "compare",
    "date",
    "edition",
    "editions",
    "forget",
    "forked",
    "former",
    "join",
    "keep",
    "load",
    "merged",
    "numbers",
    "read",
    "recognise",
    "reissue",
    "reverted",
    "save",
    "settled",
    "unchanged",
]
