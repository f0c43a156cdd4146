"""What the ledger remembers of a question so that editing one never changes another's card.

Places, relations and tags are computed over the whole pack, so a new question could move an old
one.  A question keeps what it has until its own text, the plan or pack.toml changes.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace

from exporter.ledger import identity
from exporter.ledger.entries import Ledger
from exporter.ledger.identity import Identity
from exporter.model import (
    Attributes,
    Pack,
    Place,
    Placement,
    Plan,
    Question,
    QuestionId,
    find_questions,
)
from exporter.model.config import PackConfig


def keep(pack: Pack, ledger: Ledger, config: PackConfig, *, replan: bool = False) -> Pack:
    """``pack`` with remembered places, relations and tags; with ``replan`` as it is."""
    if replan:
        return pack
    entries = {entry.id: entry for entry in ledger.entries}
    reasons = grounds(pack, config)
    linked = _linked_as_before(pack, config)

    def kept(question: Question) -> Question:
        entry = entries.get(question.id)
        if entry is None or question.placement is None:
            return question
        place, links, asked = _same(entry.grounds, reasons[question.id], linked)
        pinned = "pin" in (entry.by, question.placement.by)
        before = Placement(
            entry.week,
            entry.day,
            entry.by,
            entry.score,
            entry.why,
            question.placement.runner_up,
        )
        return replace(
            question,
            placement=before if place and not pinned else question.placement,
            related=entry.related if links else question.related,
            tags=entry.tags if asked else question.tags,
        )

    questions = tuple(kept(question) for question in pack.questions)
    if config.duplicates != "keep":
        known = {question.id: question for question in questions if question.id in entries}
        questions = tuple(
            question if question.id in entries else _joined(question, known)
            for question in questions
        )
    return replace(pack, questions=questions)


def _joined(new: Question, known: Mapping[QuestionId, Question]) -> Question:
    """A new question on the day that the old one keeps which asks the same; what a person placed
    stays where it is."""
    own = new.placement
    same = [known[one.id] for one in new.related if one.relation == "same" and one.id in known]
    there = same[0].placement if same else None
    if own is None or there is None or own.by in ("pin", "author"):
        return new
    if (there.week, there.day) == (own.week, own.day):
        return new
    why = f"asks the same as {same[0].key}, which stands there; by itself: {own.why}"
    runner_up = Place(own.week, own.day, own.score)
    place = Placement(there.week, there.day, "match", there.score, why, runner_up)
    return replace(new, placement=place)


def _same(before: str, after: str, linked: Collection[str]) -> tuple[bool, bool, bool]:
    """Whether the place still has its grounds, whether the relations have, by today's digest or one
    of ``linked``, and the tags."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        return False, False, False
    return old[0] == new[0], old[1] == new[1] or old[1] in linked, old[2] == new[2]


def grounds(pack: Pack, config: PackConfig) -> dict[str, str]:
    """By question id, three digests: what its place follows from, what its relations, and what its
    tags, which tell the plan's questions that it answers.

    They are apart because the plan says nothing of relations: an edit of the plan must not show
    every learner new ones.  Choices decide with whom a question is related and nothing else.  Pins
    are left out, as each concerns one question.
    """
    planned = _planned(pack.plan, config)
    decided = _decided(pack, config)
    asked = _asked(pack.plan, config)
    found: dict[str, str] = {}
    for question in pack.questions:
        it = identity.identify(question)
        own = [it.prompt, it.code, list(it.answers)]
        place = _digest([own, _wished(question.attributes), planned])
        links = _digest([_told(it), decided.get(question.id, []), config.duplicates])
        found[question.id] = f"{place} {links} {_digest([own, asked])}"
    return found


def _told(it: Identity) -> list[object]:
    own: list[object] = [it.prompt, it.code, list(it.answers)]
    return [*own, list(it.offered)] if it.choices else own


def _decided(pack: Pack, config: PackConfig) -> Mapping[QuestionId, list[object]]:
    """By question, the reviewed decisions that name it: a decision concerns no other one."""
    found: dict[QuestionId, list[object]] = {}
    for name, entries in (("apart", config.apart), ("same", config.same)):
        for entry in entries:
            named = [find_questions.find(pack.questions, one) for one in entry.questions]
            keys = sorted(question.key for several in named for question in several)
            for several in named:
                for question in several:
                    found.setdefault(question.id, []).append([name, keys])
    return found


def _linked_as_before(pack: Pack, config: PackConfig) -> frozenset[str]:
    """Digests of relations as ledgers have them that were written when each told of all entries of
    ``[[apart]]``: those of a pack whose entries are as they were."""
    linked = _digest([[one.questions for one in config.apart], config.duplicates])
    known = (identity.identify(question) for question in pack.questions)
    return frozenset(_digest([_told(it), linked]) for it in known)


def _wished(attributes: Attributes) -> dict[str, object]:
    """What an author's braces say of a question's place, in the words that ledgers have hashed."""
    return {"id": attributes.id, "week": attributes.week, "day": attributes.day}


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def _planned(plan: Plan | None, config: PackConfig) -> str:
    """What pack.toml and the plan say, without lines: a plan that moves in its file is the same."""
    weeks = [
        (week.number, week.title, week.goal, [_day(asdict(day)) for day in week.days])
        for week in (plan.weeks if plan else ())
    ]
    subjects = [(subject.name, subject.terms, subject.days) for subject in config.subjects]
    return _digest([weeks, subjects])


def _asked(plan: Plan | None, config: PackConfig) -> str:
    """What the plan asks on which day, and the reviewed answers."""
    asked = [
        (day.number, question.prompt)
        for week in (plan.weeks if plan else ())
        for day in week.days
        for question in day.questions
    ]
    return _digest([asked, [(link.plan, link.questions) for link in config.links]])


def _day(day: dict[str, object]) -> dict[str, object]:
    questions = day.pop("questions")
    day.pop("location")
    assert isinstance(questions, tuple | list)
    return day | {"questions": [question["prompt"] for question in questions]}
