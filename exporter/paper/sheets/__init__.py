"""Cheat sheets: one for each study week, and one for what the plan does not cover.

`sheets` turns a pack into print-ready HTML. The pieces: `compose`, `parts`, `recap` and
`question_entries` choose what a sheet shows (`views`), `texts` and `fit_for_paper` make its texts
fit for paper, `page_templates` fills the templates of `templates/sheet/`. `paper.pdf` lays the
pages out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exporter.model import Html, Note, Pack, Plan, StudyWeek, Week
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Report
from exporter.pack.media import NO_PICTURES, Album
from exporter.paper.sheets import page_templates
from exporter.paper.sheets.anchors import places
from exporter.paper.sheets.compose import Composer
from exporter.paper.sheets.daily_load import load
from exporter.paper.sheets.question_entries import Maker
from exporter.paper.sheets.shorten import Step, steps
from exporter.paper.sheets.standalone import standalone
from exporter.paper.sheets.texts import Texts
from exporter.paper.sheets.views import SheetView
from exporter.plan.relate import duplicates
from exporter.text import fixed_words

__all__ = ["Drafts", "Sheet", "drafts", "sheets", "standalone"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet ready for print: `name` without ending, and HTML that needs nothing but its fonts.

    `week` is the study week, "beyond", or None for the one sheet of a pack without a plan.
    """

    name: str
    week: Week
    title: str
    html: Html


def sheets(
    pack: Pack,
    config: PackConfig,
    report: Report,
    notes: Sequence[Note] = (),
    album: Album = NO_PICTURES,
) -> tuple[Sheet, ...]:
    """All sheets of a pack, weeks first; what the fonts lack is told to `report`.  `notes` are the
    cards that the figures of a week's load count, `album` holds the documents' images.

    A pack without a plan has one sheet, `<slug>`; one with a plan `<slug>-week-1` and so on, and
    `<slug>-beyond` where anything is left over.
    """
    composer = _composer(pack, config, report, notes, album)
    if pack.plan is None:
        whole = composer.rest(None)
        return (_sheet(config.slug, None, whole, composer.maker),) if whole else ()
    weeks = [_week(week, pack.plan, composer) for week in pack.plan.weeks]
    beyond = composer.rest("beyond")
    if beyond:
        weeks.append(_sheet(f"{config.slug}-beyond", "beyond", beyond, composer.maker))
    return tuple(weeks)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The sheet of one study week, as it is and shorter step by step."""

    composer: Composer
    plan: Plan
    week: StudyWeek
    steps: tuple[Step, ...]

    def sheet(self, count: int) -> Sheet:
        """The sheet after the first `count` steps."""
        lowered = {step.question: step.depth for step in self.steps[:count]}
        maker = replace(self.composer.maker, lowered=lowered)
        return _week(self.week, self.plan, replace(self.composer, maker=maker))

    def keys(self, count: int | None = None) -> tuple[str, ...]:
        """The questions of the first `count` steps (default: of all), each once, in their order."""
        known = self.composer.maker.places.questions
        return tuple(dict.fromkeys(known[step.question].key for step in self.steps[:count]))


def drafts(
    pack: Pack,
    config: PackConfig,
    number: int,
    notes: Sequence[Note] = (),
    album: Album = NO_PICTURES,
) -> Drafts:
    """How the sheet of week `number` of the plan can be shortened; ValueError where there is none.

    What the fonts lack is not told: `sheets` tells it.
    """
    composer = _composer(pack, config, lambda _: None, notes, album)
    plan = composer.pack.plan
    week = next((one for one in plan.weeks if one.number == number), None) if plan else None
    if plan is None or week is None:
        raise ValueError(number)
    places = composer.maker.places
    questions = [one for one in composer.pack.questions if places.week_of(one) == number]
    return Drafts(composer, plan, week, steps(questions, composer.pack, composer.maker))


def _composer(
    pack: Pack, config: PackConfig, report: Report, notes: Sequence[Note], album: Album
) -> Composer:
    shown = replace(pack, questions=duplicates.shown(pack.questions, config.duplicates))
    known = places(shown, fixed_words.in_language(config.language))
    maker = Maker(Texts(report, album), known, config.depth)
    return Composer(shown, config, maker, load(pack, notes))


def _week(week: StudyWeek, plan: Plan, composer: Composer) -> Sheet:
    name = f"{composer.config.slug}-week-{week.number}"
    return _sheet(name, week.number, composer.week(week, plan), composer.maker)


def _sheet(name: str, week: Week, view: SheetView, maker: Maker) -> Sheet:
    html = page_templates.page(view, maker.words, maker.texts.album)
    return Sheet(name, week, f"{view.pack} · {view.running}", html)
