"""Answers that no heading announces: a part that goes through the same sections again.

Authors also call their answers "Cheat sheet" or "In short".  A later part whose sections repeat
the titles of earlier ones holds answers, unless it speaks of questions or asks them; where its
heading names a depth ("Concise"), shortened titles are enough.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from exporter.readers.keyed import roles
from exporter.readers.keyed.entries import listing
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.roles import Part, Role
from exporter.readers.keyed.scopes import alike, unnumbered
from exporter.text import lexical

_FEWEST = 2
_SHORTENED = 0.5
_ASKING = ("question", "prompt", "frage", "quiz")


def with_repeats(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks``, those of repeating parts marked as answers."""
    seen: dict[str, None] = {}
    known: set[tuple[str, ...]] = set()  # the words of the titles seen
    repeating: set[int] = set()
    for top, inner in _inner(blocks).items():
        if _repeats(inner, seen, known):
            repeating.add(top)
        else:
            titles = [unnumbered(block.titles[-1]) for block in inner]
            seen.update(dict.fromkeys(titles))
            known.update(map(lexical.words, titles))
    return tuple(
        replace(block, part=_answers(block))
        if block.path[:1] and block.path[0] in repeating
        else block
        for block in blocks
    )


def _inner(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    """The sections of each part that hold questions or prompts of design, by the part's place."""
    inner: dict[int, list[Block]] = {}
    for block in blocks:
        if block.path:
            within = inner.setdefault(block.path[0], [])
            if len(block.path) > 1 and block.part.role in (Role.QUESTIONS, Role.DESIGN):
                within.append(block)
    return inner


def _repeats(
    inner: Sequence[Block], seen: Collection[str], known: Collection[tuple[str, ...]]
) -> bool:
    if not inner or any(word in inner[0].titles[0].casefold() for word in _ASKING):
        return False
    again = [block for block in inner if _again(block, seen, known)]
    entries = [entry for block in inner for entry in listing(block.body).entries]
    asking = sum(entry.text.rstrip().endswith("?") for entry in entries)
    enough = len(again) >= _FEWEST and 2 * len(again) >= len(inner)
    return enough and 3 * asking < len(entries)


def _again(block: Block, seen: Collection[str], known: Collection[tuple[str, ...]]) -> bool:
    title = unnumbered(block.titles[-1])
    if lexical.words(title) in known:
        return True
    if not roles.names_depth(block.titles[0]):
        return False
    weights = lexical.weigh(lexical.terms(other) for other in seen)
    return any(alike(title, other, weights) >= _SHORTENED for other in seen)


def _answers(block: Block) -> Part:
    tier, word = roles.depth(block.titles[0])
    return Part(Role.ANSWERS, tier, word)
