"""Opens, reads and saves PDF files; the only importer of pikepdf."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

Pdf = Any
"""A pikepdf.Pdf.  pikepdf's objects are as untyped as a PDF file's."""

_OF_FILE = ("/Lang", "/MarkInfo", "/ViewerPreferences", "/Metadata")


def new() -> Pdf:
    """A file without pages."""
    import pikepdf

    return pikepdf.new()


def opened(raw: bytes) -> Pdf:
    """A file that is there."""
    import pikepdf

    return pikepdf.open(io.BytesIO(raw))


def saved(pdf: Pdf) -> bytes:
    """The file's bytes; the same for the same content."""
    import pikepdf

    file = io.BytesIO()
    pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def numbers(pdf: Pdf) -> dict[tuple[int, int], int]:
    """The number (from 0) of each page by its object."""
    return {page.objgen: number for number, page in enumerate(pdf.pages)}


def destinations(pdf: Pdf) -> Iterator[tuple[str, Any]]:
    """The anchors by name; each is an array of page, kind of view and coordinates."""
    import pikepdf

    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        for key, place in pikepdf.NameTree(pdf.Root.Names.Dests).items():
            yield str(key), place


def copied(out: Pdf, value: Any, source: Pdf) -> Any:
    """A value of another file; pages of it that `out` has already stay those."""
    return out.copy_foreign(value if value.is_indirect else source.make_indirect(value))


def dictionary(**entries: Any) -> Any:
    """A dictionary; names as keywords."""
    import pikepdf

    return pikepdf.Dictionary(**entries)


def array(values: Sequence[Any] = ()) -> Any:
    """An array."""
    import pikepdf

    return pikepdf.Array(values)


def name(text: str) -> Any:
    """A name, "/" included."""
    import pikepdf

    return pikepdf.Name(text)


def string(text: str) -> Any:
    """A text."""
    import pikepdf

    return pikepdf.String(text)


def add_outline(out: Pdf, entries: Sequence["tuple[str, int | None, Any, Any]"]) -> None:
    """Writes an outline: title, page (from 0), coordinates as a pair or None, and entries below."""
    import pikepdf

    def item(entry: tuple[str, int | None, Any, Any]) -> Any:
        title, page, place, below = entry
        made = (
            pikepdf.OutlineItem(title, page, "XYZ", left=place[0], top=place[1])
            if place and page is not None
            else pikepdf.OutlineItem(title, page)
        )
        made.children.extend(item(one) for one in below)
        made.is_closed = bool(below)
        return made

    with out.open_outline() as outline:
        outline.root.extend(item(entry) for entry in entries)


def outline(pdf: Pdf) -> Any:
    """The items of a file's outline, outermost."""
    with pdf.open_outline() as outline:
        return list(outline.root)


def unmarked(page: Any) -> bytes:
    """A page's content without the marks of its tags."""
    import pikepdf

    every = pikepdf.parse_content_stream(page)
    left = [one for one in every if str(one.operator) not in ("BDC", "BMC", "EMC", "DP", "MP")]
    return bytes(pikepdf.unparse_content_stream(left))


def titled(out: Pdf, source: Pdf) -> None:
    """Gives a file the title, author, language and manner of printing of another."""
    for entry in _OF_FILE:
        if entry in source.Root:
            out.Root[entry] = copied(out, source.Root[entry], source)
    for entry, value in source.docinfo.items():
        out.docinfo[entry] = string(str(value))
