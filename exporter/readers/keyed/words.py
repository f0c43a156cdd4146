"""The words of a text, to be found again as others write them.

Words agree when their stems are equal, when one begins the other ("state", "stateful"), or when one
abbreviates the other ("PVs", "persistent volumes"; "CJS", "CommonJS"; "K8s").  Each kind of
agreement counts less than the one before.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from exporter.text import lexical

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SHORT_FORM = re.compile(r"(?:[A-Z][A-Za-z]?[A-Z]{0,3}|[A-Z]{2,5})s?$")
_LONGEST_EXPANSION = 5
_START = 3
_STEM = 4
_ABBREVIATED = 0.9
_AKIN = 0.8
_CLIPPED = 0.6


@dataclass(frozen=True, slots=True)
class Bag:
    """Words to look up: ``forms`` holds joined neighbours and abbreviations of the text, ``starts``
    its words by their first letters."""

    terms: frozenset[str]
    forms: frozenset[str]
    starts: Mapping[str, tuple[str, ...]]

    @classmethod
    @cache
    def made(cls, text: str, more: tuple[str, ...] = ()) -> "Bag":
        """The words of ``text``, of any length, and ``more`` terms."""
        plain = unaccented(text)
        terms = tuple(dict.fromkeys((*lexical.terms(plain), *more)))
        starts: dict[str, tuple[str, ...]] = {}
        for term in terms:
            starts[term[:_START]] = (*starts.get(term[:_START], ()), term)
        return cls(frozenset(terms), frozenset(_forms(plain)), starts)

    def match(self, term: str) -> float:
        """How surely the text has this word, 0 to 1."""
        if term in self.terms:
            return 1.0
        if term in self.forms:
            return _ABBREVIATED
        near = self.starts.get(term[:_START])
        if near and any(_akin(term, other) for other in near):
            return _AKIN
        if near and any(_clipped(term, other) for other in near):
            return _CLIPPED
        return 0.0


def unaccented(text: str) -> str:
    """``text`` without accents and umlauts, which come and go with number and case."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _akin(left: str, right: str) -> bool:
    """Whether one word begins the other, but for a last letter that stemming changed."""
    short, long = sorted((left, right), key=len)
    shared = next(
        (n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    return shared >= _STEM and shared >= len(short) - 1


def _clipped(left: str, right: str) -> bool:
    """Whether one word is the other cut short to three letters ("err", "env")."""
    short, long = sorted((left, right), key=len)
    return len(short) == _START and long.startswith(short)


def _forms(text: str) -> tuple[str, ...]:
    """Other ways to write the words of ``text``: neighbours joined, initials, numeronyms; and for
    its short forms, spelled as a word ("PVs" as "pv")."""
    words = [part for word in _WORD.findall(text) for part in _CAMEL.split(word) if part]
    found: list[str] = []
    for left, right in pairwise(words):
        found.extend(lexical.terms(left + right.lower()))
    for word in _WORD.findall(text):
        if len(word) > _STEM:
            found.extend(lexical.terms(f"{word[0]}{len(word) - 2}{word[-1]}".lower()))
        if _SHORT_FORM.fullmatch(word):
            found.append(word.rstrip("s").lower())
    for start in range(len(words)):
        initials = ""
        for word in words[start : start + _LONGEST_EXPANSION]:
            initials += word if word.isupper() else word[0]
            if 1 < len(initials) <= _LONGEST_EXPANSION and initials != word:
                found.extend((initials.lower(), f"{initials.lower()}s"))
    return tuple(dict.fromkeys(found))


# -- what an entry says ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Wording:
    """The words of one entry: its key, its text, and the titles it stands under."""

    key: str
    text: str
    context: str = ""

    @cached_property
    def key_terms(self) -> tuple[str, ...]:
        """Of the key alone, each once."""
        return self._common or tuple(dict.fromkeys(lexical.terms(unaccented(self.key))))

    @cached_property
    def _common(self) -> tuple[str, ...]:
        """All words of a key that has none but common ones, such as ``this`` and ``for``; not of
        one that only says what is asked for ("differences")."""
        words = lexical.words(unaccented(self.key))
        named = not lexical.terms(unaccented(self.key)) and not _ASKED_FOR & set(words)
        return tuple(dict.fromkeys(words)) if named else ()

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Of key and text, each once."""
        return tuple(dict.fromkeys((*self.key_terms, *lexical.terms(unaccented(self.text)))))

    @cached_property
    def key_bag(self) -> Bag:
        """The key, to look words up in."""
        return Bag.made(self.key, self._common)

    @cached_property
    def bag(self) -> Bag:
        """Key and text, to look words up in."""
        return Bag.made(f"{self.key} \n {self.text}", self._common)

    @cached_property
    def context_bag(self) -> Bag:
        """The titles above, to look words up in."""
        return Bag.made(self.context)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an answer may belong to a question.

    ``named``: share of the answer's key found in the question, its own words first, then its
    section's.  ``keyed``: agreement of the two keys.  ``told``: share of what the question asks
    that the answer speaks of.  ``score`` sums them up; ``shared`` counts the words in common,
    common ones of the document less.
    """

    named: float
    keyed: float
    told: float
    shared: float

    @property
    def score(self) -> float:
        """How well the two fit, 0 to 1."""
        return 0.35 * self.keyed + 0.3 * self.named + 0.35 * min(1.0, 2 * self.told)


COUNTED = re.compile(
    r"(?:q|a|f|question|answer|frage|antwort|no\.?|nr\.?)?\s*#?\s*(\d+)[.:)]?", re.IGNORECASE
)
_ASKED_FOR = frozenset(
    "difference differences between compare describe explain use used using real more".split()
)
_CONTEXT = 0.5
_RARE = 0.6


def evidence(answer: Wording, question: Wording, weights: lexical.Weights) -> Evidence:
    """What speaks for ``answer`` as one to ``question``."""
    told = share(question.terms, (answer.bag,), weights)
    counted = COUNTED.fullmatch(answer.key), COUNTED.fullmatch(question.key)
    if counted[0] and counted[1]:
        # Where the author counts, the numbers decide, and the words are there to contradict.
        same = float(counted[0][1] == counted[1][1])
        return Evidence(same, same, told, 2 * same)
    shared = max(
        sum(answer.bag.match(term) * _telling(term, weights) for term in question.terms),
        sum(question.bag.match(term) * _telling(term, weights) for term in answer.terms),
    )
    if not answer.key_terms:
        back = share(answer.terms, (question.bag,), weights)
        return Evidence(back, min(1.0, 2 * told), told, shared)
    named = max(
        share(answer.key_terms, (question.bag,), weights),
        share(answer.key_terms, (question.bag, question.context_bag), weights),
    )
    if not question.key_terms:
        return Evidence(named, named, told, shared)
    keyed = (
        share(question.key_terms, (answer.key_bag,), weights)
        + share(answer.key_terms, (question.key_bag,), weights)
    ) / 2
    return Evidence(named, keyed, told, shared)


def _telling(term: str, weights: lexical.Weights) -> float:
    """1 for a word that stands in hardly any other entry, less for common ones."""
    return min(1.0, weights.weight(term) / (_RARE * weights.unseen))


def share(terms: Iterable[str], bags: tuple[Bag, ...], weights: lexical.Weights) -> float:
    """Weighted share of ``terms`` found in the first bag, or for less in the others."""
    found = total = 0.0
    for term in terms:
        weight = weights.weight(term)
        total += weight
        value = bags[0].match(term)
        for bag in bags[1:]:
            value = max(value, _CONTEXT * bag.match(term))
        found += weight * value
    return found / total if total else 0.0


def without(weights: lexical.Weights, title: str) -> lexical.Weights:
    """Weights for questions under one title: its words tell them apart less."""
    common = {term: _CONTEXT * weights.weight(term) for term in lexical.terms(title)}
    return lexical.Weights({**weights.idf, **common}, weights.unseen)


def weigh(wordings: Iterable[Wording]) -> lexical.Weights:
    """How much each word of a document says."""
    return lexical.weigh(wording.terms for wording in wordings)
