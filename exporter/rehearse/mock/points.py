"""The leading points of a text in its author's own words, for a scoring grid.

A list gives its items, a paragraph its first sentence; nothing is summed up, as a summary that is
wrong would score a right answer as wrong.  What is too long for a cell is cut at a word, with "…".
"""

import re
import textwrap
from collections.abc import Iterable, Iterator

from exporter.model import Markdown
from exporter.text import markup

_LONGEST = 130  # characters of a point
_NESTED = 2  # columns that an item of a list within a list is indented by, at least
_ITEM = re.compile(r"^(?P<indent>\s*)(?:[-*+]|\d+[.)])\s+(?P<text>.*)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULED = re.compile(r"^\s*+(?:#{1,6}\s|>|\||[-*_=\s]*+$)")
_LIST = re.compile(r"[;,]\s+(?:and\s+)?")


def leading(texts: Iterable[Markdown], number: int) -> tuple[str, ...]:
    """Up to ``number`` points of answers that stand beside each other, each in one plain line."""
    found = dict.fromkeys(point for text in texts for point in _points(text))
    return tuple(found)[:number]


def criteria(prompt: Markdown, number: int) -> tuple[str, ...]:
    """What a prompt that ends in wishes ("…: this, that") asks for; else its parts between ";"."""
    whole = _plain(prompt)
    _, colon, rest = whole.partition(": ")
    parts = _LIST.split(rest) if colon else whole.split("; ")
    return tuple(_cut(part.strip(" .;")) for part in parts if part.strip(" .;"))[:number]


def items(text: Markdown) -> tuple[Markdown, ...]:
    """The items of an acceptance list, whole; a list without bullets by its paragraphs."""
    return tuple(Markdown(block) for block in _blocks(text))


def _points(text: Markdown) -> Iterator[str]:
    for block in _blocks(text):
        plain = _plain(Markdown(block))
        if plain and not plain.endswith(":"):
            yield _cut(markup.sentences(plain)[0])


def _blocks(text: Markdown) -> Iterator[str]:
    """The items of top-level lists and the paragraphs between them; code and tables give none."""
    block: list[str] = []
    fenced = False
    for line in (*text.split("\n"), ""):
        fence = _FENCE.match(line)
        item = None if fenced else _ITEM.match(line)
        ends = fence or fenced or item or not line.strip() or _RULED.match(line)
        if ends and block:
            yield "\n".join(block)
            block = []
        if fence:
            fenced = not fenced
        elif item and len(item["indent"].expandtabs(4)) < _NESTED:
            block = [item["text"]]
        elif not ends:
            block.append(line.strip())


def _plain(text: Markdown) -> str:
    return " ".join(markup.plain(text).split())


def _cut(text: str) -> str:
    return textwrap.shorten(text, _LONGEST, placeholder=" …")
