"""A question as its sheet prints it: with answers, as a puzzle to fill in, or as a task to tick.

How far answers go is the pack's `depth`, or less where a page budget asks for it. An answer of a
deeper tier is left to the deck unless it is the only one there is, which is then condensed: nothing
that has an answer stands on paper without one.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, assert_never

from exporter import explanation, finding, lexical
from exporter.config import Depth
from exporter.diagnostics import Location
from exporter.model import Answer, Html, Kind, Question, QuestionId, Tier
from exporter.wording import Wording
from exporter.writers.sheets.condense import Piece, condensed
from exporter.writers.sheets.places import Places, anchor
from exporter.writers.sheets.texts import Texts
from exporter.writers.sheets.views import (
    AnswerView,
    Entry,
    Item,
    Printed,
    Proof,
    Puzzle,
    Reference,
    TaskCard,
)

_DEEPER = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)
_UPTO = {"short": 1, "medium": 2, "senior": 3}
_ROOM: Mapping[Depth, int] = {"short": 200, "medium": 420}
"""Characters for an answer that is the shortest one and still goes deeper than the sheet."""
_WRITING_LINES = 3
_WHOLE = 500  # characters; about a fifth of a column
_LONG_CODE = 12  # lines of code that may print more than one line holds
_CARD_LINES = 46  # lines of code that still leave a card shorter than a column
_TAG = re.compile(r"<[^<>]+>")
_OPENS_BLOCK = re.compile(r"\s*(?:```|~~~|[-*+]\s|\d+[.)]\s|>|\||#{1,6}\s)")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes entries for the sheets of one pack; `lowered` names the questions whose answers go less
    far than `depth`, for want of room."""

    texts: Texts
    places: Places
    depth: Depth
    lowered: Mapping[QuestionId, Depth] = field(default_factory=dict)

    @property
    def words(self) -> Wording:
        """The fixed words of the sheet."""
        return self.places.words

    def item(self, question: Question) -> Item:
        """The question as its kind is printed."""
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
        return tuple(self._answer(answer, depth, bar=answer.tier is first) for answer in chosen)

    def _answer(self, answer: Answer, depth: Depth, *, bar: bool) -> AnswerView:
        deeper = answer.tier in _DEEPER[_UPTO[depth] :]
        short = condensed(answer.markdown, _ROOM[depth]) if deeper else None
        if short is None:
            return AnswerView(answer.tier, self.texts.block(answer.markdown, answer.location), bar)
        pieces = " ".join(self._piece(piece, answer.location) for piece in short.pieces)
        return AnswerView(answer.tier, Html(f"<p>{pieces}</p>"), bar, cut=not short.whole)

    def _piece(self, piece: Piece, location: Location) -> str:
        text = self.texts.line(piece.text, location)
        return f"<i>{self.texts.line(piece.lead, location)}</i> {text}" if piece.lead else text

    def _answers(self, question: Question, answers: Sequence[Answer]) -> tuple[AnswerView, ...]:
        """Answers as far as the sheet has room for them; the last one tells of those left out."""
        depth = self.lowered.get(question.id, self.depth)
        views = self.answers(answers, depth)
        if views and len(views) < len(shown(answers, self.depth)):
            return (*views[:-1], replace(views[-1], cut=True))
        return views

    def prompt(self, question: Question) -> Html:
        """What is asked in one line: a title, or the fixed question where code alone asks."""
        return self.texts.line(self._asked(question)[0], question.location)

    def bookmark(self, question: Question) -> str:
        """The question in the PDF's outline."""
        return f"{question.key} {self.texts.plain(self._asked(question)[0])}"

    def _asked(self, question: Question) -> tuple[str, str]:
        """The line that asks, and what else belongs to the prompt."""
        if question.title:
            return question.title, question.prompt or ""
        if not question.prompt:
            return self.words.prints, ""
        return split(question.prompt)

    def _detail(self, question: Question) -> Html | None:
        rest = self._asked(question)[1]
        return self.texts.block(rest, question.location) if rest else None

    def _related(
        self, question: Question, relation: Literal["same", "see-also"]
    ) -> tuple[Reference, ...]:
        links = (link for link in question.related if link.relation == relation)
        return self.places.related(links, self.places.week_of(question))

    def _entry(self, question: Question) -> Entry:
        answers = self._answers(question, question.answers)
        same = self._related(question, "same")
        answering = () if question.answers else self._answering(question)
        prompt, detail = self.prompt(question), self._detail(question)
        texts = [prompt, detail or "", *(one.text for one in answers)]
        return Entry(
            anchor=anchor(question),
            key=question.key,
            label=question.label,
            prompt=prompt,
            detail=detail,
            bookmark=self.bookmark(question),
            answers=answers,
            answered_at=answering,
            same=tuple(one for one in same if one not in answering),
            see=self._related(question, "see-also"),
            lines=0 if question.answers or answering else _WRITING_LINES,
            whole=sum(len(_TAG.sub("", text)) for text in texts) <= _WHOLE,
        )

    def _answering(self, question: Question) -> tuple[Reference, ...]:
        """The questions that ask the same as one without an answer, and have one."""
        known = self.places.questions
        links = (
            link
            for link in question.related
            if link.relation == "same" and link.id in known and known[link.id].answers
        )
        return self.places.related(links, self.places.week_of(question))

    def _puzzle(self, question: Question) -> Puzzle:
        code = question.code or ""
        others = [answer for answer in question.answers if answer.tier is not Tier.OUTPUT]
        return Puzzle(
            anchor=anchor(question),
            key=question.key,
            label=question.label,
            prompt=self.prompt(question),
            bookmark=self.bookmark(question),
            detail=self._detail(question),
            code=self.texts.code(code, question.language, question.location) if code else None,
            answers=self._answers(question, others),
            same=self._related(question, "same"),
            see=self._related(question, "see-also"),
            lines=1 if code.count("\n") < _LONG_CODE else 2,
            whole=code.count("\n") <= _CARD_LINES and not others,
        )

    def _task(self, question: Question) -> TaskCard:
        goal = self._detail(question)
        acceptance = [answer for answer in question.answers if answer.tier is Tier.TASK]
        others = [answer for answer in question.answers if answer.tier is not Tier.TASK]
        boxes = [self.texts.block(answer.markdown, answer.location) for answer in acceptance]
        return TaskCard(
            anchor=anchor(question),
            key=question.key,
            label=question.label,
            title=self.prompt(question),
            bookmark=self.bookmark(question),
            goal=goal,
            acceptance=Html("".join(boxes)) or None,
            answers=self._answers(question, others),
            same=self._related(question, "same"),
            see=self._related(question, "see-also"),
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
            proof=self._proof(question),
        )

    def _proof(self, question: Question) -> Proof | None:
        found = finding.of(question, self.words)
        if found is None:
            return None
        shown = (self.texts.quote(text, question.location) for text in found.outputs)
        return Proof(found.sentence, tuple(shown), found.wrong)

    def _explained(self, answer: Answer) -> Html:
        text = explanation.of(answer)
        return self.texts.block(text, answer.location) if text.strip() else Html("")


