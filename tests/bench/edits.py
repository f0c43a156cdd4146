"""What a rebuild costs after no edit and after one edited answer, as parts of the first build.

One answer is edited for every sheet, since a sheet is laid out as a whole and its pages are what
takes the time.
"""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from exporter.build import pipeline
from exporter.model import Answer, Week
from tests.bench.commands import STUDYPACK

ROUNDS = 3


def table(documents: str) -> None:
    """Print seconds and ratios; builds from a copy of `documents`."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "source", Path(folder) / "dist"
        shutil.copytree(documents, source)
        first = _seconds(source, out)
        print(f"\n{'first build':34} {first:6.2f}")
        _row("no edit", min(_seconds(source, out) for _ in range(ROUNDS)), first)
        for week, answer in _answers(source).items():
            _edit(source / answer.location.path, answer.location.last)
            name = f"week {week}" if isinstance(week, int) else str(week or "the sheet")
            _row(f"one edited answer, {name}", _seconds(source, out), first)


def _row(name: str, seconds: float, first: float) -> None:
    print(f"{name:34} {seconds:6.2f} {seconds / first:6.1%}", flush=True)


def _seconds(source: Path, out: Path) -> float:
    start = time.perf_counter()
    command = [STUDYPACK, "-q", "build", str(source), "--out", str(out)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def _answers(source: Path) -> dict[Week, Answer]:
    """An answer in prose for each sheet, by its week."""
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
