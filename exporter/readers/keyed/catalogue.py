"""Joins the answers of a keyed document to its questions.

Answers that fit no question become entries of their own, so that nothing an author wrote is lost;
answers in the same words become one; an answer's key is kept in front of its text where the
question does not say it anyway.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter import lexical
from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Answer, Kind, Markdown, Question, Reading, ReadingKind, Tier
from exporter.readers.inline import attributes
from exporter.readers.keyed.entries import Entry
from exporter.readers.keyed.matching import Answering, Catalogue, Match, match
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.roles import names_answers
from exporter.readers.keyed.scopes import Section, unnumbered
from exporter.readers.keyed.wording import COUNTED, Wording, weigh
from exporter.readers.scan import location

_TIERS = tuple(Tier)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry and the block it stands in."""

    entry: Entry
    block: Block


@dataclass(frozen=True, slots=True)
class Matched:
    """``readings`` are answers without a key that fit no question: nothing would be asked."""

    questions: tuple[Question, ...]
    readings: tuple[Reading, ...]


def questions(
    path: str, asked: Sequence[Listed], answered: Sequence[Listed], report: Report
) -> Matched:
    """The questions of a document with their answers, and the answers of no question as entries
    of their own, in source order."""
    matches = tuple(_matches(_catalogue(asked, answered), answered))
    found: list[Question] = []
    for at, one in enumerate(asked):
        own = [each for each in matches if at in each.questions]
        answers = [
            (_answer(path, answered[each.answer], [asked[other] for other in each.questions]), each)
            for each in own
        ]
        texts = [(answer, answered[each.answer].entry.text) for answer, each in answers]
        found.append(_question(path, one, _once(texts)))
    left = [(answered[each.answer], each.titles) for each in matches if not each.questions]
    found.extend(_orphans(path, [one for one in left if one[0].entry.key is not None], report))
    _report_unanswered(found, bool(answered), report)
    readings = [_reading(path, one, report) for one, _ in left if one.entry.key is None]
    return Matched(tuple(found), tuple(readings))


def _reading(path: str, one: Listed, report: Report) -> Reading:
    place = location(path, one.entry.lines)
    message = (
        f'the answer "{one.entry.text[:40]}" has no key and fits no question with certainty: '
        "it is kept as a reading; put its question's key in front of it"
    )
    report(Diagnostic(place, Code.ANSWER_WITHOUT_KEY, message))
    return Reading(ReadingKind.UNREAD, None, one.entry.text, place, one.block.titles)


def _catalogue(asked: Sequence[Listed], answered: Sequence[Listed]) -> Catalogue:
    questions = tuple(
        Wording(one.entry.key or "", one.entry.text, one.block.title or "") for one in asked
    )
    answers = tuple(Wording(one.entry.key or "", one.entry.text) for one in answered)
    sections = tuple(
        Section(block.titles, block.path, tuple(ats)) for block, ats in _by_block(asked)
    )
    return Catalogue(questions, sections, answers, weigh((*questions, *answers)))


def _by_block(listed: Sequence[Listed]) -> Iterator[tuple[Block, list[int]]]:
    ats: list[int] = []
    for at, one in enumerate(listed):
        if ats and one.block != listed[at - 1].block:
            yield listed[at - 1].block, ats
            ats = []
        ats.append(at)
    if ats:
        yield listed[-1].block, ats


def _matches(catalogue: Catalogue, answered: Sequence[Listed]) -> Iterator[Match]:
    """Matches of each answers part by itself: the order of one says nothing about another's."""
    parts: dict[tuple[Tier, str], list[Answering]] = {}
    for block, ats in _by_block(answered):
        part = parts.setdefault((block.part.tier, block.part.word), [])
        part.append(Answering(block, tuple(ats)))
    if not catalogue.questions:
        titles = {at: one.block.titles for at, one in enumerate(answered)}
        yield from (Match(at, (), path) for at, path in titles.items())
        return
    for lists in parts.values():
        yield from match(catalogue, lists)


def _question(path: str, one: Listed, answers: Sequence[Answer]) -> Question:
    prompt, written = attributes(one.entry.text)
    return Question(
        kind=Kind.QUESTION,
        label=one.entry.key,
        title=None,
        prompt=Markdown(prompt or one.entry.key or ""),
        code=None,
        language=None,
        location=location(path, one.entry.lines),
        section=one.block.titles,
        answers=tuple(answers),
        attributes=written,
    )


def _answer(path: str, one: Listed, asked: Sequence[Listed]) -> Answer:
    part = one.block.part
    key, text = one.entry.key, one.entry.text
    known = [set(lexical.words(f"{other.entry.key or ''} {other.entry.text}")) for other in asked]
    told = (
        not key
        or bool(COUNTED.fullmatch(key))
        or all(set(lexical.words(key)) <= words for words in known)
    )
    markdown = text if told else Markdown(f"**{key}**: {text}" if text else f"**{key}**")
    return Answer(
        part.tier, part.word, markdown or Markdown(key or ""), location(path, one.entry.lines)
    )


def _once(answers: Sequence[tuple[Answer, str]]) -> list[Answer]:
    """Answers with their texts: those in the same words become the one of the shortest tier, which
    names the other places."""
    kept: dict[tuple[str, ...], Answer] = {}
    for answer, text in sorted(
        answers, key=lambda one: (_TIERS.index(one[0].tier), one[0].location)
    ):
        words = lexical.words(text)
        first = kept.setdefault(words, answer)
        if first is not answer:
            places = tuple(sorted((*first.also_at, answer.location)))
            kept[words] = replace(first, also_at=places)
    return sorted(kept.values(), key=lambda one: one.location)


def _orphans(
    path: str, orphans: Sequence[tuple[Listed, tuple[str, ...]]], report: Report
) -> Iterator[Question]:
    """An entry for each answer of no question; answers of two lists with one key share it."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Listed]] = {}
    for one, titles in orphans:
        named = lexical.words(one.entry.key or one.entry.text)
        groups.setdefault((titles, named), []).append(one)
    for (titles, _), group in groups.items():
        group.sort(key=lambda one: one.entry.lines[0].number)
        for one in group:
            place = location(path, one.entry.lines)
            message = (
                f'the answer "{one.entry.key}" fits no question with certainty: it became an '
                "entry of its own; word its key as the question's"
            )
            report(Diagnostic(place, Code.ANSWER_WITHOUT_QUESTION, message))
        yield _own_entry(path, group, titles or group[0].block.titles)


def _own_entry(path: str, group: Sequence[Listed], section: tuple[str, ...]) -> Question:
    key = group[0].entry.key
    title = unnumbered(section[-1]) if section and not names_answers(section[-1]) else ""
    answers = [(_answer(path, one, [one]), one.entry.text) for one in group]
    return Question(
        kind=Kind.QUESTION,
        label=key,
        title=None,
        prompt=Markdown(f"{title}: {key}" if title else key or ""),
        code=None,
        language=None,
        location=location(path, group[0].entry.lines),
        section=section,
        answers=tuple(_once(answers)),
    )


def _report_unanswered(found: Sequence[Question], any_answers: bool, report: Report) -> None:
    unanswered = [question for question in found if not question.answers]
    if not any_answers and unanswered:
        message = f"none of the {len(unanswered)} questions has an answer: they get no card"
        report(Diagnostic(unanswered[0].location, Code.NO_ANSWERS, message))
        return
    for question in unanswered:
        name = question.label or question.prompt
        message = f'no answer was found for "{name}": it gets no card; add one to an answers part'
        report(Diagnostic(question.location, Code.QUESTION_WITHOUT_ANSWER, message))
