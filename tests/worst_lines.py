"""Inputs that a regular expression likes least, made from the expression itself.

An expression that tries again takes time with the square of its input where something repeats and
what should stand behind it never comes.  So each part that repeats is repeated, behind what has to
stand before it and in front of what fits nowhere.  Python's own parser of expressions says which
parts these are.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]  # not in typeshed
from re import _parser as parser  # type: ignore[attr-defined]  # not in typeshed
from typing import Any

_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
_ENDS = ("", "\0", "a", " ", "!", "`")
_CLASSES = {
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_DIGIT: "7",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_NOT_WORD: "-",
}
_OTHERS = "a7 -!\n<é\0"
Nodes = Iterable[tuple[Any, Any]]


def worst(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Lines of about ``size`` characters for ``pattern``, each once."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seen = set()
    for head, body in {*_repeated(tree, "")}:
        whole = _sample(tree)
        units = {body, head + body, whole, whole[:-1], body + head, head}
        for unit, before, end in product(sorted(units), sorted({"", head}), _ENDS):
            if unit and (line := before + unit * (size // len(unit)) + end) not in seen:
                seen.add(line)
                yield line


def _repeated(nodes: Nodes, head: str) -> Iterator[tuple[str, str]]:
    """What must stand before each part that repeats, and that part."""
    for node, value in nodes:
        for inner in _inner(node, value):
            if node in _REPEATS and value[1] > 1:
                yield from ((head, sample) for sample in _samples(inner) if sample)
            yield from _repeated(inner, head)
        if node is codes.IN and head:
            yield head, _sample([(node, value)])
        head += _sample([(node, value)])
    yield "", head


def _inner(node: Any, value: Any) -> list[Nodes]:
    """The sequences of nodes within one."""
    if node in _REPEATS:
        return [value[2]]
    if node is codes.BRANCH:
        return list(value[1])
    if node is codes.SUBPATTERN:
        return [value[3]]
    if node is codes.ATOMIC_GROUP:
        return [value]
    return [value[1]] if node in (codes.ASSERT, codes.ASSERT_NOT) else []


def _samples(nodes: Nodes) -> Iterator[str]:
    """Texts that ``nodes`` match: one for each alternative, and for what is there or not."""
    yield _sample(nodes)
    for node, value in nodes:
        if node is codes.BRANCH:
            yield from map(_sample, value[1])
        elif node is codes.IN:
            yield from _members(value)
        elif node in _REPEATS or node in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            yield from (one for inner in _inner(node, value) for one in _samples(inner))


def _sample(nodes: Nodes) -> str:
    """The shortest text that ``nodes`` match, but that what may be left out stands once."""
    return "".join(_text(node, value) for node, value in nodes)


def _text(node: Any, value: Any) -> str:
    if node is codes.LITERAL:
        return chr(value)
    if node is codes.NOT_LITERAL:
        return next(char for char in _OTHERS if ord(char) != value)
    if node is codes.ANY:
        return "a"
    if node is codes.IN:
        return next(iter(_members(value)), "")
    if node in _REPEATS:
        least: int = value[0]
        return _sample(value[2]) * min(max(1, least), 20)
    if node in (codes.ASSERT, codes.ASSERT_NOT):
        return ""
    inner = _inner(node, value)
    return _sample(inner[0]) if inner else ""


def _members(entries: list[tuple[Any, Any]]) -> list[str]:
    """A few characters of a set."""
    if entries[0][0] is codes.NEGATE:
        made = re.compile(f"[^{''.join(map(_written, entries[1:]))}]")
        return [char for char in _OTHERS if made.match(char)][:3]
    return [_member(entry) for entry in entries][:8]


def _member(entry: tuple[Any, Any]) -> str:
    node, value = entry
    if node is codes.RANGE:
        return chr(value[0])
    return _CLASSES[value] if node is codes.CATEGORY else chr(value)


def _written(entry: tuple[Any, Any]) -> str:
    """A member of a set as an expression has it."""
    node, value = entry
    if node is codes.CATEGORY:
        kind = str(value).removeprefix("CATEGORY_")
        return {"SPACE": r"\s", "DIGIT": r"\d", "WORD": r"\w"}.get(
            kind, {"NOT_SPACE": r"\S", "NOT_DIGIT": r"\D", "NOT_WORD": r"\W"}.get(kind, "")
        )
    if node is codes.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return re.escape(chr(value))
