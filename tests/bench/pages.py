"""What laying out costs: the weeks one after the other and side by side, against other engines.

Headless Chromium prints the same HTML; typst, where its Python package is installed, sets the same
text in two columns, without what a sheet is beside its text. Times hold the start of each engine.
Growth is that of one sheet whose questions are repeated until it fills so many pages.
"""

import importlib
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import pypdfium2

from exporter.build import pipeline
from exporter.model import Html
from exporter.paper import pdf
from exporter.paper.sheets import Sheet, sheets, standalone
from tests.browser.window import Window

GROWTH = (125, 500)  # pages
_ARTICLE = re.compile(r'<article class="entry.*?</article>', re.DOTALL)
_LINK = re.compile(r'<a class="key" href="[^"]*">')
_INLINE = re.compile(r"</?(?:a|b|code|em|i|kbd|small|span|strong|sub|sup)\b[^>]*>")
_TAG = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)


def table(documents: str) -> None:
    """Print seconds, pages and pages a second of each engine, and how time grows with pages."""
    study = pipeline.read(Path(documents))
    every = sheets(study.pack, study.config, lambda _: None, study.notes)
    weeks = [sheet for sheet in every if isinstance(sheet.week, int)] or list(every)
    print(f"\n{'sheets of ' + str(len(weeks)) + ' weeks':34} {'s':>6} {'pages':>6} {'pages/s':>8}")
    first = _row("one process", lambda: _laid_out(weeks, 1), None)
    _row("as many as cores", lambda: _laid_out(weeks, None), first)
    _row("Chromium, the same HTML", lambda: _by_chromium(weeks), first)
    if find_spec("typst"):
        _row("typst, the same text", lambda: _by_typst(weeks), first)
    else:
        print("typst is not installed here")
    _growth(every[0])


def _row(name: str, work: Callable[[], int], first: float | None) -> float:
    start = time.perf_counter()
    pages = work()
    seconds = time.perf_counter() - start
    ratio = f" {seconds / first:6.2f} of one process" if first else ""
    print(f"{name:34} {seconds:6.2f} {pages:6} {pages / seconds:8.1f}{ratio}", flush=True)
    return seconds


def _laid_out(found: Sequence[Sheet], size: int | None) -> int:
    with pdf.Pool(size) as pool:
        return sum(one.printed.pages for one in pool.laid_out(found) if one.printed)


def _by_chromium(found: Sequence[Sheet]) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = 0
        for sheet in found:
            (folder / f"{sheet.name}.html").write_bytes(standalone(sheet.html))
        with Window.open(folder / "fonts") as opened:
            page = opened.browser.new_page()
            for sheet in found:
                page.goto((folder / f"{sheet.name}.html").as_uri())
                pages += _pages(page.pdf(prefer_css_page_size=True))
    return pages


def _by_typst(found: Sequence[Sheet]) -> int:
    typst = importlib.import_module("typst")
    return sum(_pages(typst.compile(_in_typst(sheet).encode())) for sheet in found)


def _in_typst(sheet: Sheet) -> str:
    """The text of a sheet, a line for each block."""
    text = unescape(_TAG.sub("\n", _INLINE.sub("", sheet.html)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    quoted = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines if line)
    body = "\n\n".join(f'#text("{line}")' for line in quoted)
    return f'#set page("a4", columns: 2, margin: 12mm)\n#set text(8pt)\n{body}\n'


def _pages(raw: bytes) -> int:
    with pypdfium2.PdfDocument(raw) as document:
        return len(document)


def _growth(sheet: Sheet) -> None:
    print(f"\n{'one sheet of so many pages':34} {'s':>6} {'pages':>6} {'pages/s':>8}")
    articles = _ARTICLE.findall(sheet.html)
    with pdf.Pool(1) as pool:
        (small,) = pool.laid_out([_repeated(sheet, articles, len(articles))])
        each = len(articles) / (small.printed.pages if small.printed else 1)
        for pages in GROWTH:
            long = _repeated(sheet, articles, round(each * pages))
            _row(f"{pages} pages", lambda long=long: _one(pool, long), None)  # type: ignore[misc]


def _one(pool: pdf.Pool, sheet: Sheet) -> int:
    (outcome,) = pool.laid_out([sheet])
    return outcome.printed.pages if outcome.printed else 0


def _repeated(sheet: Sheet, articles: Sequence[str], count: int) -> Sheet:
    """A sheet of so many questions, the given ones again and again."""
    head = sheet.html.partition("<body")[0]
    body = "".join(_numbered(articles, count))
    return replace(sheet, html=Html(f'{head}<body><section class="flow">{body}</section></body>'))


def _numbered(articles: Sequence[str], count: int) -> Iterator[str]:
    for n in range(count):
        article = _LINK.sub('<a class="key">', articles[n % len(articles)])
        yield article.replace('id="q-', f'id="n{n}-', 1)
