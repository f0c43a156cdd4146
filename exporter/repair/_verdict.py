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
# Box drawing that no letter touches is a drawing, in whichever code page it could be more.
_DRAWING = re.compile(r"(?:(?<![^\W_])[\u2500-\u259f]+(?![^\W_])|[\x00-\x7f])*")
_MIXED = re.compile(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")
_WORD = re.compile(r"[^\W_]")
_CAPITALS = re.compile(r"[A-Z]{2} |[A-Z] [A-Z]")
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
    """The findings in a line.

    ``covered``: every character beyond ASCII belongs to a possible sequence; ``spent``: it does so
    or is the lead of a letter that lost the rest.
    """

    line: str
    page: CodePage
    findings: tuple[Finding, ...]
    covered: bool
    spent: bool


def judge(line: str, page: CodePage, spaces: bool) -> Verdict:
    """``line`` seen through ``page``; ``spaces`` as in `Place`."""
    sequences = scan(line, page)
    findings = _without_uncovered(line, page, tuple(_findings(line, page, sequences, spaces)))
    beyond = sum(not char.isascii() for char in line)
    possible = tuple(found for found in findings if found.strength is not Strength.NONE)
    leads = tuple(f for f in findings if f.strength is Strength.NONE and f.sequence.size == 2)
    covered = _covered(line, possible)
    spent = covered + _covered(line, leads)
    return Verdict(line, page, findings, covered == beyond, spent == beyond)


def believed(verdict: Verdict, trusted: bool) -> tuple[Finding, ...]:
    """The findings to repair; ``trusted``: the document was damaged through this code page."""
    strong = any(found.strength is Strength.STRONG for found in verdict.findings)
    open_to_weak = (verdict.spent and (trusted or strong)) or (
        (verdict.covered and _is_written_by_no_one(verdict))
        or (verdict.spent and _is_one_script(verdict))
    )
    return tuple(
        found
        for found in verdict.findings
        if found.strength is Strength.STRONG
        or (found.strength is Strength.WEAK and open_to_weak and _is_plausible(found, verdict))
    )


def evidence(verdict: Verdict) -> int:
    """How much a line speaks for its code page, whatever the rest of the document says.

    What is torn counts half: with enough bytes missing, much can be read into anything.
    """
    return sum(_weight(found, verdict.line) for found in believed(verdict, trusted=False))


def _weight(found: Finding, line: str) -> int:
    """A capital weighs less, and behind a small letter nearly nothing: where two code pages give
    different letters, that tells which of them is wrong."""
    sequence = found.sequence
    size = sequence.end - sequence.start
    if found.choice:
        return size
    capital = sequence.char.isupper()
    return 2 * size - capital - 2 * (capital and line[: sequence.start][-1:].islower())


def _is_written_by_no_one(verdict: Verdict) -> bool:
    """Whether a line that may be damage as a whole can't be text: by ftfy's sense for it, or by
    letters of two scripts in a word."""
    mixed = verdict.page.lettered and _MIXED.search(verdict.line) is not None
    return mixed or looks_bad(verdict.line)


def _is_one_script(verdict: Verdict) -> bool:
    """Whether three sequences in a row give letters of one script: that is no accident."""
    chars = [found.sequence for found in verdict.findings]
    return any(
        one.end == two.start and two.end == three.start and len(_scripts(one, two, three)) == 1
        for one, two, three in zip(chars, chars[1:], chars[2:], strict=False)
    )


def _scripts(*sequences: Sequence) -> set[str]:
    """The scripts that sequences are written in; what is no letter is a script of its own."""
    return {
        unicodedata.name(one.char, "").partition(" ")[0] if one.char.isalpha() else str(one)
        for one in sequences
    }


def _covered(line: str, findings: tuple[Finding, ...]) -> int:
    """How many characters beyond ASCII belong to ``findings``."""
    return sum(
        sum(not char.isascii() for char in line[found.sequence.start : found.sequence.end])
        for found in findings
    )


def _without_uncovered(
    line: str, page: CodePage, findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """In a lettered code page a word is damaged as a whole or not at all."""
    if not page.lettered:
        return findings
    kept: list[Finding] = []
    for run in _RUN.finditer(line):
        within = tuple(
            found
            for found in findings
            if run.start() <= found.sequence.start < run.end() and found.strength > Strength.NONE
        )
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
        yield Finding(sequence, _of_torn(sequence, page, choice, place), choice)


def _place(line: str, sequences: tuple[Sequence, ...], at: int, spaces: bool) -> Place:
    this = sequences[at]
    previous = sequences[at - 1] if at else None
    following = sequences[at + 1] if at + 1 < len(sequences) else None
    return Place(
        _read(line, sequences[:at], 0, this.start),
        line[this.start : this.end],
        _read(line, sequences[at + 1 :], this.end, len(line)),
        previous if previous and _touch(line, previous, this) else None,
        following if following and _touch(line, this, following) else None,
        spaces,
    )


def _read(line: str, sequences: tuple[Sequence, ...], start: int, end: int) -> str:
    """``line[start:end]`` with its whole sequences decoded."""
    text, at = "", start
    for sequence in sequences:
        if sequence.char:
            text += line[at : sequence.start] + sequence.char
            at = sequence.end
    return text + line[at:end]


def _touch(line: str, left: Sequence, right: Sequence) -> bool:
    """Whether no text stands between two sequences.  A space before U+FE0F is none: U+FE0F follows
    a sign, so the space was the sign's last byte, A0."""
    between = line[left.end : right.start]
    return between == "" or (between == " " and not left.char and is_selector(right))


def _of_whole(sequence: Sequence, line: str, page: CodePage) -> Strength:
    char, surface = sequence.char, line[sequence.start : sequence.end]
    if unicodedata.category(char) in {"Cn", "Co", "Cs"} and char not in PICTURES:
        return Strength.NONE
    if _DRAWING.fullmatch(line):
        return Strength.NONE
    match sequence.size:
        case 2:
            telling = sequence.lead <= 0xC5 and not page.lettered and _is_sign(surface[1:])
        case 3:
            telling = _is_typographic(char) and _is_odd(surface)
        case _:
            telling = char in PICTURES or char in SIGNS
    return Strength.STRONG if telling else Strength.WEAK


def _of_torn(sequence: Sequence, page: CodePage, choice: Choice, place: Place) -> Strength:
    resolved = choice.outcome is not Outcome.UNSURE
    tail = place.surface[1:]
    natural = all(sign in _NATURAL for sign in tail) and place.before[-1:].isalpha()
    odd = _is_odd(place.surface)
    if place.following is None and not place.after[:1].isascii():
        return Strength.WEAK if resolved else Strength.NONE
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


def _is_sign(tail: str) -> bool:
    """Whether no word has ``tail`` behind a letter."""
    return tail in _LETTER_LIKE_SIGNS or not (tail.isalpha() or tail in _NATURAL)


def _is_odd(surface: str) -> bool:
    """Whether no word holds ``surface``: for its signs, or for a capital behind a small letter."""
    tail = surface[1:]
    camel = surface[:1].islower() and any(char.isupper() for char in tail)
    return camel or any(_is_sign(char) for char in tail)


def _is_typographic(char: str) -> bool:
    return "\u2000" <= char <= "\u303f" or "\ufe00" <= char <= "\ufe0f" or char in "\ufeff\ufffd"


def _is_plausible(found: Finding, verdict: Verdict) -> bool:
    """Whether a weak sequence gives what can stand alone, or stands among others of its kind."""
    sequence, line = found.sequence, verdict.line
    char = found.choice.text if found.choice else sequence.char
    before, after = line[: sequence.start][-2:], line[sequence.end :][:1]
    if sequence.size == 2 and _CAPITALS.search(f"{before} {after}") and not char.isupper():
        return False
    name = unicodedata.name(char, "") if len(char) == 1 else ""
    alone = not unicodedata.category(char or " ").startswith(("L", "M", "C"))
    if alone or char <= "\xff" or name.startswith(_COMMON_SCRIPTS):
        return True
    return not (before[-1:] + after).isascii()
