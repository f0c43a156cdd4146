"""What each mark of a tiered document is: question, set, story, END; and the blocks they open.

Nothing is fixed beforehand, levels least of all: a question is what a number (``Q1``) or tiers
below it make one, a set is what counts itself (``SET 1``) or directly leads to questions, and a
heading that is neither opens a story, which lasts to the next question, set or END marker.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from exporter.readers.scan import Line, LineKind, undecorated
from exporter.readers.tiered import words
from exporter.readers.tiered.marks import Form, Mark, Sort, marks

_LONG_STORY = 12
_BELOW_ALL = 7


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
    asked = _questions(found, lines) or _weak_questions(found, lines)
    by_place = {mark.at: mark for mark in (*found, *asked)}
    if any(mark.form is Form.HEADING for mark in asked):
        plain = [at for at, m in by_place.items() if m.sort is Sort.TITLE and m.form < Form.HEADING]
        by_place = {at: mark for at, mark in by_place.items() if at not in plain or mark in asked}
    ordered = tuple(by_place[at] for at in sorted(by_place))
    questions = frozenset(mark.at for mark in asked)
    title = _title(ordered, questions, lines)
    sets = _sets(ordered, questions, title, lines)
    return tuple(_blocks(ordered, questions, sets, title, len(lines)))


def _questions(found: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    numbered = [mark for mark in found if mark.sort is Sort.QUESTION]
    sure = [mark for mark in numbered if _leads_to_tier(mark, found, lines)]
    form = max((mark.form for mark in sure or numbered), default=Form.HEADING)
    asked = [mark for mark in numbered if mark.form is form or mark in sure]
    first = asked[0].at if asked else 0
    others = [
        mark
        for mark in found
        if mark.sort in (Sort.COUNTED, Sort.TITLE)
        and mark.at >= first
        and _leads_to_tier(mark, found, lines)
    ]
    return asked + others + _unconfirmed(found, asked, others)


def _unconfirmed(
    found: Sequence[Mark], asked: Sequence[Mark], others: Sequence[Mark]
) -> list[Mark]:
    """Headings like those that are questions mostly: counted ones, or asking ones."""
    counted = [mark for mark in others if mark.sort is Sort.COUNTED]
    bare = [mark for mark in others if mark.sort is Sort.TITLE]
    taken = {mark.at for mark in others}
    if len(counted) > len(asked):
        return [
            mark
            for mark in found
            if mark.sort is Sort.COUNTED
            and mark.at not in taken
            and mark.level in {other.level for other in counted}
        ]
    if len(bare) > len(asked):
        return [
            mark
            for mark in found
            if mark.sort is Sort.TITLE
            and mark.at not in taken
            and mark.title.endswith("?")
            and mark.level in {other.level for other in bare}
        ]
    return []


def _leads_to_tier(mark: Mark, found: Sequence[Mark], lines: Sequence[Line]) -> bool:
    """Whether the next mark is a tier below this one, or, behind code, a part of a puzzle."""
    following = next((other for other in found if other.at > mark.at), None)
    if following is None:
        return False
    between = lines[mark.at + 1 : following.at]
    if following.form is Form.INLINE and any(not line.empty for line in between):
        return False
    asks = mark.sort is not Sort.TITLE or mark.title.endswith("?")
    if following.sort is Sort.PART:
        return asks and any(line.kind is LineKind.FENCE for line in between)
    if following.level < mark.level or (following.level == mark.level and not asks):
        return False
    return following.sort is Sort.TIER


def _weak_questions(found: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    """Where nothing is marked as a question: lines directly above a document's tiers."""
    tiers = {mark.at for mark in found if mark.sort is Sort.TIER}
    asked: list[Mark] = []
    above = -1
    for at, line in enumerate(lines):
        if line.empty:
            continue
        if at in tiers and above >= 0 and above not in tiers:
            asked += _above(above, lines[above])
        above = at
    return asked


def _above(at: int, line: Line) -> list[Mark]:
    text = undecorated(line.text)
    if line.kind is LineKind.NUMBERED:
        return [Mark(at, Sort.COUNTED, Form.PLAIN, 8, text, line.marker.rstrip(".)"))]
    if line.kind is LineKind.BULLET or (line.kind is LineKind.TEXT and _asks(line.text)):
        return [Mark(at, Sort.TITLE, Form.PLAIN, 8, text)]
    return []


