"""Notes as an Anki package, byte for byte the same for the same notes.

``write`` makes the file's bytes, ``farewell`` those of what is retired; what a package consists of
stands in the private modules: ``card_templates`` (what cards look like), ``package`` (the file),
``rows`` (genanki's tables).
"""

from exporter.deck.apkg.card_templates import note_type_hash
from exporter.deck.apkg.package import farewell, write

__all__ = ["farewell", "note_type_hash", "write"]
