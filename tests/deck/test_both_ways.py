"""Cards that ask both ways: a note each, with its own guid and progress."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from exporter.cli import cli
from tests.anki_collection import collection

NOTES = """# Words

#flashcards

the anchor{sign}der Anker
the sail::das Segel
the rope::das Tau
"""


def _run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def _pack(folder: Path, sign: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "pack.toml").write_text('id = "words"\ntitle = "Words"\n')
    (folder / "notes.md").write_text(NOTES.format(sign=sign))


def _status(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run("status", "--json", folder))
    return found


@pytest.mark.anki
def test_a_card_each_way(tmp_path: Path) -> None:
    """The second asks for what the first answers; it retires and comes back as itself."""
    pack, out = tmp_path / "pack", tmp_path / "out"
    _pack(pack, ":::")
    build = (
        "build",
        pack,
        "--out",
        out,
        "--only",
        "apkg",
        "--only",
        "flashcards",
        "--only",
        "html",
    )
    _run(*build)
    with collection(tmp_path / "anki") as mine:
        mine.take(out / "words.apkg")
        shown = {
            note["Key"]: (note["Question"], note["Answer"])
            for note in map(mine.backend.get_note, mine.backend.find_notes(""))
        }
        (key,) = (key for key in shown if key.endswith("-r"))
        assert shown[key] == ("der Anker", "<p>the anchor</p>")
        assert shown[key.removesuffix("-r")] == ("the anchor", "<p>der Anker</p>")
        assert len(shown) == 4
        cards = len(mine.cards())
        _pack(pack, "::")
        gone = _status(pack)["changes"]
        assert [(one["change"], one["key"], one["tier"]) for one in gone] == [
            ("retired", key, "short-r")
        ]
        _run(*build)
        mine.take(out / "words.apkg")
        mine.take(out / "words-farewell.apkg")
        (retired,) = map(mine.backend.get_note, mine.backend.find_notes("tag:retired"))
        assert (retired["Key"], retired["Question"]) == (key, "der Anker")
        _pack(pack, ":::")
        assert _status(pack)["counts"]["revived"] == 1
        _run(*build)
        mine.take(out / "words.apkg")
        assert len(mine.cards()) == cards
        assert mine.backend.find_notes("tag:retired") == []
    assert f"{key.removesuffix('-r')} " in _run("show", key, "--source", pack)
    assert _status(pack)["counts"]["untouched"] == 4
