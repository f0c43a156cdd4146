"""Questions that ask for a card each way: the second asks for what the first answers."""

from dataclasses import replace

from exporter.model import Key, Markdown, Question

REVERSE = "-r"
"""What the key and the tier of the second note end with: ``KXM7-r``, ``short-r``."""


def turned(question: Question) -> Question | None:
    """``question`` the other way round; None where it asks one way only."""
    if not (question.both_ways and question.prompt and question.answers):
        return None
    first = question.answers[0]
    return replace(
        question,
        key=Key(f"{question.key}{REVERSE}"),
        title=None,
        prompt=first.markdown,
        code=None,
        answers=(replace(first, markdown=Markdown(question.prompt)),),
        related=(),
    )


def is_reverse(key: str) -> bool:
    """Whether a note's key is that of a second one."""
    return key.endswith(REVERSE)
