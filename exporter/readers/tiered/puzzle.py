"""A puzzle of a tiered document: code that is the question, and what its author says about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from exporter.diagnostics import Location
from exporter.model import Answer, Markdown, Output, Tier
from exporter.readers.scan import Line, LineKind, markdown, trimmed
from exporter.readers.tiered import output as outputs
from exporter.readers.tiered.marks import Mark, Sort
from exporter.readers.tiered.segments import Segment, fences
from exporter.readers.tiered.words import Part, names_code

_ASKS = re.compile(
    r"\b(?:what|which|predict|guess|was|welche)\b.*\b(?:output|print|log|ausg\w+)"
    r"|\b(?:output|prints|logs) of\b|^output\b",
    re.IGNORECASE,
)
_BRIEF = 60
_CHOICE = re.compile(r"\(?(?P<letter>[A-Ha-h])[.):]\s+(?P<text>\S.*)$")


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A puzzle's parts: words of the question with further code, its first code, and the answer if
    there is one."""

    detail: Markdown
    code: str
    language: str | None
    answer: Answer | None


def is_puzzle(title: str, lead: Sequence[Line], marks: Sequence[Mark]) -> bool:
    """Whether code before everything else is the question: a part is labelled below it, or the
    heading says nothing, or asks for an output."""
    parts = any(mark.sort is Sort.PART for mark in marks)
    blocks = fences(lead)
    if not blocks:
        return False
    told = lead[blocks[0][1] + 1 :]
    return parts or not title or bool(_ASKS.search(title)) or outputs.said_in(told) is not None


def code_labels(lead: Sequence[Line]) -> tuple[Line, ...]:
    """Lines directly above code that say no more than that it follows."""
    filled = [line for line in lead if not line.empty]
    return tuple(
        line
        for line, below in pairwise(filled)
        if line.kind is LineKind.TEXT and below.kind is LineKind.FENCE and names_code(line.text)
    )


def asks(title: str) -> bool:
    """Whether a puzzle's heading is its prompt and not only its name."""
    return title.rstrip().endswith("?") or bool(_ASKS.search(title))


def puzzle(path: str, segments: Sequence[Segment]) -> Puzzle:
    """The puzzle in ``segments``: the lead with the code, then labelled parts."""
    lead, *parts = segments
    blocks = fences(lead.lines)
    end = blocks[-1][1] if parts else blocks[0][1]
    asked, told = lead.lines[: end + 1], tuple(trimmed(lead.lines[end + 1 :]))
    first, last = fences(asked)[0]
    code = _inside(asked[first : last + 1])
    labels = code_labels(asked)
    words = trimmed([line for line in (*asked[:first], *asked[last + 1 :]) if line not in labels])
    choices = _choices(told)
    if choices:
        words = (*words, *told)
    elif told:
        parts = [Segment(None, told), *parts]
    return Puzzle(
        detail=markdown(words),
        code=code,
        language=asked[first].text.split(maxsplit=1)[0].lower() if asked[first].text else None,
        answer=_chosen(_answer(path, [part for part in parts if part.text], code), choices),
    )


def _choices(lines: Sequence[Line]) -> dict[str, str]:
    """Answers to choose from, by letter, if ``lines`` are that and nothing else."""
    found = [_CHOICE.match(line.text) for line in lines if not line.empty]
    return (
        {match["letter"].upper(): match["text"] for match in found if match} if all(found) else {}
    )


def _chosen(answer: Answer | None, choices: dict[str, str]) -> Answer | None:
    """A letter is no output: the choice that it names is."""
    if answer is None or answer.output is None:
        return answer
    chosen = choices.get(answer.output.text.strip("().").upper())
    return (
        replace(answer, output=replace(answer.output, text=outputs.bare(chosen)))
        if chosen
        else answer
    )


def _inside(lines: Sequence[Line]) -> str:
    last = lines[-1]
    inner = lines[1:-1] if last.kind is LineKind.FENCE and len(lines) > 1 else lines[1:]
    return str(markdown(inner))


def _answer(path: str, parts: Sequence[Segment], code: str) -> Answer | None:
    if not parts:
        return None
    lines = [line for part in parts for line in part.lines]
    explanation, output = _told(path, parts, code)
    return Answer(
        tier=Tier.OUTPUT,
        source_tier=_words(parts),
        markdown=Markdown("\n\n".join(part.text for part in parts)),
        location=Location(path, lines[0].number, lines[-1].number),
        explanation=Markdown(explanation) if explanation else None,
        output=output,
    )


def _words(parts: Sequence[Segment]) -> str:
    """The author's word for the output, or for what stands in its place."""
    named = [part.mark for part in parts if part.mark]
    by_part = {mark.means: mark.title for mark in reversed(named)}
    for part in (Part.OUTPUT, Part.ANSWER, Part.EXPLANATION):
        if part in by_part:
            return by_part[part]
    return ""


def _told(path: str, parts: Sequence[Segment], code: str) -> tuple[str, Output | None]:
    """The explanation without the stated output, and the output."""
    stating = next((part for part in parts if _states(part)), None)
    others = [part for part in parts if part is not stating]
    explanation = "\n\n".join(part.text for part in others)
    if stating:
        stated = _stated(stating)
        after = _after(stating, stated)
        explanation = "\n\n".join(text for text in (explanation, after) if text)
        named = f"{stating.mark.title}\n\n{explanation}" if stating.mark else explanation
        return explanation, outputs.output(path, stated, named)
    for at in range(len(others) - 1, -1, -1):
        part = others[at]
        if found := outputs.stated_in(part.lines, code):
            told = _without(part, found)
            texts = [told if other is part else other.text for other in others]
            whole = "\n\n".join(other.text for other in others)
            return "\n\n".join(filter(None, texts)), outputs.output(path, found, whole)
    return explanation, None


def _states(part: Segment) -> bool:
    """Whether a part is the output: named so, or an "Answer" that begins with a brief line."""
    if part.mark is None or part.mark.means not in (Part.OUTPUT, Part.ANSWER):
        return False
    if part.mark.means is Part.OUTPUT:
        return True
    first = _stated(part)
    text = first.rest or (first.lines[0].text if first.lines else "")
    fenced = any(line.kind is LineKind.FENCE for line in first.lines)
    return fenced or (len(text) <= _BRIEF and not re.search(r"\w\.\s|[a-z]\.$", text))


def _stated(part: Segment) -> outputs.Stated:
    lines = outputs.first_block(part.lines)
    return outputs.Stated(tuple(lines), part.rest)


def _after(part: Segment, stated: outputs.Stated) -> str:
    rest = [line for line in part.lines if line.number > stated.lines[-1].number]
    return str(markdown(trimmed(rest)))


def _without(part: Segment, stated: outputs.Stated) -> str:
    """The explanation before an output that closes it; all of it where words follow."""
    if stated.partly:
        return str(part.text)
    if any(line.number > stated.lines[-1].number and not line.empty for line in part.lines):
        return str(part.text)
    before = [line for line in part.lines if line.number < stated.lines[0].number]
    if not stated.rest:
        before = list(trimmed(before))[:-1]
    return str(Segment(part.mark, tuple(before), part.rest).text) if before else ""
