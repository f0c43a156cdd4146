"""Writes a first pack.toml for documents that somebody has: every key, with what it means."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from exporter import readers
from exporter.build import document_contents
from exporter.model import Document
from exporter.model.config import DocumentConfig, PackConfig
from exporter.model.diagnostics import Diagnostic, Report, Stop
from exporter.pack import foreign, pack_id, packfile, repair, sources
from exporter.pack.foreign import Foreign
from exporter.pack.packkeys import SCHEMA, slug
from exporter.system import atomic, resources

_HEAD = """\
#:schema {schema}
# The pack: what the deck and the sheets are called, and which documents they are made from.
# Every key is optional; a line that begins with # says what holds without it.

title = {title}
id = {id}   # sets its cards apart from those of other packs; keep it
# slug = {slug}          # names the files in dist/
# deck = {title}         # the root deck; keep it once learners have it
# language = "en"        # of the documents; studypack's own words are English
# author = ""
# paper = "a4"           # or "letter"
# landscape = false      # leaves upright with three columns, instead of four
# color = true           # an accent a day on leaves; default: black bars
# depth = "medium"       # how far an answer goes in the book: short, medium, senior
# tiers = ["short", "medium", "senior", "output", "task"]   # which become cards
# duplicates = "link"    # questions that ask the same: keep, link, merge
# start = 2026-12-01     # day 1 of the plan, for real dates
# pages = 6              # a week's page budget in the book
# include = ["**/*.md"]  # what is read; default: every document here and below
# exclude = ["drafts/**"]
"""

_TAIL = """
# [outputs]
# book = true            # the study pack with every build; default: only with --only book

# [[subjects]]           # what the plan's days are about, in words it does not use itself
# name = "Streams"
# terms = ["stream", "backpressure", "pipeline"]
# days = [3]

# [[pins]]               # this question belongs there; `studypack show WORDS` finds its key
# question = "KXM7"
# week = 3               # or "beyond"
# day = 17

# [[links]]              # what answers the first question of day 3; [] says that nothing does
# plan = "day 3.1"
# questions = ["notes.md#Q12"]
# confidence = "partial"   # how far it answers; default: sure

# [[same]]               # these two ask the same; apart: they do not
# questions = ["KXM7", "notes.md:41"]

# [[covers]]             # what covers this topic of a checklist; [] says that nothing does
# topic = "Flame graphs"
# questions = ["notes.md#Q12"]

# [[apart]]              # these two do not ask the same
# questions = ["KXM7", "notes.md:41"]

# [[skip]]               # this is no question: it is kept for reading
# question = "notes.md:41"

# [[figures]]            # the steps of an ordered list, drawn as a ring on the sheet
# kind = "cycle"
# source = "notes.md:98"
# list = 2               # the second of several lists there
# title = "A request's way"
# center = "and again"

# [tier_words]           # the documents' own words for short, medium and senior
# EXPERT = "senior"

# [lint]
# L203 = "off"           # off, info, warning, error
"""


_WHOLE = ("keyed", "dayplan", "checklist", "guide")
"""Readers that take a document whole: named, so that an edit does not change how it is read."""


@dataclass(frozen=True, slots=True)
class FirstPack:
    """The pack.toml that was written, with a line for each document found and each file that can't
    be one."""

    path: Path
    documents: tuple[str, ...]
    foreign: tuple[Foreign, ...]


def write(folder: Path, report: Report) -> FirstPack:
    """Writes pack.toml into ``folder``, with what lies there; what can't be a document is reported.

    Stop (exit code 2) where there is one already, or no such folder, or it can't be written.
    """
    path = folder / packfile.NAME
    if not folder.is_dir():
        raise Stop(f"{folder} is no folder: name the one that holds your documents", 2)
    try:
        found = [(name, _read(folder, name)) for name in packfile.beside(folder)]
        others = foreign.beside(folder)
        text = "".join((_head(folder), *_documents(found), *_unread(others), _TAIL))
        with path.open("x", encoding="utf-8") as file:
            _fill(file, text)
    except FileExistsError:
        message = f"{path} exists already: edit it, or delete it to begin anew"
        raise Stop(message, 2) from None
    except OSError as error:
        raise Stop(atomic.refusal(path, error), 2) from error
    listed = tuple(DocumentConfig(name, line=1) for name, _ in found)
    packfile.unlisted(folder, PackConfig(documents=listed), report)
    return FirstPack(path, tuple(_line(*one) for one in found), others)


def _fill(file: TextIO, text: str) -> None:
    """Writes the new file; what can't be written whole is taken away again."""
    try:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            Path(file.name).unlink()
        raise


def _head(folder: Path) -> str:
    title = packfile.title(folder) or "Study pack"
    names = {"title": title, "slug": slug(title), "id": pack_id.new()}
    said = {name: _quoted(value) for name, value in names.items()}
    return _HEAD.format(schema=_schema(folder), **said)


def _schema(folder: Path) -> str:
    """Where editors find what a pack.toml may hold: the way there from ``folder``, as an address
    that names no user."""
    there = resources.templates() / SCHEMA
    try:
        way = os.path.relpath(there, os.path.realpath(folder))
    except ValueError:  # another drive of Windows
        return there.as_uri()
    return quote(Path(way).as_posix())


def _read(folder: Path, name: str) -> Document | None:
    """A document as it is read where pack.toml says nothing; None where it is no text."""

    def ignore(_one: Diagnostic) -> None:
        """`check` reports these."""

    for source in sources.load(folder, (DocumentConfig(name),), ignore):
        return readers.read(repair.repair(source, ignore), readers.Hints(), None, ignore)
    return None


def _line(name: str, document: Document | None) -> str:
    return (
        document_contents.line(document)
        if document
        else f"{name}: no text; `studypack check` says why"
    )


def _document(name: str, document: Document | None) -> str:
    """The table of one document, under what it holds; its reader is named where that takes it
    whole."""
    whole = document is not None and document.reader in _WHOLE
    reader = (
        f"reader = {_quoted(document.reader)}"
        if document and whole
        else '# reader = "none"        # keeps it for reading; or plain, tiered, keyed, dayplan, …'
    )
    return (
        f"\n# {_shown(_line(name, document))}\n[[documents]]\npath = {_quoted(name)}\n{reader}\n"
        '# asks = ["heading 3"]   # only these lines ask; `studypack explain FILE` has the others\n'
        '# title = …\n# origin = ""\n'
    )


_LISTED = 30  # documents up to which each gets a table of its own


def _documents(found: Sequence[tuple[str, Document | None]]) -> Iterator[str]:
    """A table a document; of many, only how to say more of one."""
    if len(found) <= _LISTED:
        yield from (_document(*one) for one in found)
        return
    yield (
        f"\n# {len(found)} documents are read: every one here and below.\n"
        "# [[documents]]            # says more of one, or of a pattern; it then stands alone\n"
        '# path = "notes.md"\n'
    )


def _unread(found: tuple[Foreign, ...]) -> Iterator[str]:
    if found:
        yield "\n# What lies here and can't be read:\n"
    for one in found:
        yield f"# {one.name}: {one.remedy}\n"


def _shown(text: str) -> str:
    """``text`` as a comment of one line, whatever a file's name holds."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of its own."""
    return json.dumps(text, ensure_ascii=False)
