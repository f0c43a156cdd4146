"""Joins the stages: files → sources → documents → pack → notes → edition → files.

``read`` runs everything that writes nothing; ``build`` goes on from there and publishes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from exporter import (
    cards,
    curriculum,
    ledger,
    packfile,
    pango,
    publication,
    readers,
    relations,
)
from exporter import repair as text_repair
from exporter import sources as source_files
from exporter.config import PackConfig, Paper
from exporter.diagnostics import Code, Diagnostic, Report, Severity, Stop
from exporter.ledger import Changes, Ledger
from exporter.model import Document, Edition, Note, Pack
from exporter.writers import apkg, manifest, native, pdf, sheets
from exporter.writers.manifest import Product

Output = Literal["apkg", "pdf", "json"]
Progress = Callable[[str], None]
"""Told what the build turns to next, in a few words."""


def _silent(_step: str) -> None:
    """Progress nobody watches."""


@dataclass(frozen=True, slots=True)
class Study:
    """A pack as read: nothing is written yet.  ``diagnostics`` are in the order of the files."""

    folder: Path
    config: PackConfig
    ledger: Ledger
    pack: Pack
    notes: tuple[Note, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> int:
        return sum(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        return sum(one.severity is Severity.WARNING for one in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for: ``only`` and ``weeks`` empty mean all; ``now`` is in epoch
    seconds."""

    out: Path
    now: int
    only: tuple[Output, ...] = ()
    weeks: tuple[int, ...] = ()
    paper: Paper | None = None
    strict: bool = False

    def wants(self, output: Output) -> bool:
        return not self.only or output in self.only


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.  ``changes`` is None where no deck was made; ``remedy`` is the command that
    installs what laying out pages lacks here, None where nothing is missing."""

    study: Study
    edition: int
    changes: Changes | None
    products: tuple[Product, ...]
    diagnostics: tuple[Diagnostic, ...]
    remedy: str | None = None


def read(folder: Path, progress: Progress = _silent) -> Study:
    """Reads, repairs, recognises, places and links; reports every problem; writes nothing.

    Stop where ``folder`` holds no pack.toml.
    """
    found: list[Diagnostic] = []
    report = found.append
    progress("Reading")
    config, book = _inputs(folder, report)
    documents = _documents(folder, config, report)
    progress("Placing and linking")
    recognised = ledger.recognise(documents, book, report)
    pack = relations.link(curriculum.place(recognised, config, report), config, report)
    progress("Rendering cards")
    notes = cards.render(pack, config, report)
    return Study(folder, config, book, pack, notes, _sorted(found))


def _inputs(folder: Path, report: Report) -> tuple[PackConfig, Ledger]:
    if not (folder / packfile.NAME).is_file():
        message = f"{folder} holds no pack.toml: `studypack init {folder}` writes one"
        raise Stop(message, 2)
    publication.settle(folder)
    config = packfile.load(folder, report)
    packfile.unlisted(folder, config, report)
    path = folder / ledger.NAME
    book = ledger.load(path.read_bytes(), report) if path.exists() else Ledger()
    return config, book


def _documents(folder: Path, config: PackConfig, report: Report) -> tuple[Document, ...]:
    if not config.documents:
        message = "no document to read: put .md or .txt files beside pack.toml"
        report(Diagnostic(None, Code.NO_DOCUMENTS, message))
    settings = {document.path: document for document in config.documents}
    documents = []
    for source in source_files.load(folder, config.documents, report):
        setting = settings[source.path]
        repaired = text_repair.repair(source, report)
        documents.append(readers.read(repaired, setting.reader, setting.title, report))
    return tuple(documents)


def _sorted(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file and line; those of the pack as a whole first."""

    def place(one: Diagnostic) -> tuple[str, int, str]:
        if one.location is None:
            return ("", 0, one.code.code)
        return (one.location.path, one.location.first, one.code.code)

    return tuple(sorted(found, key=place))


