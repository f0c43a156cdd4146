"""Puts what a build made into the output folder, and with a deck the ledger into the pack."""

from collections.abc import Sequence

from exporter import ledger, publication, reuse
from exporter.diagnostics import Diagnostic, Severity, Stop
from exporter.order import PAPERS, Order
from exporter.printing import Printing
from exporter.study import Forecast, Study, in_order, lasting
from exporter.writers import manifest
from exporter.writers.manifest import Manifest, Product


def publish(
    study: Study,
    order: Order,
    before: Manifest,
    forecast: Forecast | None,
    products: Sequence[Product],
    listed: Manifest,
) -> None:
    """Writes products, manifest and (with the deck) the ledger together; what no build makes any
    more is deleted."""
    files = {order.out / product.name: product.raw for product in products}
    files[order.out / manifest.NAME] = manifest.dumps(listed)
    if forecast:
        files[study.folder / ledger.NAME] = ledger.save(forecast.ledger)
    names = {row.path for row in listed.rows}
    stale = [order.out / row.path for row in before.rows if row.path not in names]
    try:
        publication.publish(files, stale, study.folder if forecast else order.out)
    except OSError as error:
        message = f"{error.filename or order.out} can't be written: {error.strerror}"
        raise Stop(message, 2) from error


def listed(
    study: Study,
    order: Order,
    before: Manifest,
    forecast: Forecast | None,
    products: Sequence[Product],
    sheets: Printing,
    found: Sequence[Diagnostic],
) -> Manifest:
    """What lies in the output folder after this build.

    What it was not asked for stays listed, and where a sheet failed the last good ones.
    """
    made = tuple(manifest.row(product) for product in products)
    names = {row.path for row in made}
    kept = tuple(
        row
        for row in before.rows
        if row.path not in names
        if not order.covers(row) or (row.kind in PAPERS and not sheets.whole)
    )
    said = lasting(in_order(found))
    inputs = None
    if sheets.whole and not any(one.severity is Severity.ERROR for one in said):
        file = ledger.save(forecast.ledger) if forecast else study.book
        inputs = reuse.inputs(study.content, file, order)
    book = forecast.ledger if forecast else study.ledger
    rows = tuple(sorted((*made, *kept), key=_place))
    return Manifest(book.edition, rows, ledger.numbers(book), said, inputs)


def _place(row: manifest.Row) -> tuple[int, float, str]:
    """Deck, sheets by week, the rest: whatever was built when."""
    week = float("inf") if row.week == "beyond" else float(row.week or 0)
    return ("apkg", "pdf").index(row.kind) if row.kind in ("apkg", "pdf") else 2, week, row.path
