"""Cheat sheets: one for each study week, and one for what the plan does not cover.

`sheets` turns a pack into print-ready HTML. The pieces: `compose`, `parts`, `recap` and `entries`
choose what a sheet shows (`views`), `texts` and `paper` make its texts fit for paper, `page` fills
the templates of `templates/sheet/`. `writers.pdf` lays the pages out.
"""

from dataclasses import dataclass, replace

from exporter import twins, wording
from exporter.config import PackConfig
from exporter.diagnostics import Report
from exporter.model import Html, Pack, Week
from exporter.writers.sheets import page
from exporter.writers.sheets.compose import Composer
from exporter.writers.sheets.entries import Maker
from exporter.writers.sheets.places import places
from exporter.writers.sheets.texts import Texts
from exporter.writers.sheets.views import SheetView

__all__ = ["Sheet", "sheets"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet ready for print: `name` without ending, and HTML that needs nothing but its fonts.

    `week` is the study week, "beyond", or None for the one sheet of a pack without a plan.
    """

    name: str
    week: Week
    title: str
    html: Html


def sheets(pack: Pack, config: PackConfig, report: Report) -> tuple[Sheet, ...]:
    """All sheets of a pack, weeks first; what the fonts lack is told to `report`.

    A pack without a plan has one sheet, `<slug>`; one with a plan `<slug>-week-1` and so on, and
    `<slug>-beyond` where anything is left over.
    """
    pack = replace(pack, questions=twins.shown(pack.questions, config.duplicates))
    maker = Maker(Texts(report), places(pack, wording.of(config.language)), config.depth)
    composer = Composer(pack, config, maker)
    if pack.plan is None:
        whole = composer.rest(None)
        return (_sheet(config.slug, None, whole, maker),) if whole else ()
    weeks = [
        _sheet(
            f"{config.slug}-week-{week.number}", week.number, composer.week(week, pack.plan), maker
        )
        for week in pack.plan.weeks
    ]
    beyond = composer.rest("beyond")
    if beyond:
        weeks.append(_sheet(f"{config.slug}-beyond", "beyond", beyond, maker))
    return tuple(weeks)


def _sheet(name: str, week: Week, view: SheetView, maker: Maker) -> Sheet:
    return Sheet(name, week, f"{view.pack} · {view.running}", page.page(view, maker.words))
