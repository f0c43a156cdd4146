"""What of a leaf's matter fits its two pages, and which column each piece stands in.

The columns are filled here, by reckoned heights, and not by the engine: it lays each column out
once, a box that goes on in the next column gets its bar again, and puzzles can stand below two of
them.  What does not fit goes in steps, each the smallest loss: answers that say nothing, the longer
answers of the least central questions, then the least central questions, then what is ticked.  How
many steps are enough is found by halving.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from exporter.leaf.paper import BAR, BETWEEN, END, Paper
from exporter.leaf.views import Box, Entry, Fitted, Frame, Matter, Page, Piece
from exporter.model import Html

PAGES = 2
_WORTH = 0.4  # of a second page that is worth turning the leaf for
_LOSS = 0.25  # of the entries that may go to make it one page
_HALVINGS = 9  # until columns of the last page are even
_SHARE = 2  # columns above the puzzles
_STRETCH = 1.15  # how much higher columns of the last page may get by it
_LOOSEST = 6  # tenths of a millimetre
_HAIR = 1e-6  # what sums of fractions are off by
_EMPTY = Piece(Html(""), 0.0)  # of a day with nothing but its bar

Columns = list[list[Frame]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """So many pages of a paper, `low` the height of the last one's columns."""

    paper: Paper
    pages: int
    height: float
    low: float
    strip: float

    def columns(self) -> Iterator[float]:
        """The height of each column in turn."""
        count = self.paper.columns
        yield from [self.height] * (count * (self.pages - 1))
        yield from [self.low] * (count - _SHARE)
        yield from [max(0.0, self.low - self.strip)] * _SHARE


def fitted(matter: Matter, paper: Paper, tight: float = 1.0) -> Fitted:
    """The pages of a leaf; `tight` is the share of a column's height that is filled."""
    height = paper.height * tight
    strip = matter.puzzles.height + BETWEEN if matter.puzzles else 0.0

    def packed(boxes: Sequence[Box], pages: int, low: float = height) -> Columns | None:
        return _packed(boxes, _Sheet(paper, pages, height, low, strip))

    boxes, pages = _chosen(matter, packed, height * paper.columns, strip)
    low = _lowest(lambda low: packed(boxes, pages, low) is not None, height)
    columns = packed(boxes, pages, low) or []
    heights = tuple(_Sheet(paper, pages, height, low, strip).columns())
    laid = _pages(columns, heights, matter, paper, strip)
    shown = {key for box in boxes for entry in box.entries for key in entry.keys}
    said = [one for column in columns for frame in column for piece in frame.pieces
            for one in piece.said]  # fmt: skip
    said += matter.puzzles.said if matter.puzzles else ()
    return Fitted(laid, tuple(shown), tuple(dict.fromkeys(said)))


def _chosen(
    matter: Matter,
    packed: Callable[[Sequence[Box], int], Columns | None],
    page: float,
    strip: float,
) -> tuple[tuple[Box, ...], int]:
    """The boxes with what is to stand in them, and on how many pages."""
    boxes = matter.boxes
    if matter.whole:
        return boxes, _first(lambda n: packed(boxes, n + 1) is not None) + 1
    if packed(boxes, 1) is not None:
        return boxes, 1
    turned = sum(map(_height, boxes)) + _SHARE * strip > page * (1 + _WORTH)
    if turned and packed(boxes, PAGES) is not None:
        return boxes, PAGES
    steps = list(_steps(boxes))

    def least(pages: int) -> int | None:
        enough = partial(_fits, boxes, steps, lambda found: packed(found, pages) is not None)
        return _least(len(steps), enough)

    one = None if turned else least(1)
    entries = sum(len(box.entries) for box in boxes)
    if one is not None and sum(step.gone for step in steps[:one]) <= _LOSS * entries:
        return _without(boxes, steps[:one]), 1
    two = least(PAGES)
    if two is not None:
        return _without(boxes, steps[:two]), PAGES
    bare = _without(boxes, steps)
    return bare, _first(lambda n: packed(bare, n + 1) is not None) + 1


def _fits(
    boxes: Sequence[Box],
    steps: Sequence["_Step"],
    enough: Callable[[Sequence[Box]], bool],
    count: int,
) -> bool:
    return enough(_without(boxes, steps[:count]))


def _first(enough: Callable[[int], bool]) -> int:
    """The smallest number that is enough, which larger ones are too."""
    high = 1
    while not enough(high - 1):
        high *= 2
    return _least(high - 1, enough) or 0


def _least(most: int, enough: Callable[[int], bool]) -> int | None:
    """The smallest number up to `most` that is enough; None where none is."""
    if not enough(most):
        return None
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def _lowest(enough: Callable[[float], bool], height: float) -> float:
    """How low the columns of the last page can be, so that they end about evenly."""
    low, high = 0.0, height
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


