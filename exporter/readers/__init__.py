"""Readers: lines of a document become questions, topics, plans and readings.

``parts`` divides a document and lets each part be read for what it is.  What is left unclaimed
becomes a Reading with a warning here, so that no reader can lose a line.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from exporter.model import Document, Question, Reading, ReadingKind, Source
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.readers import delimited, document, front, parts, references
from exporter.readers.document import as_readings
from exporter.readers.noise import marked
from exporter.readers.outlook import Outlook, report_unheard
from exporter.readers.parts import NAMES, READERS
from exporter.readers.roles import Hints
from exporter.readers.scan import (
    Accounts,
    Line,
    LineKind,
    location,
    markdown,
    silences,
    titles_above,
)
from exporter.readers.tidy import tidy
from exporter.text import markup

__all__ = ["NAMES", "READERS", "Hints", "Outlook", "as_readings", "outlook", "read", "shape"]


def read(source: Source, hints: Hints, title: str | None, report: Report) -> Document:
    """The document in ``source``, read for what its parts are; ``hints`` are pack.toml's."""
    deck = None if hints.asks or hints.reader in READERS else delimited.find(source)
    if deck is not None and hints.reader != "none":
        return document.deck(source, deck, title, report)
    lines, doubtful = marked(source, report)
    accounts = Accounts(source.path, lines)
    pieces = parts.divided(lines, hints)
    draft = parts.read(source.path, pieces, accounts, report)
    accounts.structure(*_tags(lines))
    known = any(piece.name in READERS for piece in pieces)
    kept = (*doubtful, *_unread(source.path, lines, accounts, report, known=known))
    readings = sorted((*draft.readings, *kept), key=lambda reading: reading.location)
    if hints.reader not in READERS and not (draft.questions or draft.plan):
        useful = bool(draft.topics or draft.exercises)
        if delimited.is_spread(source.path):
            _report_no_cards(source.path, lines, report)
        report_unheard(source.path, lines, pieces[0].found, hints, report, useful=useful)
    own_title = front.title(source) or draft.title
    _report_open_fences(source.path, lines, report)
    _report_long_rows(source, report)
    found = Document(
        path=source.path,
        title=title or own_title or _title(source.path),
        own_title=title or own_title,
        reader=pieces[0].name,
        accounting=accounts.close(),
        questions=_tagged(draft.questions, front.tags(source)),
        topics=draft.topics,
        readings=tuple(readings),
        exercises=draft.exercises,
        plan=draft.plan,
        silences=silences(source.path, lines),
        parts=draft.parts,
    )
    return references.resolved(found, source)


def _tagged(questions: Sequence[Question], tags: Sequence[str]) -> tuple[Question, ...]:
    """``questions`` with the tags of their document."""
    if not tags:
        return tuple(questions)
    return tuple(replace(one, tags=tuple(dict.fromkeys((*tags, *one.tags)))) for one in questions)


def outlook(source: Source, hints: Hints, read: Container[int]) -> Outlook:
    """What else ``source`` could be read as, of which questions begin at the lines ``read``."""
    lines, _ = marked(source, lambda _: None)
    found = document.find(lines, hints)
    return Outlook(found, parts.shapes(found), read)


def shape(source: Source) -> str:
    """The name of what reads ``source``, or most of it, where pack.toml says nothing."""
    if delimited.find(source) is not None:
        return "plain"
    lines, _ = marked(source, lambda _: None)
    return parts.divided(lines, Hints())[0].name


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


def _report_long_rows(source: Source, report: Report) -> None:
    """A row with more cells than its table's head, which would lose words elsewhere."""
    for at in markup.overlong(markup.with_code(source.lines)):
        place = Location(source.path, at + 1, at + 1)
        message = (
            "the row has more cells than its table's head: the last one holds them all; write a "
            "bar that is text as \\|, or give the head as many cells"
        )
        report(Diagnostic(place, Code.LONG_ROW, message))


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
        section = titles_above(lines, place.first)
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
