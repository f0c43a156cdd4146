"""What the ledger remembers of a question so that editing one never changes another's card.

Places, relations and tags are computed over the whole pack, so a new question could move an old
one.  A question keeps what it has until its own text, the plan or pack.toml changes.
"""

import hashlib
import json
from dataclasses import asdict, replace

from exporter.config import PackConfig
from exporter.ledger import identity
from exporter.ledger.entries import Ledger
from exporter.model import Pack, Placement, Plan, Question


def keep(pack: Pack, ledger: Ledger, config: PackConfig, *, replan: bool = False) -> Pack:
    """``pack`` with remembered places, relations and tags; with ``replan`` as it is."""
    if replan:
        return pack
    entries = {entry.id: entry for entry in ledger.entries}
    reasons = grounds(pack, config)

    def kept(question: Question) -> Question:
        entry = entries.get(question.id)
        if entry is None or question.placement is None:
            return question
        place, links, asked = _same(entry.grounds, reasons[question.id])
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

    return replace(pack, questions=tuple(kept(question) for question in pack.questions))


def _same(before: str, after: str) -> tuple[bool, bool, bool]:
    """Whether the place still has its grounds, whether the relations have, and the tags."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        return False, False, False
    return old[0] == new[0], old[1] == new[1], old[2] == new[2]


def grounds(pack: Pack, config: PackConfig) -> dict[str, str]:
    """By question id, three digests: what its place follows from, what its relations, and what its
    tags, which tell the plan's questions that it answers.

    They are apart because the plan says nothing of relations: an edit of the plan must not show
    every learner new ones.  Pins are left out, as each concerns one question.
    """
    planned = _planned(pack.plan, config)
    linked = _digest([[one.questions for one in config.apart], config.duplicates])
    asked = _asked(pack.plan, config)
    found: dict[str, str] = {}
    for question in pack.questions:
        it = identity.of(question)
        own = [it.prompt, it.code, list(it.answers)]
        place = _digest([own, asdict(question.attributes), planned])
        found[question.id] = f"{place} {_digest([own, linked])} {_digest([own, asked])}"
    return found


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
