"""Which places a person should look at first."""

from collections.abc import Iterable

from exporter.model import Placement, Question
from exporter.plan.place.match import ENOUGH

_CLEAR = 0.1
"""A lead that leaves no doubt."""


def doubts(questions: Iterable[Question], most: int = 8) -> tuple[Question, ...]:
    """Questions placed by their words, the least certain first, at most ``most``.

    The smaller the lead over another place, the less certain; of one that is beyond the plan
    because it says too little, the smaller the step to the closest day.
    """
    leads = [
        (lead, at, question)
        for at, question in enumerate(questions)
        if question.placement and (lead := _lead(question.placement)) is not None
    ]
    leads.sort(key=lambda found: found[:2])
    return tuple(question for lead, _, question in leads[:most] if lead < _CLEAR)


def _lead(place: Placement) -> float | None:
    """How far the place is ahead of the next; None where people placed it or nothing competes."""
    other = place.runner_up
    if place.week is None or place.by in ("author", "pin") or other is None:
        return None
    if place.day is None and place.week == other.week:
        return None
    if place.by == "default":
        return round(ENOUGH - other.score, 3)
    return round(place.score - other.score, 3)
