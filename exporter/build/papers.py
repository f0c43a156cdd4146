"""The papers of a build: those that lie there as they would come out again, and the rest laid out.

Worker processes lay out (`pdf.Pool`), and none is begun unless a sheet's HTML, fonts or version
have changed.  What only a layout knows is seen to here: a leaf that is longer than its two pages
is made once more with less on it, and a week of the book keeps its `page_budget`.  The book comes
last, so that nothing waits for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from exporter.build.read_pack import ReadPack
from exporter.build.request import BuildRequest, Progress
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.pack import manifest
from exporter.pack.manifest import Manifest, Product
from exporter.paper import book, flashcards, page_budget, pdf, sheets
from exporter.paper.leaf import Leaf, leaves
from exporter.paper.pdf import Outcome
from exporter.paper.sheets import Drafts, Sheet
from exporter.rehearse import mock
from exporter.system import fingerprint, pango

Paper = Literal["pdf", "book", "flashcards"]
"""The kinds of output that are laid out."""


@dataclass(frozen=True, slots=True)
class Printing:
    """The sheets that are there now; ``whole`` unless one failed or Pango is missing, which is what
    ``remedy`` (a command) then mends."""

    products: tuple[Product, ...]
    whole: bool = True
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """A sheet that was asked for, and a digest of what it is made from; ``drafts`` shorten it where
    its week has a page budget, ``leaf`` where it is a leaf."""

    sheet: Sheet
    kind: Paper
    made_from: str
    drafts: Drafts | None = None
    leaf: Leaf | None = None


@dataclass(frozen=True, slots=True)
class _Shop:
    """What a build prints with: its order, what lies there, and who lays out and hears of it."""

    study: ReadPack
    order: BuildRequest
    before: Manifest
    pool: pdf.Pool
    report: Report
    progress: Progress


def printed(
    study: ReadPack,
    order: BuildRequest,
    before: Manifest,
    pool: pdf.Pool,
    report: Report,
    progress: Progress,
) -> Printing:
    """The papers that were asked for: leaves with the interviews of recap days, flash cards, then
    the book; what can't be laid out is reported and left out."""
    shop = _Shop(study, order, before, pool, report, progress)
    alone = _printed([job for job in _jobs(shop) if order.prints(job.sheet.week)], shop)
    if not order.wants("book"):
        return alone
    parts = _long(shop)
    if order.weeks:
        _left_as_it_was(before, study.config, report)
        named = [
            replace(one, sheet=replace(one.sheet, name=_of_week(study.config, one.sheet)))
            for one in parts
            if one.sheet.week in order.weeks
        ]
        book_ = _printed(named, shop)
    else:
        book_ = _bound(parts, alone, shop)
    whole = alone.whole and book_.whole
    return Printing((*alone.products, *book_.products), whole, alone.remedy or book_.remedy)


def _of_week(config: PackConfig, sheet: Sheet) -> str:
    return Path(book.name(config, sheet.week)).stem


def _printed(wanted: Sequence[_Job], shop: _Shop) -> Printing:
    """These papers, each a file: as it lies there where it would come out again."""
    products = {product.name: product for product in _kept(wanted, shop.order.out, shop.before)}
    for product in products.values():
        _repeat(product, shop.report)
    missing = [job for job in wanted if f"{job.sheet.name}.pdf" not in products]
    lacking = bool(missing and pango.missing())
    if missing and not lacking:
        products |= {product.name: product for product in _made(missing, shop)}
    names = [f"{job.sheet.name}.pdf" for job in wanted]
    found = tuple(products[name] for name in names if name in products)
    if len(found) < len(names):
        return Printing(found, whole=False, remedy=pango.remedy() if lacking else None)
    return Printing(found)


