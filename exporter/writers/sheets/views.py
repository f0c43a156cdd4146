"""What a sheet shows, piece by piece, as the templates receive it.

Every text here is finished: HTML that is fit for paper, or a plain string that the template
escapes. The templates choose no content and the stages before know no HTML layout, so a look can
be changed by editing `templates/sheet/` alone.
"""

from dataclasses import dataclass

from exporter.model import Html, Tier


@dataclass(frozen=True, slots=True)
class Box:
    """A line to tick off; `label` says what kind of work it is."""

    label: str | None
    text: Html


@dataclass(frozen=True, slots=True)
class Reference:
    """A question named by its key; its `anchor` on this sheet, else `where` it stands in words."""

    key: str
    anchor: str | None
    where: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer; `bar` marks the short one that is to be learned first, `cut` one whose card says
    more."""

    tier: Tier
    text: Html
    bar: bool
    cut: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One of the answers to choose from; `block` where it is more than a line of text."""

    letter: str
    text: Html
    block: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """All answers to choose from; `pairs` where they are short enough to stand side by side."""

    items: tuple[ChoiceView, ...]
    pairs: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answers, or with `lines` to write on where nothing answers it.

    `whole` is True where it is short enough never to be cut by a column's end.
    """

    anchor: str
    key: str
    label: str | None
    prompt: Html
    detail: Html | None
    choices: Choices | None
    bookmark: str
    answers: tuple[AnswerView, ...]
    answered_at: tuple[Reference, ...]
    same: tuple[Reference, ...]
    see: tuple[Reference, ...]
    lines: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Code whose output the learner writes down or chooses; what it prints stands at the back."""

    anchor: str
    key: str
    label: str | None
    prompt: Html
    detail: Html | None
    bookmark: str
    code: Html | None
    choices: Choices | None
    answers: tuple[AnswerView, ...]
    same: tuple[Reference, ...]
    see: tuple[Reference, ...]
    lines: int
    whole: bool


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A program to write: its goal, and what it must fulfil, each with a box."""

    anchor: str
    key: str
    label: str | None
    title: Html
    bookmark: str
    goal: Html | None
    acceptance: Html | None
    answers: tuple[AnswerView, ...]
    same: tuple[Reference, ...]
    see: tuple[Reference, ...]
    whole: bool


Item = Entry | Puzzle | TaskCard


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of running a puzzle: a sentence and the outputs that it announces; `wrong` where
    the author says something else."""

    sentence: str
    outputs: tuple[Html, ...]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """What a puzzle prints, for the back of the sheet; `varies` where the order is not fixed,
    `proof` where it was run."""

    key: str
    anchor: str
    outputs: tuple[Html, ...]
    varies: bool
    explanation: Html | None
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of the plan with its answer; `partly` where the answer covers it only in part."""

    prompt: Html
    answers: tuple[AnswerView, ...]
    source: Reference | None
    partly: bool
    see: tuple[Reference, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Row:
    """A question to ask oneself again, and where its answer stands."""

    prompt: Html
    key: str | None
    anchor: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Round:
    """The questions of one day, for a recap; `codes` are puzzles that are nothing but code."""

    title: str
    rows: tuple[Row, ...]
    codes: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Prose to read, at the end of the sheet."""

    title: str
    kicker: str | None
    text: Html


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of the checklist; `covered` names the questions that treat it and `when` their
    days; a gap has neither."""

    number: int | None
    title: Html
    covered: tuple[str, ...]
    when: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the checklist, or a whole checklist that has none."""

    title: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and what it shows."""

    drawing: Html
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one bar: a day, a section where there is no day, readings, the checklist.

    `mark` names it in the PDF's outline, `running` in the heads of its pages. `lines` is room to
    write, in lines; `column` begins a new column.
    """

    anchor: str
    badge: str | None
    title: Html
    mark: str
    running: str
    kicker: str | None = None
    figures: tuple[Figure, ...] = ()
    boxes: tuple[Box, ...] = ()
    asks: tuple[Ask, ...] = ()
    items: tuple[Item, ...] = ()
    rounds: tuple[Round, ...] = ()
    stories: tuple[Story, ...] = ()
    checklist: tuple[Category, ...] = ()
    lines: int = 0
    column: bool = False


@dataclass(frozen=True, slots=True)
class DayTab:
    """A day in the row on top of the sheet; `anchor` where it begins, `bar` its `cards`."""

    anchor: str
    badge: str
    title: Html
    date: str | None
    bar: Html | None
    cards: int


@dataclass(frozen=True, slots=True)
class SheetView:
    """A whole sheet, top to bottom.

    `rows` are the tabs of the days, in rows of equal length, whose bars `legend` explains;
    `printed`, `index` and `shortened` (questions with answers that were cut) stand on the last
    pages.
    """

    pack: str
    title: Html
    running: str
    author: str
    language: str
    paper: str
    parts: tuple[Part, ...]
    printed: tuple[Printed, ...]
    index: tuple[Reference, ...]
    shortened: tuple[Reference, ...] = ()
    badge: str | None = None
    goal: Html | None = None
    rows: tuple[tuple[DayTab, ...], ...] = ()
    legend: tuple[Figure, ...] = ()
