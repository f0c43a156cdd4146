"""What could stand on each leaf of a pack, in its order and with how much each part matters.

The plan's questions come first, each in the key box of its day; a question that answers it surely
is not asked again below.  What asks the same stands once, and so does one answer of several
questions, below them.  How central a question is: how many others name it as related, how often the
plan is answered by it and the checklist covered.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from exporter.model import (
    Cycle,
    Day,
    DayKind,
    Exercise,
    ExerciseKind,
    Html,
    Key,
    Kind,
    Pack,
    PlanQuestion,
    Question,
    QuestionId,
    StudyWeek,
    Week,
)
from exporter.model.config import PackConfig
from exporter.paper.leaf import measure
from exporter.paper.leaf.entries import Maker, answers
from exporter.paper.leaf.paper import BAR_SIZE
from exporter.paper.leaf.puzzles import strip
from exporter.paper.leaf.views import Box, Entry, Matter, Piece
from exporter.paper.sheets import drawing
from exporter.paper.sheets.anchors import Places, day_of
from exporter.paper.sheets.texts import Texts
from exporter.text import one_line
from exporter.text.one_line import unnumbered

_RING = 2  # stations side by side in a column of a leaf
_DOING = (ExerciseKind.HANDS_ON, ExerciseKind.DESIGN)


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses for the leaves of one pack; `texts` are those of titles."""

    pack: Pack
    config: PackConfig
    maker: Maker
    places: Places
    texts: Texts
    weights: Counter[QuestionId]

    def week(self, week: StudyWeek) -> Matter:
        """The leaf of a study week: a box a day, and one for what belongs to none."""
        questions = self._of(week.number)
        exercises = [one for one in self.pack.exercises if self._home(one.week) == week.number]
        numbers = {day.number for day in week.days}
        puzzles = strip(questions, self.maker)
        shown = set(puzzles.keys) if puzzles else set()
        left = [one for one in questions if one.key not in shown]
        boxes = [
            self._day(
                day,
                week.number,
                [one for one in left if day_of(one) == day.number],
                [one for one in exercises if one.day == day.number],
            )
            for day in week.days
        ]
        loose = [one for one in left if day_of(one) not in numbers]
        doing = [one for one in exercises if one.day not in numbers]
        title = self.maker.words.any_day
        rest = self._box("d-any", "", title, loose, (), self._ticks(doing))
        boxes += [rest] if rest.entries or rest.ticks else []
        return Matter(
            week=week.number,
            badge=f"{self.maker.words.week} {week.number}",
            title=self.texts.line(week.title, week.location),
            plain=self.texts.plain(week.title),
            goal=self.texts.line(week.goal, week.location) if week.goal else None,
            boxes=tuple(boxes),
            puzzles=puzzles,
            keys=tuple(one.key for one in questions),
            stated=tuple(self._always(questions, week)),
        )

    def rest(self, week: Week) -> Matter | None:
        """What no week covers (or all, without a plan), a box a section; None where it is nothing.

        Nothing of it is left out: it fills as many leaves as it takes.
        """
        questions = self._of(week)
        title = self.maker.words.beyond if week else self.config.title
        puzzles = strip(questions, self.maker)
        shown = set(puzzles.keys) if puzzles else set()
        boxes = list(self._sections([one for one in questions if one.key not in shown], week))
        if not boxes and not puzzles:
            return None
        return Matter(
            week=week,
            badge="",
            title=self.texts.line(title, None),
            plain=self.texts.plain(title),
            goal=None,
            boxes=tuple(boxes),
            puzzles=puzzles,
            keys=tuple(one.key for one in questions),
            stated=tuple(one.key for one in questions if one.kind is not Kind.OUTPUT),
            whole=True,
        )

    def _always(self, questions: Iterable[Question], week: StudyWeek) -> Iterator[Key]:
        """What a week's leaf says whatever is left out: what the key boxes state, and tasks; and
        what is said by another question that asks the same."""
        stated = {id_ for day in week.days for one in day.questions for id_ in self._stated(one)}
        here = {one.id for one in questions}
        for one in questions:
            if one.id in stated or one.kind is Kind.TASK or _follows(one, here):
                yield one.key

    def _of(self, week: Week) -> list[Question]:
        return [one for one in self.pack.questions if self.places.week_of(one) == week]

    def _home(self, week: Week) -> Week:
        return self.places.home(week)

    def _day(
        self, day: Day, week: int, questions: list[Question], exercises: list[Exercise]
    ) -> Box:
        """A day's box: the plan's questions, its figures, its entries, then what to do."""
        asked = [self._key(one) for one in day.questions]
        said = {id_ for one in day.questions for id_ in self._stated(one)}
        left = [one for one in questions if one.id not in said]
        drawn = [
            self._ring(one) for one in self.pack.cycles if (one.week, one.day) == (week, day.number)
        ]
        ticks = (*self._work(day), *self._ticks(exercises))
        first = (*asked, *drawn)
        return self._box(f"d-{day.number}", str(day.number), day.title, left, first, ticks)

    def _box(
        self,
        anchor: str,
        number: str,
        title: str,
        questions: Sequence[Question],
        first: tuple[Piece, ...],
        ticks: tuple[Piece, ...],
    ) -> Box:
        tasks = tuple(self._task(one) for one in questions if one.kind is Kind.TASK)
        entries = tuple(self._entries([one for one in questions if one.kind is Kind.QUESTION]))
        shown = self._bar(title, number)
        whole = self.texts.plain(title)
        return Box(anchor, number, shown, whole, first, entries, (*ticks, *tasks))

    def _bar(self, title: str, number: str) -> Html:
        """A title as its bar holds it: as many words as fit one line."""
        words = title.split()
        room = self.maker.paper.text - measure.line_width(f"<b>{number} …</b>", BAR_SIZE) - 1.5
        for count in range(len(words), 0, -1):
            shown = " ".join(words[:count]) + (" …" if count < len(words) else "")
            html = self.texts.line(shown, None)
            if measure.line_width(f"<b>{html}</b>", BAR_SIZE) <= room:
                break
        return html if words else Html("")

    def _entries(self, questions: Sequence[Question]) -> Iterator[Entry]:
        """Entries in order; of those that ask the same only the one that leads."""
        here = {one.id for one in questions}
        led = [one for one in questions if not _follows(one, here)]
        groups: dict[tuple[str, ...], list[Question]] = {}
        for one in led:
            texts = answers(one)
            groups.setdefault(texts or (f"\0{one.id}",), []).append(one)
        for group in groups.values():
            yield self.maker.entry(group, float(sum(self.weights[one.id] for one in group)))

    def _sections(self, questions: Iterable[Question], week: Week) -> Iterator[Box]:
        def section(one: Question) -> tuple[str, tuple[str, ...]]:
            return one.location.path, one.section

        rings = [one for one in self.pack.cycles if self._home(one.week) == week]
        for n, ((path, titles), group) in enumerate(groupby(questions, key=section), 1):
            name = titles[-1] if titles else self.places.title(path)
            drawn = tuple(self._ring(one) for one in rings) if n == 1 else ()
            box = self._box(f"s-{n}", "", unnumbered(name), list(group), drawn, ())
            if box.first or box.entries or box.ticks:
                yield box

    def _key(self, asked: PlanQuestion) -> Piece:
        known = (self.places.questions.get(id_) for id_ in asked.answered_by)
        found = next((one for one in known if one and answers(one)), None)
        partly = asked.confidence == "partial" and found is not None
        own = one_line.question(found, self.maker.words.prints) if partly and found else None
        return self.maker.key(asked.prompt, asked.location, found, own)

    def _stated(self, asked: PlanQuestion) -> tuple[QuestionId, ...]:
        """The question that the key box states whole: the one that asks the same, or is named there
        as what answers it in part."""
        return asked.answered_by[:1]

    def _work(self, day: Day) -> Iterator[Piece]:
        """The plan's own lines for a day that are something to do."""
        words, recap = self.maker.words, day.kind in (DayKind.RECAP, DayKind.REVIEW)
        lines = (
            (words.study, day.study if recap else ()),
            (words.practice, day.practice),
            (words.design, day.design),
            (words.focus, day.focus if recap else ()),
        )
        for label, texts in lines:
            for text in texts:
                said = text.casefold().startswith(label.casefold())
                yield self.maker.tick(None if said else label, text, day.location)

    def _ticks(self, exercises: Iterable[Exercise]) -> tuple[Piece, ...]:
        names = {
            ExerciseKind.HANDS_ON: self.maker.words.hands_on,
            ExerciseKind.DESIGN: self.maker.words.design,
        }
        return tuple(
            self.maker.tick(names[one.kind], one.markdown, one.location)
            for one in exercises
            if one.kind in _DOING
        )

    def _task(self, question: Question) -> Piece:
        text = question.title or question.prompt or ""
        return self.maker.tick(self.maker.words.task, text, question.location)

    def _ring(self, one: Cycle) -> Piece:
        steps = [self.texts.plain(step, one.location) for step in one.steps]
        title = self.texts.plain(one.title)
        center = self.texts.line(one.center, None)
        said = f"{title}: {' → '.join([*steps, steps[0]])}"
        svg = drawing.cycle(steps, "", said, _RING)
        return self.maker.drawing(svg, Html(". ".join(filter(None, (title, center)))))


def weights(pack: Pack) -> Counter[QuestionId]:
    """How central each question of a pack is."""
    found: Counter[QuestionId] = Counter()
    for one in pack.questions:
        found.update(related.id for related in one.related)
    for topic in pack.topics:
        found.update(topic.covered_by[:1])
    for week in pack.plan.weeks if pack.plan else ():
        for day in week.days:
            for asked in day.questions:
                found.update(dict.fromkeys(asked.answered_by[:2], 3))
    return found


def _follows(question: Question, here: set[QuestionId]) -> bool:
    """Whether another question of the same place leads those that ask the same as this one."""
    return any(
        one.relation == "same" and one.leads and one.id in here and one.id != question.id
        for one in question.related
    )
