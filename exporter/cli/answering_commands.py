"""Commands that answer from the documents and write nothing."""

import sys
from pathlib import Path

import click

from exporter.cli import terminal
from exporter.cli.options import JSON, SOURCE, SOURCE_OPTION, STRICT, folder
from exporter.cli.terminal import Voice
from exporter.model.diagnostics import Stop


@click.command()
@SOURCE
@STRICT
@JSON
@click.pass_obj
def check(voice: Voice, source: Path | None, strict: bool, as_json: bool) -> None:
    """Read, place and link; say everything there is to say; write nothing."""
    from exporter.build import pipeline
    from exporter.build.read_pack import examined
    from exporter.cli import summary

    study = examined(pipeline.read(folder(source), voice.progress()))
    voice.done()
    if as_json:
        terminal.value(summary.checked_json(study))
    else:
        voice.diagnostics(study.diagnostics, err=False)
        if voice.loudness >= 0:
            terminal.say(summary.checked(study))
    sys.exit(1 if study.errors or (strict and study.warnings) else 0)


@click.command()
@SOURCE
@click.pass_obj
def model(voice: Voice, source: Path | None) -> None:
    """Print the whole question model as JSON."""
    from exporter.build import model_json, pipeline

    study = pipeline.read(folder(source), voice.progress())
    voice.done()
    voice.diagnostics(study.failures)
    value = model_json.model(study.pack, study.diagnostics)
    terminal.document(model_json.dumps(value).decode())
    sys.exit(1 if study.errors else 0)


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="KEY|WORDS…")
@SOURCE_OPTION
@click.pass_obj
def show(voice: Voice, words: tuple[str, ...], source: Path | None) -> None:
    """Show a question with all its tiers, its place and its source line."""
    from exporter.build import answering
    from exporter.cli import answers

    found = answering.answering(folder(source), voice.progress())
    voice.done()
    terminal.say(answers.shown(found.read.pack, " ".join(words)))


@click.command()
@click.argument("name", metavar="CODE|KEY|FILE")
@SOURCE_OPTION
@click.pass_obj
def explain(voice: Voice, name: str, source: Path | None) -> None:
    """Explain a diagnostic, a question's place, or how a document was read."""
    from exporter.cli import answers

    if text := answers.explained_code(name) or _document(name, source):
        terminal.say(text)
        return
    from exporter.build import answering

    found = answering.answering(folder(source), voice.progress())
    voice.done()
    terminal.say(answers.explained_place(found.read.pack, name))


def _document(name: str, source: Path | None) -> str | None:
    """How the document ``name`` was read, in a pack or alone; None where it is none."""
    from exporter.pack import packfile

    if not name.lower().endswith(packfile.SUFFIXES):
        return None
    from exporter.build import explain_reading

    try:
        place = folder(source)
    except Stop:
        if source is not None:
            raise
        place = None
    if text := explain_reading.file(name, place, outside=source is None):
        return text
    message = f'no document is named "{name}": name a file, or one that `studypack check` lists'
    raise Stop(message, 2)


@click.command()
@SOURCE
@JSON
@click.option("--edition", type=click.IntRange(1), help="Only this one, as text for a release.")
def log(source: Path | None, as_json: bool, edition: int | None) -> None:
    """Say what changed for learners in each edition, from the ledger and what git knows of it."""
    from exporter import ledger
    from exporter.build import editions
    from exporter.cli import ledger_commands

    found = ledger.editions(ledger_commands.known(folder(source)))
    if edition is not None:
        found = tuple(one for one in found if one.number == edition)
        if not found:
            raise Stop(f"there was no edition {edition} yet: `studypack log` lists them", 2)
    if as_json:
        terminal.value(editions.as_json(found))
    else:
        terminal.say(editions.text(found))


@click.command()
@SOURCE
@JSON
@click.pass_obj
def coverage(voice: Voice, source: Path | None, as_json: bool) -> None:
    """Show which topics the pack covers: cards, tiers and weeks of each; mark the gaps."""
    from exporter.build import answering
    from exporter.build import coverage as matrix

    found = answering.answering(folder(source), voice.progress())
    voice.done()
    voice.diagnostics(found.errors)
    if as_json:
        terminal.value(matrix.as_json(found.read))
    else:
        terminal.say(matrix.table(found.read))
    sys.exit(1 if found.errors else 0)
