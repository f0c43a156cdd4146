"""What not every system has: limits on a process, locks, signals, places.

This is the one module that knows `fcntl`, `resource` and `msvcrt`: Windows has only the last, and
an import of the others anywhere else would keep every command from starting there.  A limit that
the system lacks is no error, and the function that sets it returns False.
"""

import ctypes
import math
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl
    import resource

_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # linux/sched.h
_SET_FLAGS, _UP = 0x8914, 1  # linux/sockios.h, linux/if.h


def limit_cpu(seconds: int | None) -> bool:
    """Lets this process use so many more seconds of processor time, counted from now; then the
    system ends it (SIGXCPU), without a core dump.  None takes the limit away.  False where there is
    no such limit."""
    if sys.platform != "win32":
        _limit(resource.RLIMIT_CORE, 0)
        used = math.ceil(time.process_time())
        _limit(resource.RLIMIT_CPU, None if seconds is None else used + seconds)
    return sys.platform != "win32"


def limit_memory(size: int | None) -> bool:
    """Lets this process take so many more bytes on top of what it has now; then it gets no more
    (MemoryError).  None takes the limit away.  False where there is no such limit.

    Linux only: elsewhere the limit of address space is missing or is not kept.
    """
    if sys.platform == "linux":
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
        taken = int(pages) * os.sysconf("SC_PAGE_SIZE")
        _limit(resource.RLIMIT_AS, None if size is None else taken + size)
    return sys.platform == "linux"


def limit_for_good(cpu: int, data: int, file: int) -> None:
    """Limits this process and all that it starts: seconds of processor time, bytes of data, bytes
    of any one file, and no core dump.  Nothing can lift these again; Windows has none of them."""
    if sys.platform != "win32":
        _limit(resource.RLIMIT_CORE, 0, for_good=True)
        _limit(resource.RLIMIT_CPU, cpu, for_good=True)
        _limit(resource.RLIMIT_FSIZE, file, for_good=True)
        _limit(resource.RLIMIT_DATA, data, for_good=True)


def _limit(limit: int, wanted: int | None, *, for_good: bool = False) -> None:
    """Sets a limit as far as the system allows it; None is the most that it allows."""
    if sys.platform != "win32":
        most = resource.getrlimit(limit)[1]
        if wanted is None:
            wanted = most
        elif most != resource.RLIM_INFINITY:
            wanted = min(wanted, most)
        resource.setrlimit(limit, (wanted, wanted if for_good else most))


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Lets Ctrl-C wait until the block is left; a process that is started inside never gets one.

    Both means are needed: the handler, as another thread may receive the signal, and the mask, as
    only that is inherited by a new process.
    """
    waiting: list[int] = []

    def wait(number: int, _frame: FrameType | None) -> None:
        waiting.append(number)

    main = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, wait) if main else None
    if sys.platform != "win32":
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
        if waiting:
            signal.raise_signal(signal.SIGINT)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that was started in a session of its own, with all that it started; on Windows
    the process alone."""
    with suppress(ProcessLookupError, PermissionError):  # nobody is left
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def leave_network() -> None:
    """Moves this process into an empty network, in which loopback works.

    Linux alone has these, and not everybody may use them: OSError where the system does not allow
    it.  The system call is made here rather than by ``unshare``, which can't bring loopback up.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_NETWORK) and libc.unshare(_NEW_NETWORK | _NEW_USER):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))
    else:
        raise OSError("this system has no empty networks")


@contextmanager
def locked(folder: Path, stand_in: Path | None) -> Iterator[bool]:
    """Whether no other process holds ``folder``; then this one holds it until the end.

    The folder itself is locked, so that no lock file can stay behind, and so that two users of one
    folder meet; a library of lock files (filelock) would need such a file, and a place for it that
    both can write.  Windows can't lock folders, and locks the file ``stand_in`` instead.  What
    can't be locked is taken as free: a folder that does not exist, and a file system without locks.
    """
    file = _opened(folder, stand_in)
    if file is None:
        yield True
        return
    try:
        yield lock(file)
    finally:
        os.close(file)


def _opened(folder: Path, stand_in: Path | None) -> int | None:
    file = None
    with suppress(OSError):
        if sys.platform != "win32":
            file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        elif stand_in:
            file = os.open(stand_in, os.O_RDWR | os.O_CREAT)
    return file


def lock(file: int, *, wait: bool = False) -> bool:
    """Whether this process holds the lock of an open file or folder now: until it is closed, or the
    process ends in whatever way.  True also where the file system has no locks."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def is_mine(status: os.stat_result) -> bool:
    """Whether a file or folder belongs to this user; Windows keeps its users apart by itself."""
    return sys.platform == "win32" or status.st_uid == os.geteuid()


def state_home() -> Path | None:
    """The folder in which programs keep what they remember of this user; None where there is none.

    It is not made up where the environment does not name it: a service without a home has none, nor
    has somebody who works as another user in the home of the first.
    """
    if sys.platform == "win32":
        named = os.environ.get("LOCALAPPDATA", "")
        return Path(named) if Path(named).is_dir() else None
    named = os.environ.get("XDG_STATE_HOME", "")
    if Path(named).is_absolute():  # the specification lets a relative one be ignored
        return Path(named)
    home = Path(os.environ.get("HOME", ""))
    if not home.is_absolute() or not home.is_dir() or not is_mine(home.stat()):
        return None
    return home / ".local" / "state"
