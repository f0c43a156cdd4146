"""Knows a build that would make what lies there already, without reading a document.

The manifest keeps a digest of all that the last build was made from.  While that is the same and
the files are whole, the answer of a rebuild is known: nothing changed, and the same things are to
be said.  A digest of contents is taken rather than times: a fresh clone, a touched file and an edit
taken back are no edits.
"""

import os
from pathlib import Path

from exporter import ledger
from exporter.build.request import DEFAULT, PAPERS, BuildRequest, BuildResult
from exporter.check import verdicts
from exporter.ledger import Ledger
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Diagnostic, Severity, Stop
from exporter.pack import manifest, media, packfile
from exporter.pack.manifest import Manifest, Product, Row
from exporter.system import atomic, files, fingerprint, state_folder

READ = ".read"
"""The ending of what the last build read, in the state folder."""


def recover(folder: Path, order: BuildRequest) -> None:
    """Finishes or sweeps away what a crash has left of an earlier build.

    Stop as in ``atomic.recover``.
    """
    atomic.recover(folder, ledger.NAME, order.out, manifest.FOLDER)
    for ending in (".json", READ):
        state_folder.sweep(state_folder.path(os.path.realpath(folder), ending))


def content(folder: Path, config: PackConfig) -> str:
    """A digest of what a build reads but for the ledger: the program, pack.toml, documents, their
    images, verdicts.

    To be taken before the documents are read: an edit during the build then looks like one after
    it, and the next build reads them again.
    """
    paths = sorted({*packfile.beside(folder), *(document.path for document in config.documents)})
    documents = [(path, files.digest(folder, path)) for path in paths]
    own = files.digest(folder, packfile.NAME)
    proven = files.digest(folder, verdicts.NAME)
    shown = media.digest(folder)
    return fingerprint.digest(fingerprint.program(), own, repr(config), documents, proven, shown)


def inputs(read: str, book: bytes | None, order: BuildRequest) -> str:
    """A digest of all that a build follows from: ``read`` is its content, ``book`` the ledger's
    file after it."""
    remembered = fingerprint.of_bytes(book) if book is not None else None
    asked = (sorted(order.only), order.weeks, order.paper, order.landscape, order.depth)
    return fingerprint.digest(read, remembered, asked)


def sound(folder: Path) -> bool:
    """Whether ``folder`` is a pack, and none that brings a publication journal."""
    return packfile.present(folder) and not os.path.lexists(folder / atomic.FOREIGN)


def rebuilt(folder: Path, order: BuildRequest) -> BuildResult | None:
    """What a build of unedited inputs whose files are whole comes to; None where it is needed."""
    before = manifest.load(order.out)
    if before.inputs is None or not sound(folder):
        return None
    found: list[Diagnostic] = []
    book = ledger.read(folder, found.append)
    config = packfile.load(folder, found.append)
    order = order.settled(config)
    if found or inputs(content(folder, config), book, order) != before.inputs:
        return None
    products = _whole(before, order)
    known = ledger.load(book, lambda _: None) if book is not None else Ledger()
    if products is None or _refusable(before, known, order):
        return None
    shipped = next((one.notes for one in products if one.notes is not None), None)
    changes = ledger.unchanged(known, shipped) if shipped is not None else None
    return BuildResult(before.edition, changes, products, before.diagnostics)


def _whole(before: Manifest, order: BuildRequest) -> tuple[Product, ...] | None:
    """What the order asks for as it lies there; None where any file is gone or was altered."""
    found = []
    for row in before.rows:
        raw = manifest.raw_of(order.out, row)
        if raw is None:
            return None
        if _asked(row, order):
            found.append(manifest.product(row, raw))
    return tuple(found)


def _asked(row: Row, order: BuildRequest) -> bool:
    if row.kind not in (order.only or DEFAULT):
        return False
    return row.kind not in PAPERS or not order.weeks or row.week in order.weeks


def _refusable(before: Manifest, book: Ledger, order: BuildRequest) -> bool:
    """Whether a build might refuse, which it says itself."""
    if order.strict and any(one.severity is Severity.WARNING for one in before.diagnostics):
        return True
    try:
        ledger.check_clock(book, order.now, accept=order.accept)
    except Stop:
        return True
    return False
