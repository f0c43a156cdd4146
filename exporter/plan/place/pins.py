"""What people decided about places: pins in pack.toml and attributes behind a prompt.

A wish that the plan can't grant is reported and dropped, and the question is placed by its words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from exporter.model import DayKind, Plan, Question, Week, find_questions
from exporter.model.config import Pin, Subject, written_at
from exporter.model.diagnostics import Code, Diagnostic, Location, Report


@dataclass(frozen=True, slots=True)
class Wish:
    """A week, a day of it (None: whichever fits best), and whose wish it is."""

    week: Week
    day: int | None
    by: Literal["author", "pin"]


def gather(
    questions: Sequence[Question], plan: Plan | None, pins: Iterable[Pin], report: Report
) -> Mapping[int, Wish]:
    """The wishes that can be granted, by the question's index; a pin overrules the author.

    Names are resolved in a pack without a plan too, so that a wrong one is always reported.
    """
    wishes: dict[int, Wish] = {}
    for at, question in enumerate(questions):
        asked = question.attributes
        if plan and (asked.week or asked.day):
            wish = Wish(asked.week, asked.day, "author")
            _grant(wishes, at, wish, plan, question.location, report)
    pinned: set[int] = set()
    for pin in pins:
        place = written_at(pin.line)
        named = find_questions.one(questions, pin.question, place, report)
        if named is None or plan is None:
            continue
        at = next(at for at, question in enumerate(questions) if question is named)
        if at in pinned:
            message = f'"{pin.question}" is pinned twice; the first pin counts, take this one out'
            report(Diagnostic(place, Code.UNGRANTED_PLACE, message))
            continue
        pinned.add(at)
        _grant(wishes, at, Wish(pin.week, pin.day, "pin"), plan, place, report)
    return wishes


def check_subjects(plan: Plan, subjects: Iterable[Subject], report: Report) -> None:
    """Report every subject that names a day which the plan does not have, or not for learning."""
    days = {
        day.number
        for week in plan.weeks
        for day in week.days
        if day.kind in (DayKind.STUDY, DayKind.DESIGN)
    }
    for subject in subjects:
        strange = [str(day) for day in subject.days if day not in days]
        if strange:
            listed = ", ".join(strange)
            message = (
                f'subject "{subject.name}" names day {listed}, which is no study day of the plan; '
                "correct its days"
            )
            report(Diagnostic(written_at(subject.line), Code.STRANGE_DAY, message))


def _grant(
    wishes: dict[int, Wish],
    at: int,
    wish: Wish,
    plan: Plan,
    place: Location,
    report: Report,
) -> None:
    if wish.week == "beyond":
        wishes[at] = Wish("beyond", None, wish.by)
        return
    for week in plan.weeks:
        if wish.week not in (None, week.number):
            continue
        if wish.day is None or any(day.number == wish.day for day in week.days):
            wishes[at] = Wish(week.number, wish.day, wish.by)
            return
    wanted = [f"week {wish.week}"] if wish.week else []
    wanted += [f"day {wish.day}"] if wish.day else []
    message = f"the plan has no {', '.join(wanted)}; correct it, or take it out to place by words"
    report(Diagnostic(place, Code.UNGRANTED_PLACE, message))
