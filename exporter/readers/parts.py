"""Which parts a document has, and what reads each: questions, a plan, topics, a catalogue.

``document`` reads whatever asks, and as readings what asks nothing.  Beside it stand readers for
plans, topics, and catalogues with answers elsewhere; each has ``detect`` and ``read`` over the same
outline.  A document that mixes them is divided: a plan is taken out where questions or topics stand
outside it, sections of boxes to tick are taken out where none of their lines asks.  What is taken
out reads as blank to the others, so that lines keep their numbers and nothing is read twice.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.model import Exercise, Part, Question, Reading, Topic
from exporter.readers import dayplan, document, keyed, topics
from exporter.readers.document import Found
from exporter.readers.draft import Draft
from exporter.readers.outline import Opener
from exporter.readers.roles import Hints, Roles
from exporter.readers.scan import Accounts, Line, LineKind


class Reader(Protocol):
    """What reads one kind of part."""

    def detect(self, roles: Roles) -> bool:
        """Whether the lines are of that kind."""
        ...

    def read(self, path: str, roles: Roles, accounts: Accounts, report: Report) -> Draft:
        """What the lines hold; claims in ``accounts`` every line it understood."""
        ...


READERS: Mapping[str, Reader] = {  # the first that recognises a document reads it
    "keyed": keyed,
    "dayplan": dayplan,
    "guide": topics.GUIDE,
    "checklist": topics.CHECKLIST,
}
NAMES = ("tiered", "plain", *READERS, "none")
"""What ``reader`` in pack.toml may say; "tiered" and "plain" read whatever asks."""

_SHAPES: Mapping[str, tuple[str, str]] = {
    "keyed": ("bullets with keys, their answers in lists of their own", "keyed bullets"),
    "dayplan": ("days that follow one another", ""),
    "checklist": ("numbered or ticked topics in categories", ""),
    "guide": ("areas with labelled lists of topics", ""),
}
"""Why a reader takes a part, and how lines are written that ask there."""

_BOXES = 3  # boxes to tick that make a section of topics
_ASKING = 3  # questions outside a plan that are no part of it, though none has an answer


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document: the name of what reads it, what is known of its lines, and why."""

    name: str
    found: Found
    why: str = ""


def divided(lines: Sequence[Line], hints: Hints) -> tuple[Piece, ...]:
    """The parts of a document, the main one first."""
    found = document.find(lines, hints)
    shapes = _Shapes(found.roles)
    name = found.name if hints.asks else hints.reader or _detected(found, shapes)
    main = Piece(name, found, "pack.toml says so" if hints.reader == name else "")
    if hints.reader in READERS or name in ("keyed", "none"):
        return (main,)
    planned = shapes.has("dayplan") and _with_plan(lines, main, hints)
    return planned or _with_boxes(lines, main, hints)


@dataclass(slots=True)
class _Shapes:
    """Which readers recognise the lines of a document, each asked once at most."""

    roles: Roles
    known: dict[str, bool] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        if name not in self.known:
            self.known[name] = READERS[name].detect(self.roles)
        return self.known[name]

    def names(self) -> tuple[str, ...]:
        return tuple(name for name in READERS if self.has(name))


def shapes(found: Found) -> tuple[str, ...]:
    """The names of all that could read a document."""
    names = _Shapes(found.roles).names()
    return (found.name, *names) if found.asks else names


def _detected(found: Found, shapes: _Shapes) -> str:
    """The name of what reads a document as a whole: what asks and is answered decides; a plan, a
    catalogue, a checklist or a guide is what does not."""
    asked, answered = found.asks, found.answered
    if asked and answered >= 2 and answered * 2 >= asked:
        if found.tiered:
            return found.name
        return next((one for one in ("keyed", "dayplan") if shapes.has(one)), found.name)
    fixed = shapes.has("keyed") or shapes.has("dayplan")
    if asked >= 2 and found.items_ask and not fixed:
        return "plain"
    return next((one for one in READERS if shapes.has(one)), "plain" if asked else "none")


