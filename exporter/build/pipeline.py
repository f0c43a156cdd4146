"""Joins the stages: files → sources → documents → pack → notes → edition → files.

``read`` runs everything that writes nothing; ``build`` goes on from there and publishes.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from exporter import ledger, readers
from exporter.build import (
    last_read,
    model_json,
    output_folder,
    papers,
    repeated_remarks,
    skipped_questions,
    unchanged,
)
from exporter.build.read_pack import Forecast, ReadPack, in_order
from exporter.build.request import BuildRequest, BuildResult, Progress, silent
from exporter.check import copied_documents, lint, verdicts
from exporter.deck import apkg, cards, preview
from exporter.ledger import Ledger
from exporter.model import Document, Source, find_questions, levels
from exporter.model.config import DocumentConfig, PackConfig
from exporter.model.diagnostics import Code, Diagnostic, Location, Report, Stop
from exporter.pack import foreign, manifest, media, packfile
from exporter.pack import repair as text_repair
from exporter.pack import sources as source_files
from exporter.pack.manifest import Product
from exporter.paper import figures, pdf, sheets
from exporter.plan import place, relate
from exporter.system import atomic

__all__ = [
    "BuildRequest",
    "BuildResult",
    "Forecast",
    "Progress",
    "ReadPack",
    "build",
    "documents",
    "foresee",
    "hints",
    "read",
]


def read(folder: Path, progress: Progress = silent, *, replan: bool = False) -> ReadPack:
    """Reads, repairs, recognises, places and links; reports every problem; writes nothing.

    Questions keep the places that the ledger remembers, but with ``replan``.  Stop where
    ``folder`` holds no pack.toml.
    """
    found: list[Diagnostic] = []
    report = found.append
    progress("Reading")
    config, content, file = _inputs(folder, report)
    book = ledger.load(file, report) if file is not None else Ledger()
    recognition, skipped, texts = _recognised(folder, config, book, report)
    found[:] = skipped.heard(found)
    progress("Placing and linking")
    copied_documents.report_copies(skipped.documents, report)
    _report_idle(skipped.documents, found)
    placed = place.place(skipped.documents, config, report)
    linked = relate.link(placed, config, report)
    kept = ledger.keep(linked, book, config, replan=replan)
    pack = verdicts.judge(kept, verdicts.load(folder, report), report)
    album = media.album(folder, skipped.documents, texts, report)
    progress("Rendering cards")
    notes = cards.render(pack, config, report, album)
    farewells = cards.farewells(ledger.former(pack, notes, book), config)
    pack = replace(pack, cycles=figures.cycles(pack, config, report))
    said = repeated_remarks.joined(levels.settled(found, config.lint, pack.documents), pack)
    return ReadPack(
        folder=folder,
        content=content,
        book=file,
        config=config,
        ledger=book,
        pack=pack,
        notes=notes,
        farewells=farewells,
        album=album,
        renamed=recognition.renamed,
        diagnostics=in_order((*said, *lint.errors(pack, config))),
    )


def _inputs(folder: Path, report: Report) -> tuple[PackConfig, str, bytes | None]:
    """What pack.toml says, a digest of what it is about, and the ledger's file."""
    if not packfile.present(folder):
        message = f"{folder} holds no pack.toml: `studypack init {folder}` writes one"
        raise Stop(message, 2)
    if os.path.lexists(folder / atomic.FOREIGN):
        message = f"{atomic.FOREIGN} {atomic.foreign_journal()}"
        place = Location(atomic.FOREIGN, 1, 1)
        report(Diagnostic(place, Code.FOREIGN_JOURNAL, message))
    config = packfile.load(folder, report)
    packfile.unlisted(folder, config, report)
    for one in foreign.beside(folder):
        report(Diagnostic(Location(one.name, 1, 1), Code.FOREIGN_FILE, str(one)))
    return config, unchanged.content(folder, config), ledger.read(folder, report)


def _recognised(
    folder: Path, config: PackConfig, book: Ledger, report: Report
) -> tuple[ledger.Recognition, skipped_questions.Skipped, tuple[Source, ...]]:
    """The documents with ids and keys, those without what people skip, and their texts."""
    found, texts = _documents(folder, config, report)
    recognition = ledger.recognise(found, book, report, config.id)
    return recognition, skipped_questions.skip(recognition.documents, texts, config, report), texts


def documents(folder: Path) -> tuple[PackConfig, tuple[Document, ...], tuple[Source, ...]]:
    """The documents of a pack as they are read, with their repaired texts, and nothing placed or
    rendered; what is wrong with them is for ``read`` to say."""
    found: list[Diagnostic] = []
    config, _, file = _inputs(folder, found.append)
    book = ledger.load(file, found.append) if file is not None else Ledger()
    _, skipped, texts = _recognised(folder, config, book, found.append)
    return config, skipped.documents, texts


def hints(config: PackConfig, path: str) -> readers.Hints:
    """What pack.toml says of how the document ``path`` is read."""
    setting = next((one for one in config.documents if one.path == path), DocumentConfig(path))
    return readers.Hints(setting.reader, setting.asks, config.tier_words)


def _report_idle(documents: Sequence[Document], found: list[Diagnostic]) -> None:
    """Says that nothing can be learned from the pack, where no document has said so itself."""
    said = {Code.ASKS_UNREAD, Code.EMPTY_DOCUMENT} & {one.code for one in found}
    useful = any(one.questions or one.topics or one.exercises or one.plan for one in documents)
    if documents and not useful and not said:
        message = (
            "nothing is read as a question, a topic or a plan, so no card is made: "
            "`studypack explain FILE` says how a document was read and how to settle what asks"
        )
        found.append(Diagnostic(None, Code.NO_QUESTIONS, message))