@dataclass(frozen=True, slots=True)
class _Step:
    """What goes next: an entry's longer answer, the `gone` entry itself, or a box's ticks."""

    box: int
    entry: int | None
    gone: bool


def _steps(boxes: Sequence[Box]) -> Iterator[_Step]:
    """Everything that can go, the smallest loss first."""
    entries = [(b, e, one) for b, box in enumerate(boxes) for e, one in enumerate(box.entries)]
    entries.sort(key=lambda found: (found[2].weight, -found[0], -found[1]))
    silent = [(b, e) for b, e, one in entries if one.silent]
    yield from (_Step(b, e, gone=True) for b, e in silent)
    longer = [(b, e) for b, e, one in entries if _saves(one) and not one.silent]
    yield from (_Step(b, e, gone=False) for b, e in longer)
    yield from (_Step(b, e, gone=True) for b, e, one in entries if not one.silent)
    yield from (_Step(b, None, gone=True) for b in reversed(range(len(boxes))))


def _saves(entry: Entry) -> bool:
    return not entry.rich.figure and entry.terse().height < entry.rich.height


def _without(boxes: Sequence[Box], steps: Sequence[_Step]) -> tuple[Box, ...]:
    """The boxes after these steps."""
    gone = {(step.box, step.entry) for step in steps if step.gone}
    terse = {(step.box, step.entry) for step in steps if not step.gone}
    return tuple(
        replace(
            box,
            entries=tuple(
                replace(one, rich=one.terse()) if (b, e) in terse else one
                for e, one in enumerate(box.entries)
                if (b, e) not in gone
            ),
            ticks=() if (b, None) in gone else box.ticks,
        )
        for b, box in enumerate(boxes)
    )


def pieces(box: Box) -> tuple[Piece, ...]:
    """What stands in a box, in order."""
    return (*box.first, *(entry.rich for entry in box.entries), *box.ticks)


def _height(box: Box) -> float:
    return BAR + END + BETWEEN + sum(piece.height for piece in pieces(box))


def _packed(boxes: Sequence[Box], sheet: _Sheet) -> Columns | None:
    """The boxes in columns, each filled before the next; None where there are too few."""
    heights = list(sheet.columns())
    columns: Columns = [[]]
    left = heights[0]
    for box in boxes:
        held: list[Piece] = []
        more = False
        for piece in pieces(box) or (_EMPTY,):
            while left + _HAIR < piece.height + (0.0 if held else _around(columns[-1])):
                if left == sheet.height and not columns[-1]:
                    break  # higher than any column
                if len(columns) == len(heights):
                    return None
                columns[-1] += [_frame(box, held, more=more)] if held else []
                more, held = more or bool(held), []
                left = heights[len(columns)]
                columns.append([])
            left -= piece.height + (0.0 if held else _around(columns[-1]))
            held.append(piece)
        columns[-1].append(_frame(box, held, more=more))
    return columns


def _around(column: list[Frame]) -> float:
    """What a new frame takes beside its pieces."""
    return BAR + END + (BETWEEN if column else 0.0)


def _frame(box: Box, held: Sequence[Piece], *, more: bool) -> Frame:
    return Frame(box.anchor, box.number, box.title, box.plain, tuple(held), more)


def _pages(
    columns: Columns, heights: Sequence[float], matter: Matter, paper: Paper, strip: float
) -> tuple[Page, ...]:
    """The columns page by page, with how much of its height each page fills."""
    columns = [*columns, *([] for _ in range(len(heights) - len(columns)))]
    made = []
    highest = paper.height - (strip + 1.0 if strip else 0.0)
    for start in range(0, len(heights), paper.columns):
        here = tuple(tuple(one) for one in columns[start : start + paper.columns])
        last = start + paper.columns == len(heights)
        filled = sum(map(_filled, here)) + (_SHARE * strip if last else 0.0)
        fill = filled / (paper.columns * paper.height)
        rooms = heights[start : start + paper.columns]
        rooms = [min(room * _STRETCH, highest) for room in rooms] if last else rooms
        loose = tuple(_loose(column, room) for column, room in zip(here, rooms, strict=True))
        made.append(Page(here, fill, loose, matter.puzzles if last else None, rooms[-1]))
    return tuple(made)


def _loose(column: Sequence[Frame], room: float) -> int:
    """How many tenths of a millimetre more stand above each piece, so that columns end evenly."""
    count = sum(len(frame.pieces) for frame in column)
    return min(_LOOSEST, int((room - _filled(column)) * 10 / count)) if count else 0


def _filled(column: Sequence[Frame]) -> float:
    bars = len(column) * (BAR + END + BETWEEN) - (BETWEEN if column else 0.0)
    return bars + sum(piece.height for frame in column for piece in frame.pieces)
