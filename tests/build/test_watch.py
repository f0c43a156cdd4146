"""`studypack watch` rebuilds on save, and only that."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from exporter.build import watch
from exporter.build.request import BuildRequest
from exporter.system import atomic

NOTES = "# Streams\n\n## Q1: What is a stream?\n\n### SHORT\n\nData piece by piece.\n"


def _pack(folder: Path) -> Path:
    folder.mkdir()
    (folder / "notes.md").write_text(NOTES, "utf-8")
    (folder / "pack.toml").write_text("", "utf-8")
    return folder


class _Over(Exception):
    """Nothing more is going to be saved."""


def _pauses(steps: Iterable[Callable[[], object]]) -> Callable[[], None]:
    """A pause in which the next step happens each time."""
    waiting = iter(steps)

    def pause() -> None:
        step = next(waiting, None)
        if step is None:
            raise _Over
        step()

    return pause


def _count(folder: Path, *steps: Callable[[], object]) -> int:
    count = 0
    with contextlib.suppress(_Over):
        for _ in watch.saves(folder, _pauses(steps)):
            count += 1
    return count


def _nothing() -> None:
    pass


def test_nothing_happens_without_a_save(tmp_path: Path) -> None:
    """There is one build at the start and none while nothing is saved."""
    assert _count(_pack(tmp_path / "notes"), _nothing, _nothing, _nothing) == 1


def test_saves_in_one_go_are_one_rebuild(tmp_path: Path) -> None:
    """A save in several steps is taken as one; new, changed and deleted files count."""
    folder = _pack(tmp_path / "notes")
    steps = [
        lambda: (folder / "notes.md").write_text(f"{NOTES}\nMore.\n", "utf-8"),
        lambda: (folder / "more.md").write_text(NOTES, "utf-8"),
        _nothing,
        _nothing,
        (folder / "more.md").unlink,
        _nothing,
        lambda: (folder / ".notes.md.swp").write_text("", "utf-8"),
        lambda: (folder / "notes.pdf").write_text("", "utf-8"),
        _nothing,
    ]
    assert _count(folder, *steps) == 3


@pytest.mark.pdf
def test_sheets_are_rebuilt_and_nothing_else(tmp_path: Path) -> None:
    """A rebuild writes sheets, never the deck or the ledger, and says what a build would bring."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    rebuilt = watch.rebuild(folder, BuildRequest(out, 1_000_000_000))
    assert rebuilt.line == "1 sheet, 1 page; a build would bring: 1 new"
    assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "notes.pdf"]
    assert sorted(path.name for path in folder.iterdir()) == ["notes.md", "pack.toml"]


@pytest.mark.pdf
def test_a_broken_edit_is_survived(tmp_path: Path) -> None:
    """In the middle of an edit the errors are said, and the last good sheets stay."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    watch.rebuild(folder, BuildRequest(out, 1_000_000_000))
    sheet = (out / "notes.pdf").read_bytes()
    (folder / "notes.md").write_bytes(b"\xff\xfe\xfd")
    broken = watch.rebuild(folder, BuildRequest(out, 1_000_000_000))
    assert broken.line == "1 error: the sheets stay as they were"
    assert [one.code.code for one in broken.diagnostics] == ["F101"]
    (folder / "pack.toml").unlink()
    assert "holds no pack.toml" in watch.rebuild(folder, BuildRequest(out, 1_000_000_000)).line
    assert (out / "notes.pdf").read_bytes() == sheet


def test_a_build_at_the_same_time_is_waited_for(tmp_path: Path) -> None:
    """While another process builds, a rebuild says so and goes on watching."""
    folder = _pack(tmp_path / "notes")
    with atomic.alone(folder):
        rebuilt = watch.rebuild(folder, BuildRequest(tmp_path / "out", 1_000_000_000))
    assert "another studypack" in rebuilt.line


@pytest.mark.pdf
def test_the_command_prints_a_line_for_each_rebuild(tmp_path: Path) -> None:
    """Results go to standard output, a line each, as soon as they are there."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    code = "from exporter.cli import main; main()"
    command = [sys.executable, "-c", code, "-q", "watch", str(folder), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            first = process.stdout.readline()
            (folder / "notes.md").write_text(NOTES.replace("piece by", "a piece at a"), "utf-8")
            second = process.stdout.readline()
        finally:
            process.terminate()
    assert first == second == "1 sheet, 1 page; a build would bring: 1 new\n"
    rows = json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]
    assert [row["kind"] for row in rows] == ["pdf"]