def _asks(text: str) -> bool:
    return text.rstrip("*_ ").endswith("?") or undecorated(text) != text


def _title(found: Sequence[Mark], questions: frozenset[int], lines: Sequence[Line]) -> Mark | None:
    """The document's title: its first heading, unless that is a question, a set or one of several
    headings of its level that lead to questions."""
    first = next((mark for mark in found if mark.form is Form.HEADING), None)
    if first is None or first.sort not in (Sort.TITLE, Sort.COUNTED) or first.at in questions:
        return None
    before = any(not line.empty and line.kind is not LineKind.RULE for line in lines[: first.at])
    if words.is_set(first.title) or (before and first.level > 1):
        return None
    heads = _heads(found)
    rivals = [
        mark
        for mark in heads
        if mark.level == first.level and mark is not first and _leads(mark, heads, questions)
    ]
    return None if rivals and _leads(first, heads, questions) else first


def _heads(found: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in found if mark.sort not in (Sort.TIER, Sort.PART)]


def _leads(mark: Mark, heads: Sequence[Mark], questions: frozenset[int]) -> bool:
    following = next((other for other in heads if other.at > mark.at), None)
    return following is not None and following.at in questions


def _sets(
    found: Sequence[Mark], questions: frozenset[int], title: Mark | None, lines: Sequence[Line]
) -> frozenset[int]:
    """Places of the headings that open sets; looked at from the end, as a heading that leads to a
    set is one too."""
    heads = _heads(found)
    counting = {m.level for m in heads if m.at not in questions and words.is_set(_whole(m, lines))}
    sets: set[int] = set()
    deepest = _BELOW_ALL
    for here in range(len(heads) - 1, -1, -1):
        mark = heads[here]
        if mark.at in questions:
            deepest = min(mark.level, _BELOW_ALL)
        elif mark.sort not in (Sort.TITLE, Sort.COUNTED) or mark is title:
            continue
        elif mark.level < deepest or words.is_set(_whole(mark, lines)):
            following = heads[here + 1] if here + 1 < len(heads) else None
            leads = following is not None and (
                following.at in questions or (following.at in sets and following.level > mark.level)
            )
            if words.is_set(_whole(mark, lines)) or (
                leads and not _interrupts(heads, here, counting, questions, lines)
            ):
                sets.add(mark.at)
    return frozenset(sets)


def _whole(mark: Mark, lines: Sequence[Line]) -> str:
    return undecorated(lines[mark.at].text)


def _interrupts(
    heads: Sequence[Mark],
    here: int,
    counting: set[int],
    questions: frozenset[int],
    lines: Sequence[Line],
) -> bool:
    """Whether a heading as high as the sets is a story: where sets are closed by END markers, the
    set before it is not; where the others count, this one does not and is long."""
    mark = heads[here]
    rivals = [
        at
        for at, other in enumerate(heads)
        if other.level == mark.level and at != here and _leads(other, heads, questions)
    ]
    ends = [at for at, other in enumerate(heads) if other.sort is Sort.END]
    if len(ends) >= max(1, len(rivals) - 1) and any(at < here for at in rivals):
        return max(at for at in rivals if at < here) > max(
            (at for at in ends if at < here), default=-1
        )
    stop = heads[here + 1].at if here + 1 < len(heads) else len(lines)
    long = sum(not line.empty for line in lines[mark.at + 1 : stop]) > _LONG_STORY
    return mark.level in counting and long


def _blocks(
    found: Sequence[Mark],
    questions: frozenset[int],
    sets: frozenset[int],
    title: Mark | None,
    size: int,
) -> Iterator[Block]:
    stack: list[tuple[int, str]] = []
    block = Block(Role.OPENING, None, 0, size, (), ())
    for mark in found:
        role = _role(mark, block, questions, sets, title)
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
    questions: frozenset[int],
    sets: frozenset[int],
    title: Mark | None,
) -> Role | None:
    """Which block ``mark`` opens; None where it belongs to the block before."""
    if mark.at in questions:
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
