"""Code in lines of their own, so that paper treats them as a person would.

A line longer than the column is broken here, after a space where there is one, and goes on below
with a mark and an indent, so that nobody takes it for two (WeasyPrint would let it run into the
next column); a blank line is half a line high, as paper is dear and a blank line in a puzzle only
sets thoughts apart.

Tokens that the sheet's style has nothing to say about lose their mark: most do, as paper knows
weight and slope only, and each mark is a box of its own to lay out.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from exporter.system import resources

_BLOCK = re.compile(r"(<pre\b[^<>]*>)((?:[^<]|<(?!/?pre\b))*+)(</pre>)")
_TAG = re.compile(r"<(/?)([a-z]++)[^<>]*+>")
_TOKEN = re.compile(r'<span class="(\w+)">([^<]*)</span>')
_CLASS = re.compile(r"\.([a-z]\w*)")
_SIGN = re.compile(r"<[^<>]+>|&#?\w+;|.", re.DOTALL)
COLUMNS = 57
"""Signs that a column holds at 7 pt."""
_INDENT, _TAB = 6, 4  # columns of what goes on below, with its mark, and of a tabulator
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
        for number, piece in enumerate(_pieces(line)):
            before = "".join(tag.group() for tag in opened)
            _follow(piece, opened)
            after = "".join(f"</{tag.group(2)}>" for tag in reversed(opened))
            blank = not unescape(_TAG.sub("", line)).strip()
            kind = "line rest" if number else "line"
            lines.append(_GAP if blank else f'<span class="{kind}">{before}{piece}{after}</span>')
    return begin + "".join(lines) + end


def _pieces(line: str) -> Iterator[str]:
    """The line in pieces that fit: tags take no column, an entity one."""
    signs = _SIGN.findall(line)
    width, begin, columns, space = COLUMNS, 0, 0, 0
    for at, sign in enumerate(signs):
        columns += 0 if sign.startswith("<") and len(sign) > 1 else _TAB if sign == "\t" else 1
        if columns > width and "".join(signs[at:]).strip():
            cut = space if space > begin + width // 2 else at
            yield "".join(signs[begin:cut])
            begin, width = cut, COLUMNS - _INDENT
            columns = sum(1 for one in signs[cut : at + 1] if not one.startswith("<"))
        if sign == " ":
            space = at + 1
    yield "".join(signs[begin:])


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
