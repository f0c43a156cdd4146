"""Puts what a build made into the output folder, and with a deck the ledger into the pack."""

from collections.abc import Sequence

from exporter import ledger
from exporter.build import unchanged
from exporter.build.papers import Printing
from exporter.build.read_pack import Forecast, ReadPack, in_order, lasting
from exporter.build.request import PAPERS, BuildRequest
from exporter.model.diagnostics import Diagnostic, Severity, Stop
from exporter.pack import manifest
from exporter.pack.manifest import Manifest, Product
from exporter.system import atomic


def publish(
    study: ReadPack,
    order: BuildRequest,
    before: Manifest,
    forecast: Forecast | None,
    products: Sequence[Product],
    listed: Manifest,
) -> None:
    """Writes (with the deck) the ledger, the products and the manifest together; what no build
    makes any more is deleted.

    Stop as in ``atomic.publish``.
    """
    names = {row.path for row in listed.rows}
    files: dict[str, bytes | None] = {product.name: product.raw for product in products}
    files |= {row.path: None for row in before.rows if row.path not in names}
    files[manifest.NAME] = manifest.dumps(listed)  # last: a crash before it shows in the next build
    remembered = {ledger.NAME: ledger.save(forecast.ledger)} if forecast else {}
    atomic.publish(order.out, files, pack=study.folder, remembered=remembered)


def listed(
    study: ReadPack,
    order: BuildRequest,
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
        inputs = unchanged.inputs(study.content, file, order)
    book = forecast.ledger if forecast else study.ledger
    rows = tuple(sorted((*made, *kept), key=_place))
    return Manifest(book.edition, rows, ledger.numbers(book), said, inputs, _pack(study))


def _pack(study: ReadPack) -> str:
    """What a pack is told by in an output folder."""
    return study.config.id or study.config.deck


def check_owner(study: ReadPack, order: BuildRequest, before: Manifest) -> None:
    """Stop (exit code 2) where the output folder holds another pack's files, which this build would
    replace and delete.  The root deck that the ledger remembers is the pack's own as well."""
    own = {study.config.id, study.config.deck, study.ledger.deck}
    if before.pack and before.pack not in own:
        message = (
            f'{order.out} holds what another pack ("{before.pack}") has built: choose another '
            "folder with --out, or delete that one"
        )
        raise Stop(message, 2)


def _place(row: manifest.Row) -> tuple[int, float, bool, str]:
    """Deck, farewell, sheets by week, the rest: whatever was built when."""
    week = float("inf") if row.week == "beyond" else float(row.week or 0)
    first = ("apkg", "pdf", "book")
    at = first.index(row.kind) if row.kind in first else len(first)
    return at, week, row.notes is None, row.path
