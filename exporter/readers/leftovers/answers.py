"""Whether a paragraph is an answer by its place, so that its wording may not condemn it.

"Sure." and "Let me know." are chat at the end of a document and answers below "Short:".  Below the
label of an answer any paragraph is one; below a question, or alone under another heading or label,
a brief one is.
"""

import re
from collections.abc import Sequence

from exporter.readers import shapes
from exporter.readers.leftovers.chat import Verdict, judged
from exporter.readers.scan import Line, LineKind, bold, undecorated

_FEW = 3  # words up to which a paragraph is too brief to be told from an answer
_LABEL = re.compile(
    r"(?:(?:correct|model|sample|expected|final|actual) )?"
    r"(?:answers?|solution|explanation|reasoning|why\??|outputs?|results?|prints|quick|brief|long"
    r"|short|medium|senior|concise|detailed|mid|standard|deep|advanced|kurz|mittel|lang|ausführlich|antwort|lösung|ausgabe|erklärung"
    r"|begründung)(?: (?:answer|version|antwort))?\s*(?:\([^()]*\))?\s*:?$",
    re.IGNORECASE,
)


def answers(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether the paragraph from index ``first`` to before ``last`` is, or begins, an answer."""
    above = nearest(lines, first, -1)
    if above is None:
        return False
    if _names_answer(above):
        return True
    words = " ".join(line.text for line in lines[first:last]).split()
    if len(words) > _FEW or _opening(lines, first):
        return False
    return _asks(above) or (_titles(above) and _sole(lines, last))


def nearest(lines: Sequence[Line], at: int, step: int) -> Line | None:
    """The first line that is not empty above index ``at`` (step -1), or from it on (step 1)."""
    place = at if step > 0 else at - 1
    while 0 <= place < len(lines):
        if not lines[place].empty:
            return lines[place]
        place += step
    return None


def _names_answer(line: Line) -> bool:
    written = line.kind in (LineKind.HEADING, LineKind.TEXT, LineKind.BULLET)
    return (written and bool(_LABEL.match(_name(line)))) or (
        _titles(line) and shapes.tiers([line]) > 0
    )


def _name(line: Line) -> str:
    return undecorated(shapes.unmarked(line.text))


def _opening(lines: Sequence[Line], first: int) -> bool:
    """Whether nothing but the document's title stands above."""
    above = nearest(lines, first, -1)
    top = nearest(lines, 0, 1)
    return above is top and top is not None and top.kind is LineKind.HEADING and not _asks(top)


def _asks(line: Line) -> bool:
    marked = line.kind in (LineKind.HEADING, LineKind.TEXT, LineKind.NUMBERED, LineKind.BULLET)
    asks = _name(line).rstrip("*_ ").endswith("?")
    return marked and asks and judged(line.text) is Verdict.CONTENT


def _titles(line: Line) -> bool:
    """Whether a line is a heading or a label, and neither chat itself nor an END marker."""
    label = line.kind in (LineKind.TEXT, LineKind.BULLET) and (
        bold(shapes.unmarked(line.text)) is not None or line.text.rstrip("*_ ").endswith(":")
    )
    if line.kind is not LineKind.HEADING and not label:
        return False
    ended = shapes.framed([line])[0].kind is LineKind.RULE
    return not ended and judged(line.text) is Verdict.CONTENT


def _sole(lines: Sequence[Line], last: int) -> bool:
    """Whether the next thing below is another heading or label."""
    following = nearest(lines, last, 1)
    return following is not None and _titles(following)
