"""Lines of code that are longer than a column: broken where they must be, with a hanging indent.

WeasyPrint lets an unbroken line run into the next column, and a line that simply wraps looks like
two. So a block with such a line is cut into lines of its own, each indented from its second row on.
"""

import re
from html import unescape

COLUMNS = 57
"""Characters of code that fit a column of the sheet at 7 pt."""

_BLOCK = re.compile(r"(<pre\b[^>]*>)(.*?)(</pre>)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")


def hang(html: str) -> str:
    """`html` with every code block that has a line of more than `COLUMNS` characters cut so."""
    return _BLOCK.sub(_cut, html)


def longest(html: str) -> int:
    """Characters in the longest line of a piece of code."""
    return max(map(len, unescape(_TAG.sub("", html)).split("\n")))


def _cut(match: re.Match[str]) -> str:
    begin, inner, end = match.groups()
    if longest(inner) <= COLUMNS:
        return match.group()
    opened: list[str] = []
    lines: list[str] = []
    for line in inner.rstrip("\n").split("\n"):
        carried = "".join(opened)
        _follow(line, opened)
        closed = "".join(f"</{_name(tag)}>" for tag in reversed(opened))
        lines.append(f'<span class="line">{carried}{line}{closed}</span>')
    return f"{begin.replace('<pre', '<pre data-cut', 1)}{''.join(_inside(lines))}{end}"


def _follow(line: str, opened: list[str]) -> None:
    """Keeps `opened` true: the tags that are still open at the end of `line`."""
    for tag in _TAG.finditer(line):
        if not tag.group(1):
            opened.append(tag.group())
        elif opened:
            opened.pop()


def _name(tag: str) -> str:
    found = _TAG.match(tag)
    assert found is not None
    return found.group(2)


def _inside(lines: list[str]) -> list[str]:
    """The lines; an empty one keeps its height."""
    return [
        re.sub(r">(</|$)", r">\u200b\1", line, count=1) if longest(line) == 0 else line
        for line in lines
    ]
