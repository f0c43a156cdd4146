"""Notes as an Anki package, byte for byte the same for the same notes.

``write`` makes the file's bytes; what a package consists of stands in the private modules:
``card_templates`` (what cards look like), ``package`` (the file), ``rows`` (genanki's tables).
"""

from exporter.deck.apkg.card_templates import note_type_hash
from exporter.deck.apkg.package import write

__all__ = ["note_type_hash", "write"]
