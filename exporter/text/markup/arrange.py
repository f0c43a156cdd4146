"""Lines put in order before parsing, outside code fences: what CommonMark would misread.

Bullets of other alphabets (``•``) become Markdown's, double and heavy rules become thin ones, code
that is only indented gets a fence, and nesting is cut to a depth that parsers, renderers and page
layout survive: deeper items become siblings of the deepest, so that no text is lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from exporter.text.markup import tables, tags

_DEEPEST = 40  # columns of indentation: twenty levels of a list
_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}(?=[^`]*$)|~{3,})")
_BULLET = re.compile(r"[•‣◦▪●]\s++(?=\S)")
_RULE = re.compile(r"\s*(?:={3,}|[━─═—]{3,})\s*$")
_MARKERS = re.compile(r"\s*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*){12,}(?=\S)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_CODE = re.compile(
    r"[;{}]\s*$|=>|^(?>.*?\w\().*\)|^\s*[$>]\s\w|\s[-+*/%]?=\s|"
    r"^\s*(?:def|class|import|from|return|if|for|while|const|let|var|function|#include|select)\b"
)
_INDENT = 4


def arrange(text: str) -> str:
    """``text`` as the parser should see it; inside fences nothing changes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_lines(list(_fenced_indents(lines))))


def _lines(lines: Sequence[str]) -> Iterator[str]:
    for line, in_code in tables.mended(with_code(lines)):
        yield line if in_code else _arranged(line)


def _arranged(line: str) -> str:
    if _RULE.match(line):
        return "\n***\n"
    if tags.only_wrappers(line):
        return ""
    line = _BULLET.sub("* ", line, count=1)
    indent = len(line) - len(line.lstrip())
    if indent and len(line[:indent].expandtabs(_INDENT)) > _DEEPEST:
        line = " " * _DEEPEST + line.lstrip()
    if match := _MARKERS.match(line):
        line = line[: len(match.group()) - len(match.group().lstrip())] + "\\" + line.lstrip()
    return line


def with_code(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is a fence of code or inside one."""
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        if fence:
            closes = match and match[1].startswith(fence) and not line.strip("> \t").strip(fence[0])
            fence = "" if closes else fence
            yield line, True
        else:
            fence = match[1] if match else ""
            yield line, bool(match)


def _fenced_indents(lines: Sequence[str]) -> Iterator[str]:
    """``lines`` with fences around indented code that follows no list."""
    held: list[str] = []
    in_list, after_blank = False, True
    for line, in_code in (*with_code(lines), ("\x00", False)):
        deep = not in_code and line.startswith((" " * _INDENT, "\t")) and line.strip()
        if (deep and not in_list and after_blank) or (held and not line.strip()):
            held.append(line)
            continue
        yield from _released(held)
        held = []
        if line == "\x00":
            return
        yield line
        if line.strip():
            in_list = bool(_ITEM.match(line)) or (in_list and line.startswith((" ", "\t")))
        after_blank = not line.strip()


def _released(held: list[str]) -> Iterator[str]:
    code = [line for line in held if line.strip()]
    if not code or not any(_CODE.search(line) for line in code):
        yield from held
        return
    last = max(at for at, line in enumerate(held) if line.strip()) + 1
    yield "~~~~"
    yield from (line.expandtabs(_INDENT)[_INDENT:] for line in held[:last])
    yield "~~~~"
    yield from held[last:]
