"""The outline of a keyed document: blocks of lines under their headings, each with its role.

A heading's role reaches down to its sub-headings: a section called "System design" among answers
holds answers.  A line that is bold as a whole and stands above a list counts as a heading of the
lowest level, because many authors write their sections that way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from exporter.readers.keyed import roles
from exporter.readers.keyed.entries import split_key
from exporter.readers.keyed.labels import Label, label
from exporter.readers.keyed.roles import Part, Role
from exporter.readers.scan import LISTED, Line, LineKind, bold, undecorated

_BOLD_LEVEL = 7
_LASTING = (Role.ANSWERS, Role.TASKS, Role.HANDS_ON, Role.DESIGN, Role.DESIGN_PRACTICE)
_REACHING = (*_LASTING, Role.ADVICE, Role.REFERENCE)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (None: the lines above the first) with the lines up to the next heading.

    ``titles`` and ``path`` (line numbers) name the headings down to this one, without the
    document's title.
    """

    heading: Line | None
    titles: tuple[str, ...]
    path: tuple[int, ...]
    part: Part
    body: tuple[Line, ...]

    @property
    def title(self) -> str | None:
        """The innermost title; None above the first heading."""
        return self.titles[-1] if self.titles else None


@dataclass(frozen=True, slots=True)
class Outline:
    """``title`` is the line of the document's title, None where it has none."""

    title: Line | None
    blocks: tuple[Block, ...]


def outline(lines: Sequence[Line]) -> Outline:
    """The blocks of a document, in order."""
    shaped = _with_bold_headings(_with_label_lines(_with_underlined(lines)))
    title = _title(shaped)
    blocks: list[Block] = []
    above: list[tuple[Line, Part]] = []
    start = 0
    heads = [at for at, line in enumerate(shaped) if line.kind is LineKind.HEADING]
    for at, end in zip([None, *heads], [*heads, len(shaped)], strict=True):
        heading = None if at is None else shaped[at]
        if heading is not None:
            above = [one for one in above if one[0].level < heading.level]
            if heading is not title:
                above.append((heading, _part(heading, above)))
        body = tuple(shaped[start if at is None else at + 1 : end])
        blocks.append(
            Block(
                heading,
                tuple(_name(line) for line, _ in above),
                tuple(line.number for line, _ in above),
                above[-1][1] if above else Part(Role.QUESTIONS),
                body,
            )
        )
    return Outline(title, tuple(blocks))


def _name(heading: Line) -> str:
    return undecorated(heading.text).rstrip(":：").rstrip()


def _part(heading: Line, above: Sequence[tuple[Line, Part]]) -> Part:
    title = undecorated(heading.text)
    own = roles.part(title)
    inherited = above[-1][1] if above else Part(Role.QUESTIONS)
    if inherited.role is Role.ANSWERS:
        # "Short answers" within "Answers" sets the tier anew; "Tea: answers" and "Deep learning"
        # do not.
        deeper = own is not None and own.role is Role.ANSWERS and own.word != title
        return own if own is not None and deeper else inherited
    if inherited.role in _REACHING and not (own and own.role is Role.ANSWERS):
        return inherited
    return own or Part(Role.QUESTIONS)


def _title(lines: Sequence[Line]) -> Line | None:
    """The first heading, if no other has its level or it holds nothing but prose."""
    heads = [line for line in lines if line.kind is LineKind.HEADING]
    if not heads:
        return None
    first = heads[0]
    alone = all(line.level > first.level for line in heads[1:])
    if alone and len(heads) > 1:
        return first
    if first.level > 1 or len(heads) == 1 or roles.part(undecorated(first.text)):
        return None
    end = next((line for line in heads[1:] if line.level == first.level), None)
    inner = lines[lines.index(first) : lines.index(end) if end else len(lines)]
    asks = any(line.kind in LISTED and split_key(line.text) for line in inner)
    return first if end and not asks else None


def _with_underlined(lines: Sequence[Line]) -> Sequence[Line]:
    """Headings underlined with "===", and with dashes the document's first line or as long a one;
    other dashes are rules that lack a blank line."""
    shaped = list(lines)
    top = next((at for at, line in enumerate(lines) if not line.empty), len(lines))
    for at, (line, under) in enumerate(pairwise(lines)):
        first = at <= top
        fresh = at == 0 or lines[at - 1].empty
        alike = set(under.raw.strip()) == {"-"} and abs(len(under.raw) - len(line.raw)) <= 1
        dashed = under.marker == "-" and (first or alike)
        ruled = under.kind is LineKind.RULE and (under.marker == "=" or dashed)
        if line.kind is LineKind.TEXT and fresh and ruled:
            level = 2 if dashed and not first else 1
            shaped[at] = replace(line, kind=LineKind.HEADING, level=level)
    return shaped


def _with_label_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """A task's small headings ("#### Acceptance criteria") as label lines within their task."""
    shaped = list(lines)
    heads = [at for at, line in enumerate(lines) if line.kind is LineKind.HEADING]
    for nth, at in enumerate(heads):
        level = lines[at].level
        inner = []
        for other in heads[nth + 1 :]:
            if lines[other].level <= level:
                break
            inner.append(other)
        labels = {other: label(undecorated(lines[other].text)) for other in inner}
        accepts = {Label.ACCEPTANCE, Label.REQUIREMENTS} & set(labels.values())
        if accepts and all(labels.values()):
            for other in inner:
                text = f"**{undecorated(lines[other].text)}**:"
                shaped[other] = replace(lines[other], kind=LineKind.TEXT, text=text, level=0)
    return shaped


def _heads(title: str, below: Line) -> bool:
    """Whether a bold line names a part: no label of a task, but "Answers" above keys is none."""
    return not label(title) or (roles.names_answers(title) and split_key(below.text) is not None)


def _with_bold_headings(lines: Sequence[Line]) -> tuple[Line, ...]:
    filled = [line for line in lines if not line.empty]
    places = {line.number: at for at, line in enumerate(filled)}
    shaped = []
    for at, line in enumerate(lines):
        fresh = at == 0 or lines[at - 1].empty or lines[at - 1].kind is LineKind.HEADING
        after = places[line.number] + 1 if line.number in places else len(filled)
        following = filled[after : after + 1]
        title = bold(undecorated(line.text)) or (
            bold(line.text) if line.kind is LineKind.TEXT else None
        )
        listed = following and following[0].kind in LISTED
        if (
            line.kind is LineKind.TEXT
            and fresh
            and title
            and listed
            and _heads(title, following[0])
        ):
            shaped.append(replace(line, kind=LineKind.HEADING, text=title, level=_BOLD_LEVEL))
        else:
            shaped.append(line)
    return tuple(shaped)
