"""Code in lines of their own, so that paper treats them as a person would.

A line longer than the column breaks where it must, with a hanging indent, and is not taken for two
(WeasyPrint would let it run into the next column); a blank line is half a line high, as paper is
dear and a blank line in a puzzle only sets thoughts apart.

Tokens that the sheet's style has nothing to say about lose their mark: most do, as paper knows
weight and slope only, and each mark is a box of its own to lay out.
"""

import re
from functools import cache
from html import unescape

from exporter import resources

_BLOCK = re.compile(r"(<pre\b[^>]*>)(.*?)(</pre>)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
_TOKEN = re.compile(r'<span class="(\w+)">([^<]*)</span>')
_CLASS = re.compile(r"\.([a-z]\w*)")
_GAP = '<span class="gap"></span>'


def cut(html: str) -> str:
    """`html` with every code block in lines: `span.line`, and `span.gap` for blank ones."""
    return _BLOCK.sub(_lines, html)


def _lines(match: re.Match[str]) -> str:
    begin, inner, end = match.groups()
    inner = _TOKEN.sub(_kept, inner)
    opened: list[re.Match[str]] = []
    lines: list[str] = []
    for line in inner.rstrip("\n").split("\n"):
        before = "".join(tag.group() for tag in opened)
        _follow(line, opened)
        after = "".join(f"</{tag.group(2)}>" for tag in reversed(opened))
        blank = not unescape(_TAG.sub("", line)).strip()
        lines.append(_GAP if blank else f'<span class="line">{before}{line}{after}</span>')
    return begin + "".join(lines) + end


def _kept(token: re.Match[str]) -> str:
    return token.group() if token.group(1) in _styled() else token.group(2)


@cache
def _styled() -> frozenset[str]:
    """The classes that the sheet's style knows."""
    style = (resources.templates() / "sheet" / "sheet.css").read_text("utf-8")
    return frozenset(_CLASS.findall(style))


def _follow(line: str, opened: list[re.Match[str]]) -> None:
    """Keeps `opened` true: the tags that are still open at the end of `line`."""
    for tag in _TAG.finditer(line):
        if not tag.group(1):
            opened.append(tag)
        elif opened:
            opened.pop()
