"""Whether what a build made is dead paper: no card, page or sheet may run, fetch or play anything.

A card is read as Anki reads it, which looks for its own marks in the raw text of a field, and as a
browser reads it, which looks at elements.
"""

import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser

MARK = "31337"
"""Stands in every payload that would do something; nothing that runs may contain it."""

_FIELDS = 16
_TAGS = frozenset(
    """a b blockquote br caption code del details div em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark
    ol p pre s small span strong sub summary sup table tbody td tfoot th thead tr u ul""".split()
)
_ATTRIBUTES = frozenset(
    "align alt class colspan dir height href lang rel rowspan src start title value width".split()
)
_OURS = re.compile(r"--indent:\d+")
"""The one style that cards carry: how far a wrapped line of code hangs."""
_SCHEME = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_MAGIC = re.compile(r"\[(?:sound:|anki:|/?latex\]|/?\$\$?\]|\[type:)|\{\{|\}\}", re.IGNORECASE)
_MATH = re.compile(r"\\[(\[]")
_LIVE_MATH = re.compile(
    r"\\(?:href|require|html\w*|class|cssId|style|bbox|toggle|tooltip|g?def|newcommand)\b"
)


class _Reader(HTMLParser):
    """Collects what lives in a piece of HTML."""

    def __init__(self, pictures: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._pictures = pictures
        self._math = 0
        self._spans: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.faults.append(f"the element <{tag}>")
        if tag == "span":
            self._spans.append("math" in (dict(attrs).get("class") or ""))
        for name, value in attrs:
            if name not in _ATTRIBUTES and not (name == "style" and _OURS.fullmatch(value or "")):
                self.faults.append(f"the attribute {name} of <{tag}>")
            if name == "href" and not _SCHEME.match(value or ""):
                self.faults.append(f"a link to {value!r}")
            if name == "src" and value not in self._pictures:
                self.faults.append(f"a picture from {value!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._spans:
            self._spans.pop()

    def handle_data(self, data: str) -> None:
        if any(self._spans):
            self.faults += [
                f"TeX that does more than typeset: {one}" for one in _LIVE_MATH.findall(data)
            ]
        elif found := _MATH.search(data):
            self.faults.append(f"mathematics outside its element: {found.group()}")


def card_faults(field: str, pictures: frozenset[str]) -> Iterator[str]:
    """What lives in a field of a note that cards show."""
    for found in _MAGIC.findall(field):
        yield f"Anki's {found}"
    yield from _markup_faults(field, pictures)


def _markup_faults(text: str, pictures: frozenset[str]) -> list[str]:
    reader = _Reader(pictures)
    reader.feed(text)
    reader.close()
    return reader.faults


def package_faults(raw: bytes) -> Iterator[str]:
    """What lives on the cards of a package, or is not as Anki wants it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package, tempfile.NamedTemporaryFile() as file:
        if package.testzip():
            yield "a broken package"
        file.write(package.read("collection.anki2"))
        file.flush()
        pictures = frozenset(_media(package))
        with closing(sqlite3.connect(f"file:{file.name}?mode=ro", uri=True)) as tables:
            rows = tables.execute("select guid, flds, tags from notes").fetchall()
            kinds, decks = tables.execute("select models, decks from col").fetchone()
    if MARK in kinds:
        yield "a payload in the note types"
    for deck in json.loads(decks).values():  # a name is plain text, a description is HTML
        for fault in _markup_faults(deck["desc"], pictures):
            yield f"the deck's description: {fault}"
    for guid, fields, tags in rows:
        split = fields.split("\x1f")
        if len(split) != _FIELDS:
            yield f"note {guid} has {len(split)} fields"
        if any(ord(sign) < 32 for sign in tags):
            yield f"note {guid} has a control character among its tags"
        if MARK in split[0] and "<" in split[0]:  # no card shows it; lists show it as plain text
            yield f"an element in the sort field of {guid}"
        for number, field in enumerate(split[1:], 1):
            yield from (f"field {number} of {guid}: {one}" for one in card_faults(field, pictures))


def _media(package: zipfile.ZipFile) -> Iterator[str]:
    yield from json.loads(package.read("media")).values()


class _Page(HTMLParser):
    """Collects what of a document's words got out of the text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in ("script", "style") else ""
        for name, value in attrs:
            if name.startswith("on") or name == "srcdoc":
                self.faults.append(f"the attribute {name} of <{tag}>")
            if name in ("href", "src", "action", "data") and _leads_out(name, value or ""):
                self.faults.append(f"{name}={value!r} of <{tag}>")
        if tag in ("iframe", "object", "embed", "base", "form") and _marked(attrs):
            self.faults.append(f"the element <{tag}>")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser calls it so
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and not data.lstrip().startswith("{") and MARK in data:
            self.faults.append("a payload in a script")
        if self._inside == "style" and MARK in data:
            self.faults.append("a payload in a style")


def _marked(attrs: list[tuple[str, str | None]]) -> bool:
    return any(MARK in (value or "") for _, value in attrs)


def _leads_out(name: str, value: str) -> bool:
    """Whether an address runs something, or fetches it without being clicked."""
    if re.match(r"\s*(?:javascript|vbscript|file):", value, re.IGNORECASE):
        return True
    return name != "href" and re.match(r"\s*(?:https?:|//)", value, re.IGNORECASE) is not None


def paper_faults(raw: bytes) -> Iterator[str]:
    """What lives in a PDF: only links to the web and inside the paper are no faults."""
    import pikepdf

    with pikepdf.open(io.BytesIO(raw)) as paper:
        for one in paper.objects:
            if not isinstance(one, pikepdf.Dictionary):
                continue
            if one.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"):
                yield f"an action {one.get('/S')}"
            if "/EmbeddedFiles" in one or "/JS" in one or "/AA" in one:
                yield "a script or a file inside"
            if "/URI" in one and not _SCHEME.match(str(one["/URI"])):
                yield f"a link to {one['/URI']}"


def page_faults(text: str) -> Iterator[str]:
    """What lives in a page that a build made."""
    page = _Page()
    page.feed(text)
    page.close()
    yield from page.faults
    if "Content-Security-Policy" not in text:
        yield "no policy that forbids scripts"
