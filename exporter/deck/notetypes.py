"""What Anki freezes: the ids and names of note types, fields and templates, and their order.

A learner's collection knows a note type by these.  Changing this orphans installed decks: a field
or template that is added, removed, renamed without its id, or moved makes Anki create a second type
("studypack Short+") and never update the old notes again.  Hence one spare template and four
spare fields from the first day.  The types are the same in every pack, so that a learner of two
packs has five note types and not ten.

What Anki refuses or silently spoils in a finished note is found here before a learner does.  An
import is all or nothing: one such note and nobody gets any, so each is an error.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from exporter.model import Note, Tier
from exporter.model.diagnostics import Code

SEPARATOR = "\x1f"
_SURROGATE = re.compile("[\\ud800-\\udfff]")


def note_faults(note: Note) -> Iterator[tuple[Code, str]]:
    """Faults of one finished note."""
    name = f"{note.key}/{note.tier}"
    if len(note.fields) != len(Field):
        yield Code.FIELD_COUNT, f"{name} has {len(note.fields)} fields instead of {len(Field)}"
    elif not note.fields[Field.QUESTION].strip():
        yield Code.EMPTY_NOTE, f"{name} would show no question: give it words or code"
    elif not any(note.fields[field].strip() for field in (Field.ANSWER, Field.OUTPUT)):
        yield Code.EMPTY_NOTE, f"{name} would show no answer: write one or take the tier out"
    whole = "\n".join((*note.fields, *note.tags, note.deck, note.guid))
    if SEPARATOR in whole:
        yield Code.FIELD_SEPARATOR, f"{name} holds the control character U+001F: delete it"
    if has_surrogate(whole):
        yield Code.LONE_SURROGATE, f"{name} holds half a character (a lone surrogate)"
    if bad := next((tag for tag in note.tags if tag.split() != [tag]), None):
        yield Code.WRONG_TAG, f'{name} has the tag "{bad}": a tag is one word'


def has_surrogate(text: str) -> bool:
    """Whether ``text`` holds half a character, which UTF-8 can't say."""
    return _SURROGATE.search(text) is not None


def content_hash(tier: Tier, fields: Sequence[str], tags: Sequence[str]) -> str:
    """A digest of what a learner sees of Anki's note: type, fields and tags, not deck or order.

    Its first sign is the recipe's number.  By this, the second one, fields that a browser shows
    alike are the same: where a paragraph's source has its line ends says nothing.
    """
    return f"2{former_hash(tier, [_seen(field) for field in fields], tags)[1:]}"


def former_hash(tier: Tier, fields: Sequence[str], tags: Sequence[str]) -> str:
    """The digest by the first recipe, of the fields sign by sign: a note that a ledger knows by it
    is not changed by the second."""
    shown = json.dumps([NOTE_TYPES[tier].id, list(fields), sorted(tags)], ensure_ascii=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_AROUND = re.compile(
    r"\s*(</?(?:p|ul|ol|li|blockquote|table|thead|tbody|tr|td|th|br|hr|dl|dt|dd|div|details|summary|pre)"
    r"\b[^<>]*>)\s*"
)


def _seen(field: str) -> str:
    """``field`` as a browser lays it out: blanks count once, at the edge of a block not at all,
    and within code as they are."""
    pieces = _PRE.split(field)
    shown = [
        piece if at % 2 else _AROUND.sub(r"\1", " ".join(_BLANKS.split(piece)))
        for at, piece in enumerate(pieces)
    ]
    return "".join(shown).strip()


_BLANKS = re.compile(r"[ \t\n\r\f]+")


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
