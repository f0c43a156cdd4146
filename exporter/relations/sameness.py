"""Which questions ask the same: precision before recall.

A missed pair costs a learner one more card; a wrong pair shows the answer of one question under
another.  So two prompts must agree in nearly all words that tell, and in the way they ask: "what is
X" is not "how does X fail", and what one of them denies the other must deny.
"""

import re
from collections.abc import Collection, Sequence

from exporter import lexical
from exporter.model import Kind, Question
from exporter.relations.likeness import SOFT, Index, Weights, terms

_ALIKE = 0.67
"""The least share of weighed words that two prompts must have in common."""
_WAYS = (
    ("what", re.compile(r"\b(?:what(?:'s|’s)?|define|explain|describe)\b")),
    ("why", re.compile(r"\b(?:why|matters?|reasons?)\b")),
    ("how", re.compile(r"\bhow\b")),
    ("when", re.compile(r"\bwhen\b")),
    ("which", re.compile(r"\b(?:which|who|where)\b")),
    ("compare", re.compile(r"\b(?:differen(?:ce|ces|t|tly)|versus|vs|compared?)\b")),
)
_TURNS = (
    re.compile(r"\b(?:not|never|no|without|avoid(?:ed|ing|s)?)\b|n['’]t\b"),
    re.compile(
        r"\b(?:fail(?:s|ed|ures?)?|mistakes?|problems?|danger(?:s|ous)?|risks?|anti-?patterns?|"
        r"bugs?|wrong|pitfalls?|limit(?:s|ations?)?|drawbacks?|disadvantages?|attacks?)\b"
    ),
    re.compile(r"\b(?:prevent|detect|debug|diagnose|fix|test|monitor|tune)\w*\b"),
    re.compile(r"\b(?:causes?|caused)\b"),
    re.compile(r"\b\d+\b"),
)


def groups(index: Index, apart: Collection[frozenset[int]]) -> tuple[tuple[int, ...], ...]:
    """Questions that ask the same, as groups of two or more indexes, each in source order.

    Every question of a group asks the same as every other one; pairs in ``apart`` never meet.
    """
    found: list[list[int]] = []
    joined: dict[int, list[int]] = {}
    for at in range(len(index.questions)):
        for other in _candidates(at, index):
            group = joined.get(other) or [other]
            if all(frozenset((at, one)) not in apart and same(at, one, index) for one in group):
                if other not in joined:
                    found.append(group)
                    joined[other] = group
                group.append(at)
                joined[at] = group
                break
    return tuple(tuple(group) for group in found)


def same(left: int, right: int, index: Index) -> bool:
    """Whether two questions ask the same."""
    one, two = index.questions[left], index.questions[right]
    if one.kind is not two.kind or _code(one) != _code(two):
        return False
    if one.kind is Kind.OUTPUT and _code(one) and not (one.prompt and two.prompt):
        return not (one.prompt or two.prompt)
    asked, other = _asked(one), _asked(two)
    if not asked or not other:
        return False
    if not (_stands_alone(asked) and _stands_alone(other)) and _inner(one) != _inner(two):
        return False
    return _same_way(asked, other) and _alike(asked, other, index.weights) >= _ALIKE


def _candidates(at: int, index: Index) -> list[int]:
    """Earlier questions that share one of the most telling words, in order."""
    words = sorted(index.words[at].prompt, key=lambda term: (-index.weights.of(term), term))
    telling = [term for term in words if term not in SOFT] or words
    places = {other for term in telling[:6] for other in index.where.get(term, ()) if other < at}
    return sorted(places)


def _asked(question: Question) -> str:
    return " ".join(filter(None, (question.title, question.prompt))).casefold()


def _code(question: Question) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in (question.code or "").splitlines())))


def _inner(question: Question) -> tuple[str, ...]:
    """What a fragment needs to be understood: its label and the innermost title above it."""
    return lexical.words(f"{question.label or ''} {(question.section or ('',))[-1]}")


def _stands_alone(asked: str) -> bool:
    """Whether a prompt says what it is about; "Isolation levels" under two titles does not."""
    return "?" in asked or any(way.search(asked) for _, way in _WAYS) or len(terms(asked)) > 4


def _same_way(asked: str, other: str) -> bool:
    ways = {name for name, way in _WAYS if way.search(asked)}
    others = {name for name, way in _WAYS if way.search(other)}
    if ways and others and not ways & others:
        return False
    if ("compare" in ways) != ("compare" in others):
        return False
    return all(_found(turn, asked) == _found(turn, other) for turn in _TURNS)


def _found(turn: re.Pattern[str], text: str) -> Sequence[str]:
    """Stems of what the pattern finds, each once, sorted."""
    return sorted(
        {word for hit in turn.findall(text) for word in lexical.phrases(hit, 1) or (hit,)}
    )


def _alike(asked: str, other: str, weights: Weights) -> float:
    """The share of weighed words in common; 0 where each has a telling word that the other lacks,
    for a word put in another's place makes another question."""
    left, right = terms(asked), terms(other)
    if left == right:
        return 1.0
    if not (left & right) - SOFT or (left - right - SOFT and right - left - SOFT):
        return 0.0
    return weights.total(left & right) / weights.total(left | right)
