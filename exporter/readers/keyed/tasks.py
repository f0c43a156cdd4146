"""Coding tasks: a heading with a goal, an example and what makes a solution acceptable.

The parts may be bullets (``- **Goal**: …``), bold lines or small headings.  What is asked becomes
the prompt, what is accepted the answer; an author's solution is an answer of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.model import Answer, Kind, Markdown, Question, Tier
from exporter.readers.inline import attributes
from exporter.readers.keyed.outline import Block, below, split_key
from exporter.readers.keyed.roles import Label, Role, label
from exporter.readers.scan import (
    LISTED,
    Accounts,
    Line,
    LineKind,
    location,
    markdown,
    trimmed,
    undecorated,
)

_NUMBER = re.compile(
    r"^(?P<label>(?:task|exercise|problem|challenge|assignment|kata|project|aufgabe|übung)\s*"
    r"#?\d+(?:\.\d+)*|[#№]?\d+(?:\.\d+)*[.)]?|[A-Z][.)])(?P<colon>\s*[:.)–—-]|)\s+(?P<title>\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines under one label; ``kind`` is None where they have none."""

    kind: Label | None
    word: str
    inline: str
    lines: tuple[Line, ...]


def is_task(block: Block) -> bool:
    """Whether a block is a coding task: goal and acceptance by structure, or one of them under a
    heading that announces tasks."""
    if block.heading is None or block.part.role in (Role.ANSWERS, Role.ADVICE, Role.REFERENCE):
        return False
    pieces = _pieces(block.body)
    kinds = [piece.kind for piece in pieces]
    answered = Label.ACCEPTANCE in kinds or Label.REQUIREMENTS in kinds
    unlabelled = sum(kind is None for kind in kinds)
    if block.part.role in (Role.TASKS, Role.HANDS_ON, Role.DESIGN_PRACTICE):
        return answered or Label.GOAL in kinds
    return answered and Label.GOAL in kinds and unlabelled < len(kinds) / 2


def task(path: str, block: Block, accounts: Accounts, report: Report) -> Question:
    """The task in ``block``; reported where nothing says what is accepted."""
    heading = block.heading
    assert heading is not None
    pieces = _pieces(block.body)
    answering = _answering(pieces)
    answers = tuple(_answer(path, piece) for piece in pieces if piece in answering)
    _claim(pieces, answering, accounts)
    name, title = _titled(heading)
    title, written = attributes(title)
    lines = trimmed((heading, *block.body))
    if not answers:
        message = f'the task "{title}" does not say what is accepted: add an Acceptance list'
        report(Diagnostic(location(path, lines), Code.TASK_WITHOUT_ACCEPTANCE, message))
    asked = [_asked(piece) for piece in pieces if piece not in answering]
    return Question(
        kind=Kind.TASK,
        label=name,
        title=title,
        prompt=Markdown(_joined(asked)) or Markdown(title),
        code=None,
        language=None,
        location=location(path, lines),
        section=block.titles[:-1],
        answers=answers,
        attributes=written,
    )


def _claim(pieces: Sequence[_Piece], answering: Sequence[_Piece], accounts: Accounts) -> None:
    """Labels of answers and small headings are structure, all else is content."""
    for piece in pieces:
        silent = piece in answering and not piece.inline
        if silent or piece.lines[0].raw.lstrip().startswith("#"):
            accounts.structure(piece.lines[0])
        accounts.content(piece.lines)


def _answering(pieces: Sequence[_Piece]) -> list[_Piece]:
    accepted = [piece for piece in pieces if piece.kind is Label.ACCEPTANCE]
    accepted = accepted or [piece for piece in pieces if piece.kind is Label.REQUIREMENTS]
    solved = [piece for piece in pieces if piece.kind is Label.SOLUTION]
    return [
        piece for piece in (*accepted, *solved) if piece.inline or len(trimmed(piece.lines[1:]))
    ]


def _answer(path: str, piece: _Piece) -> Answer:
    lines = piece.lines if piece.inline else trimmed(piece.lines[1:])
    rest = piece.lines[1:]
    place: Location = location(path, lines)
    return Answer(Tier.TASK, piece.word, below(piece.inline, rest), place)


def _asked(piece: _Piece) -> str:
    if piece.lines[0].raw.lstrip().startswith("#"):
        return f"**{piece.word}**\n\n{markdown(piece.lines[1:])}"
    return markdown(piece.lines)


def _joined(parts: Sequence[str]) -> str:
    """Bullets follow each other as one list, everything else as paragraphs."""
    text = ""
    for part in parts:
        last = text.rpartition("\n\n")[2]
        tight = part[:2] in ("- ", "* ", "+ ") and last[:2] == part[:2]
        text += f"\n{part}" if tight else f"\n\n{part}" if text else part
    return text


def _titled(heading: Line) -> tuple[str | None, str]:
    """The author's number as written ("1)", "Task 1") and the title without it."""
    text = undecorated(heading.text)
    match = _NUMBER.match(text)
    if not match:
        return None, text
    name = match["label"]
    tail = match["colon"].strip()
    return name + (tail if tail == ")" else ""), undecorated(match["title"])


def _pieces(body: Sequence[Line]) -> tuple[_Piece, ...]:
    runs: list[list[Line]] = []
    heads: list[tuple[Label | None, str, str]] = []
    base = min((line.indent for line in body if line.kind in LISTED), default=0)
    for line in body:
        head = _labelled(line, base)
        if line.kind is LineKind.RULE or (line.empty and not runs):
            continue
        if head or not runs or _begins(line, base, runs[-1], heads[-1][0]):
            runs.append([])
            heads.append(head or (None, "", ""))
        runs[-1].append(line)
    return tuple(
        _Piece(kind, word, inline, tuple(trimmed(run)))
        for (kind, word, inline), run in zip(heads, runs, strict=True)
    )


def _begins(line: Line, base: int, current: Sequence[Line], kind: Label | None) -> bool:
    """Whether a bullet without a label starts a piece of its own: not where a label line
    announces a list of just such bullets."""
    if line.kind not in LISTED or line.indent > base:
        return False
    return kind is None or (current[0].kind in LISTED and split_key(line.text) is not None)


def _labelled(line: Line, base: int) -> tuple[Label, str, str] | None:
    if line.kind not in (*LISTED, LineKind.TEXT) or line.indent > base + 1:
        return None
    keyed = split_key(line.text, plain=True)
    kind = label(keyed[0]) if keyed else None
    return (kind, keyed[0], keyed[1]) if keyed and kind else None
