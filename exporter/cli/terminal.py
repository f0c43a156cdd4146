"""Prints: every word of the command line goes through here.

What documents, file names and ledgers say is shown and never obeyed: control characters are written
out.  Colours are added behind that, so they are ours.
"""

import json
import sys
from typing import Any

import click

from exporter.text import escapes


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
