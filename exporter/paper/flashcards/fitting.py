"""Cuts a text to what a card of paper holds: whole sentences and list items, never new words."""

import math
import re
from collections.abc import Sequence

from exporter.model import Markdown
from exporter.text import markup

_COLUMNS, _CODE_COLUMNS = 54, 57
"""Signs of a line of prose, with room for long words, and of code at 7 pt."""
_CODE, _GAP, _MARK = 0.95, 0.25, 0.25
"""What a line of code, a blank line and the space around code cost, in lines of prose."""
_SHORT, _FEWEST = 28, 3
"""Signs of an item, and items of a list, that are set side by side in pairs."""
_ITEM = re.compile(r"[-*+]\s+(?P<text>.*)")
_LABEL = re.compile(r"\s*+(?:#{1,6} .*|\*\*[^*]+\*\*|.*[:：][*_ ]*)")
"""A line that means nothing without what follows: a heading, a bold line, one with a colon."""
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


def fitted(text: str, lines: float) -> tuple[Markdown, bool]:
    """As much of ``text`` as ``lines`` lines of prose hold, and whether that is all of it.

    What introduces something that no longer fits ("There are three:") goes with it.
    """
    kept: list[str] = []
    left = lines
    fence = ""
    every = text.splitlines()
    for line, cost in zip(every, _costs(every), strict=True):
        mark = _FENCE.match(line)
        if cost > left:
            if not fence and not mark:
                kept += _begun(line, left)
            closed = _closed(kept, fence)
            if not closed and not fence and not mark and line.strip():
                closed = [_words(line, left)]
            return Markdown("\n".join(closed)), False
        left -= cost
        kept.append(line)
        if mark:
            fence = "" if fence else mark.group().strip()
    return Markdown(text), True


def cost(text: str) -> float:
    """How many lines of prose a whole text takes."""
    return sum(_costs(text.splitlines()))


def _costs(lines: Sequence[str]) -> list[float]:
    """What each line of a text takes; items of a flat list of a few words each stand in pairs."""
    fence = False
    costs = []
    for line in lines:
        mark = bool(_FENCE.match(line))
        costs.append(_cost(line, fenced=fence or mark))
        fence ^= mark
    begin = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and _short(lines[at]):
            continue
        alone = (begin == 0 or not _ITEM.match(lines[begin - 1].lstrip())) and (
            at == len(lines) or not _ITEM.match(lines[at].lstrip())
        )
        if alone and at - begin >= _FEWEST:
            each = math.ceil((at - begin) / 2) / (at - begin)
            costs[begin:at] = [each] * (at - begin)
        begin = at + 1
    return costs


def _short(line: str) -> bool:
    item = _ITEM.fullmatch(line)
    return item is not None and len(markup.plain(Markdown(item["text"]))) <= _SHORT


def _cost(line: str, *, fenced: bool) -> float:
    if not line.strip():
        return _GAP
    if _FENCE.match(line):
        return _MARK
    if fenced:
        return _CODE * math.ceil(len(line.expandtabs(4)) / _CODE_COLUMNS)
    return math.ceil(len(markup.plain(Markdown(line)) or " ") / _COLUMNS)


def _begun(line: str, left: float) -> list[str]:
    """The first sentences of a line that fit, if any does."""
    indent = line[: len(line) - len(line.lstrip())]
    sentences = markup.sentences(line)
    for count in range(len(sentences) - 1, 0, -1):
        part = " ".join(sentences[:count])
        if _cost(part, fenced=False) <= left:
            return [f"{indent}{part}"]
    return []


def _words(text: str, left: float) -> str:
    """The first words of a text that fit, of one that is a single long sentence."""
    words = text.split()
    for count in range(len(words), 0, -1):
        part = " ".join(words[:count])
        if _cost(part, fenced=False) <= left:
            return part
    return ""


def _closed(kept: list[str], fence: str) -> list[str]:
    """The lines without what leads to nothing now, and with a fence that was cut closed."""
    if fence:
        if _FENCE.match(kept[-1]):
            return _closed(kept[:-1], "")
        return [*kept, fence]
    while kept and (not kept[-1].strip() or _LABEL.fullmatch(kept[-1].rstrip())):
        kept = kept[:-1]
    return kept
