"""Images of the documents, as files that travel with the deck.

An image is named in a document by a path beside it.  Only files of the pack's own folder are taken,
and only in four formats that every phone shows and that hold no script, told by their first bytes
and not by their name.  SVG was turned down: it is a program in a browser's eyes, and what makes it
safe makes most of it blank.  What can't be taken is reported, and its description is shown.

A name carries a digest of the content, because Anki never replaces a file by one of the same name.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from exporter import fingerprint, markup
from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.model import Answer, Document, Picture

_KINDS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}
_TYPES = {"jpg": "jpeg"}
"""What a kind is called in an address, where it has another name there."""
_LARGEST = 5_000_000  # bytes; a deck is sent by mail and synchronised over the phone's network
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Album:
    """The images of a pack: ``pictures`` by name, and for each document which of its addresses
    shows which."""

    pictures: tuple[Picture, ...] = ()
    shown: Mapping[str, markup.Images] | None = None

    def of(self, path: str) -> markup.Images:
        """Addresses in the document ``path`` and the names of their pictures."""
        return (self.shown or {}).get(path, ())


NO_PICTURES = Album()


def album(folder: Path, documents: Iterable[Document], report: Report) -> Album:
    """Every image that a question, its answers, a reading or an exercise shows; what can't be taken
    is reported once."""
    pictures: dict[str, Picture] = {}
    shown: dict[str, markup.Images] = {}
    for document in documents:
        places: dict[str, Location] = {}
        for named, place in _addresses(document):
            places.setdefault(named, place)
        pairs = []
        for named, place in places.items():
            picture = _picture(folder, document.path, named, place, report)
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
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    names = {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}
    files = {name: fingerprint.of_file(names[name]) for name in sorted(names) if _seen(name)}
    return fingerprint.of(files)


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
            yield from _placed(answer)
    for reading in document.readings:
        for found in markup.images(reading.markdown):
            yield found, reading.location
    for exercise in document.exercises:
        for found in markup.images(exercise.markdown):
            yield found, exercise.location


def _placed(answer: Answer) -> Iterator[tuple[str, Location]]:
    """The images of an answer, each with its own line."""
    lines = answer.markdown.splitlines()
    for found in markup.images(answer.markdown):
        at = next((at for at, line in enumerate(lines) if f"]({found}" in line), 0)
        line = min(answer.location.first + at, answer.location.last)
        yield found, Location(answer.location.path, line, line)


def _picture(
    folder: Path, document: str, named: str, place: Location, report: Report
) -> Picture | None:
    if _SCHEME.match(named):
        message = f'"{named}" lies outside the pack: save the image beside the document'
        report(Diagnostic(place, Code.UNUSABLE_IMAGE, message))
        return None
    path = PurePosixPath(document).parent / unquote(re.split(r"[?#]", named)[0])
    if not _seen(path.as_posix()):
        message = f'"{named}" lies in a hidden folder: move the image beside the document'
        report(Diagnostic(place, Code.UNUSABLE_IMAGE, message))
        return None
    try:
        target = (folder / path).resolve()
        if not target.is_relative_to(folder.resolve()):
            message = f'"{named}" leads out of the folder: copy the image beside the document'
            report(Diagnostic(place, Code.UNUSABLE_IMAGE, message))
            return None
        raw = target.read_bytes()
    except (OSError, ValueError):
        message = f'the image "{named}" is not there: its description is shown'
        report(Diagnostic(place, Code.MISSING_IMAGE, message))
        return None
    return _taken(raw, target, named, place, report)


def _taken(raw: bytes, file: Path, named: str, place: Location, report: Report) -> Picture | None:
    kind = next((kind for mark, kind in _KINDS.items() if raw.startswith(mark)), None)
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        kind = "webp"
    if file.suffix.lower() not in SUFFIXES:
        kind = None
    if kind is None or len(raw) > _LARGEST:
        why = (
            "is no PNG, JPEG, GIF or WebP: export it as one"
            if kind is None
            else f"has {len(raw) / 1e6:.1f} MB and may have {_LARGEST / 1e6:.0f}: make it smaller"
        )
        report(Diagnostic(place, Code.UNUSABLE_IMAGE, f'the image "{named}" {why}'))
        return None
    words = _UNSAFE.sub("-", file.stem.casefold()).strip("-")[:40] or "image"
    return Picture(f"{words}-{hashlib.sha256(raw).hexdigest()[:10]}.{kind}", raw)
