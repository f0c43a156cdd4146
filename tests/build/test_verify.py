"""Puzzles are run and judged; what came of it is kept, shown, and changes nothing else."""

import json
import socket
import sqlite3
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.build.pipeline import ReadPack
from exporter.check import node, verdicts
from exporter.cli import cli
from exporter.model import Verdict
from exporter.model.diagnostics import Code, Diagnostic, Severity
from exporter.paper.sheets import sheets
from exporter.text import fixed_words, stated_output, verdict_sentence
from exporter.text.stated_output import Claim
from tests import packs

NOTES = """# SET 1 — Order

## Q1: What is a turn?

### SHORT

One round of the loop.

## Q2

```js
console.log("one");
console.log("two");
```

### Explanation

From top to bottom.

### Output

two one

## Q3

```js
console.log("three");
```

### Output

three

## Q4

```python
print("four")
```

### Output

four
"""


def _pack(folder: Path, notes: str = NOTES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "notes.md").write_text(notes, "utf-8")
    (folder / "pack.toml").write_text("", "utf-8")
    return folder


def _node(folder: Path, says: str, version: str = "v20.1.2") -> Path:
    """A stand-in that runs nothing: `says` is shell, and $1 is the puzzle's file."""
    program = folder / "node"
    head = f'#!/bin/sh\n[ "$1" = --version ] && echo {version} && exit\n'
    program.write_text(f'{head}for file; do :; done\nset -- "$file"\n{says}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


ECHO = """sed -n 's/.*log("\\(.*\\)").*/\\1/p' "$1" """
"""Shell that prints what a puzzle of nothing but console.log("…") prints."""


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def _kept(folder: Path) -> list[dict[str, object]]:
    lines = (folder / verdicts.NAME).read_text("utf-8").splitlines()
    assert json.loads(lines[0]) == {"format": "studypack-verdicts", "version": 1}
    return [json.loads(line) for line in lines[1:]]


def _model(folder: Path) -> dict[str, dict[str, object]]:
    """The verdicts in the model by the author's label, of questions that have one."""
    questions = json.loads(_run("model", folder).stdout)["questions"]
    return {one["label"]: one["verdict"] for one in questions if one["verdict"]}


@pytest.mark.parametrize(
    ("stated", "fixed", "printed", "status"),
    [
        (["A B C"], True, ["A\nB\nC"], "agrees"),
        (["A\nB"], True, ["A B"], "agrees"),
        (["{a: 1, b: [1,2]}"], True, ["{ a: 1, b: [ 1, 2 ] }"], "agrees"),
        (["A, B → C"], True, ["A\nB\nC"], "agrees"),
        (["A, B"], True, ["A B"], "differs"),
        (["AB"], True, ["A\nB"], "differs"),
        (["1 11"], True, ["11 1"], "differs"),
        (["a"], True, ["A"], "differs"),
        (["A B"], True, ["A"], "differs"),
        (["A B"], True, [""], "differs"),
        (["nothing"], True, [""], "agrees"),
        (["A B", "B A"], False, ["B\nA"], "agrees"),
        (["A B", "B A"], False, ["A\nB", "B\nA"], "agrees"),
        (["A B", "B A"], False, ["A\nB", "C"], "varies"),
        (["A B"], True, ["A\nB", "B\nA"], "varies"),
        (["A B"], False, ["B\nA"], "agrees"),
        (["A B"], False, ["C"], "differs"),
        (["ReferenceError"], True, ["Uncaught ReferenceError: x is not defined"], "agrees"),
        (["1 throws a TypeError"], True, ["1\nUncaught TypeError: no"], "agrees"),
        (["TypeError"], True, ["Uncaught ReferenceError: x is not defined"], "differs"),
    ],
)
def test_agreement(stated: list[str], fixed: bool, printed: list[str], status: str) -> None:
    """Only blank space, the notation of a list and an error's message are forgiven."""
    assert stated_output.status(Claim(tuple(stated), fixed), printed) == status


def test_a_wrong_output_is_found_kept_and_shown(tmp_path: Path) -> None:
    """Both outputs are said with file and line; the file, the model and a check say it too."""
    folder = _pack(tmp_path / "notes")
    before = (folder / "notes.md").read_bytes()
    result = _run("-q", "verify", folder, "--node", _node(tmp_path, ECHO))
    assert result.exit_code == 0, result.output
    wrong, stated, printed, skipped, last = result.stdout.splitlines()
    assert wrong.startswith("notes.md:22: ")
    assert wrong.endswith(" differs")
    assert (stated.split(), printed.split()) == (
        ["stated", "two", "one"],
        ["printed", "one", "two"],
    )
    assert skipped.startswith("notes.md:34: ")
    assert skipped.endswith("was not run: it is not JavaScript")
    assert last == "Node 20.1.2, 3 puzzles: agrees 1, differs 1, not judged 1"
    assert [row["status"] for row in sorted(_kept(folder), key=lambda row: str(row["status"]))] == [
        "agrees",
        "differs",
    ]
    assert [row["key"] for row in _kept(folder)] == sorted(str(r["key"]) for r in _kept(folder))
    assert _model(folder) == {
        "Q2": {"status": "differs", "runtime": "Node 20.1.2", "printed": ["one\ntwo"]},
        "Q3": {"status": "agrees", "runtime": "Node 20.1.2", "printed": ["three"]},
    }
    assert "Node 20 prints:\n    one two\n" in _run("show", "Q2", "--source", folder).stdout
    checked = _run("check", folder)
    assert "notes.md:22: warning: " in checked.stdout
    assert 'Node 20 prints "one two", not "two one"' in checked.stdout
    assert (folder / "notes.md").read_bytes() == before
    assert _run("-q", "verify", folder, "--node", tmp_path / "node", "--strict").exit_code == 1


def test_a_second_run_changes_no_byte(tmp_path: Path) -> None:
    """Verdicts that stay the same leave the file as it was."""
    folder, program = _pack(tmp_path / "notes"), _node(tmp_path, ECHO)
    _run("verify", folder, "--node", program)
    before = (folder / verdicts.NAME).read_bytes()
    assert _run("verify", folder, "--node", program, "--runs", "1").exit_code == 0
    assert (folder / verdicts.NAME).read_bytes() == before


COUNTED = 'echo x >>"$COUNT"; [ $(($(wc -l <"$COUNT") % 2)) = 1 ] && echo one two || echo two one'


def test_two_outputs_vary_and_stay_seen(tmp_path: Path) -> None:
    """What was seen once stays seen while the runtime is the same; another runtime begins anew."""
    puzzle = NOTES.partition("## Q3")[0]
    folder = _pack(tmp_path / "notes", puzzle)
    counted = COUNTED.replace("$COUNT", str(tmp_path / "count"))
    result = _run("-q", "verify", folder, "--node", _node(tmp_path, counted))
    assert "varies, which is not stated" in result.stdout
    (row,) = _kept(folder)
    assert (row["status"], row["printed"]) == ("varies", ["one two", "two one"])
    assert "V103" in _run("check", folder).stdout
    _run("verify", folder, "--node", _node(tmp_path, "echo two one"))
    assert _kept(folder) == [row]
    _run("verify", folder, "--node", _node(tmp_path, "echo two one", "v22.0.0"))
    (later,) = _kept(folder)
    assert (later["status"], later["runtime"]) == ("agrees", "Node 22.0.0")


@pytest.mark.parametrize(
    ("old", "new"),
    [('log("one")', 'log("One")'), ("two one", "one two"), ("From top", "Line by line: from top")],
)
def test_an_edited_puzzle_loses_its_verdict(tmp_path: Path, old: str, new: str) -> None:
    """A verdict is about code and stated output as they were, and about nothing else."""
    folder = _pack(tmp_path / "notes")
    _run("verify", folder, "--node", _node(tmp_path, ECHO))
    _pack(folder, NOTES.replace(old, new))
    assert set(_model(folder)) == ({"Q2", "Q3"} if old == "From top" else {"Q3"})


def _fields(package: Path, folder: Path) -> dict[str, str]:
    """By key, what the notes of a package say under Verdict."""
    with zipfile.ZipFile(package) as archive:
        names = [name for name in archive.namelist() if name.startswith("collection.anki2")]
        archive.extract(names[-1], folder)
    base = sqlite3.connect(folder / names[-1])
    rows = [row[0].split("\x1f") for row in base.execute("select flds from notes")]
    base.close()
    return {row[11]: row[8] for row in rows}


def test_a_build_changes_the_notes_of_new_verdicts_alone(tmp_path: Path) -> None:
    """The build after a verify sees its file, and updates the notes whose card now shows more."""
    folder, out = _pack(tmp_path / "notes"), tmp_path / "out"
    words = ("build", folder, "--out", out, "--only", "apkg")
    assert _run(*words).exit_code == 0
    _run("verify", folder, "--node", _node(tmp_path, ECHO))
    counts = json.loads(_run("status", folder, "--json").stdout)["counts"]
    assert (counts["updated"], counts["untouched"], counts["new"]) == (2, 2, 0)
    assert json.loads(_run(*words, "--json").stdout)["counts"]["updated"] == 2
    shown = sorted(_fields(out / "notes.apkg", tmp_path).values())
    assert shown[:2] == ["", ""]
    assert "Node 20 prints:</p><pre><code>one two</code>" in shown[3]
    assert "Runs as stated on Node 20</p>" in shown[2]
    assert json.loads(_run(*words, "--json").stdout)["counts"]["updated"] == 0


def test_the_sheet_says_it_beside_the_output() -> None:
    """A verdict stands in the same article as the output that it is about."""
    pack, config = packs.small()
    told = {
        packs.id_(7): Verdict("differs", "Node 20.1.2", ("[1] [1, 2]",)),
        packs.id_(8): Verdict("agrees", "Node 20.1.2", ("a b", "b a")),
    }
    questions = tuple(replace(one, verdict=told.get(one.id)) for one in pack.questions)
    found: list[Diagnostic] = []
    first, second, _ = sheets(replace(pack, questions=questions), config, found.append)
    assert "Node 20 prints:" in first.html
    assert first.html.index("[1, 2] [1, 2]") < first.html.index("[1] [1, 2]")
    assert "Runs as stated on Node 20" in second.html
    assert "Node 20 prints" not in second.html


@pytest.mark.parametrize(
    ("line", "number", "says"),
    [
        ('{"format": "other", "version": 1}', 1, 'format must be "studypack-verdicts"'),
        ('{"format": "studypack-verdicts", "version": 2}', 1, "update studypack"),
        ("<<<<<<< ours", 2, "conflict mark"),
        ('{"key": "KXM7", "di', 2, "cut off"),
        (
            '{"key": "KXM7", "digest": "x", "status": "true", "runtime": "N", "printed": ["a"]}',
            2,
            "status must be",
        ),
        (
            '{"key": "KXM7", "digest": "x", "status": "agrees", "runtime": "N", "printed": "a"}',
            2,
            "printed must be a list",
        ),
        ("[]", 2, "must be an object"),
    ],
)
def test_a_line_that_is_no_verdict_stops_everything(
    tmp_path: Path, line: str, number: int, says: str
) -> None:
    """An error names the line and the remedy; nothing is run, published or overwritten."""
    folder = _pack(tmp_path / "notes")
    head = '{"format": "studypack-verdicts", "version": 1}\n'
    raw = line + "\n" if number == 1 else head + line + "\n"
    (folder / verdicts.NAME).write_text(raw)
    result = _run("build", folder, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert f"verdicts.jsonl:{number}: error: " in result.stderr
    assert says in result.stderr
    assert not (tmp_path / "out").exists()
    assert _run("verify", folder, "--node", _node(tmp_path, ECHO)).exit_code == 1
    assert (folder / verdicts.NAME).read_text() == raw


def test_two_lines_of_one_puzzle_are_an_error(tmp_path: Path) -> None:
    """A merge that kept both lines is not decided by chance."""
    folder = _pack(tmp_path / "notes")
    _run("verify", folder, "--node", _node(tmp_path, ECHO))
    path = folder / verdicts.NAME
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    found: list[Diagnostic] = []
    verdicts.load(folder, found.append)
    assert [(one.code, one.location and one.location.first) for one in found] == [
        (Code.INVALID_VERDICTS, 4)
    ]


def test_without_node_the_command_that_installs_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3, whether Node.js is not there, not what was named, or something else."""
    folder = _pack(tmp_path / "notes")
    liar = _node(tmp_path, "", version="Python")
    for words in (("--node", tmp_path / "none"), ("--node", liar)):
        result = _run("verify", folder, *words)
        assert (result.exit_code, node.remedy() in result.stderr) == (3, True)
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert _run("verify", folder).exit_code == 3
    assert not (folder / verdicts.NAME).exists()


def test_no_other_command_runs_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Node.js that leaves a mark leaves none."""
    folder, mark = _pack(tmp_path / "notes"), tmp_path / "mark"
    _node(tmp_path, f"touch {mark}").rename(tmp_path / "nodejs")
    _node(tmp_path, f"touch {mark}")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    for words in (("check",), ("status",), ("model",), ("build", "--only", "apkg")):
        name, *options = words
        _run(name, folder, *options, *(("--out", tmp_path / "out") if options else ()))
    assert not mark.exists()
    _run("verify", folder)
    assert mark.exists()


def _printed(code: str) -> node.Run:
    return node.run(node.find(), code)


@pytest.mark.node
def test_real_node_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both streams in their order, in a fresh empty folder, without the caller's environment."""
    monkeypatch.setenv("SECRET", "told")
    ran = _printed(
        "console.log(1); console.error(2); console.log(process.env.SECRET, __filename);"
        'console.log(require("fs").readdirSync("."), typeof require);'
    )
    assert ran.printed == "1\n2\nundefined puzzle.cjs\n[ 'puzzle.cjs' ] function"
    assert (ran.thrown, ran.trouble) == (None, None)


@pytest.mark.node
@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("console.log(1); console.log(x)", "1\nUncaught ReferenceError: x is not defined"),
        ('Promise.reject(new TypeError("no"))', "Uncaught TypeError: no"),
        ('throw "text"', "Uncaught text"),
        ("let = ;", "Uncaught SyntaxError"),
        ("process.exitCode = 3; console.log(1)", "1"),
    ],
)
def test_real_errors_are_part_of_the_output(code: str, printed: str) -> None:
    """An uncaught error is shown by name and message, without its trace and its place."""
    ran = _printed(code)
    assert ran.printed.startswith(printed)
    assert "\n    at " not in ran.printed
    assert "Node.js v" not in ran.printed


