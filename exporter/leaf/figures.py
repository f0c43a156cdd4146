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

CHIP = 0.95  # border, padding and space around a step, at either side of its words
STEP_LEADING = 3.7  # of a line of steps, whose frames want more room than words
_CELL = 0.7  # padding at either side of a table's cell
_LONGEST, _SHORTEST = 8, 3  # steps of a list that is a strip
_LONGEST_STEP = 4  # words


def chain(
    text: str, asked: str, words: int, phrases: Phrases
) -> tuple[str, tuple[str, ...], str] | None:
    """What stands before, in and behind the steps of an answer; None where it has none."""
    found = (
        shorten.steps(text.strip()) if "\n" not in text.strip() else _listed(text, asked, phrases)
    )
    if found is None:
        return None
    before, steps, after = found
    total = sum(map(shorten.count, (before, *steps)))
    return (before, steps, after if total + shorten.count(after) <= words else "")


def _listed(text: str, asked: str, phrases: Phrases) -> tuple[str, tuple[str, ...], str] | None:
    """The first list of an answer, if it is short, numbered, and said to be one of steps."""
    blocks = markup.blocks(text)
    at = next((n for n, block in enumerate(blocks) if block.kind == "list"), 0)
    if not at or any(block.kind != "text" for block in blocks[:at]):
        return None
    items, lead = blocks[at].items, blocks[at - 1].text
    numbered = all(item.number for item in items) and _SHORTEST <= len(items) <= _LONGEST
    steps = tuple(item.text.rstrip(" .;,") for item in items)
    short = all(step and shorten.count(step) <= _LONGEST_STEP for step in steps)
    if not (numbered and short and phrases.steps.search(f"{asked} {lead}")):
        return None
    return lead, steps, ""


def strip(steps: Sequence[Html]) -> Html:
    """Steps in frames, with arrows between them."""
    framed = [f'<span class="step">{step}</span>' for step in steps]
    hops = [f'<span class="solid">{one} →</span> ' for one in framed[:-1]]
    return Html("".join((*hops, framed[-1])))


def strip_height(steps: Sequence[Html], width: float) -> float:
    """Millimetres of a strip in a column; a frame is never broken."""
    room, count, at = width, 1, 0.0
    arrow, space = measure.line_width(" →"), measure.line_width(" ")
    for n, step in enumerate(steps, 1):
        wide = measure.line_width(step) + 2 * CHIP + (arrow if n < len(steps) else 0.0)
        if at and at + wide > room:
            count, at = count + 1, 0.0
        at += wide + space
    return count * STEP_LEADING


def sides(prompt: str, texts: Sequence[Markdown], phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Two or three sides of a prompt, each with what the first text that is parallel says of it."""
    found = shorten.versus(prompt, phrases)
    for text in texts if found else ():
        blocks = markup.blocks(text)
        plain = all(block.kind == "text" for block in blocks)
        line = " ".join(" ".join(block.text for block in blocks).split())
        said = shorten.parallel(found, line, phrases) if plain else ()
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
    return (heads + said) * measure.LEADING + 1.4


def warning(text: str, phrases: Phrases) -> bool:
    """Whether a prompt or an answer warns of something."""
    return bool(phrases.pitfall.search(text))
