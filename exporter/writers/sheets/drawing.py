"""Small figures in black and white, drawn as SVG from what the pack holds; lengths are millimetres.

Tiers differ by pattern, never by grey: a laser printer dithers grey into dots.  Hatches are lines
that are cut to their bar here, as print engines differ in patterns and clip paths.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from exporter.model import Html, Tier
from exporter.writers.sheets import glyphs

Counts = Sequence[tuple[Tier, int]]
"""Tiers with how many cards each has."""

_HEIGHT = 2.4  # of a bar
_HATCH = 0.9  # between the lines of a hatch
_PEN = 0.2
_SIZE = 2.6  # of type, 7.4 pt
_FONT = f'font-family="IBM Plex Sans Condensed" font-size="{_SIZE}" text-anchor="middle"'
_STATION, _RISE, _GAP = 25.0, 10.4, 5.5  # width and height of a station, and what parts them
_COLUMNS = 3  # what a column of a sheet holds
_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)  # of a line, to make those of a label about equally long
_LINES, _LEADING, _PADDING = 3, 3.1, 0.8  # lines of a label, their height, what frames them


def bar(counts: Counts, scale: float, title: str) -> Html:
    """A bar with a piece for each tier, `scale` a card."""
    pieces, x = [], 0.0
    for tier, count in counts:
        pieces.append(_piece(tier, x, count * scale))
        x += count * scale
    return _svg(x, _HEIGHT, title, pieces)


def swatch(tier: Tier, title: str) -> Html:
    """A tier's pattern, for a legend."""
    return _svg(4.0, _HEIGHT, title, [_piece(tier, 0.0, 4.0)])


def _svg(width: float, height: float, title: str, pieces: Sequence[str]) -> Html:
    wide, high = f"{width + _PEN:.2f}", f"{height + _PEN:.2f}"
    return Html(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}mm" height="{high}mm" '
        f'viewBox="{-_PEN / 2:.2f} {-_PEN / 2:.2f} {wide} {high}" role="img">'
        f"<title>{escape(title)}</title>{''.join(pieces)}</svg>"
    )


def _piece(tier: Tier, x: float, width: float) -> str:
    lines: list[tuple[float, float, float, float]] = []
    if tier in (Tier.MEDIUM, Tier.TASK):
        lines += _rising(x, width)
    if tier is Tier.TASK:
        lines += [(x1, _HEIGHT - y1, x2, _HEIGHT - y2) for x1, y1, x2, y2 in _rising(x, width)]
    if tier is Tier.OUTPUT:
        count = int(width / (_HATCH * 0.8))
        lines += [
            (x + n * _HATCH * 0.8, 0.0, x + n * _HATCH * 0.8, _HEIGHT) for n in range(1, count + 1)
        ]
    fill = "#000" if tier is Tier.SHORT else "#fff"
    path = "".join(f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}" for x1, y1, x2, y2 in lines)
    hatch = f'<path d="{path}" stroke="#000" stroke-width="{_PEN}" fill="none"/>' if path else ""
    return (
        f'<rect x="{x:.2f}" y="0" width="{width:.2f}" height="{_HEIGHT}" fill="{fill}" '
        f'stroke="#000" stroke-width="{_PEN}"/>{hatch}'
    )


def _rising(x: float, width: float) -> Iterator[tuple[float, float, float, float]]:
    """Lines from lower left to upper right, cut to the piece."""
    start = x - _HEIGHT + _HATCH
    while start < x + width:
        left, right = max(start, x), min(start + _HEIGHT, x + width)
        if right > left:
            yield left, _HEIGHT - (left - start), right, _HEIGHT - (right - start)
        start += _HATCH


def cycle(steps: Sequence[str], center: str, title: str, most: int = _COLUMNS) -> Html:
    """Three to twelve stations in a ring of at most so many columns, clockwise from the upper left,
    with `center` in their middle."""
    row = len(steps) <= most
    columns = most if row else min(math.ceil(len(steps) / 2), most)
    width = columns * (_STATION + _GAP) - _GAP
    inner = width - (2 * _STATION + 4 if len(steps) > 2 * most else _STATION + 4)
    middle = _LEADING * len(_wrapped(center, inner)) + 3.0 if center else 0.0
    spots = _spots(len(steps), columns, _RISE + _GAP + middle)
    pieces = [_station(step, x, y) for step, (x, y) in zip(steps, spots, strict=True)]
    pieces += [_arrow(one, other) for one, other in pairwise(spots)]
    low = _RISE + middle + 2.0 if row else max(y for _, y in spots) + _RISE
    pieces.append(_return(spots[-1][0], low) if row else _arrow(spots[-1], spots[0]))
    pieces += _text(center, width / 2, (_RISE + low if row else low) / 2, inner)
    return _svg(width, low, title, pieces)


