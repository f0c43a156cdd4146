"""How loud the command line speaks: results go to standard output, all else to standard error."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter.cli import terminal
from exporter.model.diagnostics import Diagnostic, Severity
from exporter.text import escapes

if TYPE_CHECKING:
    from exporter.build.pipeline import Progress

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Voice:
    """How much to say: -1 quiet, 0 normal, 1 verbose."""

    def __init__(self, loudness: int) -> None:
        self.loudness = loudness
        self._drawn = 0  # columns of the redrawn line

    def diagnostics(self, diagnostics: Sequence[Diagnostic], *, err: bool = True) -> None:
        """Errors and warnings, with -v notices too."""
        for one in diagnostics:
            if one.severity is not Severity.INFO or self.loudness > 0:
                terminal.say(escapes.line(str(one)), fg=_COLOURS[one.severity], err=err)

    def note(self, message: str) -> None:
        """A sentence beside the results; silent with -q."""
        if self.loudness >= 0:
            terminal.say(escapes.line(message), err=True)

    def progress(self) -> "Progress":
        """A line that redraws itself on a terminal, plain lines elsewhere, nothing with -q."""
        if self.loudness < 0:
            return lambda _step: None
        if sys.stderr.isatty():
            return self._redraw
        return lambda step: terminal.say(f"{step} …", err=True)

    def _redraw(self, step: str) -> None:
        self.done()
        shown = f"{escapes.line(step)} …"
        terminal.say(shown, err=True, nl=False)
        self._drawn = len(shown)

    def done(self) -> None:
        """Takes the redrawn line away."""
        if self._drawn:
            terminal.wipe(self._drawn)
            self._drawn = 0
