"""Commands that make a new edition, or say what one would change."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from exporter.cli import terminal
from exporter.cli.options import JSON, SOURCE, STRICT, folder
from exporter.cli.voice import Voice
from exporter.diagnostics import Severity, Stop

if TYPE_CHECKING:
    from exporter.order import Built


_OUTPUTS = ["apkg", "pdf", "book", "json", "preview", "flashcards", "html"]


@click.command()
@SOURCE
@click.option("--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True)
@click.option("--only", multiple=True, type=click.Choice(_OUTPUTS))
@click.option("--week", "weeks", multiple=True, type=click.IntRange(min=1), metavar="N")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Overrides pack.toml.")
@click.option(
    "--landscape/--portrait", default=None, help="Leaves of four columns, or of three upright."
)
@click.option("--depth", type=click.Choice(["short", "medium", "senior"]), help="Likewise.")
@STRICT
@click.option("--locked", is_flag=True, help="Fail if the ledger would change (for CI).")
@click.option("--accept", is_flag=True, help="Go on where learners would lose progress.")
@click.option("--replan", is_flag=True, help="Place every question anew.")
@JSON
@click.pass_obj
def build(
    voice: Voice,
    source: Path | None,
    out: Path,
    only: tuple[Any, ...],
    weeks: tuple[int, ...],
    paper: Any,
    landscape: bool | None,
    depth: Any,
    strict: bool,
    locked: bool,
    accept: bool,
    replan: bool,
    as_json: bool,
) -> None:
    """Build the deck, the sheets and the model into --out."""
    from exporter import changelist, rebuild, summary
    from exporter.order import Order

    order = Order(
        out=out,
        now=int(time.time()),
        only=tuple(dict.fromkeys(only)),
        weeks=tuple(sorted(set(weeks))),
        paper=paper,
        landscape=landscape,
        depth=depth,
        strict=strict,
        locked=locked,
        accept=accept,
    )
    _writable(out)
    place = folder(source)
    if order.wants("apkg"):
        _say_lost(voice, place, out)
    built = rebuild.build(place, order, voice.progress(), replan=replan)
    voice.done()
    voice.diagnostics(built.diagnostics)
    if as_json:
        value = changelist.json_of(built.edition, built.changes)
        terminal.value(value)
    elif voice.loudness >= 0:
        terminal.say(summary.built(built, out))
    _leave(built, strict=strict)


def _say_lost(voice: Voice, place: Path, out: Path) -> None:
    """Says before anything is made that a missing ledger makes every note look changed."""
    from exporter import ledger
    from exporter.writers import manifest

    if manifest.load(out).rows and not (place / ledger.NAME).exists():
        voice.note(
            f"{out} holds an earlier build, but {place / ledger.NAME} is gone: restore it from "
            "version control; without it every note is stamped as changed once"
        )


def _leave(built: "Built", *, strict: bool) -> NoReturn:
    """Exits with the contract's code: content first, then a missing system piece."""
    severities = {one.severity for one in built.diagnostics}
    if Severity.ERROR in severities or (strict and Severity.WARNING in severities):
        sys.exit(1)
    if built.remedy:
        terminal.fail(f"sheets need Pango and libharfbuzz-subset: {built.remedy}")
        sys.exit(3)
    sys.exit(0)


def _writable(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise Stop(f"--out {out} is a file: name a folder", 2)


@click.command()
@SOURCE
@JSON
@click.option("-v", "diff", is_flag=True, help="Show word by word what changed.")
@click.pass_obj
def status(voice: Voice, source: Path | None, as_json: bool, diff: bool) -> None:
    """Say what a build would change; write nothing."""
    from exporter import changelist, pipeline

    place = folder(source)
    _say_lost(voice, place, Path("dist"))
    study = pipeline.read(place, voice.progress())
    voice.done()
    voice.diagnostics(study.diagnostics)
    if study.errors:
        sys.exit(1)
    forecast = pipeline.foresee(study, int(time.time()), accept=True)
    if as_json:
        value = changelist.json_of(forecast.edition.number, forecast.changes)
        terminal.value(value)
    else:
        terminal.say(changelist.table(forecast.changes, verbose=diff or voice.loudness > 0))
