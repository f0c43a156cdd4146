"""Answers to choose from: where a list of options stands, and which of them are right.

Options are boxes (``- [x]``), letters or numbers, one a line or several on one, each with the lines
and code below it.  The right ones are ticked, marked (bold among plain ones, ✓), named by a line
"Answer: B", or by a key elsewhere (``questions``).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.model import Markdown
from exporter.readers.inline import plain
from exporter.readers.scan import LISTED, Line, LineKind, bold, markdown, undecorated

_LATIN, _CYRILLIC, _ARABIC = "ABCDEFGHIJ", "АБВГДЕЖЗИК", "أبجدهوزح"
_ALPHABETS = (_LATIN, _CYRILLIC, "АБВГДЕЁЖЗИ", _ARABIC, "①②③④⑤⑥⑦⑧⑨⑩")
_TWINS = str.maketrans("АВСЕНавсе", "ABCEHabce")
_BOX = re.compile(r"\[(?P<tick>[ xX✓✔]?)\]\s*(?![(\[])")
_BOX_BEHIND = re.compile(r"\s+\[(?P<tick>[ xX✓✔]?)\]\s*$")
_RIGHT = re.compile(
    r"\s*(?:[✓✔✅☑]\ufe0f?|[(\[](?:correct(?: answer)?|right|richtig|correcta?|correcto"
    r"|верно|правильно|vrai"
    r"|corretto|corretta|正确|正解)[)\]]|←\s*(?:correct|right).*)\s*$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:(?P<yes>[✅✓✔])|[❌✗✘✖])\ufe0f?\s+")
_LEADING_TICK = re.compile(r"^[✓✔✅☑]\ufe0f?\s*")
_LETTER = re.compile(
    r"(?P<open>[(\[]?)(?:\*\*|__|\*|_)?[(\[]?(?P<letter>[A-Ja-jА-Ка-кأبجدهوزح①-⑩])(?:"
    r"(?P<sign>[.):：、．\]]|\s*[-–—](?=\s))(?:\*\*|__|\*|_)?[).:]?|(?:\*\*|__)(?P<late>[.):：]))"
    r"(?P<gap>\s+|(?=[^\x00-\x7f\s])|(?=[`*$\"'<\\\[])|(?=[^\W\d_a-z])|(?=\d)|$)(?P<text>.*)$"
)
_SEVERAL = re.compile(r"(?:^|\s{2,}|\t|(?<=[,;])\s|\s\|\s*|(?<=\S)\s)(?=\(?[A-Ea-e][.)]\s*\S)")
_MOST = 12
_LONGEST = 1000  # characters of an option's line


@dataclass(frozen=True, slots=True)
class Option:
    """One option: ``letter`` is upper case, "" where it has none; ``ticked`` None without a box."""

    letter: str
    text: Markdown
    lines: tuple[Line, ...]
    ticked: bool | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Options that belong together on the lines from index ``first`` to before ``last``."""

    first: int
    last: int
    options: tuple[Option, ...]


def folded(letter: str) -> str:
    """An option's letter as it is compared: upper case, Cyrillic look-alikes as typed."""
    return letter.upper()


def _may_open(line: Line) -> bool:
    """Whether a line may begin an option: a quoted one with a list's mark or a letter."""
    if line.kind not in (*LISTED, LineKind.TEXT, LineKind.QUOTE) or len(line.text) > _LONGEST:
        return False
    listed = line.text.startswith(("- ", "* ", "(", "["))
    return line.kind is not LineKind.QUOTE or listed or _LETTER.match(line.text) is not None


def _head(line: Line) -> Option | None:
    """The option that a line begins."""
    if not _may_open(line):
        return None
    text = line.text
    if line.kind is LineKind.QUOTE or text.startswith(("-[", "*[")):
        text = re.sub(r"^[-*+]\s*", "", text)
    ticked = None
    if box := _BOX.match(text):
        ticked = box["tick"].strip() != ""
        text = text[box.end() :]
    elif line.kind is LineKind.BULLET and (box := _BOX_BEHIND.search(text)):
        ticked = box["tick"].strip() != ""
        text = text[: box.start()]
    if line.kind is LineKind.BULLET and ticked is None and (sign := _SIGN.match(text)):
        ticked = sign["yes"] is not None
        text = text[sign.end() :]
    marked = bool(_RIGHT.search(text) or _LEADING_TICK.match(text))
    text = _LEADING_TICK.sub("", _RIGHT.sub("", text))
    whole = bold(text)
    match = _LETTER.match(whole or text)
    if match and match["letter"]:
        inner = match["text"].strip()
        if whole is not None:
            marked = True
        elif bold(inner):
            marked, inner = True, bold(inner) or inner
        return Option(match["letter"].upper(), Markdown(inner), (line,), ticked, marked)
    if ticked is None:
        return None
    return Option("", Markdown(whole or text), (line,), ticked, marked or whole is not None)


