"""What cards look like: templates/card/ with the fixed words filled in, for each note type.

The five types share one front and one back and differ in the badge, so that a learner who has met
one card can read them all.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from html import escape
from string import Template

from exporter.deck.notetypes import NOTE_TYPES, TEMPLATES, Field
from exporter.model import Tier
from exporter.system import resources
from exporter.text import fixed_words
from exporter.text.fixed_words import Wording


@dataclass(frozen=True, slots=True)
class Face:
    """The two sides of one card template, in Anki's template language."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class Look:
    """A note type's templates, in their frozen order, and its stylesheet."""

    faces: tuple[Face, ...]
    css: str


@cache
def look(tier: Tier, language: str) -> Look:
    """The look of a tier's note type with the words of ``language``."""
    words = _words(fixed_words.in_language(language), tier, language)
    card, spare = TEMPLATES
    return Look(
        (
            Face(card, _filled("front.html", words), _filled("back.html", words)),
            Face(spare, _filled("spare-front.html", words), _filled("spare-back.html", words)),
        ),
        _read("card.css"),
    )


def description(words: dict[str, str]) -> str:
    """The root deck's description (HTML) with ``words`` filled in."""
    return _filled("deck.html", words)


def note_type_hash(tier: Tier, language: str = "en") -> str:
    """A digest of all that a learner's copy of the note type shows: names, templates, CSS."""
    it = look(tier, language)
    frozen = NOTE_TYPES[tier]
    fields = [[frozen.field_id(field), field.title] for field in Field]
    faces = [
        [frozen.template_id(ordinal), face.name, face.front, face.back]
        for ordinal, face in enumerate(it.faces)
    ]
    whole = json.dumps([frozen.id, frozen.name, fields, faces, it.css])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _words(words: Wording, tier: Tier, language: str) -> dict[str, str]:
    """What templates may ask for as ``$name``."""
    filled = {
        "tier": tier.value,
        "name": words.tier(tier),
        "fallback": words.prints,
        "printed": words.printed,
        "related": words.related,
        "language": language,
    }
    texts = {name: escape(word) for name, word in filled.items()}
    heading = f"<h2>{escape(words.acceptance)}</h2>" if tier is Tier.TASK else ""
    hint = f" <span>{escape(words.hint(tier))}</span>"
    if tier is Tier.OUTPUT:  # a puzzle without words asks that very question in large type
        hint = f"{{{{#Front}}}}{hint}{{{{/Front}}}}"
    return texts | {"answer_heading": heading, "hint": hint}


def _filled(name: str, words: dict[str, str]) -> str:
    return Template(_read(name)).substitute(words).strip()


@cache
def _read(name: str) -> str:
    path = resources.templates() / "card" / name
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")
