"""Composes the pack's own pages: cover with calendar and contents, checklist, reading, index.

The cover shows the plan's days to tick off, by weeks or by dates, and the cards of each week as
bars.  Pages for reading (stories, advice and guides) are set larger than on a sheet.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from exporter.model import (
    Day,
    Document,
    Exercise,
    ExerciseKind,
    Html,
    Note,
    Pack,
    Plan,
    QuestionId,
    Reading,
    ReadingKind,
    Tier,
    Topic,
    Week,
)
from exporter.model.config import PackConfig
from exporter.pack.media import NO_PICTURES, Album
from exporter.paper.book import terms
from exporter.paper.book.views import (
    Calendar,
    CalendarRow,
    Cell,
    Chapter,
    Entry,
    Fact,
    Front,
    Group,
    Index,
    Line,
    Paper,
    Spot,
    WeekLoad,
)
from exporter.paper.sheets import Sheet, drawing, page_templates
from exporter.paper.sheets.compose import figure
from exporter.paper.sheets.daily_load import Load, load, total
from exporter.paper.sheets.texts import Texts
from exporter.paper.sheets.views import Figure, Story
from exporter.text import fixed_words
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
        return tuple(figure(one, self.texts) for one in self.pack.cycles)

    def _load(self) -> Load:
        return load(self.pack, self.notes)


_READ = (ReadingKind.STORY, ReadingKind.ADVICE)
_TALKED = (ExerciseKind.ADVICE, ExerciseKind.MODE)
_GUIDE = "guide"


def chapters(pack: Pack, texts: Texts) -> tuple[Chapter, ...]:
    """A chapter for each document that has something to read."""
    found = []
    for number, document in enumerate(pack.documents, start=1):
        stories = tuple(_stories(document, pack, texts))
        if stories:
            title = texts.plain(document.title)
            found.append(Chapter(f"c-{number}", title, stories))
    return tuple(found)


def _stories(document: Document, pack: Pack, texts: Texts) -> Iterator[Story]:
    """What is to be read, in the author's order; of a guide everything, under its sections."""
    whole = document.reader == _GUIDE
    readings = [
        one
        for one in pack.readings
        if one.location.path == document.path and (whole or one.kind in _READ)
    ]
    exercises = [
        one
        for one in pack.exercises
        if one.location.path == document.path and (whole or one.kind in _TALKED)
    ]
    everything: list[Reading | Exercise] = [*readings, *exercises]
    everything.sort(key=lambda one: one.location.first)

    def heading(one: Reading | Exercise) -> tuple[str, ...]:
        title = one.title if isinstance(one, Reading) else None
        return (*one.section, title) if title else one.section

    for titles, group in groupby(everything, key=heading):
        *outer, title = titles or (document.title,)
        pieces = [texts.block(one.markdown, one.location) for one in group]
        plain = texts.plain(title)
        kicker = texts.plain(" · ".join(outer)) or None
        listed = "".join(f"<div>{piece}</div>" for piece in pieces)
        yield Story(plain or texts.plain(document.title), kicker, Html(listed))


_WEEK = 7
_LONG = 10  # days of the plan in one row at most


def calendar(
    plan: Plan,
    start: datetime.date | None,
    links: Mapping[int, str],
    texts: Texts,
    words: Wording,
) -> Calendar:
    """`links` lead to the days, by number."""
    cells = {
        day.number: _cell(day, start, links.get(day.number, ""), texts, words)
        for week in plan.weeks
        for day in week.days
    }
    if start is None:
        return Calendar((), tuple(_by_plan(plan, cells, words)))
    dated = {start + datetime.timedelta(number - 1): cell for number, cell in cells.items()}
    return Calendar(words.weekdays, tuple(_by_date(dated, words)))


def _by_plan(plan: Plan, cells: Mapping[int, Cell], words: Wording) -> Iterator[CalendarRow]:
    for week in plan.weeks:
        days = [cells[day.number] for day in week.days]
        for first in range(0, len(days), _LONG):
            label = f"{words.week} {week.number}" if first == 0 else ""
            yield CalendarRow(label, tuple(days[first : first + _LONG]))


def _by_date(dated: Mapping[datetime.date, Cell], words: Wording) -> Iterator[CalendarRow]:
    """Weeks from Monday to Sunday, from the first day's to the last one's; a row names its month
    where it is another than the row's before."""
    if not dated:
        return
    monday = min(dated) - datetime.timedelta(min(dated).weekday())
    before = ""
    while monday <= max(dated):
        week = [monday + datetime.timedelta(n) for n in range(_WEEK)]
        first = next((date for date in week if date in dated), monday)
        month = f"{words.months[first.month - 1]} {first.year}"
        yield CalendarRow(month if month != before else "", tuple(dated.get(date) for date in week))
        before = month
        monday += datetime.timedelta(_WEEK)


def _cell(day: Day, start: datetime.date | None, href: str, texts: Texts, words: Wording) -> Cell:
    date = start + datetime.timedelta(day.number - 1) if start else None
    shown = words.dated(date) if date else ""
    return Cell(f"{words.day} {day.number}", texts.line(day.title, None), shown, href)


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
        return fixed_words.in_language(self.config.language)

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
        html = page_templates.filled(f"book-{kind}.html", styles, self.words, self.album, **views)
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
