"""When a pair of answer and question counts: a wrong answer is worse than a missing one.

The walk (``alignment``) proposes a question for each answer.  A pair stands by its words alone
where they are many; with fewer words the order must speak for it, the key must name no other
question, or the neighbours must leave no other.  The thresholds were set on hand-labelled
documents of several subjects, with questions and answers taken out at random, so that no wrong
pair was left but those that share nearly all their words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.readers.keyed.alignment import NEXT, Walk
from exporter.readers.keyed.wording import Evidence

_SURE = 0.42
_SURE_ALONE = 0.55
"""Enough words: where headings say which questions are meant, and where they don't."""
_LEAST = 0.14
_SHARED = 1.8
"""Words in common that make a pair with the order's help: two, or nearly."""
_NAMED, _UNNAMED = 0.75, 0.45
"""Share of the key that names a question, and that may be found in another."""
_ONE = 0.8
_PINNED_TOLD, _PINNED_NAMED = 0.2, 0.5
_SECOND = 0.4
_RESCUED, _CLEAR, _TELLING = 0.25, 0.1, 0.35


@dataclass(frozen=True, slots=True)
class Table:
    """Answers beside the questions of their scope: ``rows[a][q]`` is the evidence, ``walks[a]`` the
    proposal, ``sections[q]`` the number of a question's section, ``sure`` whether headings say
    that these questions are meant."""

    rows: Sequence[Sequence[Evidence]]
    walks: Sequence[Walk]
    sections: Sequence[int]
    sure: bool

    @property
    def one_section(self) -> bool:
        """Whether all questions stand in one section."""
        return len(set(self.sections)) == 1


def accepted(table: Table, answer: int) -> int | None:
    """The question of an answer, or None where no pair is good enough."""
    walk = table.walks[answer]
    question = walk.question
    if question is None or not _stands(table, answer, question, walk.order):
        question = _clear(table, answer)
    return question


def _stands(table: Table, answer: int, question: int, order: float) -> bool:
    e = table.rows[answer][question]
    # Among many sections the same few keys return: against the order, more words are wanted.
    against = 0.0 if table.one_section else min(0.0, order)
    if e.score + against >= (_SURE if table.sure else _SURE_ALONE):
        return e.named >= _SECOND or not _better(table, answer, question)
    if not table.sure or e.score < _LEAST:
        return False
    follows = order >= NEXT
    if follows and e.shared >= _SHARED:
        return e.named >= _SECOND or not _better(table, answer, question)
    if (table.one_section or follows) and _alone(table, answer, question):
        return True
    enough = e.told >= _PINNED_TOLD or e.named >= _PINNED_NAMED
    return enough and e.shared >= _ONE and _pinned(table, answer, question)


def _better(table: Table, answer: int, question: int) -> bool:
    """Whether the question has an answer that fits it better."""
    score = table.rows[answer][question].score
    return any(
        walk.question == question and table.rows[other][question].score > score
        for other, walk in enumerate(table.walks)
        if other != answer
    )


def _pinned(table: Table, answer: int, question: int) -> bool:
    """Whether the answers around it leave only this question in the order."""
    walks = table.walks
    before = walks[answer - 1].question if answer else -1
    after = walks[answer + 1].question if answer + 1 < len(walks) else len(table.sections)
    return before == question - 1 and after == question + 1


def _alone(table: Table, answer: int, question: int) -> bool:
    """Whether this question alone has the answer's key in it, but for those with a better
    answer."""
    row = table.rows[answer]
    if row[question].named < _NAMED:
        return False
    taken = {
        walk.question
        for other, walk in enumerate(table.walks)
        if walk.question is not None
        and table.rows[other][walk.question].score > row[walk.question].score
    }
    return all(
        e.named <= _UNNAMED for at, e in enumerate(row) if at != question and at not in taken
    )


def _clear(table: Table, answer: int) -> int | None:
    """The one clear question of its section for an answer that the walk left out."""
    if not table.sure or not table.one_section:
        return None
    row = table.rows[answer]
    ranked = sorted(range(len(row)), key=lambda at: (-row[at].score, at))
    best = row[ranked[0]]
    second = row[ranked[1]].score if len(ranked) > 1 else 0.0
    if best.score < _RESCUED or best.score - second < _CLEAR:
        return None
    says = best.told >= _TELLING or best.named >= _NAMED
    telling = best.shared >= _SHARED + 1 or (best.shared >= _SHARED and says)
    doubled = best.named < _SECOND and _better(table, answer, ranked[0])
    return ranked[0] if telling and not doubled else None
