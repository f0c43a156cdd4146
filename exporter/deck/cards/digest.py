"""What makes a note another one."""

import hashlib
import json
from collections.abc import Sequence

from exporter.deck.notetypes import NOTE_TYPES
from exporter.model import Tier


def content_hash(tier: Tier, fields: Sequence[str], tags: Sequence[str]) -> str:
    """A digest of what makes Anki's note another one: type, fields and tags, not deck or order."""
    shown = json.dumps([NOTE_TYPES[tier].id, list(fields), sorted(tags)], ensure_ascii=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:32]
