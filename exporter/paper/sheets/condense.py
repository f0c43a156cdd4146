"""A deep answer in the room of a shorter one, in its author's own words.

Its leading sentence, then its lists with what introduces each, run in ("Without it: A · B · C"), as
far as they fit; then the other sentences, but none behind a gap: what "this" means there would be
something else.  A gap is marked with "…".  Nothing is summed up, as a wrong summary would be
learned, and nothing ends after a colon unless its author ends there.  Code, tables and images are
what a learner finds on the card.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.model import Markdown
from exporter.text import markup
from exporter.text.markup import Block, Item

_FEW = (
    60  # characters: a leading sentence as short as "It is not about speed." takes the next along
)
_LEAST = 2  # items of a list that are worth its introduction
_ENDS = (".", "!", "?", "…", ":", "。", "！", "？")
_TRAILING = re.compile(r"(?<![.;,])[.;,]++$")
_TITLE = re.compile(r"\*\*[^*\n]+\*\*:?|__[^_\n]+__:?")  # a paragraph that is nothing but bold
_IMAGE = "!["


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
    shown = _chosen(units, room)
    whole = all(unit.whole and shown.get(at) == unit.piece(None) for at, unit in enumerate(units))
    pieces = tuple(_ended(list(_gapped(shown))))
    return Condensed(pieces, whole) if pieces else None


def _chosen(units: Sequence["_Unit"], room: int) -> dict[int, Piece]:
    """What of the units is shown, by their number."""
    shown = {at: unit.piece(None) for at, unit in enumerate(units) if unit.rank == _LEADING}
    left = room - sum(len(str(piece)) for piece in shown.values())
    lists = [at for at, unit in enumerate(units) if unit.rank == _LISTED]
    for at in lists:
        piece = units[at].cut(left, sure=at == lists[0])
        if piece:
            shown[at] = piece
            left -= len(str(piece))
        if piece != units[at].piece(None):
            break
    for at, unit in enumerate(units):
        if at in shown and shown[at] == unit.piece(None) and unit.whole:
            continue
        piece = unit.cut(left, sure=False) if unit.rank == _SAID and at not in shown else None
        if not piece:
            break
        shown[at] = piece
        left -= len(str(piece))
    return shown


def _gapped(shown: Mapping[int, Piece]) -> Iterator[Piece]:
    """The pieces in order, with a mark where something is missing between two."""
    order = sorted(shown)
    for at, after in zip(order, [*order[1:], None], strict=True):
        piece = shown[at]
        gap = after is not None and after > at + 1 and not piece.text.endswith("…")
        yield Piece(piece.lead, Markdown(f"{piece.text} …")) if gap else piece


_LEADING, _LISTED, _SAID = range(3)  # in the order in which they get room


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence (its only item), or a list with its introduction; without items something that
    can't be run in.  `whole` unless the author says more."""

    rank: int
    lead: str = ""
    items: tuple[str, ...] = ()
    whole: bool = True

    def cut(self, room: int, *, sure: bool) -> Piece | None:
        """As much as fits: of a sentence all, of a list at least two items, and where it is `sure`
        to be shown these even where they do not fit."""
        if not self.items:
            return None
        if len(str(self.piece(None))) <= room or (sure and len(self.items) <= _LEAST):
            return self.piece(None)
        for count in range(len(self.items) - 1, _LEAST - 1, -1):
            if len(str(self.piece(count))) <= room or (sure and count == _LEAST):
                return self.piece(count)
        return None

    def piece(self, count: int | None) -> Piece:
        """So many items, with a mark where that is not all."""
        run = " · ".join(self.items[:count])
        return Piece(Markdown(self.lead), Markdown(run if count is None else f"{run} …"))


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    """What the blocks say, in order; an introduction goes with what it introduces."""
    lead, rank = "", _LEADING
    for at, block in enumerate(blocks):
        last = at + 1 == len(blocks)
        match "heading" if _TITLE.fullmatch(block.text) and not last else block.kind:
            case "list" | "quote":
                yield _run(lead, block)
                lead, rank = "", _SAID
            case "other":
                yield _Unit(_SAID, whole=False)
                lead = ""
            case "heading":
                ends = block.text.rstrip("*_").endswith(_ENDS)
                lead = f"{lead} {block.text}{'' if ends else ':'}".strip()
            case "text":
                said = list(markup.sentences(f"{lead} {block.text}" if lead else block.text))
                introduces = bool(said) and markup.introduces(said[-1])
                lead = said.pop() if introduces and not last else ""
                yield from _said(said, rank)
                rank = _SAID if said else rank
    if lead:
        yield _Unit(_SAID, whole=False)


def _said(sentences: Sequence[str], rank: int) -> Iterator[_Unit]:
    """Sentences; the first one, with the second where it is short, has the rank."""
    few = 2 if rank == _LEADING and sentences and len(sentences[0]) < _FEW else 1
    for at, text in enumerate(sentences):
        pictured = _IMAGE in text
        items = () if pictured else (text,)
        yield _Unit(rank if at < few and items else _SAID, "", items, whole=not pictured)


def _run(lead: str, block: Block) -> _Unit:
    if block.kind == "quote":
        said = " ".join(markup.sentences(block.text))
        return _Unit(_LISTED, lead, (said,) if said else (), block.whole)
    items = [_item(item) for item in block.items]
    texts = tuple(text for text, _ in items if text)
    return _Unit(_LISTED, lead, texts, all(whole for _, whole in items))


def _item(item: Item) -> tuple[str, bool]:
    """An item's first sentence, the items within it in parentheses; whether that is all."""
    said = () if _IMAGE in item.text else markup.sentences(item.text)
    inner = [_item(one) for one in item.items]
    text = _TRAILING.sub("", said[0]) if said else ""
    if inner:
        within = "; ".join(one for one, _ in inner)
        text = f"{text} {within}" if markup.introduces(text) else f"{text} ({within})"
    whole = item.whole and len(said) <= 1 and _IMAGE not in item.text
    whole = whole and all(one for _, one in inner)
    return f"{item.number}\u00a0{text}".strip(), whole


def _ended(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with a full stop where another sentence follows; in the end the sheet has a mark
    of its own for what is left out."""
    for piece in pieces[:-1]:
        ends = piece.text.rstrip('*_`"”’»)]').endswith(_ENDS)
        yield piece if ends else Piece(piece.lead, Markdown(f"{piece.text}."))
    for piece in pieces[-1:]:
        yield Piece(piece.lead, Markdown(piece.text.removesuffix(" …")))
