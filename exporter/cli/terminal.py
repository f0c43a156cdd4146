"""Prints: every word of the command line goes through here.

What documents, file names and ledgers say is shown and never obeyed: control characters are written
out.  Colours are added behind that, so they are ours.

Results go to standard output, all else to standard error; ``Voice`` says how much of it.
"""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

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
                say(escapes.line(str(one)), fg=_COLOURS[one.severity], err=err)

    def note(self, message: str) -> None:
        """A sentence beside the results; silent with -q."""
        if self.loudness >= 0:
            say(escapes.line(message), err=True)

    def progress(self) -> "Progress":
        """A line that redraws itself on a terminal, plain lines elsewhere, nothing with -q."""
        if self.loudness < 0:
            return lambda _step: None
        if sys.stderr.isatty():
            return self._redraw
        return lambda step: say(f"{step} …", err=True)

    def _redraw(self, step: str) -> None:
        self.done()
        shown = f"{escapes.line(step)} …"
        say(shown, err=True, nl=False)
        self._drawn = len(shown)

    def done(self) -> None:
        """Takes the redrawn line away."""
        if self._drawn:
            wipe(self._drawn)
            self._drawn = 0


def say(text: str, *, fg: str | None = None, err: bool = False, nl: bool = True) -> None:
    """Prints ``text``, which may have several lines, in a colour that the terminal may not have."""
    shown = escapes.text(text)
    click.echo(click.style(shown, fg=fg) if fg else shown, err=err, nl=nl)


def fail(message: str) -> None:
    """Says on standard error why the command can't go on."""
    say(f"studypack: {escapes.line(message)}", fg="red", err=True)


def wipe(columns: int) -> None:
    """Takes what was last printed on standard error away, also where escapes are cut off."""
    click.echo(f"\r{' ' * columns}\r", err=True, nl=False)


def value(whole: Any) -> None:
    """Prints a value as JSON."""
    document(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


def document(text: str) -> None:
    """Prints a text that is JSON already."""
    click.echo(escapes.json(text), nl=False)


def content(text: str) -> None:
    """Prints what is to be a file's content: as it is, but on a terminal like any other text."""
    click.echo(escapes.text(text) if sys.stdout.isatty() else text.encode(), nl=False)
