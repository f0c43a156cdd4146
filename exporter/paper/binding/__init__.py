"""PDF files bound into one, with what makes each of them easy to use.

Pages are taken as they are: nothing is laid out again.  What speaks of a whole file has to be
joined: links with their destinations and the outline (`volume`), the tags that readers aloud follow
(`tags`), the numbers of pages (`folios`).  pikepdf does it, and `pdf_files` alone knows pikepdf.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from exporter.paper.binding import folios, pdf_files, tags
from exporter.paper.binding.volume import Volume

__all__ = ["LINK", "Section", "begins", "bound", "length", "outline", "pages", "targets"]

LINK = "https://studypack.invalid/pack/"
"""A link to another section begins so; the rest is its name, "#" and an anchor or "page=" and the
number (from 0) of a page of its file."""


@dataclass(frozen=True, slots=True)
class Section:
    """Pages `first` to `last` (from 0, exclusive; None: to the end) of a PDF file.

    `name` is how links call the file, `title` what the outline calls these pages; `numbered` is
    False for what stands before page 1.
    """

    name: str
    title: str
    raw: bytes
    first: int = 0
    last: int | None = None
    numbered: bool = True


@lru_cache(maxsize=64)
def _read(raw: bytes) -> tuple[int, Mapping[str, int], tuple[tuple[str, int], ...]]:
    """A file's pages, anchors and outline: asked for more than once while a pack is bound."""
    with pdf_files.opened(raw) as pdf:
        numbers = pdf_files.numbers(pdf)
        anchors = {name: numbers[place[0].objgen] for name, place in pdf_files.destinations(pdf)}
        entries = (
            (one.title, numbers[one.destination[0].objgen]) for one in pdf_files.outline(pdf)
        )
        return len(pdf.pages), anchors, tuple(entries)


def pages(raw: bytes) -> int:
    """How many pages a file has."""
    return _read(raw)[0]


def targets(raw: bytes) -> Mapping[str, int]:
    """The page (from 0) of each anchor of a file."""
    return _read(raw)[1]


def outline(raw: bytes) -> tuple[tuple[str, int], ...]:
    """The outermost entries of a file's outline, each with its page (from 0)."""
    return _read(raw)[2]


def length(section: Section) -> int:
    """How many pages a section has."""
    return len(range(pages(section.raw))[section.first : section.last])


def begins(sections: Sequence[Section]) -> tuple[int, ...]:
    """The page (from 0) that each section begins on, and the one where another file would.

    Pages keep their side, as their margins are mirrored: a blank page goes before a section that
    would begin on the other one.
    """
    found = []
    at = 0
    for section in sections:
        at += (at - section.first) % 2
        found.append(at)
        at += length(section)
    return (*found, at + at % 2)


def bound(sections: Sequence[Section], stamps: bytes) -> bytes:
    """One file of all sections in order; title, author and language are those of the first.

    `stamps` is a file whose pages hold nothing but a number, to be laid over the numbered pages,
    one each.  Sections of one name are of one file, and those without numbers come first.
    """
    out = pdf_files.new()
    sources = {section.name: pdf_files.opened(section.raw) for section in sections}
    volume = Volume(out, sources)
    starts = begins(sections)
    for section, at in zip(sections, starts, strict=False):
        volume.append(section.name, section.title, section.first, section.last, at)
    volume.link(LINK)
    volume.outline()
    tags.join(volume)
    front = next(at for one, at in zip(sections, starts, strict=False) if one.numbered)
    folios.label(out, front)
    numbers = pdf_files.opened(
        stamps
    )  # stays open, as do the sources: saving reads from all of them
    folios.stamp(out, numbers, front)
    pdf_files.titled(out, sources[sections[0].name])
    return pdf_files.saved(out)
