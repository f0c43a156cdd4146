"""PDF files bound into one, with what makes each of them easy to use.

Pages are taken as they are: nothing is laid out again.  What speaks of a whole file has to be
joined: links with their destinations and the outline (`volume`), the tags that readers aloud follow
(`tags`), the numbers of pages (`folios`).  pikepdf does it, and `files` alone knows pikepdf.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exporter.writers.binding import files, folios, tags
from exporter.writers.binding.volume import Volume

__all__ = ["LINK", "Section", "begins", "bound", "pages", "targets"]

LINK = "https://studypack.invalid/pack/"
"""A link to another section begins so; the rest is its name, "#" and an anchor."""


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


def pages(raw: bytes) -> int:
    """How many pages a file has."""
    with files.opened(raw) as pdf:
        return len(pdf.pages)


def targets(raw: bytes) -> Mapping[str, int]:
    """The page (from 0) of each anchor of a file."""
    with files.opened(raw) as pdf:
        numbers = files.numbers(pdf)
        return {name: numbers[place[0].objgen] for name, place in files.destinations(pdf)}


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
        at += len(range(pages(section.raw))[section.first : section.last])
    return (*found, at + at % 2)


def bound(sections: Sequence[Section], stamps: bytes) -> bytes:
    """One file of all sections in order; title, author and language are those of the first.

    `stamps` is a file whose pages hold nothing but a number, to be laid over the numbered pages,
    one each.  Sections of one name are of one file, and those without numbers come first.
    ValueError where a link to another section leads nowhere.
    """
    out = files.new()
    sources = {section.name: files.opened(section.raw) for section in sections}
    volume = Volume(out, sources)
    starts = begins(sections)
    for section, at in zip(sections, starts, strict=False):
        volume.append(section.name, section.title, section.first, section.last, at)
    volume.link(LINK)
    volume.outline()
    tags.join(volume)
    front = next(at for one, at in zip(sections, starts, strict=False) if one.numbered)
    folios.label(out, front)
    numbers = files.opened(stamps)  # stays open, as do the sources: saving reads from all of them
    folios.stamp(out, numbers, front)
    files.titled(out, sources[sections[0].name])
    return files.saved(out)
