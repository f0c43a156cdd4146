"""How many new cards a day keep pace with the plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exporter.model import Note

_WEEK = "week::"


@dataclass(frozen=True, slots=True)
class Pace:
    """New cards a day over the whole plan, and in each week: its number, cards a day, all cards."""

    daily: int
    weeks: tuple[tuple[int, int, int], ...]


def needed(notes: Iterable[Note], days: Sequence[tuple[int, int]]) -> Pace | None:
    """The pace for weeks given as number and count of days; None without weeks that have days.

    Both are rounded up: who learns so many a day is done in time.
    """
    tags = Counter(tag for note in notes for tag in note.tags if tag.startswith(_WEEK))
    rows = [(week, tags[f"{_WEEK}{week}"], count) for week, count in days if count]
    if not rows:
        return None
    weeks = tuple((week, -(-cards // count), cards) for week, cards, count in rows)
    total, span = sum(cards for _, cards, _ in rows), sum(count for *_, count in rows)
    return Pace(-(-total // span), weeks)
