"""HTML of a document made fit for paper: what a browser forgives, a printed page does not.

Over the sanitized HTML of `markup`: characters go through `glyphs`, `I/O` is not broken at its
slash, a paragraph that introduces a list stays with it, code is set line by line, a table too
wide for a column becomes a list of its cells, and lists get their bullets and numbers as text.

WeasyPrint draws a list's own markers after the text of the page, so that a reader aloud, a search
or a copy finds all bullets at the end; and it takes an author's numbers from CSS only. A bulleted
list of a few words each would leave two thirds of a column blank: it is set in pairs.

Tables that are wider than a column of the sheet: each row becomes a list of its named cells.

Code in lines of their own, so that paper treats them as a person would.

A line longer than the column is broken here, after a space where there is one, and goes on below
with a mark and an indent, so that nobody takes it for two (WeasyPrint would let it run into the
next column); a blank line is half a line high, as paper is dear and a blank line in a puzzle only
sets thoughts apart.

Tokens that the sheet's style has nothing to say about lose their mark: most do, as paper knows
weight and slope only, and each mark is a box of its own to lay out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from html.parser import HTMLParser

from exporter.model import Html
from exporter.paper.sheets import glyphs
from exporter.system import resources

_BULLETS = ("•", "–", "·")  # by depth; all in the sheet's fonts
_ANY_TAG = re.compile(r"<(/?)(ul|ol)\b([^<>]*)>|<li\b([^<>]*)>(\s*+<p\b[^<>]*>)?")
_FLAT = re.compile(r"<ul>(\s*(?:<li>(?:(?!</?(?:ul|ol|li|p|pre|br)\b).)*</li>\s*)+)</ul>")
_ITEM = re.compile(r"<li>((?:[^<]|<(?!/?li>))*+)</li>")
_IN_A_LINE = re.compile(r"<[^<>]+>")
_FEWEST, _SHORT = 3, 28  # items of a list in pairs, and characters of half a column
_NUMBER = re.compile(r'(?:start|value)="(-?\d{1,9})"')


def pair(html: str) -> str:
    """`html` with `ul.pairs` where a flat list has only short items."""
    return _FLAT.sub(_paired, html)


def _paired(match: re.Match[str]) -> str:
    items = [unescape(_IN_A_LINE.sub("", item)) for item in _ITEM.findall(match.group(1))]
    fits = len(items) >= _FEWEST and max(map(len, items)) <= _SHORT
    return f'<ul class="pairs">{match.group(1)}</ul>' if fits else match.group()


def write(html: str) -> str:
    """`html` with a `span.marker` at the beginning of every item; numbers as their author's."""
    lists: list[int | None] = []  # the next number of each open list; None has bullets

    def replaced(match: re.Match[str]) -> str:
        end, kind, of_list, of_item, paragraph = match.groups()
        if kind and end:
            lists[-1:] = []
            return match.group()
        if kind:
            lists.append(_number(of_list, 1) if kind == "ol" else None)
            return match.group() if kind == "ul" else "<ol>"
        return f'<li>{paragraph or ""}<span class="marker">{_marker(lists, of_item)}</span>'

    return _ANY_TAG.sub(replaced, html)


def _marker(lists: list[int | None], attributes: str) -> str:
    """The marker of the next item of the innermost list, counting it."""
    number = lists[-1] if lists else None
    if number is None:
        depth = lists.count(None)
        return _BULLETS[min(max(depth, 1), len(_BULLETS)) - 1]
    number = _number(attributes, number)
    lists[-1] = number + 1
    return f"{number}."


def _number(attributes: str, default: int) -> int:
    found = _NUMBER.search(attributes)
    return int(found.group(1)) if found else default


WIDEST = 5
"""Columns of a table that fit a column of the sheet."""

_TABLE = re.compile(r"<table\b(?:[^<]|<(?!/?table\b))*+</table>")
_ROW = re.compile(r"<tr\b[^<>]*>((?:[^<]|<(?!/?tr\b))*+)</tr>")
_CELL = re.compile(r"<t([hd])\b[^<>]*>((?:[^<]|<(?!/?t[hd]\b))*+)</t\1>")


