"""Sorts the lines of each block by what they are, and claims them in the accounts.

What stands under a heading is decided by its part (``roles``) and by the shape of its bullets:
keyed bullets are questions or answers, others exercises, advice or prose.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter import lexical
from exporter.diagnostics import Report
from exporter.model import Exercise, ExerciseKind, Markdown, Question, Reading, ReadingKind
from exporter.readers.keyed.catalogue import Listed
from exporter.readers.keyed.entries import Entry, Listing, listing, split_key
from exporter.readers.keyed.headed import headed
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.roles import Role
from exporter.readers.keyed.scopes import unnumbered
from exporter.readers.keyed.tasks import is_task, task
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown, trimmed

_LISTED = (LineKind.BULLET, LineKind.NUMBERED)
_ASKING = (Role.QUESTIONS, Role.DESIGN)


@dataclass
class Piles:
    """Where the parts of a document went, each in source order."""

    asked: list[Listed] = field(default_factory=list)
    answered: list[Listed] = field(default_factory=list)
    tasks: list[Question] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    exercises: list[Exercise] = field(default_factory=list)


def unmarked(blocks: Sequence[Block], *, answers: bool) -> bool:
    """Whether no key is marked among the questions, or among the answers; only then does
    ``key: text`` make a key."""
    return not any(
        line.kind in _LISTED and split_key(line.text) is not None
        for block in blocks
        if (block.part.role is Role.ANSWERS if answers else block.part.role in _ASKING)
        for line in block.body
    )


def sort(path: str, blocks: Sequence[Block], accounts: Accounts, report: Report) -> Piles:
    """Every line of ``blocks`` on its pile."""
    piles = Piles()
    plain = {answers: unmarked(blocks, answers=answers) for answers in (False, True)}
    sections = {_folded(block) for block in blocks if block.part.role in _ASKING and block.path}
    for block in blocks:
        if block.heading is not None:
            accounts.structure(block.heading)
        role = block.part.role
        found = listing(block.body, plain=plain[role is Role.ANSWERS])
        if is_task(block):
            piles.tasks.append(task(path, block, accounts, report))
        elif role in (Role.ADVICE, Role.REFERENCE):
            kind = ReadingKind.ADVICE if role is Role.ADVICE else ReadingKind.INTRODUCTION
            _read(piles, accounts, path, block, trimmed(block.body), kind)
        elif role is Role.ANSWERS:
            single = None if _folded(block) in sections else headed(block, found)
            if single is None:
                _sort_answers(piles, accounts, path, block, found)
            else:
                accounts.content(single[0].lines)
                piles.answered.append(Listed(*single))
        else:
            _sort_entries(piles, accounts, path, block, found)
    return piles


def _folded(block: Block) -> tuple[str, ...]:
    return lexical.words(unnumbered(block.title or ""))


def _sort_answers(
    piles: Piles, accounts: Accounts, path: str, block: Block, found: Listing
) -> None:
    for paragraph in found.paragraphs:
        _read(piles, accounts, path, block, paragraph, ReadingKind.INTRODUCTION)
    for entry in found.entries:
        accounts.content(entry.lines)
        piles.answered.append(Listed(entry, block))


def _sort_entries(
    piles: Piles, accounts: Accounts, path: str, block: Block, found: Listing
) -> None:
    for paragraph in found.paragraphs:
        _read(piles, accounts, path, block, paragraph, ReadingKind.INTRODUCTION)
    keyed = any(entry.key is not None for entry in found.entries)
    notes: list[Line] = []
    for entry in found.entries:
        kind = _exercise(block.part.role, entry)
        if kind is not None:
            accounts.content(entry.lines)
            key = f"**{entry.key}**: " if entry.key else ""
            text = Markdown(f"{key}{entry.text}")
            place = location(path, entry.lines)
            piles.exercises.append(Exercise(kind, text, place, block.titles))
        elif entry.key is not None or keyed or _asks(entry):
            accounts.content(entry.lines)
            piles.asked.append(Listed(entry, block))
        elif notes and entry.lines[0].number != notes[-1].number + 1:
            _read(piles, accounts, path, block, notes, ReadingKind.INTRODUCTION)
            notes = list(entry.lines)
        else:
            notes.extend(entry.lines)
    _read(piles, accounts, path, block, notes, ReadingKind.INTRODUCTION)


def _exercise(role: Role, entry: Entry) -> ExerciseKind | None:
    if role in (Role.HANDS_ON, Role.TASKS):
        return ExerciseKind.HANDS_ON
    if role is Role.DESIGN_PRACTICE or (role is Role.DESIGN and entry.key is None):
        return ExerciseKind.DESIGN
    return None


def _asks(entry: Entry) -> bool:
    return entry.text.rstrip().endswith(("?", "？"))


def _read(
    piles: Piles,
    accounts: Accounts,
    path: str,
    block: Block,
    lines: Sequence[Line],
    kind: ReadingKind,
) -> None:
    if lines:
        accounts.content(lines)
        section = block.titles[:-1] if kind is ReadingKind.ADVICE else block.titles
        place = location(path, lines)
        piles.readings.append(Reading(kind, block.title, markdown(lines), place, section))
