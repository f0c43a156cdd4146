"""The back of a paper: what a good answer contains, point by point, and the answers whole.

The leading points of a text in its author's own words, for a scoring grid.

A list gives its items, a paragraph its first sentence; nothing is summed up, as a summary that is
wrong would score a right answer as wrong.  What is too long for a cell is cut at a word, with "…".
"""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from exporter.model import Exercise, Html, Kind, Markdown, Question, Tier
from exporter.paper.sheets.anchors import anchor
from exporter.paper.sheets.question_entries import Maker
from exporter.rehearse.mock import paper_for_asking
from exporter.rehearse.mock.interview import Interview, Prompt, Round, Section
from exporter.rehearse.mock.views import Answered, Scored, ScoredRound
from exporter.text import explanation, markup, multiple_choice, verdict_sentence

_LONGEST = 130  # characters of a point
_NESTED = 2  # columns that an item of a list within a list is indented by, at least
_ITEM = re.compile(r"^(?P<indent>\s*)(?:[-*+]|\d+[.)])\s+(?P<text>.*)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULED = re.compile(r"^\s*+(?:#{1,6}\s|>|\||[-*_=\s]*+$)")
_LIST = re.compile(r"[;,]\s+(?:and\s+)?")


def leading(texts: Iterable[Markdown], number: int) -> tuple[str, ...]:
    """Up to ``number`` points of answers that stand beside each other, each in one plain line."""
    found = dict.fromkeys(point for text in texts for point in _points(text))
    return tuple(found)[:number]


def criteria(prompt: Markdown, number: int) -> tuple[str, ...]:
    """What a prompt that ends in wishes ("…: this, that") asks for; else its parts between ";"."""
    whole = _plain(prompt)
    _, colon, rest = whole.partition(": ")
    parts = _LIST.split(rest) if colon else whole.split("; ")
    return tuple(_cut(part.strip(" .;")) for part in parts if part.strip(" .;"))[:number]


def items(text: Markdown) -> tuple[Markdown, ...]:
    """The items of an acceptance list, whole; a list without bullets by its paragraphs."""
    return tuple(Markdown(block) for block in _blocks(text))


def _points(text: Markdown) -> Iterator[str]:
    for block in _blocks(text):
        plain = _plain(Markdown(block))
        if plain and not plain.endswith(":"):
            yield _cut(markup.sentences(plain)[0])


def _blocks(text: Markdown) -> Iterator[str]:
    """The items of top-level lists and the paragraphs between them; code and tables give none."""
    block: list[str] = []
    fenced = False
    for line in (*text.split("\n"), ""):
        fence = _FENCE.match(line)
        item = None if fenced else _ITEM.match(line)
        ends = fence or fenced or item or not line.strip() or _RULED.match(line)
        if ends and block:
            yield "\n".join(block)
            block = []
        if fence:
            fenced = not fenced
        elif item and len(item["indent"].expandtabs(4)) < _NESTED:
            block = [item["text"]]
        elif not ends:
            block.append(line.strip())


def _plain(text: Markdown) -> str:
    return " ".join(markup.plain(text).split())


def _cut(text: str) -> str:
    return textwrap.shorten(text, _LONGEST, placeholder=" …")


_TIERS = ((Tier.SHORT, 2), (Tier.MEDIUM, 3), (Tier.SENIOR, 5))
"""The columns of the grid, and how many points stand in each at most."""
_CRITERIA = 8


@dataclass(frozen=True, slots=True)
class Grader:
    """Shows how one interview is scored."""

    maker: Maker
    interview: Interview

    def grid(self) -> tuple[ScoredRound, ...]:
        """A block for each section, a row for each thing asked."""
        return tuple(self._round(section) for section in self.interview.sections)

    def _round(self, section: Section) -> ScoredRound:
        rows = tuple(self._row(one) for one in section.asked)
        tiered = section.round in (Round.RAPID, Round.DEPTH)
        return ScoredRound(paper_for_asking.title(section.round, self.maker.words), tiered, rows)

    def _row(self, one: Prompt) -> Scored:
        match one:
            case Exercise():
                return self._exercise(one)
            case Question(kind=Kind.QUESTION):
                return self._spoken(one)
            case Question():
                return self._done(one)
            case _:
                assert_never(one)

    def _exercise(self, exercise: Exercise) -> Scored:
        texts = self.maker.texts
        wishes = criteria(exercise.markdown, _CRITERIA)
        checks = tuple(texts.line(wish, None) for wish in wishes)
        prompt = paper_for_asking.text(texts.running(texts.plain(exercise.markdown)))
        return Scored(None, None, prompt, (), checks, max(1, len(checks)))

    def _spoken(self, question: Question) -> Scored:
        cells = tuple(
            tuple(map(self.maker.texts.plain, self._points(question, tier, number)))
            for tier, number in _TIERS
        )
        worth = len({one.tier for one in question.answers if one.tier in dict(_TIERS)})
        prompt = self.maker.prompt(question)
        return Scored(anchor(question), question.key, prompt, cells, (), worth)

    def _points(self, question: Question, tier: Tier, number: int) -> tuple[str, ...]:
        """The leading points of a tier's answers; the right choices are points of their own."""
        answers = [one for one in question.answers if one.tier is tier]
        right = [one.plain for one in multiple_choice.right(question.choices)] if answers else []
        told = [explanation.apart(one, question.choices) for one in answers]
        return (*right, *leading(told, max(0, number - len(right))))

    def _done(self, question: Question) -> Scored:
        """A program's acceptance list, or a puzzle's output, to be checked."""
        if question.kind is Kind.TASK:
            checks = tuple(self._acceptance(question))
        else:
            checks = self._outputs(question)
        worth = max(1, len(checks))
        prompt = self.maker.prompt(question)
        return Scored(anchor(question), question.key, prompt, (), checks, worth)

    def _outputs(self, question: Question) -> tuple[Html, ...]:
        """What the code prints, all alternatives in one line: as its author says, or where a run
        proved that wrong, as it was seen to."""
        found = verdict_sentence.about(question, self.maker.words)
        if found and found.wrong:
            seen = (self.maker.texts.quote(one, question.location) for one in found.outputs)
            return (Html(f"{paper_for_asking.text(found.sentence)} {' / '.join(seen)}"),)
        printed = self.maker.printed(question)
        return (Html(" / ".join(printed.outputs)),) if printed and printed.outputs else ()

    def _acceptance(self, question: Question) -> Iterator[Html]:
        for answer in question.answers:
            if answer.tier is Tier.TASK:
                for item in items(answer.markdown):
                    yield self.maker.texts.line(item, answer.location)

    def answers(self) -> Iterator[Answered]:
        """The whole answers of all questions that were asked, and what puzzles print."""
        for one in self.interview.asked:
            if not isinstance(one, Question):
                continue
            spoken = [a for a in one.answers if a.tier not in (Tier.OUTPUT, Tier.TASK)]
            shown = self.maker.answers(spoken, "senior", one.choices)
            printed = self.maker.printed(one)
            if shown or printed:
                yield Answered(anchor(one), one.key, self.maker.prompt(one), shown, printed)
