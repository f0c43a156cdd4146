"""The lines of one day: to each its kind, by label, by the label above it, or by its wording.

An item may run over several lines: hanging or wrapped text, nested bullets and code belong to the
item above them.  A line that nothing claims is something to study.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.model import Markdown, PlanQuestion
from exporter.model.diagnostics import Location
from exporter.readers.dayplan.marks import Label, alone, inline, label
from exporter.readers.openings import bare, own
from exporter.readers.scan import Line, LineKind, location, markdown, undecorated

_ITEMS = (LineKind.BULLET, LineKind.NUMBERED)
_ENDS = (".", ";", ":", "!", "?", "…")
_WRAPPED = 60  # columns from which a line may have been broken by an editor
_QUOTES = tuple(tuple(pair) for pair in ("“”", '""', "„“", "„”", "«»", "»«", "‘’", "''", "‚‘"))
_QUOTED = re.compile(r"“[^“”]+”|\"[^\"]+\"|„[^„“]+“|«[^«»]+»")
_BETWEEN = re.compile(r"[\s,;/|&.]|\b(?:and|or|und|oder)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:how|what|why|when|which|where|who|can|could|do|does|is|are|should|would|explain"
    r"|wie|was|warum|wann|wer|welche[rsn]?|wo|wozu|wodurch)\b.*\?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Item:
    """One entry while its lines are being collected; ``text`` is its first line's own part."""

    label: Label
    text: str
    lines: list[Line]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a day: its label, Markdown and place."""

    label: Label
    markdown: Markdown
    location: Location


@dataclass(slots=True)
class _State:
    items: list[_Item] = field(default_factory=list)
    opened: Line | None = None  # a label that stood alone: what follows is its list
    under: Label = Label.STUDY
    gap: bool = False  # a blank line since the last one
    fenced: bool = False  # between two fence marks


def entries(path: str, lines: Sequence[Line]) -> tuple[tuple[Entry, ...], tuple[Line, ...]]:
    """The entries of a day's lines in order, and the lines of labels that stand alone."""
    state = _State()
    labels: list[Line] = []
    for line in lines:
        if line.empty or line.kind is LineKind.RULE:
            state.gap = True
            continue
        if _take(state, line):
            labels.append(line)
        state.gap = False
    return tuple(_entry(path, item, lines) for item in state.items), tuple(labels)


def _entry(path: str, item: _Item, lines: Sequence[Line]) -> Entry:
    first, last = item.lines[0].number, item.lines[-1].number
    run = [line for line in lines if first <= line.number <= last]
    return Entry(item.label, _markdown(item.text, run), location(path, run))


def questions(entry: Entry) -> tuple[PlanQuestion, ...]:
    """The questions of an entry, without the quotes that enclose all of one."""
    quoted = [match.group() for match in _QUOTED.finditer(entry.markdown)]
    several = len(quoted) > 1 and not _BETWEEN.sub("", _QUOTED.sub("", entry.markdown))
    prompts = quoted if several else [entry.markdown]
    return tuple(PlanQuestion(Markdown(unquoted(text)), entry.location) for text in prompts)


def unquoted(text: str) -> str:
    """``text`` without the quotation marks that enclose it as a whole."""
    for opening, closing in _QUOTES:
        inner = text[1:-1]
        encloses = len(text) > 2 and text[0] == opening and text[-1] == closing
        if encloses and opening not in inner and closing not in inner:
            return inner.strip()
    return text


def _take(state: _State, line: Line) -> bool:
    """Put ``line`` where it belongs; True where it is a label that stands alone."""
    if line.kind in (LineKind.FENCE, LineKind.CODE):
        _code(state, line)
        return False
    text = bare(line)
    found, rest = label(text)
    if found is None and alone(line) and (named := label(f"{text}:")[0]):
        found, rest = named, ""
    if found and not rest:
        state.opened, state.under = line, found
        return True
    if found:
        state.opened, state.under = None, Label.STUDY
        own_part, *parts = inline(rest)
        state.items.append(_Item(found, own_part, [line]))
        state.items += [_labelled(part, line) for part in parts]
    elif not _starts(state, line, text):
        state.items[-1].lines.append(line)
    else:
        found = _unlabelled(state, line, text)
        state.items.append(_Item(found, own(line), [line], listed=line.kind in _ITEMS))
    return False


