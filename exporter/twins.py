"""What ``duplicates`` in pack.toml makes of questions that ask the same.

``keep`` shows nothing of it; ``link`` has each name the others; ``merge`` ships the cards of the
leading one alone, with the others' answers behind its fold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from exporter.config import Duplicates
from exporter.model import Question, QuestionId


def shown(questions: Iterable[Question], duplicates: Duplicates) -> tuple[Question, ...]:
    """The questions as cards and sheets are to show them: with ``keep`` no relation tells of one
    that asks the same."""
    if duplicates != "keep":
        return tuple(questions)
    return tuple(
        replace(
            question,
            related=tuple(one for one in question.related if one.relation != "same"),
        )
        for question in questions
    )


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
    found: dict[QuestionId, tuple[Question, ...]] = {}
    for question in questions:
        top = _top(question.id, above)
        if top != question.id:
            found[top] = (*found.get(top, ()), question)
    return found


def _top(id_: QuestionId, above: Mapping[QuestionId, QuestionId]) -> QuestionId:
    """Who leads in the end; in a ring, that edits over several builds can leave, the first id."""
    seen = [id_]
    while (after := above.get(seen[-1])) is not None:
        if after in seen:
            return min(seen[seen.index(after) :])
        seen.append(after)
    return seen[-1]
