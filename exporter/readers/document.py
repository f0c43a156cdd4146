"""Reads a document by its outline: questions of every dress, and as readings what asks nothing."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from exporter.model import (
    Document,
    Markdown,
    Part,
    Question,
    Reading,
    ReadingKind,
    Source,
    Tier,
)
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.readers import delimited, keys, noise, questions
from exporter.readers.card import Card, tagged
from exporter.readers.decks import Deck, around
from exporter.readers.draft import Draft
from exporter.readers.forms import nearest, plural
from exporter.readers.inline import attributes, plain, unbraced
from exporter.readers.labels import is_set
from exporter.readers.nesting import Asked, asked
from exporter.readers.outline import Form, Opener, outline
from exporter.readers.roles import Hints, Roles
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown, trimmed, undecorated
from exporter.readers.tidy import tidy, unquoted, without_quotes

_DEPTHS = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)
_LONG_STORY = 12  # lines with words from which a heading's matter is a story of its own


@dataclass(slots=True)
class _Way:
    """Where in the document the reader stands: the sections around, and whether anything asked."""

    sections: list[tuple[int, str]] = field(default_factory=list)
    begun: bool = False
    after: bool = False

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.sections)


@dataclass(frozen=True, slots=True)
class Found:
    """The roles of a document's lines and what asks in it."""

    roles: Roles
    asked: tuple[Asked, ...]
    cards: tuple[Card, ...] = ()

    @property
    def asks(self) -> int:
        """How many questions there are."""
        return len(self.asked) + len(self.cards)

    @property
    def titled_by_section(self) -> bool:
        """Whether the first heading is a section's: the only one of a note of cards, or one of
        several as high that have questions of their own at once."""
        title = self.roles.title
        if title is None:
            return False
        if self.cards and title.rank > 1:
            return True
        following = self.roles.heads[1:]
        rival = next((one.at for one in following if one.rank == title.rank), None)
        places = [one.opener.at for one in self.asked]
        if rival is None or not any(at > rival for at in places):
            return False
        return any(title.at < at < following[0].at for at in places)

    @property
    def answered(self) -> int:
        """How many of the questions have something below them that may answer."""
        return len(self.cards) + sum(
            self.roles.is_filled(one.opener) or self.roles.credits[one.opener.at] > 0
            for one in self.asked
        )

    @property
    def items_ask(self) -> bool:
        """Whether most of the document's outer list items are questions."""
        items = [
            one for one in self.roles.outline.openers if one.form is Form.ITEM and one.rank == 1
        ]
        asking = sum(one.opener.form is Form.ITEM for one in self.asked)
        return asking * 2 >= len(items) > 0

    @property
    def name(self) -> str:
        """What the document is called where its questions make it: "tiered" or "plain"."""
        return "tiered" if self.tiered else "plain"

    @property
    def tiered(self) -> bool:
        """Whether labels of depths stand below what asks."""
        tiers = self.roles.tiers
        return tiers > 1 or (tiers == 1 and len(self.asked) == 1)


def find(lines: Sequence[Line], hints: Hints) -> Found:
    """What asks in a document.  Where a person says that it holds questions and nothing asks by
    itself, the form that is nearest to asking does."""
    outlined = outline(without_quotes(lines), hints.tier_words)
    deck = Deck(outlined)
    roles = Roles(deck.without_taken(outlined), hints)
    found = _beside(roles, asked(roles), deck)
    if found.asks or hints.asks or hints.reader not in ("plain", "tiered"):
        return found
    word = nearest(roles)
    return find(lines, replace(hints, asks=(word,))) if word else found


def _beside(roles: Roles, asking: tuple[Asked, ...], deck: Deck) -> Found:
    """What asks, with the cards that stand between."""
    top = roles.title or (roles.heads[0] if roles.heads else None)
    asking = around(asking, deck.cards, roles.lines)
    cards = deck.settle(asking, top.title if top else "")
    return Found(roles, asking, cards)


def read(path: str, found: Found, accounts: Accounts, report: Report) -> Draft:
    """Questions and readings of a document, in order."""
    reader = _Reader(path, found, accounts, report)
    return reader.draft()


