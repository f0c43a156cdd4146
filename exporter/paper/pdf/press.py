"""The engine that lays a sheet out in pages; the only importer of weasyprint.

Three things make the same sheet the same bytes on every machine: no font but those of
`templates/sheet/fonts` can be found (fontconfig gets an empty configuration), nothing but these
fonts and the pictures inside the HTML can be fetched (no base URL, no network, no file of the
reader's), and the document says no time.
"""

import base64
import gc
import hashlib
import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache, partial
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any, Literal

from exporter.paper.sheets import Sheet, glyphs
from exporter.system import fingerprint, pango, resources

_PICTURE = re.compile(r"data:(?P<type>image/(?:png|jpeg|gif|webp|svg\+xml));base64,")
_DATA = re.compile(r"data:[^\s\"']+")
_DESCRIBED = re.compile(r'" alt="(?P<alt>[^"]*)"')
_KEY = re.compile(r'id="q-(\w+)"')
_TITLED = re.compile(r'id="(?P<id>[^"]+)" data-mark="(?P<mark>[^"]*)"')
_HOME = "https://studypack.invalid/"  # a base to name our own files by; never asked for anything


class PangoMissing(Exception):
    """The system libraries that lay out pages are missing; the message names the command."""

    def __init__(self) -> None:
        super().__init__(f"sheets need Pango, which is missing here: {pango.remedy()}")


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet as a PDF file, and how many pages it has."""

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of laying a sheet out: nothing `printed` where it failed, for which `cause` is the
    reason; `said` is what the engine warned of, each message once.

    `end` tells a failure of the engine ("answered") from a process that used up its time ("late"),
    ended before it had answered ("died") or could not begin ("unbegun"): none of these is the
    sheet's fault for certain.
    """

    printed: Printed | None
    said: tuple[str, ...]
    cause: str = ""
    end: Literal["answered", "late", "died", "unbegun"] = "answered"


def recipe(sheet: Sheet) -> str:
    """A digest of all that the sheet's bytes follow from: its HTML with its style, the fonts, and
    who lays it out."""
    return fingerprint.digest(sheet.html, _workshop())


@cache
def _workshop() -> str:
    folder = resources.templates() / "sheet"
    fonts = {name: one for name, one in fingerprint.of_tree(folder).items() if _is_ours(name)}
    code = [fingerprint.of_file(Path(module)) for module in (__file__, glyphs.__file__)]
    return fingerprint.digest(fonts, code, fingerprint.versions())


def _is_ours(name: str) -> bool:
    """Whether a file of the templates is not in the HTML already."""
    return name.startswith("fonts") or name == "fontconfig.xml"


def available() -> None:
    """Loads the engine and the fonts; PangoMissing where this system can't lay out pages."""
    _press()


def laid_out(sheet: Sheet) -> Outcome:
    """The sheet laid out in this process, without limits.

    PangoMissing where this system can't lay out pages.
    """
    press = _press()
    with _listening(sheet) as said, _uncollected():
        try:
            return Outcome(press.print(sheet), tuple(said))
        except Exception as error:  # a layout engine may fail in any way
            cause = f"{type(error).__name__}: {error}".strip(": ")
            return Outcome(None, tuple(said), cause)


@dataclass(frozen=True, slots=True)
class _Press:
    """WeasyPrint with our fonts, loaded once a process: fonts cost more than a page."""

    weasyprint: Any
    fonts: Any
    faces: Any
    fetcher: Any

    def print(self, sheet: Sheet) -> Printed:
        html = self.weasyprint.HTML(string=sheet.html, base_url=None, url_fetcher=self.fetcher)
        document = html.render(font_config=self.fonts, stylesheets=[self.faces])
        identifier = hashlib.sha256(sheet.html.encode()).digest()[:16]
        raw = document.write_pdf(
            pdf_identifier=identifier, pdf_variant="pdf/ua-1", finisher=partial(_finished, sheet)
        )
        return Printed(raw, len(document.pages))


@cache
def _press() -> _Press:
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    folder = resources.templates() / "sheet"
    with _only_our_fonts(folder):
        fonts = FontConfiguration()
    fetcher = _fetcher(folder)
    faces = weasyprint.CSS(
        string=(folder / "fonts.css").read_text("utf-8"),
        base_url=_HOME,
        url_fetcher=fetcher,
        font_config=fonts,
    )
    return _Press(weasyprint, fonts, faces, fetcher)


def _weasyprint() -> Any:
    """The package; on a machine without Pango its import prints a banner and raises OSError."""
    if pango.missing():
        raise PangoMissing
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")  # a machine without any font of its own is fine
            import weasyprint
    except OSError as error:
        raise PangoMissing from error
    return weasyprint


@contextmanager
def _only_our_fonts(folder: Path) -> Iterator[None]:
    """Lets fontconfig find no font of the system while its configuration is made."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(folder / "fontconfig.xml")
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _fetcher(folder: Path) -> Any:
    """Serves the sheet's fonts, and the pictures inside it; whatever else a document asks for does
    not exist."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    served = {
        f"{_HOME}fonts/{path.name}": path for path in sorted((folder / "fonts").glob("*.woff"))
    }

    class Fetcher(URLFetcher):  # type: ignore[misc] # weasyprint ships no types
        def fetch(self, url: str, headers: object = None) -> Any:
            del headers
            if match := _PICTURE.match(url):
                raw = base64.b64decode(url[match.end() :])
                return URLFetcherResponse(url, raw, {"Content-Type": match["type"]})
            if url not in served:
                raise ValueError(f"a sheet fetches nothing but its fonts: {url[:200]}")
            return URLFetcherResponse(url, glyphs.unwrapped(served[url]))

    return Fetcher()


def _finished(sheet: Sheet, document: Any, pdf: Any) -> None:
    """Asks printers for both sides, bound at the left, and true size; tells readers of the page
    aloud where each link goes, which the engine says by the target's id."""
    first = document.pages[0]
    edge = "Short" if first.width > first.height else "Long"
    pdf.catalog["ViewerPreferences"] = (
        f"<< /DisplayDocTitle true /PrintScaling /None /Duplex /DuplexFlip{edge}Edge >>"
    )
    titles = {one["id"]: unescape(one["mark"]) for one in _TITLED.finditer(sheet.html)}
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Subtype") == "/Link" and "Dest" in one:
            target = one["Dest"]
            one["Contents"] = type(target)(titles.get(target.string, target.string))


@contextmanager
def _listening(sheet: Sheet) -> Iterator[dict[str, None]]:
    """Collects what WeasyPrint warns of, each message once; it is whole when the block is left."""
    said: dict[str, None] = {}

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = " ".join(record.getMessage().split())
            message = _DATA.sub(lambda found: _picture(sheet, found.group()), message)
            if not message.startswith(".notdef glyph"):  # reported with its place by sheets
                said[message] = None

    logger = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield said
    finally:
        logger.removeHandler(listener)


def _picture(sheet: Sheet, address: str) -> str:
    """What a picture is called on the sheet, for messages: its description, and the key of the
    question that it stands under."""
    before, found, after = sheet.html.partition(address)
    described = _DESCRIBED.match(after)
    if not found or not described:
        return "data:…"
    keys = _KEY.findall(before)
    return f"{unescape(described['alt'])} ({keys[-1]})" if keys else unescape(described["alt"])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: it finds nothing in a growing tree and costs a tenth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
