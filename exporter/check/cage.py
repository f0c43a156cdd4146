"""Limits for a program that came with a document: time, memory, files, and no network.

They are set in the child process before it becomes that program.  Of the memory only data is
limited: V8 reserves far more addresses than it uses, so that a limit on those would stop it at
once.  The network is left by moving into an empty network namespace, in which loopback works, so
that a puzzle may talk to a server of its own.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import cache

from exporter.system import platforms

_DATA = 1 << 30  # bytes
_FILE = 1 << 20  # bytes of any one file, the output included
_CPU = 10  # seconds; a program that sleeps is stopped by the clock of its parent


def entrance() -> Callable[[], None] | None:
    """What a child process calls before it becomes the program; None where the system has nothing
    to be called there (Windows)."""
    if sys.platform == "win32":
        return None
    return _enter_offline if offline() else _enter


@cache
def offline() -> bool:
    """Whether programs can be cut off from the network here."""
    return sys.platform == "linux" and _survives(platforms.leave_network)


def _enter() -> None:
    platforms.limit_for_good(cpu=_CPU, data=_DATA, file=_FILE)


def _enter_offline() -> None:
    _enter()
    platforms.leave_network()


def _survives(step: Callable[[], None]) -> bool:
    try:
        # Forking is safe here: the command line has no threads.
        subprocess.run([sys.executable, "-c", ""], preexec_fn=step, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True
