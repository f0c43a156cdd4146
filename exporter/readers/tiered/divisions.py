"""Which headings divide a tiered document: its title, and its sets.

A set counts itself ("SET 1", "Part II") or leads straight to questions or to a set.  A heading as
high as the sets that interrupts one is a story's: where sets are closed by END markers, because its
set is still open; where the other sets count themselves, because it does not and is long.
"""

from collections.abc import Sequence
from itertools import pairwise

from exporter.readers.scan import Line, LineKind, undecorated
from exporter.readers.tiered import words
from exporter.readers.tiered.marks import Form, Mark, Sort

_LONG_STORY = 12
_TITLE = 100
_BELOW_ALL = 7


def title(found: Sequence[Mark], questions: frozenset[int], lines: Sequence[Line]) -> Mark | None:
    """The document's title: its first heading, unless that is a question, a set or one of several
    headings of its level that lead to questions."""
    first = next((mark for mark in found if mark.form is Form.HEADING), None)
    if first is None or first.sort not in (Sort.TITLE, Sort.COUNTED) or first.at in questions:
        return None
    before = any(not line.empty and line.kind is not LineKind.RULE for line in lines[: first.at])
    if words.is_set(first.title) or (before and first.level > 1):
        return None
    leading = {mark.at for mark in _leading(_heads(found), questions) if mark.level == first.level}
    return None if first.at in leading and len(leading) > 1 else first


def plain_title(found: Sequence[Mark], lines: Sequence[Line]) -> Mark | None:
    """The title of a document without headings: its first line, if that is short, stands alone
    above everything else and is no sentence."""
    at = next((at for at, line in enumerate(lines) if not line.empty), len(lines))
    before = [mark for mark in found if mark.form is Form.HEADING or mark.at <= at]
    if before or at + 1 >= len(lines) or not lines[at + 1].empty:
        return None
    text = lines[at].text
    name = undecorated(text)
    short = lines[at].kind is LineKind.TEXT and len(name) <= _TITLE
    if not short or not name or text.rstrip("*_").endswith((".", ":", ",", ";", "!", "?")):
        return None
    return Mark(at, Sort.TITLE, Form.PLAIN, 0, name)


def _heads(found: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in found if mark.sort not in (Sort.TIER, Sort.PART)]


def _leading(heads: Sequence[Mark], questions: frozenset[int]) -> list[Mark]:
    """Headings that are no question and have one next."""
    return [
        mark
        for mark, following in pairwise(heads)
        if mark.at not in questions and following.at in questions and mark.sort is not Sort.END
    ]


def sets(
    found: Sequence[Mark], questions: frozenset[int], name: Mark | None, lines: Sequence[Line]
) -> frozenset[int]:
    """Places of the headings that open sets; looked at from the end, as a heading that leads to a
    set is one too."""
    heads = _heads(found)
    stories = _stories(heads, questions, lines)
    opened: set[int] = set()
    deepest = _BELOW_ALL
    following: Mark | None = None
    for mark in reversed(heads):
        if mark.at in questions:
            deepest = min(mark.level, _BELOW_ALL)
        elif mark.sort in (Sort.TITLE, Sort.COUNTED) and mark is not name:
            leads = following is not None and (
                following.at in questions
                or (following.at in opened and following.level > mark.level)
            )
            divides = leads and mark.level < deepest and mark.at not in stories
            if divides or (_counts(mark, lines) and mark.level <= deepest):
                opened.add(mark.at)
        following = mark
    return frozenset(opened) - _within_stories(heads, questions, opened, name, lines)


def _counts(mark: Mark, lines: Sequence[Line]) -> bool:
    return words.is_set(undecorated(lines[mark.at].text))


def _within_stories(
    heads: Sequence[Mark],
    questions: frozenset[int],
    opened: set[int],
    name: Mark | None,
    lines: Sequence[Line],
) -> set[int]:
    """Headings that lead to a question only because a higher heading's story ends with them."""
    within: set[int] = set()
    story: int | None = None
    asked = False
    for mark in heads:
        if mark.at in questions or mark.sort is Sort.END:
            story, asked = None, True
        elif mark.at not in opened:
            told = asked and mark is not name and mark.form is Form.HEADING
            story = min(mark.level, story or mark.level) if told else story
        elif story is not None and mark.level > story and not _counts(mark, lines):
            within.add(mark.at)
        else:
            story = None
    return within


def _stories(
    heads: Sequence[Mark], questions: frozenset[int], lines: Sequence[Line]
) -> frozenset[int]:
    """Headings before a question that interrupt a set as high as they are."""
    leading = _leading(heads, questions)
    counting = {m.level for m in heads if m.at not in questions and _counts(m, lines)}
    ends = [mark.at for mark in heads if mark.sort is Sort.END]
    after = {mark.at: following.at for mark, following in pairwise(heads)}
    found: set[int] = set()
    for level in sorted({mark.level for mark in leading}):
        rivals = [mark for mark in leading if mark.level == level]
        inner = sum(end < rivals[-1].at for end in ends)
        closed = inner > 0 and 2 * inner >= len(rivals) - 1
        opened: int | None = None
        for mark in rivals:
            inside = lines[mark.at + 1 : after[mark.at]]
            long = sum(not line.empty for line in inside) > _LONG_STORY
            interrupts = opened is not None and not any(opened < end < mark.at for end in ends)
            if _counts(mark, lines) or not (interrupts if closed else level in counting and long):
                opened = mark.at
            else:
                found.add(mark.at)
    return frozenset(found)
