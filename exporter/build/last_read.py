"""What the last build read, kept so that a question about the pack need not read it again.

``show``, ``explain``, ``coverage``, ``quiz`` and, where nothing is to change, ``status`` answer
from questions, places and notes alone.  A build keeps these in the user's state folder, under a
digest of all that they follow from: the program, pack.toml, the documents, images and verdicts, and
the ledger.  A digest that differs in one byte is not trusted, nor is anything that can't be read;
the pack is then read anew.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from exporter import ledger
from exporter.build import unchanged
from exporter.ledger import Changes
from exporter.model import Pack, QuestionId, Tier
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Code, Diagnostic, Location, Severity
from exporter.pack import packfile
from exporter.system import fingerprint, state_folder, typed

if TYPE_CHECKING:
    from exporter.build.read_pack import ReadPack

_LARGEST = 200_000_000  # bytes; our own pack has 0.6 million


@dataclass(frozen=True, slots=True)
class LastRead:
    """A pack as far as answers need it.

    ``cards`` are the tiers that have one, by question; ``said`` is what there was to say of the
    pack's content: where, code, message, severity given by pack.toml; ``shipped`` are the notes of
    the deck that was built from it, None where no deck was.
    """

    config: PackConfig
    pack: Pack
    cards: Mapping[QuestionId, tuple[Tier, ...]]
    said: tuple[tuple[Location | None, str, str, Severity | None], ...]
    shipped: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a build would change, and what there is to say of the pack."""

    edition: int
    changes: Changes
    diagnostics: tuple[Diagnostic, ...]


def standing(folder: Path) -> Standing | None:
    """What a build would say where nothing has changed since the last one made the deck; None
    where that isn't known."""
    book = _book(folder)
    known = current(folder)
    if book is None or known is None or known.shipped is None:
        return None
    remembered = ledger.load(book, lambda _: None)  # a build wrote it: there is nothing to say
    changes = ledger.unchanged(remembered, known.shipped)
    return Standing(remembered.edition, changes, tuple(_diagnostic(*one) for one in known.said))


def keep(study: "ReadPack", book: bytes | None, shipped: int | None) -> None:
    """Keeps what a build read; ``book`` is the ledger's file after it, ``shipped`` the notes of
    the deck that it made, None where it made none.

    A pack that can't be kept is read again, and nothing is said of it.
    """
    target = state_folder.made(_place(study.folder), unchanged.READ)
    if target is None:
        return
    raw = typed.encode(replace(of_study(study), shipped=shipped))
    if len(raw) <= _LARGEST:
        try:
            state_folder.write(target, _key(study.content, book) + raw)
        except OSError:
            return


def _book(folder: Path) -> bytes | None:
    """The ledger's file.  What is wrong with it is said when the pack is read."""
    return ledger.read(folder, lambda _: None)


def current(folder: Path) -> LastRead | None:
    """What was read last; None where anything that it follows from has changed."""
    path = state_folder.path(_place(folder), unchanged.READ)
    if path is None or not path.is_file() or not unchanged.sound(folder):
        return None
    found: list[Diagnostic] = []
    config = packfile.load(folder, found.append)
    key = _key(unchanged.content(folder, config), _book(folder))
    try:
        raw = state_folder.read(path, _LARGEST)
        if found or not raw.startswith(key):
            return None
        return typed.decode(raw[len(key) :], LastRead)
    except (OSError, ValueError):
        return None


def of_study(study: "ReadPack") -> LastRead:
    """``study`` as far as answers need it."""
    cards: dict[QuestionId, tuple[Tier, ...]] = {}
    for note in study.notes:
        cards[note.question] = (*cards.get(note.question, ()), note.tier)
    said = tuple((one.location, one.code.code, one.message, one.level) for one in study.lasting)
    return LastRead(study.config, study.pack, cards, said)


def _diagnostic(
    location: Location | None, name: str, message: str, level: Severity | None
) -> Diagnostic:
    return Diagnostic(location, Code.named(name), message, level)


def _place(folder: Path) -> str:
    return os.path.realpath(folder)


def _key(content: str, book: bytes | None) -> bytes:
    remembered = fingerprint.of_bytes(book) if book is not None else None
    return fingerprint.digest(content, remembered).encode()
