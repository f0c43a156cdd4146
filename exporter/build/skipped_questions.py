"""What people say is no question: ``[[skip]]`` in pack.toml and ``{skip}`` behind a prompt.

It is taken out after the questions are recognised, so that it can be named by its key, and so that
no other question takes its place in the ledger: its cards retire, and return when the word is taken
back.  Until then it was read as a question like any other, which settles where it ends; its lines
become a reading, and what was said of them is taken back.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exporter import readers
from exporter.model import Document, Part, Question, Source, find_questions
from exporter.model.config import PackConfig, written_at
from exporter.model.diagnostics import Diagnostic, Location, Report, Severity


@dataclass(frozen=True, slots=True)
class Skipped:
    """Documents without the questions at ``places``, whose lines are readings now."""

    documents: tuple[Document, ...]
    places: tuple[Location, ...]

    def heard(self, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        """``found`` without what is about the places; an error is never taken back."""
        lines = {
            (place.path, line)
            for place in self.places
            for line in range(place.first, place.last + 1)
        }
        return [
            one
            for one in found
            if one.severity is Severity.ERROR
            or one.location is None
            or (one.location.path, one.location.first) not in lines
        ]


def skip(
    documents: Sequence[Document], sources: Sequence[Source], config: PackConfig, report: Report
) -> Skipped:
    """``documents`` without what is skipped; a name that fits no question is reported."""
    questions = tuple(question for document in documents for question in document.questions)
    chosen = {question.location for question in questions if question.attributes.skip}
    for entry in config.skip:
        named = find_questions.one(questions, entry.question, written_at(entry.line), report)
        if named:
            chosen.add(named.location)
    by_path: Mapping[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.location in chosen:
            by_path[question.location.path].append(question)
    texts = {source.path: source for source in sources}
    left = tuple(
        _without(document, by_path[document.path], texts[document.path])
        if document.path in by_path
        else document
        for document in documents
    )
    return Skipped(left, tuple(sorted(chosen)))


def _without(document: Document, skipped: Sequence[Question], source: Source) -> Document:
    places = {question.location for question in skipped}
    kept = (*document.readings, *readers.as_readings(source, skipped))
    return replace(
        document,
        questions=tuple(one for one in document.questions if one.location not in places),
        readings=tuple(sorted(kept, key=lambda reading: reading.location)),
        parts=tuple(_parted(document.parts, places)),
    )


def _parted(parts: Sequence[Part], places: Collection[Location]) -> Iterator[Part]:
    """``parts`` cut where questions are skipped."""
    found = list(parts)
    for place in sorted(places):
        cut: list[Part] = []
        for part in found:
            before = replace(part, last=min(part.last, place.first - 1))
            after = replace(part, first=max(part.first, place.last + 1))
            cut += [one for one in dict.fromkeys((before, after)) if one.first <= one.last]
        found = cut
    why = "pack.toml or {skip} says that it is no question"
    found += [Part("skipped", place.first, place.last, 1.0, why) for place in places]
    yield from sorted(found, key=lambda part: part.first)