@pytest.mark.node
def test_a_run_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that does not end, eats memory or prints without end is stopped and says so."""
    monkeypatch.setattr(node, "SECONDS", 2)
    assert "within 2 seconds" in str(_printed("setInterval(() => {}, 1000)").trouble)
    assert "characters" in str(_printed('for (;;) console.log("x".repeat(9999))').trouble)
    monkeypatch.setattr(node, "SECONDS", 60)
    for hungry in ("a.push({ a: [1, 2] })", "a.push(Buffer.alloc(1e7, 1))"):
        assert "memory" in str(_printed(f"const a = []; for (;;) {hungry}").trouble)


@pytest.mark.node
def test_a_run_is_offline() -> None:
    """Where the system permits it a puzzle reaches its own loopback and nothing else."""
    if not node.offline():
        pytest.skip("this system does not permit network namespaces")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        outside = f'require("net").connect({port}, "127.0.0.1")'
        ran = _printed(
            f'{outside}.on("error", (e) => console.log(e.code))'
            '.on("connect", () => { console.log("in"); process.exit() })'
        )
    assert ran.printed == "ECONNREFUSED"
    own = _printed(
        'const s = require("net").createServer((c) => c.end("hi")).listen(0, "127.0.0.1", () =>'
        ' require("net").connect(s.address().port, "127.0.0.1")'
        '.on("data", (d) => { console.log(String(d)); s.close() }))'
    )
    assert own.printed == "hi"


@pytest.mark.node
@pytest.mark.parametrize(
    ("code", "says"),
    [
        ('require("no-such-package")', "needs no-such-package, which is not installed"),
        ('import fs from "fs"', "is an ES module; puzzles run as .cjs files"),
        ("document.title = 1", "is written for a browser"),
        ("const x = ...;", "is no whole program"),
    ],
)
def test_what_needs_more_than_node_has_no_verdict(tmp_path: Path, code: str, says: str) -> None:
    """Code that can't run here is named, and nobody learns its error as an answer."""
    notes = NOTES.partition("## Q3")[0].replace('console.log("one");', code)
    result = _run("verify", _pack(tmp_path / "notes", notes), "--runs", "1")
    assert says in result.stdout
    assert not (tmp_path / "notes" / verdicts.NAME).exists()


