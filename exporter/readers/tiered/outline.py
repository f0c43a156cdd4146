"""What each mark of a tiered document is: question, set, story, END; and the blocks they open.

Nothing is fixed beforehand, levels least of all: a question is what a number (``Q1``) or tiers
below it make one, a set is what counts itself (``SET 1``) or directly leads to questions, and a
heading that is neither opens a story, which lasts to the next question, set or END marker.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from exporter.readers.scan import Line
from exporter.readers.tiered import divisions
from exporter.readers.tiered.asking import questions
from exporter.readers.tiered.marks import Form, Mark, Sort, marks


class Role(Enum):
    """What a block is.  OPENING is what stands before the first set or question, AFTER what
    follows an END marker."""

    OPENING = auto()
    SET = auto()
    QUESTION = auto()
    STORY = auto()
    AFTER = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines ``start`` to before ``end`` (indexes); ``mark`` opens it, of an OPENING the title's.

    ``marks`` are those inside, ``section`` the titles of the sets around it."""

    role: Role
    mark: Mark | None
    start: int
    end: int
    marks: tuple[Mark, ...]
    section: tuple[str, ...]


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The document in blocks, without a gap."""
    found = marks(lines)
    asked = questions(found, lines)
    headed = any(mark.form is Form.HEADING for mark in asked)
    by_place = {mark.at: mark for mark in found if not (headed and _is_plain_title(mark))}
    by_place.update({mark.at: mark for mark in asked})
    ordered = tuple(by_place[at] for at in sorted(by_place))
    places = frozenset(mark.at for mark in asked)
    title = divisions.title(ordered, places, lines)
    if title is None and (title := divisions.plain_title(ordered, lines)):
        ordered = (title, *ordered)
    sets = divisions.sets(ordered, places, title, lines)
    return tuple(_blocks(ordered, places, sets, title, len(lines)))


def _is_plain_title(mark: Mark) -> bool:
    return mark.sort is Sort.TITLE and mark.form is not Form.HEADING


def _blocks(
    found: Sequence[Mark],
    places: frozenset[int],
    sets: frozenset[int],
    title: Mark | None,
    size: int,
) -> Iterator[Block]:
    stack: list[tuple[int, str]] = []
    block = Block(Role.OPENING, None, 0, size, (), ())
    for mark in found:
        role = _role(mark, block, places, sets, title)
        if role is None:
            if mark is title:
                block = replace(block, mark=title)
            block = replace(block, marks=(*block.marks, mark))
            continue
        yield replace(block, end=mark.at)
        if role is Role.SET:
            stack = [entry for entry in stack if entry[0] < mark.level]
            stack.append((mark.level, mark.title))
        elif role is Role.AFTER:
            stack = stack[:-1]
        block = Block(role, mark, mark.at, size, (), tuple(name for _, name in stack))
    yield block


def _role(
    mark: Mark,
    block: Block,
    places: frozenset[int],
    sets: frozenset[int],
    title: Mark | None,
) -> Role | None:
    """Which block ``mark`` opens; None where it belongs to the block before."""
    if mark.at in places:
        return Role.QUESTION
    if mark.at in sets:
        return Role.SET
    if mark.sort is Sort.END:
        return Role.AFTER
    heading = mark.sort in (Sort.TITLE, Sort.COUNTED, Sort.QUESTION)
    if not heading or mark.form is not Form.HEADING or mark is title:
        return None
    if block.role is Role.AFTER:
        return Role.STORY
    asked = block.mark if block.role is Role.QUESTION else None
    return Role.STORY if asked and mark.level <= asked.level else None
