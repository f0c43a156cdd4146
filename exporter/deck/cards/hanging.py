"""Code whose long lines keep their indentation where a phone wraps them.

A browser continues a wrapped line of ``pre`` at its left edge, so that nesting can't be seen any
more.  Each line of wide code becomes an element of its own that knows its indent; the stylesheet
lets what does not fit hang two columns deeper.
"""

import re
from html import unescape

_BLOCK = re.compile(r"(<pre><code[^<>]*>)((?:[^<]|<(?!/code>|pre>))*+)(</code></pre>)")
_TAG = re.compile(r"<[^<>]*>")
_NARROW = 20  # columns that fit on a small phone at twice the size
_DEEPEST = 16  # columns of indent beyond which a narrow screen has no room to hang


def hanging(html: str) -> str:
    """``html`` with the lines of wide code marked; ``html`` is clean, and no element in its code
    spans two lines, as ``markup.highlight`` makes it."""
    return _BLOCK.sub(lambda block: f"{block[1]}{_lines(block[2])}{block[3]}", html)


def _lines(code: str) -> str:
    lines = code.split("\n")
    if all(len(unescape(_TAG.sub("", line))) <= _NARROW for line in lines):
        return code
    ends = [*["\n"] * (len(lines) - 1), ""]
    return "".join(map(_line, lines, ends))


def _line(line: str, end: str) -> str:
    text = unescape(_TAG.sub("", line)).expandtabs(2)
    indent = min(len(text) - len(text.lstrip()), _DEEPEST) if text.strip() else 0
    return f'<span class="line" style="--indent:{indent}">{line}{end}</span>'
