"""What must be right in a question before it is rendered."""

from collections.abc import Iterator

from exporter.deck.notetypes import SEPARATOR, has_surrogate
from exporter.model import Question
from exporter.model.diagnostics import Code


def text_faults(question: Question) -> Iterator[tuple[Code, str]]:
    """Faults in a question's own texts, which must not reach the renderer."""
    texts = [question.title, question.prompt, question.code, question.label, *question.section]
    texts += [answer.markdown for answer in question.answers]
    texts += [choice.markdown for choice in question.choices]
    whole = "\n".join(text for text in texts if text)
    if SEPARATOR in whole:
        yield Code.FIELD_SEPARATOR, "the control character U+001F stands in it: delete it"
    if has_surrogate(whole):
        yield Code.LONE_SURROGATE, "half a character (a lone surrogate) stands in it: type it anew"
