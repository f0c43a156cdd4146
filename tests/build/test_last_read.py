"""Questions about a pack are answered from what the last build read, and never when it is stale."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.build import answering, last_read, pipeline
from exporter.cli import cli

NOTES = """# Notes

## What is a closure?

A function with the variables of the place where it was made.

## What is hoisting?

Declarations are known before their line runs.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    place = tmp_path / "pack"
    place.mkdir()
    (place / "pack.toml").write_text('language = "en"\n')
    (place / "notes.md").write_text(NOTES)
    _run("build", place, "--out", tmp_path / "out", "--only", "apkg")
    return place


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read anew."""
    found: list[Path] = []
    before = pipeline.read

    def read(folder: Path, *rest: object, **named: object) -> object:
        found.append(folder)
        return before(folder, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read", read)
    return found


def _run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


ANSWERS = (
    ("show", "closure", "--source"),
    ("explain", "notes.md:3", "--source"),
    ("coverage",),
    ("status", "--json"),
)


@pytest.mark.parametrize("words", ANSWERS, ids=lambda words: words[0])
def test_an_answer_is_the_same_read_or_remembered(
    folder: Path, readings: list[Path], words: tuple[str, ...]
) -> None:
    remembered = _run(*words, folder)
    assert readings == []
    shutil.rmtree(os.environ["XDG_STATE_HOME"])
    assert _run(*words, folder) == remembered
    assert readings == [folder]


def test_what_is_kept_is_what_was_read(folder: Path, readings: list[Path]) -> None:
    remembered = answering.answering(folder)
    assert readings == []
    read = pipeline.read(folder)
    assert remembered.read.pack == read.pack
    assert remembered.read.config == read.config
    assert sum(map(len, remembered.read.cards.values())) == len(read.notes)


def _edit_document(folder: Path) -> None:
    path = folder / "notes.md"
    path.write_text(path.read_text().replace("a closure", "a clausure"))


def _add_document(folder: Path) -> None:
    (folder / "more.md").write_text("# More\n\n## What is a clausure?\n\nA wall of a convent.\n")


def _edit_pack_toml(folder: Path) -> None:
    with (folder / "pack.toml").open("a") as file:
        file.write("\n# a remark\n")


def _drop_ledger(folder: Path) -> None:
    (folder / "ledger.jsonl").unlink()


def _kept() -> Path:
    (found,) = Path(os.environ["XDG_STATE_HOME"]).glob("studypack/*.read")
    return found


def _cut_what_is_kept(_: Path) -> None:
    _kept().write_bytes(_kept().read_bytes()[:-20])


def _alter_what_is_kept(_: Path) -> None:
    raw = _kept().read_bytes()
    _kept().write_bytes(raw[:64] + raw[64:].replace(b"notes.md", b"\xff\xff\xff\xff\xff.md"))


def _link_what_is_kept(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    kept = _kept()
    kept.rename(elsewhere)
    kept.symlink_to(elsewhere)


CHANGES = (
    _edit_document,
    _add_document,
    _edit_pack_toml,
    _drop_ledger,
    _cut_what_is_kept,
    _alter_what_is_kept,
    _link_what_is_kept,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_what_is_stale_or_damaged_is_read_anew(
    folder: Path, readings: list[Path], change: object
) -> None:
    change(folder)  # type: ignore[operator]
    _run("coverage", folder)
    assert readings == [folder]


def test_an_edit_is_seen_at_once(folder: Path) -> None:
    assert "closure" in _run("show", "closure", "--source", folder)
    _edit_document(folder)
    assert "clausure" in _run("show", "clausure", "--source", folder)
    counts = json.loads(_run("status", "--json", folder))["counts"]
    assert (counts["renamed"] + counts["new"], counts["untouched"]) == (1, 1)


def test_another_program_reads_anew(
    folder: Path, readings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporter.system.fingerprint.program", lambda: "another")
    _run("coverage", folder)
    assert readings == [folder]


def test_a_build_without_a_deck_foretells_none(folder: Path, tmp_path: Path) -> None:
    """What a deck would change isn't known from a build that made none."""
    _edit_document(folder)
    _run("build", folder, "--out", tmp_path / "out", "--only", "json")
    assert last_read.standing(folder) is None
    assert json.loads(_run("status", "--json", folder))["counts"]["untouched"] == 1


def test_answers_write_nothing(folder: Path) -> None:
    state = Path(os.environ["XDG_STATE_HOME"])
    _edit_document(folder)

    def files() -> dict[Path, bytes]:
        places = (state, folder.parent)
        return {p: p.read_bytes() for place in places for p in place.rglob("*") if p.is_file()}

    before = files()
    for words in ANSWERS:
        _run(*(word.replace("closure", "hoisting") for word in words), folder)
    assert files() == before
