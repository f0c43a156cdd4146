"""What a puzzle's author says it prints, found in the words after its code.

The stated output stands under a label of its own or at the end of the explanation ("Possible:" and
the line after it).  Where several outputs are possible they are told apart only if the author says
so or if they are the same words in another order: a program may well print "yes or no".
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import Output
from exporter.readers.scan import Line, LineKind, bold, location, trimmed

_UNSURE = re.compile(
    r"non-?\s?determinis|indeterminis|undeterministic|unpredictable"
    r"|nicht (?:deterministisch|garantiert|festgelegt)"
    r"|not (?:\w+ )?(?:guaranteed|deterministic|fixed|predictable|defined)|no guarantee"
    r"|isn['’]t (?:guaranteed|deterministic|fixed)|cannot be predicted"
    r"|depend(?:s|ing) on (?:the )?timing"
    r"|race condition|\bvar(?:y|ies)\b|(?<![.\w])random(?:ly|i[sz]ed)?\b(?![.(\w])"
    r"|\b(?:may|might|could)\b[^.\n]*\b(?:first|order|either|differ|change|before)\b"
    r"|\b(?:may|might|could|can) (?:print|log|output|be)\b[^.\n]*\bor\b"
    r"|\border (?:may|might|can|could)\b|\beither\b[^.\n]*\bor\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:outside|unlike|otherwise|normally|usually|whereas|elsewhere|but here|however)\b", re.I
)
_STATED = re.compile(
    r"(?:so,?\s+|thus,?\s+|therefore,?\s+)?(?:the\s+)?"
    r"(?:(?:final|possible|expected|actual|printed|full|resulting|stated)\s+)*"
    r"(?:(?P<order>order)|output|result|print|log|possible|possibilit(?:y|ie)|ausgabe)s?"
    r"(?:\s+(?:order|output|is|are|will be|can be|either|therefore))*\s*[:：=→]\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_OR_ELSE = re.compile(r"(?:or|oder|alternatively|sometimes)\b[^:`]{0,60}:$", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\s*,?\s+\bor\b:?\s+|\s+(?:/|\|)\s+|\s*,?\s+\boder\b\s+", re.IGNORECASE)
_FRAME = re.compile(r"(?P<lead>[^()]*)\((?P<inner>[^()]*)\)\s*[.]?$", re.DOTALL)
_QUALIFIER = re.compile(r"\s*(?:[,;:–—]|\s-)\s+[^,;:–—\n]+$")
_LEAD = re.compile(
    r"(?:(?:the\s+)?(?:possible\s+)?(?:outputs?|results?)(?:\s+(?:is|are|will be))?\s*[:：]?\s+"
    r"|(?:it\s+)?(?:prints|logs)\s*[:：]?\s+|either\s+|possible\s*[:：]\s*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Lines that state an output; ``rest`` is its text where they say more; ``partly`` tells that
    other words stand beside it that explain."""

    lines: tuple[Line, ...]
    rest: str = ""
    partly: bool = False


def stated_in(explanation: Sequence[Line], code: str) -> Stated | None:
    """The output at the end of an explanation: the last "Possible:", "Output: …" and its lines.

    An "Order:" may be one of queues; it is an output only if ``code`` has all its words.
    """
    for at in range(len(explanation) - 1, -1, -1):
        line = explanation[at]
        if line.kind not in (LineKind.TEXT, LineKind.BULLET):
            continue
        match = _STATED.match(bold(line.text) or line.text)
        text = line.text.replace("*", "")
        match = match or _STATED.match(text)
        if not match:
            continue
        rest = match["rest"].strip()
        first = (line,) if rest else tuple(first_block(trimmed(explanation[at + 1 :])))
        stated = Stated(first, rest)
        if first and (not match["order"] or _all_in(_texts(stated), code)):
            return stated
    return said_in(explanation)


_QUOTED = r"(?:`[^`]+`|\"[^\"]+\"|“[^“”]+”)"
_SENTENCE = re.compile(
    r"(?:(?:so|thus),?\s+)?(?:(?:it|this|the (?:code|program|snippet))\s+)?"
    r"(?:(?:the\s+)?(?:(?:possible|final|printed)\s+)?outputs?\s+(?:is|are|will be|can be)"
    r"|prints|logs|outputs|displays|die ausgabe ist)\s+(?:either\s+)?"
    rf"(?P<rest>{_QUOTED}(?:(?:\s*,\s*|\s+)"
    rf"(?:(?:and then|then|followed by|and|or|oder|dann|und)\s+)?{_QUOTED})*)"
    r"(?P<aside>\s*\([^()]*\))?(?:[.!](?P<more>\s.*)?)?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[`\"“]|\b(?:then|next|after|afterwards|later|finally|dann|danach)\b", re.I)


def said_in(lines: Sequence[Line]) -> Stated | None:
    """The output that the one sentence of its kind says in so many words: "Prints `2` then `1`.",
    "Output is "a b" or "b a" (either order)"."""
    found = [
        (line, match)
        for line in lines
        if line.kind is LineKind.TEXT and (match := _SENTENCE.match(bold(line.text) or line.text))
    ]
    if len(found) != 1:
        return None
    line, match = found[0]
    more = (match["more"] or "").strip()
    if _GOES_ON.search(more):
        return None
    parts = re.findall(_QUOTED, match["rest"])
    either = len(re.findall(r"\b(?:or|oder)\b", re.sub(_QUOTED, "", match["rest"]), re.IGNORECASE))
    text = match["rest"]
    if len(parts) == either + 1:
        text = " or ".join(part[1:-1] for part in parts)
    return Stated((line,), text + (match["aside"] or ""), partly=bool(more))


