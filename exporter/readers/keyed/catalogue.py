"""Joins the answers of a keyed document to its questions.

Answers that fit no question become entries of their own, so that nothing an author wrote is lost;
answers in the same words become one; an answer's key is kept in front of its text where the
question does not say it anyway.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exporter import lexical
from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import (
    Answer,
    Exercise,
    ExerciseKind,
    Kind,
    Markdown,
    Question,
    Reading,
    ReadingKind,
    Tier,
)
from exporter.readers.inline import attributes
from exporter.readers.keyed import roles
from exporter.readers.keyed.matching import (
    Answering,
    Catalogue,
    Match,
    Section,
    alike,
    match,
    unnumbered,
)
from exporter.readers.keyed.outline import Block, Entry, Listing, listing, split_key
from exporter.readers.keyed.roles import Part, Role, names_answers
from exporter.readers.keyed.words import COUNTED, Wording, weigh
from exporter.readers.scan import LISTED, Line, location, markdown, trimmed

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


# -- answers under headings of their own -----------------------------------------------------------


def headed(block: Block, found: Listing) -> tuple[Entry, Block] | None:
    """The answer that ``block`` is, and the block of the section it stands in; else None.

    A heading that itself announces answers introduces them with its paragraphs; and a heading
    with a keyed list below it is a section.  One that a question section shares is for the caller.
    """
    title = block.title
    lines = tuple(trimmed(block.body))
    if block.part.role is not Role.ANSWERS or title is None or not lines:
        return None
    if names_answers(title) or any(entry.key is not None for entry in found.entries):
        return None
    section = replace(block, titles=block.titles[:-1], path=block.path[:-1], body=(), heading=None)
    return Entry(title, markdown(lines), lines), section


# -- what each line of a block is ------------------------------------------------------------------


_ASKING = (Role.QUESTIONS, Role.DESIGN)


@dataclass(frozen=True, slots=True)
class Piles:
    """Where the parts of a document or block went, each in source order; ``lines`` are those that
    stand in the model by that."""

    asked: tuple[Listed, ...] = ()
    answered: tuple[Listed, ...] = ()
    readings: tuple[Reading, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    lines: tuple[Line, ...] = ()

    def __add__(self, other: "Piles") -> "Piles":
        return Piles(
            self.asked + other.asked,
            self.answered + other.answered,
            self.readings + other.readings,
            self.exercises + other.exercises,
            self.lines + other.lines,
        )


def unmarked(blocks: Sequence[Block], *, answers: bool) -> bool:
    """Whether no key is marked among the questions, or among the answers; only then does
    ``key: text`` make a key."""
    return not any(
        line.kind in LISTED and split_key(line.text) is not None
        for block in blocks
        if (block.part.role is Role.ANSWERS if answers else block.part.role in _ASKING)
        for line in block.body
    )


def sort(path: str, blocks: Sequence[Block]) -> Piles:
    """Every line of ``blocks``, which hold no tasks, on its pile."""
    plain = {answers: unmarked(blocks, answers=answers) for answers in (False, True)}
    sections = {_folded(block) for block in blocks if block.part.role in _ASKING and block.path}
    piles = Piles()
    for block in blocks:
        role = block.part.role
        found = listing(block.body, plain=plain[role is Role.ANSWERS])
        if role in (Role.ADVICE, Role.REFERENCE):
            piles += _read(path, block, trimmed(block.body))
        elif role is Role.ANSWERS:
            shared = _folded(block) in sections
            piles += _answers(path, block, found, shared=shared)
        else:
            piles += _entries(path, block, found)
    return piles


def _folded(block: Block) -> tuple[str, ...]:
    return lexical.words(unnumbered(block.title or ""))


def _answers(path: str, block: Block, found: Listing, *, shared: bool) -> Piles:
    """``shared``: the heading is that of a question section, so it is no answer's key."""
    single = None if shared else headed(block, found)
    if single is not None:
        return Piles(answered=(Listed(*single),), lines=single[0].lines)
    piles = _paragraphs(path, block, found)
    for entry in found.entries:
        piles += Piles(answered=(Listed(entry, block),), lines=entry.lines)
    return piles


