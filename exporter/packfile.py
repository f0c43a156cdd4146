"""Reads and checks pack.toml.

One table of checks per TOML table: a key that has no check is unknown, a check that refuses its
value says what it wants.  A wrong key is reported with its line and left at its default, so that
the documents are read and their problems reported all the same.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from exporter.config import NAME, DocumentConfig, PackConfig, written_at
from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.packkeys import PACK, TABLES, Check, Wrong, replaces_collection, slug

__all__ = ["NAME", "SUFFIXES", "beside", "load", "unlisted"]

SUFFIXES = (".md", ".txt")

_PLAIN = PackConfig()


def load(folder: Path, report: Report) -> PackConfig:
    """The configuration of the pack in ``folder``, defaults filled in; errors are reported.

    Raises FileNotFoundError where the folder holds no pack.toml.
    """
    raw = (folder / NAME).read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        _report(report, line, Code.INVALID_TOML, "not UTF-8: save the file as UTF-8")
        return _defaults(folder, PackConfig())
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = re.sub(r"(?:(?<!\s)\s++)?+\(at [^()]*\)$", "", str(error))
        _report(report, line, Code.INVALID_TOML, f"{reason}: correct this line")
        return _defaults(folder, PackConfig())
    values = _checked(table, PACK, (), _Lines(text), report)
    return _defaults(folder, PackConfig(**values), given=frozenset(values))


def _report(report: Report, line: int, code: Code, message: str) -> None:
    report(Diagnostic(written_at(line), code, message))


def unlisted(folder: Path, config: PackConfig, report: Report) -> None:
    """Reports text files beside pack.toml that its documents leave out."""
    listed = {document.path for document in config.documents}
    for path in beside(folder):
        if path not in listed:
            message = f"{path} is not listed under [[documents]] and is not read: list or move it"
            report(Diagnostic(Location(path, 1, 1), Code.UNLISTED_DOCUMENT, message))


def beside(folder: Path) -> list[str]:
    """Names of the text files in ``folder``, sorted."""
    names = (path.name for path in folder.iterdir() if path.is_file())
    return sorted(name for name in names if name.lower().endswith(SUFFIXES) and name[0] != ".")


def _defaults(folder: Path, config: PackConfig, given: frozenset[str] = frozenset()) -> PackConfig:
    """``config`` with what a pack that says nothing gets from its folder and title."""
    if "title" not in given:
        config = replace(config, title=folder.resolve().name or _PLAIN.title)
    if "slug" not in given:
        made = slug(config.title)
        config = replace(
            config, slug=made if made and not replaces_collection(made) else _PLAIN.slug
        )
    if "deck" not in given:
        config = replace(config, deck=_deck_component(config.title))
    if not config.documents:
        paths = beside(folder)
        config = replace(config, documents=tuple(DocumentConfig(path) for path in paths))
    return config


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
            elif key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line):
                self._places.setdefault((*table, key[1]), number)
                continue
            else:
                continue
            self._places.setdefault(table, number)

    def of(self, path: tuple[str | int, ...]) -> int:
        """The line of a key, or of the nearest table around it."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, 1)


def _checked(
    table: Mapping[str, Any],
    checks: Mapping[str, Check],
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
        elif key not in checks:
            near = difflib.get_close_matches(key, checks, 1)
            hint = f'; did you mean "{near[0]}"?' if near else ": take it out"
            _report(report, lines.of(place), Code.UNKNOWN_KEY, f'unknown key "{key}"{hint}')
        else:
            try:
                values[key] = checks[key](value)
            except Wrong as wrong:
                _report(report, lines.of(place), Code.WRONG_VALUE, f"{key} {wrong}")
    return values


def _rows(name: str, value: Any, lines: _Lines, report: Report) -> tuple[Any, ...]:
    checks, needed, make = TABLES[name]
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        message = f"{name} must be tables: write [[{name}]] above its keys"
        _report(report, lines.of((name,)), Code.WRONG_VALUE, message)
        return ()
    made = []
    for index, row in enumerate(value):
        values = _checked(row, checks, (name, index), lines, report)
        line = lines.of((name, index))
        if missing := [key for key in needed if key not in row]:
            message = f"[[{name}]] needs {' and '.join(missing)}"
            _report(report, line, Code.WRONG_VALUE, message)
        elif all(key in values for key in needed):
            made.append(make(values, line))
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
            _report(report, lines.of(("documents", index)), Code.WRONG_VALUE, message)
        else:
            seen.add(document.path)
            yield document
