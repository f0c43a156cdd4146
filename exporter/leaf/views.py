"""What a leaf is made of before it is known what fits: pieces with their heights, in boxes."""

from collections.abc import Callable
from dataclasses import dataclass

from exporter.diagnostics import Diagnostic
from exporter.model import Html, Key, Week


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML that is not parted, `height` millimetres high with the space above it; `said` is what
    there is to report where it is printed, `figure` tells a drawing, a strip or a table."""

    html: Html
    height: float
    said: tuple[Diagnostic, ...] = ()
    figure: bool = False
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Questions that one answer answers: `rich` as it stands where there is room, `terse` makes it
    as it stands where there is little.  `weight` says how central they are, `silent` that the
    answer says nothing that the prompt does not."""

    keys: tuple[Key, ...]
    rich: Piece
    terse: Callable[[], Piece]
    weight: float
    silent: bool


@dataclass(frozen=True, slots=True)
class Box:
    """The frame of a day or section: its number (or ""), title, what stands in it whatever happens
    (`first`), its entries, and what is ticked."""

    anchor: str
    number: str
    title: Html
    plain: str
    first: tuple[Piece, ...]
    entries: tuple[Entry, ...]
    ticks: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Puzzles:
    """A strip over two columns: puzzles, each with its letter, in one stack a column, and what
    they print."""

    stacks: tuple[tuple[Html, ...], ...]
    answers: tuple[tuple[str, Html], ...]
    keys: tuple[Key, ...]
    height: float
    said: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """All that a leaf could show; `keys` are the questions that belong to it, `stated` those that
    stand on it whatever is left out.  `whole` says that nothing may be left out and that as many
    pages are filled as it takes."""

    week: Week
    badge: str
    title: Html
    plain: str
    goal: Html | None
    boxes: tuple[Box, ...]
    puzzles: Puzzles | None
    keys: tuple[Key, ...]
    stated: tuple[Key, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A box as far as one column holds it; `more` where it began in another one."""

    anchor: str
    number: str
    title: Html
    plain: str
    pieces: tuple[Piece, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Columns of frames, each with how `loose` it is set; `fill` is the share of the page that they
    fill.  The last two are `high` millimetres where puzzles stand below them."""

    columns: tuple[tuple[Frame, ...], ...]
    fill: float
    loose: tuple[int, ...]
    puzzles: Puzzles | None = None
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """The pages of a leaf, and the questions that its entries tell of."""

    pages: tuple[Page, ...]
    shown: tuple[Key, ...]
    said: tuple[Diagnostic, ...]
