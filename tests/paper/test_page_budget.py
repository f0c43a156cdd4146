"""A week's page budget: what is shortened first, how far, and what is said of it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.build import papers, pipeline
from exporter.build.read_pack import ReadPack
from exporter.build.request import BuildRequest
from exporter.model.diagnostics import Code, Diagnostic
from exporter.pack.manifest import Manifest
from exporter.paper import page_budget, pdf
from exporter.paper.sheets import Drafts, Sheet, drafts

SOURCE = Path(__file__).parent.parent.parent / "source"
WEEK = 3


@pytest.fixture(scope="module")
def study() -> ReadPack:
    return pipeline.read(SOURCE)


@pytest.fixture(scope="module")
def week(study: ReadPack) -> Drafts:
    return drafts(study.pack, study.config, WEEK)


def pages(sheet: Sheet) -> int:
    """Pages as if each held the same number of signs."""
    return math.ceil(len(sheet.html) / 2500)


def counting(asked: list[str]) -> Callable[[Sequence[Sheet]], list[int | None]]:
    def lay(found: Sequence[Sheet]) -> list[int | None]:
        asked.extend(one.name for one in found)
        return [pages(one) for one in found]

    return lay


def test_the_least_central_go_first(study: ReadPack, week: Drafts) -> None:
    """What the plan asks and what others refer to is shortened last."""
    days = [day for week in study.pack.plan.weeks for day in week.days] if study.pack.plan else []
    asked = {id_ for day in days for one in day.questions for id_ in one.answered_by}
    marks = [step.question in asked for step in week.steps]
    assert marks == sorted(marks)
    assert {step.depth for step in week.steps} == {"short"}
    assert all(step.saves > 0 for step in week.steps)


def test_two_levels_are_given_up_one_after_the_other(study: ReadPack) -> None:
    """From senior every question goes to medium before any goes to short."""
    deep = drafts(study.pack, replace(study.config, depth="senior"), WEEK)
    depths = [step.depth for step in deep.steps]
    assert depths == sorted(depths)
    assert set(depths) == {"medium", "short"}


def test_steps_shorten_and_mark(week: Drafts) -> None:
    """Each step makes the sheet shorter, and marks what it shortened."""
    lengths = [len(week.sheet(count).html) for count in (0, 5, len(week.steps))]
    assert lengths == sorted(lengths, reverse=True)
    fewer = week.sheet(5).html
    for key in week.keys(5):
        article = fewer.partition(f'id="q-{key}"')[2].partition("</article>")[0]
        assert "[…]" in article
        assert f'href="#q-{key}">{key}</a>' in fewer.partition("Shortened")[2]


def test_a_budget_is_kept_with_few_layouts(week: Drafts) -> None:
    """The sheet fits, with hardly more steps than it needs, after a handful of layouts."""
    asked: list[str] = []
    had = pages(week.sheet(0))
    found = page_budget.kept({"week": (week, had)}, had - 1, counting(asked))
    least = next(n for n in range(len(week.steps)) if pages(week.sheet(n)) < had)
    assert least <= found["week"] <= least + math.ceil(len(week.steps) / 8)
    assert len(asked) <= 5


def test_a_budget_that_can_not_be_kept(week: Drafts) -> None:
    """All that can be shortened is, and a warning says that it was not enough."""
    found = page_budget.kept({"week": (week, pages(week.sheet(0)))}, 1, counting([]))
    assert found == {"week": len(week.steps)}
    said = list(page_budget.told("week", week.keys(), (9, 4, 1)))
    assert [one.code for one in said] == [Code.SHORTENED, Code.OVER_BUDGET]
    assert "4 pages instead of 9" in said[0].message
    assert "pages = 1" in said[1].message


def test_a_failing_layout_ends_the_search(week: Drafts) -> None:
    """A sheet that fails when it is shorter is not tried again: what was laid out is kept."""
    tries: list[int] = []

    def lay(found: Sequence[Sheet]) -> list[int | None]:
        tries.append(len(found))
        return [None for _ in found]

    assert page_budget.kept({"week": (week, 9)}, 5, lay) == {"week": 0}
    assert sum(tries) == 1


@pytest.mark.pdf
def test_a_build_keeps_the_budget(study: ReadPack, tmp_path: Path) -> None:
    """The printed week has the pages it may have, says what was shortened, and stays as it is."""
    config = replace(study.config, pages=6, depth="senior")
    order = BuildRequest(tmp_path, 0, only=("book",), weeks=(WEEK,))
    said: list[Diagnostic] = []
    with pdf.Pool() as pool:
        made = papers.printed(
            replace(study, config=config), order, Manifest(), pool, said.append, lambda _: None
        )
    product = next(one for one in made.products if one.name.endswith(f"week-{WEEK}.pdf"))
    assert product.pages == config.pages
    assert [one.code for one in said] == [Code.SHORTENED]
    assert [code for code, _ in product.warnings] == [Code.SHORTENED.code]
