"""``studypack review``: the author decides what the program can only guess."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli import terminal
from exporter.cli.options import JSON, SOURCE, folder
from exporter.cli.terminal import Voice
from exporter.text import escapes

if TYPE_CHECKING:
    from exporter.build import reviews

_KEYS = "y yes, n no, s skip, u undo, q quit: "


@click.command()
@SOURCE
@click.option("--same", "kinds", flag_value="same", multiple=True, help="What asks the same.")
@click.option("--links", "kinds", flag_value="links", multiple=True, help="Answers to the plan.")
@click.option("--places", "kinds", flag_value="places", multiple=True, help="Weeks and days.")
@click.option("--topics", "kinds", flag_value="topics", multiple=True, help="Topics of checklists.")
@JSON
@click.pass_obj
def review(voice: Voice, source: Path | None, kinds: tuple[str, ...], as_json: bool) -> None:
    """Decide, the most doubtful first, what asks the same, what answers the plan, where questions
    belong and what covers topics.

    A key answers: y, n, s skips, u takes the last answer back, q ends.  Answers are written into
    pack.toml at once, below all that stands there, and nothing that it decides is asked again.
    """
    from dataclasses import asdict

    from exporter.build import answering, reviews

    place = folder(source)
    read = answering.answering(place, voice.progress()).read
    voice.done()
    chosen = [kind for kind in reviews.KINDS if kind in kinds] or reviews.KINDS
    found = reviews.items(read.pack, read.config, chosen)
    if as_json:
        terminal.value([asdict(item) for item in found])
        return
    decided = _ask(place, found)
    left = len(found) - decided
    terminal.say(f"{decided} decided, {left} left; `studypack status` says what changes")


def _ask(place: Path, found: "tuple[reviews.Item, ...]") -> int:
    """Asks one by one; how many were answered."""
    answered: list[tuple[int, str]] = []  # the item, and pack.toml before its answer
    at = 0
    while at < len(found):
        item = found[at]
        terminal.say(f"\n{at + 1} of {len(found)}: {item.asks}  ({item.why})")
        for line in "\n".join(filter(None, (item.left, item.right))).split("\n"):
            terminal.say(f"  {escapes.line(line)}")
        match _key():
            case "q":
                break
            case "u" if answered:
                at, before = answered.pop()
                _write(place, before)
            case "y" | "n" as key:
                before = _text(place)
                answered.append((at, before))
                _write(place, before.rstrip("\n") + "\n" + (item.yes if key == "y" else item.no))
                at += 1
            case "s":
                at += 1
    return len(answered)


def _key() -> str:
    """The next key; from a pipe the next line's first letter, and "q" at its end."""
    terminal.say(_KEYS, err=True, nl=False)
    if sys.stdin.isatty():
        key = click.getchar().lower()
        terminal.say(key, err=True)
        return key
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"


def _text(place: Path) -> str:
    from exporter.pack import packfile

    path = place / packfile.NAME
    return path.read_text("utf-8") if path.exists() else ""


def _write(place: Path, text: str) -> None:
    from exporter.pack import packfile
    from exporter.system import atomic

    with atomic.alone(place):
        atomic.replace(place, packfile.NAME, text.encode())
