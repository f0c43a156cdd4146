"""Writes a line with its damage repaired, and closes the gaps that dropped emoji leave."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.pack.repair._choice import Outcome
from exporter.pack.repair._emoji import JOINER, SELECTOR, is_emoji
from exporter.pack.repair._strength import Finding

_BYTE_ORDER_MARK = "\ufeff"
_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_OPENERS = frozenset('([{>|"“‘')
_EMPHASIS = frozenset("*_~`«")
_MARKS = 40  # no author opens so many at once
_CLOSES = re.compile(r"[*_~`)\]}\"”’»:,.;!?]++(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a damaged line and what stands there now; None: an emoji was taken out."""

    start: int
    end: int
    text: str | None
    fits: tuple[str, ...] = ()


def pieces(line: str, findings: tuple[Finding, ...]) -> tuple[Piece, ...]:
    """What becomes of each finding.  An emoji of several characters goes or stays as a whole."""
    found = [_piece(line, finding) for finding in findings]
    return tuple(piece for cluster in _clusters(found) for piece in _whole(cluster))


def _piece(line: str, finding: Finding) -> Piece:
    sequence, choice = finding.sequence, finding.choice
    if choice is None:
        text = "" if sequence.start == 0 and sequence.char == _BYTE_ORDER_MARK else sequence.char
        return Piece(sequence.start, sequence.end, text)
    end = sequence.end + choice.space
    match choice.outcome:
        case Outcome.SURE:
            return Piece(sequence.start, end, choice.text)
        case Outcome.ORNAMENT:
            return Piece(sequence.start, end, None, choice.fits)
        case Outcome.UNSURE:
            return Piece(sequence.start, end, line[sequence.start : end], choice.fits)


def _clusters(found: list[Piece]) -> Iterator[list[Piece]]:
    cluster: list[Piece] = []
    for piece in found:
        if cluster and not _joins(cluster[-1], piece):
            yield cluster
            cluster = []
        cluster.append(piece)
    if cluster:
        yield cluster


def _joins(left: Piece, right: Piece) -> bool:
    if left.end != right.start or not (
        left.text is None or is_emoji(left.text) or left.text in {SELECTOR, JOINER, *_TONES}
    ):
        return False
    return right.text in {SELECTOR, JOINER, *_TONES} or left.text == JOINER


def _whole(cluster: list[Piece]) -> list[Piece]:
    if all(piece.text is not None for piece in cluster):
        return cluster
    fits = next(piece.fits for piece in cluster if piece.text is None)
    return [Piece(cluster[0].start, cluster[-1].end, None, fits)]


def written(line: str, found: tuple[Piece, ...]) -> str:
    """``line`` with its pieces in their places."""
    text: list[str] = []
    at = 0
    for number, piece in enumerate(found):
        text += line[at : piece.start]
        at = piece.end
        if piece.text is not None:
            text += piece.text
            continue
        stop = found[number + 1].start if number + 1 < len(found) else len(line)
        at = _closed(text, line, at, stop)
    return "".join(text) + line[at:]


def _closed(before: list[str], line: str, at: int, stop: int) -> int:
    """Where the line goes on behind a gap; the characters ``before`` it lose their last spaces:
    one space where one stood, none where the gap is at an end or inside a bracket or emphasis
    mark."""
    behind = line[at:stop]
    ends = stop == len(line) and not behind.strip()
    if ends or (before[-1:] == [" "] and _CLOSES.match(line, at)):
        while before[-1:] == [" "]:
            before.pop()
    elif _is_opened(before):
        return at + len(behind) - len(behind.lstrip(" "))
    return at


def _is_opened(before: Sequence[str]) -> bool:
    """Whether nothing but opening marks stands since the line's start, a space or a bracket."""
    for sign in reversed(before[-_MARKS:]):
        if sign in _OPENERS or sign.isspace():
            return True
        if sign not in _EMPHASIS:
            return False
    return True
