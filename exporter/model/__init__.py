"""The question model: what readers produce, stages enrich and writers receive.

All types are frozen.  A stage returns new values (``dataclasses.replace``), so a question carries
its identity, place and relations in the same type from the reader to the writer; what a stage has
not filled in yet is empty.  The alternative, one wrapper type per stage, was turned down: five
nested wrappers around one question made every writer unpack them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NewType

from exporter.model.diagnostics import Location

Markdown = NewType("Markdown", str)
Html = NewType("Html", str)
Guid = NewType("Guid", str)
Key = NewType("Key", str)
QuestionId = NewType("QuestionId", str)

Beyond = Literal["beyond"]
Week = int | Beyond | None
"""A study week (1-based), "beyond" the plan, or None in a pack without a plan."""


class Tier(StrEnum):
    """How deep an answer goes; each tier is one note type in Anki."""

    SHORT = "short"
    MEDIUM = "medium"
    SENIOR = "senior"
    OUTPUT = "output"
    TASK = "task"


class Kind(StrEnum):
    """What a question asks for: words, the output of its code, or a program."""

    QUESTION = "question"
    OUTPUT = "output"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded document: its path in the pack and its lines without line ends.

    ``lines[n - 1]`` is line n of the file on disk.
    """

    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """What a puzzle's author says it prints.

    ``text`` is the stated output; ``accepted`` all alternatives where the author gives several
    (then ``text`` is the first of them); ``deterministic`` is False where the author says that the
    order is not fixed.
    """

    text: str
    accepted: tuple[str, ...]
    deterministic: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a multiple-choice question offers."""

    markdown: Markdown
    right: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of one tier.  ``location`` covers its own lines, without the tier's heading and
    trailing blanks; ``also_at`` lists other places where it stands in the same words.
    ``explanation`` and ``output`` are parts of ``markdown``, of an output question only."""

    tier: Tier
    source_tier: str
    markdown: Markdown
    location: Location
    also_at: tuple[Location, ...] = ()
    explanation: Markdown | None = None
    output: Output | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A week and day that could hold a question, with the score of the match (0 to 1)."""

    week: Week
    day: int | None
    score: float


PlacedBy = Literal["author", "pin", "match", "default"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a question stands in the plan and why, in words."""

    week: Week
    day: int | None
    by: PlacedBy
    score: float
    why: str
    runner_up: Place | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A link to another question; ``leads`` marks the leading one of those that ask the same.

    ``title`` is the other question in one plain line, as it was when the two were linked: a card
    shows that, so that an edit of one question never changes the cards of another.
    """

    id: QuestionId
    key: Key
    relation: Literal["same", "see-also"]
    leads: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of running a puzzle's code, several times, beside what its author says it prints.

    AGREES: every output that was seen is one that the author states; DIFFERS: one output was seen,
    and it is another; VARIES: several were seen.  ``runtime`` is its name and full version,
    "Node 20.20.2"; ``printed`` are the outputs that were seen, sorted.
    """

    status: Literal["agrees", "differs", "varies"]
    runtime: str
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What an author wrote in braces behind a prompt: ``{#id week=2 day=11}``; ``skip`` says that
    it is no question."""

    id: str | None = None
    week: Week = None
    day: int | None = None
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question, output puzzle or coding task with its answers, in source order.

    ``location`` runs from the heading (or bullet) to the last line that belongs to it.  ``section``
    holds the titles above it, outermost first, without decoration.  ``prompt`` is None where the
    code alone is the question.  ``id`` and ``key`` are "" until ``ledger.recognise``, ``placement``
    is None until ``plan.place``, ``related`` is empty until ``plan.relate``.  ``verdict``
    is None where the code was never run, or was edited since.  ``choices`` are what a
    multiple-choice question offers, which the prompt does not repeat; ``both_ways`` asks for a card
    each way.
    """

    kind: Kind
    label: str | None
    title: str | None
    prompt: Markdown | None
    code: str | None
    language: str | None
    location: Location
    section: tuple[str, ...]
    answers: tuple[Answer, ...]
    attributes: Attributes = Attributes()
    id: QuestionId = QuestionId("")
    key: Key = Key("")
    placement: Placement | None = None
    related: tuple[Related, ...] = ()
    tags: tuple[str, ...] = ()
    verdict: Verdict | None = None
    choices: tuple[Choice, ...] = ()
    both_ways: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """An entry of a checklist or of a focus area.

    ``covered_by`` names questions that ask about it, ``mentioned_in`` those whose answers treat it,
    by id, best first; the second only where there are none of the first.
    """

    number: int | None
    category: str | None
    title: str
    location: Location
    covered_by: tuple[QuestionId, ...] = ()
    mentioned_in: tuple[QuestionId, ...] = ()

    @property
    def state(self) -> Literal["covered", "mentioned", "gap"]:
        """Whether a question asks about it, an answer treats it, or neither."""
        if self.covered_by:
            return "covered"
        return "mentioned" if self.mentioned_in else "gap"


class ReadingKind(StrEnum):
    """What a reading is: UNREAD is what no reader understood."""

    INTRODUCTION = "introduction"
    STORY = "story"
    ADVICE = "advice"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Reading:
    """Prose that is no question: kept, printed, never dropped."""

    kind: ReadingKind
    title: str | None
    markdown: Markdown
    location: Location
    section: tuple[str, ...]
    week: Week = None
    day: int | None = None


class ExerciseKind(StrEnum):
    """What an exercise wants done; a MODE is a way to hold a mock interview."""

    HANDS_ON = "hands-on"
    DESIGN = "design"
    ADVICE = "advice"
    MODE = "mode"


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to do: a hands-on or design prompt, practice advice, an interview mode."""

    kind: ExerciseKind
    markdown: Markdown
    location: Location
    section: tuple[str, ...]
    week: Week = None
    day: int | None = None


class DayKind(StrEnum):
    """What a day is for: RECAP asks everything again, REVIEW reads one's notes."""

    STUDY = "study"
    DESIGN = "design"
    RECAP = "recap"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """A question that the plan itself asks; ``answered_by`` names questions by id, best first."""

    prompt: Markdown
    location: Location
    answered_by: tuple[QuestionId, ...] = ()
    confidence: Literal["sure", "partial", "none"] = "none"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the plan; ``number`` counts through all weeks as the author counts."""

    number: int
    title: str
    kind: DayKind
    final: bool
    study: tuple[Markdown, ...]
    practice: tuple[Markdown, ...]
    design: tuple[Markdown, ...]
    focus: tuple[Markdown, ...]
    questions: tuple[PlanQuestion, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class StudyWeek:
    """A week of a plan; ``number`` is 1-based, ``goal`` what its author wants reached by then."""

    number: int
    title: str
    goal: Markdown | None
    days: tuple[Day, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Plan:
    """What the author wants learned when: weeks and days, in order."""

    title: str | None
    weeks: tuple[StudyWeek, ...]


@dataclass(frozen=True, slots=True)
class Accounting:
    """How many lines of a file went where; the five counts add up to ``lines``."""

    path: str
    lines: int
    blank: int
    content: int
    structure: int
    left_out: int
    unaccounted: int


@dataclass(frozen=True, slots=True)
class Silence:
    """What an author has silenced by ``<!-- studypack: off L203 -->``: ``codes`` about line
    ``line``, the next one that holds anything; the comment itself stands at ``location``."""

    line: int
    codes: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Part:
    """What the lines ``first`` to ``last`` of a document were read as, with a score from 0 to 1 and
    the reason in words; ``form`` is how lines are written that ask there ("headings"), "" where
    nothing asks."""

    what: str
    first: int
    last: int
    score: float
    why: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its reader understood it.

    ``title`` is configured, or the document's own, or made from its file's name; ``own_title`` is
    None in the last case.
    """

    path: str
    title: str
    reader: str
    accounting: Accounting
    questions: tuple[Question, ...] = ()
    topics: tuple[Topic, ...] = ()
    readings: tuple[Reading, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    plan: Plan | None = None
    own_title: str | None = None
    silences: tuple[Silence, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Cycle:
    """Steps that begin again after the last one.

    ``center`` is what stands in their middle, ``week`` and ``day`` are those of what they are taken
    from, at ``location``.
    """

    title: str
    steps: tuple[Markdown, ...]
    center: str
    location: Location
    week: Week
    day: int | None


@dataclass(frozen=True, slots=True)
class Pack:
    """All documents joined: the whole question model, in source order.

    Questions, topics, readings and exercises follow the order of the documents and, within one, of
    its lines.  ``documents`` keeps path, title, reader and accounting of each, ``cycles`` are the
    figures that pack.toml asks for.
    """

    documents: tuple[Document, ...]
    questions: tuple[Question, ...]
    topics: tuple[Topic, ...]
    readings: tuple[Reading, ...]
    exercises: tuple[Exercise, ...]
    plan: Plan | None
    cycles: tuple[Cycle, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One Anki note: a question at one tier, as it will stand in the collection.

    ``fields`` follow the frozen order of the note types; ``rank`` is its place in the order of new
    cards, from 0; ``content_hash`` covers what a learner's copy would show (fields, tags, type) and
    nothing else, ``former_hash`` the same by the recipe before; ``modified`` is in epoch seconds,
    0 until ``ledger.date``.
    """

    guid: Guid
    key: Key
    question: QuestionId
    tier: Tier
    fields: tuple[str, ...]
    deck: str
    tags: tuple[str, ...]
    rank: int
    content_hash: str
    modified: int = 0
    former_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """A note that is made no more, with its last texts, plain.  ``answered`` says that its question
    lives on and only this answer is gone; ``choices`` are what it offered."""

    guid: Guid
    key: Key
    question: QuestionId
    tier: Tier
    prompt: str
    code: str
    answer: str
    answered: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that cards show: a plain file name, unlike that of any other content, and its
    bytes."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication: dated notes in plan order, and when each note type last changed (epoch
    seconds); ``days`` are the plan's weeks by number with how many days each has; ``pictures`` are
    what notes show, by name; ``farewells`` are all notes that were ever retired."""

    number: int
    notes: tuple[Note, ...]
    note_types: tuple[tuple[Tier, int], ...]
    days: tuple[tuple[int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()
    farewells: tuple[Note, ...] = ()
