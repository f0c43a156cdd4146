"""The command that stays and rebuilds on every save."""

import time
from pathlib import Path

import click

from exporter.cli import streams, terminal
from exporter.cli.options import SOURCE, folder
from exporter.cli.voice import Voice
from exporter.model.diagnostics import Stop

_PAUSE = 0.3  # seconds between two looks at the files


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
    for _ in watching.saves(place, lambda: time.sleep(_PAUSE)):
        rebuilt = watching.rebuild(place, BuildRequest(out, int(time.time())), voice.progress())
        voice.done()
        voice.diagnostics(rebuilt.diagnostics)
        terminal.say(rebuilt.line)
        if streams.deserted():
            return
