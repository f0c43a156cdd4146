"""What the Markdown parser says of each line: headings, items and their ends, depths, tables.

Where authors depart from CommonMark on purpose there is one small rule each: a numbered line inside
a paragraph is an item, a document without headings has its sets' lines and its title for some.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from exporter.model import Tier
from exporter.readers import labels
from exporter.readers.inline import TAGS
from exporter.readers.scan import Line, LineKind, undecorated
from exporter.text.markup.block_lines import blocks


class Structure:
    """What the parser says of each line."""

    def __init__(self, lines: Sequence[Line], taught: Mapping[str, Tier] | None) -> None:
        self.lines = list(lines)
        self.taught = taught
        size = len(lines)
        self.levels = [0] * size
        self.items = [0] * size
        self.depths = [0] * size
        self.rows: set[int] = set()
        self.starts: set[int] = set()
        self.margins = _margins(lines)
        change = [0] * (size + 1)
        for block in blocks([_parsed(line) for line in lines]):
            last = min(block.last, size)
            if block.kind == "heading":
                self._heading(block.first, last, block.mark)
            elif block.kind == "item":
                self.items[block.first] = self.items[block.first] or self._trimmed(
                    block.first, last
                )
                change[block.first] += 1
                change[last] -= 1
            elif block.kind == "table":
                self.rows.update(range(block.first, last))
            elif block.kind == "paragraph":
                self.starts.add(block.first)
                self._numbered_within(block.first, last)
        if not any(self.levels):
            self._raise_plain_titles()
        depth = 0
        for at in range(size):
            depth += change[at]
            self.depths[at] = depth

    def _raise_plain_titles(self) -> None:
        """In a document without headings, its title and the lines that count sets are some: they
        stand alone between blanks or rules."""
        top = next((at for at, line in enumerate(self.lines) if not line.empty), 0)
        for at, line in enumerate(self.lines):
            if line.kind is not LineKind.TEXT or not self._alone(at):
                continue
            name = undecorated(line.text)
            if labels.is_set(name):
                self.levels[at] = 2
            elif at == top and _names_document(line.text, name):
                self.levels[at] = 1
            else:
                continue
            self.lines[at] = replace(line, kind=LineKind.HEADING, level=self.levels[at])

    def _alone(self, at: int) -> bool:
        around = self.lines[max(0, at - 1) : at] + self.lines[at + 1 : at + 2]
        return all(line.empty or line.kind is LineKind.RULE for line in around)

    def _trimmed(self, first: int, last: int) -> int:
        """Without blanks at an item's end, and without code that stands further out than it."""
        margin = self.lines[first].indent
        while last > first + 1:
            line = self.lines[last - 1]
            further_in = not line.empty and self.margins[last - 1] > margin
            if _parsed(line) or further_in:
                break
            last -= 1
        return last

    def _numbered_within(self, first: int, last: int) -> None:
        """Numbered lines inside a paragraph, which a list may not interrupt, are items all the
        same: each goes to the next."""
        following = last
        for at in range(last - 1, first, -1):
            if self.lines[at].kind is LineKind.NUMBERED:
                self.items[at] = following
                following = at

    def _heading(self, first: int, last: int, mark: str) -> None:
        line = self.lines[first]
        if mark[0] == "#":
            self.levels[first] = len(mark)
        elif last - first == 2 and (mark == "=" or _underlines(self.lines, first)):
            level = 1 if mark == "=" else 2
            self.levels[first] = level
            self.lines[first] = replace(line, kind=LineKind.HEADING, level=level)
            under = self.lines[first + 1]
            self.lines[first + 1] = replace(under, kind=LineKind.RULE, text="", marker=mark)


def _underlines(lines: Sequence[Line], first: int) -> bool:
    """Whether dashes below a line are as long as it, or stand below the document's first line."""
    alike = abs(len(lines[first + 1].raw.strip()) - len(lines[first].text)) <= 1
    return alike or all(line.empty for line in lines[:first])


def _names_document(text: str, name: str) -> bool:
    """Whether a document's first line, alone, is its title and no sentence, question or label."""
    sentence = text.rstrip("*_").endswith((".", ":", ",", ";", "!", "?", "：", "？", "。"))
    marked = labels.label(name) or labels.question(name) or labels.counted(name)
    tagged = text.startswith(("<", "|", "["))
    return bool(name) and len(name) <= 100 and not (sentence or marked or tagged)


def _margins(lines: Sequence[Line]) -> list[int]:
    """The indent of each line, of code that of its fence."""
    found: list[int] = []
    fence: int | None = None
    for line in lines:
        opened = fence
        if line.kind is LineKind.FENCE:
            fence = line.indent if fence is None else None
        elif line.kind is not LineKind.CODE and not line.empty:
            fence = None
        found.append(line.indent if opened is None else opened)
    return found


_ALONE = re.compile(rf"(?:{TAGS.pattern}\s*)+$", re.IGNORECASE)


def _parsed(line: Line) -> str:
    """A line as the parser gets it: code, comments and lines of tags alone are blank to it."""
    if line.empty or line.kind in (LineKind.CODE, LineKind.FENCE):
        return ""
    if line.text.startswith("<") and _ALONE.match(line.text):
        return ""
    return line.raw
