"""The keyed shape: a catalogue of questions by section, and its answers in lists of their own.

Questions are bullets ``- **key**: text`` under section headings; answers are bullets under a
heading that announces them, worded and keyed as their author liked.  Exercises, design prompts and
coding tasks may stand between them.  Which answer belongs to which question is decided by
``matching``; everything else is reading the outline.
"""

import re
from collections.abc import Sequence

from exporter.diagnostics import Report
from exporter.readers.draft import Draft
from exporter.readers.keyed.catalogue import questions, sort, unmarked, with_repeats
from exporter.readers.keyed.outline import Block, Entry, listed, listing, outline
from exporter.readers.keyed.roles import Role
from exporter.readers.keyed.tasks import is_task, task
from exporter.readers.roles import Roles
from exporter.readers.scan import Accounts, Line, LineKind, undecorated

_FEWEST = 3
_BOX = re.compile(r"(?:\[[ xX✓✔]?\]|[^\w\s*_`“\"'‘(\[<>|.,:;!?$@#/-]\ufe0f?)\s")
_FEWEST_ALONE = 8
_DATED = re.compile(r"(?:day|week|tag|woche)\s+\d", re.IGNORECASE)
_SPEAKING = ("question", "interview", "quiz", "exam", "prompt", "frage", "prüfung")


def detect(roles: Roles) -> bool:
    """Whether keyed bullets make up the document's questions, with answers in parts of their own
    or, without any, in several sections of a document that speaks of questions."""
    parts = outline(listed(roles.lines))
    blocks = with_repeats(parts.blocks)
    plain = unmarked(blocks, answers=False)
    asked: list[Entry] = []
    sections: set[int] = set()
    filled = 0
    for block in blocks:
        if block.part.role in (Role.QUESTIONS, Role.DESIGN) and not is_task(block):
            keyed = [one for one in listing(block.body, plain=plain).entries if one.key is not None]
            asked.extend(keyed)
            filled += sum(not line.empty for line in block.body)
            sections.update(block.path[-1:] if keyed else ())
    own = sum(not line.empty for entry in asked for line in entry.lines)
    # The same few keys under each heading are labels ("Study", "Practice"), not questions.
    keys = {(entry.key or "").casefold() for entry in asked}
    if own * 2 < filled or len(asked) < _FEWEST or len(keys) * 2 < len(asked):
        return False
    if _answered(blocks) >= _FEWEST:
        return True
    if _ticked(roles.lines) or any(_DATED.match(title) for b in blocks for title in b.titles):
        return False  # topics to tick, a plan's days
    titles = [
        parts.title.text if parts.title else "",
        *(title for b in blocks for title in b.titles),
    ]
    speaks = any(word in title.casefold() for title in titles for word in _SPEAKING)
    return speaks and not plain and len(asked) >= _FEWEST_ALONE and len(sections) > 1


def _ticked(lines: Sequence[Line]) -> bool:
    """Whether every bullet at the margin has a box to tick, and most of them ask nothing."""
    margin = [line for line in lines if line.kind is LineKind.BULLET and not line.indent]
    asking = sum(line.text.rstrip("*_ ").endswith("?") for line in margin)
    return all(_BOX.match(line.text) for line in margin) and asking * 2 < len(margin)


def _answered(blocks: Sequence[Block]) -> int:
    """How many answers have a key, or a heading for one."""
    plain = unmarked(blocks, answers=True)
    answers = [block for block in blocks if block.part.role is Role.ANSWERS]
    lists = [listing(block.body, plain=plain) for block in answers]
    keyed = sum(entry.key is not None for found in lists for entry in found.entries)
    return keyed or sum(bool(found.paragraphs) for found in lists)


def read(path: str, roles: Roles, accounts: Accounts, report: Report) -> Draft:
    """The questions with their answers, tasks, exercises and prose of a keyed document."""
    lines = listed(roles.lines)
    parts = outline(lines)
    blocks = with_repeats(parts.blocks)
    accounts.structure(*(line for line in lines if line.kind is LineKind.RULE))
    accounts.structure(*(block.heading for block in blocks if block.heading is not None))
    tasks = [task(path, block, accounts, report) for block in blocks if is_task(block)]
    piles = sort(path, [block for block in blocks if not is_task(block)])
    accounts.content(piles.lines)
    matched = questions(path, piles.asked, piles.answered, report)
    found = (*matched.questions, *tasks)
    readings = (*piles.readings, *matched.readings)
    return Draft(
        title=undecorated(parts.title.text) if parts.title else None,
        questions=tuple(sorted(found, key=lambda question: question.location)),
        readings=tuple(sorted(readings, key=lambda reading: reading.location)),
        exercises=piles.exercises,
    )
