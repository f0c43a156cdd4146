"""The engine on tiered documents: goldens, the real one counted by hand, foreign ones."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter import readers, repair, sources
from exporter.diagnostics import Code, Diagnostic
from exporter.model import Kind, Question, Reading, ReadingKind, Source, Tier
from exporter.readers import Hints, chat, document, noise
from exporter.readers.draft import Draft
from exporter.readers.inline import unbraced
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown, scan
from tests.fixtures import Agrees, Example, examples

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted((ROOT / "tests" / "documents").glob("tiered-*.md"))
DEEP = ROOT / "source" / "deep-mastery.md"


@dataclass(frozen=True)
class Result:
    lines: tuple[Line, ...]
    draft: Draft
    accounts: Accounts
    diagnostics: tuple[Diagnostic, ...]


def read(text: str, path: str = "notes.md") -> Result:
    return _result(Source(path, tuple(text.splitlines())))


def _result(source: Source) -> Result:
    found: list[Diagnostic] = []
    marked = noise.mark(source.path, scan(source), found.append)
    lines, _ = chat.mark(source.path, marked, found.append)
    accounts = Accounts(source.path, lines)
    draft = document.read(source.path, document.find(lines, Hints()), accounts, found.append)
    unread = tuple(_unread(source.path, accounts))
    draft = replace(draft, readings=(*draft.readings, *unread))
    return Result(lines, draft, accounts, tuple(found))


def _unread(path: str, accounts: Accounts) -> Iterator[Reading]:
    """What the reader left, as the driver keeps it."""
    for run in accounts.unread():
        accounts.content(run)
        yield Reading(ReadingKind.UNREAD, None, markdown(run), location(path, run), ())


def load(path: Path) -> Result:
    source = sources.decode(path.name, path.read_bytes(), lambda found: pytest.fail(str(found)))
    assert source is not None
    return _result(repair.repair(source, lambda _: None))


@pytest.fixture(scope="module")
def deep() -> Result:
    return load(DEEP)


def outline(result: Result) -> str:
    """Questions and readings with their lines, in order, then the diagnostics."""
    items: list[Question | Reading] = [*result.draft.questions, *result.draft.readings]
    items.sort(key=lambda item: item.location)
    written = [f"title: {result.draft.title}"] if result.draft.title else []
    for item in items:
        written += _question(item) if isinstance(item, Question) else _reading(item)
    written += [
        f"{found.location.first if found.location else '-'}: {found.code.name}"
        for found in result.diagnostics
    ]
    return "\n".join(written)


def _question(question: Question) -> Iterator[str]:
    place = f"{question.location.first}-{question.location.last}"
    yield f"{place} {question.kind} {question.label or '-'}: {_flat(question.prompt)}"
    if question.title:
        yield f"  titled {question.title}"
    if question.section:
        yield f"  in {' > '.join(question.section)}"
    if question.attributes.id or question.attributes.week or question.attributes.day:
        attached = question.attributes
        yield f"  attributes {attached.id} {attached.week} {attached.day}"
    if question.code is not None:
        yield f"  code {question.language or '-'}: {_flat(question.code)}"
    for answer in question.answers:
        lines = f"{answer.location.first}-{answer.location.last}"
        yield f"  {answer.tier} [{answer.source_tier}] {lines}: {_flat(answer.markdown)}"
        if answer.explanation:
            yield f"    explanation: {_flat(answer.explanation)}"
        if output := answer.output:
            sure = "" if output.deterministic else " (order not fixed)"
            texts = " | ".join(map(_flat, output.accepted or (output.text,)))
            yield f"    prints {output.location.first}-{output.location.last}: {texts}{sure}"


def _reading(reading: Reading) -> Iterator[str]:
    place = f"{reading.location.first}-{reading.location.last}"
    section = f" in {' > '.join(reading.section)}" if reading.section else ""
    yield f"{place} {reading.kind} {reading.title or '-'}{section}: {_flat(reading.markdown)}"


def _flat(text: str | None) -> str:
    return "-" if text is None else text.replace("\n", "⏎")


@pytest.mark.parametrize("example", examples("tiered"))
def test_goldens(example: Example, agrees: Agrees) -> None:
    """A tiered document is read as its goldens show."""
    agrees(example, outline(read(example.input.replace("⇥", "\t"))))


def tiers(question: Question) -> tuple[Tier, ...]:
    return tuple(answer.tier for answer in question.answers)


def test_the_real_document_has_the_questions_counted_by_hand(deep: Result) -> None:
    """215 questions: 71 with three tiers, 114 for seniors, 30 puzzles; nothing else."""
    three = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)
    counts = Counter(map(tiers, deep.draft.questions))
    assert counts == {three: 71, (Tier.SENIOR,): 114, (Tier.OUTPUT,): 30}
    assert Counter(question.kind for question in deep.draft.questions) == {
        Kind.QUESTION: 185,
        Kind.OUTPUT: 30,
    }


def test_the_real_document_has_twenty_sets(deep: Result) -> None:
    """Twenty sets, nineteen with an introduction, one of the document itself, one story."""
    assert len({question.section for question in deep.draft.questions}) == 20
    assert all(len(question.section) == 1 for question in deep.draft.questions)
    assert Counter(reading.kind for reading in deep.draft.readings) == {
        ReadingKind.INTRODUCTION: 20,
        ReadingKind.STORY: 1,
    }


def test_a_set_goes_on_after_its_story(deep: Result) -> None:
    """The story stands between Q3 and Q4 and both twins called Q4 belong to the first set."""
    story = next(item for item in deep.draft.readings if item.kind is ReadingKind.STORY)
    assert (story.location.first, story.location.last) == (98, 367)
    assert "### Step 5: Repeat." in story.markdown
    twins = [question for question in deep.draft.questions if question.label == "Q4"]
    assert [twin.location.first for twin in twins] == [371, 389]
    assert all(twin.section[0].startswith("SET 1 ") for twin in twins)
    assert [found.code for found in deep.diagnostics] == [Code.NUMBER_TWICE]


def test_three_puzzles_of_the_real_document_have_no_fixed_order(deep: Result) -> None:
    """Every puzzle states its output; where the order is not fixed both orders are accepted."""
    outputs = {
        question.label: question.answers[0].output
        for question in deep.draft.questions
        if question.kind is Kind.OUTPUT
    }
    assert all(outputs.values())
    unsure = {name: found.accepted for name, found in outputs.items() if found and found.accepted}
    assert unsure == {
        "Q73": ("T1 I1", "I1 T1"),
        "Q84": ("P1 I T", "P1 T I"),
        "Q98": ("P1 T I", "P1 I T"),
    }
    assert {name for name, found in outputs.items() if found and not found.deterministic} == set(
        unsure
    )
    stated = outputs["Q84"]
    assert stated is not None
    assert (stated.location.first, stated.location.last) == (2205, 2205)


LABEL = r"^### (?:🔥 )?(SHORT|MEDIUM|SENIOR.*|Explanation|Output)$"
ASKED = r"^## (?:🔥 )?(Q\d+)(:?)(.*)$"
REWRITTEN = {
    "a level deeper": (r"^#", "##"),
    "bold tiers": (LABEL, r"**\1**"),
    "bold tiers with colons": (LABEL, r"**\1:**"),
    "plain tiers": (LABEL, r"\1:"),
    "emoji within bold tiers": (LABEL, r"**👉 \1**"),
    "slanted tiers": (LABEL, r"*\1*"),
    "bold tiers with dashes": (LABEL, r"**\1** –"),
    "tiers as high as questions": (LABEL, r"## \1"),
    "other emoji": ("🔥", "👩‍💻 ⭐️"),
    "question and dash": (r"^(## (?:🔥 )?)Q(\d+):?", r"\1Question \2 -"),
    "counted questions": (r"^(## (?:🔥 )?)Q(\d+):?", r"\1\2."),
    "bold questions": (ASKED, r"**\1\2\3**"),
    "plain questions": (ASKED, r"\1\2\3"),
    "no numbers": (r"^(## (?:🔥 )?)Q\d+: ", r"\1"),
    "sets by name": (r"^# (?:🔥 )?SET \d+ (?:\(DEEP\) )?— ", "# "),
    "bold END markers": (r"^(?:🔥 )?END OF (SET.*)$", r"**End of \1**"),
    "no END markers": (r"^(?:🔥 )?END OF SET.*$", ""),
    "no rules": (r"^---$", ""),
}


@pytest.mark.parametrize(("pattern", "replacement"), REWRITTEN.values(), ids=REWRITTEN)
def test_another_author_writes_the_same_otherwise(
    deep: Result, pattern: str, replacement: str
) -> None:
    """Level, form, emoji, numbers and markers are its author's choice, the questions the same."""
    code = (LineKind.CODE, LineKind.FENCE)
    lines = [
        line.raw if line.kind in code else re.sub(pattern, replacement, line.raw)
        for line in deep.lines
    ]
    again = _result(Source("again.md", tuple(lines)))
    source = Source("again.md", tuple(line.raw for line in again.lines))
    assert readers.shape(source) == "tiered"
    assert [shape(asked) for asked in again.draft.questions] == [
        shape(asked) for asked in deep.draft.questions
    ]
    assert len({asked.section for asked in again.draft.questions}) == 20
    assert [reading.kind for reading in again.draft.readings] == [
        reading.kind for reading in deep.draft.readings
    ]
    assert again.accounts.close().unaccounted == 0


