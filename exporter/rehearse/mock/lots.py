"""Draws by lot: the same seed draws the same, on every machine and with every Python.

A lot is a digest of the seed and the identity of what is drawn.  `random` was turned down: its
sequence may change between versions, and with it one question more or less would redraw them all.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import zip_longest

from exporter.model import Exercise, Question
from exporter.text import lexical, one_line

Prompt = Question | Exercise


def lot(seed: str, *identity: object) -> str:
    """The number that is drawn for something, as hexadecimal digits."""
    said = "\x1f".join(map(str, (seed, *identity)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def spread(pool: Iterable[Prompt], seed: str) -> list[Prompt]:
    """``pool`` in drawn order, such that any beginning of it is spread over weeks and subjects."""
    drawn = partial(lot, seed)
    weeks: dict[str, dict[str, list[Prompt]]] = {}
    for one in sorted(pool, key=lambda one: lot(seed, *_identity(one))):
        week, subject = subject_of(one)
        weeks.setdefault(week, {}).setdefault(subject, []).append(one)
    return _in_turn([_by_subject(seed, week, weeks[week]) for week in sorted(weeks, key=drawn)])


def _by_subject(seed: str, week: str, subjects: Mapping[str, list[Prompt]]) -> list[Prompt]:
    return _in_turn([subjects[one] for one in sorted(subjects, key=partial(lot, seed, week))])


def _in_turn(rows: Sequence[Sequence[Prompt]]) -> list[Prompt]:
    return [one for turn in zip_longest(*rows) for one in turn if one is not None]


def subject_of(one: Prompt) -> tuple[str, str]:
    """The week and the subject within it: the plan's day, else the section it stands in."""
    match one:
        case Question(placement=place):
            week, day = (place.week, place.day) if place else (None, None)
        case Exercise():
            week, day = one.week, one.day
    if day is not None:
        return str(week), str(day)
    return str(week), " › ".join((one.location.path, *one.section))


def _identity(one: Prompt) -> tuple[str, ...]:
    if isinstance(one, Question):
        return (one.id,)
    return (one.location.path, one.markdown)


def draw(
    pools: Sequence[Sequence[Prompt]], number: int, seed: str, taken: Sequence[Prompt]
) -> list[Prompt]:
    """Up to ``number`` prompts, from earlier pools first; none twice, nor one that asks the same as
    another of them or of ``taken``."""
    drawn: list[Prompt] = []
    for pool in pools:
        for one in spread(pool, seed):
            if len(drawn) == number:
                return drawn
            if not any(_alike(one, other) for other in (*taken, *drawn)):
                drawn.append(one)
    return drawn


def _alike(one: Prompt, other: Prompt) -> bool:
    if isinstance(one, Question) and isinstance(other, Question):
        same = {link.id for link in one.related if link.relation == "same"}
        back = {link.id for link in other.related if link.relation == "same"}
        if one.id == other.id or other.id in same or one.id in back:
            return True
    return _said(one) == _said(other)


def _said(one: Prompt) -> tuple[str, ...]:
    """What is asked in words; the choices too, as many questions ask "Which is true?"."""
    if isinstance(one, Exercise):
        return lexical.words(one.markdown)
    offered = sorted(choice.markdown for choice in one.choices)
    return lexical.words(" ".join((one_line.question(one, ""), one.code or "", *offered)))
