"""The command line keeps the contract: names, streams, exit codes."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from exporter.cli import cli
from exporter.cli.terminal import Voice
from exporter.system import pango

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


def _pack(folder: Path, notes: str = NOTES, toml: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "notes.md").write_text(notes, "utf-8")
    (folder / "pack.toml").write_text(toml, "utf-8")
    return folder


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_build_writes_what_the_contract_names(tmp_path: Path) -> None:
    """A pack without a plan gives a deck, the model and a manifest that lists every file."""
    folder = _pack(tmp_path / "My notes")
    out = tmp_path / "out"
    result = _run("build", folder, "--out", out, "--only", "apkg", "--only", "json")
    assert result.exit_code == 0, result.output
    assert sorted(_contents(out)) == ["manifest.json", "model.json", "my-notes.apkg"]
    manifest = json.loads((out / "manifest.json").read_text())
    assert (manifest["version"], manifest["edition"]) == (1, 1)
    assert [row["path"] for row in manifest["outputs"]] == ["my-notes.apkg", "model.json"]
    assert manifest["notes"] == {"live": 2, "retired": 0}
    assert (folder / "ledger.jsonl").exists()


@pytest.mark.pdf
def test_build_prints_one_sheet_for_a_pack_without_a_plan(tmp_path: Path) -> None:
    """Without weeks there is one PDF, named by the slug."""
    out = tmp_path / "out"
    result = _run("build", _pack(tmp_path / "notes"), "--out", out)
    assert result.exit_code == 0, result.output
    assert sorted(_contents(out)) == ["manifest.json", "model.json", "notes.apkg", "notes.pdf"]


def test_a_second_build_changes_no_byte(tmp_path: Path) -> None:
    """Without edits a rebuild leaves every file as it was."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    words = ("build", folder, "--out", out, "--only", "apkg", "--only", "json")
    _run(*words)
    before = {**_contents(out), **_contents(folder)}
    assert _run(*words).exit_code == 0
    assert {**_contents(out), **_contents(folder)} == before


