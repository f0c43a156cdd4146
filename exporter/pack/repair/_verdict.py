"""Which sequences of a line are repaired.

Strong ones are, as they stand.  Weak ones are believed only when nothing in the line speaks against
it: damage spares no character, so one accented letter that is no sequence shows that the line is
correct.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from exporter.pack.repair._sequences import CodePage, Sequence, looks_bad, scan
from exporter.pack.repair._strength import Finding, Strength
from exporter.pack.repair._strength import findings as found_in

_RUN = re.compile(r"[^\x00-\x7f]+")
# Box drawing that no letter touches is a drawing, in whichever code page it could be more; this
# finds what makes a line anything else.
_NO_DRAWING = re.compile(r"[^\x00-\x7f\u2500-\u259f]|[^\W_][\u2500-\u259f]|[\u2500-\u259f][^\W_]")
_MIXED = re.compile(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")
_RARE = re.compile(r"[\x80-\x9f\u0180-\u0217\u021c-\u036f\u0460-\u1fff]")
_CAPITALS = re.compile(r"[A-Z]{2} |[A-Z] [A-Z]")
_COMMON_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "COMBINING")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings in a line.

    ``covered``: every character beyond ASCII belongs to a possible sequence; ``spent``: it does so
    or is the lead of a letter that lost the rest; ``sound``: the characters beside strong damage.
    """

    line: str
    page: CodePage
    findings: tuple[Finding, ...]
    covered: bool
    spent: bool
    sound: frozenset[str]


def judge(line: str, page: CodePage, spaces: bool) -> Verdict:
    """``line`` seen through ``page``; ``spaces`` as in `Place`."""
    sequences = scan(line, page)
    findings = _without_uncovered(line, page, tuple(found_in(line, page, sequences, spaces)))
    beyond = len(line) - len(line.encode("ascii", "ignore"))
    possible = tuple(found for found in findings if found.strength is not Strength.NONE)
    leads = tuple(f for f in findings if f.strength is Strength.NONE and f.sequence.size == 2)
    covered = _covered(possible)
    spent = covered + _covered(leads)
    sound = _sound(line, possible)
    return Verdict(line, page, findings, covered == beyond, spent == beyond, sound)


def _sound(line: str, possible: Iterable[Finding]) -> frozenset[str]:
    """The characters of a line that are not damage, where some of it surely is."""
    if not any(found.strength is Strength.STRONG for found in possible):
        return frozenset()
    at, kept = 0, set[str]()
    for found in possible:
        kept.update(line[at : found.sequence.start])
        at = found.sequence.end
    return frozenset(kept.union(line[at:]))


def believed(verdict: Verdict, trusted: bool) -> tuple[Finding, ...]:
    """The findings to repair; ``trusted``: the document was damaged through this code page."""
    if not trusted and not _NO_DRAWING.search(verdict.line):
        return ()
    strong = any(found.strength is Strength.STRONG for found in verdict.findings)
    open_to_weak = (verdict.spent and (trusted or strong)) or (
        (verdict.covered and _is_written_by_no_one(verdict))
        or (verdict.spent and _is_one_script(verdict))
    )
    return tuple(
        found
        for found in verdict.findings
        if (trusted or not explains(found, verdict))
        and (
            found.strength is Strength.STRONG
            or (found.strength is Strength.WEAK and open_to_weak and _is_plausible(found, verdict))
        )
    )


def explains(found: Finding, verdict: Verdict) -> bool:
    """Whether the line also holds the character that the damage hides: "é becomes Ã©"."""
    return found.strength is Strength.STRONG and found.sequence.char in verdict.sound


def evidence(verdict: Verdict) -> int:
    """How much a line speaks for its code page, whatever the rest of the document says.

    What is torn counts half: with enough bytes missing, much can be read into anything.
    """
    return sum(_weight(found, verdict.line) for found in believed(verdict, trusted=False))


def _weight(found: Finding, line: str) -> int:
    """A rare letter weighs less, and so does a capital behind a small one: where two code pages
    give different letters, that tells which of them is wrong."""
    sequence = found.sequence
    size = sequence.end - sequence.start
    if found.choice or _RARE.match(sequence.char):
        return size
    before = line[max(0, sequence.start - 1) : sequence.start]
    return 2 * size - 3 * (sequence.char.isupper() and before.islower())


def _is_written_by_no_one(verdict: Verdict) -> bool:
    """Whether a line that may be damage as a whole can't be text: by ftfy's sense for it, by
    letters of two scripts in a word, or by a capital behind a small letter."""
    mixed = verdict.page.lettered and _MIXED.search(verdict.line) is not None
    starts = (verdict.line[max(0, f.sequence.start - 1) :][:2] for f in verdict.findings)
    camel = any(start[:1].islower() and start[1:].isupper() for start in starts)
    return mixed or camel or looks_bad(verdict.line)


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


def _covered(findings: Iterable[Finding]) -> int:
    """How many characters beyond ASCII belong to ``findings``."""
    return sum(found.sequence.end - found.sequence.start for found in findings)


def _without_uncovered(
    line: str, page: CodePage, findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """In a lettered code page a word is damaged as a whole or not at all."""
    if not page.lettered:
        return findings
    kept: list[Finding] = []
    possible = [found for found in findings if found.strength > Strength.NONE]
    starts = [found.sequence.start for found in possible]
    for run in _RUN.finditer(line):
        within = possible[bisect_left(starts, run.start()) : bisect_left(starts, run.end())]
        if _covered(within) == len(run.group()) and not _are_letters(within, run):
            kept.extend(within)
    return tuple(kept)


def _are_letters(within: Iterable[Finding], run: re.Match[str]) -> bool:
    """Whether characters in a Latin word are letters of another alphabet that look like its own
    ("Сan" with a Cyrillic С), for none of them has a byte behind it."""
    beside = (
        run.string[max(0, run.start() - 1) : run.start()],
        run.string[run.end() : run.end() + 1],
    )
    alone = all(found.sequence.end - found.sequence.start == 1 for found in within)
    return alone and any(char.isalpha() for char in beside)


def _is_plausible(found: Finding, verdict: Verdict) -> bool:
    """Whether a weak sequence gives what can stand alone, or stands among others of its kind."""
    sequence, line = found.sequence, verdict.line
    char = found.choice.text if found.choice else sequence.char
    before = line[max(0, sequence.start - 2) : sequence.start]
    after = line[sequence.end : sequence.end + 1]
    if sequence.size == 2 and _CAPITALS.search(f"{before} {after}") and not char.isupper():
        return False
    if unicodedata.category(char or " ") == "Cc":
        return not (before[-1:] + after).isascii()
    name = unicodedata.name(char, "") if len(char) == 1 else ""
    alone = not unicodedata.category(char or " ").startswith(("L", "M", "C"))
    if alone or char <= "\xff" or name.startswith(_COMMON_SCRIPTS):
        return True
    return not (before[-1:] + after).isascii()
