"""What the ledger remembers of a question so that editing one never changes another's card.

Places and relations are computed over the whole pack, so a new question could move an old one.  A
question keeps what it has until its own text, the plan or pack.toml changes.
"""

import hashlib
import json
from dataclasses import asdict, replace

from exporter.config import PackConfig
from exporter.ledger import identity
from exporter.ledger.entries import Ledger
from exporter.model import Pack, Placement, Plan, Question


def keep(pack: Pack, ledger: Ledger, config: PackConfig, *, replan: bool = False) -> Pack:
    """``pack`` with remembered places and relations; with ``replan`` as it is."""
    if replan:
        return pack
    entries = {entry.id: entry for entry in ledger.entries}
    shared = _shared(pack.plan, config)

    def kept(question: Question) -> Question:
        entry = entries.get(question.id)
        placement = question.placement
        if entry is None or placement is None or entry.grounds != _digest(question, shared):
            return question
        before = Placement(
            entry.week, entry.day, entry.by, entry.score, entry.why, placement.runner_up
        )
        return replace(question, placement=before, related=entry.related)

    return replace(pack, questions=tuple(kept(question) for question in pack.questions))


def grounds(pack: Pack, config: PackConfig) -> dict[str, str]:
    """By question id, a digest of what its place and relations follow from."""
    shared = _shared(pack.plan, config)
    return {question.id: _digest(question, shared) for question in pack.questions}


def _digest(question: Question, shared: str) -> str:
    it = identity.of(question)
    own = [it.prompt, it.code, list(it.answers), asdict(question.attributes), shared]
    return hashlib.sha256(json.dumps(own).encode()).hexdigest()[:16]


def _shared(plan: Plan | None, config: PackConfig) -> str:
    """What pack.toml and the plan say, without lines: a plan that moves in its file is the same."""
    weeks = [
        (week.number, week.title, week.goal, [_day(asdict(day)) for day in week.days])
        for week in (plan.weeks if plan else ())
    ]
    said = [
        [asdict(subject) for subject in config.subjects],
        [(pin.question, pin.week, pin.day) for pin in config.pins],
        [link.questions for link in config.links],
        [apart.questions for apart in config.apart],
        config.duplicates,
    ]
    return hashlib.sha256(json.dumps([weeks, said]).encode()).hexdigest()


def _day(day: dict[str, object]) -> dict[str, object]:
    questions = day.pop("questions")
    day.pop("location")
    assert isinstance(questions, tuple | list)
    return day | {"questions": [question["prompt"] for question in questions]}
