"""Commands that build, or say what a build would change.

Two of them stay: ``watch`` rebuilds on every save, ``preview`` shows cards and sheets in a browser.
"""

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from exporter.cli import streams, terminal
from exporter.cli.options import JSON, SOURCE, STRICT, folder
from exporter.cli.terminal import Voice
from exporter.model.diagnostics import Severity, Stop

if TYPE_CHECKING:
    from exporter.build.request import BuildResult


_LOOKS = 0.3  # seconds between two looks at the files


@click.command()
@SOURCE
@click.option("--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True)
@click.pass_obj
def watch(voice: Voice, source: Path | None, out: Path) -> None:
    """Rebuild the sheets on every save; Ctrl-C ends it.

    The deck and the ledger are left alone; each line says what a build would bring.
    """
    from exporter.build import watch as watching
    from exporter.build.request import BuildRequest
    from exporter.pack.packfile import NAME, present

    place = folder(source)
    if not present(place):
        raise Stop(f"{place} holds no {NAME}: `studypack init {place}` writes one", 2)
    for _ in watching.saves(place, lambda: time.sleep(_LOOKS)):
        rebuilt = watching.rebuild(place, BuildRequest(out, int(time.time())), voice.progress())
        voice.done()
        voice.diagnostics(rebuilt.diagnostics)
        terminal.say(rebuilt.line)
        if streams.deserted():
            return


_PAUSE = 0.3  # seconds between two looks at the files
_PORT = 8765


@click.command()
@SOURCE
@click.option("--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True)
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True)
@click.pass_obj
def preview(voice: Voice, source: Path | None, out: Path, opened: bool, port: int) -> None:
    """Show every card and sheet in a browser, anew on every save; Ctrl-C ends it.

    Only this machine can see it. The deck and the ledger are left alone.
    """
    from exporter.build import watch as watching
    from exporter.build.request import BuildRequest
    from exporter.deck.preview.server import Preview
    from exporter.pack.packfile import NAME, present

    place = folder(source)
    if not present(place):
        raise Stop(f"{place} holds no {NAME}: `studypack init {place}` writes one", 2)
    with Preview(out, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        shown = False
        for _ in watching.saves(place, lambda: time.sleep(_PAUSE)):
            order = BuildRequest(out, int(time.time()))
            # The cards first: they take a second, and the sheets may take many.
            watching.rebuild(place, replace(order, only=("preview",)), voice.progress())
            if not shown:
                voice.done()
                terminal.say(f"Preview: {server.address}")
                shown = True
                if opened:
                    click.launch(server.address)
            rebuilt = watching.rebuild(place, replace(order, only=("pdf",)), voice.progress())
            voice.done()
            voice.diagnostics(rebuilt.diagnostics)
            terminal.say(rebuilt.line)
            if streams.deserted():
                return


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
    from exporter.build import changelist, one_build
    from exporter.build.request import BuildRequest
    from exporter.cli import summary

    order = BuildRequest(
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
    built = one_build.build(place, order, voice.progress(), replan=replan)
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
    from exporter.pack import manifest

    if manifest.load(out).rows and not (place / ledger.NAME).exists():
        voice.note(
            f"{out} holds an earlier build, but {place / ledger.NAME} is gone: restore it from "
            "version control; without it every note is stamped as changed once"
        )


def _leave(built: "BuildResult", *, strict: bool) -> NoReturn:
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
@click.option("-v", "--diff", "diff", is_flag=True, help="Show word by word what changed.")
@click.pass_obj
def status(voice: Voice, source: Path | None, as_json: bool, diff: bool) -> None:
    """Say what a build would change; write nothing."""
    from exporter.build import answering, changelist

    place = folder(source)
    _say_lost(voice, place, Path("dist"))
    found = answering.standing(place, voice.progress())
    voice.done()
    if isinstance(found, tuple):
        voice.diagnostics(found)
        sys.exit(1)
    voice.diagnostics(found.diagnostics)
    if as_json:
        terminal.value(changelist.json_of(found.edition, found.changes))
    else:
        terminal.say(changelist.table(found.changes, verbose=diff or voice.loudness > 0))
