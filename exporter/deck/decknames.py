"""Names of decks as Anki keeps them.

Anki cuts a name at every "::", drops quotes and control characters, calls an empty level "blank"
and refuses twelve levels; a name that it changed would not be found again by the next import.
"""

import unicodedata

from exporter.model.config import DECK_LEVELS, PackConfig

_LONGEST = 60
_NAMELESS = "Study pack"


def root(config: PackConfig) -> str:
    """The deck under which a pack's decks lie; it may itself have levels."""
    levels = [level(part) for part in config.deck.split("::")]
    return "::".join([part for part in levels if part][:DECK_LEVELS]) or _NAMELESS


def level(name: str) -> str:
    """``name`` as one level; cut at a word; "" where nothing is left."""
    composed = unicodedata.normalize("NFC", name)
    spaced = " ".join("".join(" " if _unseen(sign) else sign for sign in composed).split())
    plain = spaced.replace('"', "'").replace("::", " – ").strip(": ")
    if len(plain) <= _LONGEST:
        return plain
    return (plain[: _LONGEST + 1].rpartition(" ")[0] or plain[:_LONGEST]).rstrip(" ,;:–—-")


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Zl", "Zp")
