"""The tags of several files as one tree, so that the bound file can still be read aloud.

Each run of pages becomes a part of the document.  A page numbers its marked content for the file's
"parent tree" (`StructParents`), a link for itself (`StructParent`); both count on from the file
before.
"""

from typing import Any

from exporter.paper.binding import pdf_files
from exporter.paper.binding.volume import Run, Volume


def join(volume: Volume) -> None:
    """Gives the volume the tags of its pages; nothing where a file has none."""
    out = volume.out
    if any("/StructTreeRoot" not in source.Root for source in volume.sources.values()):
        return
    root = out.make_indirect(pdf_files.dictionary(Type=pdf_files.name("/StructTreeRoot")))
    document = _element(out, "/Document", root)
    numbered: list[Any] = []
    elements: dict[str, list[Any]] = {}
    for name, source in volume.sources.items():
        tree = pdf_files.copied(out, source.Root.StructTreeRoot, source)
        elements[name] = list(tree.K[0].K)
        base = numbered[-2] + 1 if numbered else 0
        _renumber(volume, name, base)
        entries = list(tree.ParentTree.Nums)
        for number, entry in zip(entries[::2], entries[1::2], strict=True):
            numbered += [int(number) + base, entry]
    document.K = pdf_files.array(
        [_part(volume, run, elements[run.name], document) for run in volume.runs]
    )
    root.K = pdf_files.array([document])
    root.ParentTree = out.make_indirect(pdf_files.dictionary(Nums=pdf_files.array(numbered)))
    root.ParentTreeNextKey = numbered[-2] + 1
    out.Root.StructTreeRoot = root


def _renumber(volume: Volume, name: str, base: int) -> None:
    for at in volume.pages(name).values():
        page = volume.out.pages[at].obj
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + base
        for annotation in page.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + base


def _part(volume: Volume, run: Run, elements: list[Any], document: Any) -> Any:
    """The elements of a run's pages, below one of their own."""
    on = {volume.out.pages[at].obj.objgen for at in run.pages.values()}
    part = _element(volume.out, "/Part", document)
    part.T = pdf_files.string(run.title)
    mine = [element for element in elements if element.Pg.objgen in on]
    for element in mine:
        element.P = part
    part.K = pdf_files.array(mine)
    return part


def _element(out: Any, kind: str, parent: Any) -> Any:
    return out.make_indirect(
        pdf_files.dictionary(Type=pdf_files.name("/StructElem"), S=pdf_files.name(kind), P=parent)
    )
