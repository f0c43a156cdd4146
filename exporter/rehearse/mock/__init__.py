"""Printable mock interviews: timed rounds drawn by lot, a scoring grid, and the answers behind.

`interview` draws what is asked, `paper_for_asking` and `grading` show both sides (`views`), and
`templates/sheet/mock.html` sets them.  A paper is a sheet, so `paper.pdf` prints it.
"""

from html import escape

from exporter.model import Html, Pack
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Report
from exporter.pack.media import NO_PICTURES, Album
from exporter.paper.sheets import Sheet, page_templates
from exporter.paper.sheets.anchors import places
from exporter.paper.sheets.question_entries import Maker
from exporter.paper.sheets.texts import Texts
from exporter.rehearse.mock import interview
from exporter.rehearse.mock.grading import Grader
from exporter.rehearse.mock.interview import Interview, Mode
from exporter.rehearse.mock.paper_for_asking import Asker
from exporter.rehearse.mock.views import PaperView
from exporter.text import fixed_words

__all__ = ["MINUTES", "Interview", "Mode", "interviews", "paper", "papers"]

MINUTES = 45
"""How long an interview is unless it is said otherwise."""


def papers(
    pack: Pack, config: PackConfig, report: Report, album: Album = NO_PICTURES
) -> tuple[Sheet, ...]:
    """One paper for each recap day of the plan that has anything to ask, as a build prints them."""
    return tuple(
        paper(interview.held(one, Mode.MIXED, MINUTES, None), pack, config, report, album)
        for one in interview.recaps(pack, config)
        if interview.possible(one, Mode.MIXED)
    )


def interviews(
    pack: Pack,
    config: PackConfig,
    *,
    week: int | None = None,
    final: bool = False,
    mode: Mode = Mode.MIXED,
    minutes: int = MINUTES,
    seed: str | None = None,
) -> tuple[Interview, ...]:
    """The interview of a week, or the final one; with neither one for each recap day, and the
    final one where the plan has no such day.

    Stop (exit code 2) where the plan has no such week, or nothing to ask in that mode.
    """
    recaps = [one for one in interview.recaps(pack, config) if interview.possible(one, mode)]
    if week is not None:
        found = [interview.of_week(pack, config, week)]
    elif final:
        found = [interview.whole(pack, config)]
    else:
        found = recaps or [interview.whole(pack, config)]
    return tuple(interview.held(one, mode, minutes, seed) for one in found)


def paper(
    held: Interview,
    pack: Pack,
    config: PackConfig,
    report: Report,
    album: Album = NO_PICTURES,
) -> Sheet:
    """The interview as print-ready HTML; what the fonts lack is told to `report`."""
    words = fixed_words.in_language(config.language)
    maker = Maker(Texts(report, album), places(pack, words), "senior")
    view = _view(held, pack, config, maker)
    html = page_templates.filled("mock.html", ("sheet.css", "mock.css"), words, album, sheet=view)
    return Sheet(held.scope.name, held.scope.week, f"{view.pack} · {view.running}", html)


def _view(held: Interview, pack: Pack, config: PackConfig, maker: Maker) -> PaperView:
    words, texts, week = maker.words, maker.texts, held.scope.titled
    grader = Grader(maker, held)
    grid = grader.grid()
    worth = [sum(row.worth for row in block.rows) for block in grid]
    name = words.final_mock if held.scope.final else words.mock
    title = texts.line(week.title, None) if week else Html(escape(config.title))
    badge = f"{words.week} {week.number}" if week else ""
    return PaperView(
        pack=config.title,
        badge=badge,
        title=title,
        running=f"{name} · {badge}" if badge else name,
        name=name,
        author=config.author,
        language=config.language,
        paper=config.paper,
        seed=held.seed,
        minutes=held.minutes,
        goal=texts.line(week.goal, None) if week and week.goal else None,
        rounds=tuple(Asker(pack, maker, held).rounds(worth)),
        grid=grid,
        answers=tuple(grader.answers()),
        worth=sum(worth),
    )
