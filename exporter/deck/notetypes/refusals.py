"""What Anki refuses or silently spoils in a finished note, found before a learner does.

An import is all or nothing: one such note and nobody gets any, so each is an error.
"""

import re
from collections.abc import Iterator

from exporter.deck.notetypes import Field
from exporter.model import Note
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
