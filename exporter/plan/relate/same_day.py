"""Brings questions that ask the same to one day: that of the one whose place is surest.

What a person placed stays where it is, and leads the others there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from exporter.model import Place, Placement, Question, QuestionId

_BY_PEOPLE = ("pin", "author")


def gather(questions: Sequence[Question], groups: Iterable[Sequence[int]]) -> tuple[Question, ...]:
    """The questions, in order, each that was placed by its words on the day of its group; the
    groups are of indexes, the leader first."""
    placed = list(questions)
    for group in groups:
        host = _host([questions[at] for at in group])
        for at in group:
            placed[at] = _placed(questions[at], host)
    return tuple(placed)


def _placed(question: Question, host: Question) -> Question:
    own, there = question.placement, host.placement
    if own is None or own.week is None or own.by in _BY_PEOPLE:
        return question
    if host is question or there is None or (there.week, there.day) == (own.week, own.day):
        return question
    runner_up = Place(own.week, own.day, own.score)
    why = f"asks the same as {host.key}, which stands there; by itself: {own.why}"
    return replace(
        question,
        placement=Placement(there.week, there.day, "match", there.score, why, runner_up),
    )


def _host(group: Sequence[Question]) -> Question:
    """Whose place all take: what a person placed, else the best match; of equals the leader."""

    def order(one: Question) -> tuple[int, float, bool, QuestionId]:
        place = one.placement
        return _rank(place), -place.score if place else 0.0, one is not group[0], one.id

    return min(group, key=order)


def _rank(place: Placement | None) -> int:
    if place is None or place.by == "default":
        return 2
    return 0 if place.by in _BY_PEOPLE else 1
