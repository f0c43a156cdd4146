"""Keyed documents: the shape's variations, and the answers found for the questions."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter import readers
from exporter.model import Answer, ExerciseKind, Kind, Question, Tier
from exporter.readers.keyed.roles import depth, names_answers
from tests import drafts
from tests.fixtures import Agrees, Example, examples

GUIDE = drafts.SOURCE / "senior-guide.md"
DOCUMENTS = drafts.DOCUMENTS
FOREIGN = ["keyed-data.md", "keyed-django.md", "keyed-kitchen.md", "keyed-rust.md", "keyed-wine.md"]


def shown(result: drafts.Read) -> str:
    """A keyed draft in compact lines: every question with its answers, then everything else."""
    lines = []
    for question in result.draft.questions:
        place = drafts._lines(question.location)
        section = " / ".join(question.section)
        title = f" <{question.title}>" if question.title else ""
        prompt = (question.prompt or "").replace("\n", " ⏎ ")
        lines.append(f"{place} {question.kind} [{section}] {question.label}{title}: {prompt}")
        if question.attributes.id or question.attributes.week:
            lines.append(f"    {{{question.attributes.id} {question.attributes.week}}}")
        lines.extend(f"    {answer_shown(answer)}" for answer in question.answers)
    rest = replace(result, draft=replace(result.draft, questions=()))
    return "\n".join([*lines, drafts.outline(rest)])


def answer_shown(answer: Answer) -> str:
    also = "".join(f" also {drafts._lines(place)}" for place in answer.also_at)
    text = answer.markdown.replace("\n", " ⏎ ")
    place = drafts._lines(answer.location)
    return f"{answer.tier} ({answer.source_tier}) {place}{also}: {text}"


@cache
def guide() -> drafts.Read:
    return drafts.read("keyed", drafts.load(GUIDE))


@pytest.mark.parametrize("example", examples("keyed"))
def test_a_keyed_document_is_read_as_its_golden_shows(example: Example, agrees: Agrees) -> None:
    """Each variation of the shape gives the questions and answers of its golden, and each line
    claimed as content is in the model in its own words."""
    result = drafts.text("keyed", example.input)
    assert drafts.untold(result) == []
    assert result.accounting.unaccounted == 0
    agrees(example, shown(result))


@dataclass(frozen=True, slots=True)
class Truth:
    """What a person says an answer's line belongs to: the questions' lines, and those under which
    it would also be right."""

    questions: frozenset[int]
    also: frozenset[int]


def truth(path: Path) -> dict[int, Truth]:
    """A table of hand-made labels, in lines: answer, its questions or "none", also right."""
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {int(row[0]): Truth(*(numbers(cell) for cell in (*row[1:], "", "")[:2])) for row in rows}


def numbers(cell: str) -> frozenset[int]:
    return frozenset(int(word) for word in cell.split(",") if word.isdigit())


def pairs(questions: tuple[Question, ...], labels: dict[int, Truth]) -> set[tuple[int, int]]:
    """Answer and question by first line; entries of their own are no pairs."""
    return {
        (place.first, question.location.first)
        for question in questions
        if question.location.first not in labels
        for answer in question.answers
        if answer.tier is not Tier.TASK
        for place in (answer.location, *answer.also_at)
    }


@pytest.mark.parametrize(
    ("path", "labels", "missed"),
    [
        (GUIDE, "senior-guide-answers.tsv", set()),
        ("keyed-data.md", "keyed-data-labels.tsv", {(114, 37), (132, 67), (161, 37)}),
        ("keyed-django.md", "keyed-django-labels.tsv", {(201, 45)}),
        (
            "keyed-rust.md",
            "keyed-rust-labels.tsv",
            {(66, 19), (78, 41), (84, 49), (111, 48)},
        ),
        (
            "keyed-wine.md",
            "keyed-wine-labels.tsv",
            {(69, 23), (71, 26), (75, 45), (85, 23), (86, 25), (97, 46), (97, 47)},
        ),
        (
            "keyed-kitchen.md",
            "keyed-kitchen-labels.tsv",
            {(44, 13), (45, 14), (57, 27), (57, 28), (58, 29)},
        ),
    ],
)
def test_no_answer_stands_under_a_wrong_question(
    path: Path | str, labels: str, missed: set[tuple[int, int]]
) -> None:
    """Every pair is one that a person labelled, every labelled pair but the named ones is found,
    and each answer without a question is an entry of its own."""
    known = truth(DOCUMENTS / labels)
    result = guide() if path == GUIDE else drafts.read("keyed", drafts.load(DOCUMENTS / path))
    found = pairs(result.draft.questions, known)
    right = {(line, one) for line, told in known.items() for one in told.questions}
    allowed = right | {(line, one) for line, told in known.items() for one in told.also}
    assert sorted(found - allowed) == []
    assert sorted(right - found) == sorted(missed)
    own = {
        place.first
        for question in result.draft.questions
        for answer in question.answers
        for place in (answer.location, *answer.also_at)
    }
    assert sorted(set(known) - own) == []


def test_the_real_guide_is_counted_by_hand() -> None:
    """Questions by section, tasks, exercises and answers are as many as a person counts."""
    result = guide()
    asked = [one for one in result.draft.questions if one.kind is Kind.QUESTION]
    original = [one for one in asked if one.location.first < 240]
    sections = list(dict.fromkeys(one.section for one in original))
    counts = [sum(one.section == section for one in original) for section in sections]
    assert counts[:15] == [6, 6, 5, 5, 5, 5, 5, 5, 6, 5, 5, 5, 5, 4, 4]
    assert counts[15:] == [8, 7, 5, 6, 6, 7, 8, 6, 6, 8, 4]
    assert sum(one.kind is Kind.TASK for one in result.draft.questions) == 8
    kinds = [one.kind for one in result.draft.exercises]
    assert (kinds.count(ExerciseKind.HANDS_ON), kinds.count(ExerciseKind.DESIGN)) == (9, 7)
    places = {
        tier: {
            answer.location.first
            for one in result.draft.questions
            for answer in one.answers
            if answer.tier is tier
        }
        for tier in Tier
    }
    # Ten concise answers stand in the same words among the direct ones.
    same = sorted(
        place.first for one in asked for answer in one.answers for place in answer.also_at
    )
    assert len(same) == 10
    assert len(places[Tier.SHORT]) == 136
    assert len(places[Tier.MEDIUM]) + len(same) == 89
    assert len(places[Tier.TASK]) == 8
    assert result.codes.count("R232") == 10
    assert [one.label for one in asked if one not in original] == ["range requests"]


def test_a_task_keeps_goal_and_acceptance_apart() -> None:
    """The prompt is goal and example, the answer the acceptance list without its label."""
    first = next(one for one in guide().draft.questions if one.kind is Kind.TASK)
    assert (first.label, first.title) == ("1)", "Concurrency-limited task runner")
    assert str(first.prompt).startswith("- **Goal**: Implement `runWithConcurrency(")
    assert str(first.prompt).endswith("output is in original order.")
    (answer,) = first.answers
    assert answer.markdown.splitlines()[1] == "- Preserves output order."
    assert (answer.tier, answer.source_tier) == (Tier.TASK, "Acceptance")
    assert (first.location.first, first.location.last) == (428, 435)
    assert (answer.location.first, answer.location.last) == (433, 435)


@pytest.mark.parametrize("name", ["senior-guide.md", *FOREIGN])
def test_every_line_of_a_catalogue_is_accounted_for(name: str) -> None:
    """No line is unclaimed, and what counts as content stands in the model in its own words."""
    folder = DOCUMENTS if name in FOREIGN else drafts.SOURCE
    source = drafts.load(folder / name)
    result = drafts.read("keyed", source)
    assert result.detected
    assert result.accounting.unaccounted == 0
    assert drafts.untold(result) == []
    assert drafts.read("keyed", drafts.crlf(source)).draft == result.draft


@pytest.mark.parametrize(
    "path",
    sorted({*drafts.SOURCE.glob("*.md"), *drafts.SOURCE.glob("*.txt")} - {GUIDE})
    + sorted(set(DOCUMENTS.glob("*.*")) - {DOCUMENTS / name for name in FOREIGN}),
    ids=lambda path: path.name,
)
def test_other_shapes_are_not_keyed(path: Path) -> None:
    """Only a catalogue of keyed questions is one."""
    assert readers.shape(drafts.load(path)) != "keyed"


def test_the_order_of_answer_sections_does_not_matter() -> None:
    """Answers find their section by its title, wherever it stands in their part."""
    source = drafts.load(DOCUMENTS / "keyed-django.md")
    text = "\n".join(source.lines)
    head, tail = text.split("## Short answers\n")
    short, deep = tail.split("## In-depth answers\n")
    sections = short.split("### ")
    turned = "### ".join([sections[0], *reversed(sections[1:])])
    other = drafts.text("keyed", f"{head}## Short answers\n{turned}## In-depth answers\n{deep}")
    wanted = answered(drafts.read("keyed", source))
    assert answered(other) == wanted


def answered(result: drafts.Read) -> set[tuple[str | None, str]]:
    return {
        (question.prompt, answer.markdown)
        for question in result.draft.questions
        for answer in question.answers
        if answer.tier is Tier.SHORT
    }


@pytest.mark.parametrize(
    ("title", "tier", "word"),
    [
        ("Model answers (concise)", Tier.MEDIUM, "concise"),
        ("Per-question answers (direct)", Tier.SHORT, "direct"),
        ("✅ One-line answers", Tier.SHORT, "One-line"),
        ("Short model answers", Tier.SHORT, "Short"),
        ("Model answers", Tier.MEDIUM, "Model answers"),
        ("Answer key", Tier.MEDIUM, "Answer key"),
        ("Detailed solutions", Tier.SENIOR, "Detailed"),
        ("Answers to all interview questions — deep dive", Tier.SENIOR, "deep dive"),
        ("Antworten (ausführlich)", Tier.SENIOR, "ausführlich"),
    ],
)
def test_an_answers_heading_names_its_tier(title: str, tier: Tier, word: str) -> None:
    """The author's word for the depth is kept; without one the heading is the word."""
    assert names_answers(title)
    assert depth(title) == (tier, word)


