"""What a torn sequence was: by the bytes it has left, and by what people write.

All characters are listed that the remaining bytes allow.  A quotation mark, arrow or sign that is
the only usual one among them is restored.  Where several emoji fit, none is chosen: an emoji that
is missing costs nothing, a wrong one says something that its author did not say.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations, product

from exporter.pack.repair._emoji import JOINER, PICTURES, SELECTOR, SIGNS
from exporter.pack.repair._sequences import CodePage, Sequence, scan

_CONTINUATION = tuple(range(0x80, 0xC0))
_NO_BREAK = 0xA0
_C1_LEAD = 0xC2
_LOST = "\ufffd"
_KEY_CAP = "\u20e3"
_BULLETS = frozenset("●○■□▪")
_BOX = frozenset("─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬")
_USUAL = _BULLETS | _BOX | frozenset("—–…•′″€™←↑→↓↔⇐⇒⇔−√∞≈≠≡≤≥▲▶▼☐☑✓✔✗✘➜")
_OPENING, _CLOSING = "“‘„‚", "”’"
_HYPHEN = "‐"
_BOX_BYTES = (0x94, 0x95)
# Sequences to either side that a torn one is judged by: a minified file has lines without end.
_NEIGHBOURS = 50


class Outcome(StrEnum):
    """What can be said of a torn sequence."""

    SURE = "sure"
    ORNAMENT = "ornament"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Choice:
    """``text`` is the character where the outcome is sure; ``fits`` is what the bytes allow.

    ``space``: the space behind the sequence was its last byte.
    """

    outcome: Outcome
    text: str = ""
    fits: tuple[str, ...] = ()
    space: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a torn sequence stands: ``sequences[at]`` of ``line``, with a few characters around it,
    whole sequences decoded, and the sequences that touch it.

    ``spaces``: a no-break space may have become a plain one in this document.
    """

    line: str
    sequences: tuple[Sequence, ...]
    at: int
    before: str
    after: str
    previous: Sequence | None
    following: Sequence | None
    spaces: bool

    @property
    def surface(self) -> str:
        """The sequence as it stands in the line."""
        this = self.sequences[self.at]
        return self.line[this.start : this.end]


def text_before(line: str, sequences: tuple[Sequence, ...], at: int, reach: int) -> str:
    """What stands before ``sequences[at]``, whole sequences decoded, so many sequences far."""
    first = max(0, at - reach)
    begin = sequences[first].start if first else 0
    return _read(line, sequences[first:at], begin, sequences[at].start)


def text_after(line: str, sequences: tuple[Sequence, ...], at: int, reach: int) -> str:
    """What stands behind it."""
    last = at + reach + 1
    end = sequences[last].start if last < len(sequences) else len(line)
    return _read(line, sequences[at + 1 : last], sequences[at].end, end)


def _read(line: str, sequences: tuple[Sequence, ...], start: int, end: int) -> str:
    """``line[start:end]`` with its whole sequences decoded."""
    text, at = "", start
    for sequence in sequences:
        if sequence.char:
            text += line[at : sequence.start] + sequence.char
            at = sequence.end
    return text + line[at:end]


@cache
def fitting(known: tuple[int | None, ...], size: int, lost: tuple[int, ...]) -> tuple[str, ...]:
    """The assigned characters, sorted, that a sequence of ``size`` bytes can have been of which
    these are ``known``, in a code page without characters for the bytes ``lost``."""
    return tuple(sorted({char for char in _filled(known, size, lost) if _is_written(char)}))


def _filled(known: tuple[int | None, ...], size: int, lost: tuple[int, ...]) -> Iterator[str]:
    gaps = size - len(known)
    most = 2 if known[0] == 0xF0 else 1
    if gaps + known.count(None) > most or (gaps and not lost):
        return
    for places in combinations(range(1, size), gaps):
        rest = iter(known)
        pattern = [None if at in places else next(rest) for at in range(size)]
        fillings = [(lost or _CONTINUATION) if byte is None else (byte,) for byte in pattern]
        for filling in product(*fillings):
            yield from _decoded(bytes(filling))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _is_written(char: str) -> bool:
    return char in PICTURES or unicodedata.category(char) not in {"Cn", "Co", "Cs", "Cc"}


def choose(torn: Sequence, page: CodePage, place: Place) -> Choice:
    """The character that ``torn`` was, or why none can be named."""
    fits = fitting(torn.known, torn.size, page.lost)
    invisible = _invisible(torn, fits, place)
    if invisible is not None:
        return invisible
    mark = _quotation(fits, place)
    if mark:
        return Choice(Outcome.SURE, mark, fits)
    if torn.lead == _C1_LEAD and _awaits_byte(place.before, page):
        return Choice(Outcome.SURE, _LOST)
    spaced = _with_space(torn, page, place)
    if spaced and is_selector(place.following):
        return Choice(Outcome.SURE, spaced, fits, space=True)
    return _most_usual(torn, fits, spaced, place)


def _awaits_byte(before: str, page: CodePage) -> bool:
    """Whether text that was damaged twice lost a byte here: a C1 control of the first time."""
    sequences = scan(before[-3:], page)
    return bool(sequences and not sequences[-1].char and sequences[-1].end == len(before[-3:]))


def is_usual(char: str) -> bool:
    """Whether ``char`` is a quotation mark, arrow, sign or picture that many documents hold."""
    return char in _USUAL or char in PICTURES or char in {*_OPENING, *_CLOSING, "‑", _KEY_CAP}


def is_selector(sequence: Sequence | None) -> bool:
    """Whether ``sequence`` is U+FE0F, which makes a picture of the sign before it."""
    return sequence is not None and (
        sequence.char == SELECTOR or (not sequence.char and sequence.known[:2] == (0xEF, 0xB8))
    )


