"""Which lines begin the weeks and days of a plan, in any language of the vocabulary.

A day is a line that counts one ("Day 3: Streams", "第3天"), a weekday's name, or a row of a table
whose first column counts days.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from exporter.readers import vocabulary
from exporter.readers.inline import plain
from exporter.readers.scan import Line, LineKind, undecorated
from exporter.readers.vocabulary import LANGUAGES, Word

UNNUMBERED = -1
"""The number of a day that the author names but neither counts nor leaves a number for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that begins a week or a day: its index among the lines, the numbers it covers
    (``last`` is ``first`` unless the author gives a range) and its title, "" where there is none.
    """

    index: int
    first: int
    last: int
    title: str
    is_week: bool


# -- how a line opens, without what only decorates it --------------------------------------------

_CHECKBOX = re.compile(r"\[[ xX✓✔]?\]\s+")
_LEADING = re.compile(r"(\*\*|__|\*|_)(?=\S)(?P<inner>[^\n]{1,200}?)(?<=\S)\1(?!\w)")
_BEFORE = re.compile(r"^[^\w\s*_`“\"'‘„«»(\[<>|$@#/\\+~^=.-]+\s*")
_DECORATED = re.compile(r"[^\w\s*_`“”\"'‘’„«»()\[\]<>|.,:;!?%$…-]$")


def own(line: Line) -> str:
    """The text of ``line`` without check box and decoration before it; emphasis stays."""
    return _BEFORE.sub("", _CHECKBOX.sub("", line.text, count=1))


def bare(line: Line) -> str:
    """``own`` without emphasis around its beginning (``- [ ] **Day 1:** Loops`` → ``Day 1: Loops``)
    and decoration behind it."""
    text = own(line)
    match = _LEADING.match(text)
    text = f"{match['inner']}{text[match.end() :]}" if match else text
    return undecorated(text) if _DECORATED.search(text) else text


# -- what counts ---------------------------------------------------------------------------------


def _words(word: Word) -> str:
    return "|".join(one.words[word] for one in LANGUAGES.values())


_ONE = rf"(?:{_words(Word.WEEKDAY)})(?!\w)\.?"
_NAMED = rf"{_ONE}(?:\s*+(?:[/&+–—-]|to|and|bis|und)\s*+{_ONE})?"
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?P<first>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_RANGE = (
    rf"(?:\s*+(?:[-–—+&/]|to|and|bis|und)\s*+(?:(?:{_words(Word.WEEK)}|{_words(Word.DAY)})\s*+)?"
    r"(?P<last>\d{1,3})\b)?"
)
_REST = r"\s*+(?P<aside>\([^)]*\)|\[[^\]]*\])?\s*+(?P<mark>[:：.)\]|–—→>-]+|$)?\s*+(?P<title>.*)$"
_BEFORE_NUMBER = rf"(?P<named>{_NAMED})\s*+[,:.(\[|–—-]*\s*+"
_WEEKDAY = re.compile(
    rf"(?P<first>{_NAMED})\s*+(?P<mark>[:：.–—-])\s*+(?P<title>.*)$", re.IGNORECASE
)
_SPAN = re.compile(rf"\s*+[(\[](?:{_words(Word.DAY)})\s[\d\s–—-]+[)\]]$", re.IGNORECASE)
_SHORT = re.compile(rf"\({_NAMED}\)$", re.IGNORECASE)
_FULL = re.compile(r"\([^()]{5,}\)$")


def _counts(word: Word, lead: str = "") -> re.Pattern[str]:
    """A line that counts parts of a plan: the word before the number, or behind it: "第3天"."""
    words = _words(word)
    before = rf"(?:{words})\s*+[#№.-]?\s*+{_NUMBER}\b{_RANGE}"
    chinese = rf"第\s*+(?P<chinese>\d{{1,3}})\s*+(?:{LANGUAGES['zh'].words[word]})"
    japanese = rf"第?(?P<japanese>\d{{1,3}})\s*+(?:{LANGUAGES['ja'].words[word]})"
    return re.compile(rf"(?:{lead}{before}|{chinese}|{japanese}){_REST}", re.IGNORECASE)


_WEEK, _PHASE = _counts(Word.WEEK), _counts(Word.PHASE)
_DAY = _counts(Word.DAY, rf"(?:{_BEFORE_NUMBER})?")


def marked(lines: Sequence[Line]) -> list[Mark]:
    """Every week and day of the plan, in order, without mentions.

    A range of days is a mention where one of them has a line of its own; so is a week without a
    day (an overview above the plan) where the same number begins one that has days, and a weekday
    above the first week.
    """
    texts = {
        index: bare(line)
        for index, line in enumerate(lines)
        if line.kind in _OPEN and len(line.text) <= _LONGEST
    }
    weeks = list(_matched(_WEEK, lines, texts))
    weeks = weeks or list(_matched(_PHASE, lines, texts))
    days = list(_matched(_DAY, lines, texts))
    counted = bool(days)
    if not counted:
        named = [mark for mark in _matched(_WEEKDAY, lines, texts) if mark.title]
        inner = [mark for mark in named if weeks and mark.index > weeks[0].index]
        days = [replace(mark, first=n, last=n) for n, mark in enumerate(inner or named, 1)]
    single = {mark.first for mark in days if mark.first == mark.last}
    days = [
        mark
        for mark in days
        if mark.first == mark.last or not single & {*range(mark.first, mark.last + 1)}
    ]
    days = _with_named(lines, texts, days) if counted else days
    marks = sorted([*days, *weeks], key=lambda mark: mark.index)
    filled = {
        mark.index for mark, following in pairwise(marks) if mark.is_week and not following.is_week
    }
    numbers = {mark.first for mark in weeks if mark.index in filled}
    return [
        mark
        for mark in marks
        if not mark.is_week or mark.index in filled or mark.first not in numbers
    ]


def _with_named(
    lines: Sequence[Line], texts: Mapping[int, str], days: Sequence[Mark]
) -> list[Mark]:
    """``days`` and, among counted ones, those that have but a weekday's name ("Sunday: Rest") and
    are written like them: with the number that is left out there, or UNNUMBERED.  A short name
    ("Sun: mass") is one only where the counted days have theirs too."""
    places = {mark.index for mark in days}
    forms = {_form(lines[mark.index]) for mark in days}
    short = any(_SHORT.search(mark.title) for mark in days)
    named = [
        mark
        for mark in _matched(_WEEKDAY, lines, texts)
        if mark.index not in places and mark.title and _form(lines[mark.index]) in forms
        if short or _FULL.search(mark.title)
    ]
    found: list[Mark] = []
    for mark in sorted([*days, *named], key=lambda mark: mark.index):
        if mark.index in places:
            found.append(mark)
            continue
        before = next((one.last for one in reversed(found) if one.first != UNNUMBERED), 0)
        after = next((one.first for one in days if one.index > mark.index), 0)
        free = before > 0 and not before < after <= before + 1
        number = before + 1 if free else UNNUMBERED
        found.append(replace(mark, first=number, last=number))
    return found


def _form(line: Line) -> tuple[LineKind, int, int]:
    return line.kind, line.indent, line.level


_LONGEST = 400  # characters of a line that begins a week or a day
_OPEN = (LineKind.HEADING, LineKind.TEXT, LineKind.BULLET, LineKind.NUMBERED)


def _matched(
    pattern: re.Pattern[str], lines: Sequence[Line], texts: Mapping[int, str]
) -> Iterator[Mark]:
    for index, text in texts.items():
        match = pattern.match(text)
        if match and _heads(lines[index], match):
            yield _mark(match, index, is_week=pattern in (_WEEK, _PHASE))


def _mark(match: re.Match[str], index: int, *, is_week: bool) -> Mark:
    groups = match.groupdict()
    named = match.re is _WEEKDAY
    number = groups.get("chinese") or groups.get("japanese") or groups["first"]
    first = 0 if named else _value(number)
    last = first if named else max(first, int(groups["last"] or 0))
    title = undecorated(plain(match["title"]))
    weekday = groups["first"] if named else groups.get("named")
    aside = f"({weekday.rstrip('.')})" if weekday else (groups["aside"] or "").strip()
    if is_week:
        title = _SPAN.sub("", title)
    spans_days = is_week and re.search(r"\d", aside)
    title = f"{title} {aside}".strip() if aside and not spans_days else title
    return Mark(index, first, last, title, is_week)


def _heads(line: Line, match: re.Match[str]) -> bool:
    """Whether a line that begins like a week or day is its title and not a sentence."""
    if line.kind is LineKind.HEADING or match["mark"] is not None:
        return True
    title = match["title"]
    named = title[:1].isupper() or (title[:1].isalpha() and not title[:1].islower())
    return named and not title.endswith((".", "!", "?", ":", ";", ",", "。", "？"))


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _NUMBERS.index(number.casefold()) + 1


# -- tables --------------------------------------------------------------------------------------

_CELLS = re.compile(r"(?<!\\)\|")
_RULED = re.compile(r"[\s:|-]++$")


def untabled(lines: Sequence[Line], rows: frozenset[int]) -> tuple[Line, ...]:
    """``lines`` with the rows of tables whose first column counts days as lines that begin a day:
    the second column is its title, further ones are entries with the column's name as label."""
    found = list(lines)
    heads: tuple[str, ...] = ()
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        if at not in rows:
            heads = ()
        elif below is not None and at + 1 in rows and _RULED.match(below.text):
            cells = _cells(line)
            heads = cells if len(cells) > 1 and vocabulary.mentions(Word.DAY, cells[0]) else ()
            if heads:
                found[at : at + 2] = [_rule(line), _rule(below)]
        elif heads and not _RULED.match(line.text):
            found[at] = _row(line, heads)
    return tuple(found)


def _rule(line: Line) -> Line:
    return replace(line, kind=LineKind.RULE, text="", marker="|")


def _cells(line: Line) -> tuple[str, ...]:
    text = line.text.strip().removeprefix("|").removesuffix("|")
    return tuple(plain(cell.replace("\\|", "|").strip()) for cell in _CELLS.split(text))


def _row(line: Line, heads: Sequence[str]) -> Line:
    number, *cells = _cells(line)
    digits = re.search(r"\d{1,3}", number)
    if digits is None or not cells:
        return line
    more = [f"{head}: {cell}" for head, cell in zip(heads[2:], cells[1:], strict=False) if cell]
    return replace(line, text=" | ".join((f"Day {int(digits[0])}: {cells[0]}", *more)))
