"""What each edition changed, and the way back from one that was a mistake."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.cli import cli
from tests.anki_collection import collection
from tests.ledger.test_merging import NAMES, Team


def _run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def _editions(team: Team) -> dict[int, list[tuple[str, str]]]:
    found = json.loads(_run("log", "--json", team.folder))
    return {
        one["edition"]: [(change["change"], change["prompt"]) for change in one["changes"]]
        for one in found
    }


def test_each_edition_is_told_in_words(team: Team) -> None:
    """New, changed and gone questions, by what git knows and the ledger that lies there."""
    team.edit({"heap": "Answer heap, longer."})
    team.build()
    team.commit("two")
    text = (team.folder / "notes.md").read_text()
    (team.folder / "notes.md").write_text(text.replace("## What is a map?\n\nAnswer map.\n", ""))
    team.build()
    found = _editions(team)
    assert list(found) == [3, 2, 1]
    assert found[3] == [("retired", "What is a map?")]
    assert found[2] == [("updated", "What is a heap?")]
    assert {change for change, _ in found[1]} == {"new"}
    assert len(found[1]) == len(NAMES)
    said = _run("log", "--edition", 2, team.folder)
    assert said.startswith("Edition 2, 2027-01-15\nChanged: 1 question\n- What is a heap? (")
    assert CliRunner().invoke(cli, ["log", "--edition", "9", str(team.folder)]).exit_code == 2


def test_without_git_the_ledger_tells_what_it_knows(team: Team, tmp_path: Path) -> None:
    """The last change of each note, and that it is no whole account."""
    team.edit({"heap": "Answer heap, longer."})
    team.build()
    alone = tmp_path / "alone"
    alone.mkdir()
    for name in ("pack.toml", "notes.md", "ledger.jsonl"):
        (alone / name).write_bytes((team.folder / name).read_bytes())
    found = json.loads(_run("log", "--json", alone))
    assert [(one["edition"], one["whole"], len(one["changes"])) for one in found] == [
        (2, False, 1),
        (1, False, len(NAMES) - 1),
    ]


@pytest.mark.anki
def test_an_edition_is_taken_back(team: Team, tmp_path: Path) -> None:
    """Learners of the mistake get the old texts, with keys and progress; nobody loses a card."""
    package = tmp_path / "out" / "team.apkg"
    with collection(tmp_path / "anki") as mine:

        def answer() -> str:
            (note,) = mine.backend.find_notes('"Question:What is a heap?"')
            return mine.backend.get_note(note)["Answer"]

        package = next((tmp_path / "out").glob("*.apkg"))
        mine.take(package)
        cards = sorted(mine.cards())
        good = (team.folder / "notes.md").read_text()
        team.edit({name: f"Oops {name}" for name in NAMES})
        team.build()
        team.commit("mistake")
        mine.take(package)
        assert answer() == "<p>Oops heap</p>"
        _run("ledger", "revert", 1, "--source", team.folder)
        (team.folder / "notes.md").write_text(good)
        assert team.counts()["updated"] == len(NAMES)
        team.build()
        log = mine.take(package)
        assert len(log.updated) == len(NAMES)
        assert answer() == "<p>Answer heap.</p>"
        assert sorted(mine.cards()) == cards
    assert team.counts()["untouched"] == len(NAMES)


def test_an_edition_that_git_does_not_have_is_named(team: Team) -> None:
    """With those that it has."""
    done = CliRunner().invoke(cli, ["ledger", "revert", "7", "--source", str(team.folder)])
    assert done.exit_code == 2
    assert "it has 1" in done.output


def test_a_repository_runs_nothing(team: Team, tmp_path: Path) -> None:
    """Whatever its settings name: a pager, a monitor, a program for signatures, hooks."""
    evil, mark = tmp_path / "evil", tmp_path / "mark"
    evil.write_text(f"#!/bin/sh\ntouch {mark}\n")
    evil.chmod(0o755)
    for name, value in (
        ("core.pager", str(evil)),
        ("core.fsmonitor", str(evil)),
        ("log.showSignature", "true"),
        ("gpg.program", str(evil)),
        ("core.hooksPath", str(tmp_path)),
    ):
        team.git("config", name, value)
    assert _editions(team)
    assert not mark.exists()
