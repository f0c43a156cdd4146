"""A small pack made by hand, from another field, with a question of every kind for the deck."""

from dataclasses import replace

from exporter.model import (
    Accounting,
    Answer,
    Document,
    Edition,
    Key,
    Kind,
    Markdown,
    Note,
    Output,
    Pack,
    Placement,
    Question,
    QuestionId,
    Related,
    Tier,
    Week,
)
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Location

PATH = "chemistry.md"
CONFIG = PackConfig(title="Kitchen chemistry", slug="kitchen", deck="Kitchen chemistry")
HERE = Location(PATH, 1, 2)


def answer(tier: Tier, text: str, **more: object) -> Answer:
    """An answer in the author's words."""
    made = Answer(tier, tier.value, Markdown(text), HERE)
    return replace(made, **more)  # type: ignore[arg-type]


def question(name: str, prompt: str | None, *answers: Answer, **more: object) -> Question:
    """A question whose id and key follow from ``name``."""
    made = Question(
        kind=Kind.QUESTION,
        label=None,
        title=None,
        prompt=Markdown(prompt) if prompt else None,
        code=None,
        language=None,
        location=HERE,
        section=("Part 1: Heat",),
        answers=answers,
        id=QuestionId(f"id-{name}"),
        key=Key(name.upper()),
        placement=at(1, 1),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def at(week: Week, day: int | None = None) -> Placement:
    """A placement by the author."""
    return Placement(week, day, "author", 1.0, "said so")


def pack(*questions: Question) -> Pack:
    """A pack of one document that holds these questions."""
    title = "Kitchen chemistry for cooks"
    accounting = Accounting(PATH, *[0] * 6)
    document = Document(PATH, title, "tiered", accounting, own_title=title)
    return Pack((document,), questions, (), (), (), None)


def dated(notes: tuple[Note, ...], now: int = 1_700_000_000, number: int = 1) -> Edition:
    """An edition in which everything changed at ``now``."""
    return Edition(
        number,
        tuple(replace(note, modified=now) for note in notes),
        tuple((tier, now) for tier in Tier),
    )


MAILLARD = question(
    "ab22",
    "Why does a steak brown?",
    answer(Tier.SHORT, "The **Maillard** reaction."),
    answer(Tier.MEDIUM, "Sugars and amino acids react:\n\n1. above `140 °C`\n2. when dry"),
    answer(Tier.SENIOR, "See [the table](https://example.org):\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
    label="Q1",
    related=(
        Related(
            QuestionId("id-ab33"),
            Key("AB33"),
            "see-also",
            leads=False,
            title="What holds mayonnaise together?",
        ),
    ),
)
EMULSIONS = question(
    "ab33",
    "What holds mayonnaise together?",
    answer(Tier.SHORT, "Lecithin."),
    answer(Tier.SHORT, "An emulsifier from the yolk."),
    label="emulsions",
    section=("Part 2: Mixtures", "Set 3 — Cold sauces"),
    placement=at(1, 2),
)
PUZZLE = question(
    "ab44",
    None,
    answer(
        Tier.OUTPUT,
        "The set has no order.\n\n```\na b\n```\nor\n```\nb a\n```",
        explanation=Markdown("The set has no order."),
        output=Output("a b", ("a b", "b a"), deterministic=False, location=HERE),
    ),
    kind=Kind.OUTPUT,
    code="\nfor x in {'a', 'b'}:\n    print(x)  # \\(x\\)\n",
    language="python",
    placement=at(2, 8),
)
TASK = question(
    "ab55",
    "- **Goal**: a sauce\n- **Example**: `sauce(2)`",
    answer(Tier.TASK, "- It is smooth\n  - without lumps\n- It stays warm"),
    kind=Kind.TASK,
    title="A **warm** sauce",
    placement=at(1, 1),
)
BEYOND = question(
    "ab66", "What is umami?", answer(Tier.MEDIUM, "Glutamate."), placement=at("beyond")
)
UNANSWERED = question("ab77", "Why is the sky blue?")
SMALL = pack(BEYOND, EMULSIONS, MAILLARD, PUZZLE, TASK, UNANSWERED)