def _spots(count: int, columns: int, low: float) -> list[tuple[float, float]]:
    """Upper left corners: a row, down the right, a row back at `low` or deeper, up the left."""
    across, down = _STATION + _GAP, _RISE + _GAP
    sides = max(0, count - 2 * columns)
    right, left = math.ceil(sides / 2), sides // 2
    low = max(low, down * (right + 1))
    back = max(0, count - columns - sides)
    lower = [(columns - 1) * across * (1 - n / max(back - 1, 1)) for n in range(back)]
    return [
        *((n * across, 0.0) for n in range(columns)),
        *(((columns - 1) * across, down * (n + 1)) for n in range(right)),
        *((x, low) for x in lower),
        *((0.0, low - down * (n + 1)) for n in range(left)),
    ]


def _station(step: str, x: float, y: float) -> str:
    box = (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{_STATION}" height="{_RISE}" rx="1.2" fill="#fff" '
        f'stroke="#000" stroke-width=".3"/>'
    )
    return box + "".join(_text(step, x + _STATION / 2, y + _RISE / 2, _STATION))


def _text(text: str, x: float, y: float, width: float) -> Iterator[str]:
    lines = _wrapped(text, width)
    first = y - _LEADING * (len(lines) - 1) / 2 + 0.9
    for number, line in enumerate(lines):
        yield f'<text x="{x:.2f}" y="{first + number * _LEADING:.2f}" {_FONT}>{escape(line)}</text>'


def _wrapped(text: str, width: float) -> list[str]:
    """At most three lines, none of which touches its frame; what is longer ends with "…"."""
    room = (width - 2 * _PADDING) / _SIZE
    pieces = tuple(_pieces(text, room))
    lines = _filled(pieces, room)
    if len(lines) <= _LINES:
        tries = (_filled(pieces, room * share) for share in _SHARES)
        return next((evener for evener in tries if len(evener) == len(lines)), lines)
    last = lines[_LINES - 1]
    while last and glyphs.width(f"{last} …") > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: _LINES - 1], f"{last} …".strip()]


def _filled(pieces: Sequence[str], room: float) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]} {piece}" if lines else piece
        if lines and glyphs.width(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def _pieces(text: str, room: float) -> Iterator[str]:
    """Words, those that are wider than a line in parts."""
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and glyphs.width(piece + letter) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _arrow(one: tuple[float, float], other: tuple[float, float]) -> str:
    """From the edge of a station to that of the next, in the same row or the other one."""
    (x1, y1), (x2, y2) = one, other
    if y1 == y2:  # side by side, else one above the other
        right = x2 > x1
        begin, end = (x1 + _STATION, x2) if right else (x1, x2 + _STATION)
        return _pointed(begin, y1 + _RISE / 2, end, y1 + _RISE / 2)
    center = _STATION / 2
    down = y2 > y1
    return _pointed(x1 + center, y1 + _RISE * down, x2 + center, y2 + _RISE * (not down))


def _return(x: float, low: float) -> str:
    """From below the last station of a single row back to the first one."""
    first, last = _STATION / 2, x + _STATION / 2
    path = f"M{last:.2f} {_RISE}L{last:.2f} {low:.2f}L{first:.2f} {low:.2f}"
    line = f'<path d="{path}" stroke="#000" stroke-width=".3" fill="none"/>'
    return line + _pointed(first, low, first, _RISE)


def _pointed(x1: float, y1: float, x2: float, y2: float) -> str:
    length = math.hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    left = (x2 - 1.6 * dx + 0.8 * dy, y2 - 1.6 * dy - 0.8 * dx)
    right = (x2 - 1.6 * dx - 0.8 * dy, y2 - 1.6 * dy + 0.8 * dx)
    shaft = f"M{x1:.2f} {y1:.2f}L{x2 - dx:.2f} {y2 - dy:.2f}"
    head = f"M{x2:.2f} {y2:.2f}" + "".join(f"L{x:.2f} {y:.2f}" for x, y in (left, right))
    return f'<path d="{shaft}" stroke="#000" stroke-width=".3"/><path d="{head}Z"/>'