def _bound(parts: Sequence[_Job], alone: Printing, shop: _Shop) -> Printing:
    """The book, laid out and bound anew where anything in it has changed."""
    study, config = shop.study, shop.study.config
    rounds = [job for job in _interviews(study) if not shop.order.weeks]
    jobs = [*parts, *rounds]
    named = [(job.sheet.name, job.made_from) for job in jobs]
    made_from = book.recipe(study.pack, study.notes, config, named, study.album)
    earlier = manifest.found(shop.before, shop.order.out, book.name(config))
    if earlier and earlier.made_from == made_from:
        _repeat(earlier, shop.report)
        return Printing((earlier,))
    if pango.missing():
        return Printing((), whole=False, remedy=pango.remedy())
    shop.progress("Binding the study pack")
    ready = {product.name: product for product in alone.products}
    laid = _made(
        [job for job in jobs if f"{job.sheet.name}.pdf" not in ready or job in parts], shop
    )
    ready |= {product.name: product for product in laid}
    pages = [ready[name] for job in jobs if (name := f"{job.sheet.name}.pdf") in ready]
    if len(pages) < len(jobs):
        return Printing((), whole=False)
    said: list[Diagnostic] = []

    def lay(wanted: Sequence[Sheet]) -> list[pdf.Printed | None]:
        outcomes = shop.pool.laid_out(wanted)
        return [
            pdf.heard(one, done, said.append) for one, done in zip(wanted, outcomes, strict=True)
        ]

    volume = book.bound(study.pack, study.notes, config, pages, lay, study.album)
    for one in said:
        shop.report(one)
    if volume.product is None:
        return Printing((), volume.whole)
    warnings = (*(words for one in pages for words in one.warnings), *_kept_words(said))
    return Printing((replace(volume.product, made_from=made_from, warnings=warnings),))


def _left_as_it_was(before: Manifest, config: PackConfig, report: Report) -> None:
    if any(row.path == book.name(config) for row in before.rows):
        message = f"{book.name(config)} still holds the sheets of the build before"
        report(Diagnostic(None, Code.OLD_PACK, message))


def _jobs(shop: _Shop) -> Iterator[_Job]:
    """The papers that are a file each: leaves, interviews, flash cards."""
    study, order = shop.study, shop.order
    pack, config, album = study.pack, study.config, study.album
    # What the fonts lack is reported where the questions stand: on the leaves, and in the book.
    if order.wants("pdf"):
        for leaf in leaves(pack, config, album):
            if order.prints(leaf.sheet.week):
                for one in leaf.said:
                    shop.report(one)
            yield _Job(leaf.sheet, "pdf", pdf.recipe(leaf.sheet), leaf=leaf)
        yield from _interviews(study)
    if order.wants("flashcards"):
        told = _silent if order.wants("pdf") or order.wants("book") else shop.report
        for sheet in flashcards.papers(pack, config, study.notes, told):
            yield _Job(sheet, "flashcards", pdf.recipe(sheet))


def _interviews(study: ReadPack) -> Iterator[_Job]:
    for sheet in mock.papers(study.pack, study.config, _silent, study.album):
        yield _Job(sheet, "pdf", pdf.recipe(sheet))


def _long(shop: _Shop) -> list[_Job]:
    """The long form of each week, which the book binds."""
    study = shop.study
    pack, config, album = study.pack, study.config, study.album
    jobs = []
    for sheet in sheets.sheets(pack, config, shop.report, study.notes, album):
        drafts = None
        if config.pages is not None and isinstance(sheet.week, int):
            drafts = sheets.drafts(pack, config, sheet.week, study.notes, album)
        jobs.append(_Job(sheet, "book", _made_from(sheet, drafts, config), drafts))
    return jobs


def _made_from(sheet: Sheet, drafts: Drafts | None, config: PackConfig) -> str:
    """What the file follows from: with a budget also from all that it could be shortened to."""
    if drafts is None:
        return pdf.recipe(sheet)
    shortest = drafts.sheet(len(drafts.steps))
    order = (drafts.keys(), config.pages, fingerprint.program())
    return fingerprint.digest(pdf.recipe(sheet), shortest.html, order)


