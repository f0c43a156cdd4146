"""pack.toml as frozen values.

Every key is optional and an empty file is a valid pack.  Reading and checking the file lives in
``packfile``; the values live here, so that stages depend on what a pack says and not on how it is
written.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from exporter.model import Tier, Week
from exporter.model.diagnostics import Location

NAME = "pack.toml"
DECK_LEVELS = 8
"""Levels that a root deck may have: Anki takes eleven, and weeks or sections come below."""

Paper = Literal["a4", "letter"]
Depth = Literal["short", "medium", "senior"]
Duplicates = Literal["keep", "link", "merge"]


def written_at(line: int) -> Location:
    """A line of pack.toml; 0, where it is not known, reads as the first."""
    return Location(NAME, max(1, line), max(1, line))


@dataclass(frozen=True, slots=True)
class DocumentConfig:
    """One document: its path relative to the pack, and what its author says about it; ``asks`` are
    the forms of lines that ask in it ("heading 3", "bold"), empty where the reader decides."""

    path: str
    reader: str | None = None
    title: str | None = None
    origin: str | None = None
    asks: tuple[str, ...] = ()
    line: int = 0

    @property
    def written(self) -> Location:
        """Where pack.toml lists it; its own first line where it was found beside pack.toml."""
        return written_at(self.line) if self.line else Location(self.path, 1, 1)


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the taxonomy: a subject's terms and the days of the plan that treat it."""

    name: str
    terms: tuple[str, ...]
    days: tuple[int, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """A reviewed place of a question: ``week`` and ``day`` as pack.toml gives them; ``line`` is
    the line of pack.toml (0 where the pack was made in code), for diagnostics."""

    question: str
    week: Week
    day: int | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A reviewed answer to a question of the plan, named "day 3.1", and how far it answers."""

    plan: str
    questions: tuple[str, ...]
    line: int = 0
    confidence: Literal["sure", "partial"] = "sure"


@dataclass(frozen=True, slots=True)
class Apart:
    """Questions that are reviewed not to ask the same."""

    questions: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Same:
    """Questions that are reviewed to ask the same."""

    questions: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Covers:
    """The questions that are reviewed to cover a topic, by its title; none: it is a gap."""

    topic: str
    questions: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Skip:
    """What is read as a question and is none: it is kept as a reading."""

    question: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class FigureConfig:
    """A picture of steps that begin again: the items of the ordered list number `list` in the
    question or reading that `source` names; `title` and `center` are "" where nothing is said."""

    source: str
    list: int = 1
    title: str = ""
    center: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PackConfig:
    """What pack.toml says, with every default filled in.

    ``id`` is what ids of new questions are made with, so that two packs never share one ("" as
    before there were ids); ``tier_words`` are in lower case, ``include`` and ``exclude`` are
    patterns of paths, ``outputs`` those that every build makes besides.
    """

    title: str = "Study pack"
    id: str = ""
    slug: str = "study-pack"
    deck: str = "Study pack"
    language: str = "en"
    author: str = ""
    paper: Paper = "a4"
    landscape: bool = True
    color: bool = False
    outputs: frozenset[str] = frozenset()
    depth: Depth = "medium"
    tiers: tuple[Tier, ...] = tuple(Tier)
    duplicates: Duplicates = "link"
    start: datetime.date | None = None
    pages: int | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    documents: tuple[DocumentConfig, ...] = ()
    subjects: tuple[Subject, ...] = ()
    pins: tuple[Pin, ...] = ()
    links: tuple[Link, ...] = ()
    same: tuple[Same, ...] = ()
    apart: tuple[Apart, ...] = ()
    covers: tuple[Covers, ...] = ()
    skip: tuple[Skip, ...] = ()
    figures: tuple[FigureConfig, ...] = ()
    tier_words: Mapping[str, Tier] = field(default_factory=dict)
    lint: Mapping[str, str] = field(default_factory=dict)

    def date_of(self, day: int) -> datetime.date | None:
        """The date of a day of the plan; None without a start, and beyond the calendar's end."""
        try:
            return self.start + datetime.timedelta(day - 1) if self.start else None
        except OverflowError:
            return None
