"""What a leaf draws instead of saying it: strips of steps, tables of two sides, signs of warning.

Nothing is drawn that the documents do not say: a strip is an author's "A → B → C" or short ordered
list, a table stands where a prompt sets two things against each other and every point of the
answer is about one of them.
"""

from collections.abc import Sequence

from exporter import markup
from exporter.leaf import measure, shorten
from exporter.leaf.words import Phrases
from exporter.model import Html, Markdown

CHIP = 1.1  # border, padding and space around a step, at either side of its words
STEP_LEADING = 3.7  # of a line of steps, whose frames want more room than words
_CELL = 0.7  # padding at either side of a table's cell
_LONGEST, _SHORTEST = 8, 3  # steps of a list that is a strip
_LONGEST_STEP = 4  # words
_ARROW = '<span class="to"> → </span>'


def chain(text: str, words: int) -> tuple[str, tuple[str, ...], str] | None:
    """What stands before, in and behind the steps of an answer; None where it has none."""
    found = shorten.steps(text.strip()) if "\n" not in text.strip() else _listed(text)
    if found is None:
        return None
    before, steps, after = found
    total = sum(map(shorten.count, (before, *steps)))
    return (before, steps, after if total + shorten.count(after) <= words else "")


def _listed(text: str) -> tuple[str, tuple[str, ...], str] | None:
    """A short ordered list with what introduces it, which is all but the end of the answer."""
    blocks = markup.blocks(text)
    if len(blocks) < 2 or blocks[0].kind != "text" or blocks[1].kind != "list":
        return None
    items = blocks[1].items
    numbered = all(item.number for item in items) and _SHORTEST <= len(items) <= _LONGEST
    steps = tuple(item.text.rstrip(" .;,") for item in items)
    short = all(step and shorten.count(step) <= _LONGEST_STEP for step in steps)
    return (blocks[0].text, steps, "") if numbered and short else None


def strip(steps: Sequence[Html]) -> Html:
    """Steps in frames, with arrows between them."""
    return Html(_ARROW.join(f'<span class="step">{step}</span>' for step in steps))


def strip_height(steps: Sequence[Html], width: float) -> float:
    """Millimetres of a strip in a column; a frame is never broken."""
    room, count, at = width, 1, 0.0
    arrow = measure.line_width(" → ")
    for step in steps:
        wide = measure.line_width(step) + 2 * CHIP + arrow
        if at and at + wide > room:
            count, at = count + 1, 0.0
        at += wide
    return count * STEP_LEADING


def sides(prompt: str, texts: Sequence[Markdown], phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Two or three sides of a prompt, each with what the first text that is parallel says of it."""
    found = shorten.versus(prompt, phrases)
    for text in texts if found else ():
        said = shorten.parallel(found, " ".join(text.split()), phrases)
        if said:
            return tuple(zip(found, said, strict=True))
    return ()


def table(cells: Sequence[tuple[Html, Html]]) -> Html:
    """A head for each side, and below it what is said of it."""
    heads = "".join(f'<th scope="col">{head}</th>' for head, _ in cells)
    said = "".join(f"<td>{text}</td>" for _, text in cells)
    return Html(f'<table class="versus"><tr>{heads}</tr><tr>{said}</tr></table>')


def table_height(cells: Sequence[tuple[Html, Html]], width: float) -> float:
    """Millimetres of a table in a column."""
    wide = width / len(cells) - 2 * _CELL - 0.2
    heads = max(measure.lines(f"<b>{head}</b>", wide) for head, _ in cells)
    said = max(measure.lines(text, wide) for _, text in cells)
    return (heads + said) * measure.LEADING + 1.9


def warning(text: str, phrases: Phrases) -> bool:
    """Whether a prompt or an answer warns of something."""
    return bool(phrases.pitfall.search(text))
