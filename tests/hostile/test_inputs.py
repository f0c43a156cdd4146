"""What is read from a folder that a stranger packed, and what a terminal shows of it."""

import ast
import json
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from exporter import escapes, files, ledger, packfile, records, verdicts
from exporter.cli import cli
from exporter.diagnostics import Code, Diagnostic
from exporter.files import Unreadable
from exporter.writers import manifest

PROMPT = "## Q1: What is a lamp?\n\n### SHORT\n\nA thing that gives light.\n"
PICTURE = f"{PROMPT}\n![l](a.png)\n"
LISTED = "[[documents]]\npath = 'n.md'\n"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONG = "9" * 5000


def _run(*words: str | Path) -> Result:
    """Runs a command in this process; what it raises fails the test."""
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def _never(one: Diagnostic) -> None:
    """Nothing is to be reported."""
    raise AssertionError(one)


def _pack(folder: Path, text: str = PROMPT, toml: str = "") -> Path:
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(toml, "utf-8")
    (folder / "n.md").write_text(text, "utf-8")
    return folder


# Files that are none.

OPENED: list[str] = []


def _listen(event: str, details: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(details[0], str | bytes | os.PathLike):
        OPENED.append(os.fsdecode(details[0]))


sys.addaudithook(_listen)


def _socket(path: Path, _outside: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket has to be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _huge(path: Path, _outside: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10**12)  # a file of holes: no disk is filled


PLANTED: Mapping[str, tuple[Callable[[Path, Path], None], str]] = {
    "a pipe": (lambda path, _: os.mkfifo(path), "named pipe"),
    "a socket": (_socket, "socket"),
    "a folder": (lambda path, _: path.mkdir(), "folder"),
    "a circle": (lambda path, _: path.symlink_to(path.name), "in a circle"),
    "a link to nothing": (lambda path, _: path.symlink_to("nowhere"), "not there"),
    "a link out": (lambda path, outside: path.symlink_to(outside), "leads out of the folder"),
    "a device": (lambda path, _: path.symlink_to("/dev/zero"), "leads out of the folder"),
    "a link to a folder": (lambda path, _: path.symlink_to("."), "folder"),
    "a terabyte": (_huge, "MB"),
}
PLACES = {
    "pack.toml": ("pack.toml:1: error:", Code.INVALID_TOML),
    "x.md": ("pack.toml:3: error:", Code.MISSING_DOCUMENT),
    "ledger.jsonl": ("ledger.jsonl:1: error:", Code.INVALID_LEDGER),
    "verdicts.jsonl": ("verdicts.jsonl:1: error:", Code.INVALID_VERDICTS),
    "a.png": ("n.md:7: warning:", Code.UNUSABLE_IMAGE),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_no_file_is_said_at_once(tmp_path: Path, kind: str, place: str) -> None:
    """Every command names place and reason, and opens nothing that lies outside."""
    plant, said = PLANTED[kind]
    toml = LISTED + ("[[documents]]\npath = 'x.md'\n" if place == "x.md" else "")
    pack = _pack(tmp_path / "pack", PICTURE, toml)
    outside = tmp_path / "secret"
    outside.write_bytes(b"\x89PNG\r\n\x1a\n## Q1: secret?")
    (pack / place).unlink(missing_ok=True)
    plant(pack / place, outside)
    OPENED.clear()
    checked = _run("check", pack)
    built = _run("build", pack, "--out", tmp_path / "out", "--only", "json")
    start, code = PLACES[place]
    if place == "ledger.jsonl" and "out of" in said:
        assert built.exit_code == 2  # a ledger elsewhere can't be written either
        assert "leads out of" in built.output
        built = checked
    for result in (checked, built):
        (line,) = (line for line in result.output.splitlines() if line.startswith(start))
        if place == "x.md" and "out of" in said:
            assert line.endswith("[F106]")
        else:
            assert line.endswith(f"[{code.code}]")
        assert said in line
        assert result.exit_code == (0 if place == "a.png" else 1)
    assert not {os.path.realpath(path) for path in OPENED} & {str(outside), "/dev/zero"}


@pytest.mark.parametrize("kind", ["a pipe", "a socket", "a circle", "a link out", "a terabyte"])
def test_what_lies_beside_like_a_document_is_not_passed_over(tmp_path: Path, kind: str) -> None:
    """A pack that lists nothing reads every text file, and says which it can't."""
    pack = _pack(tmp_path / "pack")
    PLANTED[kind][0](pack / "x.md", tmp_path / "secret")
    result = _run("check", pack)
    assert result.exit_code == 1
    assert "x.md:1: error:" in result.output


def test_a_folder_beside_is_a_warning(tmp_path: Path) -> None:
    """It holds no document by itself, and nothing of it would be read."""
    pack = _pack(tmp_path / "pack")
    (pack / "Node.md").mkdir()
    result = _run("check", pack)
    assert result.exit_code == 0
    assert "Node.md:1: warning: Node.md is a folder" in result.output


@pytest.mark.parametrize("kind", PLANTED)
def test_a_manifest_that_is_no_file_is_none(tmp_path: Path, kind: str) -> None:
    """What lies in the output folder is looked at with the same care."""
    (tmp_path / "out").mkdir()
    PLANTED[kind][0](tmp_path / "out" / manifest.NAME, tmp_path / "secret")
    assert manifest.load(tmp_path / "out") == manifest.Manifest()


@pytest.mark.parametrize("kind", ["a pipe", "a socket", "a folder", "a circle", "a device"])
def test_repair_and_init_take_no_other_file(tmp_path: Path, kind: str) -> None:
    """Files and folders that somebody names are looked at before they are opened."""
    PLANTED[kind][0](tmp_path / "x.md", tmp_path / "secret")
    repaired = _run("repair", tmp_path / "x.md")
    assert repaired.exit_code == 2
    assert "x.md can't be read: it" in repaired.output
    if kind != "a folder":
        assert _run("init", tmp_path / "x.md").exit_code == 2
    assert _run("check", tmp_path / "x.md").exit_code == 2


@pytest.mark.parametrize("name", [b"a\xff.md", b"a\x1b[2J.md", b"a\nb.md", b"a\xe2\x80\xaeb.md"])
def test_a_strange_name_is_shown_as_it_is(tmp_path: Path, name: bytes) -> None:
    """Names that are not UTF-8 or hold control characters are errors or, beside chosen ones,
    warnings; a terminal sees none of them raw."""
    pack = _pack(tmp_path / "pack")
    Path(os.fsdecode(os.fsencode(pack) + b"/" + name)).write_text(PROMPT)
    shown = escapes.line(os.fsdecode(name))
    unlisted = _run("check", pack)
    assert (unlisted.exit_code, f"{shown}:1: error: {shown} is not read" in unlisted.output) == (
        1,
        True,
    )
    (pack / "pack.toml").unlink()
    begun = _run("init", pack)
    assert (begun.exit_code, f"{shown}:1: warning:" in begun.output) == (0, True)
    listed = _run("check", pack)
    assert (listed.exit_code, f"{shown}:1: warning:" in listed.output) == (0, True)
    assert not any(CONTROL.search(one.output) for one in (unlisted, begun, listed))


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    """The name of the folder is a title: what is no letter in it is left out."""
    pack = _pack(Path(os.fsdecode(os.fsencode(tmp_path) + b"/p\xff\x1b[31mq")))
    result = _run("build", pack, "--out", tmp_path / "out", "--only", "json", "--only", "apkg")
    assert result.exit_code == 0
    assert (tmp_path / "out" / "p-31mq.apkg").is_file()
    (pack / "pack.toml").unlink()
    assert _run("init", pack).exit_code == 0
    assert packfile.load(pack, _never).title == "p [31mq"


@pytest.mark.parametrize("place", ["n.md", "pack.toml", "ledger.jsonl", "verdicts.jsonl"])
def test_an_unchanged_build_looks_at_every_file(tmp_path: Path, place: str) -> None:
    """What has become a pipe since the last build is said, and the last good files stay."""
    pack, out = _pack(tmp_path / "pack"), tmp_path / "out"
    words: list[str | Path] = ["build", pack, "--out", out, *_only("apkg", "json")]
    assert _run(*words).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (pack / place).unlink(missing_ok=True)
    os.mkfifo(pack / place)
    assert _run(*words).exit_code == 1
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_file_that_grows_is_cut_off(tmp_path: Path) -> None:
    """The limit holds for what is read, whatever size the file was said to have."""
    (tmp_path / "a").write_bytes(b"x" * 11)
    assert files.read(tmp_path, "a", 11) == b"x" * 11
    with pytest.raises(Unreadable, match="may have"):
        files.read(tmp_path, "a", 10)


# Values that are none.

ENTRY = {
    "key": "KXM7",
    "id": "i1",
    "author_id": None,
    "path": "n.md",
    "prompt": "What is a lamp?",
    "code": "",
    "answers": [["short", "A thing that gives light."]],
    "week": None,
    "day": 3,
    "by": "default",
    "score": 0.5,
    "why": "",
    "related": [
        {"id": "i2", "key": "KXM8", "relation": "same", "leads": True, "title": "a lamp"},
    ],
    "tags": ["week::1"],
    "grounds": "a b c",
    "state": "live",
    "notes": [
        {
            "tier": "short",
            "guid": "g1",
            "hash": "h",
            "modified": 1_700_000_000,
            "edition": 1,
            "retired": {"edition": 1, "prompt": "p", "code": "", "answer": "a"},
        },
    ],
}
HEAD = {
    "format": "studypack-ledger",
    "version": 1,
    "edition": 1,
    "deck": "src",
    "note_types": [{"tier": "short", "hash": "h", "modified": 1_700_000_000}],
}
JUDGED = {"key": "K1", "digest": "d", "status": "agrees", "runtime": "Node 20", "printed": ["a"]}
SWAPS: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 1, 10**12, 10**30, 1.5, 1e308, "", "x", "\x1b[31m", "a\nb"),
    *("\ud800", "beyond", "../x", "x" * 9999, [], [[]], [None], ["a"], {}, {"a": 1}, [{}]),
)


def _paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a value of its own stands, inner ones too."""
    yield at
    if isinstance(value, dict | list):
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(one, (*at, name))


def _swapped(value: Any, at: tuple[Any, ...], other: Any) -> Any:
    if not at:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = _swapped(value[at[0]], at[1:], other)
    return copy


def _without(value: Any, at: tuple[Any, ...]) -> Any:
    copy = dict(value) if isinstance(value, dict) else list(value)
    if len(at) == 1:
        del copy[at[0]]
    else:
        copy[at[0]] = _without(value[at[0]], at[1:])
    return copy


def _variants(value: Any) -> Iterator[Any]:
    """``value`` with every part of it taken out, and exchanged for values of every kind."""
    for at in _paths(value):
        yield from (_swapped(value, at, other) for other in SWAPS)
        if at:
            yield _without(value, at)


def _lines(*rows: Any) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.mark.parametrize("line", [1, 2])
def test_a_ledger_of_other_types_is_an_error_at_its_line(line: int) -> None:
    """What can be read is written back as it was; everything else is said, and never raised."""
    refused = 0
    for row in _variants(HEAD if line == 1 else ENTRY):
        found: list[Diagnostic] = []
        raw = _lines(row, ENTRY) if line == 1 else _lines(HEAD, row)
        book = ledger.load(raw, found.append)
        places = {one.location and (one.location.path, one.location.first) for one in found}
        assert places <= {(ledger.NAME, line)}
        if found:
            refused += 1
        else:
            assert ledger.load(ledger.save(book), _never) == book
    assert refused > 100


def test_verdicts_of_other_types_are_errors_at_their_line(tmp_path: Path) -> None:
    """Likewise."""
    head = {"format": "studypack-verdicts", "version": 1}
    refused = 0
    for row in _variants(JUDGED):
        (tmp_path / verdicts.NAME).write_bytes(_lines(head, row))
        found: list[Diagnostic] = []
        kept = verdicts.load(tmp_path, found.append)
        assert {str(one.location) for one in found} <= {f"{verdicts.NAME}:2"}
        assert len(kept) + len(found) == 1
        refused += bool(found)
    assert refused > 50


def test_a_manifest_of_other_types_is_none(tmp_path: Path) -> None:
    """It is read as one that says nothing, and the build makes another."""
    pack = _pack(tmp_path / "pack")
    assert _run("build", pack, "--out", tmp_path / "out", "--only", "apkg").exit_code == 0
    path = tmp_path / "out" / manifest.NAME
    whole = json.loads(path.read_bytes())
    sound = manifest.load(tmp_path / "out")
    assert sound.inputs
    for value in _variants(whole):
        path.write_bytes(json.dumps(value).encode())
        loaded = manifest.load(tmp_path / "out")
        assert loaded == sound or loaded.inputs is None
    whole["outputs"][0]["path"] = "x" * 9999
    path.write_bytes(json.dumps(whole).encode())
    assert manifest.load(tmp_path / "out").rows == ()
    for raw in (b"[" * 100_000, b'{"edition":1e999}', b"\xff", b"9" * 5000, b"", b"\xef\xbb\xbf{}"):
        path.write_bytes(raw)
        assert manifest.load(tmp_path / "out") == manifest.Manifest()
        assert _run("build", pack, "--out", tmp_path / "out", "--only", "apkg").exit_code == 0


@pytest.mark.parametrize(
    ("raw", "line", "said"),
    [
        (b"[" * 100_000, 1, "cut off?"),
        (_lines(HEAD) + b"[" * 100_000, 2, "cut off?"),
        (_lines(HEAD, ENTRY).replace(b"0.5", b"9" * 5000), 2, "cut off?"),
        (_lines(HEAD, ENTRY).replace(b"0.5", b"1e999"), 2, "score must be a"),
        (_lines(HEAD, ENTRY).replace(b"0.5", b"NaN"), 2, "cut off?"),
        (_lines(HEAD, ENTRY, {**ENTRY, "key": "KXM8", "notes": []}), 3, "the id i1 stands twice"),
        (_lines(HEAD, {**ENTRY, "notes": ENTRY["notes"] * 2}), 2, "the guid g1 stands twice"),  # type: ignore[operator] # a list
        (_lines(HEAD) + b"\n\n" + _lines(ENTRY).replace(b"lamp", b"\x92"), 4, "not UTF-8"),
        ("\ufeff".encode() * 2 + _lines(HEAD), 1, "cut off?"),
        (_lines(HEAD).decode().encode("utf-16"), 1, "not UTF-8"),
    ],
)
def test_a_ledger_that_is_none_says_where(raw: bytes, line: int, said: str) -> None:
    """The first thing that is wrong is said with its line and what to do."""
    found: list[Diagnostic] = []
    ledger.load(raw, found.append)
    assert [(one.code, one.location and one.location.first) for one in found] == [
        (Code.INVALID_LEDGER, line)
    ]
    assert said in found[0].message
    assert "version control" in found[0].message or "keep the newer" in found[0].message


def test_a_ledger_with_a_byte_order_mark_is_read() -> None:
    """Editors of Windows write one; it is no part of the first line."""
    raw = _lines(HEAD, ENTRY)
    marked = b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")
    assert ledger.load(marked, _never) == ledger.load(raw, _never)


def test_a_file_of_wrong_lines_is_not_recited() -> None:
    """So many lines are said one by one; what has more is no ledger."""
    found: list[Diagnostic] = []
    ledger.load(_lines(HEAD) + b"x\n" * 100_000, found.append)
    assert 10 < len(found) < 30


TOP = (
    *("title", "slug", "deck", "language", "author", "paper", "landscape", "depth", "tiers"),
    *("duplicates", "start", "pages", "documents", "subjects", "pins", "lint", "color", "outputs"),
    "unknown",
)
ROWS = {
    "documents": ("path", "reader", "title", "origin"),
    "subjects": ("name", "terms", "days"),
    "pins": ("question", "week", "day"),
    "links": ("plan", "questions"),
    "apart": ("questions",),
    "figures": ("kind", "source", "list", "title", "center"),
}
VALUES = (
    *("1", "-1", "0x" + "f" * 5000, "1.5", "inf", "-inf", "nan", "1e999", "true", '""', '"x"'),
    *('"\\u001b[31m"', '"a\\u0000"', "'''a\nb'''", "1979-05-27", "0001-01-01", "9999-12-31"),
    *("1979-05-27T07:32:00Z", "07:32:00", "[]", "[1]", '["a"]', "[[]]", "{}", "{a=1}", "[{}]"),
    *('{a={b={c="d"}}}', f'"{"x" * 9999}"', f"[{'1,' * 5000}]", '"../x"', '"/etc/passwd"', '"."'),
    "[" * 60 + "]" * 60,
)


def _toml_faults(folder: Path, text: str) -> list[Diagnostic]:
    (folder / "pack.toml").write_text(text, "utf-8")
    found: list[Diagnostic] = []
    config = packfile.load(folder, found.append)
    packfile.unlisted(folder, config, found.append)
    assert config.title
    return [one for one in found if one.code is not Code.UNLISTED_DOCUMENT]


def test_a_pack_toml_of_other_types_is_an_error_at_its_line(tmp_path: Path) -> None:
    """Every key takes a value of every kind, or says what it wants instead, at its own line and in
    a sentence of its length."""
    (tmp_path / "n.md").write_text(PROMPT)
    written = [(f"\n{key} = {value}\n", 2) for key in TOP for value in VALUES]
    for table, keys in ROWS.items():
        for key in keys:
            written += [(f"[[{table}]]\n{key} = {value}\n", 2) for value in VALUES]
    refused = 0
    for text, line in written:
        for one in _toml_faults(tmp_path, text):
            refused += 1
            assert one.location
            assert one.location.path == "pack.toml"
            assert one.location.first in (line - 1, line)
            assert one.code in (Code.UNKNOWN_KEY, Code.WRONG_VALUE)
            assert len(one.message) < 300
    assert refused > 500


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"\npages = {LONG}", 2, "a number that is too long"),
        ("\nx = " + "[" * 100_000, 2, "nested too deeply"),
        ("\nx = " + "{a=" * 20_000, 2, "nested too deeply"),
        ("\n" + ".".join(["a"] * 300_000) + " = 1", 2, "too many parts"),
        ("\n[" + " . ".join(["a"] * 100_000) + "]", 2, "too many parts"),
        ("\nx = {" + ".".join(['"a b"'] * 100_000) + " = 1}", 2, "too many parts"),
        ('\ntitle = "a"\ntitle = "b"', 3, ""),
        ("\nstart = 2026-02-30", 2, ""),
        ("# " + "x" * 2_000_000, 1, "MB and may have 1"),
    ],
)
def test_a_pack_toml_that_is_none_says_where(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    """What the parser would take for ever, or not at all, is one error with its line."""
    (fault,) = _toml_faults(tmp_path, text)
    assert (fault.code, fault.location and fault.location.first) == (Code.INVALID_TOML, line)
    assert said in fault.message


def test_a_dotted_key_has_its_line(tmp_path: Path) -> None:
    """`lint.L203` at the top is the key of a table, and its line is where it stands."""
    (fault,) = _toml_faults(tmp_path, "\n\nlint.L203 = 'of'\n")
    assert str(fault.location) == "pack.toml:3"


DIGITS = {
    "a list": f"{PROMPT}\n{LONG}. a\n{LONG}) b\n",
    "a question": f"## Q{LONG}: What?\n\n### SHORT\n\nx\n\n## {LONG}. Why?\n\n### SHORT\n\ny\n",
    "a day": f'Plan\n\nWeek {LONG} - x\n\nDay {LONG}: Streams\n    Q: "why?"\n\nDay 2: b\n',
    "days": "Plan\n\nWeek 1 - x\n\nDay 1: a\n\nDay 999: b\n\nWeek 999 - y\n\nDay 3-998: z\n",
    "braces": f"## What is a lamp? {{week={LONG} day={LONG}}}\n\n### SHORT\n\nx\n",
    "html": f'{PROMPT}\n<ol start="{LONG}"><li value="{LONG}">x</li></ol> &#{LONG};\n',
    "superscripts": "## Q²: What?\n\n### SHORT\n\n²) a\n\nDay ²: x\n\nWeek ٣: y\n",
}


@pytest.mark.parametrize("text", DIGITS.values(), ids=DIGITS)
def test_numbers_without_end_are_read_as_words(tmp_path: Path, text: str) -> None:
    """Python refuses to read 5,000 digits as a number; an author who writes them is no error."""
    pack = _pack(tmp_path / "pack", text)
    result = _run("build", pack, "--out", tmp_path / "out", *_only("json", "html", "apkg"))
    assert result.exit_code == 0, result.output


def _only(*outputs: str) -> list[str]:
    return [word for output in outputs for word in ("--only", output)]


@pytest.mark.parametrize("name", [f"n.md:{LONG}", f"n.md#{LONG}", LONG, f"{LONG}/short", "\udcff"])
def test_a_name_without_end_fits_nothing(tmp_path: Path, name: str) -> None:
    """Neither on the command line nor in pack.toml."""
    pack = _pack(tmp_path / "pack")
    for command in ("show", "explain"):
        result = _run(command, name, "--source", pack)
        assert result.exit_code == 2
        assert not CONTROL.search(result.output)
    if len(name) < 1000:
        return
    short = name.replace(LONG, "9" * 900)
    tables = (
        f"[[pins]]\nquestion = '{short}'\nweek = 1\n",
        f"[[figures]]\nkind = 'cycle'\nsource = '{short}'\n",
        f"[[links]]\nplan = 'day {'9' * 900}.1'\nquestions = ['{short}']\n",
    )
    for text in tables:
        (pack / "pack.toml").write_text(text)
        assert "pack.toml:1: " in _run("check", pack).output


# What a terminal shows.

EVIL = "\x1b[31mred\x9b2J\u202egnp.exe\x07\x7f\x85\u2066"
DOCUMENT = f"""# Set {EVIL}

## Q1: What is a {EVIL} lamp?

### SHORT

A thing {EVIL} that gives light.

## Q2

```js {EVIL}
console.log("{EVIL}");
```

### Output

{EVIL}

## Q3: List all {EVIL} of them {{#{EVIL}}}

### PITFALLS {EVIL}

{EVIL}

![{EVIL}]({EVIL}.png)
"""


def _evil(folder: Path) -> Path:
    pack = _pack(folder, DOCUMENT, f"author = 'x'\n{json.dumps(EVIL)} = 1\n")
    entry = {**ENTRY, "path": f"{EVIL}\nx", "prompt": EVIL, "related": [], "why": EVIL}
    (pack / ledger.NAME).write_bytes(_lines(HEAD, entry))
    return pack


@pytest.mark.parametrize(
    "words",
    [
        ["-v", "check", "PACK"],
        ["check", "--json", "PACK"],
        ["-v", "status", "PACK"],
        ["model", "PACK"],
        ["coverage", "PACK"],
        ["coverage", "--json", "PACK"],
        ["show", "lamp", "--source", "PACK"],
        ["show", EVIL, "--source", "PACK"],
        ["explain", EVIL, "--source", "PACK"],
        ["repair", "PACK/broken.txt"],
        ["ledger", "list", "--source", "PACK"],
        ["ledger", "forget", EVIL, "--source", "PACK"],
        ["build", "PACK", "--out", f"OUT{EVIL}"],
        ["init", f"OUT{EVIL}"],
        [f"--{EVIL}"],
        [EVIL],
    ],
    ids=lambda words: " ".join(words).replace(EVIL, "EVIL"),
)
def test_no_command_prints_a_control_character(tmp_path: Path, words: list[str]) -> None:
    """Whatever documents, names, ledgers and arguments hold is shown and never obeyed."""
    pack = _evil(tmp_path / "pack")
    (pack / "broken.txt").write_text(f"Itâ€™s {EVIL}\n", "utf-8")
    replaced = [word.replace("PACK", str(pack)).replace("OUT", str(tmp_path)) for word in words]
    result = CliRunner().invoke(cli, replaced, catch_exceptions=False)
    assert result.output
    assert not CONTROL.search(result.output)


def test_a_sound_pack_prints_none_either(tmp_path: Path) -> None:
    """A build's summary, a quiz and the changes say texts too."""
    pack = _pack(tmp_path / "pack", DOCUMENT)
    for words in (
        ["build", pack, "--out", tmp_path / f"out{EVIL}", *_only("apkg", "json"), "--accept"],
        ["quiz", pack, "--seed", "\udcff"],
        ["-v", "status", pack],
        ["model", pack],
    ):
        result = CliRunner().invoke(
            cli, [str(word) for word in words], input="\n\n\n", catch_exceptions=False
        )
        assert not CONTROL.search(result.output)
        if words[0] == "model":
            assert json.loads(result.stdout)["documents"][0]["title"] == f"Set {EVIL}"


def test_only_a_file_gets_repaired_text_as_it_is(tmp_path: Path) -> None:
    """`repair --stdout` is for a pipe; the diff is for people."""
    (tmp_path / "n.md").write_text(f"Itâ€™s {EVIL}\n", "utf-8")
    assert _run("repair", "--stdout", tmp_path / "n.md").stdout == f"It’s {EVIL}\n"
    assert "+It’s \\x1b[31mred" in _run("repair", tmp_path / "n.md").stdout


def test_everything_is_printed_at_one_place() -> None:
    """No module but the terminal's prints by itself, so that nothing can be forgotten."""
    folder = Path(__file__).parents[2] / "exporter"
    for path in folder.rglob("*.py"):
        names = {
            node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
        }
        printing = names & {"echo", "secho", "style"}
        assert not printing or path.name == "terminal.py", path


@given(st.text(st.characters()))
def test_escaped_text_holds_no_control_character(text: str) -> None:
    """All signs, half ones too; and JSON stays the same value."""
    assert not CONTROL.search(escapes.text(text))
    assert not re.search(r"[\n\r]", escapes.line(text))
    raw = json.dumps({"a": text}, ensure_ascii=False, indent=1)
    assert not CONTROL.search(escapes.json(raw))
    assert json.loads(escapes.json(raw)) == {"a": text}


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_records_refuse_in_a_sentence(value: object) -> None:
    """Whatever is read as an entry is one, or said not to be."""
    with pytest.raises(records.Unfit, match="must be"):
        records.read(ledger.Entry, value)
