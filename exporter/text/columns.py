"""Rows as lines of a terminal, their columns aligned."""

from collections.abc import Sequence


def table(rows: Sequence[Sequence[str]]) -> str:
    """A line a row; every row has as many cells as the first."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
