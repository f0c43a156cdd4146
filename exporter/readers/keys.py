"""Answers that stand apart: a key at the end of a section or document, by number.

A key's entries are list items, lines or table rows that begin with a question's number: "1. b)",
"1-b, 2-c", "| 1 | B |".  Below headings of their own they belong to the section, or follow the
question, of that title.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exporter.model import Answer, Kind, Markdown, Question, Tier
from exporter.readers import choices
from exporter.readers.choices import Option
from exporter.readers.inline import plain
from exporter.readers.roles import Roles
from exporter.readers.scan import Accounts, Line, LineKind, location, markdown, trimmed, undecorated
from exporter.readers.tidy import tidy

_ENTRY = re.compile(
    r"[|\s]*(?:\*\*|__)?(?:q|question|frage|pregunta|pergunta|вопрос|domanda|题)?\s*#?(?P<number>\d{1,4})(?:\*\*|__)?"
    r"\s*(?:[.):：、|\]-]|[–—=→]|->)+(?:\*\*|__)?\s*(?P<text>\S.*?)[|\s]*$",
    re.IGNORECASE,
)
_PAIRS = re.compile(
    r"(?:^|[\s,;|])(?P<number>\d{1,4})\s*[.):：、=-]?\s*(?P<letter>[A-Ja-jА-К])(?=[\s,;|.)]|$)"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    scope: str
    number: int
    text: Markdown
    lines: tuple[Line, ...]


def answered(
    path: str, roles: Roles, found: Sequence[Question], accounts: Accounts
) -> tuple[Question, ...]:
    """``found`` with the answers that a key gives to those without one."""
    entries = [
        entry for first, last in roles.keys for entry in _entries(roles, first, last, accounts)
    ]
    entries += _inline_entries(roles, accounts)
    if not entries:
        return tuple(found)
    scoped: dict[tuple[str, int], _Entry] = {}
    for entry in entries:
        scoped.setdefault((entry.scope, entry.number), entry)
    counts = _counts(entries)
    return tuple(_with_key(path, one, nth, found, scoped, counts) for nth, one in enumerate(found))


_INLINE = re.compile(
    r"[^:：]{2,60}[:：]\s*[*_]*\s*(?P<pairs>(?:\d{1,4}\s*[-.):=]?\s*[A-Ja-jА-Ка-к](?![\w])[\s,;/|]*)+)[.*_]*$"
)


def inline(line: Line) -> str | None:
    """The pairs of a line that is a key as a whole: "**Solutions part A:** 1b, 2a"."""
    if line.kind is not LineKind.TEXT or not any(char.isdigit() for char in line.text[-12:]):
        return None
    match = _INLINE.match(line.text)
    return match["pairs"] if match else None


def without_inline(lines: Sequence[Line], tidied: tuple[Line, ...]) -> tuple[Line, ...]:
    """``tidied`` with keys of one line read as blank."""
    places = [at for at, line in enumerate(lines) if inline(line)]
    if not places:
        return tidied
    changed = list(tidied)
    for at in places:
        changed[at] = replace(changed[at], raw="", text="", kind=LineKind.BLANK)
    return tuple(changed)


def _inline_entries(roles: Roles, accounts: Accounts) -> list[_Entry]:
    found = []
    title = ""
    heads = {one.at: one for one in roles.heads}
    for at, line in enumerate(roles.lines):
        if at in heads:
            title = _folded(line.text)
        if pairs := inline(line):
            accounts.content([line])
            for number, letter in _PAIRED.findall(pairs):
                found.append(_Entry(title, int(number), Markdown(letter), (line,)))
    return found


_PAIRED = re.compile(r"(\d{1,4})\s*[-.):=]?\s*([A-Ja-jА-Ка-к])")


def _counts(entries: Sequence[_Entry]) -> Mapping[int, int]:
    counts: dict[int, int] = {}
    for entry in entries:
        counts[entry.number] = counts.get(entry.number, 0) + 1
    return counts


def _entries(roles: Roles, first: int, last: int, accounts: Accounts) -> Iterator[_Entry]:
    """The entries of one key, each with the folded title of the heading it stands under."""
    lines = tidy(roles.lines[first:last])
    accounts.structure(roles.lines[first])
    scope = ""
    runs: list[tuple[str, int, str, list[Line]]] = []
    for line in lines[1:]:
        number_text = _numbered(line)
        if line.kind is LineKind.HEADING:
            accounts.structure(roles.lines[line.number - 1])
            counted = _ENTRY.match(undecorated(line.text))
            if counted and len(counted["text"]) < 4:
                runs.append((scope, int(counted["number"]), counted["text"], [line]))
            else:
                scope = _folded(line.text)
        elif len(pairs := _PAIRS.findall(line.text)) > 1 and line.kind is not LineKind.CODE:
            accounts.content([roles.lines[line.number - 1]])
            runs += [(scope, int(number), letter, [line]) for number, letter in pairs]
        elif number_text:
            accounts.content([roles.lines[line.number - 1]])
            runs.append((scope, number_text[0], number_text[1], [line]))
        elif runs and (
            line.empty
            or line.indent
            or runs[-1][3][-1].number == line.number - 1
            or line.kind in (LineKind.CODE, LineKind.FENCE, LineKind.TEXT)
        ):
            runs[-1][3].append(line)
            accounts.content([roles.lines[line.number - 1]])
    for where, number, text, own in runs:
        kept = tuple(trimmed(own))
        below = markdown(kept[1:])
        yield _Entry(where, number, Markdown("\n".join(filter(None, (text, below)))), kept)


def _numbered(line: Line) -> tuple[int, str] | None:
    if line.kind is LineKind.NUMBERED:
        return int(line.marker[:-1]), line.text
    if line.kind in (LineKind.TEXT, LineKind.BULLET) and (match := _ENTRY.match(line.text)):
        return int(match["number"]), match["text"]
    return None


def _folded(title: str) -> str:
    return re.sub(r"[\W_]+", " ", undecorated(plain(title))).strip().casefold()


def _with_key(
    path: str,
    one: Question,
    nth: int,
    found: Sequence[Question],
    scoped: Mapping[tuple[str, int], _Entry],
    counts: Mapping[int, int],
) -> Question:
    if one.answers:
        return one
    digits = re.findall(r"\d+", one.label or "")
    if not digits or len(digits[-1]) > 9:
        return one
    number = int(digits[-1])
    names = [_folded(title) for title in reversed(one.section)]
    names += [_folded(other.prompt or "") for other in reversed(found[max(0, nth - 8) : nth])]
    names.append("")
    entry = next((scoped[name, number] for name in names if (name, number) in scoped), None)
    if entry is None:
        only = (
            [other for (_, n), other in scoped.items() if n == number]
            if counts.get(number) == 1
            else []
        )
        entry = only[0] if only else None
    return _answered(path, one, entry) if entry else one


def _answered(path: str, one: Question, entry: _Entry) -> Question:
    place = location(path, entry.lines)
    if not one.choices:
        return replace(one, answers=(Answer(Tier.MEDIUM, "", entry.text, place),))
    options = [
        Option(chr(ord("A") + at), choice.markdown, ()) for at, choice in enumerate(one.choices)
    ]
    head, _, below = str(entry.text).partition("\n")
    if "|" in head:
        head, _, said = head.partition("|")
        below = f"{said.strip(' |')}\n{below}"
    right = choices.named(head.strip(), options)
    if not right:
        return one
    texts = [str(options[at].text) for at in right]
    chosen = texts[0] if len(texts) == 1 else "\n".join(f"- {text}" for text in texts)
    text = "\n\n".join(part for part in (chosen, below.strip()) if part)
    tier = Tier.OUTPUT if one.kind is Kind.OUTPUT else Tier.MEDIUM
    return replace(
        one,
        choices=tuple(replace(choice, right=at in right) for at, choice in enumerate(one.choices)),
        answers=(Answer(tier, "", Markdown(text), place),),
    )
