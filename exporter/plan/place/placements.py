"""Turns fits into placements: one question, one place, one sentence that says why.

What the questions around one say about its place.

An author writes question after question on one subject, so what stands around a question tells more
than a section's title, which may promise what the section does not keep.  The closer the neighbour
and the surer it is itself, the more it says; and the less a question says itself, the more its
neighbours count.

Which places a person should look at first.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from exporter.model import Place, Placement, Question, Week
from exporter.plan.place import match
from exporter.plan.place.match import ENOUGH, Fields, Fit, in_order
from exporter.plan.place.pins import Wish
from exporter.plan.place.syllabus import Syllabus, Target
from exporter.text import lexical, one_line

_COUNTS = 4.0
"""The strength that neighbours add together where they all agree and the question says nothing."""
_OWN = 1.0
"""The own strength of a question at which its neighbours count half of that."""
_SURE = 2.0
"""The strength at which a neighbour is half sure of its own place."""
_REACH = 2.0
"""Over so many questions a neighbour's say falls to a third."""
_HORIZON = 30
"""Beyond so many questions to either side all are equally far."""
_FAR = 0.1
"""The say of the farthest question of a section beside that of the closest."""
_FEW = 3
"""A section of fewer questions says nothing about each of them."""


def heard(section: Sequence[Sequence[Fit]]) -> list[tuple[Fit, ...]]:
    """The fits of a section's questions, in source order, with what their neighbours add."""
    if len(section) < _FEW:
        return [tuple(fits) for fits in section]
    votes = [_votes(fits) for fits in section]
    every: dict[int, float] = {}
    for vote in votes:
        _add(every, vote, 1.0)
    return [_with(fits, _said(at, votes, every)) for at, fits in enumerate(section)]


def _votes(fits: Sequence[Fit]) -> dict[int, float]:
    """How a question divides its vote among the targets: less than one in all, for doubt."""
    squares = {fit.target: fit.strength**2 for fit in fits}
    whole = math.fsum(squares.values())
    best = max((fit.strength for fit in fits), default=0.0)
    if not whole:
        return {}
    sure = best / (best + _SURE)
    return {target: sure * square / whole for target, square in squares.items()}


def _said(at: int, votes: Sequence[dict[int, float]], every: dict[int, float]) -> dict[int, float]:
    """The mean of the others' votes, the closer the neighbour the more; ``every`` is the sum of all
    votes, for what is far away counts alike."""
    said = {target: _FAR * share for target, share in every.items()}
    _add(said, votes[at], -_FAR)
    whole = _FAR * (len(votes) - 1)
    for other in range(max(0, at - _HORIZON), min(len(votes), at + _HORIZON + 1)):
        if other != at:
            weight = math.exp(-abs(other - at) / _REACH)
            whole += weight
            _add(said, votes[other], weight)
    return {target: max(0.0, share) / whole for target, share in said.items()}


def _add(sums: dict[int, float], vote: dict[int, float], weight: float) -> None:
    for target, share in vote.items():
        sums[target] = sums.get(target, 0.0) + weight * share


def _with(fits: Sequence[Fit], said: dict[int, float]) -> tuple[Fit, ...]:
    own = {fit.target: fit for fit in fits}
    best = max((fit.strength for fit in fits), default=0.0)
    counts = _COUNTS * _OWN / (_OWN + best)
    found = []
    for target in sorted({*own, *said}):
        fit = own.get(target, Fit(target, 0.0, ()))
        found.append(replace(fit, around=counts * said.get(target, 0.0)))
    return in_order(found)


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


_LONGEST = 3
_MANY, _CLOSE = 4, 0.06
"""So many days of one week within this difference of the best score: no day is meant."""
_VOTES, _MAJORITY = 3, 0.6
"""A section decides for a question whose own words don't, if that many of its questions stand in
one place, and that share of them."""


class _SectionKey(NamedTuple):
    path: str
    titles: tuple[str, ...]