def runs(lines: Sequence[Line]) -> Iterator[Run]:
    """Every run of at least two options, in order."""
    at = 0
    while at < len(lines):
        found = _run(lines, at)
        if found:
            yield found
            at = found.last
        else:
            at += 1


def _run(lines: Sequence[Line], first: int) -> Run | None:
    opened = _head(lines[first])
    if opened is None:
        return _on_one_line(lines, first)
    if opened.letter and not _first_letter(opened.letter):
        return None
    found = [opened]
    at, last = first + 1, first + 1
    while at < len(lines) and len(found) <= _MOST:
        line = lines[at]
        if line.empty:
            at += 1
            continue
        following = _head(line)
        if following and _follows(found, following, line):
            found.append(following)
        elif _continues(found[-1], line, lines[at - 1], at - last):
            found[-1] = replace(found[-1], lines=(*found[-1].lines, *lines[last:at], line))
        else:
            break
        at += 1
        last = at
    if len(found) < 2:
        return _on_one_line(lines, first)
    found, last = _without_key(found, last)
    return Run(first, last, _emphasised(tuple(map(_whole, found))))


def _without_key(found: list[Option], last: int) -> tuple[list[Option], int]:
    """Code at the margin below the last option alone is a key or an example, no part of it."""
    *others, final = found
    fences = [at for at, line in enumerate(final.lines) if line.kind is LineKind.FENCE]
    if not fences or any(len(one.lines) > 1 for one in others):
        return found, last
    first = final.lines[fences[0]]
    if first.indent > final.lines[0].indent:
        return found, last
    kept = final.lines[: fences[0]]
    return [*others, replace(final, lines=kept)], last - (len(final.lines) - len(kept))


def _emphasised(found: tuple[Option, ...]) -> tuple[Option, ...]:
    """``found`` with bold taken as a mark only where some are bold and others not."""
    if all(one.marked for one in found):
        return tuple(replace(one, marked=False) for one in found)
    return found


def _first_letter(letter: str) -> bool:
    return any(letter == alphabet[0] for alphabet in _ALPHABETS)


def _follows(found: Sequence[Option], option: Option, line: Line) -> bool:
    before = found[-1]
    if line.kind is not found[0].lines[0].kind and LineKind.TEXT not in (
        line.kind,
        found[0].lines[0].kind,
    ):
        return False
    if (before.ticked is None) != (option.ticked is None) and not option.letter:
        return False
    if not before.letter and not option.letter:
        return line.indent == found[0].lines[0].indent
    for alphabet in _ALPHABETS:
        if option.letter in alphabet and before.letter in alphabet:
            at = alphabet.index(option.letter)
            if at == len(found) and alphabet.index(before.letter) == at - 1:
                return True
    return False


def _continues(option: Option, line: Line, above: Line, distance: int) -> bool:
    """Whether a line that begins no option goes on with the one above it."""
    first = option.lines[0]
    if line.kind in (LineKind.CODE, LineKind.FENCE):
        return distance == 0 or line.indent > first.indent or above.kind is LineKind.CODE
    if line.kind in (LineKind.HEADING, LineKind.RULE) or line.text.startswith("<"):
        return False
    if line.indent > first.indent and line.kind is not LineKind.QUOTE:
        return first.kind in LISTED or distance == 0
    return False


def _whole(option: Option) -> Option:
    if len(option.lines) == 1:
        return option
    below = markdown(option.lines[1:])
    gap = "\n\n" if option.lines[1].kind in (LineKind.FENCE, LineKind.BLANK) else "\n"
    return replace(option, text=Markdown(f"{option.text}{gap}{below}".strip()))


def _on_one_line(lines: Sequence[Line], at: int) -> Run | None:
    """``A) one  B) two  C) three`` on one line."""
    line = lines[at]
    if line.kind not in (LineKind.TEXT, *LISTED) or len(line.text) > 600:
        return None
    parts = [part.strip(" \t|,;") for part in _SEVERAL.split(line.text) if part.strip(" \t|,;")]
    matches = [_LETTER.match(part) for part in parts]
    if len(parts) < 3 or not all(matches):
        return None
    letters = [match["letter"].upper() for match in matches if match]
    if letters != list(_LATIN[: len(letters)]):
        return None
    options = tuple(
        Option(match["letter"].upper(), Markdown(match["text"].strip()), (line,))
        for match in matches
        if match
    )
    return Run(at, at + 1, options)


