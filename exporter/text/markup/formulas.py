r"""Mathematics that an author wrote between ``\(`` and ``\)``, or ``\[`` and ``\]``.

Anki's cards typeset it with MathJax.  Elsewhere the same signs are a regular expression, a shell's
escape or a slip of the pen, so what stands between them must look like mathematics; else the signs
are read as Markdown reads them.  ``$`` is money and a shell's prompt here, never mathematics.
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
    if opener not in _CLOSERS:
        return None
    close = text.find(_CLOSERS[opener], start + 3, start + _LONGEST)
    inner = text[start + 2 : close]
    return close + 2 if close > 0 and _looks(inner, opener) else None


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
    shown = " display" if text.startswith(r"\[") else ""
    return f'<span class="math{shown}">{escape(text, quote=False)}</span>'
