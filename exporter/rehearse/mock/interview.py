"""Draws an interview: which questions, puzzles, designs and programs each of its rounds asks.

Only what has an answer is asked as a question: at the back stands what the answer should have been.

An interview draws from a recap's days, a week, all weeks, or a pack without a plan.  A recap looks
back on the days since the recap before it, so a plan that is one long week still has an interview
of its own for each of its recap days.

Its minutes are shared out among its rounds.  A mode is one of those that practice guides describe:
rapid-fire questions, a design to discuss, a program to write, or all three.  Minutes are whole and
always add up to what was asked for.

The same seed draws the same, on every machine and with every Python.  A lot is a digest of the seed
and the identity of what is drawn.  `random` was turned down: its sequence may change between
versions, and with it one question more or less would redraw them all.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import zip_longest

from exporter.model import (
    Day,
    DayKind,
    Exercise,
    ExerciseKind,
    Kind,
    Markdown,
    Pack,
    Question,
    QuestionId,
    StudyWeek,
    Tier,
    Week,
    find_questions,
)
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Stop
from exporter.text import lexical, one_line

_TAUGHT = (DayKind.STUDY, DayKind.DESIGN)


@dataclass(frozen=True, slots=True)
class Scope:
    """``name`` is the paper's file without ending; ``week`` the sheet it belongs to; ``titled`` is
    the week where it is about one; ``lines`` are the plan's own practice and design lines;
    ``planned`` are the questions that answer those which the plan itself asks."""

    name: str
    week: Week
    titled: StudyWeek | None
    final: bool
    questions: tuple[Question, ...]
    exercises: tuple[Exercise, ...]
    lines: tuple[Exercise, ...]
    planned: frozenset[QuestionId]


def of_week(pack: Pack, config: PackConfig, number: int) -> Scope:
    """All that one week treats.  Stop (exit code 2) where the plan has no such week."""
    week = find_questions.week(pack.plan, number)
    return _week(pack, week, None, f"{config.slug}-mock-week-{number}")


def whole(pack: Pack, config: PackConfig) -> Scope:
    """All weeks of the plan, as the last interview asks them; a pack without a plan whole."""
    if pack.plan is None:
        return Scope(
            f"{config.slug}-mock",
            None,
            None,
            False,
            pack.questions,
            pack.exercises,
            (),
            frozenset(),
        )
    weeks = pack.plan.weeks
    at = next((week for week in weeks if any(day.final for day in week.days)), weeks[-1])
    numbers = frozenset(week.number for week in weeks)
    return Scope(
        name=f"{config.slug}-mock-final",
        week=at.number,
        titled=None,
        final=True,
        questions=tuple(q for q in pack.questions if q.placement and q.placement.week in numbers),
        exercises=tuple(one for one in pack.exercises if _asks(one) and one.week in numbers),
        lines=tuple(line for week in weeks for line in _lines(week.days, week.number)),
        planned=_planned(day for week in weeks for day in week.days),
    )


def recaps(pack: Pack, config: PackConfig) -> tuple[Scope, ...]:
    """One for each recap day of the plan, in order."""
    weeks = pack.plan.weeks if pack.plan else ()
    return tuple(scope for week in weeks for scope in _recaps(pack, config, week))


def _recaps(pack: Pack, config: PackConfig, week: StudyWeek) -> Iterator[Scope]:
    name = f"{config.slug}-mock-week-{week.number}"
    days = [day for day in week.days if day.kind is DayKind.RECAP and not day.final]
    if len(days) == 1:
        yield _week(pack, week, None, name)
    else:
        for day in days:
            yield _week(pack, week, _before(day, week.days), f"{name}-day-{day.number}")
    if any(day.final for day in week.days):
        yield whole(pack, config)


def _before(recap: Day, days: Sequence[Day]) -> frozenset[int]:
    """The numbers of the days since the recap before, or since the week began."""
    found: list[int] = []
    for day in days:
        if day.number == recap.number:
            break
        found = [] if day.kind is DayKind.RECAP else [*found, day.number]
    return frozenset(found)


def _week(pack: Pack, week: StudyWeek, days: frozenset[int] | None, name: str) -> Scope:
    def inside(at: Week, day: int | None) -> bool:
        return at == week.number and (days is None or day in days)

    placed = ((one, one.placement) for one in pack.questions)
    return Scope(
        name=name,
        week=week.number,
        titled=week,
        final=False,
        questions=tuple(one for one, at in placed if at and inside(at.week, at.day)),
        exercises=tuple(one for one in pack.exercises if _asks(one) and inside(one.week, one.day)),
        lines=tuple(
            one for one in _lines(week.days, week.number) if days is None or one.day in days
        ),
        planned=_planned(day for day in week.days if days is None or day.number in days),
    )


def _asks(exercise: Exercise) -> bool:
    return exercise.kind in (ExerciseKind.HANDS_ON, ExerciseKind.DESIGN)


def _planned(days: Iterable[Day]) -> frozenset[QuestionId]:
    """The best answers of what these days ask."""
    asked = (one for day in days for one in day.questions)
    return frozenset(one.answered_by[0] for one in asked if one.answered_by)


def _lines(days: Sequence[Day], week: int) -> Iterator[Exercise]:
    """What the plan itself wants practised and designed, as exercises under the day's title."""
    for day in days:
        if day.kind not in _TAUGHT:
            continue
        for kind, lines in (
            (ExerciseKind.HANDS_ON, day.practice),
            (ExerciseKind.DESIGN, day.design),
        ):
            for line in lines:
                yield Exercise(kind, Markdown(line), day.location, (day.title,), week, day.number)


