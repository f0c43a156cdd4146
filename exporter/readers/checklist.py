"""Checklists: numbered topics, or topics with a box to tick, in categories.

A topic's nested lines stay with it, in its title; boxes nested below boxes are topics of their own.
Categories are headings, bold lines, or lines like ``A. Internals``; they keep their letter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from statistics import median

from exporter.model import Reading, ReadingKind, Topic
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.readers import shapes, titles
from exporter.readers.draft import Draft
from exporter.readers.items import Item, blocks, items, opens
from exporter.readers.scan import (
    Accounts,
    Line,
    LineKind,
    bold,
    location,
    markdown,
    undecorated,
)

_FEW = 5  # topics below which a list is no checklist
_FEW_BOXED = 3  # the same where each has a box to tick, as hardly anything else has
_MANY = 10  # plain bullets from which one may be
_SHARE = 0.6  # of the lines with words, at least so many are topics
_LONG = 80  # characters; topics are names, not sentences
_TITLE = 100
_LETTERED = re.compile(
    r"(?:(?:category|section|part|block|teil)\s+)?[A-Z][.):]\s+\S|[A-Z]\s+[-–—]\s+\S"
)
_ABOUT = re.compile(
    r"\b(?:how to|usage|legend|notes?|tips?|instructions?|about|introduction|overview|goals?"
    r"|resources|progress|licen[cs]e|contributing|anleitung|hinweise?)\b",
    re.IGNORECASE,
)


def detect(lines: Sequence[Line]) -> bool:
    """Whether most lines are short topics, counted by the author or in lettered categories."""
    lines = shapes.framed(lines)
    if shapes.tiers(lines) >= 2 or shapes.days(lines) >= 3:
        return False
    if shapes.practices(lines) >= 2 or shapes.guided(lines):
        return False
    lines = titles.categories(lines)
    found = _listed(lines)
    if shapes.answers(lines) and shapes.keyed_alike(lines) * 2 > len(found):
        return False
    words = [line for line in lines if line.kind is LineKind.TEXT and not _short(line)]
    boxed = all(item.boxed for item in found)
    if not found or (shapes.keyed(lines) * 2 > len(found) and not _ticked_keys(lines)):
        return False
    counted = sum(item.counted for item in found)
    lettered = sum(1 for line in lines if _category(line, None) and _LETTERED.match(_named(line)))
    share = len(found) / (len(found) + len(words))
    short = boxed or median(len(item.text) for item in found) <= _LONG
    plain = len(found) >= _MANY and share > 0.85 and _headings(lines) >= 2 and _names(found)
    enough = counted * 2 > len(found) or lettered >= 2 or plain
    few = _FEW_BOXED if boxed else _FEW
    return len(found) >= few and share >= _SHARE and short and enough


def _ticked_keys(lines: Sequence[Line]) -> bool:
    """Whether keys are topics to tick, and not questions with answers elsewhere."""
    return shapes.ticked(lines) and not shapes.answers(lines)


def _short(line: Line) -> bool:
    """Whether a line of text is an item or surely a category."""
    return opens(line) or _lettered(line) or bold(line.text) is not None


def _names(found: Sequence[Item]) -> bool:
    """Whether nearly all items are names, not sentences."""
    return sum(item.text.endswith((".", "?", "!")) for item in found) * 10 <= len(found)


def _headings(lines: Sequence[Line]) -> int:
    return sum(1 for line in lines if line.kind is LineKind.HEADING)


def _listed(lines: Sequence[Line]) -> list[Item]:
    return [
        item
        for block in blocks(lines, _lettered, _labelled)
        if opens(block[0])
        for item in items(block)
    ]


@dataclass(slots=True)
class _State:
    path: str
    accounts: Accounts
    counted: bool
    divided: bool  # headings below the title name categories
    category: str | None = None
    title: str | None = None
    topics: list[Topic] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


def read(path: str, lines: Sequence[Line], accounts: Accounts, report: Report) -> Draft:
    """Topics in order; prose between them as readings."""
    lines = titles.categories(shapes.framed(lines))
    found = _listed(lines)
    counted = sum(item.counted for item in found) * 2 > len(found)
    state = _State(path, accounts, counted, divided=_headings(lines) > 1)
    parts = blocks(lines, _lettered, _labelled)
    for block, following in zip_longest(parts, parts[1:]):
        _take(state, block, following)
    topics = _counted_up(tuple(state.topics))
    _check(topics, report)
    return Draft(title=state.title, topics=topics, readings=tuple(state.readings))


def _take(state: _State, block: Sequence[Line], following: Sequence[Line] | None) -> None:
    first, last = block[0], block[-1]
    text = first.kind is LineKind.TEXT and not opens(first) and len(block) > 1
    if text and _category(last, following):
        _take(state, block[:-1], block[-1:])
        _take(state, block[-1:], following)
    elif first.kind is LineKind.RULE:
        state.accounts.structure(first)
    elif _is_title(state, block, following):
        state.title = undecorated(first.text)
        state.accounts.structure(first)
    elif not text and _category(first, following):
        state.category = _named(first)
        state.accounts.structure(first)
    elif opens(first) and _holds_topics(state, block):
        _topics(state, items(block))
    else:
        state.accounts.content(block)
        begun = any(topic.category == state.category for topic in state.topics)
        kind = ReadingKind.ADVICE if begun else ReadingKind.INTRODUCTION
        section = (state.category,) if state.category else ()
        place = location(state.path, block)
        state.readings.append(Reading(kind, None, markdown(block), place, section))


def _topics(state: _State, found: Sequence[Item]) -> None:
    """Topics of one list; without headings a bold entry is the category of deeper ones."""
    named = state.category
    for item, following in zip_longest(found, found[1:]):
        indent = item.lines[0].indent
        parent = following is not None and following.lines[0].indent > indent
        if not indent:
            named = state.category
        if parent and not state.divided and bold(item.text):
            named = bold(item.text)
            state.accounts.structure(*item.lines)
            continue
        place = location(state.path, item.lines)
        state.accounts.content(item.lines)
        state.topics.append(Topic(item.number, named, item.title(), place))


def _is_title(state: _State, block: Sequence[Line], following: Sequence[Line] | None) -> bool:
    """Whether the document's first block is its title: a first heading without topics of its own,
    or one line of text above the first category."""
    if state.title or state.category or state.topics or state.readings:
        return False
    first = block[0]
    leads = following is not None and opens(following[0])
    if first.kind is LineKind.HEADING:
        return first.level == 1 and not leads
    alone = len(block) == 1 and first.kind is LineKind.TEXT and not opens(first)
    sentence = first.text.endswith((".", ":", ",", ";", "!", "?"))
    return (
        alone and not leads and not sentence and len(first.text) <= _TITLE and following is not None
    )


def _holds_topics(state: _State, block: Sequence[Line]) -> bool:
    """Whether a list holds topics: not where the category is about the checklist itself, and plain
    bullets among counted topics only in a lettered category."""
    if state.category and _ABOUT.search(state.category) and not _LETTERED.match(state.category):
        return False
    if not state.counted or any(item.counted for item in items(block)):
        return True
    return bool(state.category and _LETTERED.match(state.category))


def _category(line: Line, following: Sequence[Line] | None) -> bool:
    """Whether a line names the category of what follows."""
    if line.kind is LineKind.HEADING:
        return True
    if line.kind is not LineKind.TEXT or opens(line) or len(line.text) > _TITLE:
        return False
    if bold(line.text) or _LETTERED.match(undecorated(line.text)):
        return True
    leads = following is not None and opens(following[0])
    return leads and not line.text.endswith((".", "!", "?", ",", ";"))


def _lettered(line: Line) -> bool:
    return bool(_LETTERED.match(undecorated(line.text)))


def _labelled(line: Line) -> bool:
    return shapes.labelled(line) is not None


def _named(line: Line) -> str:
    return undecorated(line.text).removesuffix(":").rstrip()


def _counted_up(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Topics that are all numbered alike (``1.`` every time, as Markdown allows) counted up."""
    numbers = [topic.number for topic in topics if topic.number is not None]
    if len(numbers) < 3 or len(set(numbers)) > 1:
        return topics
    up = iter(range(1, len(numbers) + 1))
    return tuple(
        replace(topic, number=next(up)) if topic.number is not None else topic for topic in topics
    )


def _check(topics: Sequence[Topic], report: Report) -> None:
    """Report repeats and gaps; a category that begins again at 1 is neither."""
    last: Topic | None = None
    for topic in topics:
        if topic.number is None:
            continue
        before = last.number if last and last.number is not None else topic.number - 1
        again = last is not None and topic.number == 1 and topic.category != last.category
        if not again and topic.number <= before:
            message = f"topic {topic.number} follows topic {before}: renumber one of them"
            report(Diagnostic(topic.location, Code.TOPIC_TWICE, message))
        elif not again and topic.number > before + 1:
            message = (
                f"topic {topic.number} follows topic {before}: add what is missing or renumber"
            )
            report(Diagnostic(topic.location, Code.TOPIC_MISSING, message))
        last = topic
