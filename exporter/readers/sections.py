"""Where a line stands: the titles of the headings above it."""

from collections.abc import Sequence

from exporter.readers.scan import Line, LineKind, undecorated


def above(lines: Sequence[Line], number: int) -> tuple[str, ...]:
    """Titles of the headings above line ``number``, outermost first."""
    path: list[Line] = []
    for line in lines[: number - 1]:
        if line.kind is LineKind.HEADING:
            path = [other for other in path if other.level < line.level]
            path.append(line)
    return tuple(undecorated(line.text) for line in path)
