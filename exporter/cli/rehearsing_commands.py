"""Commands to rehearse with: printed interviews, and a quiz in the terminal."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli import terminal
from exporter.cli.options import SOURCE, folder
from exporter.cli.terminal import Voice
from exporter.text import escapes

if TYPE_CHECKING:
    from exporter.model.diagnostics import Diagnostic


def _legible(_context: click.Context, _option: click.Parameter, word: str | None) -> str | None:
    """A seed that can be printed on paper, whatever was typed."""
    return escapes.line(word) if word else word


@click.command()
@SOURCE
@click.option("--week", type=click.IntRange(min=1), metavar="N", help="The interview of a week.")
@click.option("--final", is_flag=True, help="The last interview: all weeks mixed.")
@click.option("--minutes", type=click.IntRange(5, 240), default=45, show_default=True)
@click.option("--seed", metavar="S", callback=_legible, help="Another seed draws another paper.")
@click.option("--mode", type=click.Choice(["rapid", "design", "coding", "mixed"]), default="mixed")
@click.option("--out", type=click.Path(path_type=Path), default=Path("dist"), show_default=True)
@click.pass_obj
def mock(
    voice: Voice,
    source: Path | None,
    week: int | None,
    final: bool,
    minutes: int,
    seed: str | None,
    mode: str,
    out: Path,
) -> None:
    """Print a mock interview: timed rounds, a scoring grid, the answers.

    Without --week and --final one for each recap day of the plan. The same seed gives the same
    paper.
    """
    from exporter.build import pipeline, print_interviews
    from exporter.rehearse.mock import Mode

    if week is not None and final:
        raise click.UsageError("--week and --final contradict each other")
    study = pipeline.read(folder(source), voice.progress())
    if study.errors:
        voice.done()
        voice.diagnostics(study.diagnostics)
        sys.exit(1)
    found: list[Diagnostic] = []
    wish = print_interviews.Wish(week, final, Mode(mode), minutes, seed)
    try:
        lines = print_interviews.printed(study, wish, out, found.append, voice.progress())
    finally:
        voice.done()
        voice.diagnostics(found)
    for line in lines:
        terminal.say(line)


@click.command()
@SOURCE
@click.option("--week", type=click.IntRange(min=1), metavar="N", help="Only this week.")
@click.option("--day", type=click.IntRange(min=1), metavar="N", help="Only this day.")
@click.option(
    "--tier",
    "tiers",
    multiple=True,
    type=click.Choice(["short", "medium", "senior", "output", "task"]),
    help="Only these answers.",
)
@click.option("--minutes", type=click.IntRange(min=1), metavar="M", help="End after M minutes.")
@click.option(
    "--seed", metavar="S", callback=_legible, help="The same seed asks in the same order."
)
@click.pass_obj
def quiz(
    voice: Voice,
    source: Path | None,
    week: int | None,
    day: int | None,
    tiers: tuple[str, ...],
    minutes: int | None,
    seed: str | None,
) -> None:
    """Ask the questions of a day or week here; you grade yourself.

    Enter reveals the answers tier by tier, 1 to 4 (or a to d) grades, q quits.  Where there is a
    choice, letters choose.
    """
    from exporter.build import answering
    from exporter.model import Tier
    from exporter.rehearse import quiz as quizzes

    read = answering.answering(folder(source), voice.progress()).read
    voice.done()
    chosen = tuple(Tier(tier) for tier in dict.fromkeys(tiers))
    game = quizzes.ready(
        read.pack,
        read.config,
        quizzes.Selection(week, day, chosen),
        seed=seed or str(int(time.time())),
        minutes=minutes,
        say=terminal.say,
        ask=_typed,
        clock=time.monotonic,
    )
    code = 0
    try:
        game.play()
    except (KeyboardInterrupt, click.Abort):
        code = 130
    terminal.say(f"\n\n{game.result()}")
    sys.exit(code)


def _typed(prompt: str) -> str | None:
    """The next line of standard input; None at its end."""
    terminal.say(prompt, nl=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        terminal.say("")
    return line or None
