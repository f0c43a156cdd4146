"""The pack's pages for reading: stories, advice and guides, set larger than on a sheet."""

from collections.abc import Iterator
from itertools import groupby

from exporter.model import Document, Exercise, ExerciseKind, Html, Pack, Reading, ReadingKind
from exporter.paper.book.views import Chapter
from exporter.paper.sheets.texts import Texts
from exporter.paper.sheets.views import Story

_READ = (ReadingKind.STORY, ReadingKind.ADVICE)
_TALKED = (ExerciseKind.ADVICE, ExerciseKind.MODE)
_GUIDE = "guide"


def chapters(pack: Pack, texts: Texts) -> tuple[Chapter, ...]:
    """A chapter for each document that has something to read."""
    found = []
    for number, document in enumerate(pack.documents, start=1):
        stories = tuple(_stories(document, pack, texts))
        if stories:
            title = texts.plain(document.title)
            found.append(Chapter(f"c-{number}", title, stories))
    return tuple(found)


def _stories(document: Document, pack: Pack, texts: Texts) -> Iterator[Story]:
    """What is to be read, in the author's order; of a guide everything, under its sections."""
    whole = document.reader == _GUIDE
    readings = [
        one
        for one in pack.readings
        if one.location.path == document.path and (whole or one.kind in _READ)
    ]
    exercises = [
        one
        for one in pack.exercises
        if one.location.path == document.path and (whole or one.kind in _TALKED)
    ]
    everything: list[Reading | Exercise] = [*readings, *exercises]
    everything.sort(key=lambda one: one.location.first)

    def heading(one: Reading | Exercise) -> tuple[str, ...]:
        title = one.title if isinstance(one, Reading) else None
        return (*one.section, title) if title else one.section

    for titles, group in groupby(everything, key=heading):
        *outer, title = titles or (document.title,)
        pieces = [texts.block(one.markdown, one.location) for one in group]
        plain = texts.plain(title)
        kicker = texts.plain(" · ".join(outer)) or None
        listed = "".join(f"<div>{piece}</div>" for piece in pieces)
        yield Story(plain or texts.plain(document.title), kicker, Html(listed))
