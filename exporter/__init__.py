"""studypack: study documents in, Anki decks and printed week sheets out."""

__version__ = "0.1.0"
