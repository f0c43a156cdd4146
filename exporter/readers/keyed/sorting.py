"""Sorts the lines of each block by what they are.

What stands under a heading is decided by its part (``roles``) and by the shape of its bullets:
keyed bullets are questions or answers, others exercises, advice or prose.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import Exercise, ExerciseKind, Markdown, Reading, ReadingKind
from exporter.readers.keyed.catalogue import Listed
from exporter.readers.keyed.entries import Entry, Listing, listing, split_key
from exporter.readers.keyed.headed import headed
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.roles import Role
from exporter.readers.keyed.scopes import unnumbered
from exporter.readers.scan import LISTED, Line, location, markdown, trimmed
from exporter.text import lexical

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
