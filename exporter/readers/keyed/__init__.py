"""The keyed shape: a catalogue of questions by section, and its answers in lists of their own.

Questions are bullets ``- **key**: text`` under section headings; answers are bullets under a
heading that announces them, worded and keyed as their author liked.  Exercises, design prompts and
coding tasks may stand between them.  Which answer belongs to which question is decided by
``matching``; everything else is reading the outline.
"""

from collections.abc import Sequence

from exporter.diagnostics import Report
from exporter.model import Exercise, ExerciseKind, Markdown, Question, Reading, ReadingKind
from exporter.readers.draft import Draft
from exporter.readers.keyed.catalogue import Listed, questions
from exporter.readers.keyed.entries import Entry, Listing, listing, split_key
from exporter.readers.keyed.outline import Block, Outline, outline
from exporter.readers.keyed.roles import Role
from exporter.readers.keyed.tasks import is_task, task
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown, trimmed, undecorated

_FEWEST = 3
_FEWEST_ALONE = 8
_LISTED = (LineKind.BULLET, LineKind.NUMBERED)


def detect(lines: Sequence[Line]) -> bool:
    """Whether keyed bullets make up the document's questions, with answers in parts of their own
    or, without any, in several sections of a document that speaks of questions."""
    asked: list[Entry] = []
    spread: set[int] = set()
    answered = filled = 0
    parts = outline(lines)
    for block in parts.blocks:
        found = listing(block.body)
        keyed = [entry for entry in found.entries if entry.key is not None]
        if block.part.role is Role.ANSWERS:
            answered += len(keyed)
        elif block.part.role in (Role.QUESTIONS, Role.DESIGN) and not is_task(block):
            asked.extend(keyed)
            filled += sum(not line.empty for line in block.body)
            spread.update(block.path[-1:] if keyed else ())
    own = sum(not line.empty for entry in asked for line in entry.lines)
    if own * 2 < filled or len(asked) < _FEWEST:
        return False
    if answered >= _FEWEST:
        return True
    return len(asked) >= _FEWEST_ALONE and len(spread) > 1 and _speaks_of_questions(parts)


def _speaks_of_questions(parts: Outline) -> bool:
    words = ("question", "interview", "quiz", "exam", "prompt", "frage", "prüfung")
    titles = [parts.title.text if parts.title else ""]
    titles += [title for block in parts.blocks for title in block.titles]
    return any(word in title.casefold() for title in titles for word in words)


def read(path: str, lines: Sequence[Line], accounts: Accounts, report: Report) -> Draft:
    """The questions with their answers, tasks, exercises and prose of a keyed document."""
    parts = outline(lines)
    desk = _Desk(path, accounts, plain=not _bold_keys(parts))
    for line in lines:
        if line.kind is LineKind.RULE:
            accounts.structure(line)
    tasks: list[Question] = []
    for block in parts.blocks:
        if block.heading is not None:
            accounts.structure(block.heading)
        if is_task(block):
            tasks.append(task(path, block, accounts, report))
        else:
            desk.sort(block)
    found = (*questions(path, desk.asked, desk.answered, report), *tasks)
    return Draft(
        title=undecorated(parts.title.text) if parts.title else None,
        questions=tuple(sorted(found, key=lambda question: question.location)),
        readings=tuple(desk.readings),
        exercises=tuple(desk.exercises),
    )


def _bold_keys(parts: Outline) -> bool:
    """Whether keys are marked at all; only where they are not does ``key: text`` make a key."""
    return any(
        line.kind in _LISTED and split_key(line.text) is not None
        for block in parts.blocks
        if block.part.role is Role.QUESTIONS
        for line in block.body
    )


class _Desk:
    """Sorts the lines of each block by what they are, and claims them."""

    def __init__(self, path: str, accounts: Accounts, *, plain: bool) -> None:
        self.path = path
        self.accounts = accounts
        self.plain = plain
        self.asked: list[Listed] = []
        self.answered: list[Listed] = []
        self.readings: list[Reading] = []
        self.exercises: list[Exercise] = []

    def sort(self, block: Block) -> None:
        """Put every entry and paragraph of ``block`` where it belongs."""
        role = block.part.role
        if role in (Role.ADVICE, Role.REFERENCE):
            self._whole(block)
            return
        found = listing(block.body, plain=self.plain)
        keyed = sum(entry.key is not None for entry in found.entries)
        for paragraph in found.paragraphs:
            self._prose(block, paragraph, ReadingKind.INTRODUCTION)
        for entry in found.entries:
            if role is Role.ANSWERS:
                self._take(self.answered, entry, block)
            elif role in (Role.HANDS_ON, Role.TASKS):
                self._exercise(ExerciseKind.HANDS_ON, entry, block)
            elif role is Role.DESIGN_PRACTICE or (role is Role.DESIGN and entry.key is None):
                self._exercise(ExerciseKind.DESIGN, entry, block)
            elif entry.key is not None or _asks(entry) or keyed:
                self._take(self.asked, entry, block)
        if role is Role.QUESTIONS and not keyed:
            self._notes(block, found)

    def _take(self, pile: list[Listed], entry: Entry, block: Block) -> None:
        self.accounts.content(entry.lines)
        pile.append(Listed(entry, block))

    def _exercise(self, kind: ExerciseKind, entry: Entry, block: Block) -> None:
        self.accounts.content(entry.lines)
        key = f"**{entry.key}**: " if entry.key else ""
        text = Markdown(f"{key}{entry.text}")
        place = location(self.path, entry.lines)
        self.exercises.append(Exercise(kind, text, place, block.titles))

    def _notes(self, block: Block, found: Listing) -> None:
        """A list that asks nothing: kept as one reading."""
        lines = [line for entry in found.entries if not _asks(entry) for line in entry.lines]
        if lines:
            self._prose(block, lines, ReadingKind.INTRODUCTION)

    def _whole(self, block: Block) -> None:
        lines = trimmed(block.body)
        kind = ReadingKind.ADVICE if block.part.role is Role.ADVICE else ReadingKind.INTRODUCTION
        if lines:
            self._prose(block, lines, kind)

    def _prose(self, block: Block, lines: Sequence[Line], kind: ReadingKind) -> None:
        self.accounts.content(lines)
        place = location(self.path, lines)
        section = block.titles[:-1] if kind is ReadingKind.ADVICE else block.titles
        self.readings.append(Reading(kind, block.title, markdown(lines), place, section))


def _asks(entry: Entry) -> bool:
    return entry.text.rstrip().endswith(("?", "？"))
