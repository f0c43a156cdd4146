"""Pictures that pack.toml asks for, read from the documents: so far a cycle of steps.

An entry of ``[[figures]]`` names a question or a reading, and the steps are the items of an ordered
list in it: an edit of the list is an edit of the picture, and nothing is drawn that nobody wrote.
"""

import re
from collections.abc import Iterator

from exporter.model import Cycle, Markdown, Pack, Question, Reading, Week, find_questions
from exporter.model.config import FigureConfig, PackConfig
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.pack import packfile
from exporter.text import markup
from exporter.text.markup import Block

_LEAST, _MOST = 3, 12
_LINE = re.compile(r"(?P<path>.+):(?P<line>\d{1,9})$")


def cycles(pack: Pack, config: PackConfig, report: Report) -> tuple[Cycle, ...]:
    """The pictures of a pack, in the order of pack.toml; an entry that fits nothing is an error."""
    found = (_cycle(entry, pack, report) for entry in config.figures)
    return tuple(one for one in found if one)


def _cycle(entry: FigureConfig, pack: Pack, report: Report) -> Cycle | None:
    place = Location(packfile.NAME, entry.line, entry.line)
    source = _source(entry.source, pack, place, report)
    if source is None:
        return None
    lists = [block for text in _texts(source) for block in markup.blocks(text) if _steps(block)]
    if len(lists) < entry.list:
        which = "an ordered list" if entry.list == 1 else f"{entry.list} ordered lists"
        message = f'"{entry.source}" does not hold {which} of {_LEAST} to {_MOST} items'
        report(Diagnostic(place, Code.NO_STEPS, message))
        return None
    steps = tuple(Markdown(item.text) for item in lists[entry.list - 1].items)
    title = entry.title or _title(source)
    return Cycle(title, steps, entry.center, source.location, *_place(source))


def _source(name: str, pack: Pack, place: Location, report: Report) -> Question | Reading | None:
    """What ``name`` names: a reading by a line of it, or a question."""
    match = _LINE.match(name)
    if match:
        spot = Location(match["path"], int(match["line"]), int(match["line"]))
        readings = [one for one in pack.readings if one.location.covers(spot)]
        if len(readings) == 1:
            return readings[0]
    return find_questions.one(pack.questions, name, place, report)


def _texts(source: Question | Reading) -> Iterator[str]:
    if isinstance(source, Reading):
        yield source.markdown
        return
    if source.prompt:
        yield source.prompt
    for answer in source.answers:
        yield answer.markdown


def _steps(block: Block) -> bool:
    numbered = block.kind == "list" and all(item.number for item in block.items)
    return numbered and _LEAST <= len(block.items) <= _MOST


def _title(source: Question | Reading) -> str:
    if isinstance(source, Reading):
        return source.title or (source.section or ("",))[-1]
    return source.title or source.prompt or ""


def _place(source: Question | Reading) -> tuple[Week, int | None]:
    if isinstance(source, Reading):
        return source.week, source.day
    place = source.placement
    return (place.week, place.day) if place else (None, None)
