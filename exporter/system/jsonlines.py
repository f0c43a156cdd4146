"""Files of JSON lines that travel with a pack: a head line, then one row a line.

They are kept under version control, so a line may be a conflict mark, cut off, of a later program,
or written by anybody.  Every line that can't be read is an error with its number and remedy; the
lines around it are read all the same.
"""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Generic, TypeVar

from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.system import files, records
from exporter.system.files import Unreadable, Why
from exporter.system.records import Must, Unfit

H = TypeVar("H")
R = TypeVar("R")
T = TypeVar("T")
Version = Annotated[int, Must("a version from 1", lambda number: number >= 1)]

_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MOST = 20  # errors that are said one by one; a file with more of them is none of ours


@dataclass(frozen=True, slots=True)
class Form(Generic[H, R]):
    """What a file holds: ``head`` and ``row`` are the dataclasses of its lines, ``version`` the
    latest that is known.  ``merge`` and ``remedy`` say what to do about a conflict mark and about a
    line that can't be read; ``largest`` is in bytes."""

    name: str
    version: int
    head: type[H]
    row: type[R]
    code: Code
    merge: str
    remedy: str
    largest: int = files.LARGEST

    def refuse(self, report: Report, number: int, message: str) -> None:
        """Reports what is wrong with a line."""
        report(Diagnostic(Location(self.name, number, number), self.code, message))


def read(folder: Path, form: Form[H, R], report: Report) -> bytes | None:
    """The file in ``folder``; None where there is none, or where it can't be read, which is
    reported."""
    try:
        return files.read(folder, form.name, form.largest)
    except Unreadable as unreadable:
        if unreadable.why is not Why.MISSING:
            form.refuse(report, 1, f"it {unreadable}")
        return None


class _Refused(Exception):
    """Why a line can't be read, and what to do about it."""


def load(raw: bytes, form: Form[H, R], report: Report) -> tuple[H, list[tuple[int, R]]] | None:
    """The head, and the rows with the numbers of their lines; None where there is no head.  What
    can't be read is reported."""
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        form.refuse(report, number, f"not UTF-8: {form.remedy}")
        return None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    try:
        head = _head(lines[0][1] if lines else "", form)
    except _Refused as refused:
        form.refuse(report, lines[0][0] if lines else 1, str(refused))
        return None
    return head, list(_rows(lines[1:], form, report))


def _rows(
    lines: Sequence[tuple[int, str]], form: Form[H, R], report: Report
) -> Iterator[tuple[int, R]]:
    refused = 0
    for number, line in lines:
        try:
            yield number, _record(form.row, _parsed(line, form), form)
        except _Refused as refusal:
            form.refuse(report, number, str(refusal))
            refused += 1
            if refused == _MOST:
                form.refuse(report, number, f"so many lines are no longer said: {form.remedy}")
                return


def _head(line: str, form: Form[H, R]) -> H:
    if not line:
        raise _Refused(f"no head line: {form.remedy}")
    value = _parsed(line, form)
    version = value.get("version") if isinstance(value, dict) else None
    if isinstance(version, int) and version > form.version:
        message = f"version {version}, this studypack writes {form.version}: update studypack"
        raise _Refused(message)
    return _record(form.head, value, form)


def _record(kind: type[T], value: object, form: Form[H, R]) -> T:
    try:
        return records.read(kind, value)
    except Unfit as unfit:
        raise _Refused(f"not a line of {form.name} ({unfit}): {form.remedy}") from unfit


def _parsed(line: str, form: Form[H, R]) -> object:
    if line.startswith(_MARKS):
        raise _Refused(f"a conflict mark: {form.merge}")
    try:
        return records.parse(line)
    except Unfit as unfit:
        raise _Refused(f"not a line of {form.name} (cut off?): {form.remedy}") from unfit
