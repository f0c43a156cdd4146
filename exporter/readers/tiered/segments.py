"""A question's lines under the labels they belong to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.model import Markdown, Tier
from exporter.readers.scan import Line, LineKind, markdown, trimmed
from exporter.readers.tiered import words
from exporter.readers.tiered.marks import Form, Mark, Sort

_DEPTHS = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)
_LABEL_WORDS = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines under one label; ``mark`` is None for those before the first.

    ``lines`` includes the label's line only where text follows the label on it (``rest``)."""

    mark: Mark | None
    lines: tuple[Line, ...]
    rest: str = ""

    @property
    def text(self) -> Markdown:
        """Everything below the label, the rest of its own line first."""
        lines = self.lines[1:] if self.rest else self.lines
        gap = "\n\n" if lines and lines[0].empty else "\n"
        return Markdown(gap.join(part for part in (self.rest, markdown(trimmed(lines))) if part))


def cut(lines: Sequence[Line], offset: int, at: Sequence[Mark]) -> tuple[Segment, ...]:
    """``lines`` (from index ``offset`` of the document) cut at ``at``; first what stands before."""
    places = [mark.at - offset for mark in at]
    lead = Segment(None, tuple(trimmed(lines[1 : places[0] if places else len(lines)])))
    return (lead, *map(_segment, at, _between(lines, places)))


def _between(lines: Sequence[Line], places: Sequence[int]) -> Iterator[Sequence[Line]]:
    for start, end in zip(places, (*places[1:], len(lines)), strict=True):
        yield lines[start:end]


def _segment(mark: Mark, lines: Sequence[Line]) -> Segment:
    below = tuple(trimmed(lines[1:]))
    if not mark.rest:
        return Segment(mark, below)
    brief = len(mark.rest.split()) <= _LABEL_WORDS and not mark.rest.endswith((".", "!", "?", "`"))
    if mark.sort is Sort.TIER and mark.form is Form.HEADING and below and brief:
        return Segment(replace(mark, title=mark.label or mark.title, rest=""), below)
    return Segment(mark, tuple(trimmed(lines)), mark.rest)


def tiers(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Those of a question's marks that open tiers.

    The most deliberate form in use decides; a weaker one opens a tier only if it is new and deeper
    than the last, and a line ``Long: …`` under headings not even then: prose has such lines.
    """
    found = [mark for mark in marks if mark.sort is Sort.TIER]
    top = max(map(_weight, found), default=(Form.HEADING, True))
    level = min((mark.level for mark in found), default=0)
    chosen: list[Mark] = []
    for mark in found:
        new = all(mark.means is not other.means for other in chosen)
        deeper = not chosen or _depth(mark) > _depth(chosen[-1])
        alike = not chosen or words.alike(mark.title, chosen[0].title)
        if mark.form is Form.HEADING:
            accepted = mark.level == level
        elif _weight(mark) == top:
            accepted = new and alike if mark.rest else new or mark.form is Form.BOLD
        else:
            spoken = mark.form is Form.INLINE and top >= (Form.BOLD, False)
            accepted = new and deeper and (mark.title.isupper() or not spoken)
        if accepted:
            chosen.append(mark)
    return tuple(chosen)


def _weight(mark: Mark) -> tuple[Form, bool]:
    """How deliberate a label is: its form, and whether it has its line for itself."""
    return mark.form, mark.form is Form.HEADING or not mark.rest


def _depth(mark: Mark) -> int:
    assert isinstance(mark.means, Tier)
    return _DEPTHS.index(mark.means)


def strangers(marks: Sequence[Mark], opened: Sequence[Mark]) -> tuple[Mark, ...]:
    """Headings as high as a question's tiers that are none: they end the tier above."""
    if not opened:
        return ()
    level = opened[0].level
    return tuple(
        mark
        for mark in marks
        if mark.form is Form.HEADING
        and mark.at > opened[0].at
        and mark.level <= level
        and mark not in opened
        and not words.is_companion(mark.title)
    )


def fences(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """First and last index of every fenced block; one that never closes goes to the end."""
    marks = [at for at, line in enumerate(lines) if line.kind is LineKind.FENCE]
    if len(marks) % 2:
        marks.append(len(lines) - 1)
    return tuple(zip(marks[::2], marks[1::2], strict=True))
