"""Which content goes on which sheet, and in what order from its title to its index.

Every question, exercise, reading and checklist topic of a pack stands on exactly one sheet: that of
its week, or the one of what the plan does not cover. A pack without a plan has a single sheet.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from exporter.model import Cycle, Day, DayKind, Html, Pack, Plan, Reading, StudyWeek, Topic, Week
from exporter.model.config import PackConfig
from exporter.paper.sheets import drawing, parts, recap
from exporter.paper.sheets.anchors import anchor
from exporter.paper.sheets.daily_load import Load, total
from exporter.paper.sheets.drawing import Counts
from exporter.paper.sheets.question_entries import Maker
from exporter.paper.sheets.texts import Texts
from exporter.paper.sheets.views import (
    AnswerView,
    Category,
    DayTab,
    Figure,
    Mark,
    Part,
    Reference,
    SheetView,
    Story,
)
from exporter.text.fixed_words import Wording

_TABS = 7  # days in one row on top of a sheet
_LONGEST_BAR = 15.0  # millimetres; what a tab of seven leaves beside the number of cards


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes the sheets of one pack."""

    pack: Pack
    config: PackConfig
    maker: Maker
    load: Load

    def week(self, week: StudyWeek, plan: Plan) -> SheetView:
        """The sheet of a study week: its days, and what belongs to none of them."""
        contents = self._contents(week.number)
        days = tuple(self._day(day, week, plan, contents) for day in week.days)
        rest = parts.loose(contents, (day.number for day in week.days), self.maker)
        badge = f"{self.maker.words.week} {week.number}"
        title = self.maker.texts.line(week.title, week.location)
        running = f"{badge} · {self.maker.texts.plain(week.title)}"
        goal = self.maker.texts.line(week.goal, week.location) if week.goal else None
        composed = (*_before_recap(days, rest), *self._reading(week.number))
        view = self._sheet(week.number, title, running, self._drawn(week.number, composed))
        scale = _LONGEST_BAR / max(map(total, self._bars(week)), default=1)
        tabs = tuple(self._tab(day, week, scale) for day in week.days)
        legend = tuple(self._legend(week, scale))
        return replace(view, badge=badge, goal=goal, rows=_rows(tabs), legend=legend)

    def rest(self, week: Week) -> SheetView | None:
        """What no week of the plan covers (or all, without a plan); None where that is nothing."""
        composed = parts.sections(self._contents(week), self.maker)
        title = self.maker.words.beyond if week else self.config.title
        composed = (*composed, *self._reading(week), *self._checklist(self.pack.topics))
        drawn = self._drawn(week, composed)
        return self._sheet(week, Html(escape(title)), title, drawn) if drawn else None

    def _contents(self, week: Week) -> parts.Contents:
        places = self.maker.places
        return parts.Contents(
            tuple(one for one in self.pack.questions if places.week_of(one) == week),
            tuple(one for one in self.pack.exercises if places.home(one.week) == week),
        )

    def _day(self, day: Day, week: StudyWeek, plan: Plan, contents: parts.Contents) -> Part:
        if day.kind is DayKind.RECAP:
            return recap.recap(day, week, plan, contents, self.maker)
        return parts.day(day, week.number, contents, self.maker)

    def _sheet(
        self,
        week: Week,
        title: Html,
        running: str,
        composed: tuple[Part, ...],
    ) -> SheetView:
        questions = self._contents(week).questions
        printed = (self.maker.printed(question) for question in questions)
        keys = (Reference(one.key, anchor(one), "") for one in questions)
        items = (item for part in composed for item in part.items)
        cut = [Reference(one.key, one.anchor, "") for one in items if _cut(one.answers)]
        asks = (ask for part in composed for ask in part.asks if _cut(ask.answers))
        cut += [ask.source for ask in asks if ask.source]
        return SheetView(
            pack=self.config.title,
            title=title,
            running=running,
            author=self.config.author,
            language=self.config.language,
            paper=self.config.paper,
            parts=composed,
            printed=tuple(one for one in printed if one),
            index=tuple(sorted(keys, key=lambda one: one.key)),
            shortened=tuple(dict.fromkeys(cut)),
        )

    def _reading(self, week: Week) -> Iterator[Part]:
        home = self.maker.places.home
        stories = tuple(self._story(one) for one in self.pack.readings if home(one.week) == week)
        if stories:
            title = self.maker.words.reading
            yield Part("reading", None, Html(escape(title)), title, title, stories=stories)

    def _story(self, reading: Reading) -> Story:
        texts = self.maker.texts
        kicker, *_ = [*reversed(reading.section), self.maker.places.title(reading.location.path)]
        title = texts.plain(reading.title, reading.location) if reading.title else None
        return Story(
            title=title or texts.plain(kicker),
            kicker=texts.plain(kicker) if title and title != texts.plain(kicker) else None,
            text=texts.block(reading.markdown, reading.location),
        )

    def _checklist(self, topics: Iterable[Topic]) -> Iterator[Part]:
        def category(topic: Topic) -> tuple[str, str | None]:
            return (topic.location.path, topic.category)

        categories = tuple(
            Category(
                self.maker.texts.plain(name or self.maker.places.title(path)),
                tuple(self._mark(topic) for topic in group),
            )
            for (path, name), group in groupby(topics, key=category)
        )
        if categories:
            title = self.maker.words.checklist
            yield Part("checklist", None, Html(escape(title)), title, title, checklist=categories)

    def _mark(self, topic: Topic) -> Mark:
        known = self.maker.places.questions
        covering = [known[id_] for id_ in topic.covered_by if id_ in known]
        return Mark(
            number=topic.number,
            title=self.maker.texts.line(topic.title, topic.location),
            covered=tuple(question.key for question in covering),
            when=self.maker.places.when(covering),
        )

    def _bars(self, week: StudyWeek) -> Iterator[Counts]:
        """The cards of each day that has some, and those of none of them."""
        counts = [self.load.day(week.number, day.number) for day in week.days]
        yield from filter(None, (*counts, self._loose(week)))

    def _loose(self, week: StudyWeek) -> Counts:
        return self.load.loose(week.number, [day.number for day in week.days])

    def _bar(self, name: str, counts: Counts, scale: float) -> Html:
        pieces = (f"{self.maker.words.tier(tier)} {number}" for tier, number in counts)
        return drawing.bar(counts, scale, f"{name}: {', '.join(pieces)}")

    def _tab(self, day: Day, week: StudyWeek, scale: float) -> DayTab:
        words, date = self.maker.words, self.config.date_of(day.number)
        badge, counts = f"{words.day} {day.number}", self.load.day(week.number, day.number)
        return DayTab(
            anchor=f"d-{day.number}",
            badge=badge,
            title=self.maker.texts.line(day.title, None),
            date=_date(date, words) if date else None,
            bar=self._bar(badge, counts, scale) if counts else None,
            cards=total(counts),
        )

    def _legend(self, week: StudyWeek, scale: float) -> Iterator[Figure]:
        """What the patterns of the bars mean, and how many cards of each the week has; then the
        bar of those that belong to no day."""
        words = self.maker.words
        for tier, number in self.load.week(week.number):
            name = words.tier(tier)
            yield Figure(drawing.swatch(tier, name), f"{name} {number}")
        loose = self._loose(week)
        if loose:
            drawn = self._bar(words.any_day, loose, scale)
            yield Figure(drawn, f"{total(loose)} · {words.any_day}")

    def _drawn(self, week: Week, composed: Sequence[Part]) -> tuple[Part, ...]:
        """The parts, with each picture of the week in that of its day, or in the first."""
        found = list(composed)
        for one in self.pack.cycles:
            if found and self.maker.places.home(one.week) == week:
                anchors = [part.anchor for part in found]
                at = anchors.index(f"d-{one.day}") if f"d-{one.day}" in anchors else 0
                drawn = figure(one, self.maker.texts)
                found[at] = replace(found[at], figures=(*found[at].figures, drawn))
        return tuple(found)