@pytest.mark.parametrize(
    "title",
    [
        "Interview questions and answers",
        "Questions with sample answers below",
        "Solutions architecture",
        "How to answer behavioural questions",
        "Answering the phone",
    ],
)
def test_other_headings_announce_no_answers(title: str) -> None:
    """Questions, and subjects that sound like answers, are none."""
    assert not names_answers(title)


@pytest.mark.parametrize(
    ("pattern", "other"),
    [
        (r"^(\s*- )\*\*(.+?)\*\*:", r"\1**\2:**"),
        (r"^(\s*- )\*\*(.+?)\*\*: ", r"\1__\2__ — "),
        (r"^(\s*- )\*\*(.+?)\*\*:", r"\1\2:"),
        (r"^(\s*)- ", r"\1*\t"),
        (r"^- ", r"1. "),
        (r"^(#+) (.+)$", r"#\1 🔥 **\2:**"),
        (r"^(## )(?:Sample answers|Answers, question by question) \((\w+)\)", r"\1\2"),
    ],
    ids=["colon inside", "dash", "no marks", "tabs", "numbered", "loud headings", "no word"],
)
def test_how_it_is_marked_up_does_not_matter(pattern: str, other: str) -> None:
    """Another author's marks give the same answers to the same questions."""
    lines = drafts.load(DOCUMENTS / "keyed-data.md").lines
    written = "\n".join(re.sub(pattern, other, line) for line in lines)
    assert written != "\n".join(lines)
    known = truth(DOCUMENTS / "keyed-data-labels.tsv")
    result = drafts.text("keyed", written)
    plain = drafts.text("keyed", "\n".join(lines))
    assert result.detected
    assert pairs(result.draft.questions, known) == pairs(plain.draft.questions, known)
    assert len(result.draft.exercises) == len(plain.draft.exercises)


LINES = st.sampled_from(
    [
        *("# Title", "## Questions", "## Model answers", "## Short answers", "## Coding tasks"),
        *("## Hands-on exercises", "## How to use", "### Tea", "### 1) Task", "#", "##"),
        *("#### Acceptance criteria", "#### Goal", "- **Goal**: Brew.", "- **Acceptance**:"),
        *("- **water**: How hot?", "- **milk** - Before?", "- hot", "  - hot", "    1. very"),
        *("* plain", "1. **one**: first", "**bold**: text", "**Bold**", "word", "```", "---"),
        *("> quoted", "", "\t- tab", "- ****", "- **:** x", "- `a`: b", "<!-- c -->", "- [ ] x"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_every_line_finds_a_place(lines: list[str]) -> None:
    """Whatever the order of lines, nothing is lost, and a location's lines are the document's."""
    result = drafts.text("keyed", "\n".join(lines))
    assert result.accounting.unaccounted == 0
    assert drafts.untold(result) == []
    for question in result.draft.questions:
        assert 1 <= question.location.first <= question.location.last <= len(lines)
        assert question.prompt
        assert all(answer.markdown for answer in question.answers)
