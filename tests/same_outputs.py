"""Whether two builds gave the same: `python -m tests.same_outputs BEFORE AFTER`, two folders.

For changes that must not be seen from outside.  Compared are the model, every row of the deck's
tables with the note types in it, its images, and the text of every page; the bytes of PDF files may
differ.  What differs is printed, and the exit code is 1.
"""

import difflib
import json
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

_SHOWN = 20  # lines of a difference


def differences(before: Path, after: Path) -> Iterator[str]:
    """Each difference as lines to print; none where both folders say the same."""
    names, others = ({path.name for path in _compared(folder)} for folder in (before, after))
    yield from (f"only in {before}: {name}" for name in sorted(names - others))
    yield from (f"only in {after}: {name}" for name in sorted(others - names))
    for name in sorted(names & others):
        old, new = (list(_lines(folder / name)) for folder in (before, after))
        yield from _difference(name, old, new)


def _compared(folder: Path) -> Iterator[Path]:
    """The files of a build that are looked into."""
    for path in folder.iterdir():
        if path.suffix in (".apkg", ".pdf") or path.name == "model.json":
            yield path


def _difference(name: str, old: list[str], new: list[str]) -> Iterator[str]:
    if old == new:
        return
    lines = list(difflib.unified_diff(old, new, f"{name} before", f"{name} after", "", "", 0, ""))
    yield "\n".join(lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"… {len(lines) - _SHOWN} more lines differ in {name}"


def _lines(path: Path) -> Iterator[str]:
    match path.suffix:
        case ".pdf":
            yield from pages(path)
        case ".apkg":
            yield from rows(path)
        case _:
            value = json.loads(path.read_text("utf-8"))
            yield from json.dumps(value, ensure_ascii=False, indent=1).splitlines()


def pages(path: Path) -> Iterator[str]:
    """The text of every page, line by line."""
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, 1):
        text = page.get_textpage().get_text_range()
        yield from (f"page {number}: {line}" for line in text.splitlines())
    document.close()


def rows(path: Path) -> Iterator[str]:
    """Every row of every table, and the digest of every other file of the package."""
    with zipfile.ZipFile(path) as package, tempfile.TemporaryDirectory() as folder:
        for name in sorted(package.namelist()):
            if not name.startswith("collection."):
                yield f"{name}: {package.getinfo(name).CRC:08x}"
                continue
            package.extract(name, folder)
            yield from _tables(Path(folder) / name)


def _tables(path: Path) -> Iterator[str]:
    base = sqlite3.connect(path)
    try:
        named = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        for (table,) in named.fetchall():
            for row in base.execute(f'SELECT * FROM "{table}"').fetchall():
                yield f"{path.name} {table}: {row}"
    finally:
        base.close()


if __name__ == "__main__":
    found = list(differences(*(Path(word) for word in sys.argv[1:3])))
    print("\n".join(found) or "the same")
    sys.exit(bool(found))
