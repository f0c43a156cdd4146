"""`init`: a first pack.toml that says what was found, and what could not be read."""

import re
from pathlib import Path

from click.testing import CliRunner, Result

from exporter.cli import cli
from exporter.pack.packkeys import PACK, TABLES

NOTES = """# SET 1 — Streams

## Q1: What is a stream?

### SHORT

Data piece by piece.

## Q2

```js
console.log("A");
```

### Output

A
"""

DAYS = "".join(
    f"Day {n}: Streams\n    Study: streams.\n    Practice: Copy.\n\n" for n in range(1, 5)
)
PLAN = f"Plan\n\nWeek 1 – One\nGoal: Read.\n\n{DAYS}"


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def test_init_describes_the_documents_found(tmp_path: Path) -> None:
    """A first pack.toml lists each document under what it holds, and is a valid pack."""
    (tmp_path / "notes.md").write_text(NOTES, "utf-8")
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    result = _run("init", tmp_path)
    assert result.exit_code == 0
    text = (tmp_path / "pack.toml").read_text("utf-8")
    lines = [
        "notes.md: 2 questions (headings, tiers), 1 puzzle",
        "plan.txt: a plan of 1 week and 4 days",
    ]
    assert result.stderr.splitlines()[:2] == lines
    for line in lines:
        assert f"\n# {line}\n[[documents]]\n" in text
    assert 'path = "notes.md"\n# reader = "none"' in text
    assert 'path = "plan.txt"\nreader = "dayplan"\n' in text
    assert _run("check", tmp_path, "--strict").exit_code == 0
    assert _run("init", tmp_path).exit_code == 2
    assert (tmp_path / "pack.toml").read_text("utf-8") == text


def test_init_shows_every_key_with_what_it_means(tmp_path: Path) -> None:
    """Each line that is commented out is a line of a valid pack.toml."""
    (tmp_path / "notes.md").write_text(NOTES, "utf-8")
    assert _run("init", tmp_path).exit_code == 0
    path = tmp_path / "pack.toml"
    shown = re.findall(r"^# (\[+\w+\]+|\w+ = [^…\n]*)(?: {2,}#.*)?$", path.read_text("utf-8"), re.M)
    keys = {line.partition(" =")[0].strip("[]") for line in shown} | {
        "documents",
        "title",
        "id",
        "path",
    }
    assert set(PACK) <= keys
    asked = {key for table in TABLES.values() for key in table.keys}
    assert asked <= keys


def test_init_names_what_it_cannot_read(tmp_path: Path) -> None:
    """With the command that makes a document of it; but not where its document lies there."""
    names = ("drill.rst", "my notes.docx", "book.pdf", "cells.org", "cells.md", "x.png", ".a.docx")
    for name in names:
        (tmp_path / name).write_text("Words.\n")
    result = _run("init", tmp_path)
    text = (tmp_path / "pack.toml").read_text("utf-8")
    for line in (
        "book.pdf: pdftotext -layout book.pdf book.txt",
        "drill.rst: pandoc -t gfm -o drill.md drill.rst",
        "my notes.docx: pandoc -t gfm -o 'my notes.md' 'my notes.docx'",
    ):
        assert f"\n# {line}\n" in text
        assert line.partition(":")[0] in result.stderr
    assert "cells.org" not in text + result.stderr
    assert not re.search(r"x\.png|\.a\.docx", text + result.stderr)
    said = _run("-v", "check", tmp_path).stdout
    assert re.findall(r"^(.*):1: info: .* can't be read: .*\[F111\]$", said, re.M) == [
        "book.pdf",
        "drill.rst",
        "my notes.docx",
    ]


def test_a_folder_without_documents_names_what_could_be_one(tmp_path: Path) -> None:
    """Neither `init` nor `check` ends as if all were well."""
    (tmp_path / "notes.docx").write_text("Words.\n")
    assert "no document to read" in _run("init", tmp_path).stderr
    result = _run("check", tmp_path)
    assert result.exit_code == 1
    assert "pandoc -t gfm -o notes.md notes.docx" in result.stdout
