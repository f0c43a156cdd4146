"""What has been found in a guide so far, and where in it the reader stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.model import (
    Attributes,
    Exercise,
    ExerciseKind,
    Kind,
    Markdown,
    Question,
    Reading,
    ReadingKind,
    Topic,
)
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.readers.draft import Draft
from exporter.readers.guide.labels import Context
from exporter.readers.scan import Accounts, Line, location, markdown


@dataclass(slots=True)
class Finds:
    """``areas`` are the open areas with their ranks; ``default`` is what a list holds by its area,
    ``below`` by the label above it."""

    path: str
    accounts: Accounts
    report: Report
    title: str | None = None
    areas: list[tuple[int, str]] = field(default_factory=list)
    default: Context = Context.TOPICS
    below: Context | None = None
    leads: bool = False  # a list follows the present block
    ruled: bool = False  # a rule stands directly above
    numbered: bool = False  # the present area has a number
    topics: list[Topic] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    exercises: list[Exercise] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.areas)

    def begun(self) -> bool:
        """Whether the present area has anything but an introduction."""
        section = self.section
        begun = [exercise.section for exercise in self.exercises]
        begun += [question.section for question in self.questions]
        named = [topic.category for topic in self.topics] if section else []
        return section in begun or any(category == section[-1] for category in named)

    def topic(self, number: int | None, title: str, lines: Sequence[Line]) -> None:
        place = location(self.path, lines)
        self.topics.append(Topic(number, self.section[-1], title, place))

    def exercise(self, kind: ExerciseKind, text: Markdown, lines: Sequence[Line]) -> None:
        self.exercises.append(Exercise(kind, text, location(self.path, lines), self.section))

    def reading(self, kind: ReadingKind, lines: Sequence[Line]) -> None:
        """Prose; claims its lines."""
        self.accounts.content(lines)
        place = location(self.path, lines)
        self.readings.append(Reading(kind, None, markdown(lines), place, self.section))

    def ask(
        self, prompts: Sequence[str], lines: Sequence[Line], given: Attributes | None = None
    ) -> None:
        """Questions that ``lines`` ask; each is reported, as the guide answers none."""
        place = location(self.path, lines)
        for prompt in prompts:
            self.questions.append(
                Question(
                    Kind.QUESTION,
                    label=None,
                    title=None,
                    prompt=Markdown(prompt),
                    code=None,
                    language=None,
                    location=place,
                    section=self.section,
                    answers=(),
                    attributes=given or Attributes(),
                )
            )
            message = f'asked in passing, without an answer here: "{prompt}"'
            self.report(Diagnostic(place, Code.ASKED_IN_PASSING, message))

    def draft(self) -> Draft:
        return Draft(
            title=self.title,
            questions=tuple(self.questions),
            topics=tuple(self.topics),
            readings=tuple(self.readings),
            exercises=tuple(self.exercises),
        )
