"""The ledger: which question is which across edits, and when each note last changed.

It lies beside the sources as JSON lines, one question a line, so that merges stay local; writing
ids into people's documents was turned down, because sources are never rewritten.
"""

from exporter.ledger.date import Changes, date
from exporter.ledger.entries import NAME, Entry, Ledger, NoteEntry, NoteTypeEntry, load, save
from exporter.ledger.recognise import recognise

__all__ = [
    "NAME",
    "Changes",
    "Entry",
    "Ledger",
    "NoteEntry",
    "NoteTypeEntry",
    "date",
    "load",
    "recognise",
    "save",
]
