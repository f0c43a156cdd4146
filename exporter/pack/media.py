"""Images of the documents, as files that travel with the deck.

An image is named in a document by a path beside it, as editors of all systems write one: with
signs written out (``%20``) or not, back-slashes, accents composed or not; a note program names the
file alone, wherever in the pack it lies.  Only files of the pack's own folder are taken, and only
in four formats that every phone shows and that hold no script, told by their first bytes and not by
their name, and SVG, of which ``drawings`` leaves what draws.  What can't be taken is reported, and
its description is shown.

A name carries a digest of the content, because Anki never replaces a file by one of the same name.
"""

import base64
import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from exporter.model import Document, Picture, Source
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.pack import drawings, images
from exporter.pack.images import Broken
from exporter.system import files, fingerprint
from exporter.system.files import Unreadable, Why
from exporter.text import markup

_TYPES = {"jpg": "jpeg", "svg": "svg+xml"}
"""What a kind is called in an address, where it has another name there."""
_LARGEST = 5_000_000  # bytes; a deck is sent by mail and synchronised over the phone's network
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", *markup.SOUNDS)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Album:
    """The images of a pack: ``pictures`` by name, and for each document which of its addresses
    shows which."""

    pictures: tuple[Picture, ...] = ()
    shown: Mapping[str, markup.Images] | None = None

    def images(self, path: str) -> markup.Images:
        """Addresses in the document ``path`` and the names of their pictures."""
        return (self.shown or {}).get(path, ())


NO_PICTURES = Album()


def album(
    folder: Path, documents: Iterable[Document], sources: Iterable[Source], report: Report
) -> Album:
    """Every image that a question, its answers, a reading or an exercise shows; what can't be taken
    is reported once, at its line in ``sources``."""
    lines = {source.path: source.lines for source in sources}
    pictures: dict[str, Picture] = {}
    shown: dict[str, markup.Images] = {}
    shelf = _Shelf(folder)
    for document in documents:
        places: dict[str, Location] = {}
        for named, place in _addresses(document):
            places.setdefault(named, place)
        pairs = []
        for named, place in places.items():
            spot = _spot(lines.get(document.path, ()), place, named)
            picture = _picture(shelf, document.path, named, spot, report)
            if picture:
                pictures[picture.name] = picture
                pairs.append((named, picture.name))
        if pairs:
            shown[document.path] = tuple(pairs)
    return Album(tuple(pictures[name] for name in sorted(pictures)), shown)


def address(picture: Picture) -> str:
    """The picture itself as an address, for pages that are one file."""
    kind = PurePosixPath(picture.name).suffix[1:]
    raw = base64.b64encode(picture.raw).decode()
    return f"data:image/{_TYPES.get(kind, kind)};base64,{raw}"


def digest(folder: Path) -> str:
    """A digest of every file in ``folder`` that could be shown, for builds that want to know
    whether anything has changed."""
    return fingerprint.digest({path: files.digest(folder, path, _LARGEST) for path in _all(folder)})


