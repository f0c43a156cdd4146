"""What a study plan says besides its days: its title, and prose as readings."""

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import Reading, ReadingKind
from exporter.readers.dayplan.marks import Mark
from exporter.readers.scan import (
    Accounts,
    Line,
    LineKind,
    location,
    markdown,
    titles_above,
    trimmed,
    undecorated,
)

_TITLE = 100  # characters up to which a first line of text may be a title


@dataclass(slots=True)
class Prose:
    """The prose of one document; claims the lines that it turns into readings."""

    path: str
    lines: Sequence[Line]
    accounts: Accounts
    heading: Line | None = None  # the line of the document's title

    def title(self, lines: Sequence[Line]) -> str | None:
        """The title in the lines above the plan: a heading, or a line of text that stands alone."""
        first = next((line for line in lines if _says(line)), None)
        if first is None or not (first.kind is LineKind.HEADING or _alone(lines, first)):
            return None
        self.heading = first
        self.accounts.structure(first)
        return undecorated(first.text)

    def readings(
        self, lines: Sequence[Line], kind: ReadingKind, week: Mark | None = None
    ) -> list[Reading]:
        """One reading for what stands under each heading among ``lines``; the heading becomes its
        title.  ``week``: the week that they introduce."""
        runs: list[tuple[str | None, list[Line]]] = [(None, [])]
        for line in lines:
            if line.kind is LineKind.HEADING and line is not self.heading:
                self.accounts.structure(line)
                runs.append((undecorated(line.text), []))
            elif line is not self.heading:
                runs[-1][1].append(line)
        found = []
        for title, run in runs:
            body = trimmed(run)
            if body:
                self.accounts.content(body)
                place = location(self.path, body)
                section = self._section(place.first, title, week)
                number = week.first if week else None
                found.append(Reading(kind, title, markdown(body), place, section, number))
        return found

    def _section(self, number: int, title: str | None, week: Mark | None) -> tuple[str, ...]:
        """The headings above a line, without the document's and the reading's own title."""
        if week:
            return (undecorated(self.lines[week.index].text),)
        names = titles_above(self.lines, number)
        if self.heading and self.heading.level and names[:1] == (undecorated(self.heading.text),):
            names = names[1:]
        return names[:-1] if title and names[-1:] == (title,) else names


def _says(line: Line) -> bool:
    return not line.empty and line.kind is not LineKind.RULE


def _alone(lines: Sequence[Line], first: Line) -> bool:
    """Whether a first line of plain text stands alone like a title."""
    sentence = first.text.rstrip("*_").endswith((".", ":", ",", ";"))
    below = next((line for line in lines if line.number == first.number + 1), None)
    single = below is None or below.kind is not LineKind.TEXT
    return first.kind is LineKind.TEXT and single and not sentence and len(first.text) <= _TITLE