class _Reader:
    def __init__(self, path: str, found: Found, accounts: Accounts, report: Report) -> None:
        self.path, self.found, self.accounts, self.report = path, found, accounts, report
        self.roles = found.roles
        self.lines = self.roles.lines
        self.tidied = keys.without_inline(
            self.lines, unquoted(tidy(self.lines), self.roles.outline.openers)
        )
        self.title = None if found.titled_by_section else self.roles.title
        self.way = _Way()
        self.questions: list[Question] = []
        self.readings: list[Reading] = []
        self.parts: list[Part] = []
        self.openers = self.roles.outline.openers
        self._places = [one.at for one in self.openers]
        self._heads = {one.at: one for one in self.roles.heads}
        self._closings = frozenset(self.roles.closings)
        self._last_of = {one.rank: one.at for one in self.roles.heads}
        self._ranks = Counter(one.rank for one in self.roles.heads)
        self._counting = {
            one.rank for one in self.roles.heads if is_set(_whole_title(self.lines[one.at]))
        }
        self._keys = dict(self.roles.keys)

    def draft(self) -> Draft:
        title = self.title
        if title:
            self.accounts.structure(self.lines[title.at])
        at = 0
        for place, one in self._in_order():
            self._between(at, place, leads=True)
            at = self._question(one) if isinstance(one, Asked) else self._card(one)
        self._between(at, len(self.lines), leads=False)
        self._report_unlabelled()
        self._structure_tables()
        answered = keys.answered(self.path, self.roles, self.questions, self.accounts)
        _report_twins(answered, self.report)
        _report_unanswered(answered, self.report)
        return Draft(
            title=undecorated(plain(title.title)) if title else None,
            questions=answered,
            readings=tuple(self.readings),
            parts=_joined(self.parts),
        )

    def _structure_tables(self) -> None:
        """Heads and rules of tables whose rows are cards."""
        cards = {card.first - 1 for card in self.found.cards}
        rows = self.roles.outline.rows
        for first in sorted(cards & rows):
            at = first - 1
            while at in rows and at not in cards:
                self.accounts.structure(self.lines[at])
                at -= 1

    def _in_order(self) -> list[tuple[int, Asked | Card]]:
        found: list[tuple[int, Asked | Card]] = [(one.opener.at, one) for one in self.found.asked]
        found += [(card.first - 1, card) for card in self.found.cards]
        return sorted(found, key=lambda pair: pair[0])

    def _card(self, card: Card) -> int:
        question = card.question(self.path, self.way.section)
        own = self.lines[card.first - 1 : card.last]
        self.accounts.content(own)
        self.parts.append(card.part())
        if own[0].kind is LineKind.HEADING:
            above = [one for one in self.way.sections if one[0] < own[0].level]
            self.way.sections = above
            question = replace(question, section=self.way.section)
            self.way.sections = [*above, (own[0].level, question.prompt or "")]
        self.questions.append(question)
        self.way.begun, self.way.after = True, False
        return card.last

    def _report_unlabelled(self) -> None:
        """An answer without a tier among answers that have theirs is said."""
        cards = {card.first for card in self.found.cards}
        plain_ones = [
            one
            for one in self.questions
            if one.answers
            and not one.choices
            and one.answers[0].source_tier == ""
            and one.answers[0].tier is Tier.MEDIUM
            and one.location.first not in cards
        ]
        labelled = sum(
            any(answer.source_tier and answer.tier in _DEPTHS for answer in one.answers)
            for one in self.questions
        )
        if labelled < 2 or len(plain_ones) > labelled:
            return
        for one in plain_ones:
            name = one.label or f'"{(one.prompt or "")[:50]}"'
            message = (
                f"{name}: has no tier; taken as a medium answer: "
                "put SHORT, MEDIUM or SENIOR above it"
            )
            self.report(Diagnostic(one.answers[0].location, Code.NO_TIER, message))

    def _question(self, one: Asked) -> int:
        first = bisect_left(self._places, one.opener.last + 1)
        last = bisect_left(self._places, one.end)
        path = self.way.sections
        if one.opener.form is Form.HEADING:
            while path and (
                path[-1][0] > one.opener.rank
                or (path[-1][0] == one.opener.rank and not is_set(path[-1][1]))
            ):
                path.pop()
        result = questions.read(
            self.path,
            self.roles,
            self.tidied,
            one,
            self.way.section,
            self.openers[first:last],
            self.accounts,
            self.report,
        )
        self.questions += map(_with_tags, result.questions)
        self.readings += result.readings
        place = result.questions[0].location
        form = plural(one.opener.form)
        part = Part(result.what, place.first, place.last, one.score, one.why, form)
        self.parts.append(part)
        self.way.begun, self.way.after = True, False
        return one.end

    # -- what asks nothing -------------------------------------------------------------------

    def _between(self, first: int, last: int, *, leads: bool) -> None:
        """What stands between two questions: sections, their introductions, stories, closings."""
        at = start = first
        head: Opener | None = None
        story = kept = False
        while at < last:
            opened = self._heads.get(at)
            if at in self._keys:
                self._passage(start, at, head, story=story)
                at = start = self._keys[at]
                head, story = None, False
                continue
            if at in self._closings:
                self._passage(start, at, head, story=story)
                self.accounts.structure(self.lines[at])
                self.way.sections = self.way.sections[:-1]
                self.way.after = True
                head, start, story = None, at + 1, False
            elif opened is not None and opened is not self.title:
                interrupts = leads and opened.end > last and self._interrupts(opened, last)
                section = leads and opened.end > last and not interrupts
                deeper = story and head is not None and opened.rank > head.rank
                if not (deeper and (kept or not section)):
                    kept = interrupts
                    self._passage(start, at, head, story=story)
                    story = self.way.begun and not section and bool(self.found.asks)
                    self._open(opened, keeps=interrupts, story=story)
                    head, start = opened, at
            at += 1
        self._passage(start, last, head, story=story)

    def _interrupts(self, head: Opener, until: int) -> bool:
        """Whether a heading tells a story in the middle of a set as high as it: others of its level
        count themselves, and it does not; and no END closes the set, or its story is long."""
        if is_set(head.title) or not any(rank == head.rank for rank, _ in self.way.sections):
            return False
        rivals = self._ranks[head.rank]
        inner = bisect_left(self.roles.closings, self._last_of[head.rank])
        if inner and inner * 2 >= rivals - 1:
            return True
        if head.rank not in self._counting:
            return False
        said = sum(not line.empty for line in self.lines[head.at + 1 : until])
        return said > _LONG_STORY

    def _open(self, head: Opener, *, keeps: bool, story: bool) -> None:
        """Enter a section; a story is none, and one that interrupts a set leaves it open."""
        self.accounts.structure(self.lines[head.at])
        if not keeps:
            self.way.sections = [one for one in self.way.sections if one[0] < head.rank]
        if not story:
            self.way.sections.append((head.rank, _whole_title(self.lines[head.at])))
        self.way.after = False

    def _passage(self, first: int, last: int, head: Opener | None, *, story: bool) -> None:
        inside = self.tidied[first:last]
        raw = self.lines[first:last]
        self.accounts.structure(*(line for line in raw if line.kind is LineKind.RULE))
        own = trimmed(inside)
        title = self.title
        shown: Sequence[Line] = own[:0]
        name = _whole_title(self.lines[head.at]) if head else None
        if title and own and own[0].number == self.lines[title.at].number:
            shown, own = own[:1], trimmed(own[1:])
            name = undecorated(plain(title.title))
        if head and own and own[0].number == self.lines[head.at].number:
            shown, own = own[:1], trimmed(own[1:])
        numbers = {line.number for line in raw if line.kind is LineKind.HEADING}
        self.accounts.structure(*(line for line in raw if line.number in numbers))
        blank = [
            line for line, now in zip(raw, inside, strict=True) if now.empty and not line.empty
        ]
        self.accounts.structure(*blank)
        if not own:
            return
        self.accounts.content([self.lines[line.number - 1] for line in own])
        kind = self._kind(story=story, headed=head is not None)
        place = location(self.path, (*shown, *own) if name else own)
        section = self.way.section
        if kind is ReadingKind.STORY and section[-1:] == (name,):
            section = section[:-1]
        self.readings.append(Reading(kind, name, markdown(own), place, section))
        self.parts.append(Part(str(kind), place.first, place.last, 0.5, "asks nothing"))

    def _kind(self, *, story: bool, headed: bool) -> ReadingKind:
        if self.way.after:
            return ReadingKind.ADVICE
        if story or (headed and not self.found.asks):
            return ReadingKind.STORY
        return ReadingKind.INTRODUCTION


