"""What the program says of a document: part by part, in one line, and how to settle it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.build import pipeline
from exporter.cli import cli

NOTES = """# Cells

What everybody should know.

## What is a cell?

A room.

- **Why so small?** For its skin.

## What is a wall?

### SHORT

A skin.

### SENIOR

Cellulose, in layers.

## Q3

```js
console.log("A");
```

### Output

A

## Further reading

Some books.
"""


def _pack(folder: Path, text: str = NOTES, toml: str = "") -> Path:
    folder.mkdir()
    (folder / "notes.md").write_text(text, "utf-8")
    (folder / "pack.toml").write_text(toml, "utf-8")
    return folder


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_check_ends_with_a_line_a_document(tmp_path: Path) -> None:
    """How many questions, how they ask, puzzles among them, and what is kept for reading."""
    folder = _pack(tmp_path / "pack")
    (folder / "topics.md").write_text(
        "### A. Streams\n\n1. Kinds\n2. Pressure\n3. Errors\n\n"
        "### B. Buffers\n\n4. Pools\n5. Bytes\n"
    )
    lines = _run("check", folder).stdout.splitlines()
    assert lines[-2:] == [
        "notes.md: 3 questions (headings, tiers), 1 puzzle, 1 introduction, 1 story",
        "topics.md: 5 topics",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# Notes\n\nWords.\n", "no question, 1 introduction"),
        ("## What?\n\n## Why?\n", "2 questions (headings) without answers"),
        ("## What?\n\nThat.\n\n## Why?\n", "2 questions (headings), 1 without an answer"),
        ("Q: What?\nA: That.\n\nQ: Why?\nA: So.\n", "2 questions (lines with Q:)"),
    ],
)
def test_the_line_of_a_document(tmp_path: Path, text: str, line: str) -> None:
    """Nothing asked is said; so are questions without answers."""
    result = _run("check", _pack(tmp_path / "pack", text))
    assert result.stdout.splitlines()[-1] == f"notes.md: {line}"


def test_a_plan_is_counted_in_weeks_and_days(tmp_path: Path) -> None:
    """What a plan asks stands in the plan: it is no document without questions."""
    days = "".join(
        f"Day {n}: Streams\n    Study: streams.\n    Practice: Copy.\n\n" for n in range(1, 5)
    )
    text = f"Plan\n\nWeek 1 – One\nGoal: Read.\n\n{days}"
    result = _run("check", _pack(tmp_path / "pack", text))
    assert result.stdout.splitlines()[-1] == "notes.md: a plan of 1 week and 4 days"


def test_the_model_has_the_parts_of_every_document(tmp_path: Path) -> None:
    """In order, without overlap, each with score and reason."""
    (document,) = json.loads(_run("model", _pack(tmp_path / "pack")).stdout)["documents"]
    parts = document["parts"]
    assert [(part["what"], part["first"], part["last"]) for part in parts] == [
        ("introduction", 1, 3),
        ("questions", 5, 9),
        ("tiers", 11, 19),
        ("puzzle", 21, 29),
        ("story", 31, 33),
    ]
    assert all(set(part) == {"what", "first", "last", "score", "why"} for part in parts)
    assert all(0 < part["score"] <= 1 and part["why"] for part in parts)


def test_explain_shows_the_parts_and_how_to_settle_them(tmp_path: Path) -> None:
    """Read as what, why, what nearly asked, and the lines for pack.toml."""
    folder = _pack(tmp_path / "pack")
    said = _run("explain", "notes.md", "--source", folder).stdout
    assert said.startswith("notes.md: 3 questions (headings, tiers)")
    rows = re.findall(r"^(\d+-\d+) +(\w+(?:: \d+)?) +\d\.\d\d +\S", said, re.MULTILINE)
    assert rows == [
        ("1-3", "introduction"),
        ("5-9", "questions: 1"),
        ("11-19", "tiers: 1"),
        ("21-29", "puzzle: 1"),
        ("31-33", "story"),
    ]
    assert "runner-up: item 1, 1 of 1 ask" in said
    assert 'path = "notes.md"\nasks = ["item 1"]' in said
    assert 'reader = "none"' in said
    assert '[[skip]] question = "notes.md:5"' in said


def test_what_explain_says_to_write_is_obeyed(tmp_path: Path) -> None:
    """The table that is printed is a table of pack.toml."""
    folder = _pack(tmp_path / "pack")
    said = _run("explain", "notes.md", "--source", folder).stdout
    table = said[said.index("[[documents]]") :].partition("\n\n")[0]
    asks = "\n".join(line for line in table.splitlines() if not line.startswith("reader"))
    (folder / "pack.toml").write_text(asks, "utf-8")
    assert [question.prompt for question in pipeline.read(folder).pack.questions] == [
        "Why so small?"
    ]
    assert "pack.toml" not in _run("explain", "notes.md", "--source", folder).stderr


def test_explain_knows_what_is_skipped(tmp_path: Path) -> None:
    """A question that pack.toml takes out is a part of its own."""
    folder = _pack(tmp_path / "pack", toml='[[skip]]\nquestion = "notes.md:5"\n')
    said = _run("explain", "notes.md", "--source", folder).stdout
    assert "notes.md: 2 questions" in said
    assert "skipped" in said
    assert "it is no question" in said


def test_a_document_is_found_by_path_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its name in the pack, as a file in the pack's folder, in another pack's, and alone."""
    folder = _pack(tmp_path / "pack", toml='[[documents]]\npath = "notes.md"\nreader = "none"\n')
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "notes.md").write_text(NOTES, "utf-8")
    monkeypatch.chdir(folder)
    inside = _run("explain", "notes.md")
    assert "notes.md: no question" in inside.stdout
    assert _run("explain", folder / "notes.md").stdout == inside.stdout
    alone = _run("explain", "../alone/notes.md").stdout
    assert "notes.md: 3 questions" in alone
    assert "No pack lists it" in alone
    monkeypatch.chdir(tmp_path)
    assert _run("explain", "pack/notes.md").stdout == inside.stdout
    assert _run("explain", "alone/notes.md").stdout == alone


def test_a_document_that_is_not_there_is_a_sentence_and_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With or without a pack; a file that is no text as well."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bytes.md").write_bytes(b"\xff\x00")
    for name, said in (("nothing.md", "no document is named"), ("bytes.md", "save the file as")):
        result = _run("explain", name)
        assert result.exit_code == 2
        assert said in result.stderr
    folder = _pack(tmp_path / "pack")
    assert _run("explain", "nothing.md", "--source", folder).exit_code == 2
