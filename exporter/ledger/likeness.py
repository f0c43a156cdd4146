"""How alike two questions are, in prompt, code, answers and choices together: 0 to 1.

Prompts are compared by the words that say something, because "What is a … and why" is common to
many: sign by sign, for a typo changes few of them, or as a bag of stems, for another order changes
none.  Code is compared sign by sign without white space, answers tier by tier as bags of stems,
choices as one bag, for their order says nothing.  A text that neither question has does not count,
nor do choices that one of them lacks (an older ledger knew none), nor those of a puzzle: half of
all puzzles offer "undefined" and an error.

Worth comparing are questions that share the most telling words.  Comparing every pair takes minutes
where hundreds of questions were edited at once; what shares few rare words with a question is not
that question, edited.

The last rung of recognition guesses which new question is which lost one, edited.  A guess must be
clear.  What is as much like another question as like this one is not guessed, also where that other
one has been found already: puzzles on one subject are all alike, and a new one in the place of a
deleted one must not inherit its progress.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import islice

from exporter.ledger import identity
from exporter.ledger.identity import Identity
from exporter.text import lexical

_MOST = 16  # questions on a list
_MANY = 200  # from so many on, a word of more than every fourth question is left out, as it tells
_COMMON = 4  # little and costs most
_FINDS = 1_000  # finds of the rarest words, after which no further word looks

Shortlist = Callable[[Identity], Sequence[int]]
"""Indexes of the questions that are worth comparing with one, in order."""


def shortlist(questions: Sequence[Identity]) -> Shortlist:
    """A function that names, for a question, at most some of ``questions``."""
    if len(questions) <= _MOST:
        return lambda _: range(len(questions))
    places: dict[str, list[int]] = defaultdict(list)
    for index, question in enumerate(questions):
        for word in _words(question):
            places[word].append(index)
    rarity = {
        word: math.log(1 + len(questions) / len(found))
        for word, found in places.items()
        if len(questions) < _MANY or len(found) * _COMMON <= len(questions)
    }
    sizes = [_list_size(question, rarity) for question in questions]

    def near(question: Identity) -> Sequence[int]:
        shared: dict[int, float] = defaultdict(float)
        words = (word for word in _words(question) if word in rarity)
        left = _FINDS
        for word in sorted(words, key=lambda word: -rarity[word]):
            weight = rarity[word]
            for index in islice(places[word], left):
                shared[index] += weight
            left -= len(places[word])
            if left <= 0:
                break
        ranked = sorted(shared, key=lambda index: (-shared[index] / sizes[index], index))
        return sorted(ranked[:_MOST])

    return near


@cache
def _words(question: Identity) -> tuple[str, ...]:
    """Every word of its texts once, sorted."""
    texts = (question.prompt, *question.answers, *question.choices)
    said = {word for text in texts for word in lexical.terms(text)}
    return tuple(sorted(said | set(lexical.words(question.code))))


def _list_size(question: Identity, rarity: dict[str, float]) -> float:
    return math.sqrt(sum(rarity.get(word, 0.0) for word in _words(question))) or 1.0


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


_TELLING = 12  # so many words of an answer say more than a prompt
_MORE = 0.7  # how much what says more counts against the other
_OTHER_NUMBER = 0.6  # what is left of a prompt's likeness where its numbers differ


@dataclass(frozen=True, slots=True)
class _Parts:
    """How alike two questions are part by part; None is a part that does not count."""

    answers: float | None
    prompt: float | None
    code: float | None
    choices: float | None
    telling: bool

    def mean(self) -> float:
        """The mean of what counts; of a puzzle the code counts more, and answers may where they are
        ``telling``."""
        answers, prompt, code = self.answers, self.prompt, self.code
        if code is not None and prompt is None and answers is not None:
            return _MORE * code + (1 - _MORE) * answers
        values = [one for one in (answers, prompt, code, self.choices) if one is not None]
        mean = sum(values) / len(values) if values else 0.0
        if not self.telling or answers is None or prompt is None:
            return mean
        return max(mean, _MORE * answers + (1 - _MORE) * prompt)


def likeness(before: Identity, after: Identity, *, prompts: bool = True, least: float = 0) -> float:
    """The mean over the texts that either of the two has; 0 where it is below ``least``.

    Without ``prompts`` only code, answers and choices count, for questions whose prompt many share.
    """
    prompt = 1.0 if prompts and before.prompt and after.prompt else None
    code = 1.0 if before.code or after.code else None
    choose = code is None and before.choices and after.choices
    parts = _Parts(
        answers=_answers(before, after) if before.answers or after.answers else None,
        prompt=prompt,
        code=code,
        choices=offered(before, after) if choose else None,
        telling=prompt is not None and code is None and _telling(before, after),
    )
    if parts.mean() < least:
        return 0.0
    if prompt:
        parts = replace(parts, prompt=_prompts(before.prompt, after.prompt))
        if parts.mean() < least:
            return 0.0
    if code:
        parts = replace(parts, code=_ratio(_dense(before.code), _dense(after.code)))
    score = parts.mean()
    return score if score >= least else 0.0


def offered(before: Identity, after: Identity) -> float:
    """How far two questions offer the same choices, in any order."""
    return _dice(_choices(before), _choices(after))


@cache
def _choices(question: Identity) -> Counter[str]:
    """The words of all choices, and each as a whole, for some are nothing but signs."""
    whole = Counter(_dense(text) for text in question.choices)
    return sum((_stems(text) for text in question.choices), whole)


def _prompts(before: str, after: str) -> float:
    left, right = _content(before), _content(after)
    if left == right:
        return 1.0
    value = max(_dice(_bag(before), _bag(after)), _ratio(" ".join(left), " ".join(right)))
    return value * _OTHER_NUMBER if _numbers(left) != _numbers(right) else value


@cache
def _content(prompt: str) -> tuple[str, ...]:
    """The words that say something, as the author spelled them, and signs; all words where there
    are none."""
    spoken = (said.casefold() for _, said in lexical.spelled(prompt, 1, parts=False))
    return (*spoken, *identity.signs(prompt)) or lexical.words(prompt)


def _numbers(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word.isdigit()]


def _bag(prompt: str) -> Counter[str]:
    signs = identity.signs(prompt)
    return _stems(prompt) if not signs else Counter([*lexical.terms(prompt), *signs])


@cache
def _stems(text: str) -> Counter[str]:
    """Words that say something; all words where none does."""
    return Counter(lexical.terms(text) or lexical.words(text))


def _answers(before: Identity, after: Identity) -> float:
    """How far the answers of the side with fewer are found on the other: a tier that is added or
    taken away leaves the others what they were."""
    few, many = sorted((before.answers, after.answers), key=len)
    found = [(_size(text), max(_dice(_stems(text), _stems(one)) for one in many)) for text in few]
    total = sum(size for size, _ in found)
    return sum(size * value for size, value in found) / total if total else 0.0


def _telling(before: Identity, after: Identity) -> bool:
    sides = (sum(_size(text) for text in side.answers) for side in (before, after))
    return min(sides) >= _TELLING


def _size(text: str) -> int:
    return _stems(text).total()


def _dice(left: Counter[str], right: Counter[str]) -> float:
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


@cache
def _dense(code: str) -> str:
    return "".join(code.split())


def _ratio(left: str, right: str) -> float:
    """How much of two texts is the same, in order."""
    if left == right:
        return 1.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio()
