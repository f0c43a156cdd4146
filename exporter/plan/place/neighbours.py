"""What the questions around one say about its place.

An author writes question after question on one subject, so what stands around a question tells more
than a section's title, which may promise what the section does not keep.  The closer the neighbour
and the surer it is itself, the more it says; and the less a question says itself, the more its
neighbours count.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from exporter.plan.place.match import Fit, in_order

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
