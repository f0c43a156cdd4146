"""Finds documents and decodes them: bytes on disk to a ``Source``, and back for `repair --write`.

UTF-8 with or without byte order mark, and UTF-16 with one, are read; anything else is a diagnostic
that names the byte.  Guessing a code page was turned down: a wrong guess is text damaged in
silence, while an editor converts a file in two clicks.

Only LF, CR LF and CR end a line.  ``str.splitlines`` would also end one at form feeds and U+2028,
and every location after it would point at the wrong line of the person's editor.
"""

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from exporter.model import Source
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.system import files
from exporter.system.files import Unreadable, Why

_LINE_END = re.compile(r"\r\n|\n|\r")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


class Listed(Protocol):
    """What `load` has to know of a document: its path in the pack's folder, and where pack.toml
    lists it."""

    @property
    def path(self) -> str: ...

    @property
    def written(self) -> Location: ...


@dataclass(frozen=True, slots=True)
class _Encoding:
    mark: bytes
    codec: str
    name: str


def _encoding(raw: bytes) -> _Encoding:
    """How ``raw`` is encoded, by its byte order mark; without one it has to be UTF-8."""
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _Encoding(mark, codec, name)
    return _Encoding(b"", "utf-8", "UTF-8")


def _line_at(before: str) -> int:
    return len(_LINE_END.findall(before)) + 1


def _undecodable(path: str, line: int, message: str) -> Diagnostic:
    advice = "save the file as UTF-8 in your editor"
    return Diagnostic(Location(path, line, line), Code.UNDECODABLE, f"{message}; {advice}")


def decode(path: str, raw: bytes, report: Report) -> Source | None:
    """The lines of a document, without line ends and byte order mark.

    ``None``, after an ``UNDECODABLE`` that names line, byte and offset (in bytes from the start of
    the file), where the bytes are no text.  A NUL is no text either: it is the mark of UTF-16
    without a byte order mark, or of a file that is not a document.
    """
    encoding = _encoding(raw)
    size = len(encoding.mark)
    try:
        text = raw[size:].decode(encoding.codec)
    except UnicodeDecodeError as error:
        line = _line_at(raw[size:][: error.start].decode(encoding.codec, "replace"))
        found = f"byte 0x{raw[size + error.start]:02X} at offset {size + error.start}"
        report(_undecodable(path, line, f"{found} is not {encoding.name}"))
        return None
    nul = text.find("\0")
    if nul >= 0:
        offset = size + len(text[:nul].encode(encoding.codec))
        found = f"byte 0x00 at offset {offset} belongs to no text"
        guess = "perhaps UTF-16 without a byte order mark"
        report(_undecodable(path, _line_at(text[:nul]), f"{found} ({guess})"))
        return None
    return Source(path, _split(text))


def _split(text: str) -> tuple[str, ...]:
    lines = _LINE_END.split(text)
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def encode(lines: Sequence[str], original: bytes) -> bytes:
    """``lines`` as bytes with the byte order mark, encoding, line ends and final newline (or none)
    of ``original``, which has to be decodable and to have as many lines.
    """
    encoding = _encoding(original)
    text = original[len(encoding.mark) :].decode(encoding.codec)
    if len(lines) != len(_split(text)):
        raise ValueError(f"{len(lines)} lines cannot take the line ends of {len(_split(text))}")
    ends = (*_LINE_END.findall(text), "")
    joined = "".join(line + end for line, end in zip(lines, ends, strict=False))
    return encoding.mark + joined.encode(encoding.codec)


def load(folder: Path, documents: Iterable[Listed], report: Report) -> tuple[Source, ...]:
    """The documents of a pack that can be read, in the order in which they are listed.

    A file that is missing, lies outside ``folder`` or is no text is a diagnostic, and the others
    are read all the same.
    """
    sources = []
    for document in documents:
        raw = _read(folder, document, report)
        source = None if raw is None else decode(document.path, raw, report)
        if source is not None:
            sources.append(source)
    return tuple(sources)


def _read(folder: Path, document: Listed, report: Report) -> bytes | None:
    try:
        return files.read(folder, document.path)
    except Unreadable as unreadable:
        outside = unreadable.why is Why.OUTSIDE
        code = Code.OUTSIDE_DOCUMENT if outside else Code.MISSING_DOCUMENT
        advice = "; correct its path in pack.toml" if unreadable.why is Why.MISSING else ""
        fault = "" if outside else "cannot be read: it "
        message = f'"{document.path}" {fault}{unreadable}{advice}'
        report(Diagnostic(document.written, code, message))
        return None
