"""What the study pack's own pages show, piece by piece, as their templates receive it.

As on a sheet every text is finished: HTML that is fit for paper, or a plain string that the
template escapes.  `href` leads to a place in another section of the pack.
"""

from dataclasses import dataclass

from exporter.model import Html
from exporter.writers.sheets.views import Figure, Story


@dataclass(frozen=True, slots=True)
class Paper:
    """What all pages of the pack have in common."""

    pack: str
    title: str
    author: str
    language: str
    paper: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of the pack by its number, and the way there; `key` where it is a question's."""

    page: int
    href: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the calendar; `date` is its date ("1 Dec"), "" where the start is not known."""

    badge: str
    title: Html
    date: str
    href: str


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A week of the plan, or of the calendar where the start is known; None is a day without
    study."""

    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The plan's days to tick off; `heads` are the names of the weekdays, if they are known."""

    heads: tuple[str, ...]
    rows: tuple[CalendarRow, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents; `below` are what its section holds."""

    title: str
    spot: Spot
    below: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the cover and what it counts."""

    count: str
    what: str


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """A week with a bar for its cards."""

    title: str
    bar: Html
    cards: int


@dataclass(frozen=True, slots=True)
class Front:
    """Cover, calendar, overview and contents; `legend` explains the bars of `loads`."""

    facts: tuple[Fact, ...]
    calendar: Calendar | None
    loads: tuple[WeekLoad, ...]
    legend: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    contents: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the checklist, and where it is treated; a gap is nowhere."""

    number: int | None
    title: Html
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A category of the checklist: how many of its entries are treated, and all of them."""

    title: str
    covered: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one document gives to read."""

    anchor: str
    title: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the index and where it is treated."""

    title: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Terms under their initials, and every key with its page."""

    initials: tuple[tuple[str, tuple[Term, ...]], ...]
    keys: tuple[Spot, ...]
