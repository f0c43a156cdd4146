"""manifest.json: what lies in the output folder, and what it was made from.

A build of some outputs only (``--only``, ``--week``) leaves the others where they are, so their
rows stay; a file that the last manifest lists and a whole build no longer makes is stale.

Digests of inputs let the next build leave alone what no edit has touched.  They stand here rather
than in a cache of their own: a cache can be out of step with the files it speaks of.
"""

import json
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from exporter.model import Week
from exporter.model.diagnostics import Code, Diagnostic, Location, Severity
from exporter.system import files, fingerprint, records
from exporter.system.files import Unreadable
from exporter.system.records import Must

NAME = "manifest.json"
FOLDER = "preview/"
_LONGEST = 256  # bytes of a name that no file system takes any more
_LARGEST = 1_000_000_000  # bytes; the largest output is a deck with its images
Output = Literal["apkg", "pdf", "book", "json", "preview", "flashcards", "html"]


@dataclass(frozen=True, slots=True)
class Product:
    """A file to be published: ``name`` is its path in the output folder.

    ``made_from`` is a digest of all that the bytes follow from, where a build may keep the file for
    it; ``warnings`` are the codes and messages of what was said while
    it was made.
    """

    name: str
    kind: Output
    raw: bytes
    week: Week = None
    pages: int | None = None
    notes: int | None = None
    made_from: str | None = None
    warnings: tuple[tuple[str, str], ...] = ()


_CODES = frozenset(code.code for code in Code)
_CodeName = Annotated[str, Must("a diagnostic's code", _CODES.__contains__)]


@dataclass(frozen=True, slots=True)
class Row:
    """A file as the manifest lists it; ``sha256`` in hexadecimal.

    Of ``warnings``, earlier versions wrote the message alone; what they made is made anew.
    """

    path: str
    kind: Output
    week: Week
    pages: int | None
    notes: int | None
    sha256: str
    made_from: str | None = None
    warnings: tuple[tuple[_CodeName, str] | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last build left; empty where there was none.

    ``notes`` counts live and retired ones; ``diagnostics`` is what the build had to say; ``inputs``
    is a digest of all that it was made from, None where a rebuild has to try again; ``pack`` tells
    whose it is, "" where an earlier version did not say.
    """

    edition: int = 0
    rows: tuple[Row, ...] = ()
    notes: tuple[int, int] = (0, 0)
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: str | None = None
    pack: str = ""


@dataclass(frozen=True, slots=True)
class _Notes:
    live: int
    retired: int


_Place = tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class _File:
    """manifest.json as far as it is read."""

    edition: int
    outputs: tuple[Row, ...]
    notes: _Notes
    said: tuple[tuple[_Place, str, str] | tuple[_Place, str, str, Severity], ...]
    inputs: str | None
    seal: str
    pack: str = ""


def load(out: Path) -> Manifest:
    """The manifest in ``out``; an empty one where there is none or it can't be read.

    One that people have edited has no ``inputs``.
    """
    try:
        value = records.parse(files.read(out, NAME, _LARGEST).decode("utf-8"))
        found = records.read(_File, value)
        said = tuple(_diagnostic(*one) for one in found.said)
        whole = found.seal == _seal(value)
    except (Unreadable, ValueError, RecursionError):
        return Manifest()
    return Manifest(
        edition=found.edition,
        rows=tuple(row for row in found.outputs if _inside(row.path)),
        notes=(found.notes.live, found.notes.retired),
        diagnostics=said,
        inputs=found.inputs if whole else None,
        pack=found.pack,
    )


def _diagnostic(
    place: _Place, name: str, message: str, level: Severity | None = None
) -> Diagnostic:
    return Diagnostic(Location(*place) if place else None, Code.named(name), message, level)


def _seal(value: Any) -> str:
    """A digest of the manifest's own content."""
    return fingerprint.digest({name: value[name] for name in sorted(value) if name != "seal"})


def raw_of(out: Path, listed: Row) -> bytes | None:
    """The file of a row as it lies in ``out``; None where it is gone or was altered."""
    try:
        raw = files.read(out, listed.path, _LARGEST)
    except Unreadable:
        return None
    return raw if fingerprint.of_bytes(raw) == listed.sha256 else None


def found(before: Manifest, out: Path, name: str) -> Product | None:
    """A file of the last build as it lies in ``out``; None where it is gone or was altered."""
    row = next((row for row in before.rows if row.path == name), None)
    raw = raw_of(out, row) if row else None
    return product(row, raw) if row and raw is not None else None


def _inside(path: str) -> bool:
    """Whether a listed path names a file of the folder itself or of the one below it that is ours:
    only those are ever deleted."""
    name = path.removeprefix(FOLDER)
    plain = name == Path(name).name and name.isprintable() and len(name.encode()) < _LONGEST
    return plain and name not in ("", ".", "..", NAME)


def row(product: Product) -> Row:
    """How ``product`` is listed."""
    return Row(
        path=product.name,
        kind=product.kind,
        week=product.week,
        pages=product.pages,
        notes=product.notes,
        sha256=fingerprint.of_bytes(product.raw),
        made_from=product.made_from,
        warnings=product.warnings,
    )


def product(listed: Row, raw: bytes) -> Product:
    """The product that ``listed`` tells of, with its bytes."""
    return Product(
        listed.path,
        listed.kind,
        raw,
        listed.week,
        listed.pages,
        listed.notes,
        listed.made_from,
        tuple(one for one in listed.warnings if not isinstance(one, str)),
    )


def dumps(manifest: Manifest) -> bytes:
    """The file."""
    severities = [one.severity for one in manifest.diagnostics]
    value: dict[str, Any] = {
        "version": 1,
        "pack": manifest.pack,
        "edition": manifest.edition,
        "outputs": [asdict(one) for one in manifest.rows],
        "notes": {"live": manifest.notes[0], "retired": manifest.notes[1]},
        "diagnostics": {severity.value: severities.count(severity) for severity in Severity},
        "said": [
            [
                astuple(one.location) if one.location else None,
                one.code.code,
                one.message,
                *([one.level.value] if one.level else []),
            ]
            for one in manifest.diagnostics
        ],
        "inputs": manifest.inputs,
    }
    value["seal"] = _seal(value)
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