def test_an_error_in_the_content_publishes_nothing(tmp_path: Path) -> None:
    """The last good files stay, and the exit code is 1."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    words = ("build", folder, "--out", out, "--only", "apkg")
    _run(*words)
    before = _contents(out)
    (folder / "more.md").write_bytes(b"caf\xe9\n")
    result = _run(*words)
    assert result.exit_code == 1
    assert "more.md:1: error:" in result.stderr
    assert "Traceback" not in result.output
    assert _contents(out) == before


@pytest.mark.parametrize("command", ["build", "check"])
def test_strict_makes_warnings_errors(tmp_path: Path, command: str) -> None:
    """A document that is not listed is a warning: 0, and 1 with --strict."""
    folder = _pack(tmp_path / "notes", toml='[[documents]]\npath = "notes.md"\n')
    (folder / "old.md").write_text("x\n")
    more = ("--out", tmp_path / "out", "--only", "json") if command == "build" else ()
    assert _run(command, folder, *more).exit_code == 0
    assert _run(command, folder, *more, "--strict").exit_code == 1


def test_check_writes_nothing(tmp_path: Path) -> None:
    """A check leaves the folder as it was and says what it read."""
    folder = _pack(tmp_path / "notes")
    before = _contents(folder)
    result = _run("check", folder)
    assert result.exit_code == 0
    assert _contents(folder) == before
    assert "notes.md" in result.stdout
    assert "1 short, 1 output" in result.stdout


def test_model_is_json_on_standard_output(tmp_path: Path) -> None:
    """The model and nothing else stands on standard output."""
    result = _run("model", _pack(tmp_path / "notes"))
    model = json.loads(result.stdout)
    assert (model["format"], model["version"]) == ("studypack-model", 1)
    first, second = model["questions"]
    assert (first["label"], first["prompt"], first["kind"]) == (
        "Q1",
        "What is a stream?",
        "question",
    )
    assert (second["prompt"], second["code"], second["kind"]) == (
        None,
        'console.log("A");',
        "output",
    )
    assert second["answers"][0]["output"]["text"] == "A"
    assert (first["week"], first["day"]) == (None, None)
    assert model["accounting"][0]["unaccounted"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "nowhere"), "studypack init"),
        (("show", "unheard-of-word"), "try other words"),
        (("explain", "ZZZ9"), "no code and no question"),
        (("build", "--week", "9"), "no such week"),
        (("build", "--only", "word"), "--only"),
        (("-q", "-v", "check"), "contradict"),
        (("build", "--out", "pack/notes.md"), "name a folder"),
        (("repair", "nothing.md"), "can't be read"),
        (("repair", "pack/notes.md", "--write", "--stdout"), "contradict"),
        (("init", "pack"), "exists already"),
        (("init", "nowhere"), "is no folder"),
        (("model", "pack/pack.toml"), "is no folder"),
    ],
)
def test_wrong_usage_is_a_sentence_and_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    """Whatever is asked wrongly gets a sentence on standard error and exit code 2."""
    _pack(tmp_path / "pack")
    monkeypatch.chdir(tmp_path)
    if words[0] in ("show", "explain") or "--week" in words or "check" in words:
        monkeypatch.chdir(tmp_path / "pack")
    result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_show_finds_by_key_label_and_words(tmp_path: Path) -> None:
    """A key, a path with a label, a path with a line, and words lead to the same question."""
    folder = _pack(tmp_path / "notes")
    key = json.loads(_run("model", folder).stdout)["questions"][0]["key"]
    found = {
        _run("show", name, "--source", folder).stdout
        for name in (key, f"{key}/short", "notes.md#Q1", "notes.md:7", "what stream")
    }
    assert len(found) == 1
    assert "Data piece by piece." in found.pop()


def test_explain_knows_codes_and_places(tmp_path: Path) -> None:
    """A code gets its meaning without any pack, a key the reason for its place."""
    assert "Remedy:" in _run("explain", "f101").stdout
    folder = _pack(tmp_path / "notes")
    key = json.loads(_run("model", folder).stdout)["questions"][0]["key"]
    assert key in _run("explain", key, "--source", folder).stdout


def test_repair_shows_a_diff_and_writes_only_when_asked(tmp_path: Path) -> None:
    """The default is a diff; --stdout is the text; --write repairs in place and keeps line ends."""
    path = tmp_path / "notes.md"
    original = "Nodeâ€™s loop\r\nplain – text".encode()
    path.write_bytes(original)
    assert "+Node’s loop" in _run("repair", path).stdout
    assert _run("repair", path, "--stdout").stdout == "Node’s loop\nplain – text\n"
    assert path.read_bytes() == original
    _run("repair", path, "--write")
    assert path.read_bytes() == "Node’s loop\r\nplain – text".encode()


def test_missing_pango_still_gives_the_deck_and_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Pango deck and ledger are saved, the command that installs it is named, exit is 3."""
    monkeypatch.setattr(pango, "missing", lambda: ("pango-1.0",))
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    result = _run("build", folder, "--out", out)
    assert result.exit_code == 3
    assert "install" in result.stderr
    assert sorted(_contents(out)) == ["manifest.json", "model.json", "notes.apkg"]
    assert (folder / "ledger.jsonl").exists()


def test_only_json_leaves_ledger_and_deck_alone(tmp_path: Path) -> None:
    """Without the deck nothing is remembered; what was built before stays listed."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    _run("build", folder, "--out", out, "--only", "json")
    assert not (folder / "ledger.jsonl").exists()
    _run("build", folder, "--out", out, "--only", "apkg")
    rows = json.loads((out / "manifest.json").read_text())["outputs"]
    assert sorted(row["path"] for row in rows) == ["model.json", "notes.apkg"]


def test_a_renamed_deck_file_does_not_leave_the_old_one(tmp_path: Path) -> None:
    """What a whole build no longer makes is deleted; a stranger's file is not."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    words = ("build", folder, "--out", out, "--only", "apkg")
    _run(*words)
    (out / "mine.txt").write_text("x")
    (folder / "pack.toml").write_text('slug = "other"\n')
    _run(*words)
    assert sorted(_contents(out)) == ["manifest.json", "mine.txt", "other.apkg"]