def _kept(wanted: Sequence[_Job], out: Path, before: Manifest) -> Iterator[Product]:
    """The sheets whose file is whole and was made from the same."""
    for job in wanted:
        product = manifest.found(before, out, f"{job.sheet.name}.pdf")
        if product and product.made_from == job.made_from:
            yield product


def _silent(_one: Diagnostic) -> None:
    """For what is reported elsewhere."""


def _made(jobs: Sequence[_Job], shop: _Shop) -> Iterator[Product]:
    """These papers laid out, those that are too long made shorter."""

    def begun(sheet: Sheet) -> None:
        shop.progress(f"Laying out {sheet.name}.pdf")

    outcomes = shop.pool.laid_out([job.sheet for job in jobs], begun)
    laid = {job.sheet.name: outcome for job, outcome in zip(jobs, outcomes, strict=True)}
    pages = shop.study.config.pages
    told = _shortened(jobs, laid, pages, shop.pool, shop.progress) if pages else {}
    told |= _tightened(jobs, laid, shop)
    for job in jobs:
        product = _product(job, laid[job.sheet.name], told.get(job.sheet.name, ()), shop.report)
        if product:
            yield product


def _tightened(
    jobs: Sequence[_Job], laid: dict[str, Outcome], shop: _Shop
) -> dict[str, tuple[Diagnostic, ...]]:
    """Puts leaves with less on them for those that came out longer than they were reckoned into
    ``laid``; what there is to say of it."""
    said = {}
    for job in jobs:
        name, leaf = job.sheet.name, job.leaf
        done = laid[name].printed
        tries = leaf.tighter() if leaf and done and done.pages > leaf.pages else ()
        for shorter in tries:
            shop.progress(f"Shortening {name}.pdf")
            (laid[name],) = shop.pool.laid_out([shorter.sheet])
            said[name] = shorter.said
            done = laid[name].printed
            if done is None or done.pages <= shorter.pages:
                break
    return said


def _shortened(
    jobs: Sequence[_Job],
    laid: dict[str, Outcome],
    pages: int,
    pool: pdf.Pool,
    progress: Progress,
) -> dict[str, tuple[Diagnostic, ...]]:
    """Puts shorter sheets for those of too many pages into ``laid``; what there is to say of it."""
    over = {
        job.sheet.name: (job.drafts, done.pages)
        for job in jobs
        if job.drafts and (done := laid[job.sheet.name].printed) and done.pages > pages
    }
    tried: dict[Sheet, Outcome] = {}

    def lay(found: Sequence[Sheet]) -> list[int | None]:
        outcomes = pool.laid_out(found, lambda one: progress(f"Shortening {one.name}.pdf"))
        tried.update(zip(found, outcomes, strict=True))
        return [outcome.printed.pages if outcome.printed else None for outcome in outcomes]

    said = {}
    for name, count in page_budget.kept(over, pages, lay).items():
        drafts, had = over[name]
        laid[name] = tried[drafts.sheet(count)] if count else laid[name]
        now = laid[name].printed
        if now:
            said[name] = tuple(page_budget.told(name, drafts.keys(count), (had, now.pages, pages)))
    return said


def _product(
    job: _Job, outcome: Outcome, told: Sequence[Diagnostic], report: Report
) -> Product | None:
    said: list[Diagnostic] = []
    done = pdf.heard(job.sheet, outcome, said.append)
    said += told
    for one in said:
        report(one)
    if done is None:
        return None
    return Product(
        name=f"{job.sheet.name}.pdf",
        kind=job.kind,
        raw=done.pdf,
        week=job.sheet.week,
        pages=done.pages,
        made_from=job.made_from,
        warnings=_kept_words(said),
    )


def _kept_words(said: Sequence[Diagnostic]) -> tuple[tuple[str, str], ...]:
    """What was said, for builds that keep the file and say it again (`_repeat`)."""
    return tuple((one.code.code, one.message) for one in said)


def _repeat(product: Product, report: Report) -> None:
    """Says again what was said when the sheet was made."""
    for name, message in product.warnings:
        report(Diagnostic(None, Code.named(name), message))
