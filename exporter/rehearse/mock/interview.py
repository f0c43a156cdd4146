"""Draws an interview: which questions, puzzles, designs and programs each of its rounds asks.

Only what has an answer is asked as a question: at the back stands what the answer should have been.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import ExerciseKind, Kind, Question, Tier
from exporter.model.diagnostics import Stop
from exporter.rehearse.mock import lots, rounds
from exporter.rehearse.mock.lots import Prompt
from exporter.rehearse.mock.rounds import Mode, Round
from exporter.rehearse.mock.scope import Scope

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
    return any(any(pool) for round_ in rounds.allowed(mode) for pool in _pools(scope, round_))


def held(scope: Scope, mode: Mode, minutes: int, seed: str | None) -> Interview:
    """The interview of ``minutes`` minutes; without ``seed`` the one that the paper always has.

    Stop (exit code 2) where the scope has nothing to ask in that mode.
    """
    seed = seed or scope.name
    chosen = tuple(one for one in rounds.allowed(mode) if any(map(any, _pools(scope, one))))
    if not chosen:
        message = f"{scope.name}: nothing to ask in the mode {mode}; try --mode mixed or --final"
        raise Stop(message, 2)
    while True:
        chosen = rounds.affordable(chosen, minutes)
        shares = rounds.shared(chosen, minutes)
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
            number = rounds.count(round_, shares[round_])
            drawn[round_] = lots.draw(_pools(scope, round_), number, seed, taken)
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