class Mode(StrEnum):
    """How an interview is held."""

    RAPID = "rapid"
    DESIGN = "design"
    CODING = "coding"
    MIXED = "mixed"


class Round(StrEnum):
    """A timed section of an interview, in the order in which it comes."""

    RAPID = "rapid"
    READING = "reading"
    DEPTH = "depth"
    DESIGN = "design"
    CODING = "coding"


@dataclass(frozen=True, slots=True)
class Pace:
    """Of a round: minutes for each thing asked, the fewest minutes that make sense, and its share
    of a mixed interview; ``keep`` orders what goes first when time is short (lowest)."""

    each: int
    least: int
    share: int
    keep: int


PACES = {
    Round.RAPID: Pace(each=2, least=2, share=4, keep=5),
    Round.READING: Pace(each=2, least=2, share=2, keep=1),
    Round.DEPTH: Pace(each=4, least=4, share=3, keep=2),
    Round.DESIGN: Pace(each=15, least=8, share=5, keep=3),
    Round.CODING: Pace(each=20, least=10, share=5, keep=4),
}


def allowed(mode: Mode) -> tuple[Round, ...]:
    """The rounds that a mode may have."""
    rounds = {
        Mode.RAPID: (Round.RAPID, Round.READING),
        Mode.DESIGN: (Round.DESIGN,),
        Mode.CODING: (Round.CODING,),
        Mode.MIXED: tuple(Round),
    }
    return rounds[mode]


def affordable(rounds: Sequence[Round], minutes: int) -> tuple[Round, ...]:
    """The rounds that ``minutes`` hold; at least one."""
    kept = list(rounds)
    while len(kept) > 1 and sum(PACES[one].least for one in kept) > minutes:
        kept.remove(min(kept, key=lambda one: PACES[one].keep))
    return tuple(kept)


def shared(rounds: Sequence[Round], minutes: int) -> dict[Round, int]:
    """Whole minutes for each round, by share, none under its least where ``minutes`` allow it; they
    add up to ``minutes``."""
    least = {one: PACES[one].least if len(rounds) > 1 else 0 for one in rounds}
    spare = minutes - sum(least.values())
    whole = sum(PACES[one].share for one in rounds)
    wanted = {one: max(0.0, minutes * PACES[one].share / whole - least[one]) for one in rounds}
    scale = spare / (sum(wanted.values()) or 1)
    exact = {one: wanted[one] * scale for one in rounds}
    given = {one: least[one] + int(exact[one]) for one in rounds}
    rest = minutes - sum(given.values())
    by_rest = sorted(rounds, key=lambda one: int(exact[one]) - exact[one])
    for n in range(rest):
        given[by_rest[n % len(by_rest)]] += 1
    return given


