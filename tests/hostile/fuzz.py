"""Looks for inputs that break the program: `python -m tests.hostile.fuzz [SECONDS]`.

Sound documents, settings and ledgers are changed at random, byte by byte, line by line, and by
their structure.  An input breaks the program when anything but ``Stop`` is raised, when it takes
too long, or when lines of a document are not accounted for.  Each input follows from its own seed,
which is printed, and the input is kept: `--again TARGET:SEED` makes the same one.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from tests.hostile import documents, memories, shapes
from tests.hostile.cases import DOCUMENT

_DOCUMENTS = Path(__file__).parents[1] / "documents"
_LONGEST = 20_000  # bytes of an input; larger ones find nothing that smaller ones don't
_PATIENCE = 10  # seconds of CPU for one input
_NOW = 1_800_000_000

_SETTINGS = """\
title = "Lamps"
slug = "lamps"
deck = "Light::Lamps"
language = "en"
paper = "a4"
tiers = ["short", "medium"]
start = 2026-12-01
pages = 6

[[documents]]
path = "n.md"
reader = "tiered"
title = "Notes"

[[subjects]]
name = "Light"
terms = ["lamp", "light"]
days = [1, 2]

[[pins]]
question = "n.md:1"
week = 1
day = 1

[[links]]
plan = "day 1.1"
questions = ["n.md#Q1"]

[[apart]]
questions = ["n.md#Q1", "n.md#Q2"]

