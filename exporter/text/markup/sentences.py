"""Where the sentences of a paragraph end, in its Markdown as it is written.

A full stop ends one only before a space and something that can begin a sentence, never inside
parentheses, code or emphasis that would be left open, nor behind an abbreviation: a sentence that
is too long does no harm, half a sentence does.
"""

import re
from collections import Counter
from collections.abc import Mapping

_END = re.compile(r"[.!?…][\"”’»)\]*_`]*(?=\s+[^\sa-zß-öø-ÿ])|[。！？](?=\S)")
_LINE = re.compile(r"(?:(?<! ) {2,}+|\\)\n")
_SHORTENED = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d]|vs|cf|approx|etc|resp|incl|no|nr|vol|fig|sec|ch|pp|ex|al|ca"
    r"|dr|mr|mrs|ms|mme|prof|st)\.[*_`]*$",
    re.IGNORECASE,
)
_UNDERSCORE = re.compile(r"(?<!\w)_(?=\w)|(?<=[\w.!?…])_(?!\w)")
_SHORT = 40  # characters of an abbreviation with the marks behind it
_CLOSERS = '*_`"”’»)] '
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph's Markdown, each in one line and never empty.

    A line that its author ended (a hard break) ends a sentence too, unless it introduces the next.
    """
    found: list[str] = []
    for line in _LINE.split(text):
        one = " ".join(line.split())
        if found and introduces(found[-1]):
            found[-1:] = _split(f"{found[-1]} {one}")
        elif one:
            found += _split(one)
    return tuple(found)


def introduces(text: str) -> bool:
    """Whether a text ends in a colon, and so means nothing without what follows."""
    return text.rstrip(_CLOSERS).endswith((":", "："))


def _split(line: str) -> list[str]:
    parts, start, at = [], 0, 0
    marks: Counter[str] = Counter()
    for found in _END.finditer(line):
        end = found.end()
        marks.update(_marks(line, at, end))
        at = end
        tail = line[max(start, end - _SHORT) : end]
        if _closed(marks) and not _SHORTENED.search(tail.lstrip()):
            parts.append(line[start:end].strip())
            start = end
            marks.clear()
    return [*parts, rest] if (rest := line[start:].strip()) else parts


def _marks(line: str, start: int, end: int) -> Mapping[str, int]:
    """How often each mark stands in a stretch that begins and ends between two of them."""
    part = line[start:end]
    return {
        "**": part.count("**"),
        "*": part.replace("**", "").count("*"),
        "_": len(_UNDERSCORE.findall(line, start, end)),
        **{mark: part.count(mark) for mark in ("`", "~~", *"()[]“”")},
    }


def _closed(marks: Mapping[str, int]) -> bool:
    """Whether nothing is left open: code, emphasis, parentheses."""
    even = not any(marks[mark] % 2 for mark in ("`", "**", "*", "~~", "_"))
    return even and all(marks[left] <= marks[right] for left, right in _PAIRS)
