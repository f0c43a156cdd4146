"""What a sheet gives up first when it has more pages than its week may have.

Answers go less far, one tier at a time, those of the least central questions first: a question is
central where the plan asks it, where others refer to it, and where it was placed for good reasons.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exporter.model import Pack, Question, QuestionId
from exporter.model.config import Depth
from exporter.paper.sheets.question_entries import Maker

_LOWER: dict[Depth, tuple[Depth, ...]] = {
    "short": (),
    "medium": ("short",),
    "senior": ("medium", "short"),
}
_BLOCK = 40  # signs that the rest of a paragraph's or an item's last line is worth


@dataclass(frozen=True, slots=True)
class Step:
    """One question's answers go no further than `depth`, which saves about so many signs."""

    question: QuestionId
    depth: Depth
    saves: int


def steps(questions: Sequence[Question], pack: Pack, maker: Maker) -> tuple[Step, ...]:
    """All that can be given up, in order: every question once, then those that can once more."""
    asked = Counter(_asked(pack))
    named = Counter(link.id for question in pack.questions for link in question.related)

    def central(at: int) -> tuple[int, int, float, int]:
        question = questions[at]
        score = question.placement.score if question.placement else 0.0
        return asked[question.id], named[question.id], score, -at

    order = [questions[at] for at in sorted(range(len(questions)), key=central)]
    ladder = (maker.depth, *_LOWER[maker.depth])
    return tuple(
        Step(question.id, below, saved)
        for above, below in pairwise(ladder)
        for question in order
        if (saved := _length(question, above, maker) - _length(question, below, maker)) > 0
    )


def _asked(pack: Pack) -> Iterator[QuestionId]:
    days = (day for week in pack.plan.weeks for day in week.days) if pack.plan else ()
    for day in days:
        for asked in day.questions:
            yield from asked.answered_by


def _length(question: Question, depth: Depth, maker: Maker) -> int:
    shown = maker.answers(question.answers, depth, question.choices)
    texts = [one.text for one in shown]
    return sum(len(text) + _BLOCK * (text.count("<p") + text.count("<li")) for text in texts)


def enough(chosen: Sequence[Step], signs: float) -> int:
    """How many of the steps, from the first on, save so many signs; all where they save less."""
    saved = 0
    for count, one in enumerate(chosen):
        if saved >= signs:
            return count
        saved += one.saves
    return len(chosen)
