"""A worker's side of the pool: what it lays out, and the limits that it sets itself."""

import math
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from exporter.writers.pdf import press

_GRACE = 10
"""Seconds after which a worker ends itself that nobody stops: its parent was killed."""


def work(pipe: Connection) -> None:
    """A worker's life: lays out what it is given until the pipe is closed.

    It ends without a word where it can't go on: its parent sees that, and says so.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it came blocked: Ctrl-C is the parent's
    try:
        press.available()
        pipe.send(None)
        while True:
            sheet, memory, seconds = pipe.recv()
            signal.alarm(math.ceil(seconds) + _GRACE)
            with _within(memory):
                outcome = press.laid_out(sheet)
            signal.alarm(0)
            pipe.send(outcome)
    except BaseException:
        os._exit(1)


@contextmanager
def _within(memory: int) -> Iterator[None]:
    """Lets this process take no more than so many bytes on top of what it has.

    Linux only: elsewhere the limit of address space is missing or is not kept.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_size() + memory, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _size() -> int:
    """Bytes of address space that this process has."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
