"""The command that runs code from the documents, because it was asked to."""

import sys
from pathlib import Path

import click

from exporter.cli import terminal
from exporter.cli.options import SOURCE, STRICT, folder
from exporter.cli.voice import Voice


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
