"""Headings that look like a tier with a slip of the pen in it, where other answers have tiers.

What asks is the readers' business: whether a heading inside an answer is a question of its own is
decided there for the whole document, and `studypack explain FILE` says how.
"""

import re
from collections.abc import Iterator

from exporter.model import Pack, Tier
from exporter.model.diagnostics import Code, Diagnostic, Location
from exporter.text import multiple_choice

_HEADING = re.compile(r"\s{0,3}#{1,6}\s++(?P<text>.*)")
_BOLD = re.compile(r"\s*+(?:\*\*|__)(?P<text>[^*_]++)(?:\*\*|__)\s*+(?::\s*+)?$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_TIERS = ("short", "medium", "senior", "output", "acceptance")
_WORDS = 2  # of a tier's heading: "SHROT answer"


def remarks(pack: Pack) -> Iterator[Diagnostic]:
    """L208: said at the heading's own line, within answers and readings."""
    tiered = {
        question.location.path
        for question in pack.questions
        if any(answer.tier is not Tier.MEDIUM for answer in question.answers)
    }
    texts = [
        multiple_choice.placed(answer, question.choices)
        for question in pack.questions
        for answer in question.answers
    ]
    texts += [(reading.markdown, reading.location) for reading in pack.readings]
    said: set[Location] = set()
    for markdown, place in texts:
        if place.path not in tiered:
            continue
        for at, text in _headings(markdown):
            line = Location(place.path, place.first + at, place.first + at)
            if line.first <= place.last and line not in said and _is_slip(text):
                said.add(line)
                message = (
                    f'the heading "{text[:60]}" looks like a tier and was not read as one: '
                    "correct it, or write it without a heading's marks"
                )
                yield Diagnostic(line, Code.ODD_HEADING, message)


def _headings(markdown: str) -> Iterator[tuple[int, str]]:
    inside = False
    for at, line in enumerate(markdown.splitlines()):
        if _FENCE.match(line):
            inside = not inside
        elif not inside and (match := _HEADING.match(line) or _BOLD.match(line)):
            yield at, match["text"].rstrip("# \t").strip()


def _is_slip(text: str) -> bool:
    words = re.sub(r"\W+", " ", text).strip().casefold().split()
    return 0 < len(words) <= _WORDS and any(_slips(words[0], tier) == 1 for tier in _TIERS)


def _slips(one: str, other: str) -> int:
    """Slips of the pen between two words, counted up to two: a sign too many, too few, another, or
    two that changed places."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > 1:
        return 2
    pairs = enumerate(zip(one, other, strict=False))
    start = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    changed = a[1:] == b[1:] or a[1:] == b or a == b[1:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return 1 if changed or swapped else 2
