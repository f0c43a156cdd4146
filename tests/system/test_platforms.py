"""What only some systems have stands in one module, and what it limits is limited."""

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.system import platforms
from tests.docs import ROOT
from tests.test_layers import MODULES, imports

FOREIGN_MODULES = {"fcntl", "resource", "msvcrt", "termios", "tty", "pty", "pwd", "grp", "winreg"}
FOREIGN_NAMES = {
    *("SIGKILL", "SIGALRM", "SIGHUP", "SIGPIPE", "alarm", "setitimer", "pthread_sigmask"),
    *(
        "O_DIRECTORY",
        "O_NOFOLLOW",
        "O_NONBLOCK",
        "O_BINARY",
        "fork",
        "killpg",
        "getuid",
        "geteuid",
        "st_uid",
    ),
    *("mkfifo", "setrlimit", "sysconf", "fchmod", "chown", "uname", "startfile"),
}


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"system.platforms"}))
def test_no_other_module_asks_for_what_some_systems_lack(name: str) -> None:
    """Neither a module of one system only, nor such a name of `os` or `signal`."""
    tree = MODULES[name]
    modules = {full.split(".")[0] for full in imports(ast.walk(tree))}
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert sorted((modules & FOREIGN_MODULES) | (named & FOREIGN_NAMES)) == []


_ELSEWHERE = """
import sys
for name in ("fcntl", "resource", "termios", "pwd", "grp"):
    sys.modules[name] = None
import types, pkgutil, click, http.server, multiprocessing.connection, tempfile
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
sys.platform = "win32"
import exporter
for module in pkgutil.walk_packages(exporter.__path__, "exporter."):
    __import__(module.name)
print("whole")
"""


def test_every_module_can_be_imported_without_unix() -> None:
    """As on Windows, where the modules of Unix are missing."""
    done = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.stdout, done.stderr) == ("whole\n", "")


def _status(code: str) -> int:
    script = f"from exporter.system import platforms\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    return done.returncode


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_limits_end_what_wants_more() -> None:
    """Processor time ends the process; a limit that was taken back does not."""
    assert _status("assert platforms.limit_cpu(1)\nwhile True: pass") == -signal.SIGXCPU
    assert _status("platforms.limit_cpu(1); platforms.limit_cpu(None)") == 0
    assert _status("platforms.limit_for_good(cpu=9, data=1 << 30, file=1)\nopen('/dev/null')") == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps this limit")
def test_memory_is_limited_until_the_limit_is_taken_away() -> None:
    """What is there already does not count."""
    taken = "bytearray(1 << 28)"
    limited = "assert platforms.limit_memory(1 << 27)"
    assert _status(f"{limited}\n{taken}") == 1
    assert _status(f"{limited}\nplatforms.limit_memory(None)\n{taken}") == 0
    assert _status(f"kept = {taken}\n{limited}\nbytearray(1 << 20)") == 0


def test_ctrl_c_waits_for_the_end_of_the_block() -> None:
    """It is neither lost nor does it interrupt what is inside."""
    done = []

    def interrupted() -> None:
        with platforms.interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("whole")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["whole"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    """A folder that does not exist is free."""
    with platforms.locked(tmp_path, None) as first, platforms.locked(tmp_path, None) as second:
        assert (first, second) == (True, False)
    with platforms.locked(tmp_path, None) as third, platforms.locked(tmp_path / "no", None) as none:
        assert (third, none) == (True, True)
