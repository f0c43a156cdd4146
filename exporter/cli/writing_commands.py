"""Commands that write into the author's folder or run code from it, because they were asked to."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli import terminal
from exporter.cli.options import SOURCE, STRICT, folder
from exporter.cli.terminal import Voice

if TYPE_CHECKING:
    from exporter.model.diagnostics import Diagnostic


@click.command()
@SOURCE
@click.option("--node", "program", metavar="PATH", help="A Node.js other than that on the path.")
@click.option("--runs", type=click.IntRange(min=1), default=5, show_default=True, metavar="N")
@STRICT
@click.pass_obj
def verify(voice: Voice, source: Path | None, program: str | None, runs: int, strict: bool) -> None:
    """Run the code puzzles with Node.js and compare what they print with what is stated.

    The verdicts are kept beside the documents and shown on cards and sheets; the documents stay
    as they are.  No other command runs code.
    """
    from exporter.build import verify as verifying

    verified = verifying.verify(folder(source), program, runs, voice.progress())
    voice.done()
    voice.diagnostics(verified.diagnostics)
    if verified.diagnostics:
        voice.note("nothing was run: correct the errors first")
        sys.exit(1)
    if not verified.offline:
        voice.note("this system does not allow to cut the puzzles off from the network")
    terminal.say(verifying.report(verified))
    wrong = any(one.verdict is None or one.verdict.status != "agrees" for one in verified.tried)
    sys.exit(1 if strict and wrong else 0)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the repaired text.")
@click.option("--write", is_flag=True, help="Repair the files in place.")
@click.pass_obj
def repair(voice: Voice, files: tuple[Path, ...], to_stdout: bool, write: bool) -> None:
    """Repair broken encodings: a unified diff, the repaired text, or in place."""
    from exporter.build import repair_files

    if to_stdout and write:
        raise click.UsageError("--stdout and --write contradict each other")
    failed = False
    for path in files:
        mended = repair_files.mend(path)
        voice.diagnostics(mended.diagnostics)
        failed = failed or mended.raw is None
        if mended.raw is None:
            continue
        if write:
            changed = repair_files.write(path, mended)
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
    from exporter.build import first_pack_toml

    found: list[Diagnostic] = []
    made = first_pack_toml.write(folder or Path(), found.append)
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
    from exporter.pack import importing

    made = importing.convert(file)
    voice.note(f"{made} is written; next: studypack explain {made}")