def is_pictorial(sequence: Sequence | None) -> bool:
    """Whether ``sequence`` is an emoji or a part of one, torn or whole."""
    if sequence is None:
        return False
    if sequence.char:
        return sequence.char in PICTURES | SIGNS | {SELECTOR}
    return sequence.lead == 0xF0 or is_selector(sequence)


def _invisible(torn: Sequence, fits: tuple[str, ...], place: Place) -> Choice | None:
    """Selectors, joiners and key caps show nothing themselves: what stands beside them tells."""
    if is_selector(torn) and SELECTOR in fits:
        stands = place.previous is not None or place.before[-1:].strip()
        return Choice(Outcome.SURE, SELECTOR if stands else "", fits)
    if _KEY_CAP in fits and is_selector(place.previous):
        return Choice(Outcome.SURE, _KEY_CAP, fits)
    joins = is_pictorial(place.previous) and place.following is not None
    if JOINER in fits and joins and place.following and place.following.lead in {0xF0, 0xE2}:
        return Choice(Outcome.SURE, JOINER, fits)
    return None


def _quotation(fits: tuple[str, ...], place: Place) -> str:
    """The quotation mark or hyphen that fits the place, "" where something else may stand there."""
    if not {*_OPENING, *_CLOSING, _HYPHEN}.intersection(fits) or {"—", "…"}.intersection(fits):
        return ""
    within = place.before[-1:].isalnum() and place.after[:1].isalnum()
    if within and not _is_quoted(place):
        return next((mark for mark in f"’{_HYPHEN}" if mark in fits), "")
    opens = not place.before[-1:].strip(" \t([{<>*_~-–—/|") and place.after[:1].strip()
    single = _OPENING[1] in fits and _ends_single(place)
    wanted = (_OPENING[1] * single) + _OPENING + _CLOSING if opens else _CLOSING + _OPENING
    return next((mark for mark in wanted if mark in fits), "")


def _is_quoted(place: Place) -> bool:
    """Whether a quotation is open before the place."""
    before = text_before(place.line, place.sequences, place.at, _NEIGHBOURS)
    return before.count("“") > before.count("”")


def _ends_single(place: Place) -> bool:
    """Whether a closing ’ comes behind a word before a mark that lost its byte does."""
    after = text_after(place.line, place.sequences, place.at, _NEIGHBOURS)
    quoted = after.partition(place.surface)[0]
    return re.search(r"\w[.,;:!?…]?’(?!\w)", quoted) is not None


def _with_space(torn: Sequence, page: CodePage, place: Place) -> str:
    """The character whose last byte A0 became the plain space behind ``torn``, or ""."""
    complete = torn.size - len(torn.known) == 1 and None not in torn.known
    possible = place.spaces or is_selector(place.following)
    if not (complete and possible and place.after.startswith(" ")):
        return ""
    if page.view("\xa0") != "\xa0":
        return ""
    char = _decoded(bytes([*(byte for byte in torn.known if byte is not None), _NO_BREAK]))
    return char if char and _is_written(char) else ""


def _takes_space(place: Place) -> bool:
    """Whether the space behind was a byte only: what follows does not need one before it."""
    behind = place.after[1:2]
    return not (behind.isalnum() or behind in tuple("([{\"'`*_&+-=<|#/\\“‘"))


def _most_usual(torn: Sequence, fits: tuple[str, ...], spaced: str, place: Place) -> Choice:
    allowed = tuple(sorted({*fits, spaced} - {""}))
    for rank in _ranks(allowed, torn, place):
        if len(rank) == 1:
            space = rank[0] == spaced and (spaced == "\xa0" or _takes_space(place))
            return Choice(Outcome.SURE, rank[0], allowed, space)
        if rank:
            ornament = all(char in PICTURES | SIGNS | _BULLETS for char in rank)
            return Choice(Outcome.ORNAMENT if ornament else Outcome.UNSURE, "", rank)
    kind = Outcome.ORNAMENT if torn.known[:2] == (0xF0, 0x9F) else Outcome.UNSURE
    return Choice(kind, fits=allowed)


def _ranks(allowed: tuple[str, ...], torn: Sequence, place: Place) -> Iterator[tuple[str, ...]]:
    """``allowed`` from the most to the least usual."""
    if torn.size == 2:  # a letter: case is all that tells
        small = place.before[-1:].islower() or place.after[:1] == " "
        yield tuple(char for char in allowed if not (small and char.isupper()))
        return
    if torn.known[1:2] in {(byte,) for byte in _BOX_BYTES} and _touches_box(place):
        yield _box(allowed, place)
    if is_selector(place.following):
        yield tuple(char for char in allowed if char in SIGNS)
    yield from _by_use(allowed)


@cache
def _by_use(allowed: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What many documents hold, what few do, and all that can be seen."""
    return (
        tuple(char for char in allowed if char in PICTURES or char in _USUAL),
        tuple(char for char in allowed if char in SIGNS),
        tuple(char for char in allowed if unicodedata.category(char) != "Cf"),
    )


def _touches_box(place: Place) -> bool:
    return any(
        beside is not None and beside.lead == 0xE2 and beside.known[1:2] in {(0x94,), (0x95,)}
        for beside in (place.previous, place.following)
    )


def _box(allowed: tuple[str, ...], place: Place) -> tuple[str, ...]:
    """Box drawing: a corner closes a line that the other corner opened, else the line goes on."""
    drawn = tuple(char for char in allowed if char in _BOX)
    if "═" in drawn and "╝" in drawn:
        before = text_before(place.line, place.sequences, place.at, _NEIGHBOURS)
        closes = place.following is None and "╚" in before
        return ("╝",) if closes else ("═",)
    return drawn
