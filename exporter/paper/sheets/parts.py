"""The parts of a sheet: the days of a week, or the sections of what no day treats.

A day shows its work as boxes, the plan's question with its answer, and the questions placed there:
first those with answers, then puzzles, then tasks, each in the documents' order. What belongs to
the week but to none of its days comes after the last one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from exporter.model import (
    Day,
    Exercise,
    ExerciseKind,
    Kind,
    PlanQuestion,
    Question,
    Week,
)
from exporter.paper.sheets.anchors import day_of
from exporter.paper.sheets.question_entries import Maker, shown
from exporter.paper.sheets.views import Ask, Box, Part
from exporter.text.fixed_words import Wording

_KINDS = (Kind.QUESTION, Kind.OUTPUT, Kind.TASK)
_ASK_LINES = 4
_NOTE_LINES = 8
_LONGEST_REPEATED = 900
"""Characters of HTML up to which an answer is printed again under the plan's question; a longer one
that stands on the same sheet is referred to by key and page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What one sheet has to show, in source order."""

    questions: tuple[Question, ...]
    exercises: tuple[Exercise, ...]


def day(day_: Day, week: Week, contents: Contents, maker: Maker) -> Part:
    """A day with its boxes, the plan's questions and the questions placed there."""
    questions = [one for one in contents.questions if day_of(one) == day_.number]
    exercises = [one for one in contents.exercises if one.day == day_.number]
    badge = f"{maker.words.day} {day_.number}"
    mark = f"{badge} · {maker.texts.plain(day_.title)}"
    busy = bool(questions or day_.questions)
    return Part(
        anchor=f"d-{day_.number}",
        badge=badge,
        title=maker.texts.line(day_.title, day_.location),
        mark=mark,
        running=maker.texts.running(mark),
        boxes=(*work(day_, maker), *_tasks(exercises, maker)),
        asks=tuple(_ask(one, week, maker) for one in day_.questions),
        items=tuple(maker.item(one) for one in by_kind(questions)),
        lines=0 if busy else _NOTE_LINES,
    )


def loose(contents: Contents, numbers: Iterable[int], maker: Maker) -> Part | None:
    """What belongs to a week but to none of its days."""
    days = frozenset(numbers)
    questions = [one for one in contents.questions if day_of(one) not in days]
    exercises = [one for one in contents.exercises if one.day not in days]
    if not questions and not exercises:
        return None
    return _part("d-any", maker.words.any_day, None, questions, exercises, maker)


def sections(contents: Contents, maker: Maker) -> tuple[Part, ...]:
    """Questions and exercises under the titles of their sections, in source order."""

    def section(one: Question | Exercise) -> tuple[str, tuple[str, ...]]:
        return (one.location.path, one.section)

    def position(one: Question | Exercise) -> tuple[int, int]:
        return (paths.index(one.location.path), one.location.first)

    everything: list[Question | Exercise] = [*contents.questions, *contents.exercises]
    paths = list(dict.fromkeys(one.location.path for one in everything))
    parts = []
    for n, (key, group) in enumerate(groupby(sorted(everything, key=position), key=section)):
        members = list(group)
        *outer, title = key[1] or (maker.places.title(key[0]),)
        parts.append(
            _part(
                f"s-{n + 1}",
                title,
                " · ".join(outer) or None,
                [one for one in members if isinstance(one, Question)],
                [one for one in members if isinstance(one, Exercise)],
                maker,
            )
        )
    return tuple(parts)


def by_kind(questions: Sequence[Question]) -> list[Question]:
    """Questions, then puzzles, then tasks, each in the given order."""
    return sorted(questions, key=lambda question: _KINDS.index(question.kind))


def work(day_: Day, maker: Maker) -> tuple[Box, ...]:
    """The plan's own lines for a day, each with a box."""
    words = maker.words
    lines = (
        (words.study, day_.study),
        (words.practice, day_.practice),
        (words.design, day_.design),
        (words.focus, day_.focus),
    )
    return tuple(
        Box(_unless_said(label, text), maker.texts.line(text, day_.location))
        for label, texts in lines
        for text in texts
    )


def _unless_said(label: str, text: str) -> str | None:
    """The label, unless the author's line begins with that very word."""
    return None if text.casefold().startswith(f"{label.casefold()} ") else label


def _tasks(exercises: Iterable[Exercise], maker: Maker) -> tuple[Box, ...]:
    return tuple(
        Box(_label(one.kind, maker.words), maker.texts.block(one.markdown, one.location))
        for one in exercises
    )


def _label(kind: ExerciseKind, words: Wording) -> str:
    match kind:
        case ExerciseKind.HANDS_ON:
            return words.hands_on
        case ExerciseKind.DESIGN:
            return words.design
        case ExerciseKind.ADVICE:
            return words.advice
        case ExerciseKind.MODE:
            return words.mode
        case _:
            assert_never(kind)


def _part(
    anchor: str,
    title: str,
    kicker: str | None,
    questions: Sequence[Question],
    exercises: Sequence[Exercise],
    maker: Maker,
) -> Part:
    places = [*(one.location for one in questions), *(one.location for one in exercises)]
    plain = maker.texts.plain(title)
    return Part(
        anchor=anchor,
        badge=None,
        title=maker.texts.line(title, places[0]),
        mark=plain,
        running=maker.texts.running(plain),
        kicker=maker.texts.plain(kicker) if kicker else None,
        boxes=_tasks(exercises, maker),
        items=tuple(maker.item(one) for one in by_kind(questions)),
    )


def _ask(asked: PlanQuestion, week: Week, maker: Maker) -> Ask:
    """The plan's question with the shortest answer of the first question that has one."""
    known = [maker.places.questions[id_] for id_ in asked.answered_by if maker.places.knows(id_)]
    answering = next((one for one in known if shown(one.answers, "short")), None)
    prompt = maker.texts.line(asked.prompt, asked.location)
    if answering is None:
        return Ask(prompt, (), None, partly=False, see=(), lines=_ASK_LINES)
    source = maker.places.refer(answering.id, week)
    answers = maker.answers(answering.answers, "short")
    long = sum(len(one.text) for one in answers) > _LONGEST_REPEATED and source and source.anchor
    more = (maker.places.refer(one.id, week) for one in known if one is not answering)
    return Ask(
        prompt=prompt,
        answers=() if long else answers,
        source=source,
        partly=asked.confidence == "partial",
        see=tuple(one for one in more if one),
        lines=0,
    )