def _entries(path: str, block: Block, found: Listing) -> Piles:
    piles = _paragraphs(path, block, found)
    keyed = any(entry.key is not None for entry in found.entries)
    notes: tuple[Line, ...] = ()
    for entry in found.entries:
        kind = _exercise(block.part.role, entry)
        if kind is not None:
            key = f"**{entry.key}**: " if entry.key else ""
            place = location(path, entry.lines)
            exercise = Exercise(kind, Markdown(f"{key}{entry.text}"), place, block.titles)
            piles += Piles(exercises=(exercise,), lines=entry.lines)
        elif keyed or _asks(entry):
            piles += Piles(asked=(Listed(entry, block),), lines=entry.lines)
        elif notes and entry.lines[0].number != notes[-1].number + 1:
            piles += _read(path, block, notes)
            notes = entry.lines
        else:
            notes += entry.lines
    return piles + _read(path, block, notes)


def _exercise(role: Role, entry: Entry) -> ExerciseKind | None:
    if role in (Role.HANDS_ON, Role.TASKS):
        return ExerciseKind.HANDS_ON
    if role is Role.DESIGN_PRACTICE or (role is Role.DESIGN and entry.key is None):
        return ExerciseKind.DESIGN
    return None


def _asks(entry: Entry) -> bool:
    return entry.text.rstrip().endswith(("?", "？"))


def _paragraphs(path: str, block: Block, found: Listing) -> Piles:
    return sum((_read(path, block, lines) for lines in found.paragraphs), Piles())


def _read(path: str, block: Block, lines: Sequence[Line]) -> Piles:
    """Lines that ask and answer nothing, as one reading."""
    if not lines:
        return Piles()
    advice = block.part.role is Role.ADVICE
    kind = ReadingKind.ADVICE if advice else ReadingKind.INTRODUCTION
    section = block.titles[:-1] if advice else block.titles
    reading = Reading(kind, block.title, markdown(lines), location(path, lines), section)
    return Piles(readings=(reading,), lines=tuple(lines))


# -- questions that are answered by sections of the same titles ------------------------------------


_FEWEST_AGAIN = 2
_SHORTENED = 0.5
_SPOKEN = ("question", "prompt", "frage", "quiz")


def with_repeats(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks``, those of repeating parts marked as answers."""
    seen: dict[tuple[str, ...], str] = {}
    repeating: set[int] = set()
    parts: dict[int, list[Block]] = {}
    for block in blocks:
        if len(block.path) > 1 and block.part.role in (Role.QUESTIONS, Role.DESIGN):
            parts.setdefault(block.path[0], []).append(block)
    for top, inner in parts.items():
        if _repeats(inner, seen):
            repeating.add(top)
        else:
            titles = (unnumbered(block.titles[-1]) for block in inner)
            seen.update((lexical.words(title), title) for title in titles)
    return tuple(
        replace(block, part=_as_answers(block))
        if block.path[:1] and block.path[0] in repeating
        else block
        for block in blocks
    )


def _repeats(inner: Sequence[Block], seen: Mapping[tuple[str, ...], str]) -> bool:
    first = inner[0].titles[0]
    if any(word in first.casefold() for word in _SPOKEN):
        return False
    titles = [unnumbered(block.titles[-1]) for block in inner]
    again = sum(lexical.words(title) in seen for title in titles)
    if roles.names_depth(first):
        weights = lexical.weigh(lexical.terms(other) for other in seen.values())
        again = sum(
            lexical.words(title) in seen
            or any(alike(title, other, weights) >= _SHORTENED for other in seen.values())
            for title in titles
        )
    if again < _FEWEST_AGAIN or 2 * again < len(inner):
        return False
    entries = [entry for block in inner for entry in listing(block.body).entries]
    asking = sum(entry.text.rstrip().endswith("?") for entry in entries)
    return 3 * asking < len(entries)


def _as_answers(block: Block) -> Part:
    tier, word = roles.depth(block.titles[0])
    return Part(Role.ANSWERS, tier, word)
