"""A worker's side of the pool: what it lays out, and the limits that it sets itself."""

import math
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from multiprocessing.connection import Connection
from typing import NoReturn

from exporter.paper.pdf import press
from exporter.paper.pdf.press import Outcome
from exporter.system import platforms


def work(pipe: Connection, folder: str) -> None:
    """A worker's life: lays out what it is given until the pipe is closed; its temporary files lie
    in ``folder``.

    It ends without a word where it can't go on: its parent sees that, and says so.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it came blocked: Ctrl-C is the parent's
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    tempfile.tempdir = folder
    os.environ["TMPDIR"] = folder  # also for the compiler that is asked where libraries are
    try:
        pipe.send(_begun())
        while True:
            sheet, memory, seconds = pipe.recv()
            platforms.limit_cpu(math.ceil(seconds))
            platforms.limit_memory(memory)
            outcome = press.laid_out(sheet)
            platforms.limit_memory(None)
            pipe.send(outcome)
    except BaseException:
        _end(folder)


def unable(error: OSError) -> str:
    """Why no worker can begin here, and what to do."""
    reason = error.strerror or str(error)
    return (
        f"no process that lays out sheets can begin here ({reason}): free some memory and some "
        "space for temporary files, or set TMPDIR to a folder with space"
    )


def _begun() -> Outcome | None:
    """None where the engine and its fonts are loaded, else why they are not."""
    try:
        press.available()
    except OSError as error:  # the engine puts the fonts into the temporary folder
        return Outcome(None, (), unable(error))
    return None


def _end_with_parent(folder: str) -> None:
    """Ends this process when its parent has died, also in the middle of a sheet."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _end(folder)


def _end(folder: str) -> NoReturn:
    """Leaves nothing behind: the parent, whose business it is, may be dead."""
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)
