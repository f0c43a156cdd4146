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
from exporter.config import Depth, PackConfig, Paper
from exporter.diagnostics import Code, Diagnostic, Report, Severity, Stop
from exporter.ledger import Changes, Ledger, Rename
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
    """A pack as read: nothing is written yet.

    ``farewells`` are notes that are made no more but still shipped; ``renamed`` are questions that
    were recognised by similarity; ``diagnostics`` are in the order of the files.
    """

    folder: Path
    config: PackConfig
    ledger: Ledger
    pack: Pack
    notes: tuple[Note, ...]
    farewells: tuple[Note, ...]
    renamed: tuple[Rename, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def lasting(self) -> tuple[Diagnostic, ...]:
        """Diagnostics about the content alone, not about what changed since the last build."""
        return tuple(one for one in self.diagnostics if one.code is not Code.NEAR_TIE)

    @property
    def errors(self) -> int:
        return sum(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        return sum(one.severity is Severity.WARNING for one in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for: ``only`` and ``weeks`` empty mean all; ``now`` is in epoch
    seconds; ``locked`` allows no change of the ledger, ``accept`` allows every one."""

    out: Path
    now: int
    only: tuple[Output, ...] = ()
    weeks: tuple[int, ...] = ()
    paper: Paper | None = None
    depth: Depth | None = None
    strict: bool = False
    locked: bool = False
    accept: bool = False

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


def read(folder: Path, progress: Progress = _silent, *, replan: bool = False) -> Study:
    """Reads, repairs, recognises, places and links; reports every problem; writes nothing.

    Questions keep the places that the ledger remembers, but with ``replan``.  Stop where
    ``folder`` holds no pack.toml.
    """
    found: list[Diagnostic] = []
    report = found.append
    progress("Reading")
    config, book = _inputs(folder, report)
    documents = _documents(folder, config, report)
    progress("Placing and linking")
    recognition = ledger.recognise(documents, book, report)
    placed = curriculum.place(recognition.documents, config, report)
    linked = relations.link(placed, config, report)
    pack = ledger.keep(linked, book, config, replan=replan)
    progress("Rendering cards")
    notes = cards.render(pack, config, report)
    farewells = cards.farewells(ledger.former(pack, notes, book), config)
    renamed = recognition.renamed
    return Study(folder, config, book, pack, notes, farewells, renamed, _sorted(found))


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
    paper, depth = order.paper or study.config.paper, order.depth or study.config.depth
    study = replace(study, config=replace(study.config, paper=paper, depth=depth))
    found = list(study.diagnostics)
    products: list[Product] = []
    forecast: Forecast | None = None
    if order.wants("apkg"):
        forecast = foresee(study, order.now, accept=order.accept)
        _refuse(study, forecast, order)
        progress("Packing the deck")
        raw = apkg.write(forecast.edition, study.config)
        notes = len(forecast.edition.notes)
        products.append(Product(f"{study.config.slug}.apkg", "apkg", raw, notes=notes))
    lacking = pango.missing() if order.wants("pdf") else ()
    if order.wants("pdf") and not lacking:
        products += _printed(study, order, found.append, progress)
    if order.wants("json"):
        raw = native.dumps(native.model(study.pack, study.lasting))
        products.append(Product("model.json", "json", raw))
    number = forecast.edition.number if forecast else study.ledger.edition
    progress("Writing files")
    unprinted = bool(lacking) or len(found) > len(study.diagnostics)
    book = forecast.ledger if forecast else None
    _publish(study, order, products, number, book, found, unprinted=unprinted)
    return Built(
        study=study,
        edition=number,
        changes=forecast.changes if forecast else None,
        products=tuple(products),
        diagnostics=_sorted(found),
        remedy=pango.remedy() if lacking else None,
    )


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a build would publish as its deck and remember."""

    edition: Edition
    ledger: Ledger
    changes: Changes


def foresee(study: Study, now: int, *, accept: bool = False) -> Forecast:
    """The next edition as a build at ``now`` (epoch seconds) would make it; writes nothing.

    Stop (exit code 4) where the ledger is of a time to come, but with ``accept``.
    """
    ledger.check_clock(study.ledger, now, accept=accept)
    language = study.config.language
    hashes = {tier: apkg.note_type_hash(tier, language) for tier in study.config.tiers}
    edition, book = ledger.date(
        study.pack, study.notes, study.farewells, hashes, study.ledger, study.config, now
    )
    changes = ledger.compare(study.ledger, book, edition, study.renamed)
    return Forecast(edition, book, changes)


def _refuse(study: Study, forecast: Forecast, order: Order) -> None:
    """Stop where learners would lose progress (4) or a locked ledger would change (1)."""
    if order.locked and ledger.save(forecast.ledger) != ledger.save(study.ledger):
        message = f"{ledger.NAME} would change: build without --locked and commit it"
        raise Stop(message, 1)
    paths = [document.path for document in study.pack.documents]
    found = ledger.accidents(study.ledger, forecast.changes, paths)
    if found and not order.accept:
        message = f"{'; '.join(found)}: if that is meant, build with --accept (see status)"
        raise Stop(message, 4)


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
