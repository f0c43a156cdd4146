"""The sheets of a build: those that lie there as they would come out again, and the rest laid out.

WeasyPrint is asked, and even imported, only where a sheet's HTML, fonts or version have changed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from exporter import flashcards, mock, pango
from exporter.config import PackConfig
from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Note, Pack
from exporter.order import Order, Progress
from exporter.writers import manifest, pdf, sheets
from exporter.writers.manifest import Manifest, Product
from exporter.writers.sheets import Sheet

Paper = Literal["pdf", "flashcards"]
"""The kinds of output that are laid out."""


@dataclass(frozen=True, slots=True)
class Printing:
    """The sheets that are there now; ``whole`` unless one failed or Pango is missing, which is what
    ``remedy`` (a command) then mends."""

    products: tuple[Product, ...]
    whole: bool = True
    remedy: str | None = None


def printed(
    pack: Pack,
    notes: Sequence[Note],
    config: PackConfig,
    order: Order,
    before: Manifest,
    report: Report,
    progress: Progress,
) -> Printing:
    """The papers that were asked for: week sheets with the interviews of recap days, flash cards;
    what can't be laid out is reported and left out."""
    every: dict[Sheet, Paper] = {}
    if order.wants("pdf"):
        # What the fonts lack is reported where the questions stand: on the sheets.
        every |= dict.fromkeys(sheets.sheets(pack, config, report), "pdf")
        every |= dict.fromkeys(mock.papers(pack, config, _silent), "pdf")
    if order.wants("flashcards"):
        told = _silent if every else report
        every |= dict.fromkeys(flashcards.papers(pack, config, notes, told), "flashcards")
    wanted = [sheet for sheet in every if not order.weeks or sheet.week in order.weeks]
    kept = {product.name: product for product in _kept(wanted, order.out, before)}
    lacking = len(kept) < len(wanted) and bool(pango.missing())
    products = []
    for sheet in wanted:
        product = kept.get(f"{sheet.name}.pdf")
        if product is None and not lacking:
            progress(f"Laying out {sheet.name}.pdf")
            product = _laid_out(sheet, every[sheet], report)
        elif product is not None:
            _repeat(product, report)
        if product is not None:
            products.append(product)
    remedy = pango.remedy() if lacking else None
    return Printing(tuple(products), len(products) == len(wanted), remedy)


def _kept(wanted: list[Sheet], out: Path, before: Manifest) -> Iterator[Product]:
    """The sheets whose file is whole and was made from the same."""
    rows = {row.path: row for row in before.rows}
    for sheet in wanted:
        row = rows.get(f"{sheet.name}.pdf")
        if row is None or row.made_from != pdf.recipe(sheet):
            continue
        raw = manifest.raw_of(out, row)
        if raw is not None:
            yield manifest.product(row, raw)


def _silent(_one: Diagnostic) -> None:
    """For what is reported elsewhere."""


def _laid_out(sheet: Sheet, kind: Paper, report: Report) -> Product | None:
    said: list[str] = []
    done = pdf.render(sheet, _overhearing(report, said.append))
    if done is None:
        return None
    return Product(
        name=f"{sheet.name}.pdf",
        kind=kind,
        raw=done.pdf,
        week=sheet.week,
        pages=done.pages,
        made_from=pdf.recipe(sheet),
        warnings=tuple(said),
    )


def _overhearing(report: Report, note: Callable[[str], None]) -> Report:
    """``report`` that also keeps the words of warnings, for builds that keep the sheet."""

    def said(one: Diagnostic) -> None:
        if one.code is Code.SHEET_WARNING:
            note(one.message)
        report(one)

    return said


def _repeat(product: Product, report: Report) -> None:
    for message in product.warnings:
        report(Diagnostic(None, Code.SHEET_WARNING, message))