[lint]
L203 = "off"
"""
_TOKENS = """\
## ### #### - * + > | ``` ~~~ $ $$ \\( \\) \\[ \\] [ ] ( ) { } {{ }} <!-- --> <details> </details>
<script> &amp; &#0; Q1: A: Q: SHORT MEDIUM SENIOR Output Task Goal Acceptance Week Day Plan
**a** _b_ `c` ![a](b.png) [a](b) [^1] [x] [ ] {#a} {#a week=1 day=2} == :: ::: ?? ? . … — = --- ===
1. 1) a) I. ① ² ٣ １ 0 -1 99999999999999999999 1e999 nan null true false "" '' \\ \t \r \x00 \x1b
\x1f \x7f \x85 \u2028 \u200b \u202e \ufeff \ufffd é 灯 💡 Ã© â€™ Ð¿ ﷺ""".split()
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 3, 1.5, 10**30, float("inf"), float("nan"), "", "x", "\ud800", "\x1b[2J",
    "a\0b", "\x1f", [], ["a"], [[]], {}, {"a": 1}, "²", "9" * 500, [None],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """What is fed: sound inputs to begin with, and a function that takes one."""

    seeds: tuple[bytes, ...]
    feed: Callable[[bytes, Path], None]


class Unaccounted(Exception):
    """Lines of a document that went nowhere."""


class TooSlow(Exception):
    """An input that takes more than its time."""


def _read_document(raw: bytes, _folder: Path) -> None:
    """Reads a document and counts its lines."""
    from exporter import readers
    from exporter.pack import repair, sources

    source = sources.decode("n.md", raw, lambda _: None)
    if source is None:
        return
    document = readers.read(
        repair.repair(source, lambda _: None), readers.Hints(), None, lambda _: None
    )
    counts = document.accounting
    parts = counts.blank + counts.content + counts.structure + counts.left_out
    if counts.unaccounted or parts != counts.lines or counts.lines != len(source.lines):
        raise Unaccounted(str(counts))


def _read_pack(name: str) -> Callable[[bytes, Path], None]:
    """Reads a pack whose file ``name`` is the input, and foresees a build of it."""

    def feed(raw: bytes, folder: Path) -> None:
        from exporter.build import pipeline

        (folder / name).write_bytes(raw)
        study = pipeline.read(folder)
        if not study.errors:
            pipeline.foresee(study, _NOW, accept=True)

    return feed


def targets() -> Mapping[str, Target]:
    """What is fed, by name."""
    texts = tuple(
        path.read_bytes() for path in sorted(_DOCUMENTS.iterdir()) if path.suffix != ".tsv"
    )
    odd = tuple(text.encode() for text in (DOCUMENT, *shapes.SMALL, *documents.SMALL))
    note = memories.NOTE | {"retired": {"edition": 1, "prompt": "p", "code": "", "answer": "a"}}
    old = memories.ENTRY | {"key": "AB22", "id": "i2", "state": "retired", "notes": [note]}
    book = memories.ledger(old, memories.ENTRY).encode()
    return {
        "document": Target((*texts, *odd), _read_document),
        "pack": Target((*texts, *odd), _read_pack("n.md")),
        "settings": Target((_SETTINGS.encode(),), _read_pack("pack.toml")),
        "ledger": Target((book,), _read_pack("ledger.jsonl")),
        "verdicts": Target((memories.SOUND_VERDICTS.encode(),), _read_pack("verdicts.jsonl")),
    }


def changed(seeds: tuple[bytes, ...], dice: random.Random) -> bytes:
    """One of ``seeds`` after some changes."""
    raw = dice.choice(seeds)
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        raw = dice.choice(_CHANGES)(raw, seeds, dice)[:_LONGEST]
    return raw


def _bytes(raw: bytes, _seeds: tuple[bytes, ...], dice: random.Random) -> bytes:
    """Some bytes are other ones, or gone."""
    made = bytearray(raw)
    for _ in range(dice.randint(1, 6)):
        if made and dice.random() < 0.3:
            del made[dice.randrange(len(made))]
        elif made:
            made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def _token(raw: bytes, _seeds: tuple[bytes, ...], dice: random.Random) -> bytes:
    """A word that means something to somebody, once or often, anywhere."""
    at = dice.randint(0, len(raw))
    word = dice.choice(_TOKENS).encode() * dice.choice((1, 1, 1, 2, 40))
    return raw[:at] + dice.choice((b"", b" ", b"\n", b"\n\n")) + word + raw[at:]


def _lines(raw: bytes, _seeds: tuple[bytes, ...], dice: random.Random) -> bytes:
    """Lines are doubled, taken out, moved, indented, or joined."""
    lines = raw.split(b"\n")
    first = dice.randrange(len(lines))
    last = min(len(lines), first + dice.choice((1, 1, 2, 10)))
    piece, at = lines[first:last], dice.randrange(len(lines))
    match dice.randrange(5):
        case 0:
            lines[at:at] = piece * dice.choice((1, 2, 30))
        case 1:
            del lines[first:last]
        case 2:
            lines[first:last] = [dice.choice((b"  ", b"\t", b"> ", b"    ")) + one for one in piece]
        case 3:
            lines[first:last] = [b" ".join(piece)]
        case _:
            lines[first:last] = reversed(piece)
    return b"\n".join(lines)


def _spliced(raw: bytes, seeds: tuple[bytes, ...], dice: random.Random) -> bytes:
    """The beginning of one input and the end of another."""
    other = dice.choice(seeds)
    return raw[: dice.randint(0, len(raw))] + other[dice.randint(0, len(other)) :]


def _restructured(raw: bytes, _seeds: tuple[bytes, ...], dice: random.Random) -> bytes:
    """A line of JSON with another value in one place, or a key of TOML with another value."""
    lines = raw.split(b"\n")
    at = dice.randrange(len(lines))
    try:
        lines[at] = json.dumps(_replaced(json.loads(lines[at]), dice)).encode()
    except (ValueError, RecursionError):
        key, mark, _ = lines[at].partition(b" = ")
        if mark:
            value = json.dumps(dice.choice(_VALUES)).replace("null", "nan")
            lines[at] = key + mark + value.encode("utf-8", "replace")
    return b"\n".join(lines)


def _replaced(value: Any, dice: random.Random) -> Any:
    """``value`` with one of its parts replaced, left out or doubled."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(sorted(value))
        if dice.random() < 0.1:
            return {name: one for name, one in value.items() if name != key}
        return value | {key: _replaced(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.7:
        at = dice.randrange(len(value))
        return [*value[:at], _replaced(value[at], dice), *value[at + dice.randint(0, 1) :]]
    return dice.choice(_VALUES)


_CHANGES = (_bytes, _token, _token, _lines, _lines, _spliced, _restructured, _restructured)


@contextmanager
def _limited() -> Iterator[None]:
    """Raises ``TooSlow`` in what runs longer than one input may."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow(f"more than {_PATIENCE} seconds")

    signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def fed(target: Target, raw: bytes) -> str | None:
    """What broke when ``target`` was fed ``raw``, as a traceback; None where all is well."""
    from exporter.model.diagnostics import Stop

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pack.toml").write_text("")
        (Path(folder) / "n.md").write_text(DOCUMENT)
        try:
            with _limited():
                target.feed(raw, Path(folder))
        except Stop:
            return None
        except Exception:
            return traceback.format_exc()
    return None


def _place(found: str) -> str:
    """The last line of a traceback and the frame above it: faults of one place are one fault."""
    lines = found.strip().splitlines()
    frames = [line.strip() for line in lines if line.startswith('  File "') and "exporter" in line]
    return f"{lines[-1].split(':')[0]} {frames[-1] if frames else ''}"


def search(chosen: Mapping[str, Target], seconds: float, first: int, kept: Path) -> int:
    """Feeds each target in turn until the time is up; how many faults of different places."""
    faults, fed_inputs = Counter[str](), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name, target in chosen.items():
            seed = f"{name}:{first + fed_inputs // len(chosen)}"
            raw = changed(target.seeds, random.Random(seed))
            found = fed(target, raw)
            fed_inputs += 1
            if found:
                place = _place(found)
                faults[place] += 1
                if faults[place] == 1:
                    _keep(kept, seed, raw, found)
    print(f"{fed_inputs} inputs, {len(faults)} faults")
    return len(faults)


def _keep(kept: Path, seed: str, raw: bytes, found: str) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    file = kept / seed.replace(":", "-")
    file.write_bytes(raw)
    again = f".venv/bin/python -m tests.hostile.fuzz --again {seed}"
    print(f"{found}\nthe input is {file}; again: {again}\n", flush=True)


def main() -> int:
    """Searches, or feeds one input again."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("seconds", nargs="?", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where to begin")
    parser.add_argument("--only", choices=sorted(targets()), action="append", help="what to feed")
    parser.add_argument("--again", metavar="TARGET:SEED", help="feed one input again")
    wanted = parser.parse_args()
    if wanted.again:
        every, name = targets(), wanted.again.partition(":")[0]
        found = fed(every[name], changed(every[name].seeds, random.Random(wanted.again)))
        print(found or "nothing breaks")
        return int(found is not None)
    print(f"seed {wanted.seed}", flush=True)
    kept = Path(tempfile.gettempdir(), f"studypack-fuzz-{os.getpid()}")
    every = targets()
    chosen = {name: every[name] for name in wanted.only or every}
    return int(search(chosen, wanted.seconds, wanted.seed, kept) > 0)


if __name__ == "__main__":
    sys.exit(main())
