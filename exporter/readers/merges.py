"""Marks of a merge that git could not finish, outside fences: said at their line, and read as
blank, so that they stand on no card and make no heading of the line above.

``=======`` alone underlines a heading and ``>>>>>>>`` alone quotes, so each counts only behind the
mark that opens a conflict; a conflict of which only the end was left counts by both.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.readers.scan import Line, LineKind, location

_MARK = re.compile(r"(?P<sign><{7}|\|{7}|={7}|>{7})(?: (?P<name>\S.*))?$")


def mark(path: str, lines: Sequence[Line], report: Report) -> tuple[Line, ...]:
    """``lines`` with marks of merges SKIPPED; a warning for each conflict, at its first mark."""
    found: set[int] = set()
    for conflict in _conflicts(lines):
        found |= set(conflict)
        numbers = ", ".join(str(lines[at].number) for at in conflict)
        message = (
            f"marks of an unfinished merge (lines {numbers}): both versions are read; decide which "
            "one holds, and take the marks out"
        )
        place = location(path, [lines[conflict[0]]])
        report(Diagnostic(place, Code.MERGE_MARKS, message))
    if not found:
        return tuple(lines)
    return tuple(
        replace(line, kind=LineKind.SKIPPED, marker="merge") if at in found else line
        for at, line in enumerate(lines)
    )


def _conflicts(lines: Sequence[Line]) -> list[list[int]]:
    """The indexes of the marks of each conflict."""
    found: list[list[int]] = []
    marks: list[int] = []
    opened = False
    for at, line in enumerate(lines):
        sign = _sign(line)
        if sign == "<":
            found += [marks] if opened else []
            marks, opened = [at], True
        elif sign in ("=", "|") and (opened or sign == "="):
            marks = [*marks, at] if opened else [at]
        elif sign == ">":
            found += [[*marks, at]] if marks else []
            marks, opened = [], False
    return [*found, marks] if opened else found


def _sign(line: Line) -> str:
    """The sign of a line's mark; "" for any other line."""
    if line.empty or line.kind in (LineKind.CODE, LineKind.FENCE) or line.raw[:1] not in "<|=>":
        return ""
    match = _MARK.match(line.raw)
    if not match or (match["name"] is None and match["sign"][0] in "<>"):
        return ""
    return match["sign"][0] if match["name"] is None or match["sign"][0] != "=" else ""
