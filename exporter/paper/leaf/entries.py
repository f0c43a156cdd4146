"""Questions, tasks and lines of the plan as pieces of a leaf, each with its height."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from exporter.model import Answer, Html, Markdown, Question, Tier
from exporter.model.diagnostics import Diagnostic, Location
from exporter.pack.media import Album
from exporter.paper.leaf import figures, measure, shorten
from exporter.paper.leaf.paper import HANG, Paper
from exporter.paper.leaf.views import Entry, Piece
from exporter.paper.leaf.words import Phrases
from exporter.paper.sheets.question_entries import split
from exporter.paper.sheets.texts import Texts
from exporter.text import multiple_choice, one_line
from exporter.text.fixed_words import Wording

LONGEST, KEY = 25, 45  # words of an answer, and of that to the plan's question
_LINES = 3  # of an entry's answer at most, with the end of its prompt
_TICK = 9  # words of a task's line
_ABOVE = 0.55  # millimetres above an entry
_SILENT = 4  # words of an answer that may say nothing
_PROMPT = 40  # words
_TICKED = 4.0  # what a box to tick takes of its line
_INSET = 1.9  # frame of the key box, both sides
_WARN = '<span class="warn"></span>'
_WARN_WIDTH = 2.3
_TIERS = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)
_HEIGHT = re.compile(r'height="(?P<height>[\d.]+)mm"')


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the pieces of one pack's leaves."""

    paper: Paper
    phrases: Phrases
    words: Wording
    album: Album

    def entry(self, questions: Sequence[Question], weight: float) -> Entry:
        """Questions of one answer, which stands below the last of them."""
        last = questions[-1]
        asked = " ".join(_asked(one, self.words) for one in questions)
        texts = answers(last)
        cuts = [cut for text in texts if (cut := shorten.answer(text, asked, LONGEST))]
        telling = [cut for cut in cuts if not _silent(cut, asked)]
        terse, rich = _chosen(telling or cuts, asked)
        sides = figures.sides(_asked(last, self.words), texts, self.phrases)
        chain = next(
            (
                found
                for text in texts
                if (found := figures.chain(text, asked, LONGEST, self.phrases))
            ),
            None,
        )
        if sides:
            drawn = self._versus(questions, sides)
        elif chain:
            drawn = self._strip(questions, chain)
        else:
            drawn = self._run_in(questions, rich)
        keys = tuple(one.key for one in questions)
        short = cache(lambda: self._run_in(questions, terse))
        return Entry(keys, drawn, short, weight, not telling)

    def key(
        self, asked: Markdown, location: Location, question: Question | None, own: str | None = None
    ) -> Piece:
        """The plan's question with the richest answer there is, cut at points; with a line to
        write on where nothing answers it.  ``own`` names the question that answers it in part."""
        texts = answers(question) if question else ()
        cuts = [cut for text in texts if (cut := shorten.answer(text, asked, KEY))]
        best = max(cuts, key=lambda cut: len(shorten.says(cut, asked)), default=Markdown(""))
        sides = figures.sides(asked, texts, self.phrases)

        def made(show: Texts) -> tuple[Html, float]:
            place = question.location if question else None
            prompt = show.line(asked, location)
            if own:
                prompt = Html(f"{prompt} → {show.line(Markdown(own), None)}")
            if sides:
                cells = [(show.line(one, location), show.line(said, place)) for one, said in sides]
                width = self.paper.text - _INSET
                height = measure.lines(f"<b>{prompt}</b>", width) * measure.LEADING + 1.6
                height += figures.table_height(cells, width)
                html = f"<p><b>{prompt}</b></p>{figures.table(cells)}"
                return Html(f'<div class="key">{html}</div>'), height
            text = show.line(best, place)
            html = f"<b>{prompt}</b> {text}"
            lines = measure.lines(html, self.paper.text - _INSET)
            write = "" if best else '<span class="write"></span>'
            height = lines * measure.LEADING + 1.9 + (0 if best else 4.0)
            return Html(f'<p class="key">{html}{write}</p>'), height

        return self._piece(made, warns=False, figure=bool(sides))

    def tick(self, label: str | None, text: str, location: Location) -> Piece:
        """Something to do, in one line."""
        short = shorten.answer(text, "", _TICK) or Markdown(" ".join(text.split()))

        def made(show: Texts) -> tuple[Html, float]:
            named = f"<b>{label}</b> " if label else ""
            said, room = short, min(_TICK, shorten.count(short))
            while True:
                html = f"{named}{show.line(said, location)}"
                lines = measure.lines(html, self.paper.text - _TICKED)
                if lines == 1 or room <= _SILENT:
                    break
                room -= 1
                said = shorten.answer(text, "", room) or said
            height = lines * measure.LEADING + _ABOVE
            return Html(f'<p class="tick"><span class="box"></span>{html}</p>'), height

        return self._piece(made, warns=False)

    def drawing(self, svg: Html, title: Html) -> Piece:
        """A figure that pack.toml asks for; it says its own height."""
        found = _HEIGHT.search(svg)
        height = float(found["height"]) if found else 0.0
        lines = measure.lines(title, self.paper.text)
        html = f"<figure>{svg}<figcaption>{title}</figcaption></figure>"
        return Piece(Html(html), height + lines * measure.LEADING + 2.4, figure=True)

    def _run_in(self, questions: Sequence[Question], text: Markdown) -> Piece:
        """Prompts, then their answer, in at most three lines where its words allow."""
        place = _place(questions[-1])
        warns = self._warns(questions, text)

        def made(show: Texts) -> tuple[Html, float]:
            head = self._prompts(questions, show)
            said, room = text, LONGEST
            while True:
                html = f"{head} {show.line(said, place)}".rstrip()
                lines = self._lines(html, warns=warns)
                least = self._lines(head, warns=warns)
                if lines <= max(_LINES, least + 1) or room <= _SILENT:
                    break
                room = min(room, shorten.count(said)) - 2
                said = shorten.answer(f"{text}.", "", room) or said
            return self._paragraphs(html), lines * measure.LEADING + _ABOVE

        return self._piece(made, warns=warns)

    def _versus(self, questions: Sequence[Question], sides: Sequence[tuple[str, str]]) -> Piece:
        place = _place(questions[-1])

        def made(show: Texts) -> tuple[Html, float]:
            short = [(one, shorten.answer(said, "", LONGEST) or said) for one, said in sides]
            cells = [(show.line(one, place), show.line(said, place)) for one, said in short]
            rest = questions[:-1]
            head = self._prompts(rest, show) if rest else Html("")
            above = self._lines(head) * measure.LEADING if rest else 0.0
            html = (self._paragraphs(head) if rest else "") + figures.table(cells)
            height = above + figures.table_height(cells, self.paper.text) + _ABOVE + 0.5
            return Html(html), height

        return self._piece(made, warns=False, figure=True)

    def _strip(
        self, questions: Sequence[Question], chain: tuple[str, tuple[str, ...], str]
    ) -> Piece:
        before, steps, after = chain
        place = _place(questions[-1])
        asked = questions[-1].prompt or ""
        warns = self._warns(questions, Markdown(""))

        def made(show: Texts) -> tuple[Html, float]:
            new = shorten.says(before, asked)
            lead = f" {show.line(before, place)}" if new else ""
            head = Html(f"{self._prompts(questions, show)}{lead}")
            drawn = [show.line(step, place) for step in steps]
            html = f'{self._paragraphs(head)}<p class="strip">{figures.strip(drawn)}</p>'
            height = self._lines(head, warns=warns) * measure.LEADING + _ABOVE
            height += figures.strip_height(drawn, self.paper.text - HANG) + 0.4
            if after:
                tail = show.line(shorten.answer(after, "", LONGEST) or Markdown(after), place)
                html += f'<p class="tail">{tail}</p>'
                width = self.paper.text - HANG
                height += measure.lines(tail, width) * measure.LEADING
            return Html(html), height

        return self._piece(made, warns=warns, figure=True)

    def _prompts(self, questions: Iterable[Question], show: Texts) -> Html:
        """The prompts in bold, each in a line of its own but the last."""
        short = (
            (shorten.prompt(_asked(one, self.words), self.phrases), _place(one))
            for one in questions
        )
        return Html("<br>".join(f"<b>{show.line(text, place)}</b>" for text, place in short))

    def _lines(self, html: Html | str, *, warns: bool = False) -> int:
        """Lines of an entry, whose first begins with the sign where it warns."""
        return measure.lines(html, self.paper.text, HANG, indent=_WARN_WIDTH if warns else 0.0)

    def _paragraphs(self, html: Html | str) -> Html:
        return Html(f'<p class="entry">{html}</p>')

    def _warns(self, questions: Sequence[Question], text: Markdown) -> bool:
        prompts = " ".join(_asked(one, self.words) for one in questions)
        return figures.warning(f"{prompts} {text}", self.phrases)

    def _piece(
        self, made: Callable[[Texts], tuple[Html, float]], *, warns: bool, figure: bool = False
    ) -> Piece:
        """A piece, and what there is to report of its signs if it is printed."""
        said: list[Diagnostic] = []
        html, height = made(Texts(said.append, self.album))
        if warns:
            html = Html(html.replace('<p class="entry">', f'<p class="entry">{_WARN}', 1))
        return Piece(html, height, tuple(dict.fromkeys(said)), figure, warns)


