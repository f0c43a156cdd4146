"""Reads and checks pack.toml.

``packkeys`` says what each key may hold.  A wrong key is reported with its line and left at its
default, so that the documents are read and their problems reported all the same.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from exporter.model.config import NAME, DocumentConfig, PackConfig, written_at
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.pack.packkeys import PACK, TABLES, Key, Wrong, quoted, replaces_collection, slug
from exporter.system import files
from exporter.system.files import Unreadable
from exporter.text import escapes

__all__ = ["NAME", "SUFFIXES", "below", "beside", "load", "present", "title", "unlisted"]

SUFFIXES = (".md", ".markdown", ".txt", ".csv", ".tsv")
_WRITTEN = (".md", ".markdown", ".txt")
_PASSED = ("node_modules", "__pycache__", "site-packages")
_MOST = 20_000  # files that are looked at below a folder

_PLAIN = PackConfig()
_LARGEST = 1_000_000  # bytes; a pack.toml of thousands of tables has a tenth of it
_KEY_BOMB = re.compile(
    r"""(?<![\w."'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}"""
)
_LONG_NUMBER = re.compile(r"\d[\d_]{4000}")


def present(folder: Path) -> bool:
    """Whether ``folder`` holds a pack.toml, be it one that can't be read."""
    return os.path.lexists(folder / NAME)


def load(folder: Path, report: Report) -> PackConfig:
    """The configuration of the pack in ``folder``, defaults filled in; errors are reported."""
    try:
        text = _decoded(files.read(folder, NAME, _LARGEST))
        table = _parsed(text)
    except Unreadable as unreadable:
        _report(report, 1, Code.INVALID_TOML, f"it {unreadable}")
        return _defaults(folder, PackConfig())
    except _Invalid as invalid:
        _report(report, invalid.line, Code.INVALID_TOML, str(invalid))
        return _defaults(folder, PackConfig())
    values = _checked(table, PACK, (), _Lines(text), report)
    return _defaults(folder, PackConfig(**values), given=frozenset(values))


class _Invalid(Exception):
    """What no table can be made of, with the line and what to do about it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _Invalid(line, "not UTF-8: save the file as UTF-8") from error


def _parsed(text: str) -> Mapping[str, Any]:
    """The tables of ``text``.

    What takes the parser a time or a depth without end is refused: a key of many parts, which it
    walks again for every part; a number too long to be one; lists in lists in lists.
    """
    if bomb := _KEY_BOMB.search(text):
        raise _Invalid(_line_of(text, bomb), "a key of too many parts: correct this line")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = re.sub(r"(?:(?<!\s)\s++)?+\(at [^()]*\)$", "", str(error))
        raise _Invalid(line, f"{reason}: correct this line") from error
    except ValueError as error:
        line = _line_of(text, _LONG_NUMBER.search(text))
        raise _Invalid(line, "a number that is too long: correct this line") from error
    except RecursionError as error:
        counts = [line.count("[") + line.count("{") for line in text.split("\n")]
        line = counts.index(max(counts)) + 1
        raise _Invalid(line, "brackets nested too deeply: correct this line") from error


def _line_of(text: str, found: re.Match[str] | None) -> int:
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _report(report: Report, line: int, code: Code, message: str) -> None:
    report(Diagnostic(written_at(line), code, message))


def unlisted(folder: Path, config: PackConfig, report: Report) -> None:
    """Reports what lies beside pack.toml like a document and is not read: what its documents leave
    out, folders, and names that can't be read as text, which is an error where nothing is listed.
    """
    listed = {document.path for document in config.documents}
    chosen = any(document.line for document in config.documents)
    for name in _texts(folder):
        if name in listed or _fits(name, config.exclude):
            continue
        shown, code = escapes.line(name), Code.UNLISTED_DOCUMENT
        if (folder / name).is_dir():
            why = "is a folder and is not read: move its documents beside pack.toml"
        elif shown != name:
            code = code if chosen else Code.STRANGE_NAME
            why = "is not read for its name: rename it with plain letters"
        else:
            why = "is not listed under [[documents]] and is not read: list or move it"
        report(Diagnostic(Location(shown, 1, 1), code, f"{shown} {why}"))


def beside(folder: Path, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> list[str]:
    """Paths of the documents that lie in ``folder`` and below, sorted; without names that hold a
    control character or are not UTF-8, which neither paper nor another computer could show."""
    names = (name for name in below(folder) if name.lower().endswith(SUFFIXES))
    found = [name for name in names if escapes.line(name) == name]
    chosen = [name for name in found if not include or _fits(name, include)]
    return [name for name in chosen if not _fits(name, exclude)]


def _fits(name: str, patterns: Sequence[str]) -> bool:
    """Whether a path is of one of ``patterns``, in which ``**`` stands for any folders or none."""
    return any(_pattern(pattern).fullmatch(name) for pattern in patterns)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    written = f"{written}**" if written.endswith("/") else written
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", written.removeprefix("./"))
    signs = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(signs.get(part, re.escape(part)) for part in parts))


_LONGEST_PATH = 1000  # bytes; macOS opens no path of more than 1,023


def below(folder: Path) -> list[str]:
    """Paths of the files in ``folder`` and below that may belong to its pack, sorted: not those in
    hidden folders, of packages, of other packs and of what we made."""
    found: list[str] = []
    for here, folders, names in os.walk(folder):
        inner = Path(here)
        folders[:] = sorted(name for name in folders if _belongs(inner / name))
        relative = inner.relative_to(folder)
        found += ((relative / name).as_posix() for name in names if name[0] != ".")
        if len(found) > _MOST:
            break
    return sorted(found)


def _belongs(folder: Path) -> bool:
    if folder.name[0] == "." or folder.name in _PASSED or len(os.fsencode(folder)) > _LONGEST_PATH:
        return False
    if folder.is_symlink():
        return False
    made = os.path.lexists(folder / "manifest.json") and os.path.lexists(folder / "model.json")
    return not (made or present(folder) or os.path.lexists(folder / "pyvenv.cfg"))


def _texts(folder: Path) -> list[str]:
    """Names in ``folder`` that a document could have, sorted."""
    found = (name for name in files.names(folder) if name.lower().endswith(_WRITTEN))
    return [name for name in found if name[0] != "."]


def title(folder: Path) -> str:
    """The title of a pack that says none: its folder's name."""
    name = Path(os.path.realpath(folder)).name
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", name).split())


def _defaults(folder: Path, config: PackConfig, given: frozenset[str] = frozenset()) -> PackConfig:
    """``config`` with what a pack that says nothing gets from its folder and title."""
    if "title" not in given:
        config = replace(config, title=title(folder) or _PLAIN.title)
    if "slug" not in given:
        made = slug(config.title)
        config = replace(
            config, slug=made if made and not replaces_collection(made) else _PLAIN.slug
        )
    if "deck" not in given:
        config = replace(config, deck=_deck_component(config.title))
    if "id" not in given:
        config = replace(config, id=config.deck)
    return replace(config, documents=tuple(_documents(folder, config)))


def _documents(folder: Path, config: PackConfig) -> Iterator[DocumentConfig]:
    """The documents that pack.toml lists, with those of its patterns, then what it includes."""
    listed: set[str] = set()
    chosen = bool(config.documents)
    for document in config.documents:
        several = "*" in document.path
        paths = beside(folder, (document.path,), config.exclude) if several else [document.path]
        yield from (replace(document, path=path) for path in paths if path not in listed)
        listed.update(paths)
    if config.include or not chosen:
        for path in beside(folder, config.include, config.exclude):
            if path not in listed:
                yield DocumentConfig(path)


def _deck_component(title: str) -> str:
    cleaned = re.sub(r':{2,}|["\x00-\x1f\x7f]', " ", title)
    return " ".join(cleaned.split()).strip(":") or _PLAIN.deck


class _Lines:
    """Where each key of pack.toml stands; tomllib does not say."""

    def __init__(self, text: str) -> None:
        self._places: dict[tuple[str | int, ...], int] = {}
        table: tuple[str | int, ...] = ()
        counts: dict[str, int] = {}
        for number, line in enumerate(text.split("\n"), 1):
            if header := re.match(r"\s*\[\[\s*([\w.-]+)\s*\]\]", line):
                index = counts.setdefault(header[1], 0)
                counts[header[1]] += 1
                table = (header[1], index)
            elif header := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
                table = (header[1],)
            elif key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*[.=]", line):
                self._places.setdefault((*table, key[1]), number)
                continue
            else:
                continue
            self._places.setdefault(table, number)

    def at(self, path: tuple[str | int, ...]) -> int:
        """The line of a key, or of the nearest table around it."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, 1)


def _checked(
    table: Mapping[str, Any],
    keys: Mapping[str, Key],
    path: tuple[str | int, ...],
    lines: _Lines,
    report: Report,
) -> dict[str, Any]:
    """The values of ``table`` that pass their check; the others are reported."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        place = (*path, key)
        if key in TABLES and not path:
            values[key] = _rows(key, value, lines, report)
        elif key not in keys:
            near = difflib.get_close_matches(key, {**keys, **(TABLES if not path else {})}, 1)
            hint = f'; did you mean "{near[0]}"?' if near else ": take it out"
            _report(report, lines.at(place), Code.UNKNOWN_KEY, f"unknown key {quoted(key)}{hint}")
        else:
            try:
                values[key] = keys[key].read(key, value)
            except Wrong as wrong:
                _report(report, lines.at(place), Code.WRONG_VALUE, f"{key} {wrong}")
    return values


def _rows(name: str, value: Any, lines: _Lines, report: Report) -> tuple[Any, ...]:
    kind = TABLES[name]
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        message = f"{name} must be tables: write [[{name}]] above its keys"
        _report(report, lines.at((name,)), Code.WRONG_VALUE, message)
        return ()
    made = []
    for index, row in enumerate(value):
        values = _checked(row, kind.keys, (name, index), lines, report)
        line = lines.at((name, index))
        if missing := [key for key in kind.needed if key not in row]:
            message = f"[[{name}]] needs {' and '.join(missing)}: write it below"
            _report(report, line, Code.WRONG_VALUE, message)
        elif all(key in values for key in kind.needed):
            made.append(kind.make(values, line))
    if name == "documents":
        made = list(_once(made, lines, report))
    return tuple(made)


def _once(
    documents: list[DocumentConfig], lines: _Lines, report: Report
) -> Iterator[DocumentConfig]:
    seen: set[str] = set()
    for index, document in enumerate(documents):
        if document.path in seen:
            message = f"{document.path} is listed twice: take one of the two tables out"
            _report(report, lines.at(("documents", index)), Code.WRONG_VALUE, message)
        else:
            seen.add(document.path)
            yield document
