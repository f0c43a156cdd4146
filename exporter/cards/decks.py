"""Where a note lies in Anki: its deck and its tags.

Learners' cards never leave the deck they arrived in, and Anki finds decks by name, so a name
follows from the plan's week, or without a plan from the document's sections, and from nothing else.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from exporter import decknames, lexical, wording
from exporter.config import PackConfig
from exporter.model import Document, Placement, Question, Tier

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


def sections(question: Question, document: Document | None) -> tuple[str, ...]:
    """The folders of the question's document and its sections as they name decks; outside all, its
    document's own title.

    They are not numbered, though Anki sorts decks by name: a section put in before others would
    rename their decks, and cards that learners have stay in the old ones.
    """
    folders = PurePosixPath(question.location.path).parts[:-1]
    section = (*folders, *question.section)[:_SECTION_LEVELS]
    titles = tuple(unnumbered(title) for title in section)
    return titles or ((document.own_title,) if document and document.own_title else ())


def tags(question: Question, tier: Tier, document: Document | None) -> tuple[str, ...]:
    """Week, day, tier, topic, source and the question's own as Anki tags, sorted; none holds a
    space."""
    place = question.placement
    section = unnumbered(question.section[-1]) if question.section else ""
    found = {f"tier::{tier}", *question.tags}
    if place and place.week is not None:
        found.add(f"week::{place.week}")
    if place and place.day is not None:
        found.add(f"day::{place.day:02}")
    if topic := slug(section):
        found.add(f"topic::{topic}")
    if source := slug((document.own_title if document else None) or ""):
        found.add(f"source::{source}")
    return tuple(sorted(found))


def slug(text: str) -> str:
    """``text`` as one part of a tag: folded words joined by hyphens, cut at a word."""
    joined = "-".join(lexical.words(text))
    if len(joined) <= _LONGEST_SLUG:
        return joined
    return joined[: _LONGEST_SLUG + 1].rpartition("-")[0] or joined[:_LONGEST_SLUG]
