"""Flash cards on paper: eight a page to cut out, fronts and backs aligned for duplex printing.

A card of paper holds what a card on the phone asks for and no fold; what is too long ends with a
mark and the key, by which the rest is found.  A long-edge flip swaps left and right, so the backs
of each row stand the other way round.

Cuts a text to what a card of paper holds: whole sentences and list items, never new words.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.model import Answer, Html, Markdown, Note, Pack, Question, QuestionId, Week, both_ways
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Report
from exporter.paper.sheets import Sheet, page_templates
from exporter.paper.sheets.texts import Texts
from exporter.text import (
    explanation,
    fixed_words,
    markup,
    multiple_choice,
    one_line,
    verdict_sentence,
)
from exporter.text.fixed_words import Wording
from exporter.text.multiple_choice import Lettered

_PROSE_COLUMNS, _CODE_COLUMNS = 54, 57
"""Signs of a line of prose, with room for long words, and of code at 7 pt."""
_CODE, _GAP, _MARK = 0.95, 0.25, 0.25
"""What a line of code, a blank line and the space around code cost, in lines of prose."""
_SHORT, _FEWEST = 28, 3
"""Signs of an item, and items of a list, that are set side by side in pairs."""
_ITEM = re.compile(r"[-*+]\s+(?P<text>.*)")
_LABEL = re.compile(r"\s*+(?:#{1,6} .*|\*\*[^*]+\*\*|.*[:：][*_ ]*)")
"""A line that means nothing without what follows: a heading, a bold line, one with a colon."""
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


def fitted(text: str, lines: float) -> tuple[Markdown, bool]:
    """As much of ``text`` as ``lines`` lines of prose hold, and whether that is all of it.

    What introduces something that no longer fits ("There are three:") goes with it.
    """
    kept: list[str] = []
    left = lines
    fence = ""
    every = text.splitlines()
    for line, cost in zip(every, _costs(every), strict=True):
        mark = _FENCE.match(line)
        if cost > left:
            if not fence and not mark:
                kept += _begun(line, left)
            closed = _closed(kept, fence)
            if not closed and not fence and not mark and line.strip():
                closed = [_words(line, left)]
            return Markdown("\n".join(closed)), False
        left -= cost
        kept.append(line)
        if mark:
            fence = "" if fence else mark.group().strip()
    return Markdown(text), True


def cost(text: str) -> float:
    """How many lines of prose a whole text takes."""
    return sum(_costs(text.splitlines()))


def _costs(lines: Sequence[str]) -> list[float]:
    """What each line of a text takes; items of a flat list of a few words each stand in pairs."""
    fence = False
    costs = []
    for line in lines:
        mark = bool(_FENCE.match(line))
        costs.append(_cost(line, fenced=fence or mark))
        fence ^= mark
    begin = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and _short(lines[at]):
            continue
        alone = (begin == 0 or not _ITEM.match(lines[begin - 1].lstrip())) and (
            at == len(lines) or not _ITEM.match(lines[at].lstrip())
        )
        if alone and at - begin >= _FEWEST:
            each = math.ceil((at - begin) / 2) / (at - begin)
            costs[begin:at] = [each] * (at - begin)
        begin = at + 1
    return costs


def _short(line: str) -> bool:
    item = _ITEM.fullmatch(line)
    return item is not None and len(markup.plain(Markdown(item["text"]))) <= _SHORT


def _cost(line: str, *, fenced: bool) -> float:
    if not line.strip():
        return _GAP
    if _FENCE.match(line):
        return _MARK
    if fenced:
        return _CODE * math.ceil(len(line.expandtabs(4)) / _CODE_COLUMNS)
    return math.ceil(len(markup.plain(Markdown(line)) or " ") / _PROSE_COLUMNS)


def _begun(line: str, left: float) -> list[str]:
    """The first sentences of a line that fit, if any does."""
    indent = line[: len(line) - len(line.lstrip())]
    sentences = markup.sentences(line)
    for count in range(len(sentences) - 1, 0, -1):
        part = " ".join(sentences[:count])
        if _cost(part, fenced=False) <= left:
            return [f"{indent}{part}"]
    return []


def _words(text: str, left: float) -> str:
    """The first words of a text that fit, of one that is a single long sentence."""
    words = text.split()
    for count in range(len(words), 0, -1):
        part = " ".join(words[:count])
        if _cost(part, fenced=False) <= left:
            return part
    return ""


def _closed(kept: list[str], fence: str) -> list[str]:
    """The lines without what leads to nothing now, and with a fence that was cut closed."""
    if fence:
        if _FENCE.match(kept[-1]):
            return _closed(kept[:-1], "")
        return [*kept, fence]
    while kept and (not kept[-1].strip() or _LABEL.fullmatch(kept[-1].rstrip())):
        kept = kept[:-1]
    return kept


_COLUMNS, _ROWS = 2, 4
_PAGE = _COLUMNS * _ROWS
_LINES = 15.4  # lines of prose on a card's body
_LARGE = 1.45  # lines of prose that a line of the question takes
_SIZES = ((3.5, "large"), (7.5, "medium"))
"""Up to how many lines of prose a side's text is set how much larger."""


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a card; ``column`` and ``row`` are its place on the page, from 0; ``size`` says
    how large its text can be: "large", "medium" or ""."""

    column: int
    row: int
    badge: str
    place: str
    key: str
    asked: Html
    body: Html
    size: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of fronts or of backs."""

    side: str
    faces: tuple[Face, ...]


