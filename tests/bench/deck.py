"""The deck part: a package of many notes against stock genanki and against bare SQLite and zip.

Stock genanki puts its file into the package without deflating it, which is a third of our time.
"Raw" is the least that could be called a package: the rows, already made, in two calls of
`executemany`, then the file deflated as `zipfile` does it by default.
"""

import io
import random
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from exporter.deck import apkg
from exporter.deck.notetypes import Field
from exporter.model import Edition, Guid, Key, Note, QuestionId, Tier
from exporter.model.config import PackConfig

SIZES = (1_000, 10_000, 100_000)
NOW = 1_700_000_000
_WORDS = 60  # in an answer


def table() -> None:
    """Print seconds and ratios for each size."""
    apkg.write(of(10), PackConfig())  # imports
    print(f"\n{'deck of notes':>16} {'s':>7} {'µs/note':>8} {'/ genanki':>10} {'/ raw':>7}")
    for size in SIZES:
        edition = of(size)
        own = _seconds(partial(apkg.write, edition, PackConfig()))
        genanki_ = _seconds(partial(stock, edition.notes))
        bare = _seconds(_raw(edition.notes))
        row = f"{size:>16,} {own:7.2f} {own / size * 1e6:8.0f} {own / genanki_:10.2f}"
        print(f"{row} {own / bare:7.2f}", flush=True)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def of(size: int) -> Edition:
    """An edition of `size` notes with answers of about a paragraph."""
    chance = random.Random(size)
    words = [f"{chance.choice('bdfgklmnprst')}{number:x}" for number in range(4_000)]
    notes = tuple(_note(number, chance.choices(words, k=_WORDS)) for number in range(size))
    return Edition(1, notes, tuple((tier, NOW) for tier in Tier))


def _note(number: int, words: Sequence[str]) -> Note:
    fields = [""] * len(Field)
    fields[Field.QUESTION] = fields[Field.FRONT] = f"What is {words[0]} {number}?"
    fields[Field.ANSWER] = f"<p>{' '.join(words)}</p>"
    fields[Field.KEY] = f"K{number}"
    return Note(
        guid=Guid(f"guid-{number}"),
        key=Key(f"K{number}"),
        question=QuestionId(f"id-{number}"),
        tier=list(Tier)[number % 3],
        fields=tuple(fields),
        deck=f"Study pack::Week {number % 4:02}",
        tags=("tier::short", f"week::{number % 4}"),
        rank=number,
        content_hash="",
        modified=NOW,
    )


def stock(notes: Sequence[Note]) -> None:
    """The notes as genanki's own documentation would write them."""
    titles = [{"name": field.title} for field in Field]
    face = {"name": "Card", "qfmt": "{{Question}}", "afmt": "{{Answer}}"}
    model = genanki.Model(1_700_000_001, "Stock", fields=titles, templates=[face])
    deck = genanki.Deck(1_700_000_002, "Stock")
    for note in notes:
        deck.add_note(genanki.Note(model, list(note.fields), guid=note.guid, tags=note.tags))
    with tempfile.TemporaryDirectory() as folder:
        genanki.Package(deck).write_to_file(Path(folder) / "stock.apkg")


def _raw(notes: Sequence[Note]) -> Callable[[], None]:
    rows = [
        (n, note.guid, 1, NOW, -1, " a ", "\x1f".join(note.fields), note.fields[0], 0, 0, "")
        for n, note in enumerate(notes)
    ]
    cards = [(n, n, 1, 0, NOW, -1, 0, 0, n, *[0] * 8, "") for n in range(len(notes))]

    def work() -> None:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.executescript(APKG_SCHEMA)
            connection.executescript(APKG_COL)
            connection.executemany(f"INSERT INTO notes VALUES({','.join('?' * 11)})", rows)
            connection.executemany(f"INSERT INTO cards VALUES({','.join('?' * 18)})", cards)
            connection.commit()
            raw = connection.serialize()
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("collection.anki2", raw)
            package.writestr("media", "{}")

    return work


if __name__ == "__main__":
    table()
