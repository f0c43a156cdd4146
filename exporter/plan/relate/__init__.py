"""Links questions with each other and with what the plan and the checklists ask.

``same`` are questions that ask the same, so that one answer serves all; ``see-also`` are at most
three that lie close.  Which of those that ask the same leads depends on their answers, never on
where a build happens to find them: the one with most tiers, then the earlier.  The
others go to its day, so that one meets them together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

from exporter.model import Pack, Plan, Question, QuestionId, Related, find_questions
from exporter.model.config import Apart, PackConfig, Same, written_at
from exporter.model.diagnostics import Report
from exporter.plan.relate import plan_answers, same_question, topics_covered
from exporter.plan.relate.weighed_words import Index, index, neighbours
from exporter.text import fixed_words, one_line

_NEAR = 0.32
_MOST = 3
_TWINS = 5
"""So many that ask the same are named, however many there are."""


def link(pack: Pack, config: PackConfig, report: Report) -> Pack:
    """The pack with related questions, answers to the plan's questions, covered topics and tags.

    Questions must have their ids and keys, and are expected to be placed.
    """
    asked = [
        question.prompt
        for week in (pack.plan.weeks if pack.plan else ())
        for day in week.days
        for question in day.questions
    ]
    known = index(pack.questions, asked, (topic.title for topic in pack.topics))
    plan = plan_answers.plan(pack.plan, known, config.links, report) if pack.plan else None
    if pack.plan is None:
        plan_answers.without_plan(config.links, report)
    apart = _pairs(config.apart, pack.questions, report)
    same = _pairs(config.same, pack.questions, report)
    found = same_question.joined(same_question.groups(known, apart), same)
    groups = [_led(group, known) for group in found]
    together = {at: group for group in groups for at in group}
    tags = _tags(plan)
    prints = fixed_words.in_language(config.language).prints
    questions = tuple(
        replace(
            question,
            related=(*_same(at, together, known, prints), *_see_also(at, together, known, prints)),
            tags=tuple(sorted({*question.tags, *tags.get(question.id, ())})),
        )
        for at, question in enumerate(pack.questions)
    )
    if config.duplicates != "keep":
        questions = same_question.gather(questions, groups)
    topics = topics_covered.topics(pack.topics, known, config.covers, report)
    return replace(pack, questions=questions, plan=plan, topics=topics)


def _pairs(
    entries: Sequence[Apart | Same], questions: Sequence[Question], report: Report
) -> frozenset[frozenset[int]]:
    """Reviewed pairs, as indexes."""
    pairs: set[frozenset[int]] = set()
    for entry in entries:
        place = written_at(entry.line)
        found = [find_questions.one(questions, name, place, report) for name in entry.questions]
        numbers = [
            at for at, question in enumerate(questions) if any(question is one for one in found)
        ]
        pairs.update(frozenset(pair) for pair in combinations(numbers, 2))
    return frozenset(pairs)


def _led(group: Sequence[int], known: Index) -> tuple[int, ...]:
    """A group with the one that leads it first, then in order."""
    leader = min(group, key=lambda other: (-len(known.questions[other].answers), other))
    return tuple(sorted(group, key=lambda other: (other != leader, other)))


def _same(
    at: int, together: Mapping[int, tuple[int, ...]], known: Index, prints: str
) -> Iterable[Related]:
    """Those that ask the same: the one that leads, and of many the next few."""
    group = together.get(at, ())
    for other in [other for other in group[: _TWINS + 1] if other != at][:_TWINS]:
        question = known.questions[other]
        yield _related(question, "same", prints, leads=other == group[0])


def _see_also(
    at: int, together: Mapping[int, tuple[int, ...]], known: Index, prints: str
) -> Iterable[Related]:
    group = together.get(at)
    near = [other for score, other in neighbours(at, known) if score >= _NEAR]
    others = [other for other in near if group is None or together.get(other) is not group]
    for other in others[:_MOST]:
        question = known.questions[other]
        yield _related(question, "see-also", prints)


def _related(
    question: Question, relation: Literal["same", "see-also"], prints: str, *, leads: bool = False
) -> Related:
    title = one_line.question(question, prints)
    return Related(question.id, question.key, relation, leads, title)


def _tags(plan: Plan | None) -> Mapping[QuestionId, tuple[str, ...]]:
    """``plan::day-03`` for what answers a question of day 3."""
    tags: dict[QuestionId, tuple[str, ...]] = {}
    for week in plan.weeks if plan else ():
        for day in week.days:
            for question in day.questions:
                for id_ in question.answered_by:
                    tags[id_] = (*tags.get(id_, ()), f"plan::day-{day.number:02}")
    return tags


__all__ = ["link"]
