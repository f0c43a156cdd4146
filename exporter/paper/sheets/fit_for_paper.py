"""HTML of a document made fit for paper: what a browser forgives, a printed page does not.

Over the sanitized HTML of `markup`: characters go through `glyphs`, `I/O` is not broken at its
slash, a paragraph that introduces a list stays with it, code is set line by line (`codelines`), a
table too wide for a column becomes a list of its cells (`tables`), and lists get their bullets and
numbers as text (`markers`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from exporter.model import Html
from exporter.paper.sheets import code_lines, glyphs, markers, tables

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
    walk.feed(tables.narrow(html))
    walk.close()
    fitted = markers.write(markers.pair(code_lines.cut("".join(walk.out))))
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
