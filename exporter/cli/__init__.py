"""The command line: the only place that prints or exits.

Heavy imports stand inside the commands, so that ``--help`` answers at once.
"""

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from exporter import __version__
from exporter.cli import (
    answering_commands,
    building_commands,
    ledger_commands,
    rehearsing_commands,
    review_command,
    streams,
    terminal,
    writing_commands,
)
from exporter.cli.terminal import Voice
from exporter.model.diagnostics import Stop


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
    building_commands.build,
    answering_commands.check,
    building_commands.status,
    building_commands.watch,
    building_commands.preview,
    answering_commands.model,
    answering_commands.show,
    answering_commands.coverage,
    answering_commands.log,
    writing_commands.verify,
    rehearsing_commands.mock,
    rehearsing_commands.quiz,
    writing_commands.repair,
    answering_commands.explain,
    writing_commands.init,
    writing_commands.import_,
    review_command.review,
    ledger_commands.keep,
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None, run: Callable[..., Any] = cli) -> None:
    """The console script, with the ``arguments`` of the command line where none are given: an
    interrupt ends it quietly, and what the system refuses is one sentence."""
    streams.prepare()
    with streams.interruptible():
        sys.exit(_ended(arguments, run))


def _ended(arguments: Sequence[str] | None, run: Callable[..., Any]) -> int:
    """The exit code."""
    try:
        # Outside its stand-alone mode click hands an exit code back instead of leaving with it.
        return int(run(arguments, prog_name="studypack", standalone_mode=False) or 0)
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        terminal.say(shown.getvalue(), err=True, nl=False)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        terminal.say("interrupted", err=True)
        return 130
    except OSError as error:
        terminal.fail(_refusal(error))
        return 2
    except Exception as error:
        # A fault of ours: nobody who studies wants to read its traceback.
        if os.environ.get("STUDYPACK_TRACEBACK"):
            raise
        message = (
            f"a fault of the program itself ({type(error).__name__}: {error}); nothing "
            "was written half. With STUDYPACK_TRACEBACK=1 it says where; please report that."
        )
        terminal.fail(message)
        return 1


def _refusal(error: OSError) -> str:
    """What the system refuses, and what to do about it."""
    about = f"{error.filename}: " if error.filename else ""
    reason = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{about}{reason}: free some space, then try again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{about}{reason}: change its permissions or its place, then try again"
    return f"{about}{reason}: correct that, then try again"