def split(prompt: str) -> tuple[str, str]:
    """A prompt's first paragraph as the line that asks, and the rest; both Markdown.

    Where it begins with code, a list or the like, its words are the line and the rest is all of it.
    """
    lines = prompt.split("\n")
    end = next(
        (n for n, line in enumerate(lines) if not line.strip() or _OPENS_BLOCK.match(line)),
        len(lines),
    )
    if end == 0:
        return textwrap.shorten(" ".join(lexical.words(prompt)), 90, placeholder=" …"), prompt
    return "\n".join(lines[:end]), "\n".join(lines[end:]).strip("\n")


def shown(answers: Sequence[Answer], depth: Depth) -> tuple[Answer, ...]:
    """The answers of tiers up to `depth`, shortest tier first; else those of the shortest tier.

    Answers that belong to no depth (an output, an acceptance list) are always shown.
    """
    tiers = [tier for tier in _DEEPER if any(answer.tier is tier for answer in answers)]
    wanted = [tier for tier in tiers if tier in _DEEPER[: _UPTO[depth]]] or tiers[:1]
    order = [*wanted, Tier.OUTPUT, Tier.TASK]
    kept = (answer for answer in answers if answer.tier in order)
    return tuple(sorted(kept, key=lambda answer: order.index(answer.tier)))