def count(round_: Round, minutes: int) -> int:
    """How much is asked in ``minutes``; at least one."""
    return max(1, minutes // PACES[round_].each)


Prompt = Question | Exercise


def lot(seed: str, *identity: object) -> str:
    """The number that is drawn for something, as hexadecimal digits."""
    said = "\x1f".join(map(str, (seed, *identity)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def spread(pool: Iterable[Prompt], seed: str) -> list[Prompt]:
    """``pool`` in drawn order, such that any beginning of it is spread over weeks and subjects."""
    drawn = partial(lot, seed)
    weeks: dict[str, dict[str, list[Prompt]]] = {}
    for one in sorted(pool, key=lambda one: lot(seed, *_identity(one))):
        week, subject = subject_of(one)
        weeks.setdefault(week, {}).setdefault(subject, []).append(one)
    return _in_turn([_by_subject(seed, week, weeks[week]) for week in sorted(weeks, key=drawn)])


def _by_subject(seed: str, week: str, subjects: Mapping[str, list[Prompt]]) -> list[Prompt]:
    return _in_turn([subjects[one] for one in sorted(subjects, key=partial(lot, seed, week))])


def _in_turn(rows: Sequence[Sequence[Prompt]]) -> list[Prompt]:
    return [one for turn in zip_longest(*rows) for one in turn if one is not None]


def subject_of(one: Prompt) -> tuple[str, str]:
    """The week and the subject within it: the plan's day, else the section it stands in."""
    match one:
        case Question(placement=place):
            week, day = (place.week, place.day) if place else (None, None)
        case Exercise():
            week, day = one.week, one.day
    if day is not None:
        return str(week), str(day)
    return str(week), " › ".join((one.location.path, *one.section))


def _identity(one: Prompt) -> tuple[str, ...]:
    if isinstance(one, Question):
        return (one.id,)
    return (one.location.path, one.markdown)


def draw(
    pools: Sequence[Sequence[Prompt]], number: int, seed: str, taken: Sequence[Prompt]
) -> list[Prompt]:
    """Up to ``number`` prompts, from earlier pools first; none twice, nor one that asks the same as
    another of them or of ``taken``."""
    drawn: list[Prompt] = []
    for pool in pools:
        for one in spread(pool, seed):
            if len(drawn) == number:
                return drawn
            if not any(_alike(one, other) for other in (*taken, *drawn)):
                drawn.append(one)
    return drawn


def _alike(one: Prompt, other: Prompt) -> bool:
    if isinstance(one, Question) and isinstance(other, Question):
        same = {link.id for link in one.related if link.relation == "same"}
        back = {link.id for link in other.related if link.relation == "same"}
        if one.id == other.id or other.id in same or one.id in back:
            return True
    return _said(one) == _said(other)


def _said(one: Prompt) -> tuple[str, ...]:
    """What is asked in words; the choices too, as many questions ask "Which is true?"."""
    if isinstance(one, Exercise):
        return lexical.words(one.markdown)
    offered = sorted(choice.markdown for choice in one.choices)
    return lexical.words(" ".join((one_line.question(one, ""), one.code or "", *offered)))


_SPOKEN = frozenset({Tier.SHORT, Tier.MEDIUM, Tier.SENIOR})
# What has few candidates and needs many tiers chooses first; rapid-fire takes what is left.
_DRAWN = (Round.CODING, Round.DESIGN, Round.READING, Round.DEPTH, Round.RAPID)


@dataclass(frozen=True, slots=True)
class Section:
    """One round: its whole minutes and what it asks, in the order of the plan."""

    round: Round
    minutes: int
    asked: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """What one paper asks; the minutes of its sections add up to the time."""

    scope: Scope
    mode: Mode
    seed: str
    sections: tuple[Section, ...]

    @property
    def minutes(self) -> int:
        return sum(section.minutes for section in self.sections)

    @property
    def asked(self) -> tuple[Prompt, ...]:
        return tuple(one for section in self.sections for one in section.asked)


def possible(scope: Scope, mode: Mode) -> bool:
    """Whether there is anything to ask in that mode."""
    return any(any(pool) for round_ in allowed(mode) for pool in _pools(scope, round_))


def held(scope: Scope, mode: Mode, minutes: int, seed: str | None) -> Interview:
    """The interview of ``minutes`` minutes; without ``seed`` the one that the paper always has.

    Stop (exit code 2) where the scope has nothing to ask in that mode.
    """
    seed = seed or scope.name
    chosen = tuple(one for one in allowed(mode) if any(map(any, _pools(scope, one))))
    if not chosen:
        message = f"{scope.name}: nothing to ask in the mode {mode}; try --mode mixed or --final"
        raise Stop(message, 2)
    while True:
        chosen = affordable(chosen, minutes)
        shares = shared(chosen, minutes)
        drawn = _drawn(scope, shares, seed)
        filled = tuple(one for one in chosen if drawn[one])
        if filled == chosen:
            break
        chosen = filled
    sections = (Section(one, shares[one], _in_order(drawn[one], scope)) for one in chosen)
    return Interview(scope, mode, seed, tuple(sections))


def _drawn(scope: Scope, shares: dict[Round, int], seed: str) -> dict[Round, list[Prompt]]:
    drawn: dict[Round, list[Prompt]] = {}
    taken: list[Prompt] = []
    for round_ in _DRAWN:
        if round_ in shares:
            number = count(round_, shares[round_])
            drawn[round_] = draw(_pools(scope, round_), number, seed, taken)
            taken += drawn[round_]
    return drawn


def _pools(scope: Scope, round_: Round) -> Sequence[Sequence[Prompt]]:
    """What a round may ask, best first."""
    match round_:
        case Round.RAPID:
            spoken = _spoken(scope)
            return [
                [one for one in spoken if Tier.SHORT in _tiers(one)],
                [one for one in spoken if Tier.MEDIUM in _tiers(one)],
                spoken,
            ]
        case Round.READING:
            return [[one for one in scope.questions if _stated(one)]]
        case Round.DEPTH:
            deep = [one for one in _spoken(scope) if Tier.SENIOR in _tiers(one)]
            several = [one for one in _spoken(scope) if len(_tiers(one)) > 1]
            whole = [one for one in deep if len(_tiers(one)) > 1]
            return [[one for one in whole if one.id in scope.planned], whole, deep, several]
        case Round.DESIGN:
            return _exercises(scope, ExerciseKind.DESIGN)
        case Round.CODING:
            tasks = [one for one in scope.questions if one.kind is Kind.TASK]
            return [tasks, *_exercises(scope, ExerciseKind.HANDS_ON)]


def _exercises(scope: Scope, kind: ExerciseKind) -> list[list[Prompt]]:
    """The documents' exercises, and only where those do not suffice the plan's own lines."""
    return [[one for one in pool if one.kind is kind] for pool in (scope.exercises, scope.lines)]


def _spoken(scope: Scope) -> list[Question]:
    return [one for one in scope.questions if one.kind is Kind.QUESTION and _tiers(one)]


def _tiers(question: Question) -> frozenset[Tier]:
    return _SPOKEN & {answer.tier for answer in question.answers}


def _stated(question: Question) -> bool:
    """Whether it is a puzzle whose output is known."""
    tiers = (answer.tier for answer in question.answers)
    return question.kind is Kind.OUTPUT and bool(question.code) and Tier.OUTPUT in tiers


def _in_order(drawn: Sequence[Prompt], scope: Scope) -> tuple[Prompt, ...]:
    """In the order of weeks and days, then of the documents."""
    everything: list[Prompt] = [*scope.questions, *scope.exercises, *scope.lines]

    def place(one: Prompt) -> tuple[float, float, int]:
        at = one.placement if isinstance(one, Question) else one
        week = at.week if at and isinstance(at.week, int) else float("inf")
        day = at.day if at and at.day is not None else float("inf")
        return (week, day, everything.index(one))

    return tuple(sorted(drawn, key=place))
