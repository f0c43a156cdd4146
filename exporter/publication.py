"""Publishes files together: all of them, or after a crash, all of them with the next command.

Files are staged beside their targets, a journal says what is to be renamed, then everything is
renamed and the journal goes.  A crash before the journal leaves only staged files, which nobody
refers to; a crash after it is finished by the next command.

One process at a time publishes in a folder: it locks the folder itself, so that no lock file can
stay behind when it dies.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from exporter import platforms
from exporter.diagnostics import Stop

JOURNAL = ".studypack-journal.json"
_STAGED = ".studypack-staged"


@contextmanager
def alone(*homes: Path) -> Iterator[None]:
    """Keeps other processes from publishing in ``homes`` meanwhile; what a crash left half done
    there is finished first.  Folders that do not exist are passed over.

    Stop (exit code 2) where another process is at it.
    """
    with ExitStack() as locks:
        for home in sorted({home.resolve() for home in homes}):
            if not locks.enter_context(platforms.locked(home, None)):
                message = f"another studypack is at work in {home}: wait until it has finished"
                raise Stop(message, 2)
        for home in homes:
            _finish(home)
        yield


def publish(outputs: Mapping[Path, bytes], stale: Sequence[Path], home: Path) -> None:
    """Writes every file of ``outputs`` and deletes ``stale`` ones, all or nothing.

    ``home`` is the folder that keeps the journal meanwhile.  A file that already has these bytes
    is left alone.  OSError where something can't be written; then nothing has changed.  To be
    called ``alone``.
    """
    changed = {path: raw for path, raw in outputs.items() if not _has(path, raw)}
    for path in outputs:
        if path not in changed:  # a crash before the journal may have left this
            _beside(path).unlink(missing_ok=True)
    gone = [path for path in stale if path.exists()]
    if not changed and not gone:
        return
    staged: list[Path] = []
    try:
        for path, raw in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.append(_stage(path, raw))
        renames = [
            [os.path.relpath(path, home) for path in pair]
            for pair in zip(staged, changed, strict=True)
        ]
        plan = {"rename": renames, "delete": [os.path.relpath(path, home) for path in gone]}
        _write(_beside(home / JOURNAL), json.dumps(plan).encode())
        _beside(home / JOURNAL).replace(home / JOURNAL)
    except OSError:
        for path in (*staged, _beside(home / JOURNAL)):
            path.unlink(missing_ok=True)
        raise
    _finish(home)


def settle(home: Path) -> bool:
    """Finishes a publication that a crash left half done; whether there was one.

    One that another process is just about is left to it.
    """
    with platforms.locked(home, None) as mine:
        return mine and _finish(home)


def _finish(home: Path) -> bool:
    journal = home / JOURNAL
    try:
        plan = json.loads(journal.read_text("utf-8"))
    except FileNotFoundError:
        return False
    for staged, target in plan["rename"]:
        if (home / staged).exists():
            (home / staged).replace(home / target)
    for path in plan["delete"]:
        (home / path).unlink(missing_ok=True)
    journal.unlink()
    return True


def _has(path: Path, raw: bytes) -> bool:
    try:
        return path.stat().st_size == len(raw) and path.read_bytes() == raw
    except OSError:
        return False


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{_STAGED}")


def _stage(path: Path, raw: bytes) -> Path:
    staged = _beside(path)
    _write(staged, raw)
    return staged


def _write(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
