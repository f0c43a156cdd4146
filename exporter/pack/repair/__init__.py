"""Repairs mojibake: UTF-8 that was read in a single-byte code page and saved again.

Line by line, so that every location stays true, and until nothing more is damaged, so that text
damaged twice comes right and repairing twice changes nothing.  Bytes that the code page leaves
undefined are often gone.  What they were is chosen by what the other bytes allow; an emoji that
could be several is taken out, a letter that could be several stays damaged, and both are reported.

Which code page it was is decided over the whole document: a line whose damage could be read in two
ways follows the others.  Something like `Ã©` alone between quotation marks or backticks is a
mention of damage, and so is a line that holds the right character too ("é becomes Ã©"), unless the
document is damaged elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from exporter.model import Source
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.pack.repair._choice import Outcome
from exporter.pack.repair._line import pieces, written
from exporter.pack.repair._sequences import CodePage, code_pages, looks_bad
from exporter.pack.repair._suspicion import suspects
from exporter.pack.repair._verdict import Verdict, believed, evidence, explains, judge

_WIDTH = 60
_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})")
# An opening mark with all that stands behind it beyond ASCII, so that each character is read once.
_MENTION = re.compile(
    r"[`\"'“‘«(](?<![^\W_].)(?P<inner>[^\x00-\x7f]++)(?P<closed>[`\"')](?![^\W_]))?+"
)
_CLOSER = re.compile(r"[”’»](?![^\W_])")


@dataclass(frozen=True, slots=True)
class _Repaired:
    """A repaired line.  ``dropped``: per emoji taken out, what it can have been; ``unsure``: the
    characters that stay damaged, each with what it can have been."""

    text: str
    dropped: tuple[tuple[str, ...], ...] = ()
    unsure: tuple[tuple[str, tuple[str, ...]], ...] = ()


def repair(source: Source, report: Report) -> Source:
    """``source`` with its damage repaired: as many lines, and the same object where it is sound.

    Reports per document how many lines were repaired, and per line what could not be restored.
    """
    if not any(_is_suspect(line) for line in source.lines):
        return source
    repaired, names = _repaired(source.lines)
    both = tuple(zip(source.lines, repaired, strict=True))
    changed = [number for number, (before, line) in enumerate(both, 1) if before != line.text]
    if changed:
        lines = f"{len(changed)} line{'s' * (len(changed) > 1)} repaired"
        message = f"{lines} (UTF-8 that was read as {' and as '.join(names)})"
        place = Location(source.path, changed[0], changed[-1])
        report(Diagnostic(place, Code.REPAIRED, message))
    mixed = not changed or any(_is_sound(before) and before == line.text for before, line in both)
    for number, (before, line) in enumerate(both, 1):
        place = Location(source.path, number, number)
        for code, message in _remarks(before, line, mixed):
            report(Diagnostic(place, code, message))
    return replace(source, lines=tuple(line.text for line in repaired)) if changed else source


def _is_suspect(line: str) -> bool:
    """Whether a line can show or mention damage; most documents have none that does."""
    if line.isascii() or suspects(line):
        return not line.isascii()
    if not _MENTION.search(line):
        return False
    spans = (line[start:end] for start, end in _mentions(line))
    return any(map(suspects, (_blanked(line), *spans)))


def _is_sound(line: str) -> bool:
    return not line.isascii() and not looks_bad(line)


def _remarks(before: str, line: _Repaired, mixed: bool) -> Iterator[tuple[Code, str]]:
    """What a person has to know of a line; ``mixed``: some of the document was never damaged."""
    for fits in line.dropped:
        emoji = f"one of {' '.join(fits)} stood here" if fits else "an emoji stood here"
        advice = "taken out, write it again if it matters"
        yield Code.ORNAMENT_DROPPED, f"{emoji} and its bytes do not tell which; {advice}"
    for text, fits in line.unsure:
        guess = f" of one of {' '.join(fits)}" if fits else ""
        yield Code.STILL_DAMAGED, f'"{text}" is what is left{guess}; type the character again'
    if line.unsure:
        return
    concerned = before != line.text or not mixed
    if concerned and _is_left(before, line.text):
        message = f'"{_shown(line.text)}" still looks damaged; compare it with the original'
        yield Code.STILL_DAMAGED, message
    elif before == line.text and _mentions_damage(before):
        message = f'"{_shown(before)}" looks damaged, nothing around it is; kept as a mention'
        yield Code.MOJIBAKE_MENTIONED, message


def _is_left(before: str, line: str) -> bool:
    return looks_bad(line) or ("\ufffd" in line and before != line)


def _shown(line: str) -> str:
    return shorten(line, _WIDTH, placeholder=" …")


def _mentions_damage(line: str) -> bool:
    if line.isascii():
        return False
    spans = [line[start:end] for start, end in _mentions(line)]
    verdicts = (judge(line, code_pages()[page], True) for page in suspects(line))
    return any(_speaks(span, True) for span in spans) or any(
        explains(found, verdict) for verdict in verdicts for found in verdict.findings
    )


def _speaks(line: str, spaces: bool) -> dict[int, int]:
    """By the number of the code page how much a line speaks for it, if it does."""
    verdicts = {page: judge(line, code_pages()[page], spaces) for page in suspects(line)}
    return {page: said for page, verdict in verdicts.items() if (said := evidence(verdict)) > 0}


def _repaired(lines: Sequence[str]) -> tuple[tuple[_Repaired, ...], tuple[str, ...]]:
    """The lines with what was done to each, and the names of the code pages, latest first."""
    done = [_Repaired(line) for line in lines]
    names: list[str] = []
    while True:
        page, verdicts = _diagnose([line.text for line in done])
        if page is None:
            return tuple(done), tuple(names)
        mixed = any(
            verdict and not verdict.spent and evidence(verdict) <= 0 for verdict in verdicts
        )
        after = [
            line if verdict is None else _mended(line, verdict, verdict.page is page, mixed)
            for line, verdict in zip(done, verdicts, strict=True)
        ]
        if [line.text for line in after] == [line.text for line in done]:
            return tuple(after), tuple(names)
        names += [page.name] if page.name not in names else []
        done = after


def _mended(line: _Repaired, verdict: Verdict, trusted: bool, mixed: bool) -> _Repaired:
    found = pieces(line.text, believed(verdict, trusted))
    dropped = tuple(piece.fits for piece in found if piece.text is None)
    return _Repaired(written(line.text, found), line.dropped + dropped, _unsure(verdict, mixed))


def _unsure(verdict: Verdict, mixed: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Torn sequences that stay as they are.  Where a document is damaged in places only
    (``mixed``), a single "Ã" is one in a line that shows other damage, and a letter elsewhere.
    A single "é" is a letter everywhere: damage leaves more of a character of three bytes."""
    line = verdict.line
    left = tuple(
        (line[found.sequence.start : found.sequence.end], found.choice.fits)
        for found in verdict.findings
        if found.choice is not None and found.choice.outcome is Outcome.UNSURE
    )
    damaged = "\ufffd" in line or evidence(verdict) > 0 or (verdict.spent and not mixed)
    return left if damaged else ()


