"""Decisions in the terminal: each written at once, taken back, and never asked again."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from exporter.cli import cli

NOTES = """# Paging

## What is cursor pagination?

It names the last row that was seen.

## What is a cursor in pagination?

The last row that was seen.

## What is a heap?

A tree in an array, seen by tries.
"""
TOPICS = "# Topic checklist\n\n1. Heaps\n2. Tries\n"
TOML = """# mine
title = "Paging"   # ours

[[documents]]
path = "notes.md"

[[documents]]
path = "topics.md"
reader = "checklist"
"""


def _review(pack: Path, keys: str, *words: str) -> str:
    result = CliRunner().invoke(cli, ["review", str(pack), *words], input="\n".join(keys) + "\n")
    assert result.exit_code == 0, result.output
    return result.output


def _items(pack: Path, *words: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(cli, ["review", "--json", str(pack), *words])
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for name, text in (("notes.md", NOTES), ("topics.md", TOPICS), ("pack.toml", TOML)):
        (tmp_path / name).write_text(text)
    return tmp_path


def test_an_answer_is_written_and_not_asked_again(pack: Path) -> None:
    """Below what the author wrote, of which nothing changes."""
    before = _items(pack, "--same")
    assert before[0]["left"].partition("\n")[0].endswith("What is cursor pagination?")
    said = _review(pack, "y", "--same")
    assert "Do these two ask the same?" in said
    text = (pack / "pack.toml").read_text()
    assert text.startswith(TOML)
    assert "[[same]]" in text
    assert len(_items(pack, "--same")) == len(before) - 1
    check = CliRunner().invoke(cli, ["check", str(pack)])
    assert check.exit_code == 0, check.output


def test_no_keeps_apart_and_topics_are_gaps(pack: Path) -> None:
    """Each kind has its own table."""
    _review(pack, "n", "--same")
    assert "[[apart]]" in (pack / "pack.toml").read_text()
    open_ = _items(pack, "--topics")
    _review(pack, "n" * len(open_), "--topics")
    assert _items(pack, "--topics") == []
    model = json.loads(CliRunner().invoke(cli, ["model", str(pack)]).stdout)
    assert {one["state"] for one in model["topics"]} == {"gap"}


def test_an_answer_is_taken_back(pack: Path) -> None:
    """Undone, skipped or left, pack.toml is as it was, byte for byte."""
    _review(pack, "yusq")
    assert (pack / "pack.toml").read_text() == TOML
    _review(pack, "uuxq")
    assert (pack / "pack.toml").read_text() == TOML
    _review(pack, "")
    assert (pack / "pack.toml").read_text() == TOML
