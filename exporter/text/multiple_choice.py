"""What a multiple-choice question offers, with the letters by which people name the choices.

The model keeps choices without letters, in the author's order; every writer shows them as A, B, C,
so that cards, sheets and the quiz name the same one alike.  An answer's Markdown begins with the
right choices in full, which makes it whole wherever the choices are not shown; where they are, the
right ones are set apart with their letters, and ``beside`` is the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model import Answer, Choice, Markdown
from exporter.model.diagnostics import Location
from exporter.text import markup

_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Lettered:
    """A choice with its letter: ``number`` counts from 1 as the letters do."""

    number: int
    letter: str
    choice: Choice

    @property
    def plain(self) -> str:
        """The choice in one line without markup: "B. Bowline"."""
        return f"{self.letter}. {markup.plain(self.choice.markdown)}"

    @property
    def written(self) -> str:
        """The choice as its author wrote it, for a terminal; its further lines hang."""
        first, *rest = self.choice.markdown.strip().split("\n")
        return "\n".join((f"{self.letter}. {first}", *(f"   {line}".rstrip() for line in rest)))


def letter(number: int) -> str:
    """The letter of choice ``number``, counted from 1: A to Z, then AA, as in a list of HTML."""
    rest, last = divmod(number - 1, _ALPHABET)
    return (letter(rest) if rest else "") + chr(ord("A") + last)


def lettered(choices: Sequence[Choice]) -> tuple[Lettered, ...]:
    """All choices with their letters, in order."""
    return tuple(Lettered(n, letter(n), choice) for n, choice in enumerate(choices, 1))


def right(choices: Sequence[Choice]) -> tuple[Lettered, ...]:
    """The right choices with their letters, in order."""
    return tuple(one for one in lettered(choices) if one.choice.right)


def beside(answer: Answer, choices: Sequence[Choice]) -> Markdown | None:
    """What an answer says after the right choices; None where it does not begin with them."""
    lines = answer.markdown.strip().split("\n")
    for lead in _leads([one.markdown.strip() for one in choices if one.right]):
        end = lead.count("\n") + 1
        ends = not "".join(lines[end : end + 1]).strip()
        if ends and _trimmed(lines[:end]) == _trimmed(lead.split("\n")):
            return Markdown("\n".join(lines[end:]).strip("\n"))
    return None


def _trimmed(lines: Sequence[str]) -> list[str]:
    return [line.rstrip() for line in lines]


def placed(answer: Answer, choices: Sequence[Choice]) -> tuple[Markdown, Location]:
    """An answer without the right choices, which stand elsewhere, and the lines it stands on: they
    are the last of those that the answer covers."""
    said, place = beside(answer, choices), answer.location
    if said is None:
        return answer.markdown, place
    first = max(place.first, place.last - max(0, len(said.splitlines()) - 1))
    return said, Location(place.path, first, place.last)


def _leads(texts: Sequence[str]) -> tuple[str, ...]:
    """How an answer may begin: with the one right choice, or with a list of them."""
    if len(texts) < 2:
        return tuple(texts)
    hung = "\n".join(f"- {text}".replace("\n", "\n  ") for text in texts)
    return (hung, "\n".join(f"- {text}" for text in texts))
