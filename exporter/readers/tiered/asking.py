"""Which marks ask: numbered ones, and headings or lines that lead straight to tiers.

A number is not needed ("## What is a stream?" above SHORT asks) and not enough in a weaker form
than the document's own: where questions are headings, a line "Q1: …" in an answer must prove itself
by the tier below it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from exporter.readers.scan import Line, LineKind
from exporter.readers.tiered import followers, unmarked
from exporter.readers.tiered.marks import Form, Mark, Sort


def questions(found: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    """The marks that are questions, and lines between them that begin the tiers anew; where no mark
    is one, lines directly above the tiers."""
    marked = _questions(found, lines)
    if not marked:
        return unmarked.questions(found, lines)
    return marked + followers.questions(found, lines, marked)


def _questions(found: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    listed = unmarked.topics(found, lines)
    sure = {
        mark.at
        for mark, following in pairwise(found)
        if mark.at not in listed and _leads_to_tier(mark, following, lines)
    } | _begun(found)
    numbered = [mark for mark in found if mark.sort is Sort.QUESTION]
    proven = [mark for mark in numbered if mark.at in sure]
    form = max((mark.form for mark in proven or numbered), default=Form.HEADING)
    asked = [mark for mark in numbered if mark.form is form or mark.at in sure]
    titles = [mark for mark in found if mark.sort in (Sort.COUNTED, Sort.TITLE)]
    others = _after_legend([mark for mark in titles if mark.at in sure], asked)
    if _is_legend(others, found, lines):
        others = others[1:]
    return asked + others + _unconfirmed(titles, len(asked), others)


def _begun(found: Sequence[Mark]) -> set[int]:
    """Numbered lines that are no headings and below which the tiers begin, or begin again, or
    that count on from the question before."""
    begun: set[int] = set()
    seen: set[object] = set()
    last = 0
    for mark, following in pairwise(found):
        if mark.sort is Sort.TIER:
            seen.add(mark.means)
        elif mark.form is Form.HEADING:
            seen, last = set(), _number(mark) or last
        elif _number(mark) and following.sort is Sort.TIER and following.form is not Form.HEADING:
            again = not seen or following.means in seen
            if again or _number(mark) == last + 1:
                begun.add(mark.at)
                seen, last = set(), _number(mark)
    return begun


def _number(mark: Mark) -> int:
    """The number of a question's label, 0 for none."""
    digits = re.search(r"\d{1,9}", mark.label or "") if mark.sort is Sort.QUESTION else None
    return int(digits[0]) if digits else 0


def _after_legend(others: Sequence[Mark], asked: Sequence[Mark]) -> list[Mark]:
    """What explains the tiers before the first of many numbers asks nothing."""
    counted = [mark for mark in others if mark.sort is Sort.COUNTED]
    rest = [mark for mark in others if mark.sort is not Sort.COUNTED]
    if asked and len(asked) >= len(others):
        return [mark for mark in others if mark.at > asked[0].at]
    if counted and len(counted) >= len(rest):
        return [mark for mark in others if mark.at >= counted[0].at]
    return list(others)


def _is_legend(asked: Sequence[Mark], found: Sequence[Mark], lines: Sequence[Line]) -> bool:
    """Whether the first of several headings explains the tiers: it has them in a form of its own
    and does not ask."""
    places = {mark.at for mark in asked}
    forms = [
        (tier.form, bool(tier.rest), lines[tier.at].kind)
        for mark, tier in pairwise(found)
        if mark.at in places
    ]
    return len(asked) > 2 and not asked[0].title.endswith("?") and forms[0] not in forms[1:]


def _unconfirmed(titles: Sequence[Mark], asked: int, sure: Sequence[Mark]) -> list[Mark]:
    """Headings like those that are questions mostly: counted ones, or asking ones."""
    counted = {mark.level for mark in sure if mark.sort is Sort.COUNTED}
    bare = {mark.level for mark in sure if mark.sort is Sort.TITLE}
    taken = {mark.at for mark in sure}
    others = [mark for mark in titles if mark.at not in taken]
    if sum(mark.sort is Sort.COUNTED for mark in sure) > asked:
        return [mark for mark in others if mark.sort is Sort.COUNTED and mark.level in counted]
    if sum(mark.sort is Sort.TITLE for mark in sure) > asked:
        return [mark for mark in others if mark.title.endswith("?") and mark.level in bare]
    return []


def _leads_to_tier(mark: Mark, following: Mark, lines: Sequence[Line]) -> bool:
    """Whether the next mark is a tier below this one, or, behind code, a part of a puzzle."""
    if following.sort not in (Sort.TIER, Sort.PART):
        return False
    between = lines[mark.at + 1 : following.at]
    if following.form is Form.INLINE and any(not line.empty for line in between):
        return False
    asks = mark.sort is not Sort.TITLE or mark.title.endswith("?")
    if following.sort is Sort.PART:
        return asks and any(line.kind is LineKind.FENCE for line in between)
    return following.level > mark.level or (following.level == mark.level and asks)
