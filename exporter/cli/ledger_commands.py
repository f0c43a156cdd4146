"""Commands on the ledger, for the rare cases."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli import terminal
from exporter.cli.options import SOURCE_OPTION, folder
from exporter.cli.terminal import Voice
from exporter.model.diagnostics import Stop
from exporter.text import escapes

if TYPE_CHECKING:
    from exporter.ledger import Ledger


@click.group("ledger")
def keep() -> None:
    """Look at the ledger, or change it where Anki leaves no other way."""


@keep.command("list")
@SOURCE_OPTION
def list_(source: Path | None) -> None:
    """List every question that was ever published."""
    for line in _lines(_load(folder(source)), ("live", "retired", "forgotten")):
        terminal.say(escapes.line(line))


@keep.command()
@SOURCE_OPTION
def retired(source: Path | None) -> None:
    """List retired questions, with the search that finds their cards in Anki."""
    for line in _lines(_load(folder(source)), ("retired",)):
        terminal.say(escapes.line(line))
    terminal.say("In Anki: tag:retired")


def _lines(ledger: "Ledger", states: tuple[str, ...]) -> Iterator[str]:
    for entry in ledger.entries:
        if entry.state in states:
            tiers = ", ".join(
                f"{note.tier}{' (retired)' * bool(note.retired)}" for note in entry.notes
            )
            first = (entry.prompt or entry.code).strip().split("\n")[0]
            yield f"{entry.key}  {entry.state:<9}  {first[:60]}  [{tiers}]  {entry.path}"


@keep.command()
@click.argument("keys", nargs=-1, required=True, metavar="KEY…")
@SOURCE_OPTION
@click.pass_obj
def reissue(voice: Voice, keys: tuple[str, ...], source: Path | None) -> None:
    """Stamp the notes of KEY… anew with the next build.

    For an update that Anki refuses because the learner's copy is newer.
    """
    from exporter import ledger
    from exporter.system import atomic

    place = folder(source)
    with atomic.alone(place):
        _save(place, ledger.reissue(_load(place), keys))
    voice.note(f"the next build sends {', '.join(key.upper() for key in keys)} out again")


@keep.command()
@click.argument("key", metavar="KEY")
@SOURCE_OPTION
@click.pass_obj
def forget(voice: Voice, key: str, source: Path | None) -> None:
    """Drop a retired question for good; its key is never used again."""
    from exporter import ledger
    from exporter.system import atomic

    place = folder(source)
    with atomic.alone(place):
        _save(place, ledger.forget(_load(place), key))
    voice.note(f"{key.upper()} is forgotten; delete its cards in Anki yourself")


@keep.command()
@click.argument("edition", type=click.IntRange(1))
@SOURCE_OPTION
@click.pass_obj
def revert(voice: Voice, edition: int, source: Path | None) -> None:
    """Go back to EDITION, after one that was published by mistake.

    Questions, places and relations are again as git remembers them of then; bring the documents
    back as well, and the next build sends their texts out with newer dates.
    """
    from exporter import ledger
    from exporter.system import atomic

    place = folder(source)
    with atomic.alone(place):
        now = _load(place)
        _save(place, ledger.reverted(now, ledger.edition(known(place), edition)))
    voice.note(
        f"the ledger is again as in edition {edition}: bring the documents back as they were then "
        "(git log, git checkout), and build"
    )


def known(place: Path) -> "list[Ledger]":
    """The ledgers of a pack that git remembers, and the one that lies there, oldest first; what
    can't be read is passed over."""
    from exporter import ledger
    from exporter.model.diagnostics import Diagnostic
    from exporter.system import git

    found: list[Ledger] = []
    for raw in git.versions(place, ledger.NAME):
        said: list[Diagnostic] = []
        read = ledger.load(raw, said.append)
        if not said:
            found.append(read)
    return [*found, _load(place)]


@keep.command()
@click.argument("new", metavar="NEW")
@click.argument("old", metavar="OLD")
@SOURCE_OPTION
@click.pass_obj
def join(voice: Voice, new: str, old: str, source: Path | None) -> None:
    """Say that the question NEW of the documents is the lost question OLD, reworded.

    Learners of OLD keep its cards and their progress, with the new words.
    """
    from exporter import ledger
    from exporter.build import pipeline
    from exporter.model import find_questions
    from exporter.system import atomic

    place = folder(source)
    with atomic.alone(place):
        known = _load(place)
        study = pipeline.read(place, voice.progress())
        voice.done()
        questions = find_questions.find(study.pack.questions, new)
        if len(questions) != 1:
            raise Stop(f'"{new}" names no question of the documents: see `studypack status`', 2)
        if old.upper() in {question.key for question in study.pack.questions}:
            raise Stop(f"{old.upper()} is still in the documents: nothing of it is lost", 2)
        _save(place, ledger.join(known, questions[0], old))
    voice.note(f"{new} is {old.upper()} from the next build on")


