"""Between packs nothing is shared, and within one nothing changes that nobody sees."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from exporter.cli import cli
from tests.anki_collection import collection

REFORMATTED = Path(__file__).parent / "reformatted"
NOTES = """# Notes

## What is a process?

{answer}

## What is a stream?{id}

{answer} in order.
"""


def _run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def _pack(folder: Path, answer: str, toml: str, id_: str = "") -> Path:
    folder.mkdir()
    (folder / "pack.toml").write_text(toml)
    (folder / "notes.md").write_text(NOTES.format(answer=answer, id=id_))
    return folder


def _build(folder: Path) -> Path:
    out = folder.parent / f"{folder.name}-out"
    _run("build", folder, "--out", out, "--only", "apkg")
    return next(out.glob("*.apkg"))


def _keys(folder: Path) -> list[str]:
    return sorted(entry["key"] for entry in _entries(folder))


def _entries(folder: Path) -> list[dict[str, Any]]:
    """The ledger's questions."""
    rows = map(json.loads, (folder / "ledger.jsonl").read_text().splitlines())
    return [row for row in rows if "key" in row]


def _guids(folder: Path) -> list[str]:
    return [note["guid"] for entry in _entries(folder) for note in entry["notes"]]


@pytest.mark.anki
@pytest.mark.parametrize("id_", ["", " {#stream}"])
def test_two_packs_in_one_collection_keep_their_notes(tmp_path: Path, id_: str) -> None:
    """Same file, same words, also an author's own ids: each pack has its answers, both ways."""
    java = _pack(tmp_path / "java", "A JVM", 'title = "Java"\n', id_)
    rust = _pack(tmp_path / "rust", "A program", 'title = "Rust"\n', id_)
    first, second = _build(java), _build(rust)
    with collection(tmp_path / "anki") as mine:
        for package in (first, second, first, second):
            mine.take(package)
        decks = {
            name: sorted(mine.backend.get_note(n)["Answer"] for n in mine.backend.find_notes(what))
            for name, what in (("Java", "deck:Java*"), ("Rust", "deck:Rust*"))
        }
    assert decks == {
        "Java": ["<p>A JVM in order.</p>", "<p>A JVM</p>"],
        "Rust": ["<p>A program in order.</p>", "<p>A program</p>"],
    }


def test_a_lost_ledger_gives_what_was_there(tmp_path: Path) -> None:
    """Ids follow from the pack's id and the question; keys do not tell packs apart."""
    java = _pack(tmp_path / "java", "A JVM", 'title = "Java"\n')
    _build(java)
    guids = _guids(java)
    (java / "ledger.jsonl").unlink()
    _build(java)
    assert _guids(java) == guids
    rust = _pack(tmp_path / "rust", "A program", 'title = "Rust"\n')
    _build(rust)
    assert _keys(rust) == _keys(java)


def test_what_was_published_without_an_id_keeps_its_own(tmp_path: Path) -> None:
    """An id that is given, changed or taken out concerns new questions only."""
    pack = _pack(tmp_path / "old", "A JVM", 'title = "Java"\nid = ""\n')
    _build(pack)
    before = (pack / "ledger.jsonl").read_text()
    (pack / "pack.toml").write_text('title = "Java"\nid = "abcdefgh"\n')
    status = json.loads(_run("status", "--json", pack))
    assert status["counts"]["untouched"] == 2
    _build(pack)
    assert (pack / "ledger.jsonl").read_text() == before


TWINS = """# Ships

## Morning

### What are anchors for?

They hold.

### What are sails for?

They pull.

## Evening

### What are anchors for?

They hold.

### What are sails for?

They pull.

### Why do gulls follow boats?

{answer}
"""


def test_identical_twins_keep_their_places(tmp_path: Path) -> None:
    """An edit elsewhere exchanges nothing, from the first rebuild on."""
    pack = tmp_path / "twins"
    pack.mkdir()
    (pack / "pack.toml").touch()
    (pack / "notes.md").write_text(TWINS.format(answer="For fish."))
    _build(pack)
    for answer in ("For scraps.", "For both."):
        (pack / "notes.md").write_text(TWINS.format(answer=answer))
        counts = json.loads(_run("status", "--json", pack))["counts"]
        assert (counts["updated"], counts["untouched"]) == (1, 4)
        _build(pack)


@pytest.mark.parametrize("way", ["prettier", "prettier-wrapped", "mdformat", "filled"])
def test_a_formatter_changes_no_note(tmp_path: Path, way: str) -> None:
    """Other bullets, marks of emphasis, headings, blanks and line ends show the same card; and
    back."""
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.toml").touch()
    for name in ("written", way, "written"):
        (pack / "notes.md").write_text((REFORMATTED / f"{name}.md").read_text())
        if (pack / "ledger.jsonl").exists():
            counts = json.loads(_run("status", "--json", pack))["counts"]
            assert counts["untouched"] == sum(counts.values()) == 6, name
        _build(pack)


