"""Which questions each answer of a document belongs to.

Answers are compared with the questions of the sections they are about (``scopes``), walked along
them (``alignment``) and accepted with care (``acceptance``).  An answer may have more than one
question: where its key names the whole section or several questions, or where its text tells most
of what another question asks that has no answer of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.readers.keyed.acceptance import Table, accepted
from exporter.readers.keyed.alignment import align
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.scopes import PARTS, Scope, Section, scope
from exporter.readers.keyed.wording import Wording, evidence, share, without
from exporter.text import lexical

_TOLD, _TOLD_MORE, _TELLING = 0.5, 0.4, 2.8
_MUTUAL = 0.8
_ONE = 0.8
_DECORATION = re.compile(r"[()\[\]`]")


@dataclass(frozen=True, slots=True)
class Answering:
    """The answers (by index) of one block."""

    block: Block
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An answer's questions (by index), best first; none where nothing fits, and then ``titles``
    still tells which section it is about."""

    answer: int
    questions: tuple[int, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything to be matched: questions in sections, answers in blocks, and word weights."""

    questions: tuple[Wording, ...]
    sections: tuple[Section, ...]
    answers: tuple[Wording, ...]
    weights: lexical.Weights


def match(catalogue: Catalogue, lists: Sequence[Answering]) -> tuple[Match, ...]:
    """The questions of every answer in ``lists``, the answers of one part, in order."""
    section_of = {at: n for n, one in enumerate(catalogue.sections) for at in one.questions}
    found: list[Match] = []
    for where, run in _runs(catalogue, lists):
        found.extend(_matches(catalogue, where, run, section_of))
    return tuple(found)


def _runs(catalogue: Catalogue, lists: Sequence[Answering]) -> Iterator[tuple[Scope, list[int]]]:
    """Neighbouring answers that are about the same questions, to be walked together."""
    current: Scope | None = None
    run: list[int] = []
    for one in lists:
        wordings = [catalogue.answers[at] for at in one.answers]
        found = scope(one.block, wordings, catalogue.sections, catalogue.questions, current)
        if current is not None and found != current and run:
            yield current, run
            run = []
        current = found
        run.extend(one.answers)
    if current is not None and run:
        yield current, run


def _matches(
    catalogue: Catalogue, where: Scope, run: Sequence[int], section_of: Mapping[int, int]
) -> Iterator[Match]:
    answers = [catalogue.answers[at] for at in run]
    questions = [catalogue.questions[at] for at in where.questions]
    sections = [section_of[at] for at in where.questions]
    weights = catalogue.weights
    if len(set(sections)) == 1:
        weights = without(weights, questions[0].context)
    rows = [[evidence(one, question, weights) for question in questions] for one in answers]
    walks = align([[e.score for e in row] for row in rows], sections)
    table = Table(rows, walks, sections, where.sure)
    firsts = [accepted(table, at) for at in range(len(answers))]
    free = [at for at in range(len(questions)) if at not in set(firsts)]
    for at, first in enumerate(firsts):
        near = walks[at].question if first is None else first
        more = [
            one
            for one in free
            if near is not None
            and sections[one] == sections[near]
            and _also(answers[at], questions[one], weights, rows[at][near].told)
        ]
        free = [one for one in free if one not in more]
        chosen = ([] if first is None else [first]) + more
        titles = catalogue.sections[sections[chosen[0]]].titles if chosen else None
        if titles is None:
            between = _between(firsts, at, sections)
            titles = where.titles if between is None else catalogue.sections[between].titles
        yield Match(run[at], tuple(where.questions[one] for one in chosen), titles)


def _between(firsts: Sequence[int | None], at: int, sections: Sequence[int]) -> int | None:
    """The section in which the nearest answers before and after both found their questions."""
    before = next((one for one in reversed(firsts[:at]) if one is not None), None)
    after = next((one for one in firsts[at + 1 :] if one is not None), None)
    if before is None or after is None or sections[before] != sections[after]:
        return None
    return sections[before]


def _also(answer: Wording, question: Wording, weights: lexical.Weights, told: float) -> bool:
    """Whether an answer also answers a question of the same section that has none; ``told`` is
    what it tells of its own question."""
    e = evidence(answer, question, weights)
    if e.shared >= _TELLING and e.told >= (_TOLD if told >= e.told else _TOLD_MORE):
        return True
    if e.shared < _ONE:
        return False
    if _same(answer, Wording(question.context, ""), weights):
        return True
    parts = PARTS.split(_DECORATION.sub(" ", answer.key))
    return len(parts) > 1 and any(_same(Wording(part, ""), question, weights) for part in parts)


def _same(left: Wording, right: Wording, weights: lexical.Weights) -> bool:
    """Whether two keys say the same."""
    there = share(left.key_terms, (right.key_bag,), weights)
    back = share(right.key_terms, (left.key_bag,), weights)
    return min(there, back) >= _MUTUAL
