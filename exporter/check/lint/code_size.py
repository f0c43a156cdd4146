"""Code that is too wide for a sheet's column or too long for a phone's screen."""

import re
import unicodedata
from collections.abc import Iterator

from exporter.model import Question
from exporter.model.diagnostics import Code, Diagnostic, Location
from exporter.text import multiple_choice

_COLUMNS = 57  # of a sheet's column at 7 pt
_LINES = 20
_FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})")


def remarks(question: Question) -> Iterator[Diagnostic]:
    """L206 and L207, once for each piece of code: the puzzle's own, at the question's first line,
    those in answers, at the line that is too wide or where the code begins, and those to choose
    from, at the choice's first line."""
    if question.code:
        lines = question.code.expandtabs(4).splitlines()
        yield from _judged(lines, [question.location] * len(lines))
    for choice in question.choices:
        text = [line.expandtabs(4) for line in choice.markdown.splitlines()]
        for first, last in _blocks(text):
            yield from _judged(text[first:last], [choice.location] * (last - first))
    for answer in question.answers:
        said, place = multiple_choice.placed(answer, question.choices)
        text = [line.expandtabs(4) for line in said.splitlines()]
        for first, last in _blocks(text):
            places = [
                Location(place.path, number, number)
                for number in range(place.first + first, place.first + last)
                if number <= place.last
            ]
            if len(places) == last - first:
                yield from _judged(text[first:last], places)


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Index ranges of the lines within fences."""
    mark, start = "", 0
    for at, line in enumerate(lines):
        match = _FENCE.match(line)
        if match and not mark:
            mark, start = match["mark"], at + 1
        elif match and match["mark"].startswith(mark):
            yield start, at
            mark = ""


def _judged(lines: list[str], places: list[Location]) -> Iterator[Diagnostic]:
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    widths = [_columns(line[indent:].rstrip()) for line in lines]
    if widths and max(widths) > _COLUMNS:
        at = widths.index(max(widths))
        message = (
            f"a line of code has {widths[at]} columns and a sheet's column holds {_COLUMNS}: "
            "break it, or it is wrapped"
        )
        yield Diagnostic(places[at], Code.WIDE_CODE, message)
    if len(lines) > _LINES:
        message = (
            f"{len(lines)} lines of code stand on one card: keep the {_LINES} that it is about"
        )
        yield Diagnostic(places[0], Code.LONG_CODE, message)


def _columns(text: str) -> int:
    """Columns of a monospaced line: wide letters take two, marks that combine none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)
