"""Study plans: the shape's variations, the plan of this repository, and plans of other authors."""

import pytest

from exporter.model import Day, DayKind, Plan
from tests import drafts
from tests.fixtures import Agrees, Example, examples

FOREIGN = ["dayplan-python.md", "dayplan-sommelier.txt", "dayplan-strafrecht.txt"]


def days(plan: Plan | None) -> list[Day]:
    assert plan is not None
    return [day for week in plan.weeks for day in week.days]


@pytest.mark.parametrize("example", examples("dayplan"))
def test_a_plan_is_read_as_its_golden_shows(example: Example, agrees: Agrees) -> None:
    """Each variation of the shape gives the weeks, days and lines of its golden."""
    agrees(example, drafts.outline(drafts.text("dayplan", example.input)))


def test_the_real_plan_is_counted_by_hand() -> None:
    """Four weeks with goals, thirty days in order, twenty-five questions, each line in its kind."""
    result = drafts.read("dayplan", drafts.load(drafts.SOURCE / "thirty-day-plan.txt"))
    plan = result.draft.plan
    assert plan is not None
    assert [len(week.days) for week in plan.weeks] == [7, 7, 7, 9]
    assert all(week.goal and week.title for week in plan.weeks)
    assert [day.number for day in days(plan)] == list(range(1, 31))
    asked = {day.number: len(day.questions) for day in days(plan)}
    assert [number for number, count in asked.items() if not count] == [7, 14, 21, 29, 30]
    assert set(asked.values()) == {0, 1}
    assert sum(len(day.practice) for day in days(plan)) == 22
    assert sum(len(day.design) for day in days(plan)) == 3
    assert sum(len(day.focus) for day in days(plan)) == 2
    assert sum(len(day.study) for day in days(plan)) == 18
    assert result.diagnostics == ()


def test_the_real_plan_knows_its_days_kinds() -> None:
    """Mock interviews are recaps, the overall one is final, the last day is a review."""
    result = drafts.read("dayplan", drafts.load(drafts.SOURCE / "thirty-day-plan.txt"))
    kinds = {day.number: day.kind for day in days(result.draft.plan)}
    assert [n for n, kind in kinds.items() if kind is DayKind.RECAP] == [7, 14, 21, 29]
    assert [n for n, kind in kinds.items() if kind is DayKind.DESIGN] == [25, 26, 27, 28]
    assert [n for n, kind in kinds.items() if kind is DayKind.REVIEW] == [30]
    assert [day.number for day in days(result.draft.plan) if day.final] == [29]


@pytest.mark.parametrize("name", ["thirty-day-plan.txt", *FOREIGN])
def test_every_line_of_a_plan_is_accounted_for(name: str) -> None:
    """No line is unclaimed, and what counts as content stands in the model in its own words."""
    folder = drafts.DOCUMENTS if name in FOREIGN else drafts.SOURCE
    source = drafts.load(folder / name)
    for written in (source, drafts.crlf(source)):
        result = drafts.read("dayplan", written)
        assert result.detected
        assert result.accounting.unaccounted == 0
        assert drafts.untold(result) == []


def test_line_ends_change_nothing() -> None:
    """Trailing white space does not reach the model."""
    source = drafts.load(drafts.SOURCE / "thirty-day-plan.txt")
    assert drafts.read("dayplan", source).draft == drafts.read("dayplan", drafts.crlf(source)).draft


@pytest.mark.parametrize(
    ("name", "weeks", "numbers", "asked"),
    [
        ("dayplan-python.md", 2, [1, 2, 3, 4, 5, 6, 7, 8, 9], 7),
        ("dayplan-sommelier.txt", 2, [1, 2, 3, 6, 7, 8], 5),
        ("dayplan-strafrecht.txt", 2, [1, 2, 3, 4, 5], 4),
    ],
)
def test_foreign_plans_are_counted_by_hand(
    name: str, weeks: int, numbers: list[int], asked: int
) -> None:
    """Other authors' plans give the weeks, days and questions that a person counts."""
    plan = drafts.read("dayplan", drafts.load(drafts.DOCUMENTS / name)).draft.plan
    assert plan is not None
    assert len(plan.weeks) == weeks
    assert [day.number for day in days(plan)] == numbers
    assert sum(len(day.questions) for day in days(plan)) == asked