def figure(one: Cycle, texts: Texts) -> Figure:
    """A cycle of the documents as it is printed."""
    steps = [texts.plain(step, one.location) for step in one.steps]
    title = texts.plain(one.title, one.location)
    said = f"{title}: {' → '.join([*steps, steps[0]])}"
    return Figure(drawing.cycle(steps, texts.plain(one.center), said), title)


def _cut(answers: Sequence[AnswerView]) -> bool:
    return any(answer.cut for answer in answers)


def _date(date: datetime.date, words: Wording) -> str:
    return f"{words.weekdays[date.weekday()]} {words.dated(date)}"


def _rows(tabs: tuple[DayTab, ...]) -> tuple[tuple[DayTab, ...], ...]:
    """The tabs in as few rows as hold seven each, all rows about equally long."""
    if not tabs:
        return ()
    rows = -(-len(tabs) // _TABS)
    width = -(-len(tabs) // rows)
    return tuple(tabs[n : n + width] for n in range(0, len(tabs), width))


def _before_recap(days: tuple[Part, ...], rest: Part | None) -> tuple[Part, ...]:
    """The days, and what belongs to none of them before the recap that ends the week."""
    if rest is None:
        return days
    last = next((n for n, day in enumerate(days) if day.rounds), len(days))
    return (*days[:last], rest, *days[last:])
