"""The standard streams and Ctrl-C, whatever the program was started from.

A stream may be closed, its reader may go away, a disk behind it may be full, and its encoding may
lack most signs.  The commands need not know: they always have three streams; what nobody reads any
more vanishes, and the command goes on to its own exit code; pipes and files get UTF-8, and a
terminal gets an escape for a sign that it lacks.
"""

import _thread
import errno
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TextIO

_PATIENCE = 2.0
"""Seconds in which another Ctrl-C does not interrupt the tidying up after the first."""
_NEVER = float("-inf")
_SOON = 0.05  # seconds


class _Output(io.FileIO):
    """Standard output or error (1 or 2) where it is no terminal.

    OSError that names the stream where output can't be written though somebody wants it.  From then
    on, and when its reader has gone, what is written vanishes.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number, "wb", closefd=False)
        self.deserted = False

    def write(self, raw: Any, /) -> int | None:  # type: ignore[override] # as FileIO has it
        try:
            return super().write(raw)
        except OSError as error:
            # Windows has EINVAL for a reader that has gone; EBADF is a stream for reading only.
            gone = isinstance(error, ConnectionError) or error.errno in (errno.EINVAL, errno.EBADF)
            self.deserted = gone or self.fileno() == 2
            _lead_nowhere(self.fileno())
            if self.deserted:
                return len(raw)
            raise OSError(error.errno, error.strerror, "standard output") from None


def _lead_nowhere(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)


def prepare() -> None:
    """Makes the three standard streams what the commands expect.

    A stream that was closed leads nowhere, before a file of ours can get its number: what is meant
    for a reader would be written into that file.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            _lead_nowhere(number)
    if sys.stdin is sys.__stdin__:
        sys.stdin = _readable(sys.stdin)
    if sys.stdout is sys.__stdout__:
        sys.stdout = _writable(sys.stdout, 1)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _writable(sys.stderr, 2)


def _readable(stream: TextIO | None) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), "utf-8", "replace")
    stream.reconfigure(errors="replace")
    return stream


def _writable(stream: TextIO | None, number: int) -> TextIO:
    if isinstance(stream, io.TextIOWrapper) and stream.isatty():
        stream.reconfigure(errors="backslashreplace")
        return stream
    buffer = io.BufferedWriter(_Output(number))
    return io.TextIOWrapper(buffer, "utf-8", "backslashreplace", line_buffering=True)


def deserted() -> bool:
    """Whether nobody reads standard output any more, for commands that stay."""
    output = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return isinstance(output, _Output) and output.deserted


@contextmanager
def interruptible() -> Iterator[None]:
    """Lets Ctrl-C end the program in its own time.

    A second one shortly after the first does not disturb the tidying up, one that falls where
    Python would only print it (a destructor) is raised again, and one after the end does nothing.
    A process that was started to ignore it goes on to do so.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    last = _NEVER

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal last
        before, last = last, time.monotonic()
        if last > before + _PATIENCE:
            raise KeyboardInterrupt

    def lost(found: "sys.UnraisableHookArgs") -> None:
        nonlocal last
        if issubclass(found.exc_type, KeyboardInterrupt):
            last = _NEVER
            later = threading.Timer(_SOON, _thread.interrupt_main)  # here it would be lost again
            later.daemon = True
            later.start()
        else:
            sys.__unraisablehook__(found)

    signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = lost
    try:
        yield
    finally:
        # Not SIG_IGN, for which Python complains of a signal that has just come.
        signal.signal(signal.SIGINT, lambda _number, _frame: None)
