"""Repairs files that somebody names, outside any pack: as a diff, as text, or in place."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from exporter.model.diagnostics import Diagnostic, Stop
from exporter.pack import repair, sources
from exporter.system import atomic, files
from exporter.system.files import Unreadable
from exporter.text import escapes


@dataclass(frozen=True, slots=True)
class Mended:
    """A file before and after: ``raw`` are its new bytes, None where it can't be decoded; ``text``
    and ``diff`` are empty then."""

    raw: bytes | None
    text: str
    diff: str
    diagnostics: tuple[Diagnostic, ...]


def mend(path: Path) -> Mended:
    """The file at ``path``, repaired; it keeps its encoding and line ends.

    Stop (exit code 2) where it can't be read.
    """
    found: list[Diagnostic] = []
    original = _read(path)
    source = sources.decode(str(path), original, found.append)
    if source is None:
        return Mended(None, "", "", tuple(found))
    repaired = repair.repair(source, found.append)
    raw = sources.encode(repaired.lines, original)
    before, after = ([f"{line}\n" for line in one.lines] for one in (source, repaired))
    name = escapes.line(str(path))
    diff = "".join(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"))
    return Mended(raw, "".join(after), diff, tuple(found))


def _read(path: Path) -> bytes:
    try:
        return files.read_anywhere(path)
    except Unreadable as unreadable:
        raise Stop(f"{path} can't be read: it {unreadable}; name a text file", 2) from unreadable


def write(path: Path, mended: Mended) -> bool:
    """Puts the repaired bytes in place of the file, all or nothing; whether anything changed."""
    if mended.raw is None or _read(path) == mended.raw:
        return False

    target = path.resolve()
    with atomic.alone(target.parent):
        atomic.replace(target.parent, target.name, mended.raw)
    return True
