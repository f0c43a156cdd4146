"""Questions as weighed words, so that texts can be compared and every likeness explained.

One inverted index serves all comparisons: a text is compared only with questions that share a word
with it, the most telling words first and never more than so many, so that time grows with the
number of questions and not with its square.
"""

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from exporter.model import Kind, Question
from exporter.text import lexical, one_line

_PROMPT, _SECTION, _ANSWERS = 1.0, 0.7, 0.55
"""How far a word of the asked text is met where it stands in a question."""
_TELLING = 2
_SEEDS, _FEW, _COMMON, _ENOUGH = 24, 40, 0.25, 800
"""How many words look for neighbours, how many of those are compared in full, the share of
questions (where there are more than a few) beyond which a word finds none, and after how many finds
no further word looks."""
_SOFT_WEIGHT, _PAIR_WEIGHT = 0.1, 0.6
_COMPOUND = 7
"""Letters of a word that may be written as two: in shorter ones two others meet by chance."""
COLOUR = frozenset(
    lexical.phrases(
        """important importance critical essential matter necessary needed powerful crucial popular
        valuable big biggest best good common modern large real world deep internally work exactly
        actually handle over across multiple without achieve efficiently decide when need people
        make introduced companies teams developers many reasons projects
        occur happen simple terms words examples detail briefly""",
        1,
    )
)
"""Words that colour a question in any subject and hardly change what it asks."""
_EVERYWHERE, _SECTIONS, _PROMPTS = 5, 6, 8
"""A word frames a pack's questions where it stands in one of so many sections, in so many of them
at least, and in so many prompts: "Node" in a pack about Node.js."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a word tells: the rarer among the pack's texts, the more.

    ``frame`` are words that stand in prompts all over the pack, and say what it is about instead of
    what one question asks.
    """

    rarity: lexical.Weights
    frame: frozenset[str]

    def weight(self, term: str) -> float:
        """A pair of words tells more than each of them, and less than both."""
        share = _PAIR_WEIGHT if " " in term else _SOFT_WEIGHT if term in COLOUR else 1.0
        return self.rarity.weight(term) * share

    def soft(self, term: str) -> bool:
        """Whether the word colours a question, or frames all those of the pack."""
        return term in COLOUR or term in self.frame

    def total(self, words: Iterable[str]) -> float:
        """The weight of all ``words``, added in a fixed order."""
        return math.fsum(self.weight(term) for term in sorted(words))

    def asked(self, words: Iterable[str]) -> float:
        """The same of prompts that are compared with each other: what frames them all tells as
        little as what colours them."""
        return math.fsum(
            self.weight(term) * (_SOFT_WEIGHT if term in self.frame - COLOUR else 1.0)
            for term in sorted(words)
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question by where they stand: each set holds those of the one before."""

    prompt: frozenset[str]
    section: frozenset[str]
    all: frozenset[str]


class _Met(NamedTuple):
    """Questions that hold a word, ascending, and the word's share in the vector of each; arrays, as
    objects apart would have to be looked for all over the memory."""

    places: "array[int]"
    shares: "array[float]"


@dataclass(frozen=True, slots=True)
class Index:
    """All questions of a pack as words; ``weights`` says how much a word tells, ``where`` which
    questions (by index) hold one that is asked for, ``met`` which hold any, with its share in the
    vector of each, ``bare`` which are code alone.  A vector's words stand in the order of their
    shares, largest first."""

    questions: tuple[Question, ...]
    words: tuple[Words, ...]
    weights: Weights
    where: Mapping[str, tuple[int, ...]]
    vectors: tuple[Mapping[str, float], ...]
    met: Mapping[str, _Met]
    bare: tuple[bool, ...]


def index(questions: Sequence[Question], asked: Sequence[str], topics: Iterable[str] = ()) -> Index:
    """The index of ``questions``; ``asked`` are texts that will be compared with them, which count
    for how common a word is, and so will ``topics``."""
    wanted = frozenset[str]().union(*map(pairs, (*asked, *topics)))
    compounds = _compounds(wanted)
    words = tuple(
        _joined(_words(question, pairs if wanted else terms), compounds) for question in questions
    )
    around = (
        word.section | pairs("\n".join(q.section)) for word, q in zip(words, questions, strict=True)
    )
    rarity = lexical.weigh([*around, *(pairs(text) for text in asked)])
    weights = Weights(rarity, _frame(questions))
    where: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        for term in word.all & wanted:
            where.setdefault(term, []).append(at)
    vectors = tuple(
        _vector(question, word, weights) for question, word in zip(questions, words, strict=True)
    )
    met: dict[str, _Met] = {}
    for at, vector in enumerate(vectors):
        for term, share in vector.items():
            if term not in met:
                met[term] = _Met(array("l"), array("d"))
            met[term].places.append(at)
            met[term].shares.append(share)
    found = {term: tuple(places) for term, places in where.items()}
    bare = tuple(map(_bare, questions))
    return Index(tuple(questions), words, weights, found, vectors, met, bare)


@dataclass(frozen=True, slots=True)
class _Compounds:
    """What is asked for in one word or two: pairs by the word that they make, and the words."""

    pairs: Mapping[str, str]
    words: frozenset[str]


def _compounds(wanted: Iterable[str]) -> _Compounds:
    told = list(wanted)
    pairs = {one.replace(" ", ""): one for one in told if " " in one}
    long = {joined: one for joined, one in pairs.items() if len(joined) >= _COMPOUND}
    return _Compounds(long, frozenset(one for one in told if len(one) >= _COMPOUND))


def _joined(words: Words, compounds: _Compounds) -> Words:
    """``words`` with what is asked for as one word where they have two, and the other way round:
    "flame graph" and "flamegraph", "post-mortem" and "postmortem"."""

    def more(some: frozenset[str]) -> frozenset[str]:
        found = set(some)
        for term in some:
            if " " in term:
                if (joined := term.replace(" ", "")) in compounds.words:
                    found.add(joined)
            elif pair := compounds.pairs.get(term):
                found |= {pair, *pair.split()}
        return frozenset(found) if len(found) > len(some) else some

    return Words(more(words.prompt), more(words.section), more(words.all))


def _frame(questions: Iterable[Question]) -> frozenset[str]:
    """Words that stand in many prompts and in many sections."""
    prompts: Counter[str] = Counter()
    sections: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
    every = set()
    for question in questions:
        place = (question.location.path, question.section)
        every.add(place)
        for term in terms(prompt(question)):
            prompts[term] += 1
            sections.setdefault(term, set()).add(place)
    least = max(_SECTIONS, len(every) / _EVERYWHERE)
    return frozenset(
        term
        for term, count in prompts.items()
        if count >= _PROMPTS and len(sections[term]) >= least
    )


def terms(text: str) -> frozenset[str]:
    """The different words of a text that say something."""
    return frozenset(lexical.phrases(text, 1))


def pairs(text: str) -> frozenset[str]:
    """The same with the pairs of neighbouring words."""
    return frozenset(lexical.phrases(text, 2))


def prompt(question: Question) -> str:
    """What a question asks, with its title and a label that is more than a number."""
    return " | ".join(filter(None, (question.title, one_line.label(question), question.prompt)))


def answering(text: str, index: Index) -> list[tuple[float, int]]:
    """How well each question meets ``text`` (0 to 1), best first.

    Most of it is how much of the text the question covers, by prompt, section or answers, where a
    pair of words in common counts for more than the two apart; the rest is how little else its
    prompt asks.  A question whose prompt and section hold none of the
    two words that tell most does not meet it, whatever its answers mention.
    """
    single = sorted(terms(text), key=lambda term: (-index.weights.weight(term), term))
    whole = index.weights.total(single)
    covered: dict[int, float] = {}
    paired: dict[int, float] = {}
    for term in sorted(pairs(text)):
        for at in index.where.get(term, ()):
            weight = index.weights.weight(term)
            covered[at] = covered.get(at, 0.0) + _share(term, index.words[at]) * weight
            paired[at] = paired.get(at, 0.0) + (weight if " " in term else 0.0)
    telling = frozenset(single[:_TELLING])
    met = [
        (0.7 * total / (whole + paired[at]) + 0.3 * _overlap(single, at, index), at)
        for at, total in covered.items()
        if telling & index.words[at].section
    ]
    return sorted(met, key=lambda found: (-found[0], found[1]))


def neighbours(at: int, index: Index) -> list[tuple[float, int]]:
    """Cosine of question ``at`` with the closest others, best first.

    The words that tell most choose whom to compare with; the cosine is over all words.
    """
    own, vectors = index.vectors[at], index.vectors
    rough: dict[int, float] = defaultdict(float)
    left = _ENOUGH
    for term, share in islice(own.items(), _SEEDS):
        met = index.met[term]
        if len(index.questions) > _FEW and len(met.places) > _COMMON * len(index.questions):
            continue
        near = _around(at, met.places, left)
        for other, theirs in zip(met.places[near], met.shares[near], strict=True):
            rough[other] += share * theirs
        left -= near.stop - near.start
    rough.pop(at, None)
    close = sorted(rough, key=rough.__getitem__, reverse=True)[:_FEW]
    dots = (
        (
            math.fsum(
                own[term] * vectors[other][term] for term in own.keys() & vectors[other].keys()
            ),
            other,
        )
        for other in close
        if not (index.bare[at] and index.bare[other])
    )
    return sorted(dots, key=lambda found: (-found[0], found[1]))


def _around(at: int, places: Sequence[int], most: int) -> slice:
    """The ``most`` of ascending ``places`` closest to ``at``: subjects stand together."""
    first = max(0, min(bisect_left(places, at) - most // 2, len(places) - most))
    return slice(first, min(first + most, len(places)))


def _bare(question: Question) -> bool:
    """Whether a question is code alone: thirty puzzles on one subject lie close to each other, and
    a list of three of them helps nobody."""
    return question.kind is Kind.OUTPUT and not question.prompt


def _words(question: Question, said: Callable[[str], frozenset[str]]) -> Words:
    asked = pairs(prompt(question)) | terms(question.code or "")
    inner = asked | pairs(question.section[-1] if question.section else "")
    answers = frozenset[str]().union(*(said(answer.markdown) for answer in question.answers))
    return Words(asked, inner, inner | answers)


def _share(term: str, words: Words) -> float:
    if term in words.prompt:
        return _PROMPT
    return _SECTION if term in words.section else _ANSWERS


def _overlap(asked: Iterable[str], at: int, index: Index) -> float:
    """Cosine of a text's words and those of the prompt of question ``at``."""
    prompt_words = [term for term in index.words[at].prompt if " " not in term]
    left = {term: index.weights.weight(term) for term in sorted(asked)}
    right = {term: index.weights.weight(term) for term in sorted(prompt_words)}
    return lexical.cosine(left, right)


def _vector(question: Question, words: Words, weights: Weights) -> Mapping[str, float]:
    """A unit vector in which the prompt says most; a puzzle is told by what explains it."""
    asked = 0.3 if question.kind is Kind.OUTPUT else 1.0
    raw = {}
    for term in (term for term in words.all if " " not in term):
        place = asked if term in words.prompt else 0.25
        raw[term] = place * weights.weight(term)
    norm = math.sqrt(math.fsum(value * value for value in raw.values()))
    order = sorted(raw.items(), key=lambda item: (item[1], item[0]), reverse=True)
    return {term: value / norm for term, value in order} if norm else {}
