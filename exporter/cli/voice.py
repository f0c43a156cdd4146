"""How loud the command line speaks, and to whom: results are for standard output, all else is not.

It prints through what it is given, so that one module alone knows the command-line package.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from exporter.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from exporter.pipeline import Progress

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Say(Protocol):
    """Prints ``text`` in a colour that the terminal may not have."""

    def __call__(self, text: str, *, fg: str | None = None, err: bool, nl: bool = True) -> None: ...


class Voice:
    """How much to say: -1 quiet, 0 normal, 1 verbose."""

    def __init__(self, loudness: int, say: Say) -> None:
        self.loudness = loudness
        self._say = say

    def diagnostics(self, diagnostics: Sequence[Diagnostic], *, err: bool = True) -> None:
        """Errors and warnings, with -v notices too."""
        for one in diagnostics:
            if one.severity is not Severity.INFO or self.loudness > 0:
                self._say(str(one), fg=_COLOURS[one.severity], err=err)

    def note(self, message: str) -> None:
        """A sentence beside the results; silent with -q."""
        if self.loudness >= 0:
            self._say(message, err=True)

    def progress(self) -> "Progress":
        """A line that redraws itself on a terminal, plain lines elsewhere, nothing with -q."""
        if self.loudness < 0:
            return lambda _step: None
        if sys.stderr.isatty():
            return lambda step: self._say(f"\r\033[K{step} …", err=True, nl=False)
        return lambda step: self._say(f"{step} …", err=True)

    def done(self) -> None:
        """Takes the redrawn line away."""
        if self.loudness >= 0 and sys.stderr.isatty():
            self._say("\r\033[K", err=True, nl=False)
