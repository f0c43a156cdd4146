"""Readers: one shape of document each, found by detection or named in pack.toml.

A reader is a module with two functions: ``detect`` says whether a document has its shape, and
``read`` turns classified lines into a ``Draft``.  What a reader leaves unclaimed becomes a Reading
with a warning here, so that no reader can lose a line.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Protocol

from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.model import Document, Reading, ReadingKind, Source
from exporter.readers import (
    checklist,
    dayplan,
    guide,
    keyed,
    leftovers,
    sections,
    silences,
    tiered,
)
from exporter.readers.draft import Draft
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown, scan


class Reader(Protocol):
    """One shape of document."""

    def detect(self, lines: Sequence[Line]) -> bool:
        """Whether a document has this shape."""
        ...

    def read(self, path: str, lines: Sequence[Line], accounts: Accounts, report: Report) -> Draft:
        """What a document of this shape holds; claims in ``accounts`` every line it understood."""
        ...


READERS: Mapping[str, Reader] = {
    "tiered": tiered,
    "keyed": keyed,
    "dayplan": dayplan,
    "checklist": checklist,
    "guide": guide,
}


def read(source: Source, reader: str | None, title: str | None, report: Report) -> Document:
    """The document in ``source``, by the reader of that name (None: detected).

    A shape that no reader or more than one recognises is reported and kept whole as a Reading.
    """
    lines, doubtful = leftovers.mark(source.path, scan(source), report)
    accounts = Accounts(source.path, lines)
    name = reader or _detected(source.path, lines, report)
    draft = READERS[name].read(source.path, lines, accounts, report) if name else Draft()
    kept = (*doubtful, *_unread(source.path, lines, accounts, report, known=bool(name)))
    readings = sorted((*draft.readings, *kept), key=lambda reading: reading.location)
    return Document(
        path=source.path,
        title=title or draft.title or _title(source.path),
        own_title=title or draft.title,
        reader=name or "none",
        accounting=accounts.close(),
        questions=draft.questions,
        topics=draft.topics,
        readings=tuple(readings),
        exercises=draft.exercises,
        plan=draft.plan,
        silences=silences.silences(source.path, lines),
    )


def shape(source: Source) -> str | None:
    """The name of the one reader that recognises ``source``; None where none or several do."""
    names = _shapes(leftovers.mark(source.path, scan(source), lambda _one: None)[0])
    return names[0] if len(names) == 1 else None


def _shapes(lines: Sequence[Line]) -> list[str]:
    return [name for name, reader in READERS.items() if reader.detect(lines)]


def _detected(path: str, lines: Sequence[Line], report: Report) -> str | None:
    names = _shapes(lines)
    if len(names) == 1:
        return names[0]
    found = f"looks like {' and '.join(names)}" if names else "has none of the known shapes"
    message = f'{found}: kept as a reading; say which with reader = "…" in pack.toml'
    if all(line.kind in (LineKind.BLANK, LineKind.SKIPPED) for line in lines):
        message = "holds nothing to read: write into it, or take it away"
    report(Diagnostic(Location(path, 1, max(1, len(lines))), Code.UNKNOWN_SHAPE, message))
    return None


def _unread(
    path: str, lines: Sequence[Line], accounts: Accounts, report: Report, *, known: bool
) -> list[Reading]:
    readings = []
    for run in accounts.unread():
        accounts.content(run)
        place = location(path, run)
        section = sections.above(lines, place.first)
        text = markdown(run)
        readings.append(Reading(ReadingKind.UNREAD, None, text, place, section))
        if known:
            first = text.splitlines()[0][:60]
            message = (
                f'not understood: "{first}": kept as a reading; reword it or give it a heading'
            )
            report(Diagnostic(place, Code.UNREAD, message))
    return readings


def _title(path: str) -> str:
    """A title for people from a file's name: "stream-notes.md" is "Stream notes"."""
    words = PurePosixPath(path).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
