"""What an interview draws from: a recap's days, a week, all weeks, or a pack without a plan.

A recap looks back on the days since the recap before it, so a plan that is one long week still has
an interview of its own for each of its recap days.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exporter.model import (
    Day,
    DayKind,
    Exercise,
    ExerciseKind,
    Markdown,
    Pack,
    Question,
    QuestionId,
    StudyWeek,
    Week,
    find_questions,
)
from exporter.model.config import PackConfig

_TAUGHT = (DayKind.STUDY, DayKind.DESIGN)


@dataclass(frozen=True, slots=True)
class Scope:
    """``name`` is the paper's file without ending; ``week`` the sheet it belongs to; ``titled`` is
    the week where it is about one; ``lines`` are the plan's own practice and design lines;
    ``planned`` are the questions that answer those which the plan itself asks."""

    name: str
    week: Week
    titled: StudyWeek | None
    final: bool
    questions: tuple[Question, ...]
    exercises: tuple[Exercise, ...]
    lines: tuple[Exercise, ...]
    planned: frozenset[QuestionId]


def of_week(pack: Pack, config: PackConfig, number: int) -> Scope:
    """All that one week treats.  Stop (exit code 2) where the plan has no such week."""
    week = find_questions.week(pack.plan, number)
    return _week(pack, week, None, f"{config.slug}-mock-week-{number}")


def whole(pack: Pack, config: PackConfig) -> Scope:
    """All weeks of the plan, as the last interview asks them; a pack without a plan whole."""
    if pack.plan is None:
        return Scope(
            f"{config.slug}-mock",
            None,
            None,
            False,
            pack.questions,
            pack.exercises,
            (),
            frozenset(),
        )
    weeks = pack.plan.weeks
    at = next((week for week in weeks if any(day.final for day in week.days)), weeks[-1])
    numbers = frozenset(week.number for week in weeks)
    return Scope(
        name=f"{config.slug}-mock-final",
        week=at.number,
        titled=None,
        final=True,
        questions=tuple(q for q in pack.questions if q.placement and q.placement.week in numbers),
        exercises=tuple(one for one in pack.exercises if _asks(one) and one.week in numbers),
        lines=tuple(line for week in weeks for line in _lines(week.days, week.number)),
        planned=_planned(day for week in weeks for day in week.days),
    )


def recaps(pack: Pack, config: PackConfig) -> tuple[Scope, ...]:
    """One for each recap day of the plan, in order."""
    weeks = pack.plan.weeks if pack.plan else ()
    return tuple(scope for week in weeks for scope in _recaps(pack, config, week))


def _recaps(pack: Pack, config: PackConfig, week: StudyWeek) -> Iterator[Scope]:
    name = f"{config.slug}-mock-week-{week.number}"
    days = [day for day in week.days if day.kind is DayKind.RECAP and not day.final]
    if len(days) == 1:
        yield _week(pack, week, None, name)
    else:
        for day in days:
            yield _week(pack, week, _before(day, week.days), f"{name}-day-{day.number}")
    if any(day.final for day in week.days):
        yield whole(pack, config)


def _before(recap: Day, days: Sequence[Day]) -> frozenset[int]:
    """The numbers of the days since the recap before, or since the week began."""
    found: list[int] = []
    for day in days:
        if day.number == recap.number:
            break
        found = [] if day.kind is DayKind.RECAP else [*found, day.number]
    return frozenset(found)


def _week(pack: Pack, week: StudyWeek, days: frozenset[int] | None, name: str) -> Scope:
    def inside(at: Week, day: int | None) -> bool:
        return at == week.number and (days is None or day in days)

    placed = ((one, one.placement) for one in pack.questions)
    return Scope(
        name=name,
        week=week.number,
        titled=week,
        final=False,
        questions=tuple(one for one, at in placed if at and inside(at.week, at.day)),
        exercises=tuple(one for one in pack.exercises if _asks(one) and inside(one.week, one.day)),
        lines=tuple(
            one for one in _lines(week.days, week.number) if days is None or one.day in days
        ),
        planned=_planned(day for day in week.days if days is None or day.number in days),
    )


def _asks(exercise: Exercise) -> bool:
    return exercise.kind in (ExerciseKind.HANDS_ON, ExerciseKind.DESIGN)


def _planned(days: Iterable[Day]) -> frozenset[QuestionId]:
    """The best answers of what these days ask."""
    asked = (one for day in days for one in day.questions)
    return frozenset(one.answered_by[0] for one in asked if one.answered_by)


def _lines(days: Sequence[Day], week: int) -> Iterator[Exercise]:
    """What the plan itself wants practised and designed, as exercises under the day's title."""
    for day in days:
        if day.kind not in _TAUGHT:
            continue
        for kind, lines in (
            (ExerciseKind.HANDS_ON, day.practice),
            (ExerciseKind.DESIGN, day.design),
        ):
            for line in lines:
                yield Exercise(kind, Markdown(line), day.location, (day.title,), week, day.number)
