"""Which sequences of a line are damage, and which only look like it.

A sequence is strong where no one writes such characters side by side ("â†’", "Ã©", "ðŸ”¥"), and
weak where correct words may hold them: "Â»" ends a quoted word in capitals, "é »" a French one,
"Рё" begins a Russian one.  Strong ones are repaired as they stand.  Weak ones are believed only
when nothing in the line speaks against it: damage spares no character, so one accented letter that
is no sequence shows that the line is correct.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from exporter.repair._choice import Choice, Outcome, Place, choose, is_selector
from exporter.repair._emoji import PICTURES, SIGNS
from exporter.repair._pages import CodePage, looks_bad
from exporter.repair._sequences import Sequence, scan

_RUN = re.compile(r"[^\x00-\x7f]+")
# What stands behind a letter in correct text: its tail says nothing about damage.
_NATURAL = frozenset("’”“‘–—…»›™®´\u00a0")
_LETTER_LIKE_SIGNS = frozenset("ªºµƒ")
_COMMON_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "COMBINING")


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings in a line; ``covered``: every character beyond ASCII is part of one."""

    line: str
    page: CodePage
    findings: tuple[Finding, ...]
    covered: bool


def judge(line: str, page: CodePage, spaces: bool) -> Verdict:
    """``line`` seen through ``page``; ``spaces`` as in `Place`."""
    sequences = scan(line, page)
    findings = _without_uncovered(line, page, tuple(_findings(line, page, sequences, spaces)))
    covered = _covered(line, findings) == len("".join(_RUN.findall(line)))
    return Verdict(line, page, findings, covered)


def believed(verdict: Verdict, trusted: bool) -> tuple[Finding, ...]:
    """The findings to repair; ``trusted``: the document was damaged through this code page."""
    strong = any(found.strength is Strength.STRONG for found in verdict.findings)
    open_to_weak = verdict.covered and (trusted or strong or looks_bad(verdict.line))
    return tuple(
        found
        for found in verdict.findings
        if found.strength is Strength.STRONG
        or (found.strength is Strength.WEAK and open_to_weak and _is_plausible(found, verdict))
    )


def _covered(line: str, findings: tuple[Finding, ...]) -> int:
    """How many characters beyond ASCII belong to a possible sequence."""
    return sum(
        len("".join(_RUN.findall(line[found.sequence.start : found.sequence.end])))
        for found in findings
        if found.strength is not Strength.NONE
    )


def _without_uncovered(
    line: str, page: CodePage, findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """In a lettered code page a word is damaged as a whole or not at all."""
    if not page.lettered:
        return findings
    kept: list[Finding] = []
    for run in _RUN.finditer(line):
        within = tuple(f for f in findings if run.start() <= f.sequence.start < run.end())
        if _covered(line, within) == run.end() - run.start():
            kept.extend(within)
    return tuple(kept)


def _findings(
    line: str, page: CodePage, sequences: tuple[Sequence, ...], spaces: bool
) -> Iterator[Finding]:
    for at, sequence in enumerate(sequences):
        if sequence.char:
            yield Finding(sequence, _of_whole(sequence, line, page), None)
            continue
        place = _place(line, sequences, at, spaces)
        choice = choose(sequence, page, place)
        yield Finding(sequence, _of_torn(sequence, line, page, choice, place), choice)


def _place(line: str, sequences: tuple[Sequence, ...], at: int, spaces: bool) -> Place:
    this = sequences[at]
    previous = sequences[at - 1] if at else None
    following = sequences[at + 1] if at + 1 < len(sequences) else None
    return Place(
        line[: this.start],
        line[this.end :],
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
    char, tail = sequence.char, line[sequence.start + 1 : sequence.end]
    odd = any(_is_sign(sign) for sign in tail)
    if unicodedata.category(char) in {"Cn", "Co", "Cs"} and char not in PICTURES:
        return Strength.NONE
    match sequence.size:
        case 2:
            telling = sequence.lead <= 0xC5 and not page.lettered and _is_sign(tail)
        case 3:
            unnatural = any(sign not in _NATURAL for sign in tail)
            telling = _is_typographic(char) and unnatural and odd
        case _:
            telling = sequence.known[1] == 0x9F
    return Strength.STRONG if telling and odd else Strength.WEAK


def _of_torn(
    sequence: Sequence, line: str, page: CodePage, choice: Choice, place: Place
) -> Strength:
    resolved = choice.outcome is not Outcome.UNSURE
    tail = line[sequence.start + 1 : sequence.end]
    odd = any(_is_sign(sign) for sign in tail)
    natural = all(sign in _NATURAL for sign in tail) and place.before[-1:].isalpha()
    match sequence.known:
        case (0xF0, 0x9F, *_) | (0xEF, 0xB8, *_):
            return Strength.STRONG
        case (0xF0, _, *_) if 0x9F in page.lost and resolved and not natural:
            pictures = all(char in PICTURES | SIGNS for char in choice.text)
            return Strength.STRONG if len(tail) > 1 and odd and pictures else Strength.WEAK
        case (0xE2, _, *_) if resolved and not natural:
            return Strength.STRONG if odd or is_selector(place.following) else Strength.WEAK
        case _:
            sure = choice.outcome is Outcome.SURE and not natural
            return Strength.WEAK if sure else Strength.NONE


def _is_sign(tail: str) -> bool:
    """Whether no word has ``tail`` behind a letter."""
    return tail in _LETTER_LIKE_SIGNS or not (tail.isalpha() or tail in _NATURAL)


def _is_typographic(char: str) -> bool:
    return "\u2000" <= char <= "\u303f" or "\ufe00" <= char <= "\ufe0f" or char in "\ufeff\ufffd"


def _is_plausible(found: Finding, verdict: Verdict) -> bool:
    """Whether a weak sequence gives what can stand alone, or stands among others of its kind."""
    sequence, line = found.sequence, verdict.line
    char = found.choice.text if found.choice else sequence.char
    before, after = line[: sequence.start][-1:], line[sequence.end :][:1]
    if before.isupper() and before.isascii() and not char.isupper():
        return False
    name = unicodedata.name(char, "") if len(char) == 1 else ""
    alone = not unicodedata.category(char or " ").startswith(("L", "M", "C"))
    if alone or name.startswith(_COMMON_SCRIPTS):
        return True
    return not (before + after).isascii()
