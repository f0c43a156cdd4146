"""Headings that look like a question or a tier and were read as neither."""

import re
from collections.abc import Iterator

from exporter.diagnostics import Code, Diagnostic, Location
from exporter.model import Pack

_HEADING = re.compile(r"\s{0,3}#{1,6}\s++(?P<text>.*)")
_BOLD = re.compile(r"\s*+(?:\*\*|__)(?P<text>[^*_]++)(?:\*\*|__)\s*+(?::\s*+)?$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_NUMBERED = re.compile(r"\W*+(?:Q|Question)\s*+(?:[.:#]\s*+)?\d++\b", re.IGNORECASE)
_TIERS = ("short", "medium", "senior", "output", "acceptance")
_NEAR = 1  # slips of the pen: a sign too many, too few, another, or two that changed places


def remarks(pack: Pack) -> Iterator[Diagnostic]:
    """L208: said at the heading's own line, within answers and readings."""
    texts = [
        (answer.markdown, answer.location)
        for question in pack.questions
        for answer in question.answers
    ]
    texts += [(reading.markdown, reading.location) for reading in pack.readings]
    said: set[Location] = set()
    for markdown, place in texts:
        for at, text in _headings(markdown):
            line = Location(place.path, place.first + at, place.first + at)
            if line.first <= place.last and line not in said and (kind := _like(text)):
                said.add(line)
                message = (
                    f'the heading "{text[:60]}" looks like a {kind} and was not read as one: '
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


def _like(text: str) -> str | None:
    """What a heading looks like; None where it looks like nothing of ours."""
    bare = re.sub(r"\W+", " ", text).strip().casefold()
    if text.rstrip(" *_").endswith("?") or _NUMBERED.match(text):
        return "question"
    first = bare.partition(" ")[0] if len(bare.split()) <= 2 else ""
    if any(first != tier and _slips(first, tier) <= _NEAR for tier in _TIERS):
        return "tier"
    return "tier" if bare in _TIERS else None


def _slips(one: str, other: str) -> int:
    """Slips of the pen between two words, counted up to two."""
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
