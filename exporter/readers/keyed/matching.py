"""Which questions each answer of a document belongs to.

A wrong answer under a question is worse than a missing one, so a pair found by the walk
(``alignment``) must also stand on its own: by its words, or by fewer words where the order and the
lack of a rival speak for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter import lexical
from exporter.readers.keyed import alignment
from exporter.readers.keyed.alignment import Walk
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.scopes import Scope, Section, scope
from exporter.readers.keyed.wording import Evidence, Wording, evidence, share, without

_SURE = 0.42
_SURE_ALONE = 0.55
_ORDERED = 0.14
_SHARED = 2.0
_RESCUED = 0.25
_CLEAR = 0.1
_TOLD = 0.5
_NAMED, _UNNAMED = 0.75, 0.45
_ONE = 0.8
_MUTUAL = 0.8


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


def match(catalogue: Catalogue, lists: Sequence[Answering]) -> tuple[Match, ...]:
    """The questions of every answer in ``lists``, the answers of one part, in order."""
    section_of = {at: n for n, one in enumerate(catalogue.sections) for at in one.questions}
    found: list[Match] = []
    for where, run in _runs(catalogue, lists):
        desk = _Desk(catalogue, where, run, section_of)
        found.extend(desk.matches())
    return tuple(found)


class _Desk:
    """One run of answers beside the questions of its scope; indices here are local to it."""

    def __init__(
        self, catalogue: Catalogue, where: Scope, run: Sequence[int], section_of: Mapping[int, int]
    ) -> None:
        self.where = where
        self.run = run
        self.sections = [section_of[at] for at in where.questions]
        self.titles = [catalogue.sections[at].titles for at in self.sections]
        self.questions = [catalogue.questions[at] for at in where.questions]
        self.answers = [catalogue.answers[at] for at in run]
        self.weights = catalogue.weights
        if len(set(self.sections)) == 1:
            self.weights = without(catalogue.weights, self.titles[0][-1] if self.titles[0] else "")
        self.table = [
            [evidence(answer, question, self.weights) for question in self.questions]
            for answer in self.answers
        ]

    def matches(self) -> Iterator[Match]:
        walks = alignment.align([[e.score for e in row] for row in self.table], self.sections)
        firsts = [self._accepted(at, walks) for at in range(len(walks))]
        firsts = [
            self._rescued(row) if first is None else first
            for row, first in zip(self.table, firsts, strict=True)
        ]
        free = [at for at in range(len(self.questions)) if at not in set(firsts)]
        for at, first in enumerate(firsts):
            near = first if first is not None else walks[at].question
            more = [one for one in free if near is not None and self._also(at, one, near)]
            chosen = ([] if first is None else [first]) + more
            free = [one for one in free if one not in more]
            titles = self.titles[chosen[0]] if chosen else self.where.titles
            yield Match(self.run[at], tuple(self.where.questions[one] for one in chosen), titles)

    def _accepted(self, answer: int, walks: Sequence[Walk]) -> int | None:
        walk = walks[answer]
        if walk.question is None:
            return None
        e = self.table[answer][walk.question]
        floor = _SURE if self.where.sure else _SURE_ALONE
        if e.score >= floor:
            return walk.question
        if not self.where.sure or e.score < _ORDERED:
            return None
        if walk.order >= alignment.NEXT and e.shared >= _SHARED:
            return walk.question
        single = len(set(self.sections)) == 1 or walk.order >= alignment.NEXT
        return walk.question if single and self._alone(answer, walk.question, walks) else None

    def _alone(self, answer: int, question: int, walks: Sequence[Walk]) -> bool:
        """Whether this question alone has the answer's key in it, but for those that have a
        better answer."""
        row = self.table[answer]
        if row[question].named < _NAMED:
            return False
        taken = {
            walk.question
            for other, walk in enumerate(walks)
            if walk.question is not None
            and self.table[other][walk.question].score > row[walk.question].score
        }
        rivals = set(range(len(row))) - taken - {question}
        return all(row[at].named <= _UNNAMED for at in sorted(rivals))

    def _rescued(self, row: Sequence[Evidence]) -> int | None:
        """The one clear question for an answer that the walk left out."""
        if not self.where.sure or len(set(self.sections)) > 1:
            return None
        ranked = sorted(range(len(row)), key=lambda at: (-row[at].score, at))
        best = row[ranked[0]]
        second = row[ranked[1]].score if len(ranked) > 1 else 0.0
        clear = best.score - second >= _CLEAR and best.shared >= _SHARED + 1
        return ranked[0] if clear and best.score >= _RESCUED else None

    def _also(self, answer: int, question: int, near: int) -> bool:
        """Whether an answer to question ``near`` answers another of its section that has none."""
        if self.sections[question] != self.sections[near] or question == near:
            return False
        e = self.table[answer][question]
        if e.told >= _TOLD and e.shared >= _SHARED + 1:
            return True
        titled = Wording(self.titles[question][-1], "") if self.titles[question] else None
        if titled is None or e.shared < _ONE:
            return False
        there = share(titled.key_terms, (self.answers[answer].key_bag,), self.weights)
        back = share(self.answers[answer].key_terms, (titled.key_bag,), self.weights)
        return min(there, back) >= _MUTUAL
