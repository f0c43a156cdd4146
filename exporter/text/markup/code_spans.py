"""Code spans of a line: what stands between two runs of back-ticks that are as long."""

import re
from collections.abc import Callable

_TICKS = re.compile(r"`++")


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """``text`` with everything but its code spans changed."""
    if "`" not in text:
        return change(text)
    ticks = list(_TICKS.finditer(text))
    closing: dict[int, int] = {}  # of each run of ticks the next one that is as long
    upcoming: dict[int, int] = {}
    for nth in range(len(ticks) - 1, -1, -1):
        size = len(ticks[nth][0])
        closing[nth] = upcoming.get(size, 0)
        upcoming[size] = nth
    parts, at, nth = [], 0, 0
    while nth < len(ticks):
        if last := closing[nth]:
            start, end = ticks[nth].start(), ticks[last].end()
            parts += [change(text[at:start]), text[start:end]]
            at, nth = end, last
        nth += 1
    return "".join((*parts, change(text[at:])))