_ENDED = re.compile(r"[?？؟.!。](?P<tags>(?:\s+#[^\W\d_][\w/-]*)+)\s*$")


def _with_tags(question: Question) -> Question:
    """The tags behind a prompt's sentence as tags of the question."""
    match = _ENDED.search(question.prompt or "") if "#" in (question.prompt or "") else None
    if not match or question.prompt is None:
        return question
    prompt = question.prompt[: match.start("tags")]
    return replace(question, prompt=Markdown(prompt), tags=tagged(question.prompt)[1])


def _whole_title(line: Line) -> str:
    text = line.text.lstrip("# ").rstrip("# ") if line.kind is not LineKind.HEADING else line.text
    return undecorated(plain(attributes(text)[0]))


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts with neighbours of one kind and reason as one."""
    return tuple(_runs(parts))


def _runs(parts: Sequence[Part]) -> Iterator[Part]:
    before: Part | None = None
    for part in sorted(parts, key=lambda part: part.first):
        if before and (before.what, before.why) == (part.what, part.why):
            last = max(part.last, before.last)
            before = replace(before, last=last, score=min(before.score, part.score))
        else:
            if before:
                yield before
            before = part
    if before:
        yield before


def _report_unanswered(found: Sequence[Question], report: Report) -> None:
    for one in found:
        if not one.answers:
            name = one.label or f'"{(one.prompt or one.title or "")[:50]}"'
            message = f"{name}: has no answer: no card is made of it"
            report(Diagnostic(one.location, Code.NO_ANSWER, message))


def _report_twins(found: Sequence[Question], report: Report) -> None:
    """Numbers that stand twice in one set, or in two sets of a document that counts through."""
    seen: dict[str, Question] = {}
    firsts = {one.section: one.label for one in reversed(found)}
    counts = Counter(firsts.values())
    restarts = any(counts[label] > 1 for label in firsts.values())
    for one in found:
        name = (one.label or "").casefold()
        before = seen.get(name) if name else None
        if before and (before.section == one.section or not restarts):
            message = f"{one.label} stands at line {before.location.first} too: two questions"
            report(Diagnostic(one.location, Code.NUMBER_TWICE, message))
        seen.setdefault(name, one)


def deck(source: Source, found: delimited.Found, title: str | None, report: Report) -> Document:
    """A file of separated values, whose rows are cards."""
    lines = delimited.lines(source)
    accounts = Accounts(source.path, lines)
    accounts.structure(*(line for line in lines if line.number in found.structure))
    accounts.content(lines)
    made = tuple(card.question(source.path, ()) for card in found.cards)
    _report_unanswered(made, report)
    name = PurePosixPath(source.path).stem.replace("-", " ").replace("_", " ").strip()
    return Document(
        path=source.path,
        title=title or name[:1].upper() + name[1:],
        own_title=title,
        reader="plain",
        accounting=accounts.close(),
        questions=made,
        parts=_joined([card.part() for card in found.cards]),
    )


# -- questions that are none by a person's word ----------------------------------------------------


def as_readings(source: Source, questions: Sequence[Question]) -> tuple[Reading, ...]:
    """The lines of ``questions``, which stand in ``source``, in their author's words; a heading is
    the title of what stands below it."""
    lines = tidy(noise.marked(source, lambda _: None)[0])
    return tuple(
        _as_reading(one, trimmed(lines[one.location.first - 1 : one.location.last]))
        for one in questions
    )


def _as_reading(question: Question, lines: Sequence[Line]) -> Reading:
    first = lines[0]
    head = replace(first, raw=unbraced(first.raw), text=unbraced(first.text))
    below = trimmed(lines[1:])
    title: str | None = None
    text = markdown((head, *lines[1:]))
    if head.kind is LineKind.HEADING:
        name, text = undecorated(plain(head.text)), markdown(below)
        title, text = (name, text) if text else (None, Markdown(name))
    return Reading(ReadingKind.STORY, title, text, question.location, question.section)
