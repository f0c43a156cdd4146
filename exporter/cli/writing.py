"""Commands that write into the author's folder, because they were asked to."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli import terminal
from exporter.cli.voice import Voice

if TYPE_CHECKING:
    from exporter.diagnostics import Diagnostic


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the repaired text.")
@click.option("--write", is_flag=True, help="Repair the files in place.")
@click.pass_obj
def repair(voice: Voice, files: tuple[Path, ...], to_stdout: bool, write: bool) -> None:
    """Repair broken encodings: a unified diff, the repaired text, or in place."""
    from exporter import mending

    if to_stdout and write:
        raise click.UsageError("--stdout and --write contradict each other")
    failed = False
    for path in files:
        mended = mending.mend(path)
        voice.diagnostics(mended.diagnostics)
        failed = failed or mended.raw is None
        if mended.raw is None:
            continue
        if write:
            changed = mending.write(path, mended)
            voice.note(f"{path}: {'repaired' if changed else 'nothing to repair'}")
        elif to_stdout:
            terminal.content(mended.text)
        else:
            terminal.say(mended.diff, nl=False)
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def init(voice: Voice, folder: Path | None) -> None:
    """Write a commented pack.toml for the documents found in FOLDER, never over one."""
    from exporter import newpack

    found: list[Diagnostic] = []
    made = newpack.write(folder or Path(), found.append)
    voice.diagnostics(found)
    for line in (*made.documents, *map(str, made.foreign)):
        voice.note(line)
    if not made.documents:
        voice.note("no document to read: put .md, .txt or .csv files beside pack.toml")
    voice.note(f"{made.path} is written; next: studypack check {made.path.parent}")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_(voice: Voice, file: Path) -> None:
    """Make a Markdown document of FILE (docx, org, html, ...) beside it, with pandoc."""
    from exporter import importing

    made = importing.convert(file)
    voice.note(f"{made} is written; next: studypack explain {made}")
