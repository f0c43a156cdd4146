"""Joins the answers of a keyed document to its questions.

Answers that fit no question become entries of their own, so that nothing an author wrote is lost;
answers in the same words become one; an answer's key is kept in front of its text where the
question does not say it anyway.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter import lexical
from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.model import Answer, Kind, Markdown, Question, Tier
from exporter.readers.keyed.entries import Entry
from exporter.readers.keyed.matching import Answering, Catalogue, Match, match
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.scopes import Section
from exporter.readers.keyed.wording import Wording, weigh
from exporter.readers.scan import attributes, location

_TIERS = tuple(Tier)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry and the block it stands in."""

    entry: Entry
    block: Block


def questions(
    path: str, asked: Sequence[Listed], answered: Sequence[Listed], report: Report
) -> tuple[Question, ...]:
    """The questions of a document with their answers, and the answers of no question as entries
    of their own, in source order."""
    catalogue = _catalogue(asked, answered)
    matches = tuple(_matches(catalogue, answered))
    found: list[Question] = []
    for at, one in enumerate(asked):
        own = [answered[each.answer] for each in matches if at in each.questions]
        shared = {
            id(answered[each.answer]): [asked[other] for other in each.questions]
            for each in matches
            if at in each.questions
        }
        answers = [_answer(path, other, shared[id(other)]) for other in own]
        found.append(_question(path, one, _once(answers)))
    orphans = [(answered[each.answer], each.titles) for each in matches if not each.questions]
    found.extend(_orphans(path, orphans, report))
    _report_unanswered(found, bool(answered), report)
    return tuple(sorted(found, key=lambda question: question.location))


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
        if ats and one.block is not listed[at - 1].block:
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
    told = not key or all(set(lexical.words(key)) <= words for words in known)
    markdown = text if told else Markdown(f"**{key}**: {text}" if text else f"**{key}**")
    return Answer(
        part.tier, part.word, markdown or Markdown(key or ""), location(path, one.entry.lines)
    )


def _once(answers: Sequence[Answer]) -> list[Answer]:
    """Answers in the same words as one of the shortest tier, with its other places."""
    kept: list[Answer] = []
    for answer in sorted(answers, key=lambda one: (_TIERS.index(one.tier), one.location)):
        words = lexical.words(answer.markdown)
        same = next(
            (at for at, one in enumerate(kept) if lexical.words(one.markdown) == words), None
        )
        if same is None:
            kept.append(answer)
        else:
            one = kept[same]
            kept[same] = _at(one, answer.location)
    return sorted(kept, key=lambda one: one.location)


def _at(answer: Answer, place: Location) -> Answer:
    return Answer(
        answer.tier,
        answer.source_tier,
        answer.markdown,
        answer.location,
        tuple(sorted((*answer.also_at, place))),
    )


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
        first = group[0]
        section = titles or first.block.titles
        key = first.entry.key
        prompt = f"{section[-1]}: {key}" if section and key else key or section[-1]
        for one in group:
            place = location(path, one.entry.lines)
            message = (
                f'the answer "{one.entry.key or one.entry.text[:40]}" fits no question with '
                "certainty: it became an entry of its own; word its key as the question's"
            )
            report(Diagnostic(place, Code.ANSWER_WITHOUT_QUESTION, message))
        answers = [_answer(path, one, [one]) for one in group]
        yield Question(
            kind=Kind.QUESTION,
            label=key,
            title=None,
            prompt=Markdown(prompt),
            code=None,
            language=None,
            location=location(path, first.entry.lines),
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
