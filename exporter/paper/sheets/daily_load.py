"""How many cards each day brings, by tier: what the figures of a week and of the plan show."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from exporter.model import Note, Pack, Tier, Week
from exporter.paper.sheets.drawing import Counts


@dataclass(frozen=True, slots=True)
class Load:
    """Cards by week, day (None: of no day of the week) and tier."""

    cards: Mapping[tuple[Week, int | None, Tier], int]

    def day(self, week: Week, number: int) -> Counts:
        """The cards of a day, in the order of the tiers."""
        return [(tier, n) for tier in Tier if (n := self.cards.get((week, number, tier), 0))]

    def week(self, week: Week) -> Counts:
        """The cards of a week."""
        return self.loose(week, ())

    def loose(self, week: Week, days: Collection[int]) -> Counts:
        """The cards of a week that belong to none of these days."""
        counts: Counter[Tier] = Counter()
        for (of, day, tier), number in self.cards.items():
            if of == week and day not in days:
                counts[tier] += number
        return [(tier, counts[tier]) for tier in Tier if counts[tier]]


def load(pack: Pack, notes: Sequence[Note]) -> Load:
    """The load of a pack's notes."""
    places = {question.id: question.placement for question in pack.questions}
    counts: Counter[tuple[Week, int | None, Tier]] = Counter()
    for note in notes:
        place = places.get(note.question)
        if place:
            counts[place.week, place.day, note.tier] += 1
    return Load(counts)


def total(counts: Counts) -> int:
    """The cards of all tiers."""
    return sum(number for _, number in counts)