def _labelled(part: str, line: Line) -> _Item:
    """An entry that shares its line with another."""
    found, rest = label(part)
    return _Item(found or Label.STUDY, rest, [line])


def headed(path: str, head: Line, title: str) -> tuple[str, tuple[Entry, ...]]:
    """A day's title without the entries that stand on its line, and those entries."""
    name, *parts = inline(title)
    items = [_labelled(part, head) for part in parts]
    place = location(path, [head])
    return name.rstrip(".") if items else title, tuple(
        Entry(item.label, Markdown(item.text), place) for item in items
    )


def _code(state: _State, line: Line) -> None:
    """Code belongs to the entry above, unless that is a question which has been asked."""
    opens = line.kind is LineKind.FENCE and not state.fenced
    apart = opens and state.gap and state.items and state.items[-1].label is Label.QUESTION
    if apart or not state.items:
        state.items.append(_Item(state.under, "", [line]))
    else:
        state.items[-1].lines.append(line)
    state.fenced ^= line.kind is LineKind.FENCE


def _starts(state: _State, line: Line, text: str) -> bool:
    """Whether an unlabelled line begins an entry instead of going on with the one above."""
    above = state.items[-1] if state.items else None
    if above is None or line.kind is LineKind.HEADING:
        return True
    if state.opened and above.lines[-1].number < state.opened.number:
        return True
    if above.label is Label.QUESTION and _asks(text):
        return not _unfinished(above)
    if line.indent > above.lines[0].indent:
        return above.label is Label.QUESTION and not _unfinished(above)
    return line.kind in _ITEMS or state.gap or not _wraps(above, text)


def _wraps(above: _Item, text: str) -> bool:
    """Whether ``text`` goes on with the line above it, which an editor broke."""
    if _unfinished(above):
        return True
    last = above.lines[-1]
    long = len(last.raw.expandtabs(4)) >= _WRAPPED
    return text[:1].islower() and (long or _broken(above, last))


def _broken(above: _Item, last: Line) -> bool:
    """Whether a line before one in lower case stops in the middle of a sentence: its author begins
    entries with a capital or a label, and it has no mark at its end."""
    begins = above.lines[0].text
    capital = not undecorated(begins).startswith(above.text) or above.text[:1].isupper()
    return capital and not above.listed and not last.text.rstrip("*_ ").endswith(_ENDS)


def _unfinished(item: _Item) -> bool:
    """Whether a question's quotation is still open, or it has not come to its mark."""
    text = " ".join([item.text, *(line.text for line in item.lines[1:])])
    for opening, closing in _QUOTES:
        if opening != closing and text.startswith(opening):
            return closing not in text
    if text.startswith('"'):
        return text.count('"') % 2 == 1
    return item.label is Label.QUESTION and not text.rstrip().endswith(("?", ".", "!", "”", '"'))


def _unlabelled(state: _State, line: Line, text: str) -> Label:
    """The kind of a line without a label of its own."""
    opened = state.opened
    if opened:
        listed = line.kind in _ITEMS and opened.kind not in _ITEMS
        direct = not any(item.lines[0].number > opened.number for item in state.items)
        running = not state.gap and not (state.items and state.items[-1].listed)
        if line.indent > opened.indent or listed or direct or running:
            return state.under
        state.opened, state.under = None, Label.STUDY
    return Label.QUESTION if _asks(text) else Label.STUDY


def _asks(text: str) -> bool:
    inner = unquoted(text)
    return inner.endswith("?") and (inner != text or bool(_ASKS.match(inner)))


def _markdown(text: str, run: Sequence[Line]) -> Markdown:
    """An entry whose first line says ``text``, without marker and label, with its further lines
    dedented; wrapped text is joined, nested lists and code keep their lines."""
    if not text:
        return markdown(run)
    at = 1
    while at < len(run) and run[at].kind is LineKind.TEXT:
        text, at = f"{text} {run[at].text}", at + 1
    return Markdown(f"{text}\n{markdown(run[at:])}" if at < len(run) else text)
