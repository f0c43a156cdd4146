"""How long the commands take and how much memory they want, on this machine.

Each command runs in a process of its own, as people start it; the best of three runs counts, since
what else the machine does can only make it slower. There is no limit here that could fail: the
numbers are for the person who has changed something.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
STUDYPACK = str(Path(sys.executable).parent / "studypack")
KILOBYTES = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss in bytes


def measure(command: list[str]) -> tuple[float, float, int]:
    """Seconds, megabytes and exit code of one run."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    return seconds, usage.ru_maxrss * KILOBYTES / 1_000_000, process.returncode


def _run(arguments: list[str], out: Path | None) -> tuple[float, float, int]:
    """One run; a build finds nothing of the one before it in `out`."""
    if out:
        shutil.rmtree(out, ignore_errors=True)
    return measure([STUDYPACK, *arguments])


def table(documents: str) -> None:
    """Print command, seconds, megabytes, exit code; builds from a copy of `documents`."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = f"{folder}/source", f"{folder}/dist"
        shutil.copytree(documents, source)
        commands = [
            ["--help"],
            ["check", source],
            ["model", source],
            ["build", source, "--out", out, "--only", "json"],
            ["build", source, "--out", out, "--only", "pdf"],
            ["build", source, "--out", out],
            ["build", source, "--out", out, "--only", "book"],
        ]
        print(f"{'':34} {'s':>6} {'MB':>6}")
        for arguments in commands:
            fresh = arguments[0] == "build"
            runs = [_run(arguments, Path(out) if fresh else None) for _ in range(ROUNDS)]
            seconds, megabytes, code = min(runs)
            shown = " ".join(word for word in arguments if word not in {source, "--out", out})
            failed = f"  exit {code}" if code else ""
            print(f"{shown:34} {seconds:6.2f} {megabytes:6.0f}{failed}", flush=True)
