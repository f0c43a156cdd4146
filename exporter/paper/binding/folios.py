"""Page numbers of a bound file: what readers show, and what stands at the foot of each page."""

from typing import Any

from exporter.paper.binding import pdf_files
from exporter.paper.binding.pdf_files import Pdf


def label(out: Pdf, front: int) -> None:
    """Pages before page 1 count i, ii, iii; the others 1, 2, 3."""
    roman, arabic = (pdf_files.dictionary(S=pdf_files.name(style)) for style in ("/r", "/D"))
    entries = [0, roman, front, arabic] if front else [0, arabic]
    out.Root.PageLabels = pdf_files.dictionary(Nums=pdf_files.array(entries))


def stamp(out: Pdf, stamps: Pdf, front: int) -> None:
    """Lays the pages of `stamps` over those from page 1 on, one each, as what is no content."""
    numbered = zip(list(out.pages)[front:], stamps.pages, strict=True)
    for number, (page, stamped) in enumerate(numbered, start=1):
        form = _form(out, stamped, stamps)
        name = pdf_files.name(f"/Folio{number}")  # pages of one file share their resources
        resource = page.add_resource(form, pdf_files.name("/XObject"), name=name)
        drawn = f"/Artifact <</Type /Pagination>> BDC q {resource} Do Q EMC"
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q {drawn}".encode())


def _form(out: Pdf, page: Any, stamps: Pdf) -> Any:
    form = out.make_stream(pdf_files.unmarked(page))
    form.Type, form.Subtype = pdf_files.name("/XObject"), pdf_files.name("/Form")
    form.BBox = pdf_files.array(list(page.mediabox))
    form.Resources = pdf_files.copied(out, page.resources, stamps)
    return form
