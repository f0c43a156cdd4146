"""How well a text fits each day: a sum of phrases, so that every score can be put into words.

A phrase counts by where it stands (prompt, label, section, answers, code) and by what it says in
the syllabus; no place says more than its limit, so that a section's long title or a long answer
never outvotes the question itself.  Lexical on purpose: a person who disagrees with a place can see
which words led there, and mend it with a subject's term in pack.toml.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from exporter.plan.place.syllabus import Syllabus
from exporter.text import lexical

_FULL_TEXT = 15
"""Phrases that answers or code may hold before each of them counts for less."""
_HALF = 3.0
"""The strength that makes a score of one half."""
ENOUGH = 0.26
"""The least score that makes a place; below it a text is about nothing in the plan."""


class _Field(NamedTuple):
    """A place in a question: its text, what a phrase counts for there, the most that all of them
    together can say, and whether the text is long (repeats count, and each phrase for less)."""

    text: str
    weight: float
    limit: float
    long: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """The texts of a question (or reading, or exercise) by how much they say about it."""

    prompt: str
    label: str = ""
    sections: tuple[str, ...] = ()
    code: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text fits one target: its index, the strength of the text's own words, those words,
    strongest first, and the strength that the questions around add."""

    target: int
    strength: float
    words: tuple[str, ...]
    around: float = 0.0

    @property
    def score(self) -> float:
        """Both strengths together, from 0 to 1."""
        whole = self.strength + self.around
        return round(whole / (whole + _HALF), 3)


def in_order(fits: Iterable[Fit]) -> tuple[Fit, ...]:
    """Best first, then in plan order."""
    return tuple(sorted(fits, key=lambda fit: (-fit.score, fit.target)))


def rank(fields: Fields, syllabus: Syllabus) -> tuple[Fit, ...]:
    """Fits of all targets that share a phrase with the text, best first, then in plan order."""
    totals: dict[int, float] = {}
    shares: dict[int, dict[str, float]] = {}
    spelling: dict[str, str] = {}
    for field in _fields(fields):
        sums: dict[int, float] = {}
        for phrase, strength in _strengths(field, syllabus.longest, spelling):
            for target, weight in syllabus.says.get(phrase, ()):
                share = strength * weight
                sums[target] = sums.get(target, 0.0) + share
                words = shares.setdefault(target, {})
                words[phrase] = words.get(phrase, 0.0) + share
        for target, total in sums.items():
            said = field.limit * -math.expm1(-total / field.limit)
            totals[target] = totals.get(target, 0.0) + said
    return in_order(
        Fit(target, total, _words(shares[target], spelling)) for target, total in totals.items()
    )


def of_sections(fields: Fields, syllabus: Syllabus) -> Fit | None:
    """The fit of the section's titles alone; None where they say nothing."""
    fits = rank(Fields("", sections=fields.sections), syllabus)
    return fits[0] if fits else None


def _fields(fields: Fields) -> tuple[_Field, ...]:
    *outer, inner = fields.sections or ("",)
    return (
        _Field(fields.prompt, 1.0, 12.0),
        _Field(fields.label, 0.8, 2.5),
        _Field(inner, 0.8, 2.2),
        _Field("\n".join(outer), 0.2, 0.5),
        _Field(fields.code, 0.3, 1.5, long=True),
        _Field(fields.answers, 0.4, 1.5, long=True),
    )


def _strengths(
    field: _Field, longest: int, spelling: dict[str, str]
) -> Iterator[tuple[str, float]]:
    """How strongly each phrase stands in the field; its first spelling goes to ``spelling``."""
    pairs = lexical.spelled(field.text, longest)
    for phrase, surface in pairs:
        spelling.setdefault(phrase, surface)
    counts = Counter(phrase for phrase, _ in pairs)
    share = math.sqrt(min(1.0, _FULL_TEXT / max(1, len(counts)))) if field.long else 1.0
    for phrase, count in counts.items():
        repeated = 1 + math.log(count) if field.long else 1.0
        yield phrase, field.weight * share * repeated


def _words(
    shares: Mapping[str, float], spelling: Mapping[str, str], most: int = 4
) -> tuple[str, ...]:
    """The strongest phrases as the author wrote them; a word of a longer one is not repeated."""
    chosen: list[str] = []
    for phrase, _ in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        if not any(f" {phrase} " in f" {other} " for other in chosen):
            chosen.append(phrase)
    return tuple(spelling[phrase] for phrase in chosen[:most])