def _with_plan(lines: Sequence[Line], main: Piece, hints: Hints) -> tuple[Piece, ...]:
    """A plan and the document around it, where that holds questions or topics of its own."""
    first, last = dayplan.span(main.found.roles)
    rest = document.find(_without(lines, [(first, last)]), hints)
    inside = main.found.asks - rest.asks
    if main.name != "dayplan" and inside * 2 > main.found.asks:
        return ()  # its days are sections of questions
    name = _detected(rest, _Shapes(rest.roles))
    asks = name == rest.name and (rest.answered > 0 or rest.asks >= _ASKING)
    if not asks and (name not in READERS or topics.boxes(rest.roles.lines) < _BOXES):
        return ()
    plan = Piece("dayplan", document.find(lines[first:last], hints))
    others = _with_boxes(rest.roles.lines, Piece(name, rest), hints)
    return (*others, plan)


def _with_boxes(lines: Sequence[Line], main: Piece, hints: Hints) -> tuple[Piece, ...]:
    """A document of questions and, apart, those of its sections that hold boxes to tick."""
    if main.name != main.found.name or not topics.boxes(lines):
        return (main,)
    sections = [(one.at, one.end) for one in _silent(main.found) if _ticked(lines, one)]
    if not sections:
        return (main,)
    rest = document.find(_without(lines, sections), hints)
    lists = [Piece("checklist", document.find(lines[at:end], hints)) for at, end in sections]
    return (replace(main, found=rest), *lists)


def _silent(found: Found) -> Iterator[Opener]:
    """The outermost sections of a document in which nothing asks."""
    busy = [(one.opener.at, one.end) for one in found.asked]
    busy = sorted([*busy, *((card.first - 1, card.last) for card in found.cards)])
    starts = [first for first, _ in busy]
    until = 0
    for head in found.roles.heads:
        nth = bisect_left(starts, head.at)
        inside = nth < len(starts) and starts[nth] < head.end
        within = nth > 0 and busy[nth - 1][1] > head.at
        if head is not found.roles.title and head.at >= until and not (inside or within):
            until = head.end
            yield head


def _ticked(lines: Sequence[Line], head: Opener) -> bool:
    """Whether a section holds boxes to tick and no other entries."""
    inner = [line for line in lines[head.at + 1 : head.end] if not line.empty]
    listed = sum(line.kind in (LineKind.BULLET, LineKind.NUMBERED) for line in inner)
    ticked = topics.boxes(inner)
    return ticked >= _BOXES and ticked * 2 > listed


def _without(lines: Sequence[Line], taken: Sequence[tuple[int, int]]) -> tuple[Line, ...]:
    """``lines`` with those between the indexes ``taken`` read as blank."""
    found = list(lines)
    for first, last in taken:
        found[first:last] = [
            line if line.empty else replace(line, kind=LineKind.SKIPPED, marker="part")
            for line in lines[first:last]
        ]
    return tuple(found)


def read(path: str, pieces: Sequence[Piece], accounts: Accounts, report: Report) -> Draft:
    """All that the parts of a document hold, in order."""
    drafts = [_read(path, piece, accounts, report) for piece in pieces]
    if len(drafts) == 1:
        return drafts[0]
    return Draft(
        title=next((one.title for one in drafts if one.title), None),
        questions=tuple(sorted((q for one in drafts for q in one.questions), key=_place)),
        topics=tuple(sorted((t for one in drafts for t in one.topics), key=_place)),
        readings=tuple(sorted((r for one in drafts for r in one.readings), key=_place)),
        exercises=tuple(sorted((e for one in drafts for e in one.exercises), key=_place)),
        plan=next((one.plan for one in drafts if one.plan), None),
        parts=tuple(sorted((p for one in drafts for p in one.parts), key=lambda p: p.first)),
    )


def _place(found: Question | Topic | Reading | Exercise) -> Location:
    return found.location


def _read(path: str, piece: Piece, accounts: Accounts, report: Report) -> Draft:
    lines = piece.found.roles.lines
    if piece.name in READERS:
        draft = READERS[piece.name].read(path, piece.found.roles, accounts, report)
        return replace(draft, parts=_part(piece, lines))
    if all(line.empty for line in lines):
        message = "holds nothing to read: write into it, or take it away"
        report(Diagnostic(Location(path, 1, max(1, len(lines))), Code.EMPTY_DOCUMENT, message))
        return Draft()
    silent = replace(piece.found, asked=(), cards=()) if piece.name == "none" else piece.found
    return document.read(path, silent, accounts, report)


def _part(piece: Piece, lines: Sequence[Line]) -> tuple[Part, ...]:
    said = [line.number for line in lines if not line.empty]
    if not said:
        return ()
    why, form = _SHAPES[piece.name]
    return (Part(piece.name, said[0], said[-1], 1.0, piece.why or why, form),)
