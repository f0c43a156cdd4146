"""A pack as it was read, and what a build would make of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.build import repeated_remarks
from exporter.check import lint
from exporter.ledger import Changes, Ledger, Rename
from exporter.model import Edition, Note, Pack
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Code, Diagnostic, Severity
from exporter.pack.media import Album


def in_order(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file and line; those of the pack as a whole first."""

    def place(one: Diagnostic) -> tuple[str, int, str]:
        if one.location is None:
            return ("", 0, one.code.code)
        return (one.location.path, one.location.first, one.code.code)

    return tuple(sorted(found, key=place))


def lasting(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those about the content alone, not about what changed since the last build."""
    return tuple(one for one in found if one.code is not Code.NEAR_TIE)


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A pack as read: nothing is written yet.

    ``content`` and ``book`` are a digest of what was read and the ledger's file; ``farewells`` are
    notes that are made no more but still shipped; ``renamed`` are questions that were recognised by
    similarity; ``diagnostics`` are in the order of the files.
    """

    folder: Path
    content: str
    book: bytes | None
    config: PackConfig
    ledger: Ledger
    pack: Pack
    notes: tuple[Note, ...]
    farewells: tuple[Note, ...]
    album: Album
    renamed: tuple[Rename, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def lasting(self) -> tuple[Diagnostic, ...]:
        """Diagnostics about the content alone, not about what changed since the last build."""
        return lasting(self.diagnostics)

    @property
    def failures(self) -> tuple[Diagnostic, ...]:
        """The errors in its content."""
        return tuple(one for one in self.diagnostics if one.severity is Severity.ERROR)

    @property
    def errors(self) -> int:
        return len(self.failures)

    @property
    def warnings(self) -> int:
        return sum(one.severity is Severity.WARNING for one in self.diagnostics)


def examined(study: ReadPack) -> ReadPack:
    """``study`` with what lint has to say about its content besides."""
    remarks = lint.examine(study.pack, study.config)
    known = frozenset(study.diagnostics)
    new = [one for one in remarks if one not in known]
    said = (*study.diagnostics, *repeated_remarks.joined(new, study.pack))
    return replace(study, diagnostics=in_order(said))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a build would publish as its deck and remember."""

    edition: Edition
    ledger: Ledger
    changes: Changes
