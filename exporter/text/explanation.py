"""What stands beside a puzzle's stated output or the right choices, on a card as on a sheet."""

from collections.abc import Sequence

from exporter.model import Answer, Choice, Markdown
from exporter.text import lexical, multiple_choice


def apart(answer: Answer, choices: Sequence[Choice] = ()) -> Markdown:
    """What the author wrote apart from the stated output and the right ones of ``choices``, which
    are those that the question offers; "" where that is nothing.

    All of the answer where it states neither, or where its parts would lose a word of it.
    """
    beside = multiple_choice.beside(answer, choices)
    if beside is not None:
        return beside
    if answer.output is None:
        return answer.markdown
    explanation = answer.explanation or Markdown("")
    kept = "\n".join((explanation, answer.output.text, *answer.output.accepted))
    lost = set(lexical.words(answer.markdown)) - set(lexical.words(kept))
    return answer.markdown if lost else explanation
