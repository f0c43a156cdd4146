"""What deck and leaves cost from nothing, after an edit and without one, beside a fixed build.

Machines differ by a factor of three, so seconds say little: the measure is the first build at
a commit of long ago, whose every build laid the whole book out, in processor time of all its
processes, in the same run. That commit's files come from this repository's history and run with
the packages that are installed here.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter import pipeline
from exporter.model import Answer, Week

MEASURE = "c13386a"
ROOT = Path(__file__).parent.parent.parent
PROGRAM = "import sys; from exporter.cli import main; sys.argv[0] = 'studypack'; main()"
LEAVES = ("--only", "apkg", "--only", "pdf")


def table(documents: str) -> None:
    """Print seconds of processor time and their shares; builds from copies of `documents`."""
    with tempfile.TemporaryDirectory() as folder, _checkout(Path(folder) / "then") as then:
        source, out = Path(folder) / "source", Path(folder) / "dist"
        old = Path(folder) / "old"
        shutil.copytree(documents, source)
        shutil.copytree(documents, old)
        print(f"\n{'processor time':34} {'s':>6}")
        measure = _built(then, old, Path(folder) / "other") if then else None
        if measure:
            _row(f"first build at {MEASURE}", measure, measure)
        first = _built(ROOT, source, out, *LEAVES)
        _row("deck and leaves from nothing", first, measure)
        _row("no edit", _built(ROOT, source, out, *LEAVES), measure)
        for week, answer in _answers(source).items():
            _edit(source / answer.location.path, answer.location.last)
            name = f"week {week}" if isinstance(week, int) else str(week or "the leaf")
            _row(f"one edited answer, {name}", _built(ROOT, source, out, *LEAVES), measure)


def _row(name: str, seconds: float, measure: float | None) -> None:
    share = f" {seconds / measure:6.1%}" if measure else ""
    print(f"{name:34} {seconds:6.2f}{share}", flush=True)


@contextmanager
def _checkout(folder: Path) -> Iterator[Path | None]:
    """The files of the commit that is the measure; None where this repository has it not."""
    git = ["git", "-C", str(ROOT), "worktree"]
    command = [*git, "add", "--detach", str(folder), MEASURE]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        why = (getattr(error, "stderr", "") or str(error)).strip().splitlines()[-1]
        print(f"\nno shares of the build at {MEASURE}: {why}")
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True, capture_output=True)


def _built(program: Path, source: str | Path, out: Path, *only: str) -> float:
    """Seconds of processor time that a build takes, with all its processes."""
    before = os.times()
    command = [sys.executable, "-c", PROGRAM, "-q", "build", str(source), "--out", str(out), *only]
    environment = os.environ | {"PYTHONPATH": str(program)}
    done = subprocess.run(
        command, env=environment, cwd=out.parent, capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        print(done.stderr.decode(errors="replace"))
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def _answers(source: Path) -> dict[Week, Answer]:
    """An answer in prose for each leaf, by its week."""
    found: dict[Week, Answer] = {}
    for question in pipeline.read(source).pack.questions:
        week = question.placement.week if question.placement else None
        for answer in question.answers:
            if answer.tier == "short" and not answer.also_at:
                found.setdefault(week, answer)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _edit(path: Path, last: int) -> None:
    """Adds words to a line (1-based) and leaves every other byte as it is."""
    lines = path.read_bytes().split(b"\n")
    end = b"\r" if lines[last - 1].endswith(b"\r") else b""
    lines[last - 1] = lines[last - 1].rstrip(b"\r") + b" In other words, it is so." + end
    path.chmod(0o644)
    path.write_bytes(b"\n".join(lines))
