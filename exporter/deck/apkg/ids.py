"""Anki's numbers for notes, cards and decks, derived from their names.

Anki makes such ids from the time, so that two devices that import the same package would agree on
nothing and after a sync have every note twice.  Ours follow from the guid; they lie in years before
Anki existed, where no id made from a time can meet them, and below now, as Anki's check demands.
"""

import hashlib
from collections.abc import Iterable

_FIRST = 946_684_800_000  # the year 2000 in milliseconds
_SPAN = 150_000_000_000  # to October 2004


def derive(names: Iterable[str]) -> dict[str, int]:
    """An id for each name, unique among them: where two meet, the later in order moves on."""
    taken: set[int] = set()
    ids: dict[str, int] = {}
    for name in sorted(set(names)):
        digest = hashlib.sha256(name.encode()).digest()
        offset = int.from_bytes(digest[:8], "big") % _SPAN
        while _FIRST + offset in taken:
            offset = (offset + 1) % _SPAN
        ids[name] = _FIRST + offset
        taken.add(ids[name])
    return ids
