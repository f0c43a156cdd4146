"""The tiered shape: sets of questions, each answered at several depths or by what its code prints.

    # SET 1 — Basics
    ## Q1: What is a stream?
    ### SHORT
    A sequence of chunks …
    ### SENIOR
    …
    END OF SET 1

``words`` knows the words, ``marks`` finds where they stand, ``outline`` decides what each mark is,
``segments``, ``answers`` and ``puzzle`` read one question.
"""

from collections import Counter
from collections.abc import Sequence

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Question, Reading, ReadingKind
from exporter.readers.draft import Draft
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown, trimmed
from exporter.readers.tiered.answers import question
from exporter.readers.tiered.folds import unfolded
from exporter.readers.tiered.marks import Form, Sort
from exporter.readers.tiered.outline import Block, Role, blocks
from exporter.readers.tiered.quotes import unquoted
from exporter.readers.tiered.segments import tiers


def detect(lines: Sequence[Line]) -> bool:
    """Whether a question stands here with a labelled tier, or with code and its output below."""
    plain = unquoted(unfolded(lines))
    return any(_is_tiered(block, plain) for block in blocks(plain))


def _is_tiered(block: Block, lines: Sequence[Line]) -> bool:
    if block.role is not Role.QUESTION:
        return False
    if any(mark.form >= Form.PLAIN or mark.means for mark in tiers(block.marks)):
        return True
    inside = lines[block.start : block.end]
    fenced = any(line.kind is LineKind.FENCE for line in inside)
    return fenced and any(mark.sort is Sort.PART for mark in block.marks)


def read(path: str, lines: Sequence[Line], accounts: Accounts, report: Report) -> Draft:
    """Questions, introductions, stories and closing words of the document, in order."""
    original, lines = lines, unquoted(unfolded(lines))
    accounts.structure(
        *(line for line, now in zip(original, lines, strict=True) if now.empty and not line.empty)
    )
    title = None
    questions: list[Question] = []
    readings: list[Reading] = []
    for block in blocks(lines):
        if block.role is Role.QUESTION:
            found, inside = question(path, lines, block, accounts, report)
            questions.append(found)
            readings += inside
        else:
            readings += _reading(path, lines, block, accounts, report)
        if block.role is Role.OPENING and block.mark:
            title = block.mark.title
    _report_twins(questions, report)
    return Draft(title=title, questions=tuple(questions), readings=tuple(readings))


_KINDS = {
    Role.OPENING: ReadingKind.INTRODUCTION,
    Role.SET: ReadingKind.INTRODUCTION,
    Role.STORY: ReadingKind.STORY,
    Role.AFTER: ReadingKind.ADVICE,
}


def _reading(
    path: str, lines: Sequence[Line], block: Block, accounts: Accounts, report: Report
) -> list[Reading]:
    """The words of a block that asks nothing, if it has any."""
    inside = lines[block.start : block.end]
    accounts.structure(*(line for line in inside if line.kind is LineKind.RULE))
    own = trimmed(inside)
    mark, head = block.mark, own[:0]
    if mark and own and own[0] is lines[mark.at]:
        if block.role is Role.STORY and not trimmed(own[1:]):
            return []  # a heading with nothing below: left unread, which is reported
        accounts.structure(own[0])
        head, own = own[:1], trimmed(own[1:])
    accounts.structure(*(line for line in own if line.kind is LineKind.HEADING))
    for stray in block.marks:
        if stray.sort is Sort.TIER and stray.form is Form.HEADING:
            message = f"{stray.title} answers no question: put a question's heading above it"
            report(Diagnostic(location(path, [lines[stray.at]]), Code.STRAY_TIER, message))
    if not own:
        return []
    accounts.content(own)
    title = mark.title if mark and block.role is not Role.AFTER else None
    place = location(path, (*head, *own) if title else own)
    return [Reading(_KINDS[block.role], title, markdown(own), place, block.section)]


def _report_twins(questions: Sequence[Question], report: Report) -> None:
    """Numbers that stand twice in one set, or in two sets of a document that counts through."""
    seen: dict[str, Question] = {}
    firsts = {asked.section: asked.label for asked in reversed(questions)}
    counts = Counter(firsts.values())
    for asked in questions:
        name = (asked.label or "").casefold()
        before = seen.get(name) if name else None
        restarts = any(counts[label] > 1 for label in firsts.values())
        if before and (before.section == asked.section or not restarts):
            message = f"{asked.label} stands at line {before.location.first} too: two questions"
            report(Diagnostic(asked.location, Code.NUMBER_TWICE, message))
        seen.setdefault(name, asked)
