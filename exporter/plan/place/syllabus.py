"""What every day of a plan is about: its words and phrases, each with a weight.

A day's title says most, its study lines, design, focus and question much, its practice and its
week's title a little; the taxonomy of pack.toml adds what the plan's author took for granted.  A
subject without days is a destination of its own: it says what the plan leaves out, and competes
with the days.  Recap and review days are no destinations, because nothing new is learned there.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exporter.model import Day, DayKind, Plan, StudyWeek, Week
from exporter.model.config import Subject
from exporter.text import lexical

_TITLE, _ASIDE, _SUBJECT, _LINE, _QUESTION, _PRACTICE, _WEEK = 3.0, 2.5, 3.0, 2.0, 1.5, 1.0, 0.6
_PART = 0.4
"""What one word of a longer expression counts for beside the whole: "loop" beside "event loop"."""
_LONGEST = 3
_ITEM_BREAK = re.compile(r"\s(?:&|and|or|vs\.?|versus|with|via|for|in|of)\s|[,;:]", re.IGNORECASE)
_ASIDE_BREAK = re.compile(r"[(\[]")
_CHORES = frozenset(
    lexical.phrases(
        """learn study practice write code build create implement set add make deep dive basic
        basics best practices example small app apps approach handle master show strong expertise
        review cover focus convert introduction overview advanced fundamentals core concept part
        topic key important good work production design system design strategy pattern time day
        week based trade-offs choose""",
        2,
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a question could go: a day of a week, or a subject beyond the plan."""

    week: Week
    day: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Syllabus:
    """The targets in order, and for every phrase what it says: pairs of a target's index and the
    weight there, times how special the phrase is among days and among the pack's sections."""

    targets: tuple[Target, ...]
    says: Mapping[str, tuple[tuple[int, float], ...]]
    longest: int


def compile_plan(
    plan: Plan, subjects: Sequence[Subject], sections: Sequence[frozenset[str]]
) -> Syllabus:
    """The syllabus of ``plan`` with the taxonomy of pack.toml.

    ``sections`` are the phrases of each section of the documents, for how common a phrase is.
    """
    targets: list[Target] = []
    weights: list[dict[str, float]] = []
    for week in plan.weeks:
        for day in week.days:
            if day.kind in (DayKind.STUDY, DayKind.DESIGN):
                targets.append(Target(week.number, day.number, day.title))
                own = [subject for subject in subjects if day.number in subject.days]
                weights.append(_day(week, day, own))
    for subject in subjects:
        if not subject.days:
            targets.append(Target("beyond", None, subject.name))
            weights.append(_subjects([subject]))
    longest = max((phrase.count(" ") + 1 for told in weights for phrase in told), default=1)
    return Syllabus(tuple(targets), _postings(targets, weights, sections), longest)


def _day(week: StudyWeek, day: Day, subjects: Iterable[Subject]) -> dict[str, float]:
    told = _subjects(subjects)
    title, *asides = _ASIDE_BREAK.split(day.title)
    for weight, texts in (
        (_TITLE, (title,)),
        (_ASIDE, asides),
        (_LINE, (*day.study, *day.design, *day.focus)),
        (_QUESTION, tuple(question.prompt for question in day.questions)),
        (_PRACTICE, day.practice),
        (_WEEK, (week.title, week.goal or "")),
    ):
        for text in texts:
            _tell(told, text, weight)
    return told


def _subjects(subjects: Iterable[Subject]) -> dict[str, float]:
    """A subject's terms count as wholes only: "consumer lag" says nothing about every lag."""
    told: dict[str, float] = {}
    for subject in subjects:
        for term in (subject.name, *subject.terms):
            found = lexical.phrases(term, 9, parts=False)
            size = max((phrase.count(" ") for phrase in found), default=0)
            told.update((phrase, _SUBJECT) for phrase in found if phrase.count(" ") == size)
    return told


def _tell(told: dict[str, float], text: str, weight: float) -> None:
    for item in _ITEM_BREAK.split(text):
        found = lexical.phrases(item, _LONGEST, parts=False)
        telling = [phrase for phrase in found if phrase not in _CHORES and len(phrase) > 1]
        single = len({phrase for phrase in telling if " " not in phrase}) == 1
        for phrase in telling:
            whole = single or " " in phrase
            told[phrase] = max(told.get(phrase, 0.0), weight if whole else weight * _PART)


def _postings(
    targets: Sequence[Target],
    weights: Sequence[Mapping[str, float]],
    sections: Sequence[frozenset[str]],
) -> Mapping[str, tuple[tuple[int, float], ...]]:
    """A phrase that many days share, or many sections of the documents, says little about each."""
    days = _spread(targets, weights)
    places = Counter(phrase for section in sections for phrase in section)
    postings: dict[str, list[tuple[int, float]]] = {}
    for index, told in enumerate(weights):
        for phrase, weight in sorted(told.items()):
            special = _rarity(days[phrase], len(weights)) * math.sqrt(
                _rarity(places[phrase], len(sections))
            )
            postings.setdefault(phrase, []).append((index, weight * special))
    return {phrase: tuple(found) for phrase, found in sorted(postings.items())}


def _spread(
    targets: Sequence[Target], weights: Sequence[Mapping[str, float]]
) -> Mapping[str, float]:
    """On how many days each phrase stands; days of a single week count as their square root, for
    the phrase still tells the week."""
    groups: dict[str, Counter[object]] = {}
    for target, told in zip(targets, weights, strict=True):
        for phrase in told:
            groups.setdefault(phrase, Counter())[target.week if target.day else target.name] += 1
    return {
        phrase: math.sqrt(counts.total()) if len(counts) == 1 else counts.total()
        for phrase, counts in groups.items()
    }


def _rarity(times: float, of: int) -> float:
    """1 for what occurs once, near 0 for what occurs everywhere; few places can't tell."""
    return math.log((of + 1) / max(1, times)) / math.log(of + 1) if of else 1.0
