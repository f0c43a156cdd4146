"""A question in one plain line, wherever it is named instead of shown; and what its label says."""

import re

from exporter.model import Kind, Question
from exporter.text import markup

_AUTHORS_NUMBER = re.compile(
    r"""\W*(?:
        (?:[^\W\d_]+[\s.:\#°–-]+)? \d[\d.]* [a-z]?   # 12   3.4   Q 12   Question 12a
        | [^\W\d_] \d+ [a-z]?                        # Q12  F3b
        | [IVXLC]+[.)]                               # IV.
    )\W*""",
    re.VERBOSE,
)


def question(question: Question, prints: str) -> str:
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


def label(question: Question) -> str:
    """The author's label where it is a word ("backpressure", "OAuth2"); "" for a number ("Q12") or
    none, which say nothing about the question."""
    text = (question.label or "").strip()
    return "" if _AUTHORS_NUMBER.fullmatch(text) else text
