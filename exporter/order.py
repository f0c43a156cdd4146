"""What a build is asked for, and what it did."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.config import Depth, PackConfig, Paper
from exporter.diagnostics import Diagnostic
from exporter.ledger import Changes
from exporter.model import Week
from exporter.writers.manifest import Output, Product, Row

DEFAULT: tuple[Output, ...] = ("apkg", "pdf", "json")
"""What a build makes where nothing is named; the rest is made only by name."""
PAPERS = ("pdf", "book", "flashcards", "html")
"""What can be printed week by week."""

Progress = Callable[[str], None]
"""Told what the build turns to next, in a few words."""


def silent(_step: str) -> None:
    """Progress nobody watches."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for: ``only`` and ``weeks`` empty mean all; ``now`` is in epoch
    seconds; ``locked`` allows no change of the ledger, ``accept`` allows every one."""

    out: Path
    now: int
    only: tuple[Output, ...] = ()
    weeks: tuple[int, ...] = ()
    paper: Paper | None = None
    landscape: bool | None = None
    depth: Depth | None = None
    strict: bool = False
    locked: bool = False
    accept: bool = False

    def settled(self, config: PackConfig) -> "Order":
        """The order with what the pack asks for besides, where nothing is named."""
        if self.only or "book" not in config.outputs:
            return self
        return replace(self, only=(*DEFAULT, "book"))

    def wants(self, output: Output) -> bool:
        return output in (self.only or DEFAULT)

    def prints(self, week: Week) -> bool:
        """Whether a sheet of that week is asked for."""
        return not self.weeks or week in self.weeks

    def covers(self, row: Row) -> bool:
        """Whether this build would have made the file of ``row`` if the pack still had it."""
        if not self.only and not self.weeks:
            return row.kind in DEFAULT
        return row.kind in self.only and (row.kind not in PAPERS or not self.weeks)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.  ``changes`` is None where no deck was made; ``remedy`` is the command that
    installs what laying out pages lacks here, None where nothing is missing."""

    edition: int
    changes: Changes | None
    products: tuple[Product, ...]
    diagnostics: tuple[Diagnostic, ...]
    remedy: str | None = None
