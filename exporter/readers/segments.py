"""What belongs to one question, cut at the labels of its parts: tiers, answer, explanation, output.

Which labels count is decided per question: the most deliberate form in use (a heading is written on
purpose, a line "Medium: …" may be prose), and of tiers those that begin or deepen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, auto
from itertools import pairwise

from exporter.model import Markdown, Tier
from exporter.readers import labels
from exporter.readers.labels import Label
from exporter.readers.outline import Form, Opener
from exporter.readers.scan import LISTED, Line, LineKind, markdown, trimmed
from exporter.readers.vocabulary import Word


class Weight(IntEnum):
    """How deliberately a label is written."""

    INLINE = auto()
    PLAIN = auto()
    BOLD = auto()
    HEADING = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A label inside a question: ``at`` is its index in the document, ``last`` that of the last
    line of its head, ``level`` a heading's, else 7 for bold and folds, 8; ``whole`` is a heading's
    text."""

    at: int
    last: int
    weight: Weight
    level: int
    label: Label
    fold: bool = False
    whole: str = ""

    @property
    def tier(self) -> Tier | None:
        return self.label.means if isinstance(self.label.means, Tier) else None

    @property
    def word(self) -> Word | None:
        return None if isinstance(self.label.means, Tier) else self.label.means


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines under one label; ``label`` is None for those before the first.  ``lines`` includes the
    label's line only where text follows the label on it (``rest``)."""

    label: Label | None
    lines: tuple[Line, ...]
    rest: str = ""
    mark: Mark | None = None

    @property
    def text(self) -> Markdown:
        """Everything below the label, the rest of its own line first."""
        lines = self.lines[1:] if self.rest else self.lines
        gap = "\n\n" if lines and lines[0].empty else "\n"
        return Markdown(gap.join(part for part in (self.rest, markdown(trimmed(lines))) if part))


_BOLD = re.compile(r"[^\w*`\"'“‘(\[{<]*(?:\*{1,3}|_{1,3})\S")
_LABEL_WORDS = 3
_DEPTHS = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)


def marks(openers: Sequence[Opener], lines: Sequence[Line]) -> tuple[Mark, ...]:
    """The labels among a question's openers, in order."""
    return tuple(mark for one in openers if (mark := _mark(one, lines)) is not None)


def _mark(one: Opener, lines: Sequence[Line]) -> Mark | None:
    found = one.means
    if found is None:
        return None
    line = lines[one.at]
    if one.form is Form.HEADING:
        return Mark(one.at, one.last, Weight.HEADING, one.rank, found, whole=one.title)
    if one.form in (Form.FOLD, Form.CALLOUT):
        rest = one.rest or found.rest
        return Mark(one.at, one.last, Weight.BOLD, 7, replace(found, rest=rest), fold=True)
    bold = bool(_BOLD.match(line.text))
    enclosed = bold and line.text.count("**") == 2 and line.text.rstrip().endswith("**")
    if enclosed and found.rest and isinstance(found.means, Tier):
        return None  # a bold sentence that begins with the word, no label
    if not bold and line.kind in LISTED and not re.search(r"[:：]", line.text):
        return None
    plain = Weight.INLINE if found.rest else Weight.PLAIN
    weight = Weight.BOLD if bold else plain
    return Mark(one.at, one.last, weight, 7 if bold else 8, found)


def cut(lines: Sequence[Line], first: int, last: int, at: Sequence[Mark]) -> tuple[Segment, ...]:
    """The lines from index ``first`` to before ``last`` cut at ``at``; first what stands before."""
    places = [mark.at for mark in at]
    lead = Segment(None, tuple(trimmed(lines[first : places[0] if places else last])))
    return (lead, *map(_segment, at, _between(lines, at, last)))


def _between(lines: Sequence[Line], at: Sequence[Mark], last: int) -> Iterator[Sequence[Line]]:
    ends = [*(mark.at for mark in at[1:]), last]
    for mark, end in zip(at, ends, strict=True):
        yield (lines[mark.at], *lines[mark.last + 1 : end])


