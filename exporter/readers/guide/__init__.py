"""Guides: focus areas with topics, ways to practise, interview modes, questions asked in passing.

What a list holds is said by the label above it ("Key topics:", "**Practice approach**:"), else by
the title of its area.  A label's words are structure; a sentence that announces a list stays prose.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from exporter.model import ExerciseKind, Markdown, ReadingKind
from exporter.model.diagnostics import Report
from exporter.readers import shapes, titles
from exporter.readers.braces import attributes
from exporter.readers.draft import Draft
from exporter.readers.guide.finds import Finds
from exporter.readers.guide.labels import Context, asked, context
from exporter.readers.items import Item, blocks, items, opens
from exporter.readers.scan import (
    Accounts,
    Line,
    LineKind,
    bold,
    markdown,
    undecorated,
)

_NUMBER = re.compile(
    r"(?:\d{1,2}(?:[.):]|\ufe0f?\u20e3)|#\d{1,2}[.:]?"
    r"|(?:focus )?(?:area|part|teil) \d{1,2}\s*[:.–—-])\s*",
    re.IGNORECASE,
)
_PRACTICES = 2
_WORDS = 4  # of a label that neither colon nor emphasis marks
_SINGLE = 7  # rank of an area that is no heading: below every heading


def detect(lines: Sequence[Line]) -> bool:
    """Whether areas with bullets come with ways to practise, and it is none of the other shapes."""
    lines = titles.areas(shapes.framed(lines))
    if shapes.tiers(lines) >= 2 or shapes.days(lines) >= 3 or shapes.answers(lines):
        return False
    bullets = sum(1 for line in lines if line.kind is LineKind.BULLET)
    areas = sum(1 for line in lines if line.kind is LineKind.HEADING or _area_line(line))
    practices = shapes.practices(lines)
    keyed = shapes.keyed(lines) * 2 > bullets and practices <= _PRACTICES
    guides = practices >= _PRACTICES or shapes.guided(lines)
    return guides and areas >= 2 and bullets >= 4 and not keyed


def read(path: str, lines: Sequence[Line], accounts: Accounts, report: Report) -> Draft:
    """Topics, exercises, questions and readings, each in order."""
    lines = titles.areas(shapes.framed(lines))
    headings = sum(1 for line in lines if line.kind is LineKind.HEADING) > 1
    state = Finds(path, accounts, report)
    highest = [line for line in lines if line.kind is LineKind.HEADING and line.level == 1]
    parts = blocks(
        lines,
        alone=lambda line: not headings and _area_line(line),
        starts=lambda line: shapes.labelled(line) is not None,
    )
    for block, following in zip_longest(parts, parts[1:]):
        state.leads = following is not None and opens(following[0])
        if [block[0]] == highest and headings and not state.areas:
            state.title = undecorated(block[0].text)
            accounts.structure(block[0])
        else:
            _take(state, block, lined=not headings)
    return state.draft()


def _take(state: Finds, block: Sequence[Line], *, lined: bool) -> None:
    """Put a block where it belongs; ``lined``: areas are bold lines, there being no headings."""
    first = block[0]
    if first.kind is LineKind.RULE:
        state.accounts.structure(first)
        state.below, state.ruled = None, True
        return
    if first.kind is LineKind.HEADING:
        _heading(state, first)
    elif lined and _area_line(first):
        _open(state, _SINGLE, undecorated(first.text))
        state.accounts.structure(first)
    elif opens(first):
        _list(state, block)
    else:
        _paragraph(state, block)
    state.ruled = False


def _area_line(line: Line) -> bool:
    """Whether a line that is no heading names an area: bold as a whole, and numbered."""
    if line.kind is LineKind.NUMBERED:
        return bold(line.text) is not None and not line.indent
    name = bold(shapes.unmarked(line.text)) if line.kind is LineKind.TEXT else None
    return name is not None and bool(_NUMBER.match(name))


def _heading(state: Finds, line: Line) -> None:
    """A heading opens an area; within one it may be the label of a list.  Below a rule, and without
    a number among numbered areas, it stands beside them whatever its rank."""
    state.accounts.structure(line)
    name = undecorated(line.text)
    numbered = bool(_NUMBER.match(name))
    inner = bool(state.areas) and line.level > state.areas[-1][0]
    beside = state.ruled and state.numbered and not numbered
    promised = context(name)
    if inner and promised and not numbered and not beside:
        state.below = promised
    else:
        _open(state, state.areas[0][0] if inner and beside else line.level, name)


def _open(state: Finds, level: int, name: str) -> None:
    title = undecorated(_unnumbered(name)) or name
    state.numbered = bool(_NUMBER.match(name))
    state.areas = [area for area in state.areas if area[0] < level]
    state.areas.append((level, title))
    promised = None if _NUMBER.match(name) else context(title)
    state.default = promised or Context.TOPICS
    state.below = None


def _unnumbered(name: str) -> str:
    match = _NUMBER.match(name)
    return name[match.end() :] if match else name


def _list(state: Finds, block: Sequence[Line]) -> None:
    if not state.areas:
        state.reading(ReadingKind.INTRODUCTION, block)
        return
    here = state.below or state.default
    for item in items(block):
        state.accounts.content(item.lines)
        match here:
            case Context.ADVICE:
                state.exercise(ExerciseKind.ADVICE, item.whole(), item.lines)
            case Context.MODES:
                state.exercise(ExerciseKind.MODE, item.whole(), item.lines)
            case Context.TOPICS | Context.QUESTIONS:
                _entry(state, item, here)


def _entry(state: Finds, item: Item, here: Context) -> None:
    """A bullet of topics or questions: a topic, unless it does nothing but ask."""
    text, given = attributes(item.text)
    prompts, more = asked(text, here)
    state.ask(prompts, item.lines, given)
    if more or item.nested:
        state.topic(item.number, item.title(), item.lines)


def _paragraph(state: Finds, block: Sequence[Line]) -> None:
    """Text: a label says what its list holds, ``**Tip:** …`` is an exercise, the rest prose."""
    first = shapes.unquoted(block[0])
    name = shapes.labelled(first)
    if first is not block[0] and not (name and shapes.is_practice(name)):
        name = None
    if name is None and len(block) == 1 and state.leads and _bare_label(first):
        name = first.text
    if name is None or not state.areas:
        _prose(state, block)
    elif len(block) == 1 and (_whole_label(first) or name == first.text):
        state.accounts.structure(first)
        state.below = context(name)
    else:
        _labelled(state, name, block)


def _bare_label(line: Line) -> bool:
    """Whether a line without colon or emphasis is a known label (``Topics``)."""
    known = len(line.text.split()) <= _WORDS and context(line.text) is not None
    return known and line.kind is LineKind.TEXT and not line.text.endswith((".", "?", "!"))


def _whole_label(line: Line) -> bool:
    return bold(shapes.unmarked(line.text)) is not None or line.text.rstrip().endswith(":")


def _labelled(state: Finds, name: str, lines: Sequence[Line]) -> None:
    """``**Tip:** text`` and its like."""
    text = " ".join(line.text for line in lines)
    rest = text.partition(":")[2].strip("*_ ")
    promised = context(name)
    prompts, more = asked(rest, promised)
    state.below = None
    if promised in (Context.TOPICS, Context.QUESTIONS) and _whole_label(lines[0]):
        state.accounts.structure(lines[0])
    match promised:
        case Context.ADVICE | Context.MODES if lines[0].kind is LineKind.QUOTE:
            state.accounts.content(lines)
            said = Markdown("\n".join(line.text for line in lines))
            state.exercise(ExerciseKind.ADVICE, said, lines)
        case Context.ADVICE | Context.MODES:
            kind = ExerciseKind.ADVICE if promised is Context.ADVICE else ExerciseKind.MODE
            state.accounts.content(lines)
            state.exercise(kind, markdown(lines), lines)
        case Context.TOPICS if state.areas and rest:
            state.accounts.content(lines)
            state.topic(None, rest, lines)
        case Context.QUESTIONS if prompts and not more:
            state.accounts.content(lines)
        case _:
            state.reading(ReadingKind.ADVICE, lines)
    state.ask(prompts, lines)


def _prose(state: Finds, lines: Sequence[Line]) -> None:
    if not lines:
        return
    advises = state.begun() or (state.default is Context.ADVICE and not state.leads)
    state.reading(ReadingKind.ADVICE if advises else ReadingKind.INTRODUCTION, lines)
    text = " ".join(line.text for line in lines)
    if lines[0].kind is LineKind.TEXT:
        state.ask(asked(text, None)[0], lines)
    state.below = context(text.rsplit(". ", 1)[-1]) if text.endswith(":") else None
