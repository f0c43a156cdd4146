"""Reads files of a folder that a stranger may have packed.

Under the name of a document may lie a pipe that never answers, a device without end, a link to a
file that is none of the pack's business, or a file too big for any memory.  So everything that is
read from a pack or from an output folder is read here: regular files alone, whose real place is in
the folder, up to a size.  What is refused is an ``Unreadable``, which says why and what to do.

The real place is looked up before anything is opened, because opening alone can have an effect;
the file is then opened without following links or waiting, and looked at once more, so that it
can't be exchanged in between.
"""

import errno
import hashlib
import os
import stat
from enum import Enum, auto
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

LARGEST = 20_000_000
"""Bytes of a text that is read: several times the Bible, and more than any person studies."""

_OPENED = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe answers at once
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_CIRCLE = "is a symbolic link that leads in a circle: put the file itself in its place"
_NOWHERE = "is a symbolic link to a file that is not there: put the file itself in its place"


class Why(Enum):
    """Why a file can't be read: nothing has its name, it lies outside, or it is unfit."""

    MISSING = auto()
    OUTSIDE = auto()
    UNFIT = auto()


class Unreadable(Exception):
    """A file that can't be read; the message goes on from its name and says what to do."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why


def read(folder: Path, name: str, largest: int = LARGEST) -> bytes:
    """The file ``name`` of ``folder``.  Unreadable where it is none, or leads out of the folder."""
    outside = Unreadable(Why.OUTSIDE, "leads out of the folder: copy the file into it")
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).is_absolute():
        raise outside
    target = _real(folder / PurePosixPath(name))
    if not PurePath(target).is_relative_to(os.path.realpath(folder)):
        raise outside
    try:
        return _content(target, largest)
    except Unreadable as unreadable:
        if unreadable.why is Why.MISSING and (folder / name).is_symlink():
            raise Unreadable(Why.UNFIT, _NOWHERE) from unreadable
        raise


def read_anywhere(path: Path, largest: int = LARGEST) -> bytes:
    """The file at ``path``, which somebody named on the command line.  Unreadable as in `read`."""
    return _content(_real(path), largest)


def digest(folder: Path, name: str, largest: int = LARGEST) -> str:
    """A digest of the file `read` gives, or why it gives none: another one after every change."""
    try:
        return hashlib.sha256(read(folder, name, largest)).hexdigest()
    except Unreadable as unreadable:
        return str(unreadable)


def names(folder: Path) -> list[str]:
    """The names in ``folder``, sorted; none where it can't be listed."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except ValueError as error:  # a NUL
        raise Unreadable(Why.UNFIT, "is a name that no file can have: correct it") from error


def _content(path: str, largest: int) -> bytes:
    """The bytes of the regular file ``path``, in which no link is left to follow."""
    try:
        before = os.lstat(path)
        _check(before, largest)
        with os.fdopen(os.open(path, _OPENED), "rb") as file:
            after = os.fstat(file.fileno())
            _check(after, largest)
            if not os.path.samestat(before, after):
                raise Unreadable(Why.UNFIT, "was exchanged while it was read: try again")
            raw = file.read(largest + 1)
    except OSError as error:
        raise _refusal(error) from error
    if len(raw) > largest:
        raise _too_large(len(raw), largest)
    return raw


def _check(status: os.stat_result, largest: int) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFLNK:
        raise Unreadable(Why.UNFIT, _CIRCLE)
    if kind != stat.S_IFREG:
        name = _KINDS.get(kind, "no file")
        raise Unreadable(Why.UNFIT, f"is {name}: put a file in its place")
    if status.st_size > largest:
        raise _too_large(status.st_size, largest)


def _too_large(size: int, largest: int) -> Unreadable:
    sizes = f"has {size / 1e6:,.1f} MB and may have {largest / 1e6:,.0f}"
    return Unreadable(Why.UNFIT, f"{sizes}: divide it, or make it smaller")


def _refusal(error: OSError) -> Unreadable:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Unreadable(Why.MISSING, "is not there")
    if error.errno == errno.ELOOP:
        return Unreadable(Why.UNFIT, _CIRCLE)
    reason = error.strerror or str(error)
    return Unreadable(Why.UNFIT, f"can't be read ({reason}): correct its name or its permissions")
