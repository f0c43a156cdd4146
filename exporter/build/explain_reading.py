"""Why a document was read as it was: part by part, with what nearly won and how to settle it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exporter import readers
from exporter.build import document_contents, pipeline
from exporter.model import Document, Part, Source
from exporter.model.config import DocumentConfig
from exporter.model.diagnostics import Diagnostic, Stop
from exporter.pack import packfile, repair, sources
from exporter.pack.packkeys import ASKS
from exporter.readers import Hints, Outlook
from exporter.text.columns import table


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as the pack has it, or alone; ``listed`` tells whether a pack reads it at all."""

    document: Document
    source: Source
    hints: Hints
    listed: bool


def file(name: str, folder: Path | None, *, outside: bool) -> str | None:
    """The explanation of the document that ``name`` names: by its path in the pack of ``folder``,
    or, where ``outside`` allows it, as a file anywhere; None where it is neither.

    Stop (exit code 2) where the file can't be read.
    """
    read = _in_pack(name, folder) if folder else None
    if (
        read is None
        and outside
        and Path(name).is_file()
        and name.lower().endswith(packfile.SUFFIXES)
    ):
        beside = Path(name).resolve().parent
        if (beside / packfile.NAME).is_file() and beside != (folder or Path()).resolve():
            read = _in_pack(Path(name).name, beside)
        read = read or _alone(Path(name))
    return "\n".join(_lines(read)) if read else None


def _in_pack(name: str, folder: Path) -> _Read | None:
    """The document by its path in the pack, or by the path of a file in its folder."""
    wanted = {name.replace("\\", "/").removeprefix("./")}
    if Path(name).is_file() and Path(name).resolve().is_relative_to(folder.resolve()):
        wanted.add(Path(name).resolve().relative_to(folder.resolve()).as_posix())
    config, documents, texts = pipeline.documents(folder)
    for document, source in zip(documents, texts, strict=True):
        if document.path in wanted:
            return _Read(document, source, pipeline.hints(config, document.path), listed=True)
    return None


def _alone(path: Path) -> _Read:
    faults: list[Diagnostic] = []
    found = sources.load(path.parent, (DocumentConfig(path.name, line=1),), faults.append)
    if not found:
        raise Stop("; ".join(one.message for one in faults), 2)
    source = repair.repair(found[0], faults.append)
    return _Read(readers.read(source, Hints(), None, faults.append), source, Hints(), listed=False)


def _lines(read: _Read) -> Iterator[str]:
    document = read.document
    begun = {question.location.first for question in document.questions}
    view = readers.outlook(read.source, read.hints, begun)
    yield document_contents.line(document)
    if not read.listed:
        yield "No pack lists it: it is read here as it would be where pack.toml says nothing."
    others = [name for name in view.shapes if name not in (document.reader, "plain", "tiered")]
    also = f"; it also has the shape of {' and '.join(others)}" if others else ""
    yield f"Read as {document.reader}{also}."
    if document.parts:
        yield ""
        yield table([("lines", "read as", "score", "why"), *_parts(document, view)])
    if forms := view.forms():
        head = ("what could ask", "lines", "that ask", "with text below", "read as questions")
        rows = [(one.word, one.lines, one.asking, one.filled, one.read) for one in forms]
        yield ""
        yield table([head, *(tuple(str(cell) for cell in row) for row in rows)])
    yield ""
    yield from _remedies(document, view)


def _parts(document: Document, view: Outlook) -> Iterator[tuple[str, ...]]:
    for part in document.parts:
        count = sum(part.first <= one.location.first <= part.last for one in document.questions)
        what = f"{part.what}: {count}" if count else part.what
        why = f"{part.why}{_runner_up(part, view)}"
        yield f"{part.first}-{part.last}", what, f"{part.score:.2f}", why


def _runner_up(part: Part, view: Outlook) -> str:
    other = view.runner_up(part)
    if other is None:
        return ""
    return f"; runner-up: {other.word}, {other.asking} of {other.lines} ask"


def _remedies(document: Document, view: Outlook) -> Iterator[str]:
    asks = f'asks = ["{view.likeliest() or "heading 2"}"]'
    reader = 'reader = "none"'
    width = max(len(asks), len(reader))
    yield "To settle it, in pack.toml:"
    yield ""
    yield "[[documents]]"
    yield f"path = {json.dumps(document.path, ensure_ascii=False)}"
    yield f"{asks.ljust(width)}  # only these lines ask: {', '.join(ASKS)}"
    yield f"{reader.ljust(width)}  # keep it for reading; or {', '.join(readers.NAMES[:-1])}"
    if document.questions:
        place = document.questions[0].location
        yield ""
        yield f'One question is none: {{skip}} behind it, or [[skip]] question = "{place}".'