@keep.command()
@click.pass_obj
@SOURCE_OPTION
def fork(voice: Voice, source: Path | None) -> None:
    """Make a pack of its own of a copy: new ids, edition 0.

    Learners of the original keep it; learners of the fork begin anew, in one collection with it.
    """
    from exporter import ledger
    from exporter.pack import pack_id
    from exporter.system import atomic

    place = folder(source)
    with atomic.alone(place):
        name = pack_id.new()
        forked = ledger.forked(_load(place), name)
        text = pack_id.given(place, name)
        _save(place, forked)
        atomic.replace(place, "pack.toml", text.encode())
    voice.note(
        f'id = "{name}" stands in pack.toml: the next build is edition 1 of a pack of its own, and '
        "its learners begin anew"
    )


@keep.command()
@click.argument("versions", nargs=-1, type=click.Path(path_type=Path), metavar="[BASE OURS THEIRS]")
@SOURCE_OPTION
@click.pass_obj
def merge(voice: Voice, versions: tuple[Path, ...], source: Path | None) -> None:
    """Join the ledgers of two people who built apart.

    Alone it settles a ledger in which git has left conflict marks.  With the three versions it
    writes their merge into OURS, as git's merge drivers do.
    """
    from exporter import ledger
    from exporter.system import atomic

    if versions and len(versions) != 3:
        raise Stop("name three files, BASE OURS THEIRS, or none", 2)
    if versions:
        base, ours, theirs = map(_version, versions)
        into = versions[1].absolute()
        atomic.replace(into.parent, into.name, ledger.save(ledger.merged(base, ours, theirs)))
        return
    place = folder(source)
    with atomic.alone(place):
        sides = ledger.settled(_text(place / ledger.NAME))
        if sides is None:
            message = f"{place / ledger.NAME} has no whole conflict marks: take it from git"
            raise Stop(message, 2)
        base, ours, theirs = (_parsed(side, ledger.NAME) for side in sides)
        _save(place, ledger.merged(base, ours, theirs))
    voice.note("the two ledgers are one; build, and commit both")


def _version(path: Path) -> "Ledger":
    from exporter import ledger

    text = _text(path)
    return _parsed(text, str(path)) if text.strip() else ledger.Ledger()


def _text(path: Path) -> str:
    """A file that the command line names.  Stop (exit code 2) where it can't be read."""
    from exporter.system import files

    try:
        return files.read_anywhere(path, 200_000_000).decode("utf-8")
    except files.Unreadable as unreadable:
        raise Stop(f"{path} {unreadable}", 2) from unreadable
    except UnicodeDecodeError as error:
        raise Stop(f"{path} is not UTF-8: restore it from git", 2) from error


def _parsed(text: str, name: str) -> "Ledger":
    """Stop (exit code 1) where it is no ledger."""
    from exporter import ledger
    from exporter.model.diagnostics import Diagnostic

    found: list[Diagnostic] = []
    read = ledger.load(text.encode(), found.append)
    if found:
        raise Stop(f"{name}: {'; '.join(str(one) for one in found[:3])}", 1)
    return read


def _load(place: Path) -> "Ledger":
    """The ledger of a pack.  Stop where there is none (2) or it can't be read (1)."""
    from exporter import ledger
    from exporter.model.diagnostics import Diagnostic

    found: list[Diagnostic] = []
    raw = ledger.read(place, found.append)
    if raw is None and not found:
        raise Stop(f"{place / ledger.NAME} is not there yet: a build writes it", 2)
    loaded = ledger.load(raw or b"", found.append) if not found else ledger.Ledger()
    if found:
        raise Stop("; ".join(str(one) for one in found), 1)
    return loaded


def _save(place: Path, changed: "Ledger") -> None:
    from exporter import ledger
    from exporter.system import atomic

    atomic.replace(place, ledger.NAME, ledger.save(changed))
