"""Where the sentences of a paragraph end, in its Markdown as it is written.

A full stop ends one only before a space and something that can begin a sentence, never inside
parentheses, code or emphasis that would be left open, nor behind an abbreviation: a sentence that
is too long does no harm, half a sentence does.
"""

import re

_END = re.compile(r"[.!?…][\"”’»)\]*_`]*(?=\s+[^\sa-zß-öø-ÿ])|[。！？](?=\S)")
_LINE = re.compile(r"(?:(?<! ) {2,}+|\\)\n")
_SHORTENED = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d]|vs|cf|approx|etc|resp|incl|no|nr|vol|fig|sec|ch|pp|ex|al|ca"
    r"|dr|mr|mrs|ms|mme|prof|st)\.[*_`]*$",
    re.IGNORECASE,
)
_UNDERSCORE = re.compile(r"(?<!\w)_(?=\w)|(?<=[\w.!?…])_(?!\w)")
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
    parts, start = [], 0
    for end in _END.finditer(line):
        part = line[start : end.end()].strip()
        if _closed(part) and not _SHORTENED.search(part):
            parts.append(part)
            start = end.end()
    return [*parts, rest] if (rest := line[start:].strip()) else parts


def _closed(part: str) -> bool:
    """Whether nothing is left open: code, emphasis, parentheses."""
    strong, light = part.count("**"), part.replace("**", "").count("*")
    struck, slanted = part.count("~~"), len(_UNDERSCORE.findall(part))
    even = not any(n % 2 for n in (part.count("`"), strong, light, struck, slanted))
    return even and all(part.count(left) <= part.count(right) for left, right in _PAIRS)
