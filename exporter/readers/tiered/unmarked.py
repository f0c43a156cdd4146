"""Questions of a document that marks none: list items and lines directly above its tiers.

    ## Hooks
    1. **What does `useEffect` do?**
       - **Short:** It runs after render.

A heading above such a list names a topic and asks nothing.  A list inside an answer stands above
the next tier too, so an item counts only if the tier is nested in it, if the tiers begin again
there, or if it asks and is written like the first.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.readers.scan import Line, LineKind, undecorated
from exporter.readers.tiered import words
from exporter.readers.tiered.marks import Form, Mark, Sort

_ITEMS = (LineKind.NUMBERED, LineKind.BULLET)


@dataclass(frozen=True, slots=True)
class _Led:
    """A tier, and the line directly above it if that may ask (index -1 if not)."""

    tier: Mark
    above: int
    nested: bool = False


def questions(found: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    """The lines that ask, in order."""
    places = {one.above for one in _asking(_led(found, lines), lines)}
    places |= _detailed(found, lines, places)
    return [asking(at, lines[at]) for at in sorted(places)]


def _detailed(found: Sequence[Mark], lines: Sequence[Line], places: set[int]) -> set[int]:
    """Numbered lines that ask and count on, and have words between them and their tiers."""
    margins = {lines[at].indent for at in places if lines[at].kind is LineKind.NUMBERED}
    tiers = {mark.at for mark in found if mark.sort in (Sort.TIER, Sort.PART)}
    detailed: set[int] = set()
    asked, waiting = 0, -1
    for at, line in enumerate(lines):
        if at in tiers:
            if waiting >= 0:
                detailed.add(waiting)
                asked = _number(lines[waiting])
            waiting = -1
        elif at in places:
            asked, waiting = _number(line), -1
        elif line.kind is LineKind.HEADING:
            waiting = -1
        elif _counts(line) and line.indent in margins and _number(line) == asked + 1:
            waiting = at
    return detailed


def _number(line: Line) -> int:
    return int(line.marker.rstrip(".)")) if line.kind is LineKind.NUMBERED else 0


def topics(found: Sequence[Mark], lines: Sequence[Line]) -> frozenset[int]:
    """Places of the headings that ask nothing because the lines below them do."""
    heads = [mark for mark in found if mark.form is Form.HEADING]
    places = [mark.at for mark in heads]
    below: list[list[_Led]] = [[] for _ in range(len(heads) + 1)]
    for one in _led(found, lines):
        below[bisect_right(places, one.tier.at)].append(one)
    return frozenset(
        head.at
        for head, led in zip(heads, below[1:], strict=True)
        if head.sort in (Sort.TITLE, Sort.COUNTED) and _is_topic(head, led, lines)
    )


def _is_topic(head: Mark, led: Sequence[_Led], lines: Sequence[Line]) -> bool:
    asking = [one for one in _asking(led, lines) if one.above > head.at]
    sure = [one for one in asking if one.nested or _counts(lines[one.above])]
    return bool(sure or len(asking) > 1) and not head.title.endswith("?")


def _counts(line: Line) -> bool:
    return line.kind is LineKind.NUMBERED and _asks(line)


def _led(found: Sequence[Mark], lines: Sequence[Line]) -> tuple[_Led, ...]:
    tiers = {mark.at: mark for mark in found if mark.sort is Sort.TIER}
    led: list[_Led] = []
    above = -1
    for at, line in enumerate(lines):
        if line.empty:
            continue
        if at in tiers:
            asks = above >= 0 and above not in tiers and _can_ask(lines[above])
            nested = asks and _nested(lines[above], line)
            led.append(_Led(tiers[at], above if asks else -1, nested))
        above = at
    return tuple(led)


def _can_ask(line: Line) -> bool:
    return line.kind in _ITEMS or (line.kind is LineKind.TEXT and _asks(line))


def _asking(led: Sequence[_Led], lines: Sequence[Line]) -> Iterator[_Led]:
    """Those whose line above does not merely end the tier before."""
    seen: set[object] = set()
    first: Line | None = None
    for one in led:
        if one.above >= 0:
            line = lines[one.above]
            again = not seen or one.tier.means in seen
            if again or one.nested or (_asks(line) and first and _form(line) == _form(first)):
                seen, first = set(), first or line
                yield one
        seen.add(one.tier.means)


def _form(line: Line) -> tuple[LineKind, int, bool]:
    return line.kind, line.indent, line.text.startswith(("**", "__"))


def _nested(item: Line, tier: Line) -> bool:
    """Whether the tier is an entry of the item above it."""
    return item.kind in _ITEMS and tier.kind in _ITEMS and tier.indent > item.indent


def _asks(line: Line) -> bool:
    text = line.text.strip()
    return text.rstrip("*_ ").endswith("?") or undecorated(text) != text


def asking(at: int, line: Line) -> Mark:
    """The mark of a line that asks without one."""
    text = undecorated(line.text)
    if numbered := words.question(text):
        return Mark(at, Sort.QUESTION, Form.PLAIN, 8, numbered.title, numbered.label)
    if line.kind is LineKind.NUMBERED:
        return Mark(at, Sort.COUNTED, Form.PLAIN, 8, text, line.marker.rstrip(".)"))
    return Mark(at, Sort.TITLE, Form.PLAIN, 8, text)
