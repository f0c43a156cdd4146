"""What was read as a question and is none, as a reading: a person has said so."""

from collections.abc import Sequence
from dataclasses import replace

from exporter.model import Markdown, Question, Reading, ReadingKind, Source
from exporter.readers.inline import plain, unbraced
from exporter.readers.marking import marked
from exporter.readers.scan import Line, LineKind, markdown, trimmed, undecorated
from exporter.readers.tidy import tidy


def as_readings(source: Source, questions: Sequence[Question]) -> tuple[Reading, ...]:
    """The lines of ``questions``, which stand in ``source``, in their author's words; a heading is
    the title of what stands below it."""
    lines = tidy(marked(source, lambda _: None)[0])
    return tuple(
        _reading(one, trimmed(lines[one.location.first - 1 : one.location.last]))
        for one in questions
    )


def _reading(question: Question, lines: Sequence[Line]) -> Reading:
    first = lines[0]
    head = replace(first, raw=unbraced(first.raw), text=unbraced(first.text))
    below = trimmed(lines[1:])
    title: str | None = None
    text = markdown((head, *lines[1:]))
    if head.kind is LineKind.HEADING:
        name, text = undecorated(plain(head.text)), markdown(below)
        title, text = (name, text) if text else (None, Markdown(name))
    return Reading(ReadingKind.STORY, title, text, question.location, question.section)
