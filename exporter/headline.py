"""A question in one plain line, wherever it is named instead of shown."""

from exporter import markup
from exporter.model import Kind, Question


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
