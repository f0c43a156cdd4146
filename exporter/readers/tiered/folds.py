"""Answers folded away in HTML (``<details><summary>Answer</summary>``): tags alone on a line are
read as blank, a summary as its text, so that it can be a label."""

import re
from collections.abc import Sequence
from dataclasses import replace

from exporter.readers.scan import Line, LineKind

_TAG = r"</?(?:details|summary|p|div|br|center|section|b|strong|hr)\b[^<>]*>\s*"
_TAGS = re.compile(rf"(?:{_TAG})+$", re.IGNORECASE)
_SUMMARY = re.compile(rf"(?:{_TAG})*<summary\b[^<>]*>(?P<inner>.*)</summary>\s*(?:{_TAG})*$", re.I)


def unfolded(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` without folds; the same number of lines."""
    return tuple(_unfolded(line) if line.kind is LineKind.TEXT else line for line in lines)


def _unfolded(line: Line) -> Line:
    if _TAGS.match(line.text):
        return replace(line, kind=LineKind.BLANK, text="")
    if match := _SUMMARY.match(line.text):
        inner = re.sub(_TAG, "", match["inner"]).strip()
        return replace(line, raw=inner, text=inner)
    return line
