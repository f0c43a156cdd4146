"""Remembers a publication while it is under way, so that the next build can finish what a crash
left half done.

What a journal says is done, so it must not come with a pack: it lies in a folder of the user's own,
named after the pack's real place, readable by nobody else.  It is JSON, sealed with a digest of
itself, and names only the pack's ledger and files in the output folder.  Anything else that stands
in its place is never obeyed, and is said.  Where no such folder can be had, a publication does
without a journal.
"""

import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Literal

from exporter.model.diagnostics import Stop
from exporter.system import state_folder

_FORMAT = "studypack-journal-1"
_LARGEST = 10_000_000  # bytes; a journal has some hundred for each file

Home = Literal["pack", "out"]


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is to change: ``name`` is its path in its ``home``, ``before`` and ``after`` are
    digests of its content, None where it is not there."""

    home: Home
    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A publication: the real paths of the pack and of the output folder, the ``token`` that is
    part of every staged file's name, and the changes in their order."""

    pack: str
    out: str
    token: str
    changes: tuple[Change, ...]


def save(journal: Journal) -> None:
    """Writes the journal, whole or not at all.  OSError where it can't be kept."""
    path = state_folder.made(journal.pack, ".json")
    if path is None:
        raise OSError("there is no folder for a journal")
    value = asdict(journal) | {"format": _FORMAT}
    raw = json.dumps(value | {"seal": _seal(value)}, indent=1).encode()
    state_folder.write(path, raw)


def load(pack: str, allowed: str) -> Journal | None:
    """The journal of the pack at ``pack``, whose only file that may be named is ``allowed``; None
    where there is none.

    Stop (exit code 2) where something else stands in its place.
    """
    path = state_folder.path(pack, ".json")
    try:
        if path is None or not os.path.lexists(path):
            return None
        journal, why = _read(path, pack), None
        if not all(_is_safe(change, allowed) for change in journal.changes):
            why = "names files that no build publishes"
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        why = "is not a journal that this program wrote"
    if why:
        message = f"{path} {why}, and nothing of it was done: delete it, then build again"
        raise Stop(message, 2)
    return journal


def remove(pack: str) -> None:
    """Forgets the publication of a pack.  OSError where the journal can't be removed."""
    path = state_folder.path(pack, ".json")
    if path is not None:
        path.unlink(missing_ok=True)


def stand_in(folder: str) -> Path | None:
    """The file that is locked for ``folder`` where the system can't lock folders (Windows)."""
    return state_folder.made(folder, ".lock") if sys.platform == "win32" else None


def _read(path: Path, pack: str) -> Journal:
    """ValueError, TypeError, KeyError or AttributeError where that is no journal of ``pack``."""
    value = json.loads(state_folder.read(path, _LARGEST))
    seal = value.pop("seal")
    if value.pop("format") != _FORMAT or seal != _seal(value | {"format": _FORMAT}):
        raise ValueError(path)
    changes = tuple(Change(**change) for change in value.pop("changes"))
    journal = Journal(**value, changes=changes)
    if any(change.home not in ("pack", "out") for change in changes):
        raise ValueError(path)
    if journal.pack != pack or not Path(journal.out).is_absolute() or not _is_token(journal.token):
        raise ValueError(path)
    return journal


def _is_token(text: str) -> bool:
    return len(text) == 16 and set(text) <= set("0123456789abcdef")


def _is_safe(change: Change, allowed: str) -> bool:
    """Whether a change concerns a file that lies where files of ours lie."""
    if change.home == "pack":
        return change.name == allowed
    path, windows = PurePosixPath(change.name), PureWindowsPath(change.name)
    inside = not path.is_absolute() and not windows.drive and not windows.root
    plain = ".." not in windows.parts and "\0" not in change.name
    return inside and plain and bool(path.parts)


def _seal(value: dict[str, Any]) -> str:
    return _digest(json.dumps(value, sort_keys=True))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
