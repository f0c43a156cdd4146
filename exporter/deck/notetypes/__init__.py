"""What Anki freezes: the ids and names of note types, fields and templates, and their order.

A learner's collection knows a note type by these.  Changing this orphans installed decks: a field
or template that is added, removed, renamed without its id, or moved makes Anki create a second type
("studypack Short+") and never update the old notes again.  Hence one spare template and four
spare fields from the first day.  The types are the same in every pack, so that a learner of two
packs has five note types and not ten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from exporter.model import Tier


class Field(IntEnum):
    """The fields in their frozen order; the value is the index, the name is Anki's in capitals.

    ``QUESTION`` is plain text: Anki sorts by it and shows it in its browser.
    """

    QUESTION = 0
    FRONT = 1
    CODE = 2
    ANSWER = 3
    OUTPUT = 4
    DEEPER = 5
    PLACE = 6
    RELATED = 7
    VERDICT = 8
    NOTICE = 9
    SOURCE = 10
    KEY = 11
    EXTRA1 = 12
    EXTRA2 = 13
    EXTRA3 = 14
    EXTRA4 = 15

    @property
    def title(self) -> str:
        """The name in Anki: "Question"."""
        return self.name.capitalize()


@dataclass(frozen=True, slots=True)
class NoteType:
    """The frozen part of one note type."""

    id: int
    name: str

    def field_id(self, field: Field) -> int:
        """Anki's id of a field: by it a renamed field is still the same."""
        return self.id * 100 + field

    def template_id(self, ordinal: int) -> int:
        """Anki's id of the template at ``ordinal``."""
        return self.id * 100 + 50 + ordinal


# Changing this orphans installed decks.
NOTE_TYPES: Mapping[Tier, NoteType] = {
    Tier.SHORT: NoteType(1_733_011_200_101, "studypack Short"),
    Tier.MEDIUM: NoteType(1_733_011_200_202, "studypack Medium"),
    Tier.SENIOR: NoteType(1_733_011_200_303, "studypack Senior"),
    Tier.OUTPUT: NoteType(1_733_011_200_404, "studypack Output"),
    Tier.TASK: NoteType(1_733_011_200_505, "studypack Task"),
}
TEMPLATES = ("Card", "Spare")
