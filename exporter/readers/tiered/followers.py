"""Unmarked questions that follow marked ones: a list that goes on asking below the last puzzle.

    **Q2. What does this print?**
    …
    Output: 1

    1. What is a decorator?
       Short: A wrapper.

Were it not a question, what stands under its tiers would be read into the answer above.  A line
counts only if it asks, stands directly above a tier, and that tier can't be the upper question's:
a puzzle has none, and no other question has the same one twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.readers.scan import LISTED, Line, LineKind
from exporter.readers.tiered.marks import Form, Mark, Sort
from exporter.readers.tiered.unmarked import asking
from exporter.readers.tiered.words import Part


@dataclass(slots=True)
class _Upper:
    """The question above, and what of it has been seen; ``number`` counts the lines found."""

    mark: Mark
    output: bool = False
    tiers: set[object] = field(default_factory=set)
    number: int = 0


def questions(found: Sequence[Mark], lines: Sequence[Line], marked: Sequence[Mark]) -> list[Mark]:
    """The lines that ask, in order, as marks."""
    asked = {mark.at for mark in marked}
    places = {mark.at for mark in found}
    upper: _Upper | None = None
    followers: list[Mark] = []
    for mark in found:
        if mark.at in asked:
            upper = _Upper(mark)
        elif mark.sort not in (Sort.TIER, Sort.PART):
            upper = None
        elif upper and mark.sort is Sort.PART:
            upper.output |= mark.means is Part.OUTPUT and _fenced(lines[upper.mark.at : mark.at])
        elif upper:
            above = _above(lines, mark.at)
            inside = above > upper.mark.at and above not in places
            inside = inside and not (upper.number == 0 and _listed(lines, upper.mark.at, above))
            if inside and _follows(upper, mark, lines[above], lines[mark.at]):
                followers.append(asking(above, lines[above]))
                upper.number = _number(lines[above])
                upper.tiers = set()
            upper.tiers.add(mark.means)
    return followers


def _fenced(lines: Sequence[Line]) -> bool:
    return any(line.kind is LineKind.FENCE for line in lines)


def _above(lines: Sequence[Line], at: int) -> int:
    return next((other for other in range(at - 1, -1, -1) if not lines[other].empty), -1)


def _follows(upper: _Upper, tier: Mark, line: Line, label: Line) -> bool:
    nested = upper.output and line.kind is LineKind.NUMBERED and label.indent > line.indent
    asks = nested or line.text.rstrip("*_ ").endswith("?")
    if line.kind not in (LineKind.TEXT, *LISTED) or not asks:
        return False
    fresh = not upper.tiers or tier.means in upper.tiers
    counts = upper.number > 0 and _number(line) == upper.number + 1
    weak = upper.output or upper.mark.form is not Form.HEADING
    return (fresh and weak and (upper.output or bool(upper.tiers))) or counts


def _listed(lines: Sequence[Line], start: int, at: int) -> bool:
    """Whether a numbered line goes on with a list of the upper question's own."""
    before = [_number(line) for line in lines[start:at] if line.indent == lines[at].indent]
    return _number(lines[at]) > 1 and _number(lines[at]) - 1 in before


def _number(line: Line) -> int:
    return int(line.marker.rstrip(".)")) if line.kind is LineKind.NUMBERED else 0
