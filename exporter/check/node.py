"""The real Node.js: where it is, what version, and what a piece of code prints there.

The code runs as a file of its own in a fresh empty folder, without the caller's environment and
under limits (``cage``).  Standard output and standard error go into one file, as they would appear
in a terminal; to a file Node writes at once, so that their order is the true one.

Limits for a program that came with a document: time, memory, files, and no network.

They are set in the child process before it becomes that program.  Of the memory only data is
limited: V8 reserves far more addresses than it uses, so that a limit on those would stop it at
once.  The network is left by moving into an empty network namespace, in which loopback works, so
that a puzzle may talk to a server of its own.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from exporter.model.diagnostics import Stop
from exporter.system import platforms
from exporter.system.scratch import Scratch

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


SECONDS = 5
"""How long one run may take."""
_HEAP = 128  # MB of JavaScript objects
_MOST = 20_000  # characters that anybody would call an output
_NAME = "puzzle.cjs"
_TOO_MUCH = "wanted more memory than it may have"
_VERSION = re.compile(r"v(\d+\.\d+\.\d++\S*+)$")
_THROWN = re.compile(
    r"^(?:node:|/|file:)?[^\n]*:\d+\n(?:[^\n]*\n){1,3}?[ \t]*\^+[ \t]*\n\n?", re.MULTILINE
)
_TRACE = re.compile(r"\n {4}at |\n\(Use `node |\nRequire stack:|\n\nNode\.js v")


@dataclass(frozen=True, slots=True)
class Runtime:
    """A Node.js that answers: its program and its name with the full version, "Node 20.20.2"."""

    program: str
    name: str


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to: what was ``printed``, an uncaught error included, or the ``trouble``
    that kept the code from running to its end."""

    printed: str
    thrown: str | None = None
    trouble: str | None = None


def remedy() -> str:
    """The command that installs Node.js here, or a sentence where no package manager is known."""
    if sys.platform == "darwin":
        return "brew install node"
    if shutil.which("apt-get", path=os.defpath):
        return "sudo apt-get install -y --no-install-recommends nodejs"
    return "install Node.js with your system's package manager"


def find(wanted: str | None = None) -> Runtime:
    """The Node.js at ``wanted``, else the one on the path.  Stop (exit code 3) where it is none."""
    program = shutil.which(wanted or "node") or (None if wanted else shutil.which("nodejs"))
    if program is None:
        what = f"{wanted} is no program" if wanted else "Node.js is not installed"
        raise Stop(f"{what}; to install it: {remedy()}", 3)
    try:
        said = subprocess.run(  # noqa: S603 - the person named it, or the system has it
            [program, "--version"], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        raise Stop(
            f"{program} does not run ({error}); to install Node.js: {remedy()}", 3
        ) from error
    if not (version := _VERSION.match(said.stdout.strip())):
        raise Stop(f"{program} says no version of Node.js; to install it: {remedy()}", 3)
    return Runtime(str(Path(program).absolute()), f"Node {version[1]}")


def run(runtime: Runtime, code: str) -> Run:
    """What ``code`` prints, without blank space around it."""
    with (
        Scratch() as path,
        tempfile.TemporaryFile() as output,
    ):
        folder = path.resolve()
        (folder / _NAME).write_text(code, "utf-8")
        status = _status(runtime, folder, output)
        output.seek(0)
        text = output.read(_MOST * 4).decode("utf-8", "replace")
    return _judged(text.replace(f"{folder}{os.sep}", "").replace(str(folder), "."), status)


def _status(runtime: Runtime, folder: Path, output: IO[bytes]) -> int | None:
    """The exit status, negative for a signal; None where the time ran out."""
    words = [runtime.program, "--no-warnings", f"--max-old-space-size={_HEAP}", str(folder / _NAME)]
    with subprocess.Popen(  # noqa: S603 - the person asked for just this
        words,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        preexec_fn=entrance(),  # noqa: PLW1509 - no threads
        start_new_session=True,
    ) as process:
        try:
            return process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            return None
        finally:
            platforms.end_group(process)


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the caller's."""
    home = str(folder)
    return {"PATH": os.defpath, "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8", "TZ": "UTC"}


def _judged(text: str, status: int | None) -> Run:
    if len(text) > _MOST:
        return Run("", trouble=f"printed more than {_MOST} characters")
    if status is None:
        return Run("", trouble=f"did not end within {SECONDS} seconds")
    if status == -signal.SIGABRT:
        return Run("", trouble=_TOO_MUCH)
    if status < 0:
        return Run("", trouble=f"was ended by {signal.Signals(-status).name}")
    place = list(_THROWN.finditer(text))[-1:] if status else []
    if not place:
        return Run(_trimmed(text))
    before = text[: place[0].start()]
    thrown = _TRACE.split(text[place[0].end() :], maxsplit=1)[0].strip()
    if "allocation failed" in thrown:
        return Run("", trouble=_TOO_MUCH)
    return Run(_trimmed(f"{before.rstrip()}\nUncaught {thrown}"), thrown)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
