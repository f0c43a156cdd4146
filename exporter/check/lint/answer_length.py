"""Answers that are too long to be said in one breath, or that say nothing."""

import re
from collections.abc import Iterator
from itertools import pairwise

from exporter.model import Answer, Question, Tier
from exporter.model.diagnostics import Code, Diagnostic
from exporter.text import lexical, markup

_BREATH = 280  # characters
_SENTENCES = 3
_ITEMS = 6
_PROSE = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)

_ENDS, _CLOSERS, _WIDE_ENDS = ".!?…", "\"'”’)]", "。！？"
_GOES_ON = re.compile(r"[a-zß-öø-ÿ]")  # a word that begins so begins no sentence
_ABBREVIATION = re.compile(
    r"(?:^|.*\W)(?:\w|e\.g|i\.e|vs|etc|cf|no|z\.B|d\.h|u\.a|p\.ex|Dr|Mr|Mrs)"
)
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+•]|\d{1,3}[.)])\s+\S")
_PARTS = re.compile(r"(?:(?<!\s)\s++)?+(?:[,;·、]|(?<=\s)/(?=\s))\s*+")
_FENCE = re.compile(r"\s*(?:```|~~~)")


def remarks(question: Question) -> Iterator[Diagnostic]:
    """L201, L202 and L205 of one question, at the answer's first line.  Choices are recognised and
    not recited: several right ones are no enumeration, and one may well repeat a word that the
    prompt has."""
    for answer in question.answers:
        if answer.tier is Tier.SHORT:
            yield from _long(answer)
        if question.choices:
            continue
        if answer.tier is Tier.SHORT:
            yield from _many(answer)
        if answer.tier in _PROSE and _echoes(answer, question):
            message = "the answer only repeats its prompt: say what the prompt does not"
            yield Diagnostic(answer.location, Code.ECHO, message)


def _long(answer: Answer) -> Iterator[Diagnostic]:
    text = markup.plain(answer.markdown)
    sentences = _sentences(answer)
    if len(text) > _BREATH:
        said = f"{len(text)} characters"
    elif sentences > _SENTENCES:
        said = f"{sentences} sentences"
    else:
        return
    message = (
        f"a short answer of {said}: keep to {_BREATH} characters and {_SENTENCES} sentences, "
        "and move the rest to a deeper tier"
    )
    yield Diagnostic(answer.location, Code.LONG_SHORT, message)


def _sentences(answer: Answer) -> int:
    """How many sentences the prose has; the items of a list count for none but the last of it."""
    prose = [line for line in _lines(answer) if not _ITEM.match(line)]
    text = markup.plain("\n".join(prose))
    words = text.split()
    ends = sum(_ends(word, following) for word, following in pairwise(words))
    return ends + sum(map(text.count, _WIDE_ENDS)) + bool(text)


def _ends(word: str, following: str) -> bool:
    """Whether a sentence ends with ``word``."""
    bare = word.rstrip(_CLOSERS)
    stem = bare.rstrip(_ENDS)
    ended = stem != bare and len(bare) > 1 and not _GOES_ON.match(following)
    return ended and not _ABBREVIATION.fullmatch(stem)


def _lines(answer: Answer) -> list[str]:
    """Lines outside fences."""
    kept, inside = [], False
    for line in answer.markdown.splitlines():
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            kept.append(line)
    return kept


def _many(answer: Answer) -> Iterator[Diagnostic]:
    count = max(_items(_lines(answer)), _run_in(_lines(answer)))
    if count > _ITEMS:
        message = (
            f"a short answer that enumerates {count} things: ask for them apart, or keep the "
            "ones that matter and move the list to a deeper tier"
        )
        yield Diagnostic(answer.location, Code.LONG_LIST, message)


def _items(lines: list[str]) -> int:
    """The longest list's items of the outermost level."""
    indents = [len(match["indent"]) for line in lines if (match := _ITEM.match(line))]
    return indents.count(min(indents)) if indents else 0


def _run_in(lines: list[str]) -> int:
    """The most things that one sentence names one after the other, each in a few words."""
    most = 0
    for line in lines:
        for sentence in re.split(r"[.:!?](?:\s|$)", markup.plain(line)):
            parts = _PARTS.split(sentence)
            brief = all(len(part.split()) <= _BRIEF for part in parts[1:-1])
            most = max(most, len(parts) if brief else 0)
    return most


_BRIEF = 4  # words of one thing in an enumeration; clauses are longer


def _echoes(answer: Answer, question: Question) -> bool:
    """Whether the answer has no word that the prompt lacks; code is always something new."""
    if "`" in answer.markdown or len(_lines(answer)) < len(answer.markdown.splitlines()):
        return False
    said = set(lexical.terms(markup.plain(answer.markdown)))
    asked = " ".join(filter(None, (question.title, question.prompt)))
    return bool(said) and said <= set(lexical.terms(markup.plain(asked)))
