"""Files of separated values: CSV and TSV as spreadsheets write them, Anki's and Quizlet's text.

The standard library's reader parts the cells; here stand which mark parts them, what the lines
before the first row say, and HTML in cells as Markdown.
"""

import csv
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exporter.model import Source
from exporter.readers import tables
from exporter.readers.card import Card
from exporter.readers.scan import Line, LineKind
from exporter.readers.tables import Columns, Row
from exporter.readers.vocabulary import Column

_SETTING = re.compile(
    r"#(?P<name>separator|html|tags|columns|notetype|deck|guid|if matches)(?P<column> column)?:"
    r"(?P<value>.*)$",
    re.IGNORECASE,
)
_NAMED: Mapping[str, str] = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "pipe": "|",
    "colon": ":",
    "space": " ",
}
_SUFFIXES = (".csv", ".tsv", ".tab")
_MARKS = ("\t", ";", ",", "|")


@dataclass(frozen=True, slots=True)
class Found:
    """The cards of a file, and the numbers of the lines that only say how to read it."""

    cards: tuple[Card, ...]
    structure: frozenset[int]


def find(source: Source) -> Found | None:
    """The cards in a file of separated values; None for any other document."""
    settings: dict[str, str] = {}
    first = 0
    for line in source.lines:
        match = _SETTING.match(line)
        if match:
            settings[(match["name"] + (match["column"] or "")).casefold()] = match["value"].strip()
        elif re.match(r"sep=.$", line, re.IGNORECASE):
            settings["separator"] = line[4]
        elif line.strip() and not (settings and line.startswith("# ")):
            break
        first += 1
    spread = is_spread(source.path)
    if not (spread or settings.get("separator") or _tabbed(source.lines)):
        return None
    lines = source.lines[first:]
    mark = settings.get("separator", "")
    mark = _NAMED.get(mark.casefold(), mark[:1]) or _mark(source.path, lines)
    rows = list(_rows(lines, first, mark)) if mark else []
    return _read(rows, settings, frozenset(range(1, first + 1)))


def lines(source: Source) -> tuple[Line, ...]:
    """The lines of such a file: text or blank, nothing else."""
    return tuple(
        Line(
            number,
            raw,
            LineKind.TEXT if raw.strip() else LineKind.BLANK,
            0,
            "",
            raw.strip(),
        )
        for number, raw in enumerate(source.lines, 1)
    )


def is_spread(path: str) -> bool:
    """Whether a file's name says that its values are separated."""
    return path.casefold().endswith(_SUFFIXES)


def _tabbed(lines: Sequence[str]) -> bool:
    """Whether nearly all lines of a text have a tab between words, as Quizlet exports them."""
    said = [line for line in lines if line.strip()]
    parted = [line for line in said if re.match(r"[^\s#>|-][^\t]*\t+[^\s]", line)]
    return len(said) > 1 and len(parted) * 10 >= 9 * len(said)


def _mark(path: str, lines: Sequence[str]) -> str:
    """The mark that parts the cells: the one that names known columns, then the most even one."""
    usual = "\t" if path.casefold().endswith((".tsv", ".tab", ".txt")) else ""
    best, found = (False, 0.0, False, 0), ""
    for nth, mark in enumerate(_MARKS):
        rows = list(_rows(lines[:200], 0, mark))
        widths = [len(row.cells) for row in rows]
        modal = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        if modal < 2:
            continue
        score = (
            tables.recognised(rows[0].cells),
            widths.count(modal) / len(rows),
            mark == usual,
            -nth,
        )
        if score > best:
            best, found = score, mark
    return found or (usual or ",")


def _rows(lines: Sequence[str], before: int, mark: str) -> Iterator[Row]:
    """The rows with the lines on which they stand; a quote that is never closed is a letter."""
    open_ended = sum(line.count('"') for line in lines) % 2
    reader = csv.reader(
        (f"{line}\n" for line in lines),
        delimiter=mark,
        quoting=csv.QUOTE_NONE if open_ended else csv.QUOTE_MINIMAL,
        skipinitialspace=mark != "\t",
    )
    last = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = [lines[reader.line_num - 1]]
        first, last = last + 1, reader.line_num
        if any(cell.strip() for cell in cells):
            while not lines[first - 1].strip():
                first += 1
            yield Row(tuple(cell.strip() for cell in cells), first + before, last + before)


