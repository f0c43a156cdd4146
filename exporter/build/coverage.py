"""The matrix of topics: how many cards of which tiers cover each, in which week; and the gaps."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from exporter.build.last_read import LastRead
from exporter.model import Key, Question, Tier, Topic, Week
from exporter.text import markup

Json = Mapping[str, Any]
_WIDTH = 58  # characters of a title


@dataclass(frozen=True, slots=True)
class Row:
    """A topic with the questions that cover it: their keys, cards by tier (in the order of tiers)
    and places; one that is only mentioned has the keys of those whose answers treat it."""

    topic: Topic
    title: str
    keys: tuple[Key, ...]
    tiers: tuple[tuple[Tier, int], ...]
    places: tuple[tuple[Week, int | None], ...]
    mentioned: tuple[Key, ...] = ()

    @property
    def gap(self) -> bool:
        """Whether nothing in the pack asks about the topic or treats it."""
        return self.topic.state == "gap"

    @property
    def cards(self) -> int:
        """Cards of all tiers."""
        return sum(count for _, count in self.tiers)


def rows(known: LastRead) -> tuple[Row, ...]:
    """A row for every topic, in the order of the documents."""
    questions = {question.id: question for question in known.pack.questions}
    found = []
    for topic in known.pack.topics:
        covering = [questions[id_] for id_ in topic.covered_by if id_ in questions]
        counts = Counter(tier for one in covering for tier in known.cards.get(one.id, ()))
        tiers = tuple((tier, counts[tier]) for tier in Tier if counts[tier])
        keys = tuple(question.key for question in covering)
        title = markup.plain(topic.title)
        treating = tuple(questions[id_].key for id_ in topic.mentioned_in if id_ in questions)
        found.append(Row(topic, title, keys, tiers, _places(covering), treating))
    return tuple(found)


def _places(covering: Sequence[Question]) -> tuple[tuple[Week, int | None], ...]:
    """In the order of the plan, each once."""
    found = {(one.placement.week, one.placement.day) for one in covering if one.placement}
    last = float("inf")

    def order(place: tuple[Week, int | None]) -> tuple[float, float]:
        week, day = place
        return week if isinstance(week, int) else last, last if day is None else day

    return tuple(sorted(found, key=order))


def table(known: LastRead) -> str:
    """The matrix as text: a block for every category, gaps marked, the counts at the end."""
    found = rows(known)
    if not found:
        return "No topics: the pack has no checklist and no guide that names some."
    titles = {document.path: document.title for document in known.pack.documents}
    lines: list[str] = []
    for path, of_document in groupby(found, key=lambda row: row.topic.location.path):
        block = list(of_document)
        covered = sum(row.topic.state == "covered" for row in block)
        lines.append(f"{titles.get(path, path)}: {covered} of {len(block)} covered")
        for category, group in groupby(block, key=lambda row: row.topic.category):
            lines += ["", f"  {category}"] if category else [""]
            lines += [f"  {_line(row)}" for row in group]
        lines.append("")
    states = Counter(row.topic.state for row in found)
    lines.append(
        f"Topics: {len(found)}, covered {states['covered']}, mentioned in answers "
        f"{states['mentioned']}, gaps {states['gap']}"
    )
    return "\n".join(lines)


def _line(row: Row) -> str:
    number = "" if row.topic.number is None else str(row.topic.number)
    title = row.title if len(row.title) <= _WIDTH else f"{row.title[: _WIDTH - 2].rstrip()} …"
    head = f"{number:>3}  {title:<{_WIDTH}}"
    if row.gap:
        return f"{head}  GAP"
    if not row.keys:
        return f"{head}  mentioned in {' '.join(row.mentioned)}"
    tiers = ", ".join(f"{count} {tier}" for tier, count in row.tiers) or "no answer"
    where = "; ".join(_place(week, day) for week, day in row.places)
    cards = f"{row.cards:>2} card{' ' if row.cards == 1 else 's'}"
    return f"{head}  {cards} ({tiers})  {where}  {' '.join(row.keys)}".rstrip()


def _place(week: Week, day: int | None) -> str:
    if week is None or week == "beyond":
        return "no plan" if week is None else "beyond"
    return f"week {week}" + (f" day {day}" if day else "")


def as_json(known: LastRead) -> Json:
    """The matrix for scripts; counts are of cards, gaps have neither keys nor weeks."""
    found = rows(known)
    return {
        "topics": [_row(row) for row in found],
        "covered": sum(row.topic.state == "covered" for row in found),
        "mentioned": sum(row.topic.state == "mentioned" for row in found),
        "gaps": sum(row.gap for row in found),
    }


def _row(row: Row) -> Json:
    topic = row.topic
    return {
        "path": topic.location.path,
        "line": topic.location.first,
        "number": topic.number,
        "category": topic.category,
        "title": row.title,
        "gap": row.gap,
        "state": topic.state,
        "mentioned_in": list(row.mentioned),
        "keys": list(row.keys),
        "cards": row.cards,
        "tiers": {tier.value: count for tier, count in row.tiers},
        "weeks": list(dict.fromkeys(week for week, _ in row.places)),
        "days": list(dict.fromkeys(day for _, day in row.places if day is not None)),
    }
