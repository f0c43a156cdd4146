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

from exporter import explanation, finding, headline, lexical, markup, multiple_choice
from exporter.config import Depth
from exporter.diagnostics import Location
from exporter.model import Answer, Choice, Html, Kind, Question, QuestionId, Tier
from exporter.multiple_choice import Lettered
from exporter.wording import Wording
from exporter.writers.sheets.condense import Piece, condensed
from exporter.writers.sheets.places import Places, anchor
from exporter.writers.sheets.texts import Texts
from exporter.writers.sheets.views import (
    AnswerView,
    Choices,
    ChoiceView,
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
_SHORT = 24  # characters of a choice that half a column holds beside its letter
_BRIEF = 90  # characters of a right choice that is worth printing again as the answer
_PARAGRAPH = "<p>"
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

    def answers(
        self, answers: Sequence[Answer], depth: Depth, choices: Sequence[Choice] = ()
    ) -> tuple[AnswerView, ...]:
        """The answers to print: up to `depth`, or the shortest tier where all go deeper.

        With the `choices` that are printed above them they name the right ones by their letters.
        """
        chosen = shown(answers, depth)
        first = next((answer.tier for answer in chosen if answer.tier is not Tier.SENIOR), None)
        return tuple(
            self._answer(answer, depth, choices, bar=answer.tier is first) for answer in chosen
        )

    def _answer(
        self, answer: Answer, depth: Depth, choices: Sequence[Choice], *, bar: bool
    ) -> AnswerView:
        deeper = answer.tier in _DEEPER[_UPTO[depth] :]
        right = multiple_choice.right(choices)
        said = explanation.of(answer, choices) if right else answer.markdown
        short = condensed(said, _ROOM[depth]) if deeper else None
        if short is None:
            text = self.texts.block(said, answer.location)
            return AnswerView(answer.tier, self._with_right(right, text), bar)
        pieces = " ".join(self._piece(piece, answer.location) for piece in short.pieces)
        text = self._with_right(right, Html(f"<p>{pieces}</p>"))
        return AnswerView(answer.tier, text, bar, cut=not short.whole)

    def _with_right(self, right: Sequence[Lettered], said: Html) -> Html:
        """An answer with the right choices before it: their letters, and their words where these
        are few.  All choices stand right above, so that long ones are not printed twice."""
        if not right:
            return said
        brief = all(len(one.choice.markdown) <= _BRIEF for one in right)
        shown = [self._choice(one) for one in right]
        full = brief and not any(one.block for one in shown)
        named = (f"<b>{one.letter}.</b> {one.text if full else ''}".strip() for one in shown)
        lead = " · ".join(named)
        if not full and said.startswith(_PARAGRAPH):
            return Html(f"{_PARAGRAPH}{lead} {said.removeprefix(_PARAGRAPH)}")
        return Html(f"<p>{lead}</p>{said}")

    def _choice(self, one: Lettered) -> ChoiceView:
        markdown, place = one.choice.markdown, one.choice.location
        block = "\n" in markdown.strip()
        text = (self.texts.block if block else self.texts.line)(markdown, place)
        return ChoiceView(one.letter, text, block)

    def choices(self, question: Question) -> Choices | None:
        """What a question offers to choose from; None where it offers nothing."""
        found = multiple_choice.lettered(question.choices)
        if not found:
            return None
        items = tuple(map(self._choice, found))
        plain = (markup.plain(one.choice.markdown) for one in found)
        pairs = max(map(len, plain)) <= _SHORT and not any(one.block for one in items)
        return Choices(items, pairs)

    def _piece(self, piece: Piece, location: Location) -> str:
        text = self.texts.line(piece.text, location)
        return f"<i>{self.texts.line(piece.lead, location)}</i> {text}" if piece.lead else text

    def _answers(self, question: Question, answers: Sequence[Answer]) -> tuple[AnswerView, ...]:
        """Answers as far as the sheet has room for them; the last one tells of those left out."""
        depth = self.lowered.get(question.id, self.depth)
        printed = self.answers(answers, depth, question.choices)
        if printed and len(printed) < len(shown(answers, self.depth)):
            return (*printed[:-1], replace(printed[-1], cut=True))
        return printed

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
        return split(headline.asked(question) or "")

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
        offered = self.choices(question)
        texts = [prompt, detail or "", *(one.text for one in answers)]
        texts += [one.text for one in offered.items] if offered else []
        return Entry(
            anchor=anchor(question),
            key=question.key,
            label=_beside(question),
            prompt=prompt,
            detail=detail,
            choices=offered,
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
        tall = code.count("\n") + sum(1 + one.markdown.count("\n") for one in question.choices)
        return Puzzle(
            anchor=anchor(question),
            key=question.key,
            label=_beside(question),
            prompt=self.prompt(question),
            bookmark=self.bookmark(question),
            detail=self._detail(question),
            code=self.texts.code(code, question.language, question.location) if code else None,
            choices=self.choices(question),
            answers=self._answers(question, others),
            same=self._related(question, "same"),
            see=self._related(question, "see-also"),
            lines=_writing_lines(question),
            whole=tall <= _CARD_LINES and not others,
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
        explained = [self._explained(answer, question.choices) for answer in answers]
        return Printed(
            key=question.key,
            anchor=anchor(question),
            outputs=self._printed(question, answers),
            varies=any(not output.deterministic for output in outputs),
            explanation=Html("".join(explained)) or None,
            proof=self._proof(question),
        )

    def _printed(self, question: Question, answers: Sequence[Answer]) -> tuple[Html, ...]:
        """What the author says is printed: the right choices with their letters, or the outputs."""
        place = answers[0].location
        if right := multiple_choice.right(question.choices):
            texts = (markup.plain(one.choice.markdown) for one in right)
            quoted = (self.texts.quote(text, place) for text in texts)
            return tuple(
                Html(f"{one.letter}. {text}") for one, text in zip(right, quoted, strict=True)
            )
        outputs = [answer.output for answer in answers if answer.output]
        stated = dict.fromkeys(
            text for output in outputs for text in (output.accepted or (output.text,))
        )
        return tuple(self.texts.quote(text, place) for text in stated)

    def _proof(self, question: Question) -> Proof | None:
        found = finding.of(question, self.words)
        if found is None:
            return None
        shown = (self.texts.quote(text, question.location) for text in found.outputs)
        return Proof(found.sentence, tuple(shown), found.wrong)

    def _explained(self, answer: Answer, choices: Sequence[Choice]) -> Html:
        text = explanation.of(answer, choices)
        return self.texts.block(text, answer.location) if text.strip() else Html("")


def _beside(question: Question) -> str | None:
    """The author's label where it stands beside the prompt, and does not lead it already."""
    return None if headline.leading(question) else question.label


def _writing_lines(question: Question) -> int:
    """Lines to write a puzzle's output on; none where it is chosen."""
    if question.choices:
        return 0
    return 1 if (question.code or "").count("\n") < _LONG_CODE else 2


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
