"""The plan at a glance: the cards of each week as bars, and the pictures of pack.toml."""

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import Note, Pack, Tier, Week
from exporter.model.config import PackConfig
from exporter.paper import figures
from exporter.paper.book.views import WeekLoad
from exporter.paper.sheets import drawing
from exporter.paper.sheets.compose import figure
from exporter.paper.sheets.daily_load import Load, load, total
from exporter.paper.sheets.texts import Texts
from exporter.paper.sheets.views import Figure
from exporter.text.fixed_words import Wording

_LONGEST = 95.0  # millimetres of the longest bar


@dataclass(frozen=True, slots=True)
class Overview:
    """Draws the figures of one pack's plan; a pack without a plan has none."""

    pack: Pack
    notes: Sequence[Note]
    config: PackConfig
    texts: Texts
    words: Wording

    def loads(self) -> tuple[WeekLoad, ...]:
        """The weeks of the plan, and what lies beyond it, that have cards."""
        found = self._load()
        titles: dict[Week, str] = {
            week.number: f"{self.words.week} {week.number} · {self.texts.plain(week.title)}"
            for week in (self.pack.plan.weeks if self.pack.plan else ())
        }
        titles |= {"beyond": self.words.beyond} if titles else {}
        counts = {week: found.week(week) for week in titles}
        most = max(map(total, counts.values()), default=0)
        return tuple(
            WeekLoad(
                titles[week],
                drawing.bar(
                    one, _LONGEST / most, f"{titles[week]}: {total(one)} {self.words.cards}"
                ),
                total(one),
            )
            for week, one in counts.items()
            if one
        )

    def legend(self) -> tuple[Figure, ...]:
        """What the patterns of the bars mean."""
        tiers = {tier for _, _, tier in self._load().cards} if self.pack.plan else set()
        names = {tier: self.words.tier(tier) for tier in Tier if tier in tiers}
        return tuple(Figure(drawing.swatch(tier, name), name) for tier, name in names.items())

    def figures(self) -> tuple[Figure, ...]:
        """The pictures of pack.toml."""
        found = figures.cycles(self.pack, self.config, lambda _: None)
        return tuple(figure(one, self.texts) for one in found)

    def _load(self) -> Load:
        return load(self.pack, self.notes)
