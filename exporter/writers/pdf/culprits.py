"""Finds the questions because of which a sheet can't be laid out: each is tried alone."""

import re
from dataclasses import replace

from exporter.model import Html
from exporter.writers.sheets import Sheet

_ARTICLE = re.compile(r'<article\b(?:(?!</article>).)*?id="q-(?P<key>\w+)".*?</article>', re.DOTALL)


def alone(sheet: Sheet) -> tuple[tuple[str, Sheet], ...]:
    """The key of each question of the sheet, and a sheet with nothing else on it."""
    head, body, _ = sheet.html.partition("<body")
    start = f"{head}<body>" if body else ""
    return tuple(
        (article["key"], replace(sheet, html=Html(f"{start}{article.group()}")))
        for article in _ARTICLE.finditer(sheet.html)
    )
