"""A text as its top-level blocks, for those who show less of it than the whole.

Paragraphs and list items come as the Markdown of their one line of content, so that a part of them
can be rendered by itself; what has no such line (code, tables) comes as its source.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from exporter.text.markup.arrange import arrange
from exporter.text.markup.commonmark import parsed

if TYPE_CHECKING:
    from exporter.text.markup.commonmark import Tokens

_KINDS: dict[str, Literal["text", "heading", "list", "quote"]] = {
    "paragraph_open": "text",
    "heading_open": "heading",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
}


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its first paragraph, its number with sign ("2.") or "", and the items of
    the lists within it; `whole` unless it holds anything else."""

    text: str
    number: str
    items: tuple["Item", ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A block: `text` is inline Markdown, of a quote that of all its paragraphs, of what is "other"
    its source; `whole` unless a list or quote holds what neither `text` nor `items` tells."""

    kind: Literal["text", "heading", "list", "quote", "other"]
    text: str
    items: tuple[Item, ...] = ()
    whole: bool = True


@cache
def blocks(markdown: str) -> tuple[Block, ...]:
    """The top-level blocks of a text in order; rules between them are left out."""
    lines = arrange(markdown).split("\n")
    return tuple(
        _block(group, lines) for group in _groups(parsed(markdown)) if group[0].type != "hr"
    )


def _groups(tokens: "Tokens") -> Iterator["Tokens"]:
    """Runs of tokens that open, fill and close one block each."""
    start = depth = 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : at + 1]
            start = at + 1


def _block(group: "Tokens", lines: Sequence[str]) -> Block:
    kind = _KINDS.get(group[0].type)
    match kind:
        case None:
            first, last = group[0].map or (0, 0)
            return Block("other", "\n".join(lines[first:last]))
        case "text" | "heading":
            return Block(kind, group[1].content)
        case "quote":
            texts = [token.content for token in group if token.type == "inline"]
            inner = _groups(group[1:-1])
            return Block(kind, "  \n".join(texts), whole=all(_plain(one) for one in inner))
        case "list":
            items = _items(group)
            return Block(kind, "", items, all(item.whole for item in items))


def _items(group: "Tokens") -> tuple[Item, ...]:
    return tuple(_item(one) for one in _groups(group[1:-1]))


def _item(group: "Tokens") -> Item:
    inner = list(_groups(group[1:-1]))
    texts = [one[1].content for one in inner if _plain(one)]
    lists = [one for one in inner if _KINDS.get(one[0].type) == "list"]
    nested = tuple(item for one in lists for item in _items(one))
    whole = len(texts) <= 1 and len(texts) + len(lists) == len(inner)
    number = f"{group[0].info}{group[0].markup}" if group[0].info else ""
    return Item(
        texts[0] if texts else "", number, nested, whole and all(one.whole for one in nested)
    )


def _plain(group: "Tokens") -> bool:
    return group[0].type == "paragraph_open"
