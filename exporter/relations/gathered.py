"""Brings questions that ask the same to one day: that of the one whose place is surest.

What a person placed stays where it is, and leads the others there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from exporter.model import Place, Placement, Question, QuestionId

_BY_PEOPLE = ("pin", "author")


def gather(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions, in order, each that was placed by its words on the day of its group."""
    known = {question.id: question for question in questions}
    return tuple(_placed(question, known) for question in questions)


def _placed(question: Question, known: Mapping[QuestionId, Question]) -> Question:
    own = question.placement
    group = [known[one.id] for one in question.related if one.relation == "same"]
    if own is None or own.week is None or own.by in _BY_PEOPLE or not group:
        return question
    host = _host(question, group)
    there = host.placement
    if host is question or there is None or (there.week, there.day) == (own.week, own.day):
        return question
    runner_up = Place(own.week, own.day, own.score)
    why = f"asks the same as {host.key}, which stands there; by itself: {own.why}"
    return replace(
        question,
        placement=Placement(there.week, there.day, "match", there.score, why, runner_up),
    )


def _host(question: Question, group: Sequence[Question]) -> Question:
    """Whose place all take: what a person placed, else the best match; of equals the leader."""
    leader = next((one.id for one in question.related if one.leads), question.id)

    def order(one: Question) -> tuple[int, float, bool, QuestionId]:
        place = one.placement
        return _rank(place), -place.score if place else 0.0, one.id != leader, one.id

    return min([question, *group], key=order)


def _rank(place: Placement | None) -> int:
    if place is None or place.by == "default":
        return 2
    return 0 if place.by in _BY_PEOPLE else 1