def shape(asked: Question) -> tuple[object, ...]:
    """What a question is, whatever its labels: prompt, code and answers."""
    answers = [(answer.tier, answer.markdown, answer.explanation) for answer in asked.answers]
    return asked.kind, asked.prompt, asked.code, answers


def test_no_end_marker_stands_in_an_answer(deep: Result) -> None:
    """END markers are structure."""
    answers = [answer for asked in deep.draft.questions for answer in asked.answers]
    assert not [answer for answer in answers if "END OF SET" in answer.markdown]


@pytest.mark.parametrize("path", [DEEP, *DOCUMENTS], ids=lambda path: path.stem)
def test_every_content_line_stands_in_the_model(path: Path) -> None:
    """What is counted as content is found, word for word, in some text of the model."""
    assert_kept(load(path))


@pytest.mark.parametrize("example", examples("tiered"))
def test_every_content_line_of_a_golden_stands_in_the_model(example: Example) -> None:
    """As above, for all the shape's variations."""
    assert_kept(read(example.input))


def assert_kept(result: Result) -> None:
    """Every line is accounted for, and content by a text whose place covers it."""
    accounting = result.accounts.close()
    assert accounting.unaccounted == 0
    texts = list(_texts(result.draft))
    for line in result.lines:
        if result.accounts._uses[line.number] != "content":
            continue
        covering = " ".join(text for first, last, text in texts if first <= line.number <= last)
        said = unbraced(_LABEL.sub("", line.raw.removeprefix(">").strip()))
        assert _words(said) <= _words(covering), line


