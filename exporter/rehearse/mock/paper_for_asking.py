"""The rounds of a paper as the candidate sees them: prompts, code and room for notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import assert_never

from exporter.model import Exercise, ExerciseKind, Html, Pack, Question
from exporter.paper.sheets.anchors import anchor
from exporter.paper.sheets.question_entries import Maker
from exporter.paper.sheets.views import Puzzle, TaskCard
from exporter.rehearse.mock.interview import Interview, Prompt, Round, Section
from exporter.rehearse.mock.views import Asked, RoundView
from exporter.text import lexical
from exporter.text.fixed_words import Wording

_LINES = {Round.RAPID: 2, Round.READING: 0, Round.DEPTH: 7}
_DESK = (Round.DESIGN, Round.CODING)  # what is drawn or written at length, on pages of its own
_PAGE, _HEAD, _FEWEST = 37, 5, 9  # lines of a page, of them what is asked there, least room
_ADVICE = 3
# What a guide calls a round, in the words of people who write guides.
_CALLED = {
    Round.RAPID: "rapid fire quick internals quiz trick",
    Round.READING: "",
    Round.DEPTH: "",
    Round.DESIGN: "design architecture",
    Round.CODING: "coding code algorithm program",
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Shows the rounds of one interview."""

    pack: Pack
    maker: Maker
    interview: Interview

    def rounds(self, worth: Sequence[int]) -> Iterator[RoundView]:
        """Its sections with their clock; ``worth`` are their points."""
        begins = 0
        for section, points in zip(self.interview.sections, worth, strict=True):
            ends = begins + section.minutes
            yield RoundView(
                anchor=f"r-{section.round}",
                title=title(section.round, self.maker.words),
                minutes=section.minutes,
                begins=_clock(begins),
                ends=_clock(ends),
                asked=tuple(self._asked(one, n, section) for n, one in enumerate(section.asked)),
                manner=self._manner(section.round),
                advice=self._advice(section.round),
                wide=section.round in _DESK,
                worth=points,
            )
            begins = ends

    def _asked(self, one: Prompt, number: int, section: Section) -> Asked:
        lines = self._lines(one, section.round)
        subject = self._subject(one)
        match one:
            case Question():
                return self._question(one, subject, lines)
            case Exercise():
                name = f"e-{section.round}-{number + 1}"
                words = self.maker.texts.plain(one.markdown)
                html = self.maker.texts.block(one.markdown, one.location)
                bookmark = self.maker.texts.running(words)
                return Asked(name, None, html, bookmark, None, None, None, subject, lines, 0)
            case _:
                assert_never(one)

    def _lines(self, one: Prompt, round_: Round) -> int:
        """Room for notes; what stands on the page at length shares it equally, and a letter that is
        to be chosen needs none."""
        if round_ is Round.RAPID and isinstance(one, Question) and one.choices:
            return 0
        if round_ not in _DESK:
            return _LINES[round_]
        sharing = sum(len(one.asked) for one in self.interview.sections if one.round in _DESK)
        return max(_FEWEST, _PAGE // sharing - _HEAD)

    def _question(self, question: Question, subject: str, lines: int) -> Asked:
        item = self.maker.item(question)
        match item:
            case TaskCard():
                detail, code, writes = item.goal, None, 0
            case Puzzle():
                detail, code, writes = item.detail, item.code, item.lines
            case _:
                detail, code, writes = item.detail, None, 0
        return Asked(
            anchor=anchor(question),
            key=question.key,
            prompt=self.maker.prompt(question),
            bookmark=self.maker.bookmark(question),
            detail=detail,
            code=code,
            choices=self.maker.choices(question),
            subject=subject,
            lines=lines,
            writes=writes,
        )

    def _subject(self, one: Prompt) -> str:
        """The plan's day, or without one the section."""
        at = one.placement if isinstance(one, Question) else one
        if at is not None and at.day is not None:
            titles = {
                day.number: day.title
                for week in (self.pack.plan.weeks if self.pack.plan else ())
                for day in week.days
            }
            named = f"{self.maker.words.day} {at.day}"
            return f"{named} · {self.maker.texts.plain(titles.get(at.day, ''))}".rstrip(" ·")
        return self.maker.texts.plain(one.section[-1]) if one.section else ""

    def _manner(self, round_: Round) -> Html | None:
        """How the documents' own interview mode of that name goes."""
        modes = (one for one in self.pack.exercises if one.kind is ExerciseKind.MODE)
        found = next((one for one in modes if _calls(one.markdown.split("\n")[0], round_)), None)
        return self.maker.texts.block(found.markdown, None) if found else None

    def _advice(self, round_: Round) -> tuple[Html, ...]:
        """What the documents advise for practising that."""
        if round_ not in _DESK:
            return ()
        advice = (one for one in self.pack.exercises if one.kind is ExerciseKind.ADVICE)
        found = [one for one in advice if one.section and _calls(one.section[-1], round_)]
        return tuple(self.maker.texts.line(one.markdown, None) for one in found[:_ADVICE])


def title(round_: Round, words: Wording) -> str:
    """What a round is called."""
    names = {
        Round.RAPID: words.rapid,
        Round.READING: words.code_reading,
        Round.DEPTH: words.depth,
        Round.DESIGN: words.design,
        Round.CODING: words.coding,
    }
    return names[round_]


def _calls(name: str, round_: Round) -> bool:
    return bool(set(lexical.words(name)) & set(_CALLED[round_].split()))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def text(plain: str) -> Html:
    """A plain line as HTML."""
    return Html(escape(plain, quote=False))
