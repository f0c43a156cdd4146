"""Temporary folders that do not outlive the work they are made for.

A worker process that is stopped never tidies up, and the process that began it may be killed as
well.  So a folder is made and removed by the process that begins the work, and is held (locked)
while that process lives: a folder of ours that nobody holds was left behind, and the next build
sweeps it away.  A lock was preferred to the number of the process in the folder's name: numbers are
used again, and mean nothing to another container that shares the temporary folder.
"""

import os
import re
import shutil
import stat
import tempfile
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from types import TracebackType

from exporter.system import platforms

_PREFIX = "studypack-"
_FORM = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
_STAND_IN = "in-use"  # a file to lock where folders can't be locked


class Scratch:
    """An empty folder of this process's own in the system's temporary folder; as a context its
    path, until it is removed.

    OSError where none can be made.
    """

    def __init__(self) -> None:
        self._held = ExitStack()
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
            free = self._held.enter_context(_held(self.path))
            if free and self.path.is_dir():
                return
            self._held.close()  # another build has swept it away before it was held

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Removes the folder with all that is in it; what resists is left to the next sweep."""
        self._held.close()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep() -> None:
    """Removes the folders that killed processes of this user have left behind, and nothing else:
    neither another user's, nor one that a living process holds, nor what a link leads to."""
    with suppress(OSError):
        for entry in list(os.scandir(tempfile.gettempdir())):
            if _FORM.fullmatch(entry.name):
                _sweep(Path(entry.path))


def _sweep(folder: Path) -> None:
    with suppress(OSError):
        about = folder.lstat()
        if not stat.S_ISDIR(about.st_mode) or not platforms.is_mine(about):
            return
        with _held(folder) as free:
            if free:
                shutil.rmtree(folder, ignore_errors=True)
        if free:  # the file that stood in for the lock may have resisted until now
            shutil.rmtree(folder, ignore_errors=True)


def _held(folder: Path) -> AbstractContextManager[bool]:
    return platforms.locked(folder, folder / _STAND_IN)
