"""A puzzle: code that is the question, and what its author says about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import Answer, Markdown, Output, Tier
from exporter.model.diagnostics import Location
from exporter.readers import outputs, vocabulary
from exporter.readers.scan import Line, LineKind, markdown, trimmed
from exporter.readers.segments import Mark, Segment, code_labels, fences
from exporter.readers.vocabulary import Word

_ASKS = re.compile(
    r"\b(?:what|which|predict|guess|was|welche)\b.*\b(?:output|print|log|ausg\w+)"
    r"|\b(?:output|prints|logs) of\b|^output\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"(?:how|why|when|where|explain|describe|wie|warum|comment|pourquoi|cómo|por|como|come|perché"
    r"|как|почему|зачем|如何|怎么|为什么|なぜ|どう|كيف|لماذا"
    r"|what (?:is|are) (?:the )?(?:difference|a\b|an\b))",
    re.IGNORECASE,
)
_BRIEF = 60
_FEW = 2  # lines that may stand between a prompt and its code


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A puzzle's parts: words of the question with further code, its first code, and the answer if
    there is one."""

    detail: Markdown
    code: str
    language: str | None
    answer: Answer | None


def is_puzzle(title: str, lead: Sequence[Line], found: Sequence[Mark]) -> bool:
    """Whether code before everything else is the question: a part is labelled below it, or the
    heading says nothing, or asks for an output.  Words that explain before the code, under a
    heading that does not ask for an output, make it an example in an answer."""
    blocks = fences(lead)
    if not blocks:
        return False
    labelled = code_labels(lead)
    before = [
        line
        for line in lead[: blocks[0][0]]
        if not line.empty and line.kind is not LineKind.RULE and line not in labelled
    ]
    text = " ".join(line.text for line in before)
    parts = any(mark.word in (Word.OUTPUT, Word.ANSWER, Word.EXPLANATION) for mark in found)
    if asks(title) and parts and len(before) <= _FEW:
        return True
    if title and before and not vocabulary.asks(text) and not asks(text):
        return False
    if asks(title):
        return True
    after = lead[blocks[0][1] + 1 :]
    return parts or not title or outputs.said_in(after) is not None


def asks(title: str) -> bool:
    """Whether a heading asks what its code prints."""
    if _ASKS.search(title):
        return True
    return not _HOW.match(title) and vocabulary.asks(title) and vocabulary.asks_for_output(title)


def is_prompt(title: str) -> bool:
    """Whether a puzzle's heading is its prompt and not only its name."""
    return vocabulary.puts_question_mark(title) or asks(title)


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
    if told:
        parts = [Segment(None, told), *parts]
    return Puzzle(
        detail=markdown(words),
        code=code,
        language=asked[first].text.split(maxsplit=1)[0].lower() if asked[first].text else None,
        answer=_answer(path, [part for part in parts if part.text], code),
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
    named = [part.label for part in parts if part.label]
    by_part = {one.means: one.name for one in reversed(named)}
    for part in (Word.OUTPUT, Word.ANSWER, Word.EXPLANATION):
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
        named = f"{stating.label.name}\n\n{explanation}" if stating.label else explanation
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
    if part.label is None or part.label.means not in (Word.OUTPUT, Word.ANSWER):
        return False
    if part.label.means is Word.OUTPUT:
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
    return str(Segment(part.label, tuple(before), part.rest).text) if before else ""
