"""What belongs to one question, and the question made of it: what every kind of question shares."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import (
    Answer,
    Kind,
    Markdown,
    Question,
    Reading,
)
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.readers import labels
from exporter.readers.nesting import Asked
from exporter.readers.outline import Form, Opener
from exporter.readers.roles import Roles
from exporter.readers.scan import (
    Accounts,
    Line,
    LineKind,
    bold,
    location,
    markdown,
    trimmed,
    undecorated,
)
from exporter.readers.segments import (
    Mark,
    Segment,
)
from exporter.readers.vocabulary import Word


@dataclass(frozen=True, slots=True)
class Read:
    """What one asked opener gives: its questions (follow-ups too), readings inside it, its shape in
    a word for the document's parts, and for choices without a right one what a key needs."""

    questions: tuple[Question, ...]
    readings: tuple[Reading, ...]
    what: str


PARTS = (Word.ANSWER, Word.EXPLANATION, Word.OUTPUT, Word.HINT)
"""The labels at which what stands below a question is cut."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A question's own lines: ``first`` is the index behind its head, ``last`` behind its last
    line; ``openers`` are those inside, ``marks`` its labels."""

    path: str
    roles: Roles
    asked: Asked
    section: tuple[str, ...]
    lines: tuple[Line, ...]
    first: int
    last: int
    openers: tuple[Opener, ...]
    marks: tuple[Mark, ...]
    accounts: Accounts
    report: Report

    @property
    def opener(self) -> Opener:
        return self.asked.opener

    @property
    def own(self) -> Sequence[Line]:
        """All its lines from the head, without blanks at the end."""
        head = self.roles.lines[self.opener.at : self.opener.at + 1]
        return (*head, *trimmed(self.lines[self.opener.at + 1 : self.last]))

    def tell(self, code: Code, message: str, lines: Sequence[Line]) -> None:
        name = self.opener.label or f'"{self.opener.title[:50]}"'
        self.report(Diagnostic(location(self.path, lines), code, f"{name}: {message}"))


def first_words(matter: Matter, mark: Mark) -> str:
    """What stands behind an answer's label, or on the first line below it."""
    if mark.label.rest:
        return mark.label.rest
    below = [line for line in matter.lines[mark.last + 1 : matter.last] if not line.empty]
    return key_text(below[0].text) if below else ""


def key_text(text: str) -> str:
    """A key's line without a label before it: "**Correct answer: B**" is "B"."""
    label = labels.label(undecorated(text.lstrip("# ")))
    if label and label.means is Word.ANSWER and label.rest:
        return label.rest
    return text.lstrip("# ")


def question(matter: Matter, detail: Sequence[Line], answers: tuple[Answer, ...]) -> Question:
    """The plain question with ``detail`` below its head."""
    return made(matter, Kind.QUESTION, joined(matter, str(markdown(detail))), answers)


def made(
    matter: Matter,
    kind: Kind,
    prompt: str,
    answers: tuple[Answer, ...],
    code: str | None = None,
    language: str | None = None,
) -> Question:
    """The question of ``matter`` with what was found in it."""
    if not prompt and not code:
        prompt = matter.opener.label or ""
        matter.tell(
            Code.NO_PROMPT, "asks nothing; write the question behind its number", matter.own
        )
    return Question(
        kind=kind,
        label=matter.opener.label,
        title=None,
        prompt=Markdown(prompt) if prompt else None,
        code=code,
        language=language,
        location=location(matter.path, matter.own),
        section=matter.section,
        answers=answers,
        attributes=matter.opener.attributes,
    )


def joined(matter: Matter, detail: str) -> str:
    """Title and the words below it; a plain question's next line goes on with it."""
    title = matter.opener.title
    if not title and detail:
        detail = re.sub(r"^#{1,6}\s+", "", detail)
        whole = bold(detail.strip())
        return whole if whole and "\n" not in detail.strip() else detail
    below = matter.lines[matter.first : matter.first + 1]
    goes_on = matter.opener.form not in (Form.HEADING, Form.FOLD) and below and not below[0].empty
    separator = (
        "\n" if goes_on and below[0].text and detail.startswith(below[0].text[:1]) else "\n\n"
    )
    return separator.join(part for part in (title, detail) if part)


def claim(matter: Matter, segments: Sequence[Segment]) -> None:
    """Headings and labels are structure, all else of a question is content."""
    bare = {segment.mark.at for segment in segments if segment.mark and not segment.rest}
    lines = matter.roles.lines
    for at in range(matter.opener.at, matter.last):
        if (
            at in bare
            or lines[at].kind is LineKind.HEADING
            or (not matter.lines[at].raw.strip() and not lines[at].empty)
        ):
            matter.accounts.structure(lines[at])
        else:
            matter.accounts.content([lines[at]])
