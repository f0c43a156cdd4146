"""Limits for a program that came with a document: time, memory, files, and no network.

They are set in the child process before it becomes that program.  Of the memory only data is
limited: V8 reserves far more addresses than it uses, so that a limit on those would stop it at
once.  The network is left by moving into an empty network namespace, in which loopback works, so
that a puzzle may talk to a server of its own; Linux alone has these, and not everybody may use
them.  The system call is made here rather than by ``unshare``, which can't bring loopback up.
"""

import ctypes
import fcntl
import os
import resource
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from functools import cache

_DATA = 1 << 30  # bytes
_FILE = 1 << 20  # bytes of any one file, the output included
_CPU = 10  # seconds; a program that sleeps is stopped by the clock of its parent
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # linux/sched.h
_SET_FLAGS, _UP = 0x8914, 1  # linux/sockios.h, linux/if.h


@cache
def offline() -> bool:
    """Whether programs can be cut off from the network here."""
    return sys.platform == "linux" and _survives(_leave_network)


def enter() -> None:
    """Limits this process; to be called in a child, before the program starts."""
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: _CPU,
        resource.RLIMIT_FSIZE: _FILE,
        resource.RLIMIT_DATA: _DATA,
    }
    for limit, wanted in limits.items():
        allowed = resource.getrlimit(limit)[1]
        most = wanted if allowed == resource.RLIM_INFINITY else min(wanted, allowed)
        resource.setrlimit(limit, (most, most))


def enter_offline() -> None:
    """Like ``enter``, and leaves the network; only where ``offline`` says so."""
    enter()
    _leave_network()


def _survives(step: Callable[[], None]) -> bool:
    try:
        # Forking is safe here: the command line has no threads.
        subprocess.run([sys.executable, "-c", ""], preexec_fn=step, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _leave_network() -> None:
    """OSError where the system does not allow it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) and libc.unshare(_NEW_NETWORK | _NEW_USER):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))
