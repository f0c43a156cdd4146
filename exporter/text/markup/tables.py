"""Tables as their authors see them: a bar in code is code, and no row loses a cell.

GitHub's rules split a row at each bar, also within back-ticks, and drop what is more than the
head's cells.  Rows for which that would change what stands there are written anew.
"""

import re
from collections.abc import Iterable, Iterator

from exporter.text.markup.code_spans import outside_code

_RULE = re.compile(r"\s*+\|?(?:\s*+:?-++:?\s*+\|)*+\s*+(?::?-++:?\s*+)?$")
_BAR, _ESCAPED = "\x00", "\x01"
_LONGEST = 20_000  # characters of a row


def mended(lines: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Lines, each with whether it is code, with the rows of tables mended."""
    for line, in_code, width in _with_widths(lines):
        yield (_mended(line, width) if width else line), in_code


def overlong(lines: Iterable[tuple[str, bool]]) -> Iterator[int]:
    """Numbers, from 0, of the lines that are rows of more cells than their table's head has."""
    for number, (line, _, width) in enumerate(_with_widths(lines)):
        if width and len(_cells(line)) > width:
            yield number


def _with_widths(lines: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool, int]]:
    """Each line with the number of cells that its table's head has; 0 of what is no row below a
    head."""
    width, before = 0, ""
    for line, in_code in lines:
        if in_code or "|" not in line or len(line) > _LONGEST:
            width, before = 0, ""
        elif not width and before and _RULE.match(line):
            cells = len(_cells(before))
            width = cells if len(_cells(line)) == cells else 0
            yield line, in_code, 0
            continue
        else:
            before = line
        yield line, in_code, width


def _cells(line: str) -> list[str]:
    """What stands between the bars of a row that are no code."""
    marked = outside_code(
        line.strip(), lambda part: part.replace("\\|", _ESCAPED).replace("|", _BAR)
    )
    return [cell.replace(_ESCAPED, "\\|").strip() for cell in marked.strip(_BAR).split(_BAR)]


def _mended(line: str, width: int) -> str:
    cells = _cells(line)
    plain = line.replace("\\|", "").strip().strip("|").count("|") + 1
    if len(cells) <= width and plain == len(cells):
        return line
    kept = [*cells[: width - 1], " | ".join(cells[width - 1 :])] if len(cells) > width else cells
    written = (cell.replace("\\|", "|").replace("|", "\\|") for cell in kept)
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}| {' | '.join(written)} |"
