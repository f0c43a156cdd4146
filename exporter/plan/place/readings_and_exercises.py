"""Places what is no question: readings go with their section, exercises by their words.

Everything gets a week, "beyond" where nothing fits, so that each piece stands on exactly one sheet.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from exporter.model import (
    Exercise,
    ExerciseKind,
    Question,
    Reading,
    ReadingKind,
    Week,
)
from exporter.plan.place import match
from exporter.plan.place.match import ENOUGH, Fields
from exporter.plan.place.syllabus import Syllabus

_ENOUGH = 3
"""So many questions in one week decide for their section's readings, also when others don't."""

_Places = Counter[tuple[Week, int | None]]
_Sections = Mapping[tuple[str, tuple[str, ...]], _Places]


def readings(
    found: Iterable[Reading], questions: Sequence[Question], syllabus: Syllabus
) -> tuple[Reading, ...]:
    """Readings with the week of most questions of their section, and its day if most share it;
    without such a section, by what they say.  Advice of no section belongs to no day."""
    placed = []
    sections = _sections(questions)
    for reading in found:
        spot = _of_section(reading, sections)
        if spot is None and reading.kind is ReadingKind.ADVICE:
            spot = ("beyond", None)
        if spot is None:
            text = f"{reading.title or ''}\n{reading.markdown}"
            spot = _by_words(Fields(text, sections=reading.section), syllabus)
        placed.append(replace(reading, week=spot[0], day=spot[1]))
    return tuple(placed)


def exercises(found: Iterable[Exercise], syllabus: Syllabus) -> tuple[Exercise, ...]:
    """Hands-on and design prompts by what they say; advice and modes belong to no day."""
    placed = []
    for exercise in found:
        week: Week = "beyond"
        day = None
        if exercise.kind in (ExerciseKind.HANDS_ON, ExerciseKind.DESIGN):
            week, day = _by_words(Fields(exercise.markdown, sections=exercise.section), syllabus)
        placed.append(replace(exercise, week=week, day=day))
    return tuple(placed)


def _sections(questions: Iterable[Question]) -> _Sections:
    """How many questions stand in each week and day, by path and titles from the outermost on."""
    found: dict[tuple[str, tuple[str, ...]], _Places] = {}
    for question in questions:
        if place := question.placement:
            for depth in range(1, len(question.section) + 1):
                key = (question.location.path, question.section[:depth])
                found.setdefault(key, Counter())[place.week, place.day] += 1
    return found


def _of_section(reading: Reading, sections: _Sections) -> tuple[Week, int | None] | None:
    """Where most questions stand under the innermost titles above the reading that have any; None
    where they don't agree."""
    for depth in range(len(reading.section), 0, -1):
        if places := sections.get((reading.location.path, reading.section[:depth])):
            return _agreed(places)
    return None


def _agreed(places: _Places) -> tuple[Week, int | None] | None:
    weeks: Counter[Week] = Counter()
    for (week, _), count in places.items():
        weeks[week] += count
    week = min(weeks, key=lambda week: (-weeks[week], str(week)))
    if weeks[week] < _ENOUGH and 2 * weeks[week] <= places.total():
        return None
    days = {day: count for (of, day), count in places.items() if of == week}
    day, most = min(days.items(), key=lambda item: (-item[1], item[0] or 0))
    return week, day if 2 * most > weeks[week] else None


def _by_words(fields: Fields, syllabus: Syllabus) -> tuple[Week, int | None]:
    fits = match.rank(fields, syllabus)
    if not fits or fits[0].score < ENOUGH:
        return "beyond", None
    target = syllabus.targets[fits[0].target]
    return target.week, target.day