def build(study: Study, order: Order, progress: Progress = _silent) -> Built:
    """Publishes a pack without errors to ``order.out``; with errors, nothing.

    A sheet that can't be laid out is an error that stops neither the deck nor the other sheets.
    Stop (exit code 2) where a file can't be written.
    """
    if study.errors or (order.strict and study.warnings):
        return Built(study, study.ledger.edition, None, (), study.diagnostics)
    if order.paper:
        study = replace(study, config=replace(study.config, paper=order.paper))
    found = list(study.diagnostics)
    edition, book, changes = _dated(study, order)
    products: list[Product] = []
    if deck := order.wants("apkg"):
        progress("Packing the deck")
        raw = apkg.write(edition, study.config)
        products.append(Product(f"{study.config.slug}.apkg", "apkg", raw, notes=len(edition.notes)))
    lacking = pango.missing() if order.wants("pdf") else ()
    if order.wants("pdf") and not lacking:
        products += _printed(study, order, found.append, progress)
    if order.wants("json"):
        raw = native.dumps(native.model(study.pack, study.diagnostics))
        products.append(Product("model.json", "json", raw))
    number = edition.number if deck else study.ledger.edition
    progress("Writing files")
    unprinted = bool(lacking) or len(found) > len(study.diagnostics)
    _publish(study, order, products, number, book if deck else None, found, unprinted=unprinted)
    return Built(
        study=study,
        edition=number,
        changes=changes if deck else None,
        products=tuple(products),
        diagnostics=_sorted(found),
        remedy=pango.remedy() if lacking else None,
    )


def _dated(study: Study, order: Order) -> tuple[Edition, Ledger, Changes]:
    hashes = {tier: apkg.note_type_hash(tier, study.config.language) for tier in study.config.tiers}
    return ledger.date(study.pack.questions, study.notes, hashes, study.ledger, order.now)


def _printed(study: Study, order: Order, report: Report, progress: Progress) -> Iterator[Product]:
    """The week sheets that were asked for, laid out; what can't be is reported and left out."""
    for sheet in sheets.sheets(study.pack, study.config, report):
        if order.weeks and sheet.week not in order.weeks:
            continue
        progress(f"Laying out {sheet.name}.pdf")
        if printed := pdf.render(sheet, report):
            yield Product(f"{sheet.name}.pdf", "pdf", printed.pdf, sheet.week, printed.pages)


def _publish(
    study: Study,
    order: Order,
    products: Sequence[Product],
    number: int,
    book: Ledger | None,
    found: Sequence[Diagnostic],
    *,
    unprinted: bool,
) -> None:
    """Writes products, manifest and (with the deck) the ledger together.

    What this build was not asked for stays listed, and with ``unprinted`` the last good sheets;
    what no build makes any more is deleted.
    """
    before = manifest.load(order.out)
    made = tuple(manifest.row(product) for product in products)
    names = {row.path for row in made}
    others = tuple(row for row in before.rows if row.path not in names)
    kept = tuple(
        row for row in others if not _asked(order, row) or (unprinted and row.kind == "pdf")
    )
    live = next((row.notes for row in (*made, *kept) if row.notes is not None), 0)
    files = {order.out / product.name: product.raw for product in products}
    raw = manifest.dumps(number, (*made, *kept), (live, _retired(book or study.ledger)), found)
    files[order.out / manifest.NAME] = raw
    if book:
        files[study.folder / ledger.NAME] = ledger.save(book)
    stale = [order.out / row.path for row in others if row not in kept]
    try:
        publication.publish(files, stale, study.folder if book else order.out)
    except OSError as error:
        message = f"{error.filename or order.out} can't be written: {error.strerror}"
        raise Stop(message, 2) from error


def _asked(order: Order, row: manifest.Row) -> bool:
    """Whether this build would have made the file of ``row`` if the pack still had it."""
    if not order.only and not order.weeks:
        return True
    return row.kind in order.only and (row.kind != "pdf" or not order.weeks)


def _retired(book: Ledger) -> int:
    return sum(note.retired is not None for entry in book.entries for note in entry.notes)
