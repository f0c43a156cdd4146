"""Rebuilds the sheets whenever a document is saved; the deck and the ledger wait for a build.

Times and sizes of the files are asked for again and again: a pack is a handful of files, and the
standard library has nothing that tells of changes on every system.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.build import changelist, pipeline, unchanged
from exporter.build.read_pack import ReadPack
from exporter.build.request import BuildRequest, BuildResult, Progress, silent
from exporter.model.diagnostics import Diagnostic, Stop
from exporter.pack import media
from exporter.system import atomic

_WATCHED = (".md", ".txt", ".toml", ".jsonl", *media.SUFFIXES)
Snapshot = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What one rebuild came to: a line to show, and what was wrong with the documents."""

    line: str
    diagnostics: tuple[Diagnostic, ...] = ()


def saves(folder: Path, pause: Callable[[], None]) -> Iterator[None]:
    """Once at the start, then after each save in ``folder``; ``pause`` waits between two looks.

    Programs save in several steps, so a change counts when the next look finds nothing new.
    """
    built, before = None, _looked(folder)
    while True:
        if before != built:
            built = before
            yield
        pause()
        after = _looked(folder)
        while after != before:
            before = after
            pause()
            after = _looked(folder)


def _looked(folder: Path) -> Snapshot:
    """Name, time and size of every file that a build could read."""
    found = set()
    for path in folder.rglob("*"):
        if path.suffix.lower() not in _WATCHED or path.name.startswith("."):
            continue
        try:
            it = path.stat()
        except OSError:  # gone since it was listed
            continue
        found.add((str(path), it.st_mtime_ns, it.st_size))
    return frozenset(found)


def rebuild(folder: Path, order: BuildRequest, progress: Progress = silent) -> Rebuilt:
    """Lays out the sheets that changed, or makes what ``order`` names (never a deck).

    What can't be built in the middle of an edit is said, and the last good files stay.
    """
    order = replace(order, only=order.only or ("pdf",), accept=True)
    try:
        with atomic.alone(folder, order.out):
            unchanged.recover(folder, order)
            study = pipeline.read(folder, progress)
            built = pipeline.build(study, order, progress)
    except (Stop, OSError) as error:
        return Rebuilt(f"not rebuilt: {error}")
    if study.errors:
        said = f"{_counted(study.errors, 'error')}: the sheets stay as they were"
        return Rebuilt(said, built.diagnostics)
    return Rebuilt(_line(study, built, order), built.diagnostics)


def _line(study: ReadPack, built: BuildResult, order: BuildRequest) -> str:
    changes = pipeline.foresee(study, order.now, accept=True).changes
    printed = [product.pages or 0 for product in built.products if product.kind == "pdf"]
    sheets = f"{_counted(len(printed), 'sheet')}, {_counted(sum(printed), 'page')}"
    if built.remedy:
        sheets = f"{sheets}; the others need Pango: {built.remedy}"
    return f"{sheets}; a build would bring: {changelist.counted(changes)}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