def narrow(html: str) -> str:
    """`html` with every table of more than `WIDEST` columns as a list of rows."""
    return _TABLE.sub(_narrowed, html)


def _narrowed(match: re.Match[str]) -> str:
    rows = [[cell.strip() for _, cell in _CELL.findall(row)] for row in _ROW.findall(match.group())]
    if not rows or max(map(len, rows)) <= WIDEST:
        return match.group()
    names, *body = rows
    listed = "".join(f"<li>{_row(names, row)}</li>" for row in body)
    return f"<ul>{listed}</ul>" if body else f"<p>{' · '.join(names)}</p>"


def _row(names: list[str], cells: list[str]) -> str:
    named = [
        f"<strong>{names[n]}:</strong> {cell}" if n < len(names) and names[n] else cell
        for n, cell in enumerate(cells)
        if cell
    ]
    return " · ".join(named)


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


DEEPEST = 10
"""Levels of lists and quotes that a column can still show; WeasyPrint gives up near 80."""

_NESTING = frozenset({"ul", "ol", "blockquote"})
_INLINE = frozenset({"a", "b", "code", "del", "em", "i", "s", "span", "strong", "sub", "sup", "u"})
_SLASHED = re.compile(r"(?<![\w/.])[\w.#+-]{1,14}(?:/[\w.#+-]{1,14}){1,2}(?![\w/])")
_LONGEST_SLASHED = 24
_LONG = re.compile(
    r"[^\s<>]{26,}"
)  # words that may have to break; WeasyPrint breaks others too soon


@dataclass(frozen=True, slots=True)
class Fitted:
    """HTML for the sheet, and what an author should hear about it.

    `named` and `missing` are characters (see `glyphs`). `depth` is the deepest nesting of lists and
    quotes; the HTML of what lies deeper than `DEEPEST` must not be laid out.
    """

    html: Html
    named: tuple[str, ...]
    missing: tuple[str, ...]
    depth: int


def fit(html: Html) -> Fitted:
    """Sanitized `html` as the sheet prints it."""
    walk = _Walk()
    walk.feed(narrow(html))
    walk.close()
    fitted = write(pair(cut("".join(walk.out))))
    return Fitted(Html(fitted), _unique(walk.named), _unique(walk.missing), walk.deepest)


def _unique(characters: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(characters))


def _solid(match: re.Match[str]) -> str:
    word = match.group()
    return f'<span class="solid">{word}</span>' if len(word) <= _LONGEST_SLASHED else word


def _breakable(match: re.Match[str]) -> str:
    return f'<span class="long">{match.group()}</span>'


class _Walk(HTMLParser):
    """Rewrites tags and text as they come; `out` becomes the new HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.named: list[str] = []
        self.missing: list[str] = []
        self.deepest = 0
        self._depth = 0
        self._code = 0
        self._pre = 0
        self._start = True
        self._paragraph: int | None = None
        self._last = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs  # sanitized already; the tag stays as it was written
        raw = self.get_starttag_text() or ""
        if tag in _NESTING:
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)
        if tag == "p":
            self._paragraph = len(self.out) if raw == "<p>" else None
        self._code += tag in {"code", "pre"}
        self._pre += tag == "pre"
        self._start = self._start or tag not in _INLINE
        self.out.append(raw)

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._paragraph is not None and self._last.rstrip().endswith(":"):
            self.out[self._paragraph] = '<p class="lead">'
        self._depth -= tag in _NESTING
        self._code -= tag in {"code", "pre"}
        self._pre -= tag == "pre"
        self._start = self._start or tag not in _INLINE
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        fitted = glyphs.fit(data, start=self._start, code=self._code > 0)
        self.named.extend(fitted.named)
        self.missing.extend(fitted.missing)
        text = fitted.text if self._code else _SLASHED.sub(_solid, fitted.text)
        self.out.append(text if self._pre else _LONG.sub(_breakable, text))
        if data.strip():
            self._start = False
            self._last = data

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name};")

    def _entity(self, written: str) -> None:
        self.out.append(written)
        self._start = False
        self._last = written
