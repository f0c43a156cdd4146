"""The paper of a leaf in millimetres; `leaf.css` says the same to the engine."""

from dataclasses import dataclass

from exporter.config import PackConfig

_SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
MARGIN = 8.0
GUTTER = 3.0
HEAD = 9.0  # with the space below it
FOOT = 3.6
FRAME = 1.5  # border and padding at either side of a box
BAR = 4.4
BAR_SIZE = 8.2 * 25.4 / 72
BETWEEN = 1.8  # above a box that is not the first in its column
END = 1.0  # border and padding below the last piece of a box
HANG = 1.6


@dataclass(frozen=True, slots=True)
class Paper:
    """Columns of `width` and `height` millimetres."""

    columns: int
    width: float
    height: float

    @property
    def text(self) -> float:
        """The width of a line inside a box."""
        return self.width - 2 * FRAME

    @property
    def page(self) -> float:
        """The height of a page's content; a hair less than there is, for rounding."""
        return HEAD + self.height + FOOT - 0.05

    @property
    def wide(self) -> float:
        """Two columns with their gutter."""
        return 2 * self.width + GUTTER


def paper(config: PackConfig) -> Paper:
    """Four columns side by side on landscape paper, three on upright."""
    short, long = _SIZES[config.paper]
    width, height = (long, short) if config.landscape else (short, long)
    columns = 4 if config.landscape else 3
    room = width - 2 * MARGIN - (columns - 1) * GUTTER
    return Paper(columns, room / columns, height - 2 * MARGIN - HEAD - FOOT)
