"""Where the blocks of a Markdown text stand: the parser's own view of its lines, without rendering.

Readers need places, which the parser keeps for blocks (``token.map``); what a block says they read
from the lines themselves.  Indented code and HTML blocks are switched off: the documents' authors
indent to show belonging, and HTML around Markdown (``<details>``) may not hide what it wraps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_NAMES = {
    "heading_open": "heading",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
    "paragraph_open": "paragraph",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block on the lines from index ``first`` to before ``last``.  ``depth`` counts the list
    items and quotations around it; ``mark`` is a heading's ("##", "="), an item's delimiter."""

    kind: Literal["heading", "item", "quote", "table", "paragraph"]
    first: int
    last: int
    depth: int
    mark: str


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    return parser.disable(["code", "html_block", "reference", "inline", "text_join"])


def blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of ``lines`` in order, outer ones before what they hold."""
    return tuple(_blocks("\n".join(lines)))


def _blocks(text: str) -> Iterator[Block]:
    depth = 0
    for token in _parser().parse(text):
        if token.type in ("list_item_close", "blockquote_close"):
            depth -= 1
        name = _NAMES.get(token.type)
        if name and token.map:
            first, last = token.map
            yield Block(name, first, last, depth, token.markup)  # type: ignore[arg-type]
        if token.type in ("list_item_open", "blockquote_open"):
            depth += 1
