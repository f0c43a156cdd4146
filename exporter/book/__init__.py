"""The study pack: what one works through, bound into one file.

Cover, calendar and contents, the weeks in full (`writers.sheets`), the checklist with its gaps,
mock interviews with their answers at the back, pages for reading, an index of terms and of keys.
Pages are numbered through at their foot: those before week 1
with i, ii, iii, so that their number changes no other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exporter import fingerprint
from exporter.book.pages import Pages, Spots
from exporter.book.views import Line, Spot
from exporter.config import PackConfig
from exporter.media import NO_PICTURES, Album
from exporter.model import Note, Pack, Week
from exporter.writers import binding, pdf
from exporter.writers.binding import LINK, Section
from exporter.writers.manifest import Product
from exporter.writers.pdf import Printed
from exporter.writers.sheets import Sheet

__all__ = ["Bound", "Lay", "bound", "name"]

Lay = Callable[[Sequence[Sheet]], Sequence[Printed | None]]
"""Lays sheets out, in their order; None for one that fails, which it reports."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What came of binding: nothing where there is nothing to bind, and not `whole` where one of
    the pack's own pages can't be laid out."""

    product: Product | None
    whole: bool = True


def name(config: PackConfig, week: Week = None) -> str:
    """The file of the study pack, or of one of its weeks."""
    return f"{config.slug}-pack-week-{week}.pdf" if week else f"{config.slug}-pack.pdf"


def recipe(
    pack: Pack,
    notes: Sequence[Note],
    config: PackConfig,
    parts: Sequence[tuple[str, str]],
    album: Album = NO_PICTURES,
) -> str:
    """A digest of all that the pack follows from: `parts` are its sheets and interviews by name,
    each with what it is made from.  Numbers of pages follow from the rest."""
    pages = Pages(pack, notes, config, album)
    spots = {one.id: Spot(0, "", one.key) for one in pack.questions}
    own = [pages.checklist(spots), pages.reading(), pages.index(spots), pages.front((), {})]
    recipes = [pdf.recipe(sheet) for sheet in own if sheet]
    return fingerprint.of(parts, recipes, fingerprint.program())


def bound(
    pack: Pack,
    notes: Sequence[Note],
    config: PackConfig,
    printed: Sequence[Product],
    lay: Lay,
    album: Album = NO_PICTURES,
) -> Bound:
    """The sheets and interviews that a build has `printed`, bound; nothing where it has none."""
    pages = Pages(pack, notes, config, album)
    sheets, mocks = _sections(printed, pages)
    if not sheets:
        return Bound(None)
    spots = _spots(pack, sheets)
    own = [pages.checklist(spots), pages.reading(), pages.index(spots)]
    laid = dict(zip(filter(None, own), lay([one for one in own if one]), strict=True))
    if not all(laid.values()):
        return Bound(None, whole=False)
    checklist, reading, index = (_own(sheet, laid, pages) for sheet in own)
    body = [
        *sheets,
        *checklist,
        *(_until_grid(mock) for mock in mocks),
        *reading,
        *(_answers(mock, pages) for mock in mocks),
        *index,
    ]
    raw = _volume(body, pages, lay)
    if raw is None:
        return Bound(None, whole=False)
    count = binding.pages(raw)
    return Bound(Product(name(config), "book", raw, pages=count))


def _volume(body: Sequence[Section], pages: Pages, lay: Lay) -> bytes | None:
    """The pages of the body behind the front, numbered; None where those can't be laid out."""
    starts = binding.begins(body)
    contents = [_line(section, at, pages) for section, at in zip(body, starts, strict=False)]
    days = {
        int(anchor.removeprefix("d-")): f"{LINK}{section.name}#{anchor}"
        for section in body
        for anchor in binding.targets(section.raw)
        if anchor.removeprefix("d-").isdecimal() and anchor.startswith("d-")
    }
    last = starts[-2] + binding.length(body[-1])
    front, stamps = lay([pages.front(contents, days), pages.stamps(last)])
    if front is None or stamps is None:
        return None
    title = pages.words.study_pack
    return binding.bound([Section("front", title, front.pdf, numbered=False), *body], stamps.pdf)


def _sections(printed: Sequence[Product], pages: Pages) -> tuple[list[Section], list[Section]]:
    """Sheets and interviews with their titles, in the order in which a build prints them."""
    config, words = pages.config, pages.words
    weeks = pages.pack.plan.weeks if pages.pack.plan else ()
    titles = {week.number: pages.texts.plain(week.title) for week in weeks}
    sheets, mocks = [], []
    for product in printed:
        stem = Path(product.name).stem
        week = f"{words.week} {product.week}"
        if not stem.startswith(f"{config.slug}-mock"):
            numbered = f"{week} · {titles.get(product.week)}"  # type: ignore[arg-type] # or absent
            named = {None: config.title, "beyond": words.beyond}.get(product.week, numbered)  # type: ignore[arg-type]
            sheets.append(Section(stem, named, product.raw))
        elif stem.endswith("-final"):
            mocks.append(Section(stem, words.final_mock, product.raw))
        else:
            mocks.append(Section(stem, f"{words.mock} · {week}", product.raw))
    return sheets, mocks


def _spots(pack: Pack, sheets: Sequence[Section]) -> Spots:
    """Where each question stands in the pack, by id."""
    places: dict[str, Spot] = {}
    for section, at in zip(sheets, binding.begins(sheets), strict=False):
        for anchor, number in binding.targets(section.raw).items():
            key = anchor.removeprefix("q-")
            places[key] = Spot(at + number + 1, f"{LINK}{section.name}#{anchor}", key)
    return {one.id: places[one.key] for one in pack.questions if one.key in places}


def _own(
    sheet: Sheet | None, laid: Mapping[Sheet, Printed | None], pages: Pages
) -> Iterator[Section]:
    done = laid.get(sheet) if sheet else None
    if sheet and done:
        yield Section(sheet.name, sheet.title.removeprefix(f"{pages.config.title} · "), done.pdf)


def _until_grid(mock: Section) -> Section:
    """The pages of an interview that the candidate sees."""
    return replace(mock, last=binding.targets(mock.raw)["grid"])


def _answers(mock: Section, pages: Pages) -> Section:
    """The grid and the answers of an interview, for whoever asks."""
    title = f"{pages.words.answers} · {mock.title}"
    return replace(mock, title=title, first=binding.targets(mock.raw)["grid"])


def _line(section: Section, at: int, pages: Pages) -> Line:
    """A section in the contents, with what its own outline names but for a sheet's indexes."""
    words = pages.words
    aside = {section.title, words.shortened}
    if section.title != words.terms:
        aside.add(words.index)
    rounds = section.first > 0 or section.last is not None  # an interview, which names its own
    below = tuple(
        Line(title, _page(section, number, at))
        for title, number in (() if rounds else binding.outline(section.raw))
        if title not in aside
    )
    return Line(section.title, _page(section, section.first, at), below)


def _page(section: Section, number: int, at: int) -> Spot:
    """A page of a section that begins at page `at` of the pack, both from 0."""
    return Spot(at + number - section.first + 1, f"{LINK}{section.name}#page={number}")
