"""Turns fits into placements: one question, one place, one sentence that says why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from exporter.model import Place, Placement, Question, Week
from exporter.plan.place import match, neighbours
from exporter.plan.place.match import ENOUGH, Fields, Fit
from exporter.plan.place.pins import Wish
from exporter.plan.place.syllabus import Syllabus, Target
from exporter.text import lexical, one_line

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
    found: dict[int, tuple[Fit, ...]] = {}
    for numbers in sections.values():
        own = [match.rank(texts[at], syllabus) for at in numbers]
        found.update(zip(numbers, neighbours.heard(own), strict=True))
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