def questions(
    asked: Sequence[Question], syllabus: Syllabus, wishes: Mapping[int, Wish]
) -> tuple[Question, ...]:
    """The questions with their placements, in the same order."""
    shared = shared_titles(asked)
    texts = tuple(fields(question, shared) for question in asked)
    fits = _fits(asked, texts, syllabus)
    placed = tuple(
        replace(question, placement=_placement(texts[at], fits[at], syllabus, wishes.get(at)))
        for at, question in enumerate(asked)
    )
    return _joined(placed)


def _fits(
    asked: Sequence[Question], texts: Sequence[Fields], syllabus: Syllabus
) -> Mapping[int, tuple[Fit, ...]]:
    """The fits of every question, by its index, with what the questions around it add."""
    sections: dict[_SectionKey, list[int]] = {}
    for at, question in enumerate(asked):
        key = _SectionKey(question.location.path, question.section)
        sections.setdefault(key, []).append(at)
    divided = Counter(key.path for key in sections)
    found: dict[int, tuple[Fit, ...]] = {}
    for key, numbers in sections.items():
        own = [match.rank(texts[at], syllabus) for at in numbers]
        # A document without sections is a list of anything: what stands beside says nothing.
        apart = divided[key.path] == 1 and len(key.titles) <= 1
        found.update(zip(numbers, map(tuple, own) if apart else heard(own), strict=True))
    return found


def sections(asked: Sequence[Question]) -> tuple[frozenset[str], ...]:
    """The phrases of every section's titles and prompts, one set a section, in order."""
    found: dict[_SectionKey, set[str]] = {}
    for question in asked:
        phrases = found.setdefault(_SectionKey(question.location.path, question.section), set())
        for text in (question.title, question.label, question.prompt, *question.section[-1:]):
            phrases.update(lexical.phrases(text or "", _LONGEST))
    return tuple(frozenset(phrases) for phrases in found.values())


def shared_titles(asked: Sequence[Question]) -> frozenset[tuple[str, str]]:
    """Titles (with their path) that stand over all questions of a document with several sections:
    they say what the document is about, and nothing about one question."""
    sections: dict[str, list[tuple[str, ...]]] = {}
    for question in asked:
        sections.setdefault(question.location.path, []).append(question.section)
    return frozenset(
        (path, title)
        for path, found in sections.items()
        if len(set(found)) > 1
        for title in found[0]
        if all(title in section for section in found)
    )


def fields(question: Question, shared: frozenset[tuple[str, str]]) -> Fields:
    """A question's texts, without titles that say nothing about one question."""
    path = question.location.path
    return Fields(
        prompt=" | ".join(filter(None, (question.title, question.prompt))),
        label=one_line.label(question),
        sections=tuple(title for title in question.section if (path, title) not in shared),
        code=question.code or "",
        answers="\n".join(answer.markdown for answer in question.answers),
    )


def _placement(
    texts: Fields, fits: Sequence[Fit], syllabus: Syllabus, wish: Wish | None
) -> Placement:
    if wish is not None:
        return _wished(wish, fits, syllabus)
    return _matched(fits, match.of_sections(texts, syllabus), syllabus)


def _wished(wish: Wish, fits: Sequence[Fit], syllabus: Syllabus) -> Placement:
    inside = [fit for fit in fits if syllabus.targets[fit.target].week == wish.week]
    day, said = wish.day, "pinned in pack.toml" if wish.by == "pin" else "set by the author"
    if day is None and wish.week != "beyond" and inside and inside[0].score >= ENOUGH:
        day = syllabus.targets[inside[0].target].day
        said += f"; within the week: {_terms(inside[0], syllabus)}"
    runner_up = _runner_up(fits, (wish.week, day), syllabus)
    return Placement(wish.week, day, wish.by, 1.0, said, runner_up)


