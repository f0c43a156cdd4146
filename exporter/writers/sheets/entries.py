"""A question as its sheet prints it: with answers, as a puzzle to fill in, or as a task to tick.

How far answers go is the pack's `depth`. An answer of a deeper tier is left to the deck unless it
is the only one there is: nothing that has an answer stands on paper without one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from exporter import lexical
from exporter.config import Depth
from exporter.model import Answer, Html, Kind, Question, QuestionId, Tier
from exporter.wording import Wording
from exporter.writers.sheets.places import Places, anchor
from exporter.writers.sheets.texts import Texts
from exporter.writers.sheets.views import AnswerView, Entry, Item, Printed, Puzzle, TaskCard

_DEEPER = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)
_UPTO = {"short": 1, "medium": 2, "senior": 3}
_WRITING_LINES = 3
_WHOLE = 500  # characters; about a fifth of a column
_LONG_CODE = 12  # lines of code that may print more than one line holds
_CARD_LINES = 46  # lines of code that still leave a card shorter than a column
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes entries for the sheets of one pack."""

    texts: Texts
    places: Places
    depth: Depth

    @property
    def words(self) -> Wording:
        return self.places.words

    def item(self, question: Question) -> Item:
        match question.kind:
            case Kind.QUESTION:
                return self._entry(question)
            case Kind.OUTPUT:
                return self._puzzle(question)
            case Kind.TASK:
                return self._task(question)
            case _:
                assert_never(question.kind)

    def answers(self, answers: Sequence[Answer], depth: Depth) -> tuple[AnswerView, ...]:
        """The answers to print: up to `depth`, or the shortest tier where all go deeper."""
        chosen = shown(answers, depth)
        first = next((answer.tier for answer in chosen if answer.tier is not Tier.SENIOR), None)
        return tuple(
            AnswerView(
                answer.tier,
                self.texts.block(answer.markdown, answer.location),
                bar=answer.tier is first,
            )
            for answer in chosen
        )

    def prompt(self, question: Question) -> Html:
        """What is asked in one line: a task's title, the fixed question where code alone asks."""
        named = question.title if question.kind is Kind.TASK else None
        asked = named or question.prompt or question.title or self.words.prints
        return self.texts.line(asked, question.location)

    def bookmark(self, question: Question) -> str:
        asked = question.title or question.prompt or self.words.prints
        return f"{question.key} {self.texts.plain(asked)}"

    def _entry(self, question: Question) -> Entry:
        here = self.places.week_of(question)
        answers = self.answers(question.answers, self.depth)
        same = tuple(link for link in question.related if link.relation == "same")
        answering = [link for link in same if self._answers(link.id)]
        unanswered = not question.answers
        prompt = self.prompt(question)
        size = len(_TAG.sub("", prompt)) + sum(len(_TAG.sub("", one.text)) for one in answers)
        see = [link for link in question.related if link.relation == "see-also"]
        return Entry(
            anchor=anchor(question),
            key=question.key,
            label=question.label,
            prompt=prompt,
            bookmark=self.bookmark(question),
            answers=answers,
            answered_at=self.places.related(answering, here) if unanswered else (),
            same=() if unanswered else self.places.related(same, here),
            see=self.places.related(see, here),
            lines=_WRITING_LINES if unanswered and not answering else 0,
            whole=size <= _WHOLE and not any("<pre" in one.text for one in answers),
        )

    def _answers(self, id_: QuestionId) -> bool:
        question = self.places.questions.get(id_)
        return question is not None and bool(question.answers)

    def _puzzle(self, question: Question) -> Puzzle:
        code = question.code or ""
        others = [answer for answer in question.answers if answer.tier is not Tier.OUTPUT]
        return Puzzle(
            anchor=anchor(question),
            key=question.key,
            label=question.label,
            prompt=self.prompt(question),
            bookmark=self.bookmark(question),
            code=self.texts.code(code, question.language, question.location),
            answers=self.answers(others, self.depth),
            lines=1 if code.count("\n") < _LONG_CODE else 2,
            whole=code.count("\n") <= _CARD_LINES and not others,
        )

    def _task(self, question: Question) -> TaskCard:
        location = question.location
        title = question.title or question.prompt or self.words.task
        goal = self.texts.block(question.prompt or "", location) if question.title else None
        acceptance = [answer for answer in question.answers if answer.tier is Tier.TASK]
        others = [answer for answer in question.answers if answer.tier is not Tier.TASK]
        boxes = [self.texts.block(answer.markdown, answer.location) for answer in acceptance]
        return TaskCard(
            anchor=anchor(question),
            key=question.key,
            label=question.label,
            title=self.texts.line(title, location),
            bookmark=self.bookmark(question),
            goal=goal or None,
            acceptance=Html("".join(boxes)) or None,
            answers=self.answers(others, self.depth),
            whole=len(goal or "") + sum(map(len, boxes)) <= 3 * _WHOLE and not others,
        )

    def printed(self, question: Question) -> Printed | None:
        """What a puzzle prints, for the back; None where its author says nothing."""
        answers = [answer for answer in question.answers if answer.tier is Tier.OUTPUT]
        if question.kind is not Kind.OUTPUT or not answers:
            return None
        outputs = [answer.output for answer in answers if answer.output]
        texts = dict.fromkeys(
            text for output in outputs for text in (output.accepted or (output.text,))
        )
        explained = [self._explained(answer) for answer in answers]
        return Printed(
            key=question.key,
            anchor=anchor(question),
            outputs=tuple(self.texts.quote(text, answers[0].location) for text in texts),
            varies=any(not output.deterministic for output in outputs),
            explanation=Html("".join(explained)) or None,
        )

    def _explained(self, answer: Answer) -> Html:
        """The explanation; all that the author wrote where the parts leave something out."""
        if answer.output is None:
            return self.texts.block(answer.markdown, answer.location)
        parts = (answer.explanation or "", answer.output.text, *answer.output.accepted)
        told = {word for part in parts for word in lexical.words(part)}
        whole = set(lexical.words(answer.markdown)) <= told
        text = (answer.explanation or "") if whole else answer.markdown
        return self.texts.block(text, answer.location) if text.strip() else Html("")


def shown(answers: Sequence[Answer], depth: Depth) -> tuple[Answer, ...]:
    """The answers of tiers up to `depth`, shortest tier first; else those of the shortest tier.

    Answers that belong to no depth (an output, an acceptance list) are always shown.
    """
    tiers = [tier for tier in _DEEPER if any(answer.tier is tier for answer in answers)]
    wanted = [tier for tier in tiers if tier in _DEEPER[: _UPTO[depth]]] or tiers[:1]
    order = [*wanted, Tier.OUTPUT, Tier.TASK]
    kept = (answer for answer in answers if answer.tier in order)
    return tuple(sorted(kept, key=lambda answer: order.index(answer.tier)))
