"""How a line opens, without what only decorates it: check boxes, emoji, emphasis."""

import re

from exporter.readers.scan import Line, undecorated

_CHECKBOX = re.compile(r"\[[ xX✓✔]?\]\s+")
_LEADING = re.compile(r"(\*\*|__|\*|_)(?=\S)(?P<inner>.+?)(?<=\S)\1(?!\w)")
_BEFORE = re.compile(r"^[^\w\s*_`“\"'‘„«»(\[<>|$@#/\\+~^=.-]+\s*")
_DECORATED = re.compile(r"[^\w\s*_`“”\"'‘’„«»()\[\]<>|.,:;!?%$…-]$")


def own(line: Line) -> str:
    """The text of ``line`` without check box and decoration before it; emphasis stays."""
    return _BEFORE.sub("", _CHECKBOX.sub("", line.text, count=1))


def bare(line: Line) -> str:
    """``own`` without emphasis around its beginning (``- [ ] **Day 1:** Loops`` → ``Day 1: Loops``)
    and decoration behind it."""
    text = own(line)
    match = _LEADING.match(text)
    text = f"{match['inner']}{text[match.end() :]}" if match else text
    return undecorated(text) if _DECORATED.search(text) else text
