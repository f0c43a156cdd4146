"""Which questions are worth comparing: those that share the most telling words.

Comparing every pair takes minutes where hundreds of questions were edited at once; what shares few
rare words with a question is not that question, edited.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice

from exporter.ledger.identity import Identity
from exporter.text import lexical

_MOST = 16  # questions on a list
_MANY = 200  # from so many on, a word of more than every fourth question is left out, as it tells
_COMMON = 4  # little and costs most
_ENOUGH = 1_000  # finds of the rarest words, after which no further word looks

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
    sizes = [_size(question, rarity) for question in questions]

    def near(question: Identity) -> Sequence[int]:
        shared: dict[int, float] = defaultdict(float)
        words = (word for word in _words(question) if word in rarity)
        left = _ENOUGH
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


def _size(question: Identity, rarity: dict[str, float]) -> float:
    return math.sqrt(sum(rarity.get(word, 0.0) for word in _words(question))) or 1.0
