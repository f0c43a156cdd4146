"""Which of the openers that ask are questions, and where each ends.

What asks inside another's answer is content, or makes a section of the other: a heading with an
answer of its own keeps it; one without, above several that ask, is a section.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import zip_longest

from exporter.readers import groups
from exporter.readers.outline import Form, Opener
from exporter.readers.roles import DETAILS, Key, Roles, key
from exporter.readers.scan import LISTED, LineKind


@dataclass(frozen=True, slots=True)
class Asked:
    """An opener that asks, and the index before which its matter ends; ``why`` in words."""

    opener: Opener
    end: int
    score: float
    why: str


def asked(roles: Roles) -> tuple[Asked, ...]:
    """The openers that ask, in order, with their ends."""
    accepted = groups.asking(roles)
    chosen = _unnested(roles, accepted)
    return _bounded(roles, chosen, accepted)


def _unnested(roles: Roles, accepted: Mapping[int, tuple[float, str]]) -> dict[int, int]:
    """Places of the questions, each with the index before which it ends at the latest: what asks
    inside another's answer is content, or makes a section of the other."""
    openers = [one for one in roles.candidates if one.at in accepted]
    places = [one.at for one in openers]
    ends: dict[int, int] = {one.at: one.end for one in openers}
    out: set[int] = set()
    for one in sorted(
        (one for one in openers if one.form is Form.HEADING), key=lambda one: -one.rank
    ):
        inner = [
            other
            for other in openers[bisect_right(places, one.at) : bisect_left(places, one.end)]
            if other.at not in out
        ]
        if inner:
            _settle(roles, one, inner, out, ends)
    for one in openers:
        if one.form is not Form.HEADING and one.at not in out:
            _settle_line(roles, one, openers, places, out)
    return {at: end for at, end in ends.items() if at not in out}


def _settle(
    roles: Roles, one: Opener, inner: Sequence[Opener], out: set[int], ends: dict[int, int]
) -> None:
    """Whether a heading that asks is the question, or what asks below it, or both."""
    heads = [other for other in inner if other.form is Form.HEADING]
    found = _over_headings(roles, one, inner, heads) if heads else None
    verdict = found or _over_lines(roles, one, inner)
    if verdict is Verdict.SECTION:
        out.add(one.at)
    elif verdict is Verdict.QUESTION:
        out.update(other.at for other in inner)
    elif heads:
        ends[one.at] = heads[0].at
        out.update(other.at for other in inner if other.at < heads[0].at)
    else:
        tested = [other for other in inner if roles.credits[other.at]]
        ends[one.at] = min(roles.limit(one), tested[0].at)
        out.update(other.at for other in inner if not roles.credits[other.at])


class Verdict(Enum):
    """What a heading that asks is beside what asks below it: the QUESTION alone, a SECTION of
    questions, or BOTH a question and followed by others."""

    QUESTION = auto()
    SECTION = auto()
    BOTH = auto()


def _over_headings(
    roles: Roles, one: Opener, inner: Sequence[Opener], heads: Sequence[Opener]
) -> Verdict:
    strong = one.marked or one.named or roles.credits[one.at] > 0
    own = _has_own(roles, one, inner[0].at)
    if one.named and not one.title and len(heads) == 1:
        return Verdict.QUESTION  # the number stands in a heading of its own above the prompt
    sure = sum(map(roles.is_strong, inner))
    if not own and (sure > 1 or not strong):
        return Verdict.SECTION
    titles = {other.title.casefold() for other in heads}
    several = len(heads) > 1 and sum(other.marked or other.named for other in heads) > 1
    if several and len(titles) == len(heads) and _mostly(heads):
        return Verdict.BOTH if strong or one.asks else Verdict.SECTION
    return Verdict.QUESTION if strong or own else Verdict.SECTION


def _over_lines(roles: Roles, one: Opener, inner: Sequence[Opener]) -> Verdict:
    credited = roles.credits[one.at] > 0
    strong = one.marked or one.named or credited
    own = _has_own(roles, one, inner[0].at)
    labelled = any(other.form in (Form.LABELLED, Form.CALLOUT) for other in inner)
    folds = sum(other.form is Form.FOLD for other in inner)
    tested = any(roles.credits[other.at] for other in inner)
    if tested and own and strong and not labelled and not (credited and folds):
        return Verdict.BOTH
    if credited and not labelled and not folds:
        return Verdict.QUESTION
    sure = [other for other in inner if roles.is_strong(other)]
    filled = sum(roles.is_filled(other) or roles.credits[other.at] > 0 for other in sure)
    if labelled or (folds > 1 and not own) or (folds and not strong):
        return Verdict.SECTION
    if not own and sure and filled * 2 >= len(sure) and (len(sure) > 1 or not strong):
        return Verdict.SECTION
    if strong or (one.asks and own) or len(sure) < 2:
        return Verdict.QUESTION
    return Verdict.SECTION


