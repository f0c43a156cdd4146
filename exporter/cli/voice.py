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
        self._drawn = 0  # columns of the redrawn line; blanks wipe it also where escapes are cut

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
            return self._redraw
        return lambda step: self._say(f"{step} …", err=True)

    def _redraw(self, step: str) -> None:
        self.done()
        self._say(f"{step} …", err=True, nl=False)
        self._drawn = len(step) + 2

    def done(self) -> None:
        """Takes the redrawn line away."""
        if self._drawn:
            self._say(f"\r{' ' * self._drawn}\r", err=True, nl=False)
            self._drawn = 0
