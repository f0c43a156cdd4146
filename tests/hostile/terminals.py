"""Streams and surroundings: closed and full streams, code pages, odd environments."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tests.hostile.cases import (
    DOCUMENT,
    Case,
    Ground,
    Run,
    Streams,
    ask,
    check,
    deck,
)


def cases() -> Iterator[Case]:
    """Every case of the family."""
    for command, run in _COMMANDS.items():
        for name, (streams, exits) in _STREAMS.items():
            codes = tuple({*run.exits, *exits})
            made = replace(run, streams=replace(streams, stdin=run.streams.stdin), exits=codes)
            yield Case(f"streams/{command}-{name}", _pack, (made,))
    for name, raw in _TYPED.items():
        run = ask("quiz", "{pack}", "--seed", "1", exits=(0, 1, 2, 130))
        yield Case(f"streams/quiz-typed-{name}", _pack, (replace(run, streams=Streams(stdin=raw)),))
    for name, env in _ENVIRONMENTS.items():
        runs = tuple(
            replace(
                one,
                env=env,
                writes=(*one.writes, *_ELSEWHERE),
                reads=_NAMED,
            )
            for one in (check(0, 1, 2), deck(0, 1, 2))
        )
        yield Case(f"surroundings/{name}", _pack, runs)


def _pack(ground: Ground) -> None:
    ground.write(
        "n.md", DOCUMENT + "\nIt’s “light” — 灯 💡 é.\n\n### MEDIUM\n\nMore ‘light’ → 光.\n"
    )
    ground.write(
        "m.md", "## Q1: What is “é” 光?\n\n" + "".join(f"### Q{n}\n\na\n\n" for n in range(40))
    )
    (ground.root / "elsewhere").mkdir()
    (ground.root / "a-file").write_text("mine\n")
    (ground.root / "a-link").symlink_to(ground.root / "elsewhere")


_COMMANDS: dict[str, Run] = {
    "check": check(0, 1),
    "check-json": ask("check", "--json", "{pack}", exits=(0, 1)),
    "model": ask("model", "{pack}", exits=(0, 1)),
    "show": ask("show", "lamp", "--source", "{pack}", exits=(0, 2)),
    "build": deck(0, 1),
    "status": ask("-v", "status", "{pack}", exits=(0, 1)),
    "explain": ask("explain", "F101"),
    "coverage": ask("coverage", "{pack}", exits=(0, 1)),
    "repair": ask("repair", "{pack}/n.md", exits=(0, 1)),
    "quiz": replace(
        ask("quiz", "{pack}", exits=(0, 1, 2)), streams=Streams(stdin=b"\n1\n\n2\nq\n")
    ),
    "error": ask("check", "{root}/none", exits=(2,)),
    "usage": ask("nothing", exits=(2,)),
    "help": ask("--help"),
    "version": ask("--version"),
}
_EVERY = ("stdin", "stdout", "stderr")
_STREAMS: dict[str, tuple[Streams, tuple[int, ...]]] = {
    "stdin-closed": (Streams(closed=("stdin",), whole=True), (2,)),
    "stdout-closed": (Streams(closed=("stdout",), whole=True), ()),
    "stderr-closed": (Streams(closed=("stderr",), whole=True), ()),
    "all-closed": (Streams(closed=_EVERY, whole=True), (2,)),
    "outputs-closed": (Streams(closed=_EVERY[1:], whole=True), ()),
    "stdout-gone": (Streams(gone=("stdout",), whole=True), (0,)),
    "stderr-gone": (Streams(gone=("stderr",), whole=True), (0,)),
    "both-gone": (Streams(gone=_EVERY[1:], whole=True), (0,)),
    "stdout-full": (Streams(full=("stdout",), whole=True), (2,)),
    "stderr-full": (Streams(full=("stderr",), whole=True), (2,)),
    "cp1252": (Streams(encoding="cp1252", whole=True), ()),
    "cp437": (Streams(encoding="cp437", whole=True), ()),
    "ascii": (Streams(encoding="ascii", whole=True), ()),
    "latin-1": (Streams(encoding="latin-1", whole=True), ()),
    "shift-jis": (Streams(encoding="shift-jis", whole=True), ()),
}

_TYPED = {
    "nothing": b"",
    "end-in-a-line": b"1",
    "nul": b"\0\0\0\n",
    "bytes": bytes(range(256)) + b"\nq\n",
    "not-utf-8": b"\xff\xfe\nq\n",
    "long-line": b"x" * 3_000_000 + b"\nq\n",
    "many-lines": b"x\n" * 20_000,
    "digits": b"9" * 5000 + b"\nq\n",
    "superscript": "²\n¹\nq\n".encode(),
    "wide-digits": "１\n２\nq\n".encode(),
    "escape": b"\x1b[A\x1b[B\nq\n",
    "cr": b"\r\r1\r\nq\r\n",
    "upper": b"\nA\n\nQ\n",
    "grades": b"\n1\n\n2\n\n3\n\n4\n" * 10,
    "interrupt-sign": b"\x03\n\x04\nq\n",
}

_ENVIRONMENTS: Mapping[str, Mapping[str, str | None]] = {
    "no-home": {"HOME": None, "XDG_STATE_HOME": None, "XDG_CACHE_HOME": None},
    "home-missing": {"HOME": "{root}/none", "XDG_STATE_HOME": None, "XDG_CACHE_HOME": None},
    "home-a-file": {"HOME": "{root}/a-file", "XDG_STATE_HOME": None, "XDG_CACHE_HOME": None},
    "home-empty": {"HOME": "", "XDG_STATE_HOME": None, "XDG_CACHE_HOME": None},
    "home-relative": {"HOME": "x", "XDG_STATE_HOME": None, "XDG_CACHE_HOME": None},
    "state-unset": {"XDG_STATE_HOME": None, "XDG_CACHE_HOME": None},
    "state-empty": {"XDG_STATE_HOME": "", "XDG_CACHE_HOME": ""},
    "state-relative": {"XDG_STATE_HOME": "x/y", "XDG_CACHE_HOME": "x/z"},
    "state-a-file": {"XDG_STATE_HOME": "{root}/a-file"},
    "state-below-a-file": {"XDG_STATE_HOME": "{root}/a-file/deep"},
    "state-null": {"XDG_STATE_HOME": "/dev/null"},
    "state-process": {"XDG_STATE_HOME": "/proc/none"},
    "state-a-link": {"XDG_STATE_HOME": "{root}/a-link"},
    "state-elsewhere": {"XDG_STATE_HOME": "{root}/elsewhere"},
    "state-long": {"XDG_STATE_HOME": "{root}/" + "a" * 300},
    "state-control": {"XDG_STATE_HOME": "{root}/elsewhere/\x1b[2J"},
    "state-not-utf-8": {"XDG_STATE_HOME": "{root}/elsewhere/\udcff"},
    "temporary-missing": {"TMPDIR": "{root}/none"},
    "temporary-a-file": {"TMPDIR": "{root}/a-file"},
    "columns-zero": {"COLUMNS": "0", "LINES": "0"},
    "columns-one": {"COLUMNS": "1"},
    "columns-negative": {"COLUMNS": "-5"},
    "columns-huge": {"COLUMNS": "9" * 5000},
    "columns-words": {"COLUMNS": "wide"},
    "terminal-odd": {"TERM": "\x1b[2J", "COLORTERM": "x"},
    "terminal-dumb": {"TERM": "dumb", "NO_COLOR": ""},
    "no-colour": {"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"},
    "locale-c": {"LANG": "C", "LC_ALL": "C"},
    "locale-missing": {"LANG": "xx_XX.utf-8", "LC_ALL": "xx_XX"},
    "locale-turkish": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    "locale-odd": {"LC_ALL": "../../etc", "LANGUAGE": "\x1b"},
    "zone-odd": {"TZ": "Nowhere/Nothing"},
    "zone-file": {"TZ": ":/etc/passwd"},
    "zone-far": {"TZ": "XXX+167"},
    "path-empty": {"PATH": ""},
    "path-here": {"PATH": "."},
    "epoch-odd": {"SOURCE_DATE_EPOCH": "-1"},
    "epoch-words": {"SOURCE_DATE_EPOCH": "now"},
    "completion": {"_STUDYPACK_COMPLETE": "zsh_complete", "COMP_WORDS": "\x1b", "COMP_CWORD": "1"},
    "browser-odd": {"BROWSER": "touch 31337 %s"},
}
_NAMED = tuple(
    "elsewhere home a-file a-link none here/x /dev/null /proc/none /tmp /var/tmp /usr/tmp".split()
)
"""What the environments name, or what Python tries where they name nothing that is there."""
_ELSEWHERE = ("elsewhere/*", "home/.local*", "home/.cache*", "home/state/*")
