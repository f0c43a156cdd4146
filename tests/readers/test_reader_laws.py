"""Laws of the plan, checklist and guide readers, on documents that nobody would write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter import readers
from exporter.model import Source
from exporter.readers import Hints
from tests import drafts
from tests.fixtures import Agrees, Example, examples

LINES = st.sampled_from(
    """
    # Plan
    ## Week 1: Runtime
    Week 2 - Scaling
    **Goal:** know it
    ### Day 1: Loops
    Day 2: Streams
    - **Day 3** — Mock interview
    Days 4-5: HTTP
    Monday: SQL
    Study: phases
    - **Practice:** a timer
    Practice:
    Q: “Why
    is it so?”
    Questions:
    - How does it work?
    ## 1. Internals
    ### A. Memory
    B. Threads
    **C. Tools**
    1. stack
    2) heap
    - [ ] 3. locks
    ☐ queues
    4️⃣ pools
    1.1 trees
    - plain
    **Key topics**:
    Practice approach:
    **Tip:** say it aloud
    - Open questions: “How do you test a sort?”
    We can hold simulated interviews in two modes:
    A sentence.
    > quoted
    ---
    ==========
    ------------
    ```
    | a | b |
    END OF PLAN
    <!-- aside -->
    Do you want me to do that?
    If you want to go deeper, read chapter 3.
    """.strip().splitlines()
)
WRITTEN = st.lists(
    st.tuples(st.sampled_from(["", "", "  ", "    ", "\t"]), LINES | st.just("")), max_size=25
).map(lambda pairs: tuple(f"{indent}{line.strip()}".rstrip() for indent, line in pairs))


@pytest.mark.parametrize("reader", ["dayplan", "checklist", "guide"])
@given(written=WRITTEN)
@settings(max_examples=150, deadline=None)
def test_every_line_has_its_place(reader: str, written: tuple[str, ...]) -> None:
    """Each line is counted once, none is unaccounted for, and content stands in the model."""
    document = readers.read(Source("x", written), Hints(reader), None, lambda _: None)
    counts = document.accounting
    assert counts.unaccounted == 0
    assert counts.lines == len(written)
    total = counts.blank + counts.content + counts.structure + counts.left_out
    assert total == len(written)
    assert drafts.untold(drafts.text(reader, "\n".join(written))) == []


@pytest.mark.parametrize("reader", ["dayplan", "checklist", "guide"])
@given(written=WRITTEN)
@settings(max_examples=50, deadline=None)
def test_reading_is_pure(reader: str, written: tuple[str, ...]) -> None:
    """The same document gives the same draft and the same diagnostics."""
    text = "\n".join(written)
    first, second = drafts.text(reader, text), drafts.text(reader, text)
    assert (first.draft, first.diagnostics) == (second.draft, second.diagnostics)


@pytest.mark.parametrize("example", examples("shapes"))
def test_each_document_has_the_shapes_of_its_golden(example: Example, agrees: Agrees) -> None:
    """One reader recognises a document of its shape, and none what is prose."""
    name = readers.shape(Source("x", tuple(example.input.splitlines())))
    agrees(example, "" if name == "none" else name)


def test_a_document_that_asks_nothing_is_kept_whole() -> None:
    """Notes are one Reading a heading with their code fenced, and every line is counted."""
    written = ("# Usage", "", "Run it:", "", "```sh", "make", "", "make test", "```", "", "Done.")
    document = readers.read(Source("x", written), Hints(), None, lambda _: None)
    assert [reading.markdown for reading in document.readings] == ["\n".join(written[2:])]
    counts = document.accounting
    assert (counts.blank, counts.content, counts.structure, counts.unaccounted) == (4, 4, 3, 0)
