"""Composes the pack's own pages: cover with calendar and contents, checklist, reading, index."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from exporter import wording
from exporter.book import terms
from exporter.book.calendar import calendar
from exporter.book.overview import Overview
from exporter.book.reading import chapters
from exporter.book.views import Entry, Fact, Front, Group, Index, Line, Paper, Spot
from exporter.config import PackConfig
from exporter.media import NO_PICTURES, Album
from exporter.model import Note, Pack, Plan, QuestionId, Tier, Topic
from exporter.wording import Wording
from exporter.writers.sheets import Sheet, page
from exporter.writers.sheets.texts import Texts

_YEAR = 366
_SHOWN = 4  # questions named behind an entry of the checklist
Spots = Mapping[QuestionId, Spot]


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes print-ready pages for one pack; what the fonts lack is told where the sheets are."""

    pack: Pack
    notes: Sequence[Note]
    config: PackConfig
    album: Album = NO_PICTURES

    @property
    def words(self) -> Wording:
        """The fixed words."""
        return wording.of(self.config.language)

    @property
    def texts(self) -> Texts:
        """Markdown made fit for paper."""
        return Texts(lambda _: None, self.album)

    def front(self, contents: Sequence[Line], days: Mapping[int, str]) -> Sheet:
        """Cover, calendar and contents; `days` lead to the days of the plan, by number."""
        plan = self.pack.plan
        shown = calendar(plan, self._start(plan), days, self.texts, self.words) if plan else None
        overview = Overview(self.pack, self.notes, self.config, self.texts, self.words)
        front = Front(
            facts=tuple(self._facts()),
            calendar=shown,
            loads=overview.loads(),
            legend=overview.legend(),
            figures=overview.figures(),
            contents=tuple(contents),
        )
        return self._sheet("front", "", front)

    def _start(self, plan: Plan) -> datetime.date | None:
        """The first day's date, unless a calendar from it to the last day would fill pages."""
        last = max((day.number for week in plan.weeks for day in week.days), default=0)
        return self.config.start if last <= _YEAR and self.config.date_of(last) else None

    def checklist(self, spots: Spots) -> Sheet | None:
        """Every entry of the checklists, and where it is treated."""
        groups = tuple(self._groups(spots))
        return self._sheet("checklist", self.words.checklist, groups) if groups else None

    def reading(self) -> Sheet | None:
        """Stories and advice."""
        found = chapters(self.pack, self.texts)
        return self._sheet("reading", self.words.reading, found) if found else None

    def index(self, spots: Spots) -> Sheet:
        """The index of terms and the one of keys."""
        found = terms.terms(self.pack.questions, self.config.subjects, spots)
        keys = tuple(sorted(spots.values(), key=lambda spot: spot.key))
        title = self.words.terms if found else self.words.index
        return self._sheet("index", title, Index(terms.initials(found), keys))

    def stamps(self, count: int) -> Sheet:
        """Pages that hold their number and nothing else."""
        return self._sheet("stamps", "", range(count))

    def _sheet(self, kind: str, title: str, view: Any) -> Sheet:
        name = " · ".join(filter(None, (self.config.title, title or self.words.study_pack)))
        paper = Paper(
            pack=self.config.title,
            title=title,
            author=self.config.author,
            language=self.config.language,
            paper=self.config.paper,
        )
        styles = ("sheet.css", "book.css")
        views = {"heading": name, "sheet": paper, "view": view}
        html = page.filled(f"book-{kind}.html", styles, self.words, self.album, **views)
        return Sheet(f"{self.config.slug}-pack-{kind}", None, name, html)

    def _facts(self) -> Iterator[Fact]:
        words, plan = self.words, self.pack.plan
        if plan:
            yield Fact(str(len(plan.weeks)), words.weeks)
            yield Fact(str(sum(len(week.days) for week in plan.weeks)), words.days)
        yield Fact(str(len(self.pack.questions)), words.questions)
        cards = Counter(note.tier for note in self.notes)
        tiers = ", ".join(f"{cards[one]} {words.tier(one)}" for one in Tier if cards[one])
        yield Fact(str(len(self.notes)), f"{words.cards} ({tiers})" if tiers else words.cards)
        if self.pack.topics:
            covered = sum(bool(topic.covered_by) for topic in self.pack.topics)
            yield Fact(f"{covered} / {len(self.pack.topics)}", words.topics_covered)

    def _groups(self, spots: Spots) -> Iterator[Group]:
        titles = {document.path: document.title for document in self.pack.documents}

        def category(topic: Topic) -> tuple[str, str | None]:
            return topic.location.path, topic.category

        for (path, name), group in groupby(self.pack.topics, key=category):
            entries = tuple(self._entry(topic, spots) for topic in group)
            title = self.texts.plain(name or titles.get(path, path))
            yield Group(title, sum(bool(one.spots) for one in entries), entries)

    def _entry(self, topic: Topic, spots: Spots) -> Entry:
        found = [spots[id_] for id_ in topic.covered_by if id_ in spots]
        return Entry(topic.number, self.texts.line(topic.title, None), tuple(found[:_SHOWN]))
