"""The one folder of the user's own in which studypack remembers things between two commands.

It lies where the system keeps what programs remember of this user (``platforms.state_home``), only
its user can open it, and no pack can bring it.  A file in it is named after the place that it is
about, so that two packs never share one.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from exporter.system import platforms

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def path(place: str, ending: str) -> Path | None:
    """Where what is remembered of ``place`` stands; None where no such folder can be had.  No
    folder is made for that."""
    home = platforms.state_home()
    return home / "studypack" / _name(place, ending) if home else None


def made(place: str, ending: str) -> Path | None:
    """``path``, with the folder made where it is missing; None where that can't be."""
    home = platforms.state_home()
    if home is None:
        return None
    folder = home / "studypack"
    try:
        home.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not platforms.is_mine(folder.stat()):
            return None
        folder.chmod(0o700)  # another program, or a person, may have made it
    except OSError:
        return None
    return folder / _name(place, ending)


def write(target: Path, raw: bytes) -> None:
    """Writes a file of the folder, whole or not at all.  OSError where that can't be."""
    partial = _partial(target)
    partial.unlink(missing_ok=True)  # a crash may have left one
    try:
        with os.fdopen(os.open(partial, _NEW, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def sweep(target: Path | None) -> None:
    """Takes away what a crash has left of writing ``target``."""
    if target is not None:
        with suppress(OSError):
            _partial(target).unlink(missing_ok=True)


def _partial(target: Path) -> Path:
    return target.with_name(f"{target.name}.partial")


def read(found: Path, largest: int) -> bytes:
    """A file of the folder.  OSError where it can't be read; ValueError where it is no plain file
    of this user's, or has more than ``largest`` bytes."""
    status = found.lstat()
    if found.is_symlink() or not found.is_file() or status.st_size > largest:
        raise ValueError(found)
    if not platforms.is_mine(status):
        raise ValueError(found)
    return found.read_bytes()


def _name(place: str, ending: str) -> str:
    return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:32] + ending
