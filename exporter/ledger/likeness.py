"""How alike two questions are, in prompt, code and answers together: 0 to 1.

Prompts are compared by the words that say something, because "What is a … and why" is common to
many: sign by sign, for a typo changes few of them, or as a bag of stems, for another order changes
none.  Code is compared sign by sign without white space, answers tier by tier as bags of stems.  A
text that neither question has does not count.
"""

from collections import Counter
from difflib import SequenceMatcher
from functools import cache

from exporter import lexical
from exporter.ledger import identity
from exporter.ledger.identity import Identity

_PROMPT, _CODE, _ANSWERS = 0.5, 0.5, 0.5
_TELLING = 12  # so many words of an answer say more than a prompt
_MORE = 0.7  # and count this much against it
_OTHER_NUMBER = 0.6  # what is left of a prompt's likeness where its numbers differ


def likeness(before: Identity, after: Identity, *, prompts: bool = True, least: float = 0) -> float:
    """The weighted mean over the texts that either of the two has; 0 where it is below ``least``.

    Without ``prompts`` only code and answers count, for questions whose prompt many share.
    """
    parts: list[tuple[float, float]] = []
    if before.answers or after.answers:
        parts.append((_ANSWERS, _answers(before, after)))
    prompted = prompts and bool(before.prompt and after.prompt)
    coded = bool(before.code or after.code)
    if coded and _bound(parts, prompted + coded) < least:
        return 0.0
    if prompted:
        parts.append((_PROMPT, _prompts(before.prompt, after.prompt)))
    if coded:
        rest = _bound(parts, 1)
        if rest < least:
            return 0.0
        parts.append((_CODE, _ratio(_dense(before.code), _dense(after.code))))
    if not parts:
        return 0.0
    score = sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)
    if prompted and before.answers and after.answers and not coded and _telling(before, after):
        (_, answers), (_, prompt) = parts
        score = max(score, _MORE * answers + (1 - _MORE) * prompt)
    return score if score >= least else 0.0


def _bound(parts: list[tuple[float, float]], missing: int) -> float:
    """The most that the mean can still become."""
    total = sum(weight for weight, _ in parts) + missing * _CODE
    return (sum(weight * value for weight, value in parts) + missing * _CODE) / total


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
