"""How alike two questions are, in prompt, code, answers and choices together: 0 to 1.

Prompts are compared by the words that say something, because "What is a … and why" is common to
many: sign by sign, for a typo changes few of them, or as a bag of stems, for another order changes
none.  Code is compared sign by sign without white space, answers tier by tier as bags of stems,
choices as one bag, for their order says nothing.  A text that neither question has does not count,
nor do choices that one of them lacks (an older ledger knew none), nor those of a puzzle: half of
all puzzles offer "undefined" and an error.
"""

from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from exporter.ledger import identity
from exporter.ledger.identity import Identity
from exporter.text import lexical

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
