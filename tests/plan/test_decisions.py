"""Reviewed decisions of pack.toml: each is kept, and concerns only the questions it names."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from exporter.cli import cli

NOTES = """# Paging

## What does cursor pagination do?

It names the last row that was seen.

## How do you page through results by a key?

By the last row that was seen.

## What is a heap?

A tree in an array.

## What is a binary heap?

A tree in an array, complete.

## What is a trie?

A tree of letters.
"""
TOPICS = "# Topic checklist\n\n1. Tries\n2. Keyset paging\n3. Rendezvous hashing\n"
DOCUMENTS = (
    '[[documents]]\npath = "notes.md"\n[[documents]]\npath = "topics.md"\nreader = "checklist"\n'
)


def _run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "notes.md").write_text(NOTES)
    (folder / "topics.md").write_text(TOPICS)
    (folder / "pack.toml").write_text(DOCUMENTS)
    _run("build", folder, "--out", tmp_path / "out", "--only", "apkg")
    return folder


def _model(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run("model", folder))
    return found


def _changed(folder: Path) -> set[str]:
    """The prompts of the notes that a build would stamp."""
    changes = json.loads(_run("status", "--json", folder))["changes"]
    return {one["prompt"] for one in changes}


def _same(folder: Path) -> dict[str, list[str]]:
    return {
        one["prompt"]: [r["title"] for r in one["related"] if r["relation"] == "same"]
        for one in _model(folder)["questions"]
    }


def test_what_asks_the_same_is_joined_for_certain(pack: Path) -> None:
    """And nothing else changes: not for the two, but for how they name each other, and no other."""
    first, second = "What does cursor pagination do?", "How do you page through results by a key?"
    assert _same(pack)[first] == []
    entry = '[[same]]\nquestions = ["notes.md:3", "notes.md:7"]\n'
    (pack / "pack.toml").write_text(DOCUMENTS + entry)
    found = _same(pack)
    assert found[first] == [second]
    assert found[second] == [first]
    assert _changed(pack) == {first, second}


def test_keeping_apart_concerns_the_two(pack: Path) -> None:
    """Relations of all others are as they were."""
    entry = '[[apart]]\nquestions = ["notes.md:11", "notes.md:15"]\n'
    (pack / "pack.toml").write_text(DOCUMENTS + entry)
    assert _changed(pack) <= {"What is a heap?", "What is a binary heap?"}
    assert _same(pack)["What is a heap?"] == []


def test_topics_are_covered_as_reviewed(pack: Path) -> None:
    """What pack.toml names covers the topic; an empty list says that it is a gap."""
    entry = (
        '[[covers]]\ntopic = "Keyset paging"\nquestions = ["notes.md:7"]\n'
        '[[covers]]\ntopic = "tries"\nquestions = []\n'
    )
    (pack / "pack.toml").write_text(DOCUMENTS + entry)
    states = {one["title"]: one["state"] for one in _model(pack)["topics"]}
    assert states == {"Tries": "gap", "Keyset paging": "covered", "Rendezvous hashing": "gap"}
    assert _changed(pack) == set()


@pytest.mark.parametrize("topic", ["Nothing of that kind", ""])
def test_a_topic_that_is_none_is_an_error(pack: Path, topic: str) -> None:
    """With its line."""
    (pack / "pack.toml").write_text(f'{DOCUMENTS}[[covers]]\ntopic = "{topic}"\nquestions = []\n')
    result = CliRunner().invoke(cli, ["check", str(pack)])
    assert result.exit_code == 1
    assert "pack.toml:" in result.output
