"""A question of a tiered document: its prompt, its code and what stands under its tiers.

Decisions where authors leave a gap: words between the heading and the first tier belong to the
prompt; words under a titled heading without any tier are taken as its answer (on the front they
would give the answer away, left out they would be lost) and reported; a heading as high as the
tiers that is none ends the tier above and is kept as a reading, since its words under the tier
above might be another depth's answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Answer, Kind, Markdown, Question, Reading, ReadingKind, Tier
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown, trimmed
from exporter.readers.tiered.marks import Form, Mark, Sort
from exporter.readers.tiered.outline import Block
from exporter.readers.tiered.puzzle import asks, code_labels, is_puzzle, puzzle
from exporter.readers.tiered.segments import Segment, cut, fences, strangers, tiers
from exporter.readers.tiered.words import Part


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's block: its heading's mark and its lines without blanks at the end."""

    path: str
    block: Block
    mark: Mark
    lines: tuple[Line, ...]
    report: Report

    def tell(self, code: Code, message: str, lines: Sequence[Line]) -> None:
        name = self.mark.label or f'"{self.mark.title[:50]}"'
        place = location(self.path, lines)
        self.report(Diagnostic(place, code, f"{name}: {message}"))


def question(
    path: str, lines: Sequence[Line], block: Block, accounts: Accounts, report: Report
) -> tuple[Question, tuple[Reading, ...]]:
    """The question of one block, and the readings that stand inside it."""
    assert block.mark is not None
    inside = lines[block.start : block.end]
    own = tuple(trimmed(inside))
    accounts.structure(*(line for line in inside if line.kind is LineKind.RULE))
    asked = Asked(path, block, block.mark, own, report)
    opened = tiers(block.marks)
    parts = [mark for mark in block.marks if mark.sort is Sort.PART]
    if opened and not _states_output(asked, parts, opened):
        return _tiered(asked, _with_answers(parts, opened), accounts)
    segments = cut(own, block.start, sorted((*parts, *opened), key=lambda mark: mark.at))
    if is_puzzle(asked.mark.title, segments[0].lines, parts):
        return _puzzle(asked, segments, accounts), ()
    return _untiered(asked, cut(own, block.start, parts[:1]), accounts), ()


def _states_output(asked: Asked, parts: Sequence[Mark], opened: Sequence[Mark]) -> bool:
    """Whether a question with tiers is a puzzle all the same: its code's output comes first."""
    first = parts[0] if parts else None
    if first is None or first.means is not Part.OUTPUT or first.at > opened[0].at:
        return False
    return bool(fences(asked.lines[: first.at - asked.block.start]))


def _with_answers(parts: Sequence[Mark], opened: Sequence[Mark]) -> tuple[Mark, ...]:
    """The tiers, and before them a label "Answer", under which another answer may stand."""
    return (*(mark for mark in parts if mark.at < opened[0].at), *opened)


def _tiered(
    asked: Asked, opened: Sequence[Mark], accounts: Accounts
) -> tuple[Question, tuple[Reading, ...]]:
    strange = strangers(asked.block.marks, opened)
    places = sorted((*opened, *strange), key=lambda mark: mark.at)
    lead, *segments = cut(asked.lines, asked.block.start, places)
    _claim(asked, (lead, *segments), accounts)
    answers, readings = [], []
    for segment in segments:
        mark = segment.mark
        assert mark is not None
        label = asked.lines[mark.at - asked.block.start]
        if not segment.text and mark.sort is Sort.TIER:
            asked.tell(
                Code.EMPTY_TIER,
                f"nothing stands under {mark.title}: fill it or take it out",
                [label],
            )
        elif not segment.text:
            continue
        elif any(mark.at == other.at for other in opened):
            answers.append(_answer(asked.path, segment))
        else:
            readings.append(_reading(asked, segment))
    twice = {answer.tier for answer in answers if _count(answers, answer.tier) > 1}
    for tier in sorted(twice):
        asked.tell(Code.TIER_TWICE, f"has two {tier} answers; both go on its card", asked.lines[:1])
    return _question(asked, lead.lines, tuple(answers)), tuple(readings)


def _count(answers: Sequence[Answer], tier: Tier) -> int:
    return sum(answer.tier is tier for answer in answers)


def _answer(path: str, segment: Segment) -> Answer:
    mark = segment.mark
    assert mark is not None
    tier = mark.means if isinstance(mark.means, Tier) else Tier.MEDIUM
    return Answer(tier, mark.title, segment.text, location(path, segment.lines))