def _matched(fits: Sequence[Fit], section: Fit | None, syllabus: Syllabus) -> Placement:
    if not fits or fits[0].score < ENOUGH:
        score = fits[0].score if fits else 0.0
        closest = f"; closest: {_terms(fits[0], syllabus)}" if fits else ""
        why = f"too little in common with any day{closest}"
        return Placement("beyond", None, "default", score, why, _nearest(fits, syllabus))
    best = syllabus.targets[fits[0].target]
    why = _terms(fits[0], syllabus)
    if _fits_whole_week(fits, best, syllabus):
        said = f"terms: {', '.join(fits[0].words)}" if fits[0].words else "questions around it"
        why = f"{said} → week {best.week}, no day of it in particular"
        best = replace(best, day=None)
    if section is not None:
        why += f"; section → {_called(syllabus.targets[section.target])}"
    runner_up = _runner_up(fits, (best.week, best.day), syllabus)
    return Placement(best.week, best.day, "match", fits[0].score, why, runner_up)


def _fits_whole_week(fits: Sequence[Fit], best: Target, syllabus: Syllabus) -> bool:
    """Whether many days of the week fit about as well as the best one."""
    close = [
        fit
        for fit in fits
        if syllabus.targets[fit.target].week == best.week and fit.score >= fits[0].score - _CLOSE
    ]
    return best.day is not None and len(close) >= _MANY


def _terms(fit: Fit, syllabus: Syllabus) -> str:
    """What led there: the question's own words, and those around it where they say more."""
    there = _called(syllabus.targets[fit.target])
    said = [f"terms: {', '.join(fit.words)} → {there}"] if fit.words else []
    if fit.around > fit.strength:
        said.append(f"questions around it → {there}")
    return "; ".join(said)


def _called(target: Target) -> str:
    return f"beyond the plan ({target.name})" if target.day is None else f"day {target.day}"


def _runner_up(
    fits: Sequence[Fit], taken: tuple[Week, int | None], syllabus: Syllabus
) -> Place | None:
    others = [fit for fit in fits if _spot(syllabus.targets[fit.target]) != taken]
    return _nearest(others, syllabus)


def _spot(target: Target) -> tuple[Week, int | None]:
    return target.week, target.day


def _nearest(fits: Sequence[Fit], syllabus: Syllabus) -> Place | None:
    if not fits:
        return None
    target = syllabus.targets[fits[0].target]
    return Place(target.week, target.day, fits[0].score)


def _joined(placed: Sequence[Question]) -> tuple[Question, ...]:
    """Questions whose own words say too little join the majority of their section."""
    votes: dict[_SectionKey, Counter[tuple[Week, int | None]]] = {}
    for question in placed:
        where = question.placement
        if where and where.by == "match":
            key = _SectionKey(question.location.path, question.section)
            votes.setdefault(key, Counter())[where.week, where.day] += 1
    return tuple(_join(question, votes) for question in placed)


def _join(
    question: Question, votes: Mapping[_SectionKey, Counter[tuple[Week, int | None]]]
) -> Question:
    where = question.placement
    counted = votes.get(_SectionKey(question.location.path, question.section))
    if where is None or where.by != "default" or not counted:
        return question
    weeks: Counter[Week] = Counter()
    for (week, _), times in counted.items():
        weeks[week] += times
    week, most = min(weeks.items(), key=lambda item: (-item[1], str(item[0])))
    if most < _VOTES or most < _MAJORITY * counted.total() or not isinstance(week, int):
        return question
    days = {day: times for (of, day), times in counted.items() if of == week}
    day, times = min(days.items(), key=lambda item: (-item[1], item[0] or 0))
    if times < _MAJORITY * most:
        day = None
    spot = f"week {week}" if day is None else f"day {day}"
    why = f"its words say too little; {most} questions of its section → {spot}"
    runner_up = where.runner_up
    if runner_up and (runner_up.week, runner_up.day) == (week, day):
        runner_up = None
    return replace(question, placement=Placement(week, day, "match", where.score, why, runner_up))
