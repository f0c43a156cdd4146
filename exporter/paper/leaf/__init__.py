"""Leaves: one cheat sheet a study week, to pin to the wall, on at most two pages.

What a leaf is: the week on four columns of landscape paper (three upright), a framed box a day; in
it the plan's question with a real answer, then entries of one idea a line, what to do, and at the
foot of the last columns a few puzzles.  It is no text document: what one works through is the book.

The way of a leaf, each step in a module of its own:

- `choose` says what could stand on it, in order, and how central each part is (`views.Matter`).
  A week's leaf holds every question of the plan whatever happens; the rest is entries that may go.
- `entries` makes the pieces: key box, entry, tick line, figure; `shorten` has the rules for prompts
  and answers, `figures` those for strips and tables, `puzzles` picks the strip of code.  Rules that
  need words take them from `vocabulary.toml`, a table a language; without one a prompt stays whole.
- `measure` reckons how high each piece comes out, from the widths of the letters.  The alternative,
  to lay a leaf out until it fits, costs half a second a try.
- `fit` decides what goes until two pages hold the rest, and puts pieces in columns.  One page where
  little would be lost by it; columns of the last page end evenly.
- `compose` fills `templates/sheet/leaf.html`; `leaf.css` and `paper` say the same lengths.

Columns are filled here rather than by the engine, so that a box that goes on gets its bar again and
reading order is the order of the HTML.  If a reckoning was too low all the same, the engine goes on
to another page, which the build sees: it asks for the leaf once more, with `tight` less on it.

What is not on a leaf is on cards; it is counted in the foot and reported (S506).  Beyond the plan
and in a pack without one nothing is left out: one file holds as many leaves as that takes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.model import Key, Pack
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Code, Diagnostic
from exporter.pack.media import NO_PICTURES, Album
from exporter.paper.leaf import choose, fit
from exporter.paper.leaf.compose import html
from exporter.paper.leaf.entries import Maker
from exporter.paper.leaf.paper import paper
from exporter.paper.leaf.views import Fitted, Matter
from exporter.paper.leaf.words import phrases
from exporter.paper.sheets import Sheet
from exporter.paper.sheets.anchors import places
from exporter.paper.sheets.texts import Texts
from exporter.plan.relate import duplicates
from exporter.text import fixed_words

__all__ = ["Leaf", "leaves"]

_TIGHTER = 0.03  # of a column, at each try
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf ready to be laid out on so many pages, how much of each they fill by reckoning (0 to
    1), and what there is to say of it; `left` are the questions that are on cards only."""

    sheet: Sheet
    pages: int
    fills: tuple[float, ...]
    shown: tuple[Key, ...]
    left: tuple[Key, ...]
    said: tuple[Diagnostic, ...]
    _source: "_Source"

    def tighter(self) -> Iterator["Leaf"]:
        """The leaf with less and less on its pages, for one that the engine finds too long."""
        return (self._source.leaf(1.0 - _TIGHTER * n) for n in range(1, _TRIES + 1))


@dataclass(frozen=True, slots=True)
class _Source:
    """What a leaf is made from."""

    name: str
    matter: Matter
    config: PackConfig
    maker: Maker

    def leaf(self, tight: float) -> Leaf:
        """The leaf with that share of its columns filled."""
        fitted = fit.fitted(self.matter, self.maker.paper, tight)
        left = _left(self.matter, fitted)
        said = [*fitted.said, *_listed(self.name, left)]
        made = html(self.matter, fitted, len(left), self.config, self.maker)
        title = " · ".join(filter(None, (self.config.title, self.matter.badge, self.matter.plain)))
        sheet = Sheet(self.name, self.matter.week, title, made)
        fills = tuple(page.fill for page in fitted.pages)
        shown = tuple(key for key in self.matter.keys if key not in left)
        return Leaf(sheet, len(fitted.pages), fills, shown, left, tuple(said), self)


def leaves(pack: Pack, config: PackConfig, album: Album = NO_PICTURES) -> tuple[Leaf, ...]:
    """The leaves of a pack, weeks first: `<slug>-week-1` and so on and `<slug>-beyond`; of a pack
    without a plan `<slug>`."""
    chooser = _chooser(pack, config, album)
    maker = chooser.maker
    if chooser.pack.plan is None:
        whole = chooser.rest(None)
        return (_Source(config.slug, whole, config, maker).leaf(1.0),) if whole else ()
    made = [
        _Source(f"{config.slug}-week-{week.number}", chooser.week(week), config, maker).leaf(1.0)
        for week in chooser.pack.plan.weeks
    ]
    beyond = chooser.rest("beyond")
    if beyond:
        made.append(_Source(f"{config.slug}-beyond", beyond, config, maker).leaf(1.0))
    return tuple(made)


def _chooser(pack: Pack, config: PackConfig, album: Album) -> choose.Chooser:
    shown = Pack(
        pack.documents,
        duplicates.shown(pack.questions, config.duplicates),
        pack.topics,
        pack.readings,
        pack.exercises,
        pack.plan,
        pack.cycles,
    )
    words = fixed_words.in_language(config.language)
    maker = Maker(paper(config), phrases(config.language), words, album)
    known = places(shown, words)
    texts = Texts(lambda _: None, album)
    return choose.Chooser(shown, config, maker, known, texts, choose.weights(shown))


def _left(matter: Matter, fitted: Fitted) -> tuple[Key, ...]:
    """The questions that stand nowhere on the leaf."""
    shown = {*fitted.shown, *matter.stated, *(matter.puzzles.keys if matter.puzzles else ())}
    return tuple(key for key in matter.keys if key not in shown)


def _listed(name: str, left: Sequence[Key]) -> tuple[Diagnostic, ...]:
    if not left:
        return ()
    message = f"{name}: {len(left)} questions are on cards only: {', '.join(left)}"
    return (Diagnostic(None, Code.SHORTENED, message),)
