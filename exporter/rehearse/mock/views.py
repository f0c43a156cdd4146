"""What an interview's paper shows, piece by piece, as its template receives it.

As on a sheet every text is finished: HTML that is fit for paper, or a plain string that the
template escapes.
"""

from dataclasses import dataclass

from exporter.model import Html
from exporter.paper.sheets.views import AnswerView, Choices, Printed


@dataclass(frozen=True, slots=True)
class Asked:
    """Something asked: ``key`` is None for an exercise, ``subject`` the day or section it is of;
    ``lines`` is room for notes, ``writes`` for a puzzle's output, in lines."""

    anchor: str
    key: str | None
    prompt: Html
    bookmark: str
    detail: Html | None
    code: Html | None
    choices: Choices | None
    subject: str
    lines: int
    writes: int


@dataclass(frozen=True, slots=True)
class RoundView:
    """A timed section: whole minutes and the clock at its beginning and end ("0:12"); ``manner`` is
    how the documents say that it is held; ``worth`` the points that the grid gives; ``wide`` where
    it is written over the page's whole width."""

    anchor: str
    title: str
    minutes: int
    begins: str
    ends: str
    asked: tuple[Asked, ...]
    manner: Html | None
    advice: tuple[Html, ...]
    worth: int
    wide: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A row of the grid: leading points of the short, medium and senior answer, or ``checks`` that
    a program or design is to pass, or what a puzzle prints."""

    anchor: str | None
    key: str | None
    prompt: Html
    tiers: tuple[tuple[str, ...], ...]
    checks: tuple[Html, ...]
    worth: int


@dataclass(frozen=True, slots=True)
class ScoredRound:
    """The rows of one section; ``tiered`` where they have a column for each tier."""

    title: str
    tiered: bool
    rows: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of a question, or what a puzzle prints."""

    anchor: str
    key: str
    prompt: Html
    answers: tuple[AnswerView, ...]
    printed: Printed | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """A whole paper, top to bottom; ``worth`` is the sum of all points."""

    pack: str
    badge: str
    title: Html
    running: str
    name: str
    author: str
    language: str
    paper: str
    seed: str
    minutes: int
    goal: Html | None
    rounds: tuple[RoundView, ...]
    grid: tuple[ScoredRound, ...]
    answers: tuple[Answered, ...]
    worth: int
