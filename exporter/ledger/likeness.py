"""How alike two questions are, in prompt, code and answers together: 0 to 1.

Prompts and code are compared sign by sign, because a typo changes few of them; answers by their
words, because they are long and are edited in sentences.  A text that neither question has does
not count.
"""

from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache

from exporter import lexical
from exporter.ledger.identity import Identity

_PROMPT, _CODE, _ANSWERS = 0.5, 0.4, 0.5


def likeness(before: Identity, after: Identity, *, prompts: bool = True, least: float = 0) -> float:
    """The weighted mean over the texts that either of the two has; 0 where it is below ``least``.

    Without ``prompts`` only code and answers count, for questions whose prompt many share.
    """
    parts: list[tuple[float, float]] = []
    if before.answers or after.answers:
        parts.append((_ANSWERS, _overlap(before.answers, after.answers)))
    signs: list[tuple[float, str, str]] = []
    if prompts and (before.prompt or after.prompt):
        signs.append((_PROMPT, before.prompt.casefold(), after.prompt.casefold()))
    if before.code or after.code:
        signs.append((_CODE, before.code, after.code))
    total = sum(weight for weight, _ in parts) + sum(weight for weight, _, _ in signs)
    if not total:
        return 0.0
    best = sum(weight * value for weight, value in parts) + sum(weight for weight, _, _ in signs)
    for weight, left, right in signs:
        value = _ratio(left, right, 1 - (best - least * total) / weight)
        best -= weight * (1 - value)
    return best / total if best >= least * total else 0.0


def _ratio(left: str, right: str, least: float) -> float:
    """How much of two texts is the same, in order; 0 where it can't reach ``least``."""
    if left == right:
        return 1.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _overlap(before: tuple[str, ...], after: tuple[str, ...]) -> float:
    """How far the answers of the side with fewer words are found on the other: a tier that is added
    or taken away leaves the others what they were."""
    few, many = sorted((_bag(before), _bag(after)), key=lambda bag: sum(bag.values()))
    total = sum(few.values())
    return sum(min(n, many.get(term, 0)) for term, n in few.items()) / total if total else 0.0


@cache
def _bag(answers: tuple[str, ...]) -> Mapping[str, int]:
    """Words that say something; all words where none does."""
    text = "\n".join(answers)
    return Counter(lexical.terms(text) or lexical.words(text))