def _texts(draft: Draft) -> Iterator[tuple[int, int, str]]:
    for question in draft.questions:
        parts = [question.prompt, question.label, question.code, *question.section]
        parts += [text for answer in question.answers for text in (answer.source_tier,)]
        parts += [choice.markdown for choice in question.choices]
        place = question.location
        yield place.first, place.last, "\n".join(part for part in parts if part)
        for answer in question.answers:
            yield answer.location.first, answer.location.last, answer.markdown
    for reading in draft.readings:
        place = reading.location
        yield place.first, place.last, f"{reading.title}\n{reading.markdown}"


# Labels that the model names elsewhere, or, of a puzzle's parts, does without.
_LABEL = re.compile(r"^\W*(?:Q|Explanation|Output|Medium|[A-H])\b[*:]+\s")


def _words(text: str) -> set[str]:
    return {word.strip("*_`:.-–—|") for word in text.split()} - {""}


@pytest.mark.parametrize("path", [DEEP, *DOCUMENTS], ids=lambda path: path.stem)
def test_a_tiered_document_is_recognised(path: Path) -> None:
    """Detection answers for the shape, whatever the subject, language and form of labels."""
    source = Source(path.name, tuple(line.raw for line in load(path).lines))
    assert readers.shape(source) in ("tiered", "plain")


OTHERS = [path for path in sorted((ROOT / "source").iterdir()) if path.suffix in (".md", ".txt")]
OTHERS.remove(DEEP)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_another_shape_is_not_recognised(path: Path) -> None:
    """Detection answers for no other document of the pack."""
    source = Source(path.name, tuple(line.raw for line in load(path).lines))
    assert readers.shape(source) not in ("tiered", "plain")


LINES = st.sampled_from(
    [
        "",
        "---",
        "# SET 1 — Basics",
        "## Q1: What is it?",
        "## Q2",
        "**Q3.** Why?",
        "### SHORT",
        "**Medium:** a word",
        "SENIOR (Deep):",
        "### Explanation",
        "### Output",
        "A or B",
        "```js",
        "```",
        "Some prose.",
        "- an item",
        "END OF SET 1",
        "## A story",
        "<!-- a remark -->",
    ]
)


@given(st.lists(LINES, max_size=25))
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_in_any_order_of_lines(lines: list[str]) -> None:
    """Whatever follows whatever, every line is counted once and content stands in the model."""
    result = read("\n".join(lines))
    assert_kept(result)
    assert not [
        answer for q in result.draft.questions for answer in q.answers if not answer.markdown
    ]
    blank = sum(line.kind is LineKind.BLANK for line in result.lines)
    assert result.accounts.close().blank == blank
