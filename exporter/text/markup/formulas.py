r"""Mathematics that an author wrote between ``\(`` and ``\)``, ``\[`` and ``\]``, or dollars.

Anki's cards typeset it with MathJax.  Elsewhere the same signs are a regular expression, a shell's
escape or a slip of the pen, so what stands between them must look like mathematics; else the signs
are read as Markdown reads them.  ``$`` and ``$$`` are money and a shell's variables as well: what
they enclose must touch them on both sides and hold no two words of a sentence.
"""

import re
from html import escape

_CLOSERS = {r"\(": r"\)", r"\[": r"\]"}
_LONGEST = 2_000
"""So many characters of mathematics are read; signs farther apart do not belong together."""
_LOOKS = re.compile(
    r"""\\[A-Za-z]{2,}                                      # a command: \frac
      | (?:(?<!\w)\w|[)}])\s*[\^_]\s*[\w{(\\+-]            # a power or an index: n^2
      | (?:(?<!\w)\w|\d|[)}])\s*[=<>≤≥≠≈+*/×·]\s*[\w({\\]   # an equation, a sum: x = 2
    """,
    re.VERBOSE,
)
_TERM = re.compile(r"\s*(?:[^\W\d_]|\d+(?:[.,]\d+)?|[A-Z]\([^\W_]+(?:\s[^\W_]+)*\))\s*")
"""What may stand in a sentence by itself: x, 3.5, O(n log n)."""
_ACTS = re.compile(
    r"""\\(?:href|url|require|class|cssId|style|data|html\w*|bbox|toggle|mathtip|texttip|csname
      |def|gdef|edef|let|(?:re)?new(?:command|environment))(?![A-Za-z])""",
    re.VERBOSE,
)
"""Commands by which MathJax links, fetches, styles, or changes what later cards mean."""


def end(text: str, start: int) -> int | None:
    """Where the mathematics that begins at ``start`` ends; None where none begins there."""
    opener = text[start : start + 2]
    if opener.startswith("$"):
        return _end_of_dollars(text, start)
    if opener not in _CLOSERS:
        return None
    close = text.find(_CLOSERS[opener], start + 3, start + _LONGEST)
    inner = text[start + 2 : close]
    return close + 2 if close > 0 and _looks(inner, opener) else None


_DOLLARS = re.compile(
    rf"""\$\$(?P<display>[^$]{{1,{_LONGEST}}})\$\$(?!\$)
      | \$(?P<inline>(?![\s$])(?:[^$\\\n]|\\.|\n(?!\s*\n)){{1,{_LONGEST}}}?(?<![\s\\]))
        \$(?![\w$])""",
    re.VERBOSE,
)
_NAMED = re.compile(r"\\(?:text\w*|mathrm|operatorname\*?|mbox)\s*\{[^{}]*\}|\\[A-Za-z]+")
_SENTENCE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")


def _end_of_dollars(text: str, start: int) -> int | None:
    if start and (text[start - 1].isalnum() or text[start - 1] in "\\$"):
        return None
    match = _DOLLARS.match(text, start)
    if match is None:
        return None
    inner = match["display"] or match["inline"]
    if _SENTENCE.search(_NAMED.sub(" ", inner)) or "\n\n" in inner:
        return None
    letter = len(inner.strip()) == 1 and inner.strip().isalpha()
    known = _looks(inner, "$") or letter or _TERM_OF.fullmatch(inner.strip())
    return match.end() if known and not _ACTS.search(inner) else None


_TERM_OF = re.compile(r"[A-Za-z]\([^\W_]+(?:[\s,]+[^\W_]+)*\)|-?[A-Za-z]'{0,2}")


def tex(text: str) -> str:
    """Mathematics between the signs that MathJax knows, whichever its author wrote."""
    for opener, signs in (("$$", (r"\[", r"\]")), ("$", (r"\(", r"\)"))):
        if text.startswith(opener):
            return f"{signs[0]}{text.strip('$').strip()}{signs[1]}"
    return text


def _looks(inner: str, opener: str) -> bool:
    """Whether it is mathematics and nothing else; brackets alone around a term are brackets that
    were escaped."""
    if _ACTS.search(inner):
        return False
    if _LOOKS.search(inner):
        return True
    return opener == r"\(" and _TERM.fullmatch(inner) is not None


def html(text: str) -> str:
    """The element that tells cards and sheets what is mathematics."""
    written = tex(text)
    shown = " display" if written.startswith(r"\[") else ""
    return f'<span class="math{shown}">{escape(written, quote=False)}</span>'
