"""Files are published together, also across a crash at any point."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exporter import publication


class _Crash(BaseException):
    """The process dies here."""


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


OLD = {"out/a": b"1", "out/b": b"1", "home/ledger": b"1", "out/stale": b"1"}
NEW = {"out/a": b"2", "out/b": b"2", "home/ledger": b"2"}


def _lay(folder: Path) -> tuple[dict[Path, bytes], list[Path], Path]:
    for name, raw in OLD.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)
    outputs = {folder / name: raw for name, raw in NEW.items()}
    return outputs, [folder / "out/stale"], folder / "home"


def test_all_files_are_written_and_stale_ones_go(tmp_path: Path) -> None:
    """A publication leaves the new files and nothing else."""
    publication.publish(*_lay(tmp_path))
    assert _contents(tmp_path) == NEW


@pytest.mark.parametrize("survived", range(12))
def test_a_crash_is_finished_or_never_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, survived: int
) -> None:
    """After a crash at any rename or deletion, settling leaves all of the old or all of the new."""
    outputs, stale, home = _lay(tmp_path)
    steps = iter(range(100))
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, _dying(getattr(Path, name), steps, survived))
    with contextlib.suppress(_Crash):
        publication.publish(outputs, stale, home)
    monkeypatch.undo()
    publication.settle(home)
    after = {n: raw for n, raw in _contents(tmp_path).items() if not n.endswith("-staged")}
    assert after in (OLD, NEW)
    publication.publish(outputs, stale, home)
    assert _contents(tmp_path) == NEW


def _dying(
    step: Callable[..., object], steps: Iterator[int], survived: int
) -> Callable[..., object]:
    def run(*args: object, **kwargs: object) -> object:
        if next(steps) >= survived:
            raise _Crash
        return step(*args, **kwargs)

    return run


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """A failure before the journal changes nothing."""
    outputs, stale, home = _lay(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    outputs[tmp_path / "file" / "below"] = b""
    with pytest.raises(OSError, match="file"):
        publication.publish(outputs, stale, home)
    assert _contents(tmp_path) == {**OLD, "file": b""}


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    """A file that already has its bytes keeps its inode and time."""
    outputs, stale, home = _lay(tmp_path)
    publication.publish(outputs, stale, home)
    before = {path: path.stat() for path in outputs}
    publication.publish(outputs, [], home)
    assert {path: path.stat() for path in outputs} == before


def test_settling_without_a_journal_does_nothing(tmp_path: Path) -> None:
    """There is nothing to finish where nothing was begun."""
    assert publication.settle(tmp_path) is False


def test_the_journal_names_files_relative_to_itself(tmp_path: Path) -> None:
    """A pack that moves with its half-done publication can still be settled."""
    home = tmp_path / "here"
    home.mkdir()
    (home / ".staged").write_bytes(b"2")
    plan = {"rename": [[".staged", "a"]], "delete": []}
    (home / publication.JOURNAL).write_text(json.dumps(plan))
    home.rename(tmp_path / "there")
    assert publication.settle(tmp_path / "there") is True
    assert _contents(tmp_path) == {"there/a": b"2"}