def listed(lines: Sequence[Line], first: int, last: int) -> Run | None:
    """The first plain list between two indexes as options: one line each, no letters."""
    at = first
    while at < last and lines[at].kind not in LISTED:
        if lines[at].kind in (LineKind.FENCE, LineKind.CODE) or lines[at].kind is LineKind.HEADING:
            return None
        at += 1
    start, found = at, []
    while at < last and lines[at].kind in LISTED:
        text = lines[at].text
        whole = bold(text)
        found.append(Option("", Markdown(whole or text), (lines[at],), marked=whole is not None))
        at += 1
    return Run(start, at, tuple(found)) if 2 <= len(found) <= _MOST else None


def fenced_key(lines: Sequence[Line], run: Run, last: int) -> tuple[Option, ...] | None:
    """The options of ``run`` with those ticked that code directly below them repeats."""
    below = [line for line in lines[run.last : last] if not line.empty]
    if not below or below[0].kind is not LineKind.FENCE:
        return None
    inner = []
    for line in below[1:]:
        if line.kind is LineKind.FENCE:
            break
        inner.append(line.text)
    wanted = {_bare(text) for text in inner if text.strip()}
    ticked = tuple(replace(one, ticked=_bare(one.text) in wanted) for one in run.options)
    hits = sum(bool(one.ticked) for one in ticked)
    return ticked if 0 < hits == len(wanted) else None


_KEY = re.compile(
    r"(?:(?:option|choice|letter|answer|la|las|die|вариант|opción|opção)s?\s+)?[*_`(\[]*"
    r"(?P<letters>[A-Ja-jА-Ка-кأبجدهوزح①-⑩](?:\s*(?:[,;/&+、，]|\band\b|\bund\b|\by\b|\bet\b|\be\b|и|\s)\s*"
    r"[A-Ja-jА-Ка-кأبجدهوزح①-⑩](?![\w]))*)[*_`]*(?:[)\].:：、．,;]|\s*[-–—]\s|[*_`]*\s*$|(?=\s*\())[*_`]*"
)


_LETTERS = (
    r"(?P<letters>[A-J](?:\s*[,;/&+、，]\s*[A-J](?!\w)|\s+(?:and|und|y|et|e|и)\s+[A-J](?!\w))*)"
)
_AFTER_COLON = re.compile(rf"[^:：\n]{{0,40}}[:：]\s*[*_`(\[]*{_LETTERS}[*_`)\]]*(?:[.:,;]|\s*$)")
_ENDS = re.compile(
    r"[^\n]{0,40}?(?:\s(?:is|es|est|ist|è|é|هي|هو|option|opción|buchstabe)\s+|[是は为])[*_`(\[]*"
    r"(?P<letters>[A-J])[*_`)\].]*\s*$"
)
_SEVERAL_KEYS = re.compile(
    r"(?:[^:：\n]{0,40}[:：]\s*)?[*_`(\[]*(?P<letters>[A-J](?:\s*(?:[,;/&+、，]|and|und|y|et|e|и)\s*[A-J](?!\w))+)"
    r"(?=\W|$)"
)


def named(text: str, options: Sequence[Option]) -> tuple[int, ...]:
    """Indexes of the options that a key's text names: "B", "B) One yellow", "A, C", "Bowline"."""
    stripped = undecorated(plain(text)).replace("**", "")
    letters = [one.letter for one in options]
    match = _KEY.match(stripped) or _SEVERAL_KEYS.match(stripped) or _AFTER_COLON.match(stripped)
    match = match or _ENDS.match(stripped)
    if match:
        wanted = re.findall(r"[A-Ja-jА-Ка-кأبجدهوزح①-⑩](?![^\W_])", match["letters"])
        places = [_place(letter, letters) for letter in wanted]
        if places and all(place is not None for place in places):
            return tuple(sorted({place for place in places if place is not None}))
    return _by_text(stripped, options)


def _place(letter: str, letters: Sequence[str]) -> int | None:
    """The option of that letter; where options have none, by its place in the alphabet."""
    upper = letter.upper()
    if upper in letters:
        return letters.index(upper)
    twin = upper.translate(_TWINS)
    if twin in letters:
        return letters.index(twin)
    if not any(letters):
        for alphabet in _ALPHABETS:
            if upper in alphabet and alphabet.index(upper) < len(letters):
                return alphabet.index(upper)
    return None


def _by_text(text: str, options: Sequence[Option]) -> tuple[int, ...]:
    number = re.fullmatch(r"\(?(\d)[).]?", text)
    if number and not any(one.letter for one in options) and 0 < int(number[1]) <= len(options):
        return (int(number[1]) - 1,)
    wanted = _bare(text)
    return tuple(at for at, one in enumerate(options) if wanted and _bare(one.text) == wanted)


def _bare(text: str) -> str:
    return re.sub(r"[\s*_`.]+", " ", plain(text)).strip().casefold()
