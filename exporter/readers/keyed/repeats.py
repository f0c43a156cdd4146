"""Answers that no heading announces: a part that goes through the same sections again.

Authors also call their answers "Cheat sheet" or "Key points".  Where no heading of a document says
"answers", a later part whose sections repeat the titles of earlier ones holds them.
"""

from collections.abc import Sequence
from dataclasses import replace

from exporter import lexical
from exporter.readers.keyed import roles
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.roles import Part, Role
from exporter.readers.keyed.scopes import unnumbered

_FEWEST = 2


def with_repeats(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks``, those of repeating parts marked as answers if none are so far."""
    if any(block.part.role is Role.ANSWERS for block in blocks):
        return tuple(blocks)
    seen: set[tuple[str, ...]] = set()
    repeating: set[int] = set()
    for top in dict.fromkeys(block.path[0] for block in blocks if block.path):
        inner = [block for block in blocks if block.path[:1] == (top,) and len(block.path) > 1]
        titles = {_folded(block) for block in inner if block.part.role is Role.QUESTIONS}
        again = titles & seen
        if len(again) >= _FEWEST and 2 * len(again) >= len(titles):
            repeating.add(top)
        else:
            seen |= titles
    return tuple(
        replace(block, part=_answers(block))
        if block.path[:1] and block.path[0] in repeating
        else block
        for block in blocks
    )


def _folded(block: Block) -> tuple[str, ...]:
    return lexical.words(unnumbered(block.titles[-1]))


def _answers(block: Block) -> Part:
    tier, word = roles.depth(block.titles[0])
    return Part(Role.ANSWERS, tier, word)
