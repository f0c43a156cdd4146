"""Temporary folders: what a killed process leaves is swept away, and nothing else."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from exporter.build import one_build
from exporter.build.request import BuildRequest
from exporter.paper.pdf import Pool
from exporter.system import platforms, scratch
from exporter.system.scratch import Scratch
from tests.docs import ROOT

ABANDONED = "studypack-abcd_123"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder, for this test."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_ones_own_and_goes(temporary: Path) -> None:
    """Nobody else may look into it, and nothing of it stays."""
    with Scratch() as path:
        assert path.parent == temporary
        assert path.stat().st_mode & 0o777 == 0o700
        (path / "fonts").mkdir()
        (path / "fonts" / "one").write_bytes(b"font")
    assert names(temporary) == []


def test_what_is_in_use_is_not_swept(temporary: Path) -> None:
    """A folder is held for as long as the process that made it lives."""
    with Scratch() as path:
        scratch.sweep()
        assert names(temporary) == [path.name]


def test_what_was_left_behind_is_swept(temporary: Path) -> None:
    """With all that is in it; a link in it is removed, and what it leads to stays."""
    outside = temporary.parent / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(b"mine")
    (temporary / ABANDONED / "fonts").mkdir(parents=True)
    (temporary / ABANDONED / "fonts" / "one").write_bytes(b"font")
    (temporary / ABANDONED / "link").symlink_to(outside)
    scratch.sweep()
    assert names(temporary) == []
    assert (outside / "file").read_bytes() == b"mine"


def test_nothing_foreign_is_swept(temporary: Path) -> None:
    """Not other names, not files, not what a link of our name leads to."""
    foreign = ("weasyprint-abcd_123", "studypack-notes", f"{ABANDONED}4", "Studypack-abcd_123")
    for name in foreign:
        (temporary / name).mkdir()
    (temporary / "studypack-file_123").write_bytes(b"mine")
    (temporary / "studypack-link_123").symlink_to(temporary / "weasyprint-abcd_123")
    before = names(temporary)
    scratch.sweep()
    assert names(temporary) == before


def test_other_users_are_left_alone(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where this user may delete what is theirs."""
    (temporary / ABANDONED).mkdir()
    monkeypatch.setattr(platforms, "is_mine", lambda _: False)
    scratch.sweep()
    assert names(temporary) == [ABANDONED]


def test_a_folder_that_is_swept_before_it_is_held_is_made_anew(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build may sweep in the moment between."""
    made = tempfile.mkdtemp
    first: list[str] = []

    def swept(prefix: str) -> str:
        path = made(prefix=prefix)
        if not first:
            first.append(path)
            scratch.sweep()
        return path

    monkeypatch.setattr(tempfile, "mkdtemp", swept)
    with Scratch() as path:
        assert not Path(first[0]).exists()
        assert names(temporary) == [path.name]


def test_without_a_temporary_folder_nothing_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system without one is no error until something wants it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    scratch.sweep()
    with pytest.raises(FileNotFoundError):
        Scratch()


BUILD = "from exporter.cli import main; main()"
POOL = """
import time
from exporter.paper import pdf
from exporter.paper.sheets import Sheet
with pdf.Pool(1) as pool:
    pool.laid_out([Sheet("s", 9, "", "<html><body>a</body></html>")])
    print("laid out", flush=True)
    time.sleep(60)
"""


def _process(code: str, *words: str | Path, temporary: Path) -> subprocess.Popen[str]:
    """A process in a session of its own; its workers hold its pipes too, so that these end with the
    last of them."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with one question."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.toml").write_text("")
    (folder / "notes.md").write_text("## Q1: What is a lamp?\n\n### SHORT\n\nIt gives light.\n")
    return folder


def test_a_build_without_an_edit_sweeps_too(pack: Path, temporary: Path) -> None:
    """The build that was killed may have published everything before."""
    order = BuildRequest(pack.parent / "out", 1_700_000_000, ("json",))
    for _ in range(2):
        (temporary / ABANDONED).mkdir()
        one_build.build(pack, order)
        assert names(temporary) == []


@pytest.mark.pdf
def test_an_interrupted_build_leaves_nothing(pack: Path, tmp_path: Path, temporary: Path) -> None:
    """Ctrl-C while sheets are laid out, or while a worker begins."""
    build = _process(BUILD, "build", pack, "--out", tmp_path / "out", temporary=temporary)
    while not list(temporary.glob("studypack-*/weasyprint-*/*")):
        assert build.poll() is None
        time.sleep(0.01)
    os.killpg(build.pid, signal.SIGINT)
    _, said = build.communicate()
    assert build.returncode == 130
    assert said.endswith("interrupted\n")
    assert "Traceback" not in said
    assert names(temporary) == []


@pytest.mark.pdf
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_tidy_up_after_their_parent(temporary: Path, number: signal.Signals) -> None:
    """They notice that it is gone, end, and leave nothing behind."""
    parent = _process(POOL, temporary=temporary)
    assert parent.stdout
    assert parent.stdout.readline() == "laid out\n"
    assert names(temporary) != []
    parent.send_signal(number)
    assert parent.communicate() == ("", "")
    assert parent.returncode == -number
    assert names(temporary) == []


@pytest.mark.pdf
def test_what_a_killed_build_left_is_swept(temporary: Path) -> None:
    """Where nobody was left to tidy up, the next pool does."""
    parent = _process(POOL, temporary=temporary)
    assert parent.stdout
    assert parent.stdout.readline() == "laid out\n"
    os.killpg(parent.pid, signal.SIGKILL)
    parent.communicate()
    assert names(temporary) != []
    with Pool(1):
        assert names(temporary) == []
