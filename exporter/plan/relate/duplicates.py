"""What ``duplicates`` in pack.toml makes of questions that ask the same.

``keep`` shows nothing of it; ``link`` has each name the others; ``merge`` ships the cards of the
leading one alone, with the others' answers behind its fold.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from exporter.model import Question, QuestionId, Related
from exporter.model.config import Duplicates


def shown(questions: Iterable[Question], duplicates: Duplicates) -> tuple[Question, ...]:
    """The questions as cards and sheets are to show them: with ``keep`` no relation tells of one
    that asks the same; with ``merge`` none of one that has no cards, but of the one that leads."""
    match duplicates:
        case "link":
            return tuple(questions)
        case "keep":
            return tuple(
                replace(one, related=tuple(r for r in one.related if r.relation != "same"))
                for one in questions
            )
        case "merge":
            questions = tuple(questions)
            leading = _leading(questions)
            return tuple(
                replace(one, related=tuple(_met(one, leading))) if one.related else one
                for one in questions
            )
        case _:
            assert_never(duplicates)


def _leading(questions: Sequence[Question]) -> Mapping[QuestionId, Related]:
    """Who leads, by the id of each one that follows."""
    groups = merged(questions, "merge")
    followers = {one.id: top for top, group in groups.items() for one in group}
    names = {related.id: related for one in questions for related in one.related}
    return {id_: names[top] for id_, top in followers.items() if top in names}


def _met(question: Question, leading: Mapping[QuestionId, Related]) -> Iterator[Related]:
    """What a question is related to, each one that only follows named by the one that leads it."""
    named = {question.id} | {one.id for one in question.related if one.relation == "same"}
    for one in question.related:
        top = leading.get(one.id) if one.relation == "see-also" else None
        met = replace(top, relation="see-also", leads=False) if top else one
        if one.relation == "same" or met.id not in named:
            named.add(met.id)
            yield met


def merged(
    questions: Sequence[Question], duplicates: Duplicates
) -> Mapping[QuestionId, tuple[Question, ...]]:
    """With ``merge`` those that follow, in order, by the id of the one that leads them.

    A question follows where the leading one is in the pack and has an answer; who leads one and
    follows another hands its followers on.
    """
    if duplicates != "merge":
        return {}
    answered = {question.id for question in questions if question.answers}
    above = {
        question.id: one.id
        for question in questions
        for one in question.related
        if one.relation == "same" and one.leads and one.id in answered
    }
    found: dict[QuestionId, list[Question]] = {}
    for question in questions:
        top = _top(question.id, above)
        if top != question.id:
            found.setdefault(top, []).append(question)
    return {top: tuple(group) for top, group in found.items()}


def _top(id_: QuestionId, above: Mapping[QuestionId, QuestionId]) -> QuestionId:
    """Who leads in the end; in a ring, that edits over several builds can leave, the first id."""
    seen = [id_]
    while (after := above.get(seen[-1])) is not None:
        if after in seen:
            return min(seen[seen.index(after) :])
        seen.append(after)
    return seen[-1]
