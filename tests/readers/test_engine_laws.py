"""Laws of the engine, on outlines that Hypothesis makes in every form and mixture of forms."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exporter import readers
from exporter.model import Document, Source
from exporter.readers import Hints

NOUNS = ("anchor", "beacon", "compass", "dory", "ebb", "fender", "gale", "halyard", "inlet", "jib")
ASKS = ("What is a {0}?", "Why does a {0} matter?", "How is a {0} made?", "Explain the {0}.")
SAYS = ("A {0} of old.", "It keeps the {0} safe.", "Wood, rope and a {0}.", "Nobody knows the {0}.")


@dataclass(frozen=True)
class Pair:
    prompt: str
    answer: str


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Pair, ...]:
    """Three to seven questions, each about a thing of its own, most of them with a mark."""
    nouns = draw(st.permutations(NOUNS))[: draw(st.integers(3, 7))]
    asks = [draw(st.sampled_from(ASKS if at > 1 else ASKS[:3])) for at in range(len(nouns))]
    says = [draw(st.sampled_from(SAYS)) for _ in nouns]
    return tuple(
        Pair(ask.format(noun), say.format(noun))
        for noun, ask, say in zip(nouns, asks, says, strict=True)
    )


Form = Callable[[int, Pair], str]
FORMS: dict[str, Form] = {
    "heading": lambda _n, one: f"### {one.prompt}\n\n{one.answer}\n",
    "counted heading": lambda n, one: f"### {n}. {one.prompt}\n\n{one.answer}\n",
    "named heading": lambda n, one: f"### Q{n}: {one.prompt}\n\n{one.answer}\n",
    "heading in a list": lambda n, one: f"{n}. ### {one.prompt}\n\n    {one.answer}\n",
    "bold": lambda _n, one: f"**{one.prompt}**\n\n{one.answer}\n",
    "bold and counted": lambda n, one: f"**{n}. {one.prompt}**\n\n{one.answer}\n",
    "lines": lambda _n, one: f"Q: {one.prompt}\nA: {one.answer}\n",
    "numbered items": lambda n, one: f"{n}. {one.prompt}\n\n   {one.answer}\n",
    "nested bullets": lambda _n, one: f"- {one.prompt}\n  - {one.answer}",
    "bold items": lambda _n, one: f"- **{one.prompt}** {one.answer}",
    "folds": lambda _n, one: (
        f"<details>\n<summary>{one.prompt}</summary>\n\n{one.answer}\n\n</details>\n"
    ),
    "answers in folds": lambda _n, one: (
        f"### {one.prompt}\n\n<details><summary>Answer</summary>\n\n{one.answer}\n\n</details>\n"
    ),
}


def written(found: Sequence[Pair], form: Form) -> str:
    return "\n".join(form(at, one) for at, one in enumerate(found, 1))


def read(text: str) -> Document:
    lines = tuple(re.split(r"\r\n|\n|\r", text))
    return readers.read(Source("notes.md", lines), Hints(), None, lambda _found: None)


def asked(document: Document) -> list[tuple[str, str]]:
    """Each question's prompt with its answers as one plain text."""
    return [
        (str(one.prompt), _bare(" ".join(answer.markdown for answer in one.answers)))
        for one in document.questions
    ]


def _bare(text: str) -> str:
    return re.sub(r"^[-*+]\s+", "", text.strip())


def wanted(found: Sequence[Pair]) -> list[tuple[str, str]]:
    return [(one.prompt, one.answer) for one in found]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(found=pairs())
@settings(max_examples=15, deadline=None)
def test_each_form_is_read(form: Form, found: tuple[Pair, ...]) -> None:
    """Whatever form asks, each question comes out once, in order, with its own answer."""
    document = read(f"# Harbour questions\n\n## Part one\n\n{written(found, form)}")
    assert asked(document) == wanted(found)
    assert {one.section for one in document.questions} == {("Part one",)}
    assert document.accounting.unaccounted == 0


@given(first=pairs(), second=pairs(), forms=st.tuples(*[st.sampled_from(sorted(FORMS))] * 2))
@settings(max_examples=60, deadline=None)
def test_forms_mix_in_one_document(
    first: tuple[Pair, ...], second: tuple[Pair, ...], forms: tuple[str, str]
) -> None:
    """Two sections in two forms are read as they are alone, where they ask different things; a line
    without a question mark that comes again in each section may be a label there."""
    assume(not {pair.prompt for pair in first} & {pair.prompt for pair in second})
    text = (
        f"# Harbour questions\n\n## Part one\n\n{written(first, FORMS[forms[0]])}\n\n"
        f"## Part two\n\n{written(second, FORMS[forms[1]])}"
    )
    document = read(text)
    assert asked(document) == [*wanted(first), *wanted(second)]
    assert document.accounting.unaccounted == 0


REFORMATTED: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "trailing blanks": lambda text: text.replace("\n", "  \n"),
    "other bullets": lambda text: re.sub(r"(?m)^(\s*)- ", r"\1* ", text),
    "deeper headings": lambda text: re.sub(r"(?m)^(\d+\. )?(#+ )", r"\1#\2", text),
    "other emphasis": lambda text: text.replace("**", "__"),
    "more blank lines": lambda text: re.sub(r"\n\n", "\n\n\n", text),
}


@pytest.mark.parametrize("change", REFORMATTED.values(), ids=REFORMATTED)
@given(found=pairs(), form=st.sampled_from(sorted(FORMS)))
@settings(max_examples=25, deadline=None)
def test_reformatting_changes_no_question(
    change: Callable[[str], str], found: tuple[Pair, ...], form: str
) -> None:
    """A formatter's spelling of the same document has the same questions."""
    text = f"# Harbour questions\n\n## Part one\n\n{written(found, FORMS[form])}\n"
    assert asked(read(change(text))) == asked(read(text))


LINES = st.sampled_from(
    """
    # Questions
    ## Part one
    ### 1. What is it?
    ### Q2
    1. ### How so?
    **Why?**
    **Short:** a word
    - [ ] a box
    - [x] another
    A) one
    B) two
    Answer: B
    Q: Who?
    A: Nobody.
    <details>
    <summary>What for?</summary>
    </details>
    > [!question] Where?
    > [!success]- Answer
    - When?
      - now
    1. one
    ```js
    ```
    | a | b |
    |---|---|
    ## Answers
    1. b
    Some prose.
    ---
    [back to top](#questions)
    **You said:**
    **ChatGPT said:**
    <!-- aside -->
    ====
    """.strip().splitlines()
)


@given(lines=st.lists(LINES | st.just(""), max_size=30))
@settings(max_examples=250, deadline=None)
def test_every_line_is_counted_in_any_order(lines: list[str]) -> None:
    """Whatever follows whatever, every line counts once, and questions keep their order."""
    document = read("\n".join(line.removeprefix("    ") for line in lines))
    counts = document.accounting
    assert counts.unaccounted == 0
    total = counts.blank + counts.content + counts.structure + counts.left_out
    assert total == counts.lines
    places = [one.location for one in document.questions]
    assert places == sorted(places)
    assert all(answer.markdown for one in document.questions for answer in one.answers)
