"""The command that shows the cards and the sheets in a browser, and stays."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import click

from exporter.cli import streams, terminal
from exporter.cli.options import SOURCE, folder
from exporter.cli.voice import Voice
from exporter.model.diagnostics import Stop

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
