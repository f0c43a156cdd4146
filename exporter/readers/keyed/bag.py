"""The words of a text, to be found again as others write them.

Words agree when their stems are equal, when one begins the other ("state", "stateful"), when one
ends the other as compounds do, or when one abbreviates the other ("PVs", "persistent volumes";
"CJS", "CommonJS"; "K8s").  Each kind of agreement counts less than the one before.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from exporter.text import lexical

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SHORT_FORM = re.compile(r"(?:[A-Z][A-Za-z]?[A-Z]{0,3}|[A-Z]{2,5})s?$")
_LONGEST_EXPANSION = 5
_START = 3
_STEM = 4
_COMPOUND = 5
_ABBREVIATED = 0.9
_AKIN = 0.8
_CLIPPED = 0.6
_COMPOUNDED = 0.6


@dataclass(frozen=True, slots=True)
class Bag:
    """Words to look up: ``forms`` holds joined neighbours and abbreviations of the text, ``starts``
    and ``ends`` its words by their first and last letters."""

    terms: frozenset[str]
    forms: frozenset[str]
    starts: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]

    @classmethod
    @cache
    def of(cls, text: str, more: tuple[str, ...] = ()) -> "Bag":
        """The words of ``text``, of any length, and ``more`` terms."""
        plain = unaccented(text)
        terms = tuple(dict.fromkeys((*lexical.terms(plain), *more)))
        starts: dict[str, tuple[str, ...]] = {}
        ends: dict[str, tuple[str, ...]] = {}
        for term in terms:
            starts[term[:_START]] = (*starts.get(term[:_START], ()), term)
            ends[term[-_COMPOUND:]] = (*ends.get(term[-_COMPOUND:], ()), term)
        return cls(frozenset(terms), frozenset(_forms(plain)), starts, ends)

    def match(self, term: str) -> float:
        """How surely the text has this word, 0 to 1."""
        if term in self.terms:
            return 1.0
        if term in self.forms:
            return _ABBREVIATED
        near, ends = self.starts.get(term[:_START]), self.ends.get(term[-_COMPOUND:])
        if near and any(_akin(term, other) for other in near):
            return _AKIN
        if near and any(_clipped(term, other) for other in near):
            return _CLIPPED
        if ends and any(_compound(term, other) for other in ends):
            return _COMPOUNDED
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


def _compound(left: str, right: str) -> bool:
    """Whether one word ends with the other, as compounds do ("Fehlerbehandlung")."""
    short, long = sorted((left, right), key=len)
    return len(short) >= _COMPOUND and long.endswith(short)


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
