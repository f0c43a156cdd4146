"""Goldens: examples in tests/spec/*.md, each a title, an input and what must come of it.

The files have markdown-it's fixture format, one example after the other::

    a colon after the number is optional
    .
    ## Q1 What is a stream?
    .
    question Q1: What is a stream?
    .

and a test runs all examples of one file, or of several whose names match a pattern::

    @pytest.mark.parametrize("example", examples("tiered"))
    def test_tiered(example: Example, agrees: Agrees) -> None:
        \"\"\"A tiered document is read as its goldens show.\"\"\"
        agrees(example, outline(read(example.input)))

`pytest --accept` writes what came out into the files instead of comparing; read the difference in
review. To begin an example, write its input and leave the expected part empty.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from markdown_it.utils import read_fixture_file

SPEC = Path(__file__).parent / "spec"
SOURCE = Path(__file__).parent.parent / "source"
_PARTS = 4  # line of the first dot, title, input, expected


@dataclass(frozen=True, slots=True)
class Example:
    """One golden; `line` is the 1-based line of its title."""

    path: Path
    line: int
    title: str
    input: str
    expected: str


Agrees = Callable[[Example, str], None]


def examples(pattern: str) -> list[ParameterSet]:
    """The examples of every `tests/spec/<pattern>.md`, as parameters with readable ids.

    Raises AssertionError where no file matches, a file holds no example, one of them is cut off, or
    two share a title: a golden that is silently not run is worse than none.
    """
    paths = sorted(SPEC.glob(f"{pattern}.md"))
    assert paths, f"no file matches tests/spec/{pattern}.md"
    return [
        pytest.param(example, id=f"{path.stem}: {example.title}")
        for path in paths
        for example in read(path)
    ]


def read(path: Path) -> list[Example]:
    """The examples of one file, in order."""
    entries = read_fixture_file(path)
    assert entries, f"{path} holds no example"
    assert all(len(entry) == _PARTS for entry in entries), f"{path}: the last example is cut off"
    found = [
        Example(path, line, title, input_, expected) for line, title, input_, expected in entries
    ]
    titles = [example.title for example in found]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    assert not twice, f"{path}: two examples are called {twice}"
    return found


def compare(example: Example, actual: str) -> None:
    """Fail, with both texts shown, unless `actual` is what the golden says."""
    __tracebackhide__ = True
    assert _ended(actual) == example.expected, f"{example.path}:{example.line}"


def accept(example: Example, actual: str) -> None:
    """Write `actual` into the golden's file as what is expected."""
    text = _ended(actual)
    dotted = any(line.rstrip() == "." for line in text.splitlines())
    assert not dotted, "a line of one dot can't stand in a golden"
    lines = example.path.read_text(encoding="utf-8").splitlines(keepends=True)
    now = next(each for each in read(example.path) if each.title == example.title)
    dots = [at for at in range(now.line, len(lines)) if lines[at].rstrip() == "."]
    lines[dots[1] + 1 : dots[2]] = [text]
    example.path.write_text("".join(lines), encoding="utf-8")


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
