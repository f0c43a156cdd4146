"""Guesses which new question is which lost one, edited: the last rung, where similarity decides.

A guess must be clear.  What is as much like another question as like this one is not guessed, also
where that other one has been found already: puzzles on one subject are all alike, and a new one in
the place of a deleted one must not inherit its progress.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.ledger.identity import Identity
from exporter.ledger.likeness import likeness

_ENOUGH = 0.6  # from here on two questions may be one
_ENOUGH_CODE = 0.75  # and two puzzles that ask with their code alone: much of code is alike
_TIE = 0.05  # a lead smaller than this decides nothing
_TWIN = 0.95  # so alike are copies of one question; a copy that stands says nothing of the other

Pair = tuple[int, int]
Score = Callable[[int, int, float], float]
"""How alike today's question and the ledger's are, given the least that matters."""
Near = Callable[[int, int], bool]
"""Whether they stand in one document and the ledger's is live: in doubt such a pair wins."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """Pairs of today's question and the ledger's that are clear, and today's questions that may be
    one of several: the ledger's, best first."""

    pairs: tuple[Pair, ...]
    doubts: tuple[tuple[int, tuple[int, ...]], ...]


def guess(
    today: Sequence[Identity],
    before: Sequence[Identity],
    new: Sequence[int],
    lost: Sequence[int],
    score: Score,
    near: Near,
) -> Guesses:
    """Pairs what is alike enough and clearly more alike than anything else.

    ``new`` and ``lost`` are what no surer rung has paired, as indexes of the two sequences.
    """
    scores = {
        (index, number): value
        for index in new
        for number in lost
        for enough in [_enough(today[index], before[number])]
        if (value := score(index, number, enough)) >= enough
    }
    pairs: list[Pair] = []
    doubts: list[tuple[int, tuple[int, ...]]] = []
    while scores:
        pair = max(scores, key=lambda one: (scores[one], near(*one), -one[0], -one[1]))
        rivals = list(_open_rivals(pair, scores, today, before, near))
        standing = [] if rivals else _standing_rivals(pair, scores, today, before, score)
        if rivals or standing:
            involved = sorted({index for index, _ in (pair, *rivals)})
            numbers = dict.fromkeys(number for _, number in (pair, *rivals, *standing))
            doubts += [(index, tuple(numbers)) for index in involved]
            scores = {one: value for one, value in scores.items() if one[0] not in involved}
        else:
            pairs.append(pair)
            scores = {
                one: value
                for one, value in scores.items()
                if one[0] != pair[0] and one[1] != pair[1]
            }
    return Guesses(tuple(pairs), tuple(doubts))


def _enough(one: Identity, other: Identity) -> float:
    coded = one.code and other.code and (one.prompt == other.prompt or not one.prompt)
    return _ENOUGH_CODE if coded else _ENOUGH


def _open_rivals(
    pair: Pair,
    scores: dict[Pair, float],
    today: Sequence[Identity],
    before: Sequence[Identity],
    near: Near,
) -> Iterator[Pair]:
    """Other pairs of one of the two that are about as good; a copy of either is no rival."""
    index, number = pair
    for other, value in scores.items():
        if other == pair or (other[0] != index and other[1] != number):
            continue
        lead = 0.0 if near(*pair) and not near(*other) else _TIE
        copy = _same(today[other[0]], today[index]) and _same(before[other[1]], before[number])
        if value > scores[pair] - lead and not copy:
            yield other


def _standing_rivals(
    pair: Pair,
    scores: dict[Pair, float],
    today: Sequence[Identity],
    before: Sequence[Identity],
    score: Score,
) -> list[Pair]:
    """Pairs of one of the two with any other question, found or not, that are about as good."""
    index, number = pair
    least = scores[pair] - _TIE
    found = [
        (index, other)
        for other in range(len(before))
        if other != number
        and score(index, other, least) > least
        and likeness(before[other], before[number], least=_TWIN) < _TWIN
    ]
    return found or [
        (other, number)
        for other in range(len(today))
        if other != index
        and score(other, number, least) > least
        and likeness(today[index], today[other], least=_TWIN) < _TWIN
    ]


def _same(one: Identity, other: Identity) -> bool:
    """Whether two questions have the same texts, wherever they stand."""
    return replace(one, author_id=None, path="") == replace(other, author_id=None, path="")
