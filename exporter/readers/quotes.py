"""Answers in quotations (``> **Short:** …``): read as if they were not quoted.

A quotation counts as one if its first line is a label of an answer and no label stands unquoted
above it under the same heading; what an author quotes inside an answer stays quoted.
"""

from collections.abc import Sequence
from dataclasses import replace

from exporter.model import Source, Tier
from exporter.readers import labels
from exporter.readers.scan import Line, LineKind, bold, scan, undecorated
from exporter.readers.vocabulary import Word

_ANSWERING = (Word.ANSWER, Word.OUTPUT)


def unquoted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` without the marks of quotations that are answers; the same number of lines."""
    found: list[Line] = []
    labelled = False
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        while line.kind is LineKind.QUOTE and end < len(lines):
            if lines[end].kind is not LineKind.QUOTE:
                break
            end += 1
        quoted = line.kind is LineKind.QUOTE
        bare = _bare(lines[at:end]) if quoted and not labelled else (line,)
        opens = quoted and not labelled and _answers(bare[0])
        found.extend(bare if opens else lines[at:end])
        if line.kind is LineKind.HEADING or (line.kind is LineKind.TEXT and not labelled):
            labelled = _answers(line)
        at = end
    return tuple(found)


def _answers(line: Line) -> bool:
    """Whether a line is, or begins with, the label of an answer."""
    if line.kind not in (LineKind.TEXT, LineKind.HEADING) or len(line.text) > 400:
        return False
    text = line.text.replace("**", "").replace("__", "")
    label = labels.label(bold(line.text) or undecorated(text))
    return label is not None and (isinstance(label.means, Tier) or label.means in _ANSWERING)


def _bare(run: Sequence[Line]) -> tuple[Line, ...]:
    raws = tuple(line.raw.strip().removeprefix(">").removeprefix(" ") for line in run)
    inner = scan(Source("", raws))
    return tuple(
        replace(line, number=outer.number, indent=line.indent + outer.indent)
        for line, outer in zip(inner, run, strict=True)
    )