def papers(
    pack: Pack, config: PackConfig, notes: Sequence[Note], report: Report
) -> tuple[Sheet, ...]:
    """One paper for each week that has notes, in the order of the deck; what the fonts lack is told
    to ``report``."""
    words = fixed_words.in_language(config.language)
    questions = {question.id: question for question in pack.questions}
    printer = _Printer(Texts(report), words, questions)
    weeks: dict[Week, list[Note]] = defaultdict(list)
    for note in sorted(notes, key=lambda one: one.rank):
        place = questions[note.question].placement
        weeks[place.week if place else None].append(note)
    return tuple(_sheet(week, weeks[week], printer, config) for week in weeks)


def _sheet(week: Week, notes: Sequence[Note], printer: "_Printer", config: PackConfig) -> Sheet:
    ending = {None: "", "beyond": "-beyond"}.get(week, f"-week-{week}")  # type: ignore[arg-type]
    words = printer.words
    name = words.beyond if week == "beyond" else f"{words.week} {week}" if week else ""
    title = " · ".join(filter(None, (config.title, words.flashcards, name)))
    html = page_templates.filled(
        "flashcards.html",
        ("sheet.css", "flashcards.css"),
        words,
        title=title,
        language=config.language,
        author=config.author,
        paper=config.paper,
        leaves=tuple(_leaves(notes, printer)),
    )
    return Sheet(f"{config.slug}-flashcards{ending}", week, title, html)


