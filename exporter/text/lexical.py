"""Words of a text, folded so that wordings can be compared, and how much each word says.

Similarity is lexical on purpose: every score can be explained by naming the words behind it.
Stages compare the same texts again and again, so what came of one is remembered.  The only importer
of snowballstemmer.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

_STOP_WORDS = frozenset(
    """a about an and any are as at be by can could did do does each explain for from has have how
    if in into is it its may might more most of on one or our should so such than that the their
    them then there these they this to up us use used using want was we were what whats when where
    which while who why will with would you your vs versus describe difference differences between
    compare real via e g i s t""".split()
)
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?!\w))?", re.UNICODE)
_LATIN = re.compile(r"[a-z]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def _stem(word: str) -> str:
    if not _LATIN.search(word):  # whatever else it is, it has no English ending
        return word
    import snowballstemmer

    stemmed: str = snowballstemmer.stemmer("english").stemWord(word)
    return stemmed


@cache
def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` without case, marks and compatibility forms, in order.

    ``C++`` and ``C#`` keep their signs; ``setTimeout`` stays one word here.
    """
    folded = unicodedata.normalize("NFKC", text)
    return tuple(match.group().casefold() for match in _WORD.finditer(folded))


@cache
def terms(text: str) -> tuple[str, ...]:
    """Stemmed words of ``text`` that say something, in order, with repeats.

    Stop words are dropped; a camelCase identifier gives itself and its parts.
    """
    found = _WORD.findall(unicodedata.normalize("NFKC", text))
    return tuple(chain.from_iterable(map(_stems, found)))


@cache
def _stems(whole: str) -> tuple[str, ...]:
    """The stems of a word, and of its parts where it is a camelCase one."""
    parts = _CAMEL.split(whole)
    folded = (word.casefold() for word in ([whole, *parts] if len(parts) > 1 else [whole]))
    return tuple(_stem(word) for word in folded if word not in _STOP_WORDS)


_BREAK = re.compile(r"(?<![.;:?!,])[.;:?!,]++(?:\s|$)|[()\[\]{}&\n\u2013\u2014|\u2192]|\s-\s")
_DIGITS = re.compile(r"^([a-z]{3,})\d+$")
_BARE_PLURAL = re.compile(r"^([b-df-hj-np-tv-z]{2,})s$")


def phrases(text: str, longest: int = 2, *, parts: bool = True) -> tuple[str, ...]:
    """The terms of ``text`` and its runs of two to ``longest`` neighbouring terms, with repeats.

    A run's terms are joined by one space; it never reaches over a punctuation mark, a bracket or a
    line's end.  Terms are levelled a little more than by stemming: ``OAuth2`` is ``oauth`` and
    ``JWTs`` is ``jwt``.  Without ``parts`` a camelCase word gives itself only.
    """
    return tuple(phrase for phrase, _ in spelled(text, longest, parts=parts))


@cache
def spelled(text: str, longest: int = 2, *, parts: bool = True) -> tuple[tuple[str, str], ...]:
    """The same phrases, each with its words as the author spelled them."""
    found: list[tuple[str, str]] = []
    for piece in _BREAK.split(unicodedata.normalize("NFKC", text)):
        run = [word for word in _WORD.findall(piece) if word.casefold() not in _STOP_WORDS]
        for word in run:
            found += _spelled(word, parts)
        folded = [_folded(word) for word in run]
        for size in range(2, longest + 1):
            found.extend(
                (" ".join(folded[at : at + size]), " ".join(run[at : at + size]))
                for at in range(len(run) - size + 1)
            )
    return tuple(found)


@cache
def _spelled(word: str, split: bool) -> tuple[tuple[str, str], ...]:
    """A word, and after it the parts of a camelCase one that say something, folded and as they
    are."""
    parts = _CAMEL.split(word) if split else [word]
    kept = [part for part in parts if part.casefold() not in _STOP_WORDS]
    found = [word, *kept] if len(parts) > 1 else [word]
    return tuple((_folded(part), part) for part in found)


@cache
def _folded(word: str) -> str:
    return _level(_stem(word.casefold()))


def _level(term: str) -> str:
    match = _DIGITS.match(term) or _BARE_PLURAL.match(term)
    return match[1] if match else term


@dataclass(frozen=True, slots=True)
class Weights:
    """Inverse document frequency of every term of a corpus."""

    idf: Mapping[str, float]
    unseen: float

    def weight(self, term: str) -> float:
        """The weight of a term; one that the corpus lacks is the rarest of all."""
        return self.idf.get(term, self.unseen)


def weigh(corpus: Iterable[Iterable[str]]) -> Weights:
    """Weights from a corpus of term lists, one list a text."""
    texts = [frozenset(text) for text in corpus]
    counts = Counter(term for text in texts for term in text)
    size = len(texts)
    idf = {term: math.log(1 + size / n) for term, n in sorted(counts.items())}
    return Weights(idf, math.log(1 + size) if size else 1.0)


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Cosine of two term vectors, 0 (nothing in common) to 1."""
    if not left or not right:
        return 0.0
    dot = sum(value * right[term] for term, value in left.items() if term in right)
    norms = math.sqrt(sum(v * v for v in left.values()) * sum(v * v for v in right.values()))
    return dot / norms