def _reading(asked: Asked, segment: Segment) -> Reading:
    mark = segment.mark
    assert mark is not None
    message = (
        f'"{mark.title}" is no tier: kept as a reading; call it short, medium or senior, '
        "or give it a lower heading to make it part of the tier above"
    )
    asked.tell(Code.UNKNOWN_TIER, message, segment.lines[:1])
    section = (*asked.block.section, asked.mark.title or asked.mark.label or "")
    place = location(asked.path, segment.lines)
    return Reading(ReadingKind.ADVICE, mark.title, segment.text, place, section)


def _puzzle(asked: Asked, segments: Sequence[Segment], accounts: Accounts) -> Question:
    accounts.structure(*code_labels(segments[0].lines))
    _claim(asked, segments, accounts)
    found = puzzle(asked.path, segments)
    if found.answer and found.answer.output is None:
        message = "says nowhere what its code prints; add a line Output: with it"
        asked.tell(Code.NO_OUTPUT, message, asked.lines)
    answers = (found.answer,) if found.answer else ()
    if asked.mark.title and not asks(asked.mark.title):
        made = _made(asked, Kind.OUTPUT, found.detail, found.code, found.language, answers)
        return replace(made, title=asked.mark.title)
    prompt = _joined(asked, found.detail)
    return _made(asked, Kind.OUTPUT, prompt, found.code, found.language, answers)


def _untiered(asked: Asked, segments: Sequence[Segment], accounts: Accounts) -> Question:
    _claim(asked, segments, accounts)
    lead, *rest = segments
    if rest and rest[0].text:
        mark = rest[0].mark
        assert mark is not None
        place = location(asked.path, rest[0].lines)
        answer = Answer(Tier.MEDIUM, mark.title, rest[0].text, place)
        return _question(asked, lead.lines, (answer,))
    prompt, below = _split(asked, lead.lines)
    if not below:
        return _question(asked, prompt, ())
    message = "has no tier; taken as a medium answer: put SHORT, MEDIUM or SENIOR above it"
    asked.tell(Code.NO_TIER, message, below)
    answer = Answer(Tier.MEDIUM, "", markdown(below), location(asked.path, below))
    return _question(asked, prompt, (answer,))


def _split(asked: Asked, lead: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Prompt and answer of lines under no tier: all are the answer, but for a paragraph that asks,
    or under a heading without a title, where the first paragraph is the prompt."""
    if not lead or (asked.mark.title and not _asks(lead)):
        return (), lead
    first: list[Line] = []
    for line in lead:
        if line.empty:
            break
        first.append(line)
    return first, trimmed(lead[len(first) :])


def _asks(lead: Sequence[Line]) -> bool:
    paragraph = []
    for line in lead:
        if line.empty:
            break
        paragraph.append(line.text)
    return " ".join(paragraph).rstrip("*_ ").endswith("?")


def _question(asked: Asked, detail: Sequence[Line], answers: tuple[Answer, ...]) -> Question:
    return _made(asked, Kind.QUESTION, _joined(asked, markdown(detail)), None, None, answers)


def _made(
    asked: Asked,
    kind: Kind,
    prompt: str,
    code: str | None,
    language: str | None,
    answers: tuple[Answer, ...],
) -> Question:
    if not prompt and not code:
        prompt = asked.mark.label or ""
        asked.tell(
            Code.NO_PROMPT, "asks nothing; write the question behind its number", asked.lines
        )
    if not answers:
        asked.tell(Code.NO_ANSWER, "has no answer: no card is made of it", asked.lines)
    return Question(
        kind=kind,
        label=asked.mark.label,
        title=None,
        prompt=Markdown(prompt) if prompt else None,
        code=code,
        language=language,
        location=location(asked.path, asked.lines),
        section=asked.block.section,
        answers=answers,
        attributes=asked.mark.attributes,
    )


def _joined(asked: Asked, detail: str) -> str:
    """Title and the words below it; a plain question's next line goes on with it."""
    below = asked.lines[1:2]
    goes_on = asked.mark.form is not Form.HEADING and below and not below[0].empty
    separator = "\n" if goes_on and detail.startswith(below[0].text[:1]) else "\n\n"
    return separator.join(part for part in (asked.mark.title, detail) if part)


def _claim(asked: Asked, segments: Sequence[Segment], accounts: Accounts) -> None:
    """Headings and labels are structure, all else of a question is content."""
    bare = {segment.mark.at for segment in segments if segment.mark and not segment.rest}
    for at, line in enumerate(asked.lines, asked.block.start):
        label = at in bare
        if label or line.kind is LineKind.HEADING:
            accounts.structure(line)
        else:
            accounts.content([line])
