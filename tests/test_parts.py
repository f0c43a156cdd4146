"""Documents that mix questions, a plan, topics and notes: each part is read for what it is."""

import pytest

from exporter import readers
from exporter.model import Document, Source
from exporter.readers import Hints

QUESTIONS = """
## Questions

### What is a stream?
A flow of chunks.

### Why is there backpressure?
The consumer is slower.

### What is a buffer?
Memory for bytes.
""".strip()
PLAN = """
## Two-week plan

### Week 1: Basics
Goal: know the words.

#### Day 1: Streams
- Study: chunks
- Q: How does a stream end?

#### Day 2: Buffers
- Practice: slice one

#### Day 3: Recap
""".strip()
TOPICS = """
## Checklist

- [ ] Streams
- [ ] Buffers
  - [ ] Slices
- [x] Events
""".strip()
NOTES = """
## Notes

Streams are older than promises.
""".strip()


def read(*parts: str, reader: str | None = None) -> Document:
    text = "\n\n".join(("# Everything in one file", *parts))
    source = Source("notes.md", tuple(text.splitlines()))
    return readers.read(source, Hints(reader), None, lambda _: None)


def whats(document: Document) -> set[str]:
    return {part.what for part in document.parts}


@pytest.mark.parametrize("turned", [False, True])
def test_each_part_is_read_for_what_it_is(turned: bool) -> None:
    """Questions, days, topics and notes come out of one document, whatever their order."""
    parts = (QUESTIONS, PLAN, TOPICS, NOTES)
    document = read(*(reversed(parts) if turned else parts))
    assert [one.prompt for one in document.questions] == [
        "What is a stream?",
        "Why is there backpressure?",
        "What is a buffer?",
    ]
    assert [topic.title for topic in document.topics] == ["Streams", "Buffers", "Slices", "Events"]
    assert {topic.category for topic in document.topics} == {"Checklist"}
    assert document.plan is not None
    assert [day.title for week in document.plan.weeks for day in week.days] == [
        "Streams",
        "Buffers",
        "Recap",
    ]
    assert [one.markdown for one in document.readings] == ["Streams are older than promises."]
    assert {"questions", "dayplan", "checklist"} < whats(document)
    assert document.title == "Everything in one file"
    assert document.accounting.unaccounted == 0


def test_what_is_left_out_of_a_mixture_changes_nothing_else() -> None:
    """The questions are the same with and without a plan and topics beside them."""
    alone = read(QUESTIONS)
    mixed = read(QUESTIONS, PLAN, TOPICS)
    assert mixed.questions == alone.questions
    assert mixed.reader == alone.reader


def test_a_plan_whose_days_hold_the_questions_is_no_part() -> None:
    """Days with questions and their answers below are sections of questions."""
    asked = QUESTIONS.removeprefix("## Questions")
    days = (f"## Day {day}: Streams{asked}" for day in (1, 2, 3))
    document = read(*days, reader="plain")
    assert len(document.questions) == 9
    assert document.plan is None


def test_a_reader_that_a_person_names_reads_all() -> None:
    """A document whose reader pack.toml names is not divided."""
    assert whats(read(QUESTIONS, PLAN, TOPICS, reader="dayplan")) == {"dayplan"}


def test_boxes_among_other_entries_are_no_topics() -> None:
    """A section of notes in which a few entries have boxes stays a reading."""
    notes = "## Setup\n\n- run it\n- stop it\n- log in\n- look\n- [ ] one\n- [ ] two\n- [x] three"
    assert read(QUESTIONS, notes).topics == ()
