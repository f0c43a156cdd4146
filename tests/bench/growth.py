"""How cost grows: each input once and at twice its size, in CPU seconds of one run each.

A ratio near two is growth in proportion; the start of the program (the first row) weighs on small
inputs, so each input is large enough that its own work shows.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.commands import STUDYPACK

NOUNS = (
    "anchor beacon compass dory ebb fender gale halyard inlet jib keel lee mast oar pier".split()
)
VERBS = "holds turns bends lifts parts warns rests pulls slips swings".split()


def distinct(count: int) -> str:
    """That many questions, no two alike."""
    return "\n".join(
        f"## Q{at}: What does the {NOUNS[at % 15]} {at} of harbour {at // 15} do?\n\n### SHORT\n\n"
        f"It {VERBS[at % 10]} the {NOUNS[at // 15 % 15]} {at * 7 % 991} when boat {at} comes.\n"
        for at in range(count)
    )


def twins(count: int) -> str:
    """One question that many times."""
    return "\n".join("## What is a lamp?\n\n### SHORT\n\nIt gives light.\n" for _ in range(count))


def puzzles(count: int) -> str:
    """One puzzle that many times."""
    one = "## What does this print?\n\n```js\nconsole.log(1 + 1);\n```\n\n### Output\n\n2\n"
    return "\n".join(one for _ in range(count))


def paragraphs(sentence: str) -> Callable[[int], str]:
    """That many paragraphs of a sentence, as one answer."""
    return lambda count: "## What is it?\n\n### SHORT\n\n" + "\n\n".join([sentence * 6] * count)


def items(count: int) -> str:
    return "## What is it?\n\n### SHORT\n\n" + "\n".join(f"- item {at}" for at in range(count))


def fence(count: int) -> str:
    return "## What is it?\n\n### SHORT\n\n```js\n" + "let a = 1;\n" * count + "```\n"


def line(text: str) -> Callable[[int], str]:
    """One line of that many repetitions."""
    return lambda count: f"## What is it?\n\n### SHORT\n\na{text * count}b\n"


def lists(count: int) -> str:
    """A public list of that many lines: headings in list items, folds, options."""
    one = (
        "1. ### What is a {0}?\n\n    It holds the {0}.\n\n    **[⬆ Back to Top](#top)**\n\n"
        "<details>\n<summary>Why a {0}?</summary>\n\nBecause.\n\n</details>\n\n"
        "#### Q. Which {0}?\n\n- [ ] one\n- [x] two\n\n"
    )
    text = "".join(one.format(f"thing {at}") for at in range(count // 18 + 1))
    return "\n".join(text.split("\n")[:count])


INPUTS: tuple[tuple[str, str, Callable[[int], str], int], ...] = (
    ("nothing but the program's start", "check", lambda _count: "", 1),
    ("distinct questions, built", "build", distinct, 500),
    ("distinct questions, built", "build", distinct, 1000),
    ("distinct questions, built", "build", distinct, 2500),
    ("one question again and again", "build", twins, 500),
    ("one puzzle again and again", "build", puzzles, 500),
    ("Cyrillic paragraphs", "check", paragraphs("Поток данных приходит частями. "), 300),
    ("English paragraphs", "check", paragraphs("The stream of data comes in parts. "), 300),
    ("a line of blanks", "check", line(" "), 10_000),
    ("a line of é", "check", line("é"), 20_000),
    ("a line of full stops", "check", line("."), 20_000),
    ("items of one answer", "check", items, 10_000),
    ("lines of one fence", "check", fence, 50_000),
    ("lines of a public list, read", "check", lists, 6_000),
    ("lines of a public list, read", "check", lists, 12_000),
)


def _seconds(command: str, text: str) -> float:
    """CPU seconds of one command on a pack of one document."""
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        pack.mkdir()
        (pack / "pack.toml").write_text("", "utf-8")
        (pack / "notes.md").write_text(text, "utf-8")
        arguments = [STUDYPACK, "-q", command, str(pack)]
        if command == "build":
            arguments += ["--out", f"{folder}/out", "--only", "apkg"]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(arguments, stdout=quiet, stderr=quiet) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return usage.ru_utime + usage.ru_stime


def table() -> None:
    """Print input, size, CPU seconds once and at twice the size, and their ratio."""
    print(f"\n{'input':<34} {'size':>7} {'once':>7} {'twice':>7} {'ratio':>6}")
    for name, command, make, size in INPUTS:
        once, twice = (_seconds(command, make(count)) for count in (size, 2 * size))
        print(f"{name:<34} {size:>7} {once:7.2f} {twice:7.2f} {twice / once:6.2f}")