def _documents(
    folder: Path, config: PackConfig, report: Report
) -> tuple[tuple[Document, ...], tuple[Source, ...]]:
    """The documents as they are read, and their repaired lines."""
    if not config.documents:
        message = "no document to read: put .md, .txt or .csv files beside pack.toml"
        message = "; ".join((message, *map(str, foreign.beside(folder))))
        report(Diagnostic(None, Code.NO_DOCUMENTS, message))
    titles = {document.path: document.title for document in config.documents}
    read, texts = [], []
    for source in source_files.load(folder, config.documents, report):
        text = text_repair.repair(source, report)
        texts.append(text)
        said = hints(config, source.path)
        read.append(readers.read(text, said, titles[source.path], report))
    return tuple(read), tuple(texts)


def build(
    study: ReadPack, order: BuildRequest, progress: Progress = silent, pool: pdf.Pool | None = None
) -> BuildResult:
    """Publishes a pack without errors to ``order.out``; with errors, nothing.  ``pool`` lays out.

    A sheet that can't be laid out is an error that stops neither the deck nor the other sheets.
    Stop (exit code 2) where a file can't be written or the plan has no such week.  To be called
    ``atomic.alone``.
    """
    if study.errors or (order.strict and study.warnings):
        return BuildResult(study.ledger.edition, None, (), study.diagnostics)
    order = order.settled(study.config)
    _known_weeks(study, order)
    paper, depth = order.paper or study.config.paper, order.depth or study.config.depth
    wide = study.config.landscape if order.landscape is None else order.landscape
    config = replace(study.config, paper=paper, depth=depth, landscape=wide)
    untouched, study = study, replace(study, config=config)
    found = list(study.diagnostics)
    report = levels.weighing(found.append, study.config.lint, study.pack.documents)
    before = manifest.load(order.out)
    output_folder.check_owner(study, order, before)
    forecast = foresee(study, order.now, accept=order.accept) if order.wants("apkg") else None
    if forecast:
        _refuse(study, forecast, order)
    products = _deck(study, forecast, progress) if forecast else []
    with nullcontext(pool) if pool else pdf.Pool() as workers:
        printed = papers.printed(study, order, before, workers, report, progress)
    products += printed.products
    if order.wants("html"):
        products += _pages(study, order, report)
    if order.wants("json"):
        raw = model_json.dumps(model_json.model(study.pack, study.lasting))
        products.append(Product("model.json", "json", raw))
    if order.wants("preview"):
        progress("Drawing the preview")
        drawn = preview.page(study.notes, study.album.pictures, study.pack, study.config)
        products.append(Product(preview.PAGE, "preview", drawn))
    found = list(repeated_remarks.joined(found, study.pack))
    progress("Writing files")
    listed = output_folder.listed(study, order, before, forecast, products, printed, found)
    output_folder.publish(study, order, before, forecast, products, listed)
    _remember(untouched, forecast)
    return BuildResult(
        edition=listed.edition,
        changes=forecast.changes if forecast else None,
        products=tuple(products),
        diagnostics=in_order(found),
        remedy=printed.remedy,
    )


def _known_weeks(study: ReadPack, order: BuildRequest) -> None:
    for week in order.weeks:
        find_questions.week(study.pack.plan, week)


def _remember(study: ReadPack, forecast: Forecast | None) -> None:
    """Keeps what was read for the questions to come."""
    if forecast:
        last_read.keep(study, ledger.save(forecast.ledger), len(study.notes))
    else:
        last_read.keep(study, study.book, None)


def foresee(study: ReadPack, now: int, *, accept: bool = False) -> Forecast:
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
    return Forecast(replace(edition, pictures=study.album.pictures), book, changes)


def _deck(study: ReadPack, forecast: Forecast, progress: Progress) -> list[Product]:
    progress("Packing the deck")
    edition, slug = forecast.edition, study.config.slug
    raw = apkg.write(edition, study.config)
    made = [Product(f"{slug}.apkg", "apkg", raw, notes=len(edition.notes))]
    if edition.farewells:
        raw = apkg.farewell(edition, study.config)
        made.append(Product(f"{slug}-farewell.apkg", "apkg", raw))
    return made


def _pages(study: ReadPack, order: BuildRequest, report: Report) -> Iterator[Product]:
    """The sheets for browsers; what the fonts lack is said once, where the sheets are laid out."""
    told = report if not order.wants("book") else lambda _: None
    found = sheets.sheets(study.pack, study.config, told, study.notes, study.album)
    for sheet in found:
        if order.prints(sheet.week):
            raw = sheets.standalone(sheet.html)
            yield Product(f"{sheet.name}.html", "html", raw, week=sheet.week)


def _refuse(study: ReadPack, forecast: Forecast, order: BuildRequest) -> None:
    """Stop where learners would lose progress (4) or a locked ledger would change (1)."""
    if order.locked and ledger.save(forecast.ledger) != ledger.save(study.ledger):
        message = f"{ledger.NAME} would change: build without --locked and commit it"
        raise Stop(message, 1)
    paths = [document.path for document in study.pack.documents]
    found = ledger.accidents(study.ledger, forecast.ledger, forecast.changes, paths)
    if found and not order.accept:
        message = f"{'; '.join(found)}: if that is meant, build with --accept (see status)"
        raise Stop(message, 4)
