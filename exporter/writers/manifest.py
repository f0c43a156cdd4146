"""manifest.json: what lies in the output folder.

A build of some outputs only (``--only``, ``--week``) leaves the others where they are, so their
rows stay; a file that the last manifest lists and a whole build no longer makes is stale.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from exporter.diagnostics import Diagnostic, Severity
from exporter.model import Week

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Product:
    """A file to be published: ``name`` is its path in the output folder."""

    name: str
    kind: Literal["apkg", "pdf", "json"]
    raw: bytes
    week: Week = None
    pages: int | None = None
    notes: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A file as the manifest lists it; ``sha256`` in hexadecimal."""

    path: str
    kind: str
    week: Week
    pages: int | None
    notes: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last build left; empty where there was none."""

    rows: tuple[Row, ...] = ()
    live: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(row.path for row in self.rows)


def load(out: Path) -> Manifest:
    """The manifest in ``out``; an empty one where there is none or it can't be read."""
    try:
        found = json.loads((out / NAME).read_text("utf-8"))
        rows = tuple(Row(**row) for row in found["outputs"])
        live = int(found["notes"]["live"])
    except (OSError, ValueError, TypeError, KeyError):
        return Manifest()
    return Manifest(tuple(row for row in rows if _inside(row.path)), live)


def _inside(path: str) -> bool:
    """Whether a listed path names a file of the folder itself: only those are ever deleted."""
    return path == Path(path).name and path not in ("", ".", "..", NAME)


def row(product: Product) -> Row:
    """How ``product`` is listed."""
    digest = hashlib.sha256(product.raw).hexdigest()
    return Row(product.name, product.kind, product.week, product.pages, product.notes, digest)


def dumps(
    edition: int,
    rows: Sequence[Row],
    notes: tuple[int, int],
    diagnostics: Sequence[Diagnostic],
) -> bytes:
    """The file; ``notes`` counts live and retired ones."""
    severities = [one.severity for one in diagnostics]
    value = {
        "version": 1,
        "edition": edition,
        "outputs": [asdict(one) for one in rows],
        "notes": {"live": notes[0], "retired": notes[1]},
        "diagnostics": {severity.value: severities.count(severity) for severity in Severity},
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
