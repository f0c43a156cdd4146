"""Which line ends of a paragraph are its author's, and which come from an editor's wrapping.

Inside a paragraph hard-wrapped at some width a line end means nothing; elsewhere authors put a line
where they want a line.  Wrapped is what a greedy wrapper would have made: every line but the last
ends near one common width of at least ``_WIDTH`` columns, and the next line's first word would not
have fitted.  A short line that ends in a colon is a label and stays on its own line either way.
"""

from collections.abc import Sequence
from itertools import pairwise

_WIDTH = 60
_NEAR = 12
_LABEL = 60
_PAIR = 2
_SENTENCE_ENDS = (".", "!", "?", ":", "。", "؟", "…")
_CLOSERS = "*_`\"'”’»)]"


def kept(lines: Sequence[str]) -> tuple[bool, ...]:
    """For each line end of a paragraph but the last: whether it is the author's."""
    ends: list[bool] = []
    part: list[str] = []
    for line in lines:
        part.append(line.strip())
        if _label(part[-1]):
            ends += [*_of_part(part), True]
            part = []
    ends += _of_part(part)
    return tuple(ends[: len(lines) - 1])


def _of_part(lines: Sequence[str]) -> list[bool]:
    return [not wrapped(lines)] * (len(lines) - 1)


def _label(line: str) -> bool:
    return len(line) < _LABEL and line.rstrip(_CLOSERS).endswith(":")


def wrapped(lines: Sequence[str]) -> bool:
    """Whether a wrapper, not the author, made the line ends of ``lines``.

    Lines that all end like sentences are their author's, and of two lines alone the first must
    reach the least width: one line end near a width is no evidence of a common one.
    """
    if len(lines) <= 1 or (len(lines) == _PAIR and len(lines[0]) < _WIDTH):
        return False
    if all(line.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS) for line in lines[:-1]):
        return False
    width = max(_WIDTH, *map(len, lines))
    return all(
        width - len(line) <= _NEAR + _slack(following)
        and len(line) + 1 + _first_word(following) >= width
        for line, following in pairwise(lines)
    )


def _first_word(line: str) -> int:
    return len(line.split(maxsplit=1)[0]) if line else 0


def _slack(line: str) -> int:
    """A long word that goes to the next line leaves its whole length behind."""
    return max(0, _first_word(line) - _NEAR)
