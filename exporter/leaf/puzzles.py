"""Up to three puzzles of a leaf, in a strip over two columns: only those that were run and print
what their author says, and only short ones; the hardest first, which is what prints most."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from exporter import agreement
from exporter.leaf import measure
from exporter.leaf.entries import Maker
from exporter.leaf.paper import BAR, END
from exporter.leaf.views import Puzzles
from exporter.model import Html, Kind, Question
from exporter.writers.sheets.texts import Texts

if TYPE_CHECKING:
    from exporter.diagnostics import Diagnostic

_MOST = 3
_LINES = 14  # of code
_LONGEST = 40  # letters of what it prints
_CODE_LEADING = 8.0 * measure.POINT
_HEAD = 1.0  # space above a puzzle's code
_STACKS = 2


def strip(questions: Sequence[Question], maker: Maker) -> Puzzles | None:
    """The strip of a leaf; None where no puzzle is short and proven."""
    columns = int((maker.paper.text - 5.0) / measure.monospaced(1))
    found = [one for one in questions if _fits(one, columns)]
    hardest = sorted(found, key=_hardness, reverse=True)[:_MOST]
    chosen = [one for one in found if one in hardest]
    if not chosen:
        return None
    said: list[Diagnostic] = []
    show = Texts(said.append, maker.album)
    stacks: list[list[Html]] = [[] for _ in range(_STACKS)]
    heights = [0.0] * _STACKS
    for letter, one in zip("ABC", chosen, strict=False):
        at = heights.index(min(heights))
        stacks[at].append(_puzzle(letter, one, show))
        heights[at] += len(_code(one)) * _CODE_LEADING + _HEAD
    told = tuple(
        (letter, show.quote(_output(one), one.location))
        for letter, one in zip("ABC", chosen, strict=False)
    )
    keys = tuple(one.key for one in chosen)
    height = max(heights) + BAR + END + 0.5
    return Puzzles(tuple(map(tuple, stacks)), told, keys, height, tuple(said))


def _puzzle(letter: str, question: Question, show: Texts) -> Html:
    code = show.code("\n".join(_code(question)), question.language, question.location)
    return Html(f'<div class="puzzle"><p class="letter">{escape(letter)}</p>{code}</div>')


def _code(question: Question) -> list[str]:
    """The lines that say something."""
    return [line.rstrip() for line in (question.code or "").splitlines() if line.strip()]


def _output(question: Question) -> str:
    claimed = agreement.claim(question)
    return " ".join(claimed.texts[0].split()) if claimed else ""


def _fits(question: Question, columns: int) -> bool:
    verdict, code = question.verdict, _code(question)
    if question.kind is not Kind.OUTPUT or question.prompt or question.choices:
        return False
    if verdict is None or verdict.status != "agrees" or len(verdict.printed) != 1:
        return False
    narrow = all(len(line) <= columns for line in code) and len(code) <= _LINES
    return narrow and 0 < len(_output(question)) <= _LONGEST


def _hardness(question: Question) -> tuple[int, int]:
    return len(_output(question).split()), len(_code(question))
