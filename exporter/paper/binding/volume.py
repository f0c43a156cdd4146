"""The pages of a bound file, and the links and outline that lead to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from exporter.paper.binding import pdf_files
from exporter.paper.binding.pdf_files import Pdf


@dataclass(frozen=True, slots=True)
class Run:
    """Pages of one file that follow each other: by their number (from 0) in the file, their number
    in the volume."""

    name: str
    title: str
    pages: Mapping[int, int]


@dataclass(slots=True)
class Volume:
    """A file that is being bound from others, which are known by name."""

    out: Pdf
    sources: Mapping[str, Pdf]
    runs: list[Run] = field(default_factory=list)

    def append(self, name: str, title: str, first: int, last: int | None, begin: int) -> None:
        """Adds pages of a file from page `begin` on, with blank pages before it if need be."""
        source = self.sources[name]
        while len(self.out.pages) < begin:
            width, height = (float(side) for side in self.out.pages[-1].mediabox[2:])
            self.out.add_blank_page(page_size=(width, height))
        numbers = range(len(source.pages))[first:last]
        for number in numbers:
            self.out.pages.append(source.pages[number])
        self.runs.append(Run(name, title, {n: begin + at for at, n in enumerate(numbers)}))

    def pages(self, name: str) -> dict[int, int]:
        """Where the pages of a file stand now."""
        return {n: at for run in self.runs if run.name == name for n, at in run.pages.items()}

    def link(self, outside: str) -> None:
        """Names the destinations by file, and lets links find them, those to other files too."""
        places = dict(self._places())
        for run in self.runs:
            for at in run.pages.values():
                for annotation in self.out.pages[at].get("/Annots", ()):
                    self._lead(annotation, run.name, outside, places)
        ordered = sorted(places, key=str.encode)  # as a name tree has them
        names = [entry for name in ordered for entry in (pdf_files.string(name), places[name])]
        tree = pdf_files.dictionary(Names=pdf_files.array(names))
        self.out.Root.Names = pdf_files.dictionary(Dests=self.out.make_indirect(tree))

    def _places(self) -> Iterator[tuple[str, Any]]:
        for name, source in self.sources.items():
            numbers, pages = pdf_files.numbers(source), self.pages(name)
            for anchor, (page, *view) in pdf_files.destinations(source):
                at = pages.get(numbers[page.objgen])
                if at is not None:
                    place = pdf_files.array([self.out.pages[at].obj, *view])
                    yield f"{name}#{anchor}", place
            for number, at in pages.items():
                fit = pdf_files.name("/Fit")
                yield f"{name}#page={number}", pdf_files.array([self.out.pages[at].obj, fit])

    @staticmethod
    def _lead(annotation: Any, name: str, outside: str, places: Mapping[str, Any]) -> None:
        if "/Dest" in annotation:
            target = f"{name}#{annotation.Dest}"
        elif "/A" in annotation and str(annotation.A.get("/URI", "")).startswith(outside):
            target = unquote(str(annotation.A.URI).removeprefix(outside))
        else:
            return
        if target not in places:
            return  # an author's own link, however it came to look like ours
        if "/A" in annotation:
            del annotation["/A"]
        annotation.Dest = pdf_files.string(target)

    def outline(self) -> None:
        """An outline of the runs, each with what its own file's outline has of its pages."""
        entries = []
        for run in self.runs:
            numbers = pdf_files.numbers(self.sources[run.name])
            items = pdf_files.outline(self.sources[run.name])
            entries.append(
                (run.title, min(run.pages.values()), None, list(_below(items, numbers, run)))
            )
        pdf_files.add_outline(self.out, entries)


def _below(items: Any, numbers: Mapping[tuple[int, int], int], run: Run) -> Iterator[Any]:
    for item in items:
        page, _, *place = item.destination
        at = run.pages.get(numbers[page.objgen])
        if at is not None:
            yield item.title, at, place[:2], list(_below(item.children, numbers, run))
