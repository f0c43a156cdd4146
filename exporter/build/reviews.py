"""What a program can only guess, for its author to decide: the most doubtful first.

Each item shows two sides and why they were put together, with the lines of pack.toml that say yes
and no.  What pack.toml decides already is not asked again.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from exporter.model import Key, Pack, Place, Placement, Question, find_questions
from exporter.model.config import PackConfig
from exporter.plan import place
from exporter.plan.relate import weighed_words
from exporter.text import fixed_words, lexical, markup, one_line

Kind = Literal["same", "links", "places", "topics"]
KINDS: tuple[Kind, ...] = ("same", "links", "places", "topics")
_LEAST = 0.4  # likeness from which two questions are worth a look
_MOST = 40  # of a kind


@dataclass(frozen=True, slots=True)
class Item:
    """A decision: ``asks`` in a sentence, the two sides, ``why`` the program thinks so, and what
    yes and no write; ``no`` is "" where there is nothing to write."""

    kind: Kind
    asks: str
    left: str
    right: str
    why: str
    yes: str
    no: str


def items(pack: Pack, config: PackConfig, kinds: Iterable[Kind] = KINDS) -> tuple[Item, ...]:
    """All open decisions of ``kinds``, in their order."""
    made = {"same": _same, "links": _links, "places": _places, "topics": _topics}
    return tuple(item for kind in kinds for item in made[kind](pack, config))


def _said(question: Question) -> str:
    asked = one_line.question(question, fixed_words.ENGLISH.prints) or question.label or ""
    answers = " · ".join(markup.plain(answer.markdown) for answer in question.answers)
    return f"{question.key}  {asked}\n    {answers[:300]}"


def _entry(table: str, **values: object) -> str:
    lines = (
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items()
    )
    return f"\n[[{table}]]\n{''.join(lines)}"


def _same(pack: Pack, config: PackConfig) -> Iterator[Item]:
    """Pairs that may ask the same, and such as were joined; the closer to the edge, the sooner."""
    entries = [*(one.questions for one in config.same), *(one.questions for one in config.apart)]
    decided = [
        {one.key for name in names for one in find_questions.find(pack.questions, name)}
        for names in entries
    ]
    known = weighed_words.index(pack.questions, [])
    joined = {
        frozenset((one.key, other.key))
        for one in pack.questions
        for other in one.related
        if other.relation == "same"
    }
    pairs: dict[frozenset[Key], tuple[float, Question, Question]] = {}
    for at, one in enumerate(pack.questions):
        for score, number in weighed_words.neighbours(at, known)[:5]:
            other = pack.questions[number]
            both = frozenset((one.key, other.key))
            if (score >= _LEAST or both in joined) and not any(both <= each for each in decided):
                pairs.setdefault(both, (score, one, other))
    open_ = sorted(pairs.items(), key=lambda pair: (pair[0] in joined, -pair[1][0]))
    for both, (score, one, other) in open_[:_MOST]:
        keys = [one.key, other.key]
        why = f"likeness {score:.2f}, {'joined' if both in joined else 'kept apart'} so far"
        yield Item(
            "same",
            "Do these two ask the same?",
            _said(one),
            _said(other),
            why,
            _entry("same", questions=keys),
            _entry("apart", questions=keys),
        )


def _links(pack: Pack, config: PackConfig) -> Iterator[Item]:
    """Answers to the plan's questions: those that are partial first."""
    decided = {_spot(link.plan) for link in config.links}
    questions = {question.id: question for question in pack.questions}
    found: list[tuple[bool, int, Item]] = []
    for week in pack.plan.weeks if pack.plan else ():
        for day in week.days:
            for number, asked in enumerate(day.questions, 1):
                if (day.number, number) in decided or not asked.answered_by:
                    continue
                best = questions[asked.answered_by[0]]
                spot = f"day {day.number}.{number}"
                item = Item(
                    "links",
                    f"Does this answer the plan's question ({spot})?",
                    markup.plain(asked.prompt),
                    _said(best),
                    f"{asked.confidence} so far",
                    _entry("links", plan=spot, questions=[best.key]),
                    _entry("links", plan=spot, questions=[]),
                )
                found.append((asked.confidence == "sure", len(found), item))
    yield from (item for *_, item in sorted(found, key=lambda one: one[:2]))


def _spot(name: str) -> tuple[int, int]:
    """Day and number of the plan's question that "day 3.1" names; 0 of what names none."""
    day, _, number = name.casefold().removeprefix("day").strip().partition(".")
    return (int(day), int(number or 1)) if day.isdigit() and (number or "1").isdigit() else (0, 0)


def _places(pack: Pack, config: PackConfig) -> Iterator[Item]:
    """Questions whose place has a close runner-up."""
    decided = {
        q.key for pin in config.pins for q in find_questions.find(pack.questions, pin.question)
    }
    for question in place.doubts(pack.questions, _MOST):
        here, other = question.placement, question.placement and question.placement.runner_up
        if question.key in decided or here is None or other is None:
            continue
        yield Item(
            "places",
            f"Does this belong to {_where(here.week, here.day)}, and not to "
            f"{_where(other.week, other.day)}?",
            _said(question),
            "",
            here.why,
            _pin(question, here),
            _pin(question, other),
        )


def _where(week: object, day: int | None) -> str:
    return f"week {week}" + (f", day {day}" if day else "")


def _pin(question: Question, spot: Place | Placement) -> str:
    if spot.day is None:
        return _entry("pins", question=question.key, week=spot.week)
    return _entry("pins", question=question.key, week=spot.week, day=spot.day)


def _topics(pack: Pack, config: PackConfig) -> Iterator[Item]:
    """What covers topics: mentioned ones first, then covered ones."""
    decided = {lexical.words(entry.topic) for entry in config.covers}
    questions = {question.id: question for question in pack.questions}
    for state in ("mentioned", "covered"):
        for topic in pack.topics:
            title = markup.plain(topic.title)
            if topic.state != state or lexical.words(topic.title) in decided:
                continue
            found = [questions[id_] for id_ in (*topic.covered_by, *topic.mentioned_in)]
            yield Item(
                "topics",
                "Does this cover the topic?",
                title,
                "\n    ".join(map(_said, found)),
                f"{state} so far",
                _entry("covers", topic=title, questions=[one.key for one in found]),
                _entry("covers", topic=title, questions=[]),
            )