def _leaves(notes: Sequence[Note], printer: "_Printer") -> Iterator[Leaf]:
    for first in range(0, len(notes), _PAGE):
        on = list(enumerate(notes[first : first + _PAGE]))
        fronts = (printer.front(note, at % _COLUMNS, at // _COLUMNS) for at, note in on)
        yield Leaf("front", tuple(fronts))
        backs = (
            printer.back(note, _COLUMNS - 1 - at % _COLUMNS, at // _COLUMNS) for at, note in on
        )
        yield Leaf("back", tuple(backs))


@dataclass(frozen=True, slots=True)
class _Printer:
    texts: Texts
    words: Wording
    questions: Mapping[QuestionId, Question]

    def _question(self, note: Note) -> Question:
        """What the note asks, also where it asks the other way round."""
        question = self.questions[note.question]
        return (both_ways.turned(question) if both_ways.is_reverse(note.key) else None) or question

    def front(self, note: Note, column: int, row: int) -> Face:
        """What is asked: the question, a puzzle's code, and what there is to choose from."""
        question = self._question(note)
        asked = question.title or one_line.asked(question) or Markdown(self.words.prints)
        below = question.prompt if question.title else None
        head, whole = fitted(asked, _LINES / _LARGE)
        left = _LINES - cost(head) * _LARGE
        parts = [(str(below), "")] if below else []
        if question.code:
            parts.append((f"```{question.language or ''}\n{question.code}\n```", ""))
        offered = _listed(multiple_choice.lettered(question.choices))
        size = "" if parts else _size(cost(head) + cost(offered))
        parts += [(offered, "")] if offered else []
        body, complete = self._fitted(parts, question, left)
        asked_html = self.texts.block(head, question.location)
        return self._face(note, (column, row), asked_html, body, size, whole and complete)

    def back(self, note: Note, column: int, row: int) -> Face:
        """The tier's answer; of a puzzle the output first, of choices the right ones."""
        question = self._question(note)
        answers = [answer for answer in question.answers if answer.tier is note.tier]
        parts = list(_told(question, answers, self._verdict(question)))
        body, whole = self._fitted(parts, question, _LINES)
        size = _size(sum(cost(text) + 0.5 for text, _ in parts))
        return self._face(note, (column, row), Html(""), body, size, whole)

    def _verdict(self, question: Question) -> str:
        """What came of running a puzzle's code, as Markdown; "" where it was not run."""
        found = verdict_sentence.about(question, self.words)
        if found is None:
            return ""
        outputs = (f"```\n{text}\n```" for text in found.outputs)
        return "\n".join((f"**{found.sentence}**", *outputs))

    def _fitted(
        self, parts: Sequence[tuple[str, str]], question: Question, left: float
    ) -> tuple[Html, bool]:
        shown, whole = [], True
        for text, kind in parts:
            kept, complete = fitted(text, left)
            whole = whole and complete
            left -= cost(kept) + 0.5
            if kept.strip():
                block = self.texts.block(kept, question.location)
                shown.append(f'<div class="{kind or "told"}">{block}</div>')
            if not complete:
                break
        return Html("".join(shown)), whole

    def _face(
        self,
        note: Note,
        spot: tuple[int, int],
        asked: Html,
        body: Html,
        size: str,
        whole: bool,
    ) -> Face:
        question = self._question(note)
        at = question.placement
        day = f"{self.words.day} {at.day}" if at and at.day is not None else ""
        badge = self.words.tier(note.tier)
        return Face(*spot, badge, day, note.key, asked, body, size, not whole)


def _size(lines: float) -> str:
    """How large a side's text of so many lines can be set."""
    return next((size for most, size in _SIZES if lines <= most), "")


def _listed(found: Sequence[Lettered]) -> str:
    """Choices as Markdown, a paragraph each behind its letter; "" where there are none."""
    texts = ((one.letter, one.choice.markdown.strip()) for one in found)
    gaps = ((letter, "\n\n" if "\n" in text else " ", text) for letter, text in texts)
    return "\n\n".join(f"**{letter}.**{gap}{text}" for letter, gap, text in gaps)


def _told(question: Question, answers: Sequence[Answer], verdict: str) -> Iterator[tuple[str, str]]:
    """The parts of a tier's answers, each with its class, the right choices or the stated output
    first; nobody shall learn a wrong output."""
    right = _listed(multiple_choice.right(question.choices))
    if right:
        yield right, "printed told"
    for answer in answers:
        if answer.output and answer.output.text.strip():
            texts = answer.output.accepted or (answer.output.text,)
            if not right:
                yield from ((f"```\n{text}\n```", "printed") for text in texts)
            if verdict:
                yield verdict, "told"
        told = explanation.apart(answer, question.choices)
        if told.strip():
            yield told, "told"