@pytest.mark.node
def test_an_error_that_the_author_asks_for_is_judged(tmp_path: Path) -> None:
    """Where the stated output is the error, the error is the right answer."""
    notes = NOTES.partition("## Q3")[0].replace("two one", "SyntaxError")
    folder = _pack(tmp_path / "notes", notes.replace('console.log("one");', "let let = 1;"))
    result = _run("verify", folder, "--runs", "1")
    assert "1 puzzles: agrees 1" in result.stdout


def test_the_verdicts_of_the_pack_are_all_there(study: ReadPack) -> None:
    """Every puzzle in source/ has a verdict that still holds: 27 agree and three differ."""
    puzzles = [one for one in study.pack.questions if one.code]
    told = {one.label: one.verdict.status if one.verdict else None for one in puzzles}
    assert len(puzzles) == 30
    assert {label for label, status in told.items() if status != "agrees"} == {"Q89", "Q92", "Q94"}
    wrong = [one for one in study.diagnostics if one.code is Code.WRONG_OUTPUT]
    assert [one.location.first for one in wrong if one.location] == [2343, 2455, 2522]
    assert {one.severity for one in wrong} == {Severity.WARNING}
    shown = [
        verdict_sentence.about(one, fixed_words.ENGLISH)
        for one in puzzles
        if told[one.label] == "differs"
    ]
    assert [one.outputs for one in shown if one] == [
        ("T P1 P2 NT",),
        ("P1 P2 NT T1",),
        ("D A B C",),
    ]


@pytest.mark.node
def test_the_three_wrong_outputs_are_wrong_here_too(study: ReadPack) -> None:
    """The real Node.js of this machine prints what the kept verdicts say."""
    runtime = node.find()
    for one in study.pack.questions:
        if one.verdict and one.verdict.status == "differs":
            assert node.run(runtime, one.code or "").printed == one.verdict.printed[0]
