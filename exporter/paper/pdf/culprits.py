"""Finds the questions because of which a sheet can't be laid out: each is tried alone."""

import re
from dataclasses import replace

from exporter.model import Html
from exporter.paper.sheets import Sheet

_ARTICLE = re.compile(r"<article\b(?:[^<]|<(?!/?article\b))*+</article>")
_KEY = re.compile(r'id="q-(?P<key>\w+)"')


def alone(sheet: Sheet) -> tuple[tuple[str, Sheet], ...]:
    """The key of each question of the sheet, and a sheet with nothing else on it."""
    head, body, _ = sheet.html.partition("<body")
    start = f"{head}<body>" if body else ""
    return tuple(
        (found["key"], replace(sheet, html=Html(f"{start}{article}")))
        for article in _ARTICLE.findall(sheet.html)
        if (found := _KEY.search(article))
    )