def _segment(mark: Mark, lines: Sequence[Line]) -> Segment:
    below = tuple(trimmed(lines[1:]))
    rest = mark.label.rest
    if not rest:
        return Segment(mark.label, below, mark=mark)
    brief = len(rest.split()) <= _LABEL_WORDS and not rest.endswith((".", "!", "?", "`"))
    if mark.tier and mark.weight is Weight.HEADING and below and brief:
        whole = replace(mark.label, name=mark.whole, rest="")
        return Segment(whole, below, mark=mark)
    return Segment(mark.label, tuple(trimmed(lines)), rest, mark=mark)


def tiers(found: Sequence[Mark]) -> tuple[Mark, ...]:
    """Those of a question's labels that open tiers.

    The most deliberate form in use decides; a weaker one opens a tier only if it is new and deeper
    than the last, and a line ``Long: …`` under headings not even then: prose has such lines.  Weak
    words need another depth beside them; one that pack.toml teaches needs nothing.
    """
    found = _without_weak([mark for mark in found if mark.tier])
    top = max(map(_weight, found), default=(Weight.HEADING, True))
    level = min((mark.level for mark in found), default=0)
    chosen: list[Mark] = []
    for mark in found:
        if _opens(mark, chosen, top, level):
            chosen.append(mark)
    return tuple(chosen)


def _without_weak(found: Sequence[Mark]) -> list[Mark]:
    depths = {mark.tier for mark in found}
    strong = {mark.tier for mark in found if not mark.label.weak}
    if len(depths) > 1:
        return [mark for mark in found if not (mark.label.weak and mark.tier in strong)]
    return [mark for mark in found if not mark.label.weak]


def _opens(mark: Mark, chosen: Sequence[Mark], top: tuple[Weight, bool], level: int) -> bool:
    new = all(mark.tier is not other.tier for other in chosen)
    deeper = not chosen or _depth(mark) > _depth(chosen[-1])
    alike = not chosen or _alike(mark.label.name, chosen[0].label.name)
    if mark.weight is Weight.HEADING:
        return mark.level == level
    if mark.label.taught:
        return new
    if _weight(mark) == top:
        return (new and alike) if mark.label.rest else (new or mark.weight is Weight.BOLD)
    spoken = mark.weight is Weight.INLINE and top >= (Weight.BOLD, False)
    return new and deeper and (mark.label.name.isupper() or not spoken)


_ABBREVIATED = re.compile(r"tl;?dr", re.IGNORECASE)


def _alike(name: str, other: str) -> bool:
    """Whether two labels are in the same case; an abbreviation's case says nothing."""
    abbreviated = _ABBREVIATED.match(name) or _ABBREVIATED.match(other)
    return bool(abbreviated) or name.isupper() is other.isupper()


def _weight(mark: Mark) -> tuple[Weight, bool]:
    return mark.weight, mark.weight is Weight.HEADING or not mark.label.rest


def _depth(mark: Mark) -> int:
    return _DEPTHS.index(mark.tier) if mark.tier else 0


def strangers(
    heads: Sequence[Opener], opened: Sequence[Mark], taken: frozenset[int]
) -> tuple[Opener, ...]:
    """Headings as high as a question's tiers that are none: they end the tier above."""
    if not opened or opened[0].weight is not Weight.HEADING:
        return ()
    return tuple(
        one
        for one in heads
        if one.at > opened[0].at
        and one.rank <= opened[0].level
        and one.at not in taken
        and not labels.is_companion(one.title)
    )


def fences(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """First and last index of every fenced block; one that never closes goes to the end."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for at, line in enumerate(lines):
        if line.kind is not LineKind.FENCE:
            continue
        if first is None:
            first = at
        elif any(one.kind is LineKind.TEXT for one in lines[first + 1 : at]):
            found.append((first, at - 1))  # never closed: what follows is no code
            first = at
        else:
            found.append((first, at))
            first = None
    if first is not None:
        found.append((first, len(lines) - 1))
    return tuple(found)


def code_labels(lead: Sequence[Line]) -> tuple[Line, ...]:
    """Lines directly above code that say no more than that it follows."""
    filled = [line for line in lead if not line.empty]
    return tuple(
        line
        for line, below in pairwise(filled)
        if line.kind is LineKind.TEXT
        and below.kind is LineKind.FENCE
        and labels.names_code(line.text)
    )
