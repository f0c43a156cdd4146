"""Readers: lines of a document become questions, topics, plans and readings.

``document`` is the engine for whatever asks: outline, roles, questions.  Beside it stand readers
for plans, checklists, guides and catalogues with answers elsewhere; each has ``detect`` and
``read``.  What a reader leaves unclaimed becomes a Reading with a warning here, so that no reader
can lose a line.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Protocol

from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.model import Document, Part, Question, Reading, ReadingKind, Source
from exporter.readers import (
    checklist,
    dayplan,
    delimited,
    document,
    front,
    guide,
    keyed,
    sections,
    silences,
)
from exporter.readers.draft import Draft
from exporter.readers.marking import marked
from exporter.readers.rivals import Outlook
from exporter.readers.roles import Hints
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown
from exporter.readers.tidy import tidy
from exporter.readers.unasked import as_readings
from exporter.readers.unheard import report_unheard

__all__ = ["NAMES", "READERS", "Hints", "Outlook", "as_readings", "outlook", "read", "shape"]


class Reader(Protocol):
    """One shape of document."""

    def detect(self, lines: Sequence[Line]) -> bool:
        """Whether a document has this shape."""
        ...

    def read(self, path: str, lines: Sequence[Line], accounts: Accounts, report: Report) -> Draft:
        """What a document of this shape holds; claims in ``accounts`` every line it understood."""
        ...


READERS: Mapping[str, Reader] = {
    "keyed": keyed,
    "dayplan": dayplan,
    "checklist": checklist,
    "guide": guide,
}
NAMES = ("tiered", "plain", *READERS, "none")
"""What ``reader`` in pack.toml may say; "tiered" and "plain" are the engine of this package."""


def read(source: Source, hints: Hints, title: str | None, report: Report) -> Document:
    """The document in ``source``, read for what its parts are; ``hints`` are pack.toml's."""
    deck = None if hints.asks or hints.reader in READERS else delimited.find(source)
    if deck is not None and hints.reader != "none":
        return document.deck(source, deck, title, report)
    lines, doubtful = marked(source, report)
    accounts = Accounts(source.path, lines)
    found = document.find(lines, hints) if hints.asks or hints.reader not in READERS else None
    name = _name(lines, hints, found)
    draft = _draft(name, source.path, lines, found, accounts, report)
    accounts.structure(*_tags(lines))
    kept = (*doubtful, *_unread(source.path, lines, accounts, report, known=name in READERS))
    readings = sorted((*draft.readings, *kept), key=lambda reading: reading.location)
    if found and not (draft.questions or draft.plan):
        useful = bool(draft.topics or draft.exercises)
        if delimited.is_spread(source.path):
            _report_no_cards(source.path, lines, report)
        report_unheard(source.path, lines, found, hints, report, useful=useful)
    own_title = front.title(source) or draft.title
    _report_open_fences(source.path, lines, report)
    return Document(
        path=source.path,
        title=title or own_title or _title(source.path),
        own_title=title or own_title,
        reader=name,
        accounting=accounts.close(),
        questions=_tagged(draft.questions, front.tags(source)),
        topics=draft.topics,
        readings=tuple(readings),
        exercises=draft.exercises,
        plan=draft.plan,
        silences=silences.silences(source.path, lines),
        parts=draft.parts or _whole(name, hints, lines),
    )


def _tagged(questions: Sequence[Question], tags: Sequence[str]) -> tuple[Question, ...]:
    """``questions`` with the tags of their document."""
    if not tags:
        return tuple(questions)
    return tuple(replace(one, tags=tuple(dict.fromkeys((*tags, *one.tags)))) for one in questions)


def _draft(
    name: str,
    path: str,
    lines: Sequence[Line],
    found: document.Found | None,
    accounts: Accounts,
    report: Report,
) -> Draft:
    if found is None or name in READERS:
        return READERS[name].read(path, lines, accounts, report)
    if all(line.empty for line in lines):
        message = "holds nothing to read: write into it, or take it away"
        report(Diagnostic(Location(path, 1, max(1, len(lines))), Code.EMPTY_DOCUMENT, message))
        return Draft()
    silent = replace(found, asked=()) if name == "none" else found
    return document.read(path, silent, accounts, report)


