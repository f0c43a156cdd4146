"""The command line: the only place that prints or exits.

Heavy imports stand inside the commands, so that ``--help`` answers at once.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from exporter import __version__
from exporter.cli.voice import Voice
from exporter.diagnostics import Severity, Stop

if TYPE_CHECKING:
    from exporter.pipeline import Built, Study

_SOURCE = click.argument("source", required=False, type=click.Path(path_type=Path))
_SOURCE_OPTION = click.option(
    "--source", type=click.Path(path_type=Path), help="The folder that holds pack.toml."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
_STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


def _say(text: str, *, fg: str | None = None, err: bool, nl: bool = True) -> None:
    click.secho(text, fg=fg, err=err, nl=nl)


class _Commands(click.Group):
    """Lists commands in the order of their use; turns "cannot continue" into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Stop as stop:
            click.secho(f"studypack: {stop}", fg="red", err=True)
            ctx.exit(stop.exit_code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-q", "quiet", is_flag=True, help="Say nothing but warnings and errors.")
@click.option("-v", "verbose", is_flag=True, help="Say more: notices too.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto")
@click.version_option(__version__, prog_name="studypack")
@click.pass_context
def cli(ctx: click.Context, quiet: bool, verbose: bool, color: str) -> None:
    """Study documents in, Anki decks and printed week sheets out."""
    if quiet and verbose:
        raise click.UsageError("-q and -v contradict each other")
    ctx.obj = Voice(verbose - quiet, _say)
    if color != "auto":
        ctx.color = color == "always"
    elif os.environ.get("NO_COLOR"):
        ctx.color = False


@cli.command()
@_SOURCE
@click.option("--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True)
@click.option("--only", multiple=True, type=click.Choice(["apkg", "pdf", "json"]))
@click.option("--week", "weeks", multiple=True, type=click.IntRange(min=1), metavar="N")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Overrides pack.toml.")
@_STRICT
@click.option("--locked", is_flag=True, help="Fail if the ledger would change (for CI).")
@click.option("--accept", is_flag=True, help="Go on where learners would lose progress.")
@click.option("--replan", is_flag=True, help="Place every question anew.")
@_JSON
@click.pass_obj
def build(
    voice: Voice,
    source: Path | None,
    out: Path,
    only: tuple[Any, ...],
    weeks: tuple[int, ...],
    paper: Any,
    strict: bool,
    locked: bool,
    accept: bool,
    replan: bool,
    as_json: bool,
) -> None:
    """Build the deck, the sheets and the model into --out."""
    from exporter import changelist, pipeline, summary

    progress = voice.progress()
    order = pipeline.Order(
        out=out,
        now=int(time.time()),
        only=tuple(dict.fromkeys(only)),
        weeks=tuple(sorted(set(weeks))),
        paper=paper,
        strict=strict,
        locked=locked,
        accept=accept,
    )
    _writable(out)
    study = pipeline.read(_folder(source), progress, replan=replan)
    _known_weeks(study, order.weeks)
    built = pipeline.build(study, order, progress)
    voice.done()
    voice.diagnostics(built.diagnostics)
    if as_json:
        value = changelist.json_of(built.edition, built.changes)
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
    elif voice.loudness >= 0:
        click.echo(summary.built(built, out))
    _leave(built, strict=strict)


def _leave(built: "Built", *, strict: bool) -> NoReturn:
    """Exits with the contract's code: content first, then a missing system piece."""
    severities = {one.severity for one in built.diagnostics}
    if Severity.ERROR in severities or (strict and Severity.WARNING in severities):
        sys.exit(1)
    if built.remedy:
        message = f"studypack: sheets need Pango and libharfbuzz-subset: {built.remedy}"
        click.secho(message, fg="red", err=True)
        sys.exit(3)
    sys.exit(0)


def _writable(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise Stop(f"--out {out} is a file: name a folder", 2)


def _known_weeks(study: "Study", weeks: tuple[int, ...]) -> None:
    known = [week.number for week in study.pack.plan.weeks] if study.pack.plan else []
    for week in weeks:
        if week not in known and not study.errors:
            have = ", ".join(map(str, known)) or "none"
            raise Stop(f"--week {week}: the plan has no such week (it has: {have})", 2)


@cli.command()
@_SOURCE
@_STRICT
@_JSON
@click.pass_obj
def check(voice: Voice, source: Path | None, strict: bool, as_json: bool) -> None:
    """Read, place and link; say everything there is to say; write nothing."""
    from exporter import pipeline, summary

    study = pipeline.read(_folder(source), voice.progress())
    voice.done()
    if as_json:
        click.echo(json.dumps(summary.checked_json(study), ensure_ascii=False, indent=1))
    else:
        voice.diagnostics(study.diagnostics, err=False)
        if voice.loudness >= 0:
            click.echo(summary.checked(study))
    sys.exit(1 if study.errors or (strict and study.warnings) else 0)


@cli.command()
@_SOURCE
@_JSON
@click.option("-v", "diff", is_flag=True, help="Show word by word what changed.")
@click.pass_obj
def status(voice: Voice, source: Path | None, as_json: bool, diff: bool) -> None:
    """Say what a build would change; write nothing."""
    from exporter import changelist, pipeline

    study = pipeline.read(_folder(source), voice.progress())
    voice.done()
    voice.diagnostics(study.diagnostics)
    if study.errors:
        sys.exit(1)
    forecast = pipeline.foresee(study, int(time.time()), accept=True)
    if as_json:
        value = changelist.json_of(forecast.edition.number, forecast.changes)
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
    else:
        click.echo(changelist.table(forecast.changes, verbose=diff or voice.loudness > 0))


@cli.command()
@_SOURCE
@click.pass_obj
def model(voice: Voice, source: Path | None) -> None:
    """Print the whole question model as JSON."""
    from exporter import pipeline
    from exporter.writers import native

    study = pipeline.read(_folder(source), voice.progress())
    voice.done()
    voice.diagnostics(tuple(d for d in study.diagnostics if d.severity is Severity.ERROR))
    value = native.model(study.pack, study.diagnostics)
    click.echo(native.dumps(value).decode(), nl=False)
    sys.exit(1 if study.errors else 0)


@cli.command()
@click.argument("words", nargs=-1, required=True, metavar="KEY|WORDS…")
@_SOURCE_OPTION
@click.pass_obj
def show(voice: Voice, words: tuple[str, ...], source: Path | None) -> None:
    """Show a question with all its tiers, its place and its source line."""
    from exporter import pipeline, summary

    study = pipeline.read(_folder(source), voice.progress())
    voice.done()
    click.echo(summary.shown(study, " ".join(words)))


@cli.command()
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
        else:
            click.echo(mended.text if to_stdout else mended.diff, nl=False)
    sys.exit(1 if failed else 0)


@cli.command()
@click.argument("name", metavar="CODE|KEY")
@_SOURCE_OPTION
@click.pass_obj
def explain(voice: Voice, name: str, source: Path | None) -> None:
    """Explain a diagnostic, or why a question stands where it stands."""
    from exporter import summary

    if text := summary.explained_code(name):
        click.echo(text)
        return
    from exporter import pipeline

    study = pipeline.read(_folder(source), voice.progress())
    voice.done()
    click.echo(summary.explained_place(study, name))


@cli.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def init(voice: Voice, folder: Path | None) -> None:
    """Write a commented pack.toml for the documents found in FOLDER, never over one."""
    from exporter import newpack

    path = newpack.write(folder or Path())
    voice.note(f"{path} is written; next: studypack check {path.parent}")


def _folder(source: Path | None) -> Path:
    """The folder that holds pack.toml: as named, else ``source`` here, else this one."""
    from exporter.packfile import NAME

    if source is not None:
        return source
    for folder in (Path("source"), Path()):
        if (folder / NAME).is_file():
            return folder
    message = "no pack.toml here or in source/: name its folder, or write one with `studypack init`"
    raise Stop(message, 2)


def main(run: Callable[..., Any] = cli) -> None:
    """The console script; a pipe that closes early and an interrupt end it quietly."""
    try:
        run(prog_name="studypack", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
