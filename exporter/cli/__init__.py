"""The command line: the only place that prints or exits.

Heavy imports stand inside the commands, so that ``--help`` answers at once.
"""

import io
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from exporter import __version__
from exporter.cli import (
    asking,
    building,
    keeping,
    previewing,
    rehearsing,
    terminal,
    verifying,
    watching,
    writing,
)
from exporter.cli.voice import Voice
from exporter.diagnostics import Stop


class _Commands(click.Group):
    """Lists commands in the order of their use; turns "cannot continue" into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Stop as stop:
            ctx.obj.done()
            terminal.fail(str(stop))
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
    ctx.obj = Voice(verbose - quiet)
    if color != "auto":
        ctx.color = color == "always"
    elif os.environ.get("NO_COLOR"):
        ctx.color = False


for _command in (
    building.build,
    asking.check,
    building.status,
    watching.watch,
    previewing.preview,
    asking.model,
    asking.show,
    asking.coverage,
    verifying.verify,
    rehearsing.mock,
    rehearsing.quiz,
    writing.repair,
    asking.explain,
    writing.init,
    keeping.keep,
):
    cli.add_command(_command)


def main(run: Callable[..., Any] = cli) -> None:
    """The console script: a pipe that closes early and an interrupt end it quietly, and what the
    system refuses is one sentence."""
    try:
        # Outside its stand-alone mode click hands an exit code back instead of leaving with it.
        sys.exit(run(prog_name="studypack", standalone_mode=False))
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        terminal.say(shown.getvalue(), err=True, nl=False)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        terminal.say("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        _hush()
        sys.exit(0)
    except OSError as error:
        _hush()
        about = f"{error.filename}: " if error.filename else ""
        terminal.fail(f"{about}{error.strerror or error}")
        sys.exit(2)
    except Exception as error:
        # A fault of ours: nobody who studies wants to read its traceback.
        if os.environ.get("STUDYPACK_TRACEBACK"):
            raise
        message = (
            f"a fault of the program itself ({type(error).__name__}: {error}); nothing "
            "was written half. With STUDYPACK_TRACEBACK=1 it says where; please report that."
        )
        terminal.fail(message)
        sys.exit(1)


def _hush() -> None:
    """Lets nothing more be written to standard output, which may be what failed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
