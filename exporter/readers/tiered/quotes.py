"""Answers in quotations (``> **Short:** …``): read as if they were not quoted.

A quotation counts as one if its first line is a tier's label and no tier stands unquoted above it
under the same heading, or the label of a puzzle's part where no tier stands there at all; what an
author quotes inside an answer stays quoted.
"""

from collections.abc import Sequence
from dataclasses import replace

from exporter.model import Source
from exporter.readers.scan import Line, LineKind, scan
from exporter.readers.tiered.marks import Sort, label


def unquoted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` without the marks of quotations that are answers; the same number of lines."""
    found: list[Line] = []
    tiered = quoted = False
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if line.kind is LineKind.QUOTE:
            while end < len(lines) and lines[end].kind is LineKind.QUOTE:
                end += 1
        bare = _bare(lines[at:end]) if line.kind is LineKind.QUOTE else (line,)
        mark = label(at, bare[0])
        opens = mark is not None and not tiered and (mark.sort is Sort.TIER or not quoted)
        found.extend(bare if opens else lines[at:end])
        if line.kind is LineKind.HEADING:
            tiered, quoted = mark is not None and mark.sort is Sort.TIER, False
        elif mark is not None and mark.sort is Sort.TIER:
            tiered, quoted = tiered or line.kind is not LineKind.QUOTE, True
        at = end
    return tuple(found)


def _bare(run: Sequence[Line]) -> tuple[Line, ...]:
    raws = tuple(line.raw.strip().removeprefix(">").removeprefix(" ") for line in run)
    inner = scan(Source("", raws))
    return tuple(
        replace(line, number=outer.number, indent=line.indent + outer.indent)
        for line, outer in zip(inner, run, strict=True)
    )
