"""Other ways to write a keyed list, read as bullets with a bold key: tables of two columns, and in
a document without any bold key, bullets that all have a dash behind a few words.  Lines with a
colon are headings where there are none.

A table is one of questions if its head says so or its cells ask, one of answers if its head says
so; one that holds a question and its answer side by side is of another shape and stays prose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from exporter.readers import shapes
from exporter.readers.keyed.entries import split_key
from exporter.readers.scan import LISTED, Line, LineKind

_RULED = re.compile(r"\|?\s*:?-{2,}:?\s*\|\s*:?-{2,}:?\s*\|?$")
_CELLS = re.compile(r"(?<!\\)\|")
_QUESTION = re.compile(
    r"\b(?:questions?|prompts?|\w*fragen?|preguntas?|domand[ae])\b", re.IGNORECASE
)
_ANSWER = re.compile(
    r"\b(?:answers?|\w*antwort(?:en)?|solutions?|réponses?|respuestas?|rispost[ae])\b",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?P<key>[^\s–—*`|-][^–—*`|:.?!]*?)(?P<dash>\s+[–—-]\s+)(?P<rest>\S.*)$")
_MOST_WORDS = 5
_FEWEST = 6


def listed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` with keyed tables and dashed bullets rewritten; the same number of lines."""
    return _dashes(_tables(_labels(tuple(lines))))


def _labels(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """In a document without headings, short lines with a colon above a list ("Answers:") as
    headings, if one of them announces answers, and the first line alone as the title."""
    filled = [line for line in lines if not line.empty]
    heads = {above.number for above, below in pairwise(filled) if _heads(above, below)}
    named = any(_ANSWER.search(line.text) for line in filled if line.number in heads)
    if not named or any(line.kind is LineKind.HEADING for line in filled[1:]):
        return lines
    levels = dict.fromkeys(heads, 2)
    if filled[0].kind is LineKind.TEXT and filled[1].number in heads:
        levels.setdefault(filled[0].number, 1)
    return tuple(
        replace(
            line,
            kind=LineKind.HEADING,
            level=levels[line.number],
            text=line.text.rstrip(":："),
        )
        if line.number in levels
        else line
        for line in lines
    )


def _heads(line: Line, below: Line) -> bool:
    short = len(line.text.split()) <= _MOST_WORDS and line.text.endswith((":", "："))
    return line.kind is LineKind.TEXT and not line.indent and short and below.kind in LISTED


def _tables(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    found = list(lines)
    for at in range(1, len(lines)):
        head = _cells(lines[at - 1])
        if head is None or not _RULED.match(lines[at].raw.strip()):
            continue
        end = at + 1
        while end < len(lines) and _cells(lines[end]):
            end += 1
        rows = [_cells(line) or ("", "") for line in lines[at + 1 : end]]
        if rows and _is_keyed(head, rows):
            found[at - 1 : at + 1] = [
                replace(each, kind=LineKind.RULE) for each in lines[at - 1 : at + 1]
            ]
            found[at + 1 : end] = map(_bullet, lines[at + 1 : end], rows)
    return tuple(found)


def _cells(line: Line) -> tuple[str, str] | None:
    """The two cells of a table's row."""
    text = line.raw.strip()
    if "|" not in text or line.kind is not LineKind.TEXT:
        return None
    cells = [
        cell.replace("\\|", "|").strip()
        for cell in _CELLS.split(text.removeprefix("|").removesuffix("|"))
    ]
    return (cells[0], cells[1]) if len(cells) == 2 else None


def _is_keyed(head: tuple[str, str], rows: Sequence[tuple[str, str]]) -> bool:
    if not all(key and text for key, text in rows) or _QUESTION.search(head[0]):
        return False
    asking = sum(text.rstrip("*_ ").endswith("?") for _, text in rows)
    return bool(_QUESTION.search(head[1]) or _ANSWER.search(head[1])) or asking * 2 > len(rows)


def _bullet(line: Line, row: tuple[str, str]) -> Line:
    key = row[0].replace("**", "").strip()
    return replace(line, kind=LineKind.BULLET, marker="-", text=f"**{key}**: {row[1]}")


def _dashes(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A list of dashes has keys where no list has bold ones, or where most of its are those of
    others."""
    if not shapes.answers(lines):
        return lines
    keys = {
        key[0].casefold() for line in lines if line.kind in LISTED and (key := split_key(line.text))
    }
    runs = [run for run in _runs(lines) if run and all(map(_bold, run))]
    margin = sum(line.kind in LISTED and not line.indent for line in lines)
    alone = not keys and margin == sum(map(len, runs)) >= _FEWEST
    bolder = {
        line.number: _bold(line)
        for run in runs
        if alone or sum(_named(line) in keys for line in run) * 2 > len(run)
        for line in run
    }
    return tuple(bolder.get(line.number) or line for line in lines)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The bullets at the margin under each heading."""
    run: list[Line] = []
    for line in lines:
        if line.kind is LineKind.HEADING:
            yield run
            run = []
        elif line.kind in LISTED and not line.indent:
            run.append(line)
    yield run


def _named(line: Line) -> str:
    match = _DASHED.match(line.text)
    return match["key"].casefold() if match else ""


def _bold(line: Line) -> Line | None:
    match = _DASHED.match(line.text)
    if match is None or len(match["key"].split()) > _MOST_WORDS:
        return None
    return replace(line, text=f"**{match['key']}**{match['dash']}{match['rest']}")