def test_code_is_seen_blank_by_blank(tmp_path: Path) -> None:
    """Within code a blank more is a change."""
    pack = _pack(tmp_path / "code", "`a`\n\n```\nx = 1\n```", "")
    _build(pack)
    pack_text = (pack / "notes.md").read_text()
    (pack / "notes.md").write_text(pack_text.replace("x = 1", "x  = 1", 1))
    assert json.loads(_run("status", "--json", pack))["counts"]["updated"] == 1


def test_a_folder_that_holds_another_packs_files_is_refused(tmp_path: Path) -> None:
    """By name, before anything is written; a pack that is renamed goes on in its own."""
    java = _pack(tmp_path / "java", "A JVM", 'title = "Java"\n')
    rust = _pack(tmp_path / "rust", "A program", 'title = "Rust"\n')
    out = tmp_path / "dist"
    build = ["build", "--out", str(out), "--only", "apkg"]
    _run(*build, java)
    before = {path: path.read_bytes() for path in out.iterdir()}
    refused = CliRunner().invoke(cli, [*build, str(rust)])
    assert refused.exit_code == 2
    assert 'another pack ("Java")' in refused.stderr
    assert {path: path.read_bytes() for path in out.iterdir()} == before
    assert not (rust / "ledger.jsonl").exists()
    (java / "pack.toml").write_text('title = "Java 21"\n')
    _run(*build, java, "--accept")
    (java / "pack.toml").write_text('title = "Java 21"\nid = "abc"\n')
    _run(*build, java)
    _run(*build, java)
    assert {path.name for path in out.iterdir()} == {"java-21.apkg", "manifest.json"}


def _status(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run("status", "--json", folder))
    return found


TOML = """#:schema x
title = "Java"  # ours

[lint]
L203 = "off"
"""


@pytest.mark.anki
def test_a_fork_is_a_pack_of_its_own(tmp_path: Path) -> None:
    """With other guids, from edition 1 on; what its author wrote in pack.toml stays."""
    java = _pack(tmp_path / "java", "A JVM", TOML)
    first = _build(java)
    copy = tmp_path / "fork"
    shutil.copytree(java, copy)
    _run("ledger", "fork", "--source", copy)
    lines = (copy / "pack.toml").read_text().splitlines()
    assert lines[0] == "#:schema x"
    assert lines[1].startswith("id = ")
    assert lines[2:] == TOML.splitlines()[1:]
    assert _status(copy)["counts"]["new"] == 2
    second = _build(copy)
    assert _keys(copy) == _keys(java)
    assert not set(_guids(copy)) & set(_guids(java))
    with collection(tmp_path / "anki") as mine:
        assert len(mine.take(first).new) == 2
        assert len(mine.take(second).new) == 2
    _run("ledger", "fork", "--source", copy)
    assert (copy / "pack.toml").read_text().count("id = ") == 1


REWORDED = """# Notes

## How does a program in execution differ from its file?

It has memory and state of its own, given by the kernel.

## What is a stream?

A JVM in order.
"""


@pytest.mark.parametrize("published", [False, True])
def test_a_reworded_question_is_joined_by_its_author(tmp_path: Path, published: bool) -> None:
    """The likely pair is named first, and joining keeps the guid; also after an edition that took
    it for a new one."""
    java = _pack(tmp_path / "java", "A JVM", 'title = "Java"\n')
    _build(java)
    old = next(entry for entry in _entries(java) if "process" in entry["prompt"])
    (java / "notes.md").write_text(REWORDED)
    before = _status(java)
    assert (before["counts"]["new"], before["counts"]["retired"]) == (1, 1)
    (pair,) = before["likely"]
    assert (pair["old"], pair["before"]) == (old["key"], "What is a process?")
    shown = _run("status", java)
    assert shown.startswith(pair["new"])
    assert f"studypack ledger join {pair['new']} {old['key']}" in shown
    if published:
        _build(java)
    _run("ledger", "join", pair["new"], pair["old"], "--source", java)
    after = _status(java)
    assert (after["counts"]["new"], after["counts"]["retired"]) == (0, 0)
    _build(java)
    joined = next(entry for entry in _entries(java) if entry["key"] == old["key"])
    assert joined["prompt"] == "How does a program in execution differ from its file?"
    assert [note["guid"] for note in joined["notes"]] == [note["guid"] for note in old["notes"]]
    assert joined["state"] == "live"
    again = _status(java)
    assert again["counts"]["untouched"] == sum(again["counts"].values()) == 2


def test_only_what_is_lost_can_be_joined(tmp_path: Path) -> None:
    """A question that the documents still have has learners of its own."""
    java = _pack(tmp_path / "java", "A JVM", 'title = "Java"\n')
    _build(java)
    one, two = (entry["key"] for entry in _entries(java))
    for words in ((one, two), (one, "ZZ99"), ("ZZ99", two)):
        done = CliRunner().invoke(cli, ["ledger", "join", *words, "--source", str(java)])
        assert done.exit_code == 2, words
