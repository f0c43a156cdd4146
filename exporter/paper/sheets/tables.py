"""Tables that are wider than a column of the sheet: each row becomes a list of its named cells."""

import re

WIDEST = 5
"""Columns of a table that fit a column of the sheet."""

_TABLE = re.compile(r"<table\b(?:[^<]|<(?!/?table\b))*+</table>")
_ROW = re.compile(r"<tr\b[^<>]*>((?:[^<]|<(?!/?tr\b))*+)</tr>")
_CELL = re.compile(r"<t([hd])\b[^<>]*>((?:[^<]|<(?!/?t[hd]\b))*+)</t\1>")


def narrow(html: str) -> str:
    """`html` with every table of more than `WIDEST` columns as a list of rows."""
    return _TABLE.sub(_narrowed, html)


def _narrowed(match: re.Match[str]) -> str:
    rows = [[cell.strip() for _, cell in _CELL.findall(row)] for row in _ROW.findall(match.group())]
    if not rows or max(map(len, rows)) <= WIDEST:
        return match.group()
    names, *body = rows
    listed = "".join(f"<li>{_row(names, row)}</li>" for row in body)
    return f"<ul>{listed}</ul>" if body else f"<p>{' · '.join(names)}</p>"


def _row(names: list[str], cells: list[str]) -> str:
    named = [
        f"<strong>{names[n]}:</strong> {cell}" if n < len(names) and names[n] else cell
        for n, cell in enumerate(cells)
        if cell
    ]
    return " · ".join(named)