def _diagnose(lines: list[str]) -> tuple[CodePage | None, list[Verdict | None]]:
    """The code page through which a document was damaged, and each damaged line seen through it,
    or through another one where only that shows damage."""
    spaces = not any("\xa0" in line for line in lines)
    bare = list(_without_mentions(lines))
    speaking = [{} if line.isascii() else _speaks(line, spaces) for line in bare]
    scores: Counter[int] = Counter()
    for said in filter(None, speaking):
        scores.update(said)
    if not scores:
        return None, [None] * len(lines)
    best = max(scores, key=lambda page: (scores[page], -page))
    verdicts = [
        None if other.isascii() else judge(line, code_pages()[_best(said, scores, best)], spaces)
        for line, other, said in zip(lines, bare, speaking, strict=True)
    ]
    return code_pages()[best], verdicts


def _best(said: dict[int, int], scores: Counter[int], best: int) -> int:
    """The code page for a line: the document's, unless the line shows damage in others only."""
    if best in said:
        return best
    return max(said, key=lambda page: (said[page], scores[page]), default=best)


def _without_mentions(lines: list[str]) -> Iterator[str]:
    """The lines with what they only mention blanked out; in a fence nothing is a mention."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark.group(1).startswith(fence)):
            fence = "" if fence else mark.group(1)
        yield line if fence or line.isascii() else _blanked(line)


def _blanked(line: str) -> str:
    parts, at = [], 0
    for start, end in _mentions(line):
        parts += [line[at : start - 1], " " * (end - start + 2)]
        at = end + 1
    return "".join([*parts, line[at:]])


def _mentions(line: str) -> Iterator[tuple[int, int]]:
    """Where a line mentions characters: what stands between marks, the last ones that close."""
    for match in _MENTION.finditer(line):
        start, end = match.span("inner")
        closers = () if match["closed"] else _CLOSER.finditer(line, start + 1, end + 1)
        ends = [closer.start() for closer in closers]
        if match["closed"] or ends:
            yield start, ends[-1] if ends else end