def _all_in(texts: Sequence[str], code: str) -> bool:
    words = re.findall(r"[\w.]+", " ".join(texts))
    return all(word in code for word in words if word.casefold() not in ("or", "oder"))


def first_block(lines: Sequence[Line]) -> Sequence[Line]:
    """The first paragraph, list or fenced code of ``lines``; alternatives joined by a line "or"
    belong together."""
    found: list[Line] = []
    fenced = False
    for line in lines:
        if line.kind is LineKind.FENCE:
            fenced = not fenced
        elif line.empty and not fenced and found and not _joined(found, lines):
            break
        found.append(line)
    return trimmed(found)


def _joined(found: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether the block goes on behind a blank line: "or" stands before or after it."""
    following = [line for line in lines if line.number > found[-1].number and not line.empty]
    filled = [line for line in found if not line.empty]
    return _is_or(filled[-1]) or bool(following and _is_or(following[0]))


def _is_or(line: Line) -> bool:
    """Whether a line only joins alternatives: ``or``, ``(or)``, ``or, if the disk is slow:``."""
    text = line.text.strip("*_() ")
    return text.rstrip(":").casefold() in ("or", "oder") or bool(_OR_ELSE.match(text))


def output(path: str, stated: Stated, explanation: str) -> Output:
    """The output that ``stated`` holds; ``explanation`` may say that its order is not fixed."""
    texts = _texts(stated)
    whole = "\n".join(texts)
    unsure = bool(_UNSURE.search(whole)) or _says_unsure(explanation)
    accepted = _accepted(texts, unsure=unsure, literal=_literal(stated.lines))
    return Output(
        text=accepted[0],
        accepted=accepted if len(accepted) > 1 else (),
        deterministic=not unsure and len(accepted) == 1,
        location=location(path, trimmed(stated.lines)),
    )


def _literal(lines: Sequence[Line]) -> bool:
    return any(line.kind is LineKind.FENCE for line in lines)


def _says_unsure(explanation: str) -> bool:
    sentences = re.split(r"(?<=[.!?])\s+|\n\s*\n", explanation)
    return any(_UNSURE.search(text) and not _ELSEWHERE.search(text) for text in sentences)


def _texts(stated: Stated) -> list[str]:
    """Pieces of the statement: each fence, each list item, each run of lines between "or"s."""
    if stated.rest and len(stated.lines) == 1:
        return [stated.rest]
    texts: list[list[str]] = [[stated.rest]] if stated.rest else [[]]
    rest = stated.lines[1:] if stated.rest else stated.lines
    for line in rest:
        if _is_or(line) and line.kind is not LineKind.CODE:
            texts.append([])
        elif line.kind is LineKind.CODE:
            texts[-1].append(line.raw.rstrip())
        elif line.kind is not LineKind.FENCE and not line.empty:
            texts[-1].append(line.text)
    return ["\n".join(lines) for lines in texts if lines] or [""]


def _accepted(texts: Sequence[str], *, unsure: bool, literal: bool) -> tuple[str, ...]:
    if len(texts) > 1:
        return tuple(dict.fromkeys(map(bare, texts)))
    if literal:
        return (texts[0],)
    text = bare(texts[0])
    if (tail := _QUALIFIER.search(text)) and _UNSURE.search(tail[0]):
        text, unsure = bare(text[: tail.start()]), True
    if (lead := re.match(r"[^:\n]+[:–—]\s+(?=\S)", text)) and _UNSURE.search(lead[0]):
        text, unsure = bare(text[lead.end() :]), True
    if (frame := _FRAME.match(text)) and _UNSURE.search(frame["lead"]):
        text, unsure = bare(frame["inner"]), True
    elif frame and _UNSURE.search(frame["inner"]):
        text, unsure = bare(frame["lead"]), True
    elif frame and (match := re.match(r"or\s+(.+)$", frame["inner"], re.IGNORECASE)):
        return (bare(frame["lead"]), bare(match[1]))
    parts = [bare(part) for part in _ALTERNATIVES.split(text)]
    if len(parts) == 1 and unsure and "\n" in text:
        parts = [bare(part) for part in text.split("\n")]
    same = len({tuple(sorted(Counter(part.split()).items())) for part in parts}) == 1
    if len(parts) > 1 and all(parts) and (same or (unsure and "\n" not in text)):
        return tuple(dict.fromkeys(parts))
    return (text,)


def bare(text: str) -> str:
    """A stated output without the words that announce it and without marks of code around it."""
    stripped = text.strip()
    stripped = _LEAD.sub("", stripped, count=1) if _LEAD.match(stripped) else stripped
    while True:
        before = stripped
        if len(stripped) > 1 and stripped[0] == stripped[-1] == "`" and "`" not in stripped[1:-1]:
            stripped = stripped[1:-1].strip()
        stripped = bold(stripped) or stripped
        if stripped == before:
            return stripped
