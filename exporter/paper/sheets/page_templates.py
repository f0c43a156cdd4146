"""Fills the templates of `templates/sheet/`; the only importer of jinja2."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from exporter.model import Html
from exporter.pack import media
from exporter.pack.media import NO_PICTURES, Album
from exporter.paper.sheets import mathematics
from exporter.paper.sheets.views import Entry, Puzzle, SheetView, TaskCard
from exporter.system import resources
from exporter.text.fixed_words import Wording

if TYPE_CHECKING:
    from jinja2 import Environment


_CODE = re.compile(r"(</?pre\b[^<>]*+>)")
_SPACE = re.compile(r"(?<=[^\s>])\s+(?=<(?:a|b|code|del|em|i|s|span|strong|sub|sup|u)\b)")
_IMAGE = re.compile(r'<img src="(?P<name>[^"]+)" alt="(?P<alt>[^"]*)">')


def page(view: SheetView, words: Wording, album: Album) -> Html:
    """The HTML of a whole sheet, its style inside it; its fonts are the printer's business."""
    return filled("sheet.html", ("sheet.css",), words, album, sheet=view)


def filled(
    name: str, styles: Sequence[str], words: Wording, album: Album = NO_PICTURES, **views: object
) -> Html:
    """A template of `templates/sheet/` with its views, the fixed words and as `css` its styles; the
    pictures of `album` stand in it themselves."""
    folder = resources.templates() / "sheet"
    css = "\n".join((folder / style).read_text("utf-8") for style in styles)
    html = _environment().get_template(name).render(words=words, css=css, **views)
    head, body, rest = html.partition("<body")
    return Html(head + body + _breakable(_pictured(rest, album)))


def _breakable(html: str) -> str:
    """HTML in which every space before an inline element stands in an element of its own.

    Where a text fits its line but for the space behind it and such an element comes next,
    WeasyPrint breaks it after its *first* word (`split_first_line` compares the width with the
    space).
    Another element changes neither what is copied nor what is read aloud.
    """
    inside = False
    made = []
    for part in _CODE.split(html):
        if _CODE.match(part):
            inside = part.startswith("<pre")
        made.append(part if inside else _SPACE.sub("<span> </span>", part))
    return "".join(made)


def _pictured(html: str, album: Album) -> str:
    """The pictures in the place of their names; one that its author does not describe is described
    by its name, as readers aloud need a word."""
    known = {one.name: one for one in album.pictures}

    def shown(found: re.Match[str]) -> str:
        if formula := mathematics.element(found["name"], found["alt"]):
            return formula
        picture = known.get(found["name"])
        if picture is None:
            return found.group()
        return f'<img src="{media.address(picture)}" alt="{found["alt"] or picture.name}">'

    return _IMAGE.sub(shown, html) if "<img" in html else html


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.templates() / "sheet"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for kind in (Entry, Puzzle, TaskCard):
        environment.tests[kind.__name__.lower()] = lambda item, kind=kind: isinstance(item, kind)
    return environment
