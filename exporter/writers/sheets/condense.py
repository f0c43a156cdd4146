"""A deep answer in the room of a shorter one, in its author's own words.

Its leading sentence, its lists with what introduces each, run in ("Without it: A · B · C"), and
what else fits.  Nothing is summed up, as a wrong summary would be learned, and nothing ends after a
colon.  Code and tables are what a learner finds on the card.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter import markup
from exporter.markup import Block, Item
from exporter.model import Markdown

_FEW = (
    60  # characters: a leading sentence as short as "It is not about speed." takes the next along
)
_LEAST = 2  # items of a list that are worth its introduction
_ENDS = (".", "!", "?", "…", ":", "。", "！", "？")
_TRAILING = re.compile(r"[.;,]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Inline Markdown in one line: a sentence, or the items of a list and what introduces them."""

    lead: Markdown
    text: Markdown

    def __str__(self) -> str:
        return f"{self.lead} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Condensed:
    """Pieces to set one after the other, none of them empty; `whole` where no word is missing."""

    pieces: tuple[Piece, ...]
    whole: bool


def condensed(text: str, room: int) -> Condensed | None:
    """What of `text` is worth `room` characters; its leading sentence always is.

    None where nothing can be run in: a text that begins with code or a table.
    """
    units = list(_units(markup.blocks(text)))
    if not units or not units[0].items:
        return None
    shown: dict[int, Piece] = {}
    left = room
    for rank in (_LEADING, _LISTED, _SAID):
        for at, unit in enumerate(units):
            piece = unit.cut(left if at else room) if unit.rank == rank else None
            if piece:
                shown[at] = piece
                left -= len(str(piece))
    whole = all(unit.whole and shown.get(at) == unit.of(None) for at, unit in enumerate(units))
    pieces = tuple(_ended([shown[at] for at in sorted(shown)]))
    return Condensed(pieces, whole) if pieces else None


_LEADING, _LISTED, _SAID = range(3)  # in the order in which they get room


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence (its only item), or a list with its introduction; without items something that
    can't be run in.  `whole` unless the author says more."""

    rank: int
    lead: str = ""
    items: tuple[str, ...] = ()
    whole: bool = True

    def cut(self, room: int) -> Piece | None:
        """As much as fits: of a list at least two items, of a sentence all; what leads always."""
        if not self.items:
            return None
        if self.rank == _LEADING or len(str(self.of(None))) <= room:
            return self.of(None)
        for count in range(len(self.items) - 1, _LEAST - 1, -1):
            if len(str(self.of(count))) <= room:
                return self.of(count)
        return None

    def of(self, count: int | None) -> Piece:
        """So many items, with a mark where that is not all."""
        run = " · ".join(self.items[:count])
        return Piece(Markdown(self.lead), Markdown(run if count is None else f"{run} …"))


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    """What the blocks say, in order; an introduction goes with what it introduces."""
    lead, rank = "", _LEADING
    for at, block in enumerate(blocks):
        listed = at + 1 < len(blocks) and blocks[at + 1].kind in ("list", "quote")
        match block.kind:
            case "list" | "quote":
                yield _run(lead, block)
                lead, rank = "", _SAID
            case "other":
                yield _Unit(_SAID, whole=False)
                lead = ""
            case "heading":
                title = block.text if block.text.endswith(_ENDS) else f"{block.text}:"
                lead = f"{lead} {title}".strip()
            case "text":
                said = list(markup.sentences(f"{lead} {block.text}" if lead else block.text))
                ends = bool(said) and markup.introduces(said[-1])
                lead = said.pop() if ends and (listed or at + 1 < len(blocks)) else ""
                yield from _said(said, rank)
                rank = _SAID if said else rank
    if lead:
        yield _Unit(_SAID, whole=False)


def _said(sentences: Sequence[str], rank: int) -> Iterator[_Unit]:
    """Sentences; the first one, with the second where it is short, has the rank."""
    few = 2 if rank == _LEADING and sentences and len(sentences[0]) < _FEW else 1
    for at, text in enumerate(sentences):
        yield _Unit(rank if at < few else _SAID, "", (text,))


def _run(lead: str, block: Block) -> _Unit:
    if block.kind == "quote":
        said = " ".join(markup.sentences(block.text))
        return _Unit(_LISTED, lead, (said,) if said else (), block.whole)
    items = [_item(item) for item in block.items]
    texts = tuple(text for text, _ in items if text)
    return _Unit(_LISTED, lead, texts, all(whole for _, whole in items))


def _item(item: Item) -> tuple[str, bool]:
    """An item's first sentence, the items within it in parentheses; whether that is all."""
    said = markup.sentences(item.text)
    inner = [_item(one) for one in item.items]
    text = _TRAILING.sub("", said[0]) if said else ""
    if inner:
        within = "; ".join(one for one, _ in inner)
        text = f"{text} {within}" if markup.introduces(text) else f"{text} ({within})"
    whole = item.whole and len(said) <= 1 and all(one for _, one in inner)
    return f"{item.number}\u00a0{text}".strip(), whole


def _ended(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with a full stop where another sentence follows; in the end the sheet has a mark
    of its own for what is left out."""
    for piece in pieces[:-1]:
        ends = piece.text.rstrip('*_`"”’»)]').endswith(_ENDS)
        yield piece if ends else Piece(piece.lead, Markdown(f"{piece.text}."))
    for piece in pieces[-1:]:
        yield Piece(piece.lead, Markdown(piece.text.removesuffix(" …")))
