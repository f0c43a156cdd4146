"""What stands beside a puzzle's stated output, on a card as on a sheet."""

from exporter import lexical
from exporter.model import Answer, Markdown


def of(answer: Answer) -> Markdown:
    """What the author wrote apart from the stated output; "" where that is nothing.

    All of the answer where it states no output, or where its parts would lose a word of it.
    """
    if answer.output is None:
        return answer.markdown
    explanation = answer.explanation or Markdown("")
    kept = "\n".join((explanation, answer.output.text, *answer.output.accepted))
    lost = set(lexical.words(answer.markdown)) - set(lexical.words(kept))
    return answer.markdown if lost else explanation
