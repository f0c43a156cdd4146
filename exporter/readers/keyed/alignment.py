"""Which question each answer of a list belongs to: evidence of words, and of order.

An author answers roughly in the order in which the questions stand, but leaves some out, answers
some twice, and swaps others.  So the list is read as a walk over the questions: each step costs
what it departs from the order, and gains what the words give; the best walk is found by dynamic
programming.  A strict monotone alignment was turned down because authors do swap, and matching
by words alone because the same few keys return in many sections.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NEXT = 0.12
"""What the question right after the last one gains."""

_STAY = -0.06
_SKIP, _MOST_SKIPPED = -0.02, -0.14
_BACK = -0.12
_BACK_SECTION = -0.40
_LEAST = 0.1
"""Below this not even the order makes a question worth a look."""
_LEAVE = 0.30
"""The gain below which an answer is better left without a question."""


@dataclass(frozen=True, slots=True)
class Walk:
    """For each answer the index of its question, or None; and the order's part in it."""

    question: int | None
    order: float


def align(scores: Sequence[Sequence[float]], sections: Sequence[int]) -> tuple[Walk, ...]:
    """The best walk.  ``scores[a][q]`` says how well answer a fits question q; ``sections[q]`` is
    the number of the section in which question q stands."""
    start = -1
    best: dict[int, float] = {start: 0.0}
    trail: list[dict[int, tuple[int, int | None]]] = []
    for row in scores:
        here: dict[int, float] = {}
        back: dict[int, tuple[int, int | None]] = {}
        for position, value in best.items():
            _keep(here, back, position, value + _LEAVE, (position, None))
            for question, score in enumerate(row):
                if score >= _LEAST:
                    gain = value + score + step(position, question, sections)
                    _keep(here, back, question, gain, (position, question))
        best = here
        trail.append(back)
    position = max(best, key=lambda at: (best[at], -at)) if best else start
    walks: list[Walk] = []
    for origins in reversed(trail):
        before, reached = origins[position]
        order = 0.0 if reached is None else step(before, reached, sections)
        walks.append(Walk(reached, order))
        position = before
    return tuple(reversed(walks))


def _keep(
    here: dict[int, float],
    back: dict[int, tuple[int, int | None]],
    position: int,
    value: float,
    origin: tuple[int, int | None],
) -> None:
    if position not in here or value > here[position] + 1e-12:
        here[position] = value
        back[position] = origin


def step(position: int, question: int, sections: Sequence[int]) -> float:
    """What going from question ``position`` (-1: the start) to ``question`` gains or costs."""
    if question == position + 1:
        return NEXT
    if question == position:
        return _STAY
    if question > position:
        return max(_MOST_SKIPPED, _SKIP * (question - position - 1))
    return _BACK if sections[question] == sections[position] else _BACK_SECTION