def answers(question: Question) -> tuple[Markdown, ...]:
    """What answers a question, the shortest tier first."""
    if question.choices and (right := multiple_choice.right(question.choices)):
        return (Markdown("; ".join(one.choice.markdown.strip() for one in right)),)
    ordered = sorted(question.answers, key=_depth)
    return tuple(one.markdown for one in ordered if one.tier in _TIERS)


def _depth(answer: Answer) -> int:
    return _TIERS.index(answer.tier) if answer.tier in _TIERS else len(_TIERS)


def _asked(question: Question, words: Wording) -> str:
    """The line that asks; what a long prompt says besides is on the card."""
    line = question.title or split(one_line.asked(question) or "")[0]
    return shorten.clipped(line, _PROMPT) or words.prints


def _place(question: Question) -> Location:
    return question.location


def _silent(cut: str, asked: str) -> bool:
    """Whether an answer of a few words adds none to its prompt."""
    return shorten.count(cut) <= _SILENT and not shorten.says(cut, asked)


def _chosen(cuts: Sequence[Markdown], asked: str) -> tuple[Markdown, Markdown]:
    """The shortest answer that says something, and the one that says the most."""
    if not cuts:
        return Markdown(""), Markdown("")
    whole = [cut for cut in cuts if not cut.endswith("…")] or cuts
    return whole[0], max(whole, key=lambda cut: len(shorten.says(cut, asked)))
