"""What a reader returns: everything it found in one document, in source order."""

from dataclasses import dataclass

from exporter.model import Exercise, Part, Plan, Question, Reading, Topic


@dataclass(frozen=True, slots=True)
class Draft:
    """``title`` is the document's own title, None where it has none."""

    title: str | None = None
    questions: tuple[Question, ...] = ()
    topics: tuple[Topic, ...] = ()
    readings: tuple[Reading, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    plan: Plan | None = None
    parts: tuple[Part, ...] = ()
