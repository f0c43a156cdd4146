"""A rebuild does what the edit asks for, no more, says the same, and gives the same bytes."""

import json
import os
import platform
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.build import one_build, pipeline
from exporter.build.request import BuildRequest, BuildResult
from exporter.cli import cli
from exporter.model.diagnostics import Stop
from exporter.system import atomic, fingerprint
from tests.docs import ROOT

PLAN = """Node plan

Week 1 – Streams
Goal: Know what flows.

Day 1: Streams
    Study: pipes and flow.
    Q: "What is a stream?"

Week 2 – Processes
Goal: Know what runs.

Day 2: Processes
    Study: clusters and workers.
    Q: "What is a cluster?"
"""
NOTES = """# Set 1: Streams

## Q1: What is a stream? {week=1}

### SHORT

Data piece by piece.

## Q2: What is a cluster? {week=2}

### SHORT

Several processes.

### MEDIUM

One of them accepts, the others answer.

## Q3: Who reads tape? {week=beyond}

### SHORT

Nobody.
"""
NOW = 1_700_000_000
DECK = ("--only", "apkg", "--only", "json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of two weeks, with a warning: one document is not listed."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    (folder / "notes.md").write_text(NOTES, "utf-8")
    (folder / "spare.md").write_text("", "utf-8")
    readers = {"plan.txt": "dayplan", "notes.md": "tiered"}
    documents = "".join(
        f'[[documents]]\npath = "{name}"\nreader = "{reader}"\n' for name, reader in readers.items()
    )
    (folder / "pack.toml").write_text(f'title = "Nodes"\n{documents}', "utf-8")
    return folder


def _run(folder: Path, *words: str) -> Result:
    arguments = ["build", str(folder), "--out", str(folder.parent / "out"), *words]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def _order(folder: Path, now: int = NOW) -> BuildRequest:
    return BuildRequest(folder.parent / "out", now, only=("apkg", "json"))


def _contents(*folders: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def _edit(folder: Path, before: str, after: str, name: str = "notes.md") -> None:
    text = (folder / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after), "utf-8")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose documents were read."""
    found = []
    read = pipeline.read

    def counted(folder: Path, *words: object, **more: object) -> pipeline.ReadPack:
        found.append(folder)
        return read(folder, *words, **more)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(pipeline, "read", counted)
    return found


def test_without_an_edit_nothing_is_read(folder: Path, reads: list[Path]) -> None:
    """The second build reads no document, changes no byte, and answers like a build that does."""
    first = _run(folder, *DECK)
    assert first.exit_code == 0, first.output
    before = _contents(folder, folder.parent / "out")
    again = _run(folder, *DECK)
    assert reads == [folder]
    assert _contents(folder, folder.parent / "out") == before
    assert "4 untouched" in again.output
    assert "0 added, 0 updated, 4 unchanged" in again.output
    assert "Notes: 4 (3 short, 1 medium)" in again.output
    assert "spare.md is not listed" in again.output
    counts = json.loads(_run(folder, *DECK, "--json").stdout)
    assert counts["counts"]["untouched"] == counts["import"]["unchanged"] == 4
    assert (counts["edition"], counts["changes"]) == (1, [])
    assert reads == [folder]


def _typo(folder: Path) -> None:
    _edit(folder, "piece by piece", "bit by bit")


def _reworded(folder: Path) -> None:
    _edit(folder, "What is a cluster?", "What is a cluster of processes?")


def _moved(folder: Path) -> None:
    _edit(folder, "{week=1}", "{week=2}")


def _deleted(folder: Path) -> None:
    _edit(folder, NOTES[NOTES.index("## Q3") :], "")


def _titled(folder: Path) -> None:
    _edit(folder, "Nodes", "Knots", "pack.toml")


@pytest.mark.parametrize("edit", [_typo, _reworded, _moved, _deleted, _titled])
def test_the_short_answer_is_the_long_one(folder: Path, edit: Callable[[Path], None]) -> None:
    """After any edit, what a rebuild says without reading is what it would say having read."""
    one_build.build(folder, replace(_order(folder), accept=True))
    edit(folder)
    order = replace(_order(folder, NOW + 60), accept=True)
    edited = one_build.build(folder, order)
    known = one_build.build(folder, order)
    assert edited.changes != known.changes or edit is _titled
    before = _contents(folder, order.out)
    read: BuildResult = pipeline.build(pipeline.read(folder), order)
    assert known == read
    assert _contents(folder, order.out) == before


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("pack/notes.md", lambda raw: raw + b"\nMore.\n"),
        ("pack/spare.md", lambda _: None),
        ("pack/new.md", lambda _: b"new"),
        ("pack/pack.toml", lambda raw: raw + b"# a comment\n"),
        ("pack/ledger.jsonl", lambda raw: raw + b"\n"),
        ("out/nodes.apkg", lambda _: None),
        ("out/nodes.apkg", lambda raw: raw[:-1]),
        ("out/model.json", lambda raw: raw.replace(b"cluster", b"clutter")),
        ("out/manifest.json", lambda _: None),
        ("out/manifest.json", lambda raw: raw.replace(b'"edition": 1', b'"edition": 2')),
        ("out/manifest.json", lambda raw: raw[:-9]),
    ],
)
def test_whatever_changed_is_built_again(
    folder: Path, reads: list[Path], name: str, change: Callable[[bytes], bytes | None]
) -> None:
    """An input that was edited is read again, an output that was deleted or altered made again."""
    _run(folder, *DECK)
    before = _contents(folder.parent / "out")
    path = folder.parent / name
    raw = change(path.read_bytes() if path.exists() else b"")
    if raw is None:
        path.unlink()
    else:
        path.write_bytes(raw)
    assert _run(folder, *DECK).exit_code == 0
    assert len(reads) == 2
    if name.startswith("out/"):
        assert _contents(folder.parent / "out") == before


def test_times_are_no_edit(folder: Path, reads: list[Path]) -> None:
    """A file that was only touched, or edited and put back, is as it was."""
    _run(folder, *DECK)
    _typo(folder)
    _edit(folder, "bit by bit", "piece by piece")
    os.utime(folder / "pack.toml", (0, 0))
    _run(folder, *DECK)
    assert len(reads) == 1


@pytest.mark.parametrize(
    "words", [("--only", "json"), (*DECK, "--depth", "short"), (*DECK, "--replan")]
)
def test_another_order_is_another_build(
    folder: Path, reads: list[Path], words: tuple[str, ...]
) -> None:
    """What was not asked for the last time is not taken for done."""
    _run(folder, *DECK)
    _run(folder, *words)
    assert len(reads) == 2


def test_another_version_builds_anew(
    folder: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an earlier studypack made is made again by a later one, and by one with new packages."""
    _run(folder, *DECK)
    monkeypatch.setattr(fingerprint, "versions", lambda: {"studypack": "99"})
    fingerprint.program.cache_clear()
    _run(folder, *DECK)
    fingerprint.program.cache_clear()
    assert len(reads) == 2


def test_every_dependency_counts_as_a_version() -> None:
    """A new runtime dependency has to be named where versions are digested; click only prints."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {line.split(">")[0].split("=")[0].strip() for line in project["dependencies"]}
    assert named - {"click"} <= set(fingerprint.PACKAGES)


def test_warnings_are_still_refused_with_strict(folder: Path) -> None:
    """--strict looks at what the last build had to say, too."""
    assert _run(folder, *DECK).exit_code == 0
    assert _run(folder, *DECK, "--strict").exit_code == 1


def test_a_clock_behind_the_ledger_is_still_refused(folder: Path) -> None:
    """A rebuild without edits looks at the clock like any other."""
    one_build.build(folder, _order(folder))
    with pytest.raises(Stop, match="clock") as stop:
        one_build.build(folder, _order(folder, NOW - 60))
    assert stop.value.exit_code == 4


def _laid_out(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    lines = (line for line in result.output.split("\n") if line.startswith("Laying"))
    return sorted(line.split()[2] for line in lines)  # the longest is laid out first


@pytest.mark.pdf
def test_only_the_sheet_of_the_edit_is_laid_out(folder: Path) -> None:
    """One edited answer costs one sheet; a sheet that is gone or altered is laid out again, and
    every byte is what a build from nothing gives."""
    out = folder.parent / "out"
    sheets = ["nodes-beyond.pdf", "nodes-week-1.pdf", "nodes-week-2.pdf"]
    assert _laid_out(_run(folder)) == sheets
    _typo(folder)
    assert _laid_out(_run(folder)) == sheets[1:2]
    (out / sheets[2]).unlink()
    (out / sheets[0]).write_bytes(b"%PDF")
    assert _laid_out(_run(folder)) == [sheets[0], sheets[2]]
    assert _laid_out(_run(folder, "--week", "2")) == []
    assert _laid_out(_run(folder)) == []
    before = _contents(out)
    for path in out.iterdir():
        path.unlink()
    assert _laid_out(_run(folder)) == sheets
    assert _contents(out) == before


@pytest.mark.pdf
def test_weasyprint_stays_out_where_no_sheet_changed(folder: Path) -> None:
    """A build that makes the deck anew does not even import it."""
    _run(folder)
    (folder.parent / "out" / "nodes.apkg").unlink()
    script = (
        "import sys\nfrom exporter.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    assert 'exporter.build.pipeline' in sys.modules\n"
        "    assert 'weasyprint' not in sys.modules\n"
    )
    command = [sys.executable, "-c", script, "-q", "build", str(folder)]
    subprocess.run([*command, "--out", str(folder.parent / "out")], check=True, cwd=ROOT)
    assert (folder.parent / "out" / "nodes.apkg").exists()


_AT = """
import os, sys, time
os.umask({umask})
time.time = lambda: {now}
from exporter.cli import main
main()
"""


def _elsewhere(folder: Path, now: int, umask: int, **environment: str) -> Mapping[str, bytes]:
    """The files of a build in a process of its own, with another clock."""
    script = _AT.format(umask=umask, now=now)
    subprocess.run(
        [sys.executable, "-c", script, "-q", "build", "pack", "--out", "out"],
        check=True,
        cwd=folder.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        stderr=subprocess.DEVNULL,
    )
    return _contents(folder.parent / "out", folder)


@pytest.mark.pdf
def test_the_same_pack_gives_the_same_bytes_anywhere(folder: Path, tmp_path: Path) -> None:
    """In another folder, time zone, umask and hash seed, hours later, with the same ledger, every
    file is the same: deck, sheets, model, manifest and ledger."""
    first = _elsewhere(folder, NOW, 0o022, TZ="UTC", PYTHONHASHSEED="1")
    other = tmp_path / "else where" / "pack"
    other.mkdir(parents=True)
    for name in ("plan.txt", "notes.md", "spare.md", "pack.toml", "ledger.jsonl"):
        (other / name).write_bytes((folder / name).read_bytes())
    seed = {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "2", "LC_ALL": "C"}
    second = _elsewhere(other, NOW + 20_000, 0o077, **seed)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert {Path(name).suffix for name in first} >= {".apkg", ".pdf", ".json", ".jsonl"}


def test_nothing_in_dist_tells_where_it_was_built(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No output holds the folder's path or the machine's name, which gets one that no text has."""
    name = "the-machine-of-this-test"
    machine = os.uname_result(("Linux", name, "1", "1", "x86_64"))
    monkeypatch.setattr(os, "uname", lambda: machine)
    monkeypatch.setattr(socket, "gethostname", lambda: name)
    monkeypatch.setattr(platform, "node", lambda: name)
    monkeypatch.setenv("HOSTNAME", name)
    _run(folder, *DECK)
    out = folder.parent / "out"
    with zipfile.ZipFile(out / "nodes.apkg") as package:
        packed = [package.read(name) for name in package.namelist()]
    for raw in (*packed, *_contents(out).values()):
        assert os.fsencode(folder.parent) not in raw
        assert name.encode() not in raw


def test_a_second_build_at_the_same_time_stops(folder: Path) -> None:
    """While one process builds a pack, another one says so and stops; reading commands work."""
    one_build.build(folder, _order(folder, NOW))
    _typo(folder)
    with atomic.alone(folder):
        result = _run(folder, *DECK)
        status = CliRunner().invoke(cli, ["status", str(folder)])
    assert (result.exit_code, status.exit_code) == (2, 0)
    assert "another studypack is at work" in result.output
    assert _run(folder, *DECK).exit_code == 0
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