def test_help_loads_nothing_heavy() -> None:
    """`--help` starts without any of the packages that take long to import."""
    heavy = ["weasyprint", "genanki", "ftfy", "markdown_it", "jinja2", "pygments", "nh3"]
    code = (
        "import sys; from exporter.cli import cli\n"
        "try: cli(['build', '--help'])\n"
        "except SystemExit: pass\n"
        f"print(*[name for name in {heavy} if name in sys.modules], file=sys.stderr, end='')"
    )
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "no_color", "coloured"),
    [
        ((), "", False),
        (("--color", "always"), "", True),
        (("--color", "always"), "1", True),
        (("--color", "never"), "", False),
    ],
)
def test_colour_is_as_asked(
    tmp_path: Path, words: tuple[str, ...], no_color: str, coloured: bool
) -> None:
    """--color decides; a pipe gets no colour by itself."""
    (tmp_path / "pack.toml").write_text('titel = ""\n')
    run = _script(*words, "check", tmp_path, environment={"NO_COLOR": no_color})
    assert ("\x1b[" in run.stdout) is coloured
    assert "\x1b[" not in run.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--help",), 0),
        (("--version",), 0),
        (("explain", "R232"), 0),
        (("explain", "X999"), 2),
        (("check", "nowhere"), 2),
        (("show", "nothing like this", "--source", "."), 2),
        (("build", "--week", "0"), 2),
        (("-q", "-v", "check"), 2),
        (("check", "--strict"), 1),
    ],
)
def test_the_script_leaves_with_its_exit_code(
    tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    """What the shell sees is the contract's exit code, not only what click returns."""
    _pack(tmp_path, NOTES + "\n## Q3: Nobody answers this?\n")
    run = _script(*words, folder=tmp_path)
    assert (run.returncode, "Traceback" in run.stderr) == (code, False)


def _script(
    *words: str | Path,
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs the console script as a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from exporter.cli import main; main()", *words],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, **(environment or {})},
    )


def test_a_redrawn_line_is_wiped_without_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal each step overwrites the one before it, also where escapes are cut off."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    said: list[str] = []
    monkeypatch.setattr(click, "echo", lambda text, **_how: said.append(text))
    voice = Voice(0)
    progress = voice.progress()
    progress("Placing and linking")
    progress("Reading")
    voice.done()
    voice.done()
    assert "".join(said) == (f"Placing and linking …\r{' ' * 21}\rReading …\r{' ' * 9}\r")


def test_a_missing_document_has_its_line(tmp_path: Path) -> None:
    """A document that is not there is reported where pack.toml lists it."""
    toml = '[[documents]]\npath = "notes.md"\n\n[[documents]]\npath = "gone.md"\n'
    result = _run("check", _pack(tmp_path, toml=toml))
    assert result.exit_code == 1
    assert result.stdout.startswith('pack.toml:4: error: "gone.md" cannot be read')


def test_an_empty_document_is_said(tmp_path: Path) -> None:
    """A document without a word is a warning of its own, and counts of nothing read as none."""
    folder = _pack(tmp_path / "notes", " \n\n<!-- later -->\n")
    result = _run("check", folder)
    assert result.exit_code == 0
    assert result.stdout.startswith("notes.md:1: warning: holds nothing to read: ")
    assert "\nAnswers: none\nQuestions: none\n" in result.stdout
    built = _run("build", folder, "--out", tmp_path / "out", "--only", "apkg")
    assert "\nNotes: 0\n" in built.stdout


def test_nothing_is_said_about_the_ledger_of_no_pack(tmp_path: Path) -> None:
    """A folder without pack.toml gets one sentence, about that."""
    result = _run("build", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "ledger" not in result.stderr
    assert "holds no pack.toml" in result.stderr


def test_a_fault_of_ours_is_a_sentence(tmp_path: Path) -> None:
    """Whatever goes wrong inside, a person reads one sentence; a variable brings the traceback."""
    code = (
        "from exporter import cli\n"
        "def broken(*_, **__):\n    raise ZeroDivisionError('inside')\n"
        "cli.main(run=broken)"
    )
    for variable, traced in (("", False), ("1", True)):
        environment = {**os.environ, "STUDYPACK_TRACEBACK": variable}
        run = subprocess.run(
            [sys.executable, "-c", code],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
            cwd=tmp_path,
        )
        assert run.returncode == 1
        assert ("Traceback" in run.stderr) is traced
        assert "inside" in run.stderr


def test_a_lost_ledger_is_said_before_the_build(tmp_path: Path) -> None:
    """Where a deck was built before, a missing ledger is named; a first build says nothing."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    words = ("build", folder, "--out", out, "--only", "apkg")
    assert "ledger.jsonl" not in _run(*words).stderr
    (folder / "ledger.jsonl").unlink()
    assert "ledger.jsonl is gone" in _run(*words).stderr


def test_a_root_deck_that_learners_have_is_kept(tmp_path: Path) -> None:
    """A new title would move new cards to another deck: refused with 4, and possible on purpose."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    words = ("build", folder, "--out", out, "--only", "apkg")
    _run(*words)
    (folder / "pack.toml").write_text('title = "Other"\nslug = "notes"\n')
    result = _run(*words)
    assert result.exit_code == 4
    assert 'keep it with deck = "notes" in pack.toml' in result.stderr
    (folder / "pack.toml").write_text('title = "Other"\nslug = "notes"\ndeck = "notes"\n')
    assert _run(*words).exit_code == 0
    (folder / "pack.toml").write_text('title = "Other"\nslug = "notes"\n')
    assert _run(*words, "--accept").exit_code == 0
    assert _run(*words).exit_code == 0


def test_the_manifest_does_not_tell_what_was_built_when(tmp_path: Path) -> None:
    """Parts built one by one in any order are listed like those of one build."""
    folder = _pack(tmp_path / "notes")
    orders = (("json", "apkg"), ("apkg", "json"))
    for number, order in enumerate(orders):
        for only in order:
            _run("build", folder, "--out", tmp_path / str(number), "--only", only)
    listed = [
        [row["path"] for row in json.loads((tmp_path / n / "manifest.json").read_text())["outputs"]]
        for n in ("0", "1")
    ]
    assert listed == [["notes.apkg", "model.json"]] * 2


def test_a_first_pack_toml_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves nothing behind, and is named."""

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    done = _run("init", tmp_path)
    assert done.exit_code == 2
    assert f"{tmp_path / 'pack.toml'} can't be written: no space left in" in done.output
    assert _contents(tmp_path) == {}


def test_a_journal_that_a_pack_brings_is_not_followed(tmp_path: Path) -> None:
    """Every command that says problems names it, nothing is published, and it is left alone."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    build = ("build", folder, "--out", out, "--only", "apkg")
    assert _run(*build).exit_code == 0
    (tmp_path / "thesis.txt").write_text("mine")
    plan = {"rename": [["pack.toml", "../thesis.txt"]], "delete": ["../thesis.txt"]}
    journal = folder / ".studypack-journal.json"
    journal.write_text(json.dumps(plan))
    before = _contents(folder), _contents(out)
    for words in (("check", folder), ("status", folder), ("model", folder), build):
        result = _run(*words)
        assert result.exit_code == 1
        assert ".studypack-journal.json:1: error: " in result.output
        assert "look at it, then delete it [F120]" in result.output
    assert _run("show", "stream", "--source", folder).exit_code == 0
    assert (_contents(folder), _contents(out)) == before
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    journal.unlink()
    assert _run(*build).exit_code == 0


def test_a_journal_in_the_output_folder_is_not_followed_either(tmp_path: Path) -> None:
    """A build names it and stops, with exit code 2."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    out.mkdir()
    (out / ".studypack-journal.json").write_text('{"rename": [], "delete": ["../notes/notes.md"]}')
    result = _run("build", folder, "--out", out, "--only", "apkg")
    assert result.exit_code == 2
    assert f"{out / '.studypack-journal.json'} is not followed" in result.output
    assert sorted(_contents(folder)) == ["notes.md", "pack.toml"]
    assert sorted(_contents(out)) == [".studypack-journal.json"]


def test_a_folder_in_the_way_of_a_deck_is_seen_first(tmp_path: Path) -> None:
    """Nothing is published, nothing staged stays, and other commands still work."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    (out / "notes.apkg").mkdir(parents=True)
    result = _run("build", folder, "--out", out, "--only", "apkg")
    assert result.exit_code == 2
    assert f"{out / 'notes.apkg'} is a folder: move it away or use --out" in result.output
    assert sorted(_contents(folder)) == ["notes.md", "pack.toml"]
    assert sorted(_contents(out)) == []
    assert _run("check", folder).exit_code == 0
