"""Guesses which new question is which lost one, edited: the last rung, where similarity decides.

A guess must be clear.  What is as much like another question as like this one is not guessed, also
where that other one has been found already: puzzles on one subject are all alike, and a new one in
the place of a deleted one must not inherit its progress.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.ledger.identity import Identity
from exporter.ledger.likeness import likeness
from exporter.ledger.shortlist import shortlist

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


@dataclass(frozen=True, slots=True)
class Sides:
    """Today's questions and the ledger's, and how two of them compare."""

    today: Sequence[Identity]
    before: Sequence[Identity]
    score: Score
    near: Near


def guess(sides: Sides, new: Sequence[int], lost: Sequence[int]) -> Guesses:
    """Pairs what is alike enough and clearly more alike than anything else.

    ``new`` and ``lost`` are what no surer rung has paired, as indexes of the two sides.
    """
    if not new or not lost:
        return Guesses((), ())
    standing = _standing(sides)
    scores = _Scores(_scores(sides, new, lost))
    pairs: list[Pair] = []
    doubts: list[tuple[int, tuple[int, ...]]] = []

    def order(one: Pair) -> tuple[float, bool, int, int]:
        return scores.of[one], sides.near(*one), -one[0], -one[1]

    for pair in sorted(scores.of, key=order, reverse=True):
        if not scores.open(pair):
            continue
        open_ = list(_open_rivals(sides, pair, scores))
        rivals = open_ or standing(pair, scores.of[pair] - _TIE)
        if rivals:
            involved = sorted({index for index, _ in (pair, *open_)})
            numbers = dict.fromkeys(number for _, number in (pair, *rivals))
            doubts += [(index, tuple(numbers)) for index in involved]
            scores.settled.update(involved)
        else:
            pairs.append(pair)
            scores.settled.add(pair[0])
            scores.taken.add(pair[1])
    return Guesses(tuple(pairs), tuple(doubts))


class _Scores:
    """The likeness of pairs, and which of them are still open: today's question is not settled, and
    the ledger's is not taken."""

    def __init__(self, of: dict[Pair, float]) -> None:
        self.of = of
        self.settled: set[int] = set()
        self.taken: set[int] = set()
        self._by_index: dict[int, list[Pair]] = {}
        self._by_number: dict[int, list[Pair]] = {}
        for pair in of:
            self._by_index.setdefault(pair[0], []).append(pair)
            self._by_number.setdefault(pair[1], []).append(pair)

    def open(self, pair: Pair) -> bool:
        """Whether nothing is decided of either of the two."""
        return pair[0] not in self.settled and pair[1] not in self.taken

    def beside(self, pair: Pair) -> list[Pair]:
        """The other open pairs of one of the two."""
        every = (*self._by_index[pair[0]], *self._by_number[pair[1]])
        return [other for other in every if other != pair and self.open(other)]


def _scores(sides: Sides, new: Sequence[int], lost: Sequence[int]) -> dict[Pair, float]:
    """The likeness of all pairs that are alike enough."""
    worth = shortlist([sides.before[number] for number in lost])
    found = {}
    for index in new:
        for place in worth(sides.today[index]):
            enough = _enough(sides.today[index], sides.before[lost[place]])
            if (value := sides.score(index, lost[place], enough)) >= enough:
                found[index, lost[place]] = value
    return found


def _enough(one: Identity, other: Identity) -> float:
    coded = one.code and other.code and (one.prompt == other.prompt or not one.prompt)
    return _ENOUGH_CODE if coded else _ENOUGH


def _open_rivals(sides: Sides, pair: Pair, scores: _Scores) -> Iterator[Pair]:
    """Other pairs of one of the two that are about as good; a copy of either is no rival."""
    index, number = pair
    for other in scores.beside(pair):
        lead = 0.0 if sides.near(*pair) and not sides.near(*other) else _TIE
        copy = _same(sides.today[other[0]], sides.today[index])
        copy = copy and _same(sides.before[other[1]], sides.before[number])
        if scores.of[other] > scores.of[pair] - lead and not copy:
            yield other


def _standing(sides: Sides) -> Callable[[Pair, float], list[Pair]]:
    """A function that names pairs of one of two with any other question, found or not, that are
    better than so much."""
    olds, news = shortlist(sides.before), shortlist(sides.today)

    def rivals(pair: Pair, least: float) -> list[Pair]:
        mine, theirs = sides.today[pair[0]], sides.before[pair[1]]
        found = [
            (pair[0], other)
            for other in olds(mine)
            if other != pair[1] and sides.score(pair[0], other, least) > least
            if likeness(sides.before[other], theirs, least=_TWIN) < _TWIN
        ]
        return found or [
            (other, pair[1])
            for other in news(theirs)
            if other != pair[0] and sides.score(other, pair[1], least) > least
            if likeness(mine, sides.today[other], least=_TWIN) < _TWIN
        ]

    return rivals


def _same(one: Identity, other: Identity) -> bool:
    """Whether two questions have the same texts, wherever they stand."""
    return replace(one, author_id=None, path="") == replace(other, author_id=None, path="")
