"""Where a note lies in Anki: its deck and its tags.

Learners' cards never leave the deck they arrived in, and Anki finds decks by name, so a name
follows from the plan's week, or without a plan from the document's sections, and from nothing else.
"""

import re
from collections.abc import Mapping, Sequence

from exporter import decknames, lexical, wording
from exporter.config import PackConfig
from exporter.model import Document, Pack, Placement, Question, Tier

_SECTION_LEVELS = 2
_LONGEST_SLUG = 50
_NUMBERED = re.compile(
    r"""^\s*(?:
        (?:set|part|chapter|section|unit|module|lesson|block|teil|kapitel|abschnitt)\s+(?:
            (?:\d+|[ivxlc]+|[a-z])\s*(?:\([^()]*\)\s*)?[—–:.)\-]\s*   # SET 3 (DEEP) —
            | \d+\s+(?!\()                                            # Chapter 3 Streams
        )
        | \d{1,2}(?:\.\d+)*(?:\s*[—–:)]\s*|\.\s+|\s+-\s+)              # 3.2: Streams
        | [a-z][.)]\s+                                               # A) Streams
    )(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)


def unnumbered(title: str) -> str:
    """A section's title without the author's number: "Part 2: Streams" is "Streams".

    A note must not change because a section was put in before it.
    """
    return _NUMBERED.sub("", title).strip()


def deck_name(placement: Placement | None, config: PackConfig, section: Sequence[str] = ()) -> str:
    """The full name of a deck: root and week, "Beyond the plan", or without a plan ``section``."""
    words = wording.of(config.language)
    match placement.week if placement else None:
        case None:
            below = [part for part in map(decknames.level, section) if part][:_SECTION_LEVELS]
        case "beyond":
            below = [words.beyond]
        case week:
            below = [f"{words.week} {week:02}"]
    return "::".join([decknames.root(config), *below])


def section_names(pack: Pack) -> Mapping[int, tuple[str, ...]]:
    """By a question's index in the pack, its sections as deck names: "01 Streams".

    Numbers count in source order, so that Anki, which sorts decks by name, keeps that order.  A
    question outside every section lies in a deck of its document.
    """
    documents = {document.path: document for document in pack.documents}
    levels = [_levels(_section(question, documents)) for question in pack.questions]
    numbers: dict[tuple[str, ...], int] = {}
    sizes: dict[tuple[str, ...], int] = {}
    for path in (path for paths in levels for path in paths):
        if path not in numbers:
            sizes[_parent(path)] = numbers[path] = sizes.get(_parent(path), 0) + 1

    def name(path: tuple[str, ...]) -> str:
        width = max(2, len(str(sizes[_parent(path)])))
        return f"{numbers[path]:0{width}} {path[-1]}"

    return {index: tuple(map(name, paths)) for index, paths in enumerate(levels)}


def tags(question: Question, tier: Tier, document: Document | None) -> tuple[str, ...]:
    """Week, day, tier, topic and source as Anki tags, sorted; none holds a space."""
    place = question.placement
    section = unnumbered(question.section[-1]) if question.section else ""
    found = {f"tier::{tier}"}
    if place and place.week is not None:
        found.add(f"week::{place.week}")
    if place and place.day is not None:
        found.add(f"day::{place.day:02}")
    if topic := slug(section):
        found.add(f"topic::{topic}")
    if source := slug(document.title if document else ""):
        found.add(f"source::{source}")
    return tuple(sorted(found))


def slug(text: str) -> str:
    """``text`` as one part of a tag: folded words joined by hyphens, cut at a word."""
    joined = "-".join(lexical.words(text))
    if len(joined) <= _LONGEST_SLUG:
        return joined
    return joined[: _LONGEST_SLUG + 1].rpartition("-")[0] or joined[:_LONGEST_SLUG]


def _section(question: Question, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The question's file, then its sections without numbers."""
    titles = tuple(unnumbered(title) for title in question.section[:_SECTION_LEVELS])
    if not titles and (document := documents.get(question.location.path)):
        titles = (document.title,)
    return (question.location.path, *titles)


def _levels(path: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Every deck on the way to ``path``, each by its path from the file on."""
    return tuple(path[: depth + 1] for depth in range(1, len(path)))


def _parent(path: tuple[str, ...]) -> tuple[str, ...]:
    """What a deck's number counts in: its outer section; the outermost count through all files."""
    return path[:-1] if len(path) > len(("file", "section")) else ()
