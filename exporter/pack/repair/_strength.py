"""How surely one sequence is damage, by the characters it shows and the one it hides.

A sequence is strong where no one writes such characters side by side ("â†’", "Ã©", "ðŸ”¥"), and
weak where correct words may hold them: "Â»" ends a quoted word in capitals, "é »" a French one,
"Рё" begins a Russian one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from exporter.pack.repair._choice import (
    Choice,
    Outcome,
    Place,
    choose,
    is_selector,
    is_usual,
    text_after,
    text_before,
)
from exporter.pack.repair._emoji import PICTURES, SIGNS
from exporter.pack.repair._sequences import CodePage, Sequence

# What stands behind a letter in correct text: its tail says nothing about damage.
_NATURAL = frozenset("’”“‘–—…»›™®´\u00a0")
# Sequences to either side that tell the characters close to a torn one.
_CLOSE = 3
_LOST = "\ufffd"
_LETTER_LIKE_SIGNS = frozenset("ªºµƒŸ")
_WORD = re.compile(r"[^\W_]")


class Strength(IntEnum):
    """How surely a sequence is damage."""

    NONE = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A sequence of a line, how surely it is damage, and what it was if it is torn."""

    sequence: Sequence
    strength: Strength
    choice: Choice | None


def findings(
    line: str, page: CodePage, sequences: tuple[Sequence, ...], spaces: bool
) -> Iterator[Finding]:
    """Every sequence of ``line`` with how surely it is damage; ``spaces`` as in `Place`."""
    for at, sequence in enumerate(sequences):
        if sequence.char:
            yield Finding(sequence, _of_whole(sequence, line, page), None)
            continue
        place = _place(line, sequences, at, spaces)
        choice = choose(sequence, page, place)
        yield Finding(sequence, _of_torn(sequence, page, choice, place), choice)


def _place(line: str, sequences: tuple[Sequence, ...], at: int, spaces: bool) -> Place:
    this = sequences[at]
    previous = sequences[at - 1] if at else None
    following = sequences[at + 1] if at + 1 < len(sequences) else None
    return Place(
        line,
        sequences,
        at,
        text_before(line, sequences, at, _CLOSE)[-_CLOSE:],
        text_after(line, sequences, at, _CLOSE)[:_CLOSE],
        previous if previous and _touch(line, previous, this) else None,
        following if following and _touch(line, this, following) else None,
        spaces,
    )


def _touch(line: str, left: Sequence, right: Sequence) -> bool:
    """Whether no text stands between two sequences.  A space before U+FE0F is none: U+FE0F follows
    a sign, so the space was the sign's last byte, A0."""
    between = line[left.end : right.start]
    return between == "" or (between == " " and not left.char and is_selector(right))


def _of_whole(sequence: Sequence, line: str, page: CodePage) -> Strength:
    char, surface = sequence.char, line[sequence.start : sequence.end]
    if unicodedata.category(char) in {"Cn", "Co", "Cs"} and char not in PICTURES:
        return Strength.NONE
    match sequence.size:
        case 2:
            telling = sequence.lead <= 0xC5 and not page.lettered and is_sign(surface[1:])
        case 3:
            begins = not line[max(0, sequence.start - 1) : sequence.start].isalpha()
            odd = _is_odd(surface) or (begins and is_usual(char))
            telling = _is_typographic(char) and odd
        case _:
            telling = char in PICTURES or char in SIGNS
    return Strength.STRONG if telling else Strength.WEAK


def _of_torn(sequence: Sequence, page: CodePage, choice: Choice, place: Place) -> Strength:
    resolved = choice.outcome is not Outcome.UNSURE
    tail = place.surface[1:]
    natural = tail != "" and all(sign in _NATURAL for sign in tail)
    natural = natural and place.before[-1:].isalpha()
    odd = _is_odd(place.surface)
    if place.following is None and not place.after[:1].isascii():
        return Strength.WEAK if resolved else Strength.NONE
    if place.after.startswith(_LOST):  # its byte is here, under a second layer of damage
        return Strength.NONE
    match sequence.known:
        case (0xF0, 0x9F, *_) | (0xEF, 0xB8, *_):
            return Strength.STRONG
        case (0xF0, _, _, *_) if 0x9F in page.lost and resolved and odd and not natural:
            pictures = all(char in PICTURES or char in SIGNS for char in choice.text)
            return Strength.STRONG if pictures else Strength.WEAK
        case (0xF0, _, *_) if 0x9F in page.lost and choice.outcome is Outcome.ORNAMENT:
            stands_alone = not _WORD.search(f"{place.before[-1:]} {place.after[:1]}")
            return Strength.WEAK if stands_alone else Strength.NONE
        case (0xE2, _, *_) if resolved and not natural:
            telling = odd or is_selector(place.following)
            return Strength.STRONG if telling else Strength.WEAK
        case _:
            sure = choice.outcome is Outcome.SURE and not natural
            return Strength.WEAK if sure else Strength.NONE


def is_sign(tail: str) -> bool:
    """Whether no word has ``tail`` behind a letter."""
    return tail in _LETTER_LIKE_SIGNS or not (tail.isalpha() or tail in _NATURAL)


def _is_odd(surface: str) -> bool:
    """Whether no word holds ``surface``: for its signs, or for a capital behind a small letter."""
    tail = surface[1:]
    camel = surface[:1].islower() and any(char.isupper() for char in tail)
    return camel or any(is_sign(char) for char in tail)


def _is_typographic(char: str) -> bool:
    return "\u2000" <= char <= "\u303f" or "\ufe00" <= char <= "\ufe0f" or char in "\ufeff\ufffd"