def _read(rows: list[Row], settings: Mapping[str, str], structure: frozenset[int]) -> Found | None:
    head: tuple[str, ...] | None = None
    if settings.get("columns"):
        head = tuple(next(csv.reader([settings["columns"]], delimiter=_separator(settings))))
    elif rows and tables.recognised(rows[0].cells):
        head, structure = rows[0].cells, structure | set(range(rows[0].first, rows[0].last + 1))
        rows = rows[1:]
    told = bool(settings)
    if settings.get("html", "true" if told else "").casefold() == "true" or _tagged(rows):
        rows = [replace(row, cells=tuple(map(markdown, row.cells))) for row in rows]
    given = tables.columns(head, rows) if head else None
    given = given or _placed(rows, settings)
    if given is None:
        return None
    deck = tuple(part for part in settings.get("deck", "").split("::") if part)
    tags = tuple(settings.get("tags", "").split())
    both = "revers" in settings.get("notetype", "").casefold()
    found = [
        replace(
            card,
            section=card.section or deck,
            tags=(*tags, *card.tags),
            both_ways=card.both_ways or both,
        )
        for card in tables.cards(rows, given, "rows")
    ]
    return Found(tuple(found), structure) if found else None


def _separator(settings: Mapping[str, str]) -> str:
    mark = settings.get("separator", "")
    return _NAMED.get(mark.casefold(), mark[:1]) or "\t"


_PLACES: Mapping[str, Column] = {
    "tags column": Column.TAGS,
    "deck column": Column.SECTION,
    "notetype column": Column.KIND,
    "guid column": Column.IDLE,
}


def _placed(rows: Sequence[Row], settings: Mapping[str, str]) -> Columns | None:
    """The columns of rows without a head: those that Anki's first lines number, then fields."""
    others = {
        role: int(settings[name]) - 1
        for name, role in _PLACES.items()
        if settings.get(name, "").isdigit()
    }
    width = max((len(row.cells) for row in rows), default=0)
    fields = [at for at in range(width) if at not in others.values()]
    if not settings.keys() - {"separator"}:
        return tables.headless(rows)
    if not fields:
        return None
    back = fields[1] if len(fields) > 1 else None
    return Columns(("",) * width, fields[0], back, extra=tuple(fields[2:]), others=others)


# -- HTML in cells -------------------------------------------------------------------------------

_KNOWN = re.compile(
    r"<(?:br|b|i|u|em|strong|div|p|ul|ol|li|img|span|code|pre|sub|sup)\b|&nbsp;|&amp;", re.I
)
_TURNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), text)
    for pattern, text in (
        (r"\[sound:[^\]]*\]", ""),
        (r"\[\$\](.+?)\[/\$\]|\\\((.+?)\\\)", r"$\1\2$"),
        (r"\[\$\$\](.+?)\[/\$\$\]|\\\[(.+?)\\\]", r"$$\1\2$$"),
        (r"<pre\b[^<>]*>(?:<code\b[^<>]*>)?(.+?)(?:</code>)?</pre>", r"\n```\n\1\n```\n"),
        (r"<code\b[^<>]*>([^<`\n]+)</code>", r"`\1`"),
        (r"<(b|strong)\b[^<>]*>\s*([^<]*?\S)\s*</\1>", r"**\2**"),
        (r"<(i|em)\b[^<>]*>\s*([^<]*?\S)\s*</\1>", r"*\2*"),
        (r"<img\b[^<>]*?\bsrc\s*=\s*[\"']?([^\"'<>\s]+)[^<>]*>", r"![](\1)"),
        (r"\s*<li\b[^<>]*>\s*", "\n- "),
        (r"\s*<br\s*/?>\s*", "\n"),
        (r"</?(?:div|p|ul|ol|h[1-6]|tr|table|tbody)\b[^<>]*>", "\n"),
        (r"</?(?:span|font|li|b|strong|i|em|u|a|td|th|center|small|big)\b[^<>]*>", ""),
        (r"&nbsp;|\xa0", " "),
        (r"[ \t]*\n[ \t]*(?:\n[ \t]*)*", "\n"),
    )
)


def _tagged(rows: Sequence[Row]) -> bool:
    return any(_KNOWN.search(cell) for row in rows for cell in row.cells)


def markdown(cell: str) -> str:
    """A cell's HTML, as Anki's editor makes it, as Markdown."""
    if "<" not in cell and "&" not in cell and "[" not in cell and "\\" not in cell:
        return cell
    for pattern, text in _TURNS:
        cell = pattern.sub(text, cell)
    lines = html.unescape(cell).strip().split("\n")
    return "\n".join(
        line + "  " if following and not line.startswith("- ") and "```" not in cell else line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
    ).replace("  \n- ", "\n\n- ")
