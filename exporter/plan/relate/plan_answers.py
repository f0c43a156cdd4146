"""Which questions answer those that the plan asks.

A plan's question with a wrong answer under it is worse than one without, so a link says how sure it
is, "none" is an honest result, and a link in pack.toml is taken as reviewed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from exporter.model import Day, Plan, PlanQuestion, Question, QuestionId, StudyWeek, find_questions
from exporter.model.config import Link, written_at
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.plan.relate.weighed_words import Index, answering, prompt, terms

_SURE, _PARTIAL = 0.75, 0.5
_BEHIND = 0.12
"""How far behind the best answer another one may be."""
_SAME_DAY, _OTHER_WEEK = 0.1, -0.05
"""What it counts for that a question stands on the day that asks, or in another week."""
_MOST = 3
_MET = 0.75
"""The share of the telling words that an answer holds which is sure."""
_HOW = re.compile(r"\W*how (?:do|does|did|would|can|is|are)\b", re.IGNORECASE)
_WHAT = re.compile(r"\W*(?:what|why|when|which)\b", re.IGNORECASE)
_COMPARES = re.compile(r"\bvs\b|\bversus\b|\bover\b|\bdiffer\w*|\bcompar\w*", re.IGNORECASE)
_NAME = re.compile(
    r"\s*+(?:day\s*+)?(\d{1,9}+)(?!\d)\s*+(?:\.\s*+(\d{1,9}+)(?!\d)\s*+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Question ``nth`` (1-based) of a day."""

    day: int
    nth: int


_Reviewed = tuple[tuple[QuestionId, ...], Literal["sure", "partial"]]
"""What pack.toml says answers a question, and how far."""


def plan(asked: Plan, index: Index, links: tuple[Link, ...], report: Report) -> Plan:
    """The plan with every question linked to what answers it, best first."""
    reviewed = _reviewed(asked, index, links, report)
    weeks = tuple(_week(week, index, reviewed, report) for week in asked.weeks)
    return replace(asked, weeks=weeks)


def without_plan(links: tuple[Link, ...], report: Report) -> None:
    """Report the links of a pack without a plan, which lead nowhere."""
    for link in links:
        message = f'"{link.plan}" names no question, as the pack has no plan: remove the link'
        report(Diagnostic(written_at(link.line), Code.STRANGE_LINK, message))


def _week(
    week: StudyWeek, index: Index, reviewed: Mapping[_Spot, _Reviewed], report: Report
) -> StudyWeek:
    return replace(week, days=tuple(_day(week, day, index, reviewed, report) for day in week.days))


def _day(
    week: StudyWeek,
    day: Day,
    index: Index,
    reviewed: Mapping[_Spot, _Reviewed],
    report: Report,
) -> Day:
    linked = []
    for nth, question in enumerate(day.questions, 1):
        spot = _Spot(day.number, nth)
        if spot in reviewed:
            ids, confidence = reviewed[spot]
            linked.append(
                replace(question, answered_by=ids, confidence=confidence if ids else "none")
            )
        else:
            linked.append(_link(question, week, day, index))
        if linked[-1].confidence == "none" and spot not in reviewed:
            message = f'nothing answers "{question.prompt}"; write an answer, or add a [[links]]'
            report(Diagnostic(question.location, Code.UNANSWERED_PLAN_QUESTION, message))
    return replace(day, questions=tuple(linked))


def _link(asked: PlanQuestion, week: StudyWeek, day: Day, index: Index) -> PlanQuestion:
    scored = sorted(
        (-score - _nearness(index.questions[at], week, day), at)
        for score, at in answering(asked.prompt, index)
        if index.questions[at].answers
    )
    if not scored or -scored[0][0] < _PARTIAL:
        return replace(asked, answered_by=(), confidence="none")
    best = -scored[0][0]
    near = [at for minus, at in scored if -minus >= max(_PARTIAL, best - _BEHIND)][:_MOST]
    ids = tuple(index.questions[at].id for at in near)
    sure = best >= _SURE and _whole(asked.prompt, near[0], index)
    return replace(asked, answered_by=ids, confidence="sure" if sure else "partial")


def _whole(asked: str, at: int, index: Index) -> bool:
    """Whether a question holds what is asked: its telling words, the kind of a "how", and that two
    things are compared.  What doesn't may still answer, but not for certain."""
    own = prompt(index.questions[at])
    if _HOW.match(asked) and _WHAT.match(own):
        return False
    if _COMPARES.search(asked) and not _COMPARES.search(own):
        return False
    told = [term for term in terms(asked) if not index.weights.soft(term)]
    met = index.weights.total(term for term in told if term in index.words[at].all)
    return met >= _MET * index.weights.total(told)


def _nearness(question: Question, week: StudyWeek, day: Day) -> float:
    place = question.placement
    if place is None or place.week == week.number:
        return _SAME_DAY if place and place.day == day.number else 0.0
    return _OTHER_WEEK


def _reviewed(
    asked: Plan, index: Index, links: tuple[Link, ...], report: Report
) -> Mapping[_Spot, _Reviewed]:
    days = [day for week in asked.weeks for day in week.days]
    known = {_Spot(day.number, nth) for day in days for nth in range(1, len(day.questions) + 1)}
    reviewed: dict[_Spot, _Reviewed] = {}
    for link in links:
        place = written_at(link.line)
        match = _NAME.match(link.plan)
        spot = _Spot(int(match[1]), int(match[2] or 1)) if match else None
        if spot is None or spot not in known or spot in reviewed:
            what = "links it twice" if spot in reviewed else "names no question of the plan"
            message = f'"{link.plan}" {what}; write "day 3.1" for the first question of day 3'
            report(Diagnostic(place, Code.STRANGE_LINK, message))
            continue
        found = (
            find_questions.one(index.questions, name, place, report) for name in link.questions
        )
        ids = tuple(question.id for question in found if question is not None)
        reviewed[spot] = ids, link.confidence
    return reviewed