def _all(folder: Path) -> Iterator[str]:
    """The paths of all files in ``folder`` that could be shown."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _seen(name))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and _seen(name):
                yield Path(place, name).relative_to(folder).as_posix()


@dataclass
class _Shelf:
    """The images of a folder, to be found by what a document calls them."""

    folder: Path

    def path(self, document: str, named: str) -> str:
        """The path of the file that ``document`` names; of several that it could be the one that
        is written, where that is there."""
        beside = PurePosixPath(document).parent
        wanted = [(beside / one).as_posix() for one in _spellings(named)]
        for path in wanted:
            if os.path.lexists(self.folder / path):
                return path
        found = (self._known.get(_composed(path)) for path in wanted)
        return next((path for path in found if path), wanted[-1])

    @cached_property
    def _known(self) -> Mapping[str, str]:
        """Paths, and names that one file alone has, by their composed form."""
        paths = list(_all(self.folder))
        names = Counter(_composed(PurePosixPath(path).name) for path in paths)
        known = {}
        for path in paths:
            name = _composed(PurePosixPath(path).name)
            if names[name] == 1:
                known[name] = path
        return known | {_composed(path): path for path in paths}


def _spellings(named: str) -> Iterator[str]:
    """What an address may mean: signs that belong to the name come before those of an address."""
    for written in dict.fromkeys((unquote(named), unquote(re.split(r"[?#]", named)[0]))):
        yield written
        if "\\" in written:
            yield written.replace("\\", "/")


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _seen(name: str) -> bool:
    """Whether a path goes through no hidden folder: versions and caches show nothing."""
    return not any(part.startswith(".") for part in PurePosixPath(name).parts)


def _addresses(document: Document) -> Iterator[tuple[str, Location]]:
    for question in document.questions:
        asked = [(text, question.location) for text in (question.title, question.prompt) if text]
        asked += [(choice.markdown, choice.location) for choice in question.choices]
        for text, place in asked:
            yield from ((found, place) for found in markup.images(text))
        for answer in question.answers:
            for found in markup.images(answer.markdown):
                yield found, answer.location
    for reading in document.readings:
        for found in markup.images(reading.markdown):
            yield found, reading.location
    for exercise in document.exercises:
        for found in markup.images(exercise.markdown):
            yield found, exercise.location


def _spot(lines: Sequence[str], place: Location, named: str) -> Location:
    """The line of ``place`` that names the image, as it is or with its signs written out."""
    for number in range(place.first, min(place.last, len(lines)) + 1):
        line = lines[number - 1]
        if named in line or unquote(named) in line:
            return Location(place.path, number, number)
    return place


def _picture(
    shelf: _Shelf, document: str, named: str, place: Location, report: Report
) -> Picture | None:
    shown = unquote(named)
    try:
        if _SCHEME.match(named):
            raise Unreadable(Why.OUTSIDE, "lies outside the pack: save the image beside it")
        path = PurePosixPath(shelf.path(document, named))
        if not _seen(path.as_posix()):
            raise Unreadable(Why.OUTSIDE, "lies in a hidden folder: move it beside the document")
        return _taken(files.read(shelf.folder, path.as_posix(), _LARGEST), path)
    except Unreadable as unreadable:
        missing = unreadable.why is Why.MISSING
        code = Code.MISSING_IMAGE if missing else Code.UNUSABLE_IMAGE
        advice = ": its description is shown" if missing else ""
        report(Diagnostic(place, code, f'the image "{shown}" {unreadable}{advice}'))
    except Broken as broken:
        report(Diagnostic(place, Code.UNUSABLE_IMAGE, f'the image "{shown}" {broken}'))
    return None


def _taken(raw: bytes, path: PurePosixPath) -> Picture:
    if path.suffix.lower() in markup.SOUNDS:
        return _named(path, raw, _sound(raw))
    kind = images.kind(raw) if path.suffix.lower() in SUFFIXES else None
    if kind is None and path.suffix.lower() == ".svg":
        kind, raw = "svg", drawings.safe(raw)
    elif kind is None:
        raise Broken("is no PNG, JPEG, GIF, WebP or SVG: export it as one")
    else:
        images.check(raw, kind)
    return _named(path, raw, kind)


def _sound(raw: bytes) -> str:
    """What kind of recording the first bytes say it is."""
    for kind, at, mark in _SOUNDS:
        if raw.startswith(mark, at):
            return kind
    raise Broken("is no MP3, M4A, OGG or WAV: export it as one")


_SOUNDS = (
    ("mp3", 0, b"ID3"),
    ("mp3", 0, b"\xff\xfb"),
    ("mp3", 0, b"\xff\xf3"),
    ("mp3", 0, b"\xff\xf2"),
    ("m4a", 4, b"ftyp"),
    ("ogg", 0, b"OggS"),
    ("wav", 8, b"WAVE"),
)


def _named(path: PurePosixPath, raw: bytes, kind: str) -> Picture:
    """The file under the name that it travels by."""
    words = _UNSAFE.sub("-", path.stem.casefold()).strip("-")[:40] or "image"
    return Picture(f"{words}-{hashlib.sha256(raw).hexdigest()[:10]}.{kind}", raw)