def _mostly(heads: Sequence[Opener]) -> bool:
    return sum(one.marked or one.named for one in heads) * 5 >= 3 * len(heads)


def _has_own(roles: Roles, one: Opener, until: int) -> bool:
    """Whether words of its own stand between a heading and what asks first below it."""
    for line in roles.lines[one.last + 1 : until]:
        if line.kind is LineKind.HEADING:
            return False
        if not line.empty and line.kind is not LineKind.RULE:
            return True
    return False


def _settle_line(
    roles: Roles, one: Opener, openers: Sequence[Opener], places: Sequence[int], out: set[int]
) -> None:
    """What is nested in an item, a fold or a labelled question that asks belongs to it, but for
    items that all ask below one without any other answer."""
    if one.form is Form.ITEM:
        end = roles.outline.items[one.at]
    elif one.form is Form.FOLD:
        end = fold_end(roles, one)
    elif roles.credits[one.at]:
        end = _until_marked(one, openers, places)
    else:
        return
    inner = [
        other
        for other in openers[bisect_right(places, one.at) : bisect_left(places, end)]
        if other.at not in out
    ]
    if not inner:
        return
    if one.form is Form.ITEM and not one.rest and _only_follow_ups(roles, one, inner, end):
        return
    own = one.form in (Form.ITEM, Form.FOLD)
    out.update(other.at for other in inner if own or not roles.credits[other.at])


def _until_marked(one: Opener, openers: Sequence[Opener], places: Sequence[int]) -> int:
    """Where the items end that may belong to the answer of a line that asks."""
    for other in openers[bisect_right(places, one.at) :]:
        if other.form is not Form.ITEM or other.at >= one.end:
            return other.at
    return one.end


def _only_follow_ups(roles: Roles, one: Opener, inner: Sequence[Opener], end: int) -> bool:
    """Whether nothing but questions without answers stands nested below an item."""
    asked_at = {other.at for other in inner}
    return all(
        line.empty or at in asked_at
        for at, line in enumerate(roles.lines[one.last + 1 : end], one.last + 1)
    )


def fold_end(roles: Roles, one: Opener) -> int:
    """The index behind a fold's closing tag; the opener's end where it is never closed."""
    depth = 1
    for at in range(one.last, min(one.end, len(roles.lines))):
        text = roles.lines[at].text.casefold()
        if "details" not in text:
            continue
        for tag in DETAILS.findall(text):
            if tag == "</details":
                depth -= 1
            elif at > one.last and roles.unbalanced:
                return at
            elif at > one.last:
                depth += 1
            if depth <= 0:
                return at + 1
    return one.end


def _bounded(
    roles: Roles, chosen: Mapping[int, int], accepted: Mapping[int, tuple[float, str]]
) -> tuple[Asked, ...]:
    """The questions with their ends: at the next question, at a heading as high, at an END."""
    openers = [one for one in roles.candidates if one.at in chosen]
    ends = sorted((*roles.closings, *(first for first, _ in roles.keys)))
    loose = _loose(roles, openers)
    found = []
    for one, following in zip_longest(openers, openers[1:]):
        end = min(chosen[one.at], following.at if following else len(roles.lines))
        limit = roles.limit(one)
        counts_on = (
            one.ordered and following and key(following) == key(one) and limit > following.at
        )
        beside = one.form is Form.ITEM and _label_follows(roles, end)
        if one.form is Form.ITEM and (key(one) in loose or counts_on or beside):
            end = min(limit, following.at if following else len(roles.lines))
        elif one.form is Form.FOLD:
            end = min(end, max(fold_end(roles, one), one.last + 1))
        nth = bisect_right(ends, one.at)
        if nth < len(ends):
            end = min(end, ends[nth])
        score, why = accepted[one.at]
        found.append(Asked(one, max(end, one.last + 1), round(score, 2), why))
    return tuple(found)


def _label_follows(roles: Roles, end: int) -> bool:
    """Whether the next line with words, behind an item, is the label of an answer."""
    for line in roles.lines[end : end + 4]:
        if not line.empty:
            return roles.labels_at(line)
    return False


def _loose(roles: Roles, openers: Sequence[Opener]) -> frozenset[Key]:
    """Keys of items whose answers stand below them at the margin instead of inside them."""
    inside: Counter[Key] = Counter()
    below: Counter[Key] = Counter()
    for one, following in zip_longest(openers, openers[1:]):
        if one.form is not Form.ITEM:
            continue
        end = roles.outline.items[one.at]
        if end > one.last + 1 or one.rest:
            inside[key(one)] += 1
            continue
        limit = min(roles.limit(one), following.at if following else len(roles.lines))
        matter = [line for line in roles.lines[max(end, one.at + 1) : limit] if not line.empty]
        apart = bool(matter) and (matter[0].kind not in LISTED or roles.labels_at(matter[0]))
        below[key(one)] += apart
    return frozenset(form for form, count in below.items() if count > inside[form])
