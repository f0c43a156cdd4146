"""Lines that title what follows without being headings: read as headings, so that the readers of
checklists and guides need to know one form only.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from exporter.readers import shapes
from exporter.readers.items import Item, items, opens
from exporter.readers.scan import Line, LineKind, bold

_CATEGORY = 2  # the level given to them
_WORDS = 7


def categories(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``**1. Joins**`` above a list, and bullets which all have counted entries nested below."""
    filled = [line for line in lines if not line.empty]
    titled = {above.number for above, below in pairwise(filled) if _names_list(above, below)}
    margin = [line for line in filled if line.kind is LineKind.BULLET and not line.indent]
    nested = {above.number for above, below in pairwise(filled) if _nests(above, below)}
    if all(line.number in nested for line in margin):
        titled |= {line.number for line in margin}
    return _raised(lines, titled)


def areas(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``✅ **Topics**`` above a list without its emoji, which is no box to tick there; and in a
    document without headings, short lines behind a blank one and directly above a label, or alone
    and counted from 1."""
    lines = tuple(
        replace(line, text=shapes.unmarked(line.text)) if _ticked_label(line, below) else line
        for line, below in zip_longest(lines, lines[1:])
    )
    if any(line.kind is LineKind.HEADING for line in lines):
        return lines
    titled: set[int] = set()
    free = True
    for line, below in pairwise(lines):
        if free and _titles(line) and _is_label(below):
            titled.add(line.number)
        free = line.empty or line.kind is LineKind.RULE
    titled |= _counted_alone(lines)
    return _raised(_with_title(lines) if titled else lines, titled)


def _counted_alone(lines: Sequence[Line]) -> set[int]:
    """Short numbered lines with a blank one above and no other number below, if they count up."""
    filled = [line for line in lines if not line.empty]
    alone = [
        line
        for line, below in pairwise(filled)
        if line.kind is LineKind.NUMBERED and below.kind is not LineKind.NUMBERED and _titles(line)
    ]
    behind = {below.number for above, below in pairwise(lines) if above.empty} | {1}
    counts = [int(line.marker[:-1]) for line in alone] == list(range(1, len(alone) + 1))
    free = all(line.number in behind for line in alone)
    return {line.number for line in alone} if len(alone) > 1 and counts and free else set()


def _with_title(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The first line, if it is short and stands alone, as the document's heading."""
    first, below = [*[at for at, line in enumerate(lines) if not line.empty][:2], 0][:2]
    alone = below > first + 1 and _titles(lines[first])
    title = replace(lines[first], kind=LineKind.HEADING, level=1, text=_whole(lines[first]))
    return (*lines[:first], title, *lines[first + 1 :]) if alone else tuple(lines)


def _raised(lines: Sequence[Line], numbers: set[int]) -> tuple[Line, ...]:
    return tuple(
        replace(line, kind=LineKind.HEADING, level=_CATEGORY, text=_whole(line))
        if line.number in numbers
        else line
        for line in lines
    )


def _whole(line: Line) -> str:
    return f"{line.marker} {line.text}" if line.kind is LineKind.NUMBERED else line.text


def _counted(line: Line) -> Item | None:
    return next((item for item in items([line]) if item.counted), None) if opens(line) else None


def _names_list(line: Line, below: Line) -> bool:
    """Whether a bold line with a number in it stands above entries of another form."""
    named = line.kind is LineKind.TEXT and bold(shapes.unmarked(line.text)) and _counted(line)
    return bool(named) and opens(below) and bold(shapes.unmarked(below.text)) is None


def _nests(line: Line, below: Line) -> bool:
    plain = line.kind is LineKind.BULLET and not line.indent and _counted(line) is None
    return plain and below.indent > line.indent and _counted(below) is not None


def _ticked_label(line: Line, below: Line | None) -> bool:
    plain = shapes.unmarked(line.text)
    bare = line.kind is LineKind.TEXT and plain != line.text and bold(plain) is not None
    return bare and below is not None and opens(below) and bold(shapes.unmarked(below.text)) is None


def _titles(line: Line) -> bool:
    numbered = line.kind is LineKind.NUMBERED
    short = len(line.text.split()) <= _WORDS and not line.text.endswith((".", "!", "?", ",", ";"))
    plain = line.kind is LineKind.TEXT and not _is_label(line)
    return (numbered or plain) and short and not line.indent


def _is_label(line: Line) -> bool:
    """Whether a line is a label as a whole, or begins with one."""
    return line.kind is LineKind.TEXT and shapes.labelled(line) is not None
