"""Entries of a list: bullets with a key (``- **key**: text``) or without one.

An entry owns its continuation lines, nested bullets and fences.  Paragraphs between lists belong to
no entry and are handed back, so that nobody loses them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from exporter.model import Markdown
from exporter.readers.keyed import roles
from exporter.readers.keyed.roles import Label, Part, Role, label
from exporter.readers.scan import LISTED, Line, LineKind, bold, markdown, trimmed, undecorated

_SEPARATED = r"(?:\s*[:：]|\s+(?:[-–—=]|[-=]>|→)(?=\s|$))"
_BOLD = re.compile(
    r"(?P<mark>\*\*\*|\*\*|__)(?P<key>(?:(?!(?P=mark)).)+)(?P=mark)"
    rf"(?P<more>\s*\([^()]*\))?(?P<after>{_SEPARATED})?\s*(?P<rest>.*)$",
    re.DOTALL,
)
_SLANTED = re.compile(
    rf"(?P<mark>[*_])(?P<key>(?:(?!(?P=mark)).)+)(?P=mark)(?P<more>\s*\([^()]*\))?"
    rf"(?P<after>{_SEPARATED})\s*(?P<rest>.*)$",
    re.DOTALL,
)
_CODE = re.compile(
    rf"(?P<key>`[^`]+`(?:\s*[/,&]\s*`[^`]+`)*)(?P<more>\s*\([^()]*\))?"
    rf"(?P<after>{_SEPARATED})\s*(?P<rest>.*)$",
    re.DOTALL,
)
_PLAIN = re.compile(
    r"(?P<key>[^\s:.!?;`*][^:.!?;`*]{0,48}?)(?P<more>\s*\([^()]*\))?(?P<after>\s*:)(?=\s|$)\s*"
    r"(?P<rest>.*)$",
    re.DOTALL,
)
_CHECK_BOX = re.compile(r"^\[[ xX]\]\s+")
_ORNAMENT = re.compile(r"^[^\w\s!-/:-@\[-`{-~“”‘’„«»¿¡–—]+\s*")
_LONGEST_KEY = 90
_MOST_PLAIN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One bullet: its key (None: it has none), what stands behind it, and its own lines."""

    key: str | None
    text: Markdown
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a block and, apart from them, its paragraphs."""

    entries: tuple[Entry, ...]
    paragraphs: tuple[tuple[Line, ...], ...]


def split_key(text: str, *, plain: bool = False) -> tuple[str, str] | None:
    """Key and rest of a bullet's text; None where it has no key.

    A colon may stand inside or outside the bold, a dash only with spaces around it.  ``plain``
    also takes ``key: text`` without marks.
    """
    bare = _ORNAMENT.sub("", _CHECK_BOX.sub("", text.strip()))
    match = _BOLD.match(bare)
    if match and match["rest"] and not match["after"] and match["key"].strip()[-1:] not in ":：.":
        return None  # bold words that go on as a sentence; "**Key:** …" and "**Key.** …" are keys
    match = match or _SLANTED.match(bare) or _CODE.match(bare)
    if not match and plain:
        match = _PLAIN.match(bare)
        if match and len(match["key"].split()) > _MOST_PLAIN_WORDS:
            return None
    if not match:
        return None
    ends = ":：" if match["after"] else ":：."
    key = match["key"].strip().rstrip(ends).strip() + (match["more"] or "")
    return (key, match["rest"].strip()) if 0 < len(key) <= _LONGEST_KEY else None


def listing(body: Sequence[Line], *, plain: bool = False) -> Listing:
    """The entries and paragraphs of a block's lines."""
    taken: list[list[Line]] = []
    loose: list[list[Line]] = []
    inside = False
    for at, line in enumerate(body):
        previous = body[at - 1] if at else None
        if line.kind is LineKind.RULE:
            inside = False
        elif _opens(line, taken[-1] if inside else None, plain=plain):
            taken.append([line])
            inside = True
        elif inside and (line.empty or _continues(line, taken[-1], previous)):
            taken[-1].append(line)
        elif not line.empty:
            inside = False
            joins = loose and previous is not None and loose[-1][-1] is previous
            loose[-1].append(line) if joins else loose.append([line])
    entries = tuple(_entry(tuple(trimmed(lines)), plain=plain) for lines in taken)
    return Listing(entries, tuple(tuple(run) for run in loose))


def _opens(line: Line, current: Sequence[Line] | None, *, plain: bool) -> bool:
    if line.kind not in LISTED:
        return False
    if current is None:
        return True
    first = current[0]
    if line.indent > first.indent + 1:
        return False
    same_kind = (line.kind is first.kind) and (
        line.kind is LineKind.NUMBERED or line.marker == first.marker
    )
    was_keyed = split_key(first.text, plain=plain) is not None
    return same_kind or not was_keyed or split_key(line.text, plain=plain) is not None


def _continues(line: Line, current: Sequence[Line], previous: Line | None) -> bool:
    """Whether a line that opens no entry belongs to the current one."""
    first = current[0]
    if line.kind in (LineKind.FENCE, LineKind.CODE, *LISTED):
        return True
    attached = previous is not None and not previous.empty
    return attached or line.indent > first.indent


def _entry(lines: tuple[Line, ...], *, plain: bool) -> Entry:
    first = lines[0]
    keyed = split_key(first.text, plain=plain)
    text = _CHECK_BOX.sub("", first.text)
    key, rest = keyed or (None, text)
    return Entry(key and undecorated(key), below(rest, lines[1:]), lines)


