"""A question in one plain line, wherever it is named instead of shown; and what its label says.

A prompt is often a noun phrase that only the label beside it makes a question ("Modules, providers,
injectables" under "nest"), so that paper and screens let the label lead (`asked`).  Cards do not:
their notes would all be stamped as changed.
"""

import re

from exporter import lexical, markup
from exporter.model import Kind, Markdown, Question

_AUTHORS_NUMBER = re.compile(
    r"""\W*(?:
        (?:[^\W\d_]+[\s.:\#°–-]+)? \d[\d.]* [a-z]?   # 12   3.4   Q 12   Question 12a
        | [^\W\d_] \d+ [a-z]?                        # Q12  F3b
        | [IVXLC]+[.)]                               # IV.
    )\W*""",
    re.VERBOSE,
)
_OPENS_BLOCK = re.compile(r"\s*(?:```|~~~|[-*+]\s|\d+[.)]\s|>|\||#{1,6}\s)")


def of(question: Question, prints: str) -> str:
    """The question's words; of a task its title; of a puzzle its words, or ``prints`` where it has
    none, and its code's first line.  "" for a question that has neither words nor code.
    """
    texts = [text for text in (question.title, question.prompt) if text and text.strip()]
    if question.kind is Kind.TASK:
        texts = texts[:1]
    words = " · ".join(markup.plain(text) for text in texts)
    if question.code is None or not question.code.strip():
        return words
    first = next(line.strip() for line in question.code.splitlines() if line.strip())
    return f"{words or prints} {first}"


def asked(question: Question) -> Markdown | None:
    """The prompt, led by its label where that says something that the prompt does not; None where
    the code alone asks."""
    said = leading(question)
    if not said:
        return question.prompt
    return Markdown(f"{said}: {question.prompt}")


def leading(question: Question) -> str:
    """The label with a capital where it leads the prompt, else ""."""
    if question.title or not question.prompt or _OPENS_BLOCK.match(question.prompt):
        return ""
    said = label(question)
    new = set(lexical.terms(said)) - set(lexical.terms(question.prompt))
    return said[:1].upper() + said[1:] if new else ""


def label(question: Question) -> str:
    """The author's label where it is a word ("backpressure", "OAuth2"); "" for a number ("Q12") or
    none, which say nothing about the question."""
    text = (question.label or "").strip()
    return "" if _AUTHORS_NUMBER.fullmatch(text) else text
