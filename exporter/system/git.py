"""What git remembers of a file: read, never written; no hook and no program of a pack is run."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

_INERT = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "protocol.allow=never",
)
"""What a repository's own settings could otherwise make git run, or fetch."""
_QUIET = (*(word for setting in _INERT for word in ("-c", setting)), "--no-pager")
_SECONDS = 60
_MOST = 2_000  # versions


def versions(folder: Path, name: str) -> Iterator[bytes]:
    """The committed versions of the file ``name`` in ``folder``, oldest first; none where git is
    not installed or knows nothing of it."""
    listed = _run(folder, "log", f"--max-count={_MOST}", "--format=%H", "--", name)
    for commit in reversed(listed.decode().split()):
        if raw := _run(folder, "cat-file", "blob", f"{commit}:./{name}"):
            yield raw


def _run(folder: Path, *words: str) -> bytes:
    """What git says; nothing where it refuses."""
    program = shutil.which("git")
    if program is None:
        return b""
    try:
        done = subprocess.run(  # noqa: S603 - reads history, with nothing of the pack's own run
            [program, *_QUIET, *words],
            cwd=folder,
            env={**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
