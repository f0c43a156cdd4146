"""The papers of a build: those that lie there as they would come out again, and the rest laid out.

Worker processes lay out (`pdf.Pool`), and none is begun unless a sheet's HTML, fonts or version
have changed.  A week's page budget (`page_budget`) is kept here, as only a layout knows its pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from exporter.build.read_pack import ReadPack
from exporter.build.request import BuildRequest, Progress
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.pack import manifest
from exporter.pack.manifest import Manifest, Product
from exporter.paper import book, flashcards, page_budget, pdf, sheets
from exporter.paper.pdf import Outcome
from exporter.paper.sheets import Drafts, Sheet
from exporter.rehearse import mock
from exporter.system import fingerprint, pango

Paper = Literal["pdf", "flashcards"]
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
    its week has a page budget."""

    sheet: Sheet
    kind: Paper
    made_from: str
    drafts: Drafts | None = None


def printed(
    study: ReadPack,
    order: BuildRequest,
    before: Manifest,
    pool: pdf.Pool,
    report: Report,
    progress: Progress,
) -> Printing:
    """The papers that were asked for: week sheets with the interviews of recap days, flash cards;
    what can't be laid out is reported and left out."""
    config = study.config
    every = _jobs(study, order, report)
    wanted = [job for job in every if order.prints(job.sheet.week)]
    products = {product.name: product for product in _kept(wanted, order.out, before)}
    for product in products.values():
        _repeat(product, report)
    missing = [job for job in wanted if f"{job.sheet.name}.pdf" not in products]
    lacking = bool(missing and pango.missing())
    if missing and not lacking:
        pool.begin(len(missing) + 1)  # the pack's own pages come next, and want more than one
        made = _made(missing, config.pages, pool, report, progress)
        products |= {product.name: product for product in made}
    names = [f"{job.sheet.name}.pdf" for job in wanted]
    found = tuple(products[name] for name in names if name in products)
    if len(found) < len(names):
        return Printing(found, whole=False, remedy=pango.remedy() if lacking else None)
    if not order.wants("pdf"):
        return Printing(found)
    if order.weeks:
        _left_as_it_was(before, config, report)
        return Printing(found)
    earlier = manifest.found(before, order.out, book.name(config))
    progress("Binding the study pack")
    sheets_ = [product for product in found if product.kind == "pdf"]
    said: list[Diagnostic] = []
    lay = partial(_lay, pool, said.append)
    volume = book.bound(study.pack, study.notes, config, sheets_, earlier, lay, study.album)
    bound = volume.product
    for one in said:
        report(one)
    if bound and bound is earlier:
        _repeat(bound, report)
    elif bound:
        bound = replace(bound, warnings=_kept_words(said))
    remedy = pango.remedy() if pango.missing() and not volume.whole else None
    return Printing((*found, *filter(None, [bound])), volume.whole, remedy)


def _left_as_it_was(before: Manifest, config: PackConfig, report: Report) -> None:
    if any(row.path == book.name(config) for row in before.rows):
        message = f"{book.name(config)} still holds the sheets of the build before"
        report(Diagnostic(None, Code.OLD_PACK, message))


def _lay(pool: pdf.Pool, report: Report, wanted: Sequence[Sheet]) -> list[pdf.Printed | None]:
    """The pack's own pages, without a word on progress: they are few."""
    if pango.missing():
        return [None for _ in wanted]
    outcomes = pool.laid_out(wanted)
    return [pdf.heard(one, done, report) for one, done in zip(wanted, outcomes, strict=True)]


def _jobs(study: ReadPack, order: BuildRequest, report: Report) -> Iterator[_Job]:
    pack, notes, config, album = study.pack, study.notes, study.config, study.album
    # What the fonts lack is reported where the questions stand: on the sheets.
    if order.wants("pdf"):
        for sheet in sheets.sheets(pack, config, report, notes, album):
            drafts = None
            if config.pages is not None and isinstance(sheet.week, int):
                drafts = sheets.drafts(pack, config, sheet.week, notes, album)
            yield _Job(sheet, "pdf", _made_from(sheet, drafts, config), drafts)
        for sheet in mock.papers(pack, config, _silent, album):
            yield _Job(sheet, "pdf", pdf.recipe(sheet))
    if order.wants("flashcards"):
        told = _silent if order.wants("pdf") else report
        for sheet in flashcards.papers(pack, config, notes, told):
            yield _Job(sheet, "flashcards", pdf.recipe(sheet))


def _made_from(sheet: Sheet, drafts: Drafts | None, config: PackConfig) -> str:
    """What the file follows from: with a budget also from all that it could be shortened to."""
    if drafts is None:
        return pdf.recipe(sheet)
    shortest = drafts.sheet(len(drafts.steps))
    order = (drafts.keys(), config.pages, fingerprint.program())
    return fingerprint.digest(pdf.recipe(sheet), shortest.html, order)


def _kept(wanted: list[_Job], out: Path, before: Manifest) -> Iterator[Product]:
    """The sheets whose file is whole and was made from the same."""
    for job in wanted:
        product = manifest.found(before, out, f"{job.sheet.name}.pdf")
        if product and product.made_from == job.made_from:
            yield product


def _silent(_one: Diagnostic) -> None:
    """For what is reported elsewhere."""


def _made(
    jobs: Sequence[_Job],
    pages: int | None,
    pool: pdf.Pool,
    report: Report,
    progress: Progress,
) -> Iterator[Product]:
    def begun(sheet: Sheet) -> None:
        progress(f"Laying out {sheet.name}.pdf")

    outcomes = pool.laid_out([job.sheet for job in jobs], begun)
    laid = {job.sheet.name: outcome for job, outcome in zip(jobs, outcomes, strict=True)}
    told = _shortened(jobs, laid, pages, pool, progress) if pages else {}
    for job in jobs:
        product = _product(job, laid[job.sheet.name], told.get(job.sheet.name, ()), report)
        if product:
            yield product


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


def _kept_words(said: Sequence[Diagnostic]) -> tuple[str, ...]:
    """What was said, for builds that keep the file and say it again (`_repeat`)."""
    return tuple(f"{one.code.code} {one.message}" for one in said)


def _repeat(product: Product, report: Report) -> None:
    """Says again what was said when the sheet was made."""
    for text in product.warnings:
        name, _, message = text.partition(" ")
        code = next((one for one in Code if one.code == name), Code.SHEET_WARNING)
        report(Diagnostic(None, code, message))
