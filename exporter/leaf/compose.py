"""The HTML of a leaf: `templates/sheet/leaf.html` filled with its pages."""

from dataclasses import dataclass

from exporter.config import PackConfig
from exporter.leaf.entries import Maker
from exporter.leaf.fit import PAGES
from exporter.leaf.paper import Paper
from exporter.leaf.views import Fitted, Frame, Matter, Page
from exporter.model import Html
from exporter.writers.sheets import page


@dataclass(frozen=True, slots=True)
class LeafView:
    """What the template shows; `accents` are classes of colour by a box's anchor, "" in black."""

    pack: str
    running: str
    author: str
    language: str
    paper: str
    landscape: bool
    matter: Matter
    pages: tuple[Page, ...]
    sizes: Paper
    left: int
    warns: bool
    accents: dict[str, str]
    each: int = PAGES


def html(matter: Matter, fitted: Fitted, left: int, config: PackConfig, maker: Maker) -> Html:
    """The page of a leaf, its style inside it; `left` questions are on cards only."""
    frames = [frame for one in fitted.pages for column in one.columns for frame in column]
    view = LeafView(
        pack=config.title,
        running=" · ".join(filter(None, (matter.badge, matter.plain))),
        author=config.author,
        language=config.language,
        paper=config.paper,
        landscape=config.landscape,
        matter=matter,
        pages=fitted.pages,
        sizes=maker.paper,
        left=left,
        warns=any(piece.warns for frame in frames for piece in frame.pieces),
        accents=_accents(frames) if config.color else {},
    )
    return page.filled("leaf.html", ("leaf.css",), maker.words, maker.album, leaf=view, sheet=view)


_ACCENTS = 7  # as many as a week has days


def _accents(frames: list[Frame]) -> dict[str, str]:
    """An accent for each box, in turn."""
    anchors = dict.fromkeys(frame.anchor for frame in frames)
    return {anchor: f" a{n % _ACCENTS + 1}" for n, anchor in enumerate(anchors)}
