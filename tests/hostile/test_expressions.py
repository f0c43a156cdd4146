"""No expression outside the readers tries again over its input: each against its own worst lines.

What is compared is one expression with itself in one run: four times the line may take about four
times as long, and what took sixteen times as long tried again at every place.
"""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

import exporter
from tests.worst_lines import worst

_SHORT, _LONG = 1000, 4000  # characters of a line, and of the line that is compared with it
_LINES = 400  # worst lines of one expression
_SQUARE = 8  # times as long: between four, which is linear, and sixteen
_NOTICED = 0.003  # CPU seconds; what is over sooner says nothing about its growth
_SEARCHES = {"search", "sub", "subn", "finditer", "findall", "split"}
_FROM_THE_START = {"match", "fullmatch"}


@cache
def _modules() -> tuple[str, ...]:
    names = (found.name for found in pkgutil.walk_packages(exporter.__path__, "exporter."))
    return tuple(
        name
        for name in names
        if not name.endswith("__main__") and not name.startswith("exporter.readers")
    )


@cache
def _calls(module: str) -> frozenset[tuple[str, str]]:
    """The names of expressions with the methods that ``module`` calls on them."""
    text = Path(importlib.import_module(module).__file__ or "").read_text(encoding="utf-8")
    return frozenset(
        (node.value.id, node.attr)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    )


def _expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    for name in _modules():
        for variable, value in vars(importlib.import_module(name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{name}.{variable}", value


def _way(name: str) -> Callable[[re.Pattern[str], str], object]:
    """How the program uses an expression: from the start of a text only, or anywhere in it."""
    module, _, variable = name.rpartition(".")
    methods = {method for called, method in _calls(module) if called == variable}
    if methods & _SEARCHES or not methods & _FROM_THE_START:
        return lambda pattern, line: pattern.sub("", line)
    whole = "match" not in methods
    return lambda pattern, line: pattern.fullmatch(line) if whole else pattern.match(line)


def _cost(use: Callable[[re.Pattern[str], str], object], it: re.Pattern[str], line: str) -> float:
    """CPU seconds, the least of three."""
    costs = []
    for _ in range(3):
        start = time.process_time()
        use(it, line)
        costs.append(time.process_time() - start)
    return min(costs)


def _tries_again(name: str, pattern: re.Pattern[str]) -> str | None:
    """The line over which ``pattern`` takes time with the square of the length."""
    use = _way(name)
    lines = zip(worst(pattern, _SHORT), worst(pattern, _LONG), strict=False)
    for short, long in islice(lines, _LINES):
        took = _cost(use, pattern, long)
        if took > _NOTICED and took > _SQUARE * _cost(use, pattern, short):
            return long
    return None


@pytest.mark.hostile
def test_no_expression_tries_again() -> None:
    """Every compiled expression takes time with the length of a line, not with its square."""
    found = dict(_expressions())
    assert len(found) > 100
    slow = {name: line[:60] for name, it in found.items() if (line := _tries_again(name, it))}
    assert not slow


@pytest.mark.hostile
@pytest.mark.parametrize("written", [r"\s*x", r"(?P<key>.+):\d", r"<[^>]+>"])
def test_worst_lines_find_what_tries_again(written: str) -> None:
    """An expression that does try again is found by its worst lines."""
    assert _tries_again(f"{__name__}._UNUSED", re.compile(written))


@pytest.mark.hostile
@pytest.mark.parametrize("written", [r"(?<!\s)\s++x", r"(?<![^:])[^:]++:\d", r"<[^<>]+>"])
def test_worst_lines_pass_what_never_tries_again(written: str) -> None:
    """An expression that keeps what it took passes."""
    assert _tries_again(f"{__name__}._UNUSED", re.compile(written)) is None
