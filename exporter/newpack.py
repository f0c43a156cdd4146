"""Writes a first pack.toml for documents that somebody has: every key, with what it means."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from exporter import packfile, publication, readers, repair, sources
from exporter.config import DocumentConfig, PackConfig
from exporter.diagnostics import Diagnostic, Report, Stop
from exporter.packkeys import slug

_HEAD = """\
# The pack: what the deck and the sheets are called, and which documents they are made from.
# Every key is optional; a line that begins with # says what holds without it.

title = {title}
# slug = {slug}          # names the files in dist/
# deck = {title}         # the root deck; keep it once learners have it
# language = "en"        # of the documents; studypack's own words are English
# author = ""
# paper = "a4"           # or "letter"
# landscape = false      # sheets of three columns instead of two
# depth = "medium"       # how far an answer goes on a sheet: short, medium, senior
# tiers = ["short", "medium", "senior", "output", "task"]   # which become cards
# duplicates = "link"    # questions that ask the same: keep, link, merge
# start = 2026-12-01     # day 1 of the plan, for real dates
# pages = 6              # a week's page budget
"""

_TAIL = """
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

# [[apart]]              # these two do not ask the same
# questions = ["KXM7", "notes.md:41"]

# [[figures]]            # the steps of an ordered list, drawn as a ring on the sheet
# kind = "cycle"
# source = "notes.md:98"
# title = "A request's way"
# center = "and again"

# [lint]
# L203 = "off"           # off, info, warning, error
"""


def write(folder: Path, report: Report) -> Path:
    """The path of the new pack.toml in ``folder``; what can't be a document there is reported.

    Stop (exit code 2) where there is one already, or no such folder, or it can't be written.
    """
    path = folder / packfile.NAME
    if not folder.is_dir():
        raise Stop(f"{folder} is no folder: name the one that holds your documents", 2)
    try:
        names = packfile.beside(folder)
        text = _text(folder, names)
        with path.open("x", encoding="utf-8") as file:
            _fill(file, text)
    except FileExistsError:
        message = f"{path} exists already: edit it, or delete it to begin anew"
        raise Stop(message, 2) from None
    except OSError as error:
        raise Stop(publication.refusal(path, error), 2) from error
    listed = tuple(DocumentConfig(name, line=1) for name in names)
    packfile.unlisted(folder, PackConfig(documents=listed), report)
    return path


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


def _text(folder: Path, names: Sequence[str]) -> str:
    title = packfile.title(folder) or "Study pack"
    head = _HEAD.format(title=_quoted(title), slug=_quoted(slug(title)))
    return head + "".join(_document(folder, name) for name in names) + _TAIL


def _document(folder: Path, name: str) -> str:
    """The table of one document; its shape is named where exactly one reader recognises it."""
    shape = _shape(folder, name)
    reader = (
        f"reader = {_quoted(shape)}\n"
        if shape
        else "# reader = …             # tiered, keyed, dayplan, checklist or guide; not detected\n"
    )
    return f'\n[[documents]]\npath = {_quoted(name)}\n{reader}# title = …\n# origin = ""\n'


def _shape(folder: Path, name: str) -> str | None:
    def ignore(_one: Diagnostic) -> None:
        """`check` reports these."""

    for source in sources.load(folder, (DocumentConfig(name),), ignore):
        return readers.shape(repair.repair(source, ignore))
    return None


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of its own."""
    return json.dumps(text, ensure_ascii=False)