def below(first: str, rest: Sequence[Line]) -> Markdown:
    """The text of a bullet's first line with its dedented continuation."""
    gap = "\n\n" if rest and rest[0].empty else "\n"
    return Markdown(gap.join(part for part in (first, markdown(rest)) if part))


# -- blocks under headings -------------------------------------------------------------------------


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
    shaped = _with_bold_headings(_with_label_lines(lines))
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


# -- other ways to write a keyed list --------------------------------------------------------------


_RULED = re.compile(r"\|?\s*+:?-{2,}+:?\s*+\|\s*+:?-{2,}+:?\s*+\|?$")
_CELLS = re.compile(r"(?<!\\)\|")
_QUESTION = re.compile(
    r"\b(?:questions?|prompts?|\w*fragen?|preguntas?|domand[ae])\b", re.IGNORECASE
)
_ANSWER = re.compile(
    r"\b(?:answers?|\w*antwort(?:en)?|solutions?|réponses?|respuestas?|rispost[ae])\b",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?P<key>[^\s–—*`|-][^–—*`|:.?!]*?)(?P<dash>\s+[–—-]\s+)(?P<rest>\S.*)$")
_MOST_WORDS = 5
_FEWEST = 6


def listed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` with keyed tables and dashed bullets rewritten; the same number of lines."""
    return _dashes(_tables(_labels(tuple(lines))))


def _labels(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """In a document without headings, short lines with a colon above a list ("Answers:") as
    headings, if one of them announces answers, and the first line alone as the title."""
    filled = [line for line in lines if not line.empty]
    heads = {above.number for above, below in pairwise(filled) if _heads_list(above, below)}
    named = any(_ANSWER.search(line.text) for line in filled if line.number in heads)
    if not named or any(line.kind is LineKind.HEADING for line in filled[1:]):
        return lines
    levels = dict.fromkeys(heads, 2)
    if filled[0].kind is LineKind.TEXT and filled[1].number in heads:
        levels.setdefault(filled[0].number, 1)
    return tuple(
        replace(
            line,
            kind=LineKind.HEADING,
            level=levels[line.number],
            text=line.text.rstrip(":："),
        )
        if line.number in levels
        else line
        for line in lines
    )


def _heads_list(line: Line, below: Line) -> bool:
    short = len(line.text.split()) <= _MOST_WORDS and line.text.endswith((":", "："))
    return line.kind is LineKind.TEXT and not line.indent and short and below.kind in LISTED


def _tables(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    found = list(lines)
    for at in range(1, len(lines)):
        head = _cells(lines[at - 1])
        if head is None or not _RULED.match(lines[at].raw.strip()):
            continue
        end = at + 1
        while end < len(lines) and _cells(lines[end]):
            end += 1
        rows = [_cells(line) or ("", "") for line in lines[at + 1 : end]]
        if rows and _is_keyed(head, rows):
            found[at - 1 : at + 1] = [
                replace(each, kind=LineKind.RULE) for each in lines[at - 1 : at + 1]
            ]
            found[at + 1 : end] = map(_bullet, lines[at + 1 : end], rows)
    return tuple(found)


def _cells(line: Line) -> tuple[str, str] | None:
    """The two cells of a table's row."""
    text = line.raw.strip()
    if "|" not in text or line.kind is not LineKind.TEXT:
        return None
    cells = [
        cell.replace("\\|", "|").strip()
        for cell in _CELLS.split(text.removeprefix("|").removesuffix("|"))
    ]
    return (cells[0], cells[1]) if len(cells) == 2 else None


def _is_keyed(head: tuple[str, str], rows: Sequence[tuple[str, str]]) -> bool:
    if not all(key and text for key, text in rows) or _QUESTION.search(head[0]):
        return False
    asking = sum(text.rstrip("*_ ").endswith("?") for _, text in rows)
    return bool(_QUESTION.search(head[1]) or _ANSWER.search(head[1])) or asking * 2 > len(rows)


def _bullet(line: Line, row: tuple[str, str]) -> Line:
    key = row[0].replace("**", "").strip()
    return replace(line, kind=LineKind.BULLET, marker="-", text=f"**{key}**: {row[1]}")


def _dashes(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A list of dashes has keys where no list has bold ones, or where most of its are those of
    others."""
    heads = [line for line in lines if line.kind is LineKind.HEADING]
    if not any(roles.names_answers(line.text) for line in heads):
        return lines
    keys = {
        key[0].casefold() for line in lines if line.kind in LISTED and (key := split_key(line.text))
    }
    runs = [run for run in _runs(lines) if run and all(map(_bold, run))]
    margin = sum(line.kind in LISTED and not line.indent for line in lines)
    alone = not keys and margin == sum(map(len, runs)) >= _FEWEST
    bolder = {
        line.number: _bold(line)
        for run in runs
        if alone or sum(_named(line) in keys for line in run) * 2 > len(run)
        for line in run
    }
    return tuple(bolder.get(line.number) or line for line in lines)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The bullets at the margin under each heading."""
    run: list[Line] = []
    for line in lines:
        if line.kind is LineKind.HEADING:
            yield run
            run = []
        elif line.kind in LISTED and not line.indent:
            run.append(line)
    yield run


def _named(line: Line) -> str:
    match = _DASHED.match(line.text)
    return match["key"].casefold() if match else ""


def _bold(line: Line) -> Line | None:
    match = _DASHED.match(line.text)
    if match is None or len(match["key"].split()) > _MOST_WORDS:
        return None
    return replace(line, text=f"**{match['key']}**{match['dash']}{match['rest']}")