_SHAPES: Mapping[str, tuple[str, str]] = {
    "keyed": ("bullets with keys, their answers in lists of their own", "keyed bullets"),
    "dayplan": ("days that follow one another", ""),
    "checklist": ("numbered or ticked topics in categories", ""),
    "guide": ("areas with labelled lists of topics", ""),
}
"""Why a reader that takes documents whole takes one, and how lines are written that ask there."""


def _whole(name: str, hints: Hints, lines: Sequence[Line]) -> tuple[Part, ...]:
    said = [line.number for line in lines if not line.empty]
    if not said or name not in _SHAPES:
        return ()
    why, form = _SHAPES[name]
    if hints.reader == name:
        why = "pack.toml says so"
    return (Part(name, said[0], said[-1], 1.0, why, form),)


def outlook(source: Source, hints: Hints, read: Container[int]) -> Outlook:
    """What else ``source`` could be read as, of which questions begin at the lines ``read``."""
    lines, _ = marked(source, lambda _: None)
    found = document.find(lines, hints)
    shapes = [name for name, reader in READERS.items() if reader.detect(lines)]
    if found.asks:
        shapes.insert(0, "tiered" if found.tiered else "plain")
    return Outlook(found, tuple(shapes), read)


def shape(source: Source) -> str:
    """The name of the reader that ``source`` is read by where pack.toml says nothing."""
    if delimited.find(source) is not None:
        return "plain"
    lines, _ = marked(source, lambda _: None)
    return _detected(lines, document.find(lines, Hints()))


def _name(lines: Sequence[Line], hints: Hints, found: document.Found | None) -> str:
    """The reader of a document: as pack.toml says, where ``asks`` means this package's own."""
    if found and hints.asks:
        return "tiered" if found.tiered else "plain"
    return hints.reader or _detected(lines, found)


def _detected(lines: Sequence[Line], found: document.Found | None) -> str:
    """The reader of a document: what asks and is answered decides; a plan, a catalogue, a checklist
    or a guide is what does not."""
    asked = found.asks if found else 0
    answered = found.answered if found else 0
    if asked and answered >= 2 and answered * 2 >= asked:
        name = "tiered" if found and found.tiered else "plain"
        names = [other for other in ("keyed", "dayplan") if READERS[other].detect(lines)]
        return names[0] if names and name == "plain" else name
    names = [other for other, reader in READERS.items() if reader.detect(lines)]
    if found and asked >= 2 and found.items_ask and not {"keyed", "dayplan"} & set(names):
        return "plain"
    if len(names) == 1:
        return names[0]
    return "plain" if asked else (names[0] if names else "none")


def _report_no_cards(path: str, lines: Sequence[Line], report: Report) -> None:
    said = [line for line in lines if not line.empty]
    message = (
        "no columns for questions and answers are known in it, so it is kept as a reading: name "
        "them in its first row, as in question,answer"
    )
    if said:
        report(Diagnostic(location(path, said[:1]), Code.UNREAD, message))


def _report_open_fences(path: str, lines: Sequence[Line], report: Report) -> None:
    """A fence that is never closed swallows what follows, or would have."""
    opened: Line | None = None
    last: Line | None = None
    for line in (*lines, None):
        inside = line is not None and (line.kind is LineKind.CODE or not line.raw.strip())
        closes = line is not None and line.kind is LineKind.FENCE and opened is not None
        if closes and line is not None and line.text.strip("`~ ") == "":
            opened = None
        elif opened is not None and not inside:
            end = last.number if last else opened.number
            message = (
                f"the fence opened here is never closed; its code was taken to end at line {end}: "
                "close it"
            )
            report(Diagnostic(location(path, [opened]), Code.OPEN_FENCE, message))
            opened = line if line is not None and line.kind is LineKind.FENCE else None
        elif line is not None and line.kind is LineKind.FENCE:
            opened = line
        last = line if line is not None and line.raw.strip() else last


def _tags(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines that are nothing but tags of HTML, of which nothing is left to be read."""
    for line, shown in zip(lines, tidy(lines), strict=True):
        if shown.empty and not line.empty:
            yield line


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
