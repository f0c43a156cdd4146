"""Fills the templates of `templates/sheet/`; the only importer of jinja2."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from exporter import resources
from exporter.model import Html
from exporter.wording import Wording
from exporter.writers.sheets.views import Entry, Puzzle, SheetView, TaskCard

if TYPE_CHECKING:
    from jinja2 import Environment


def page(view: SheetView, words: Wording) -> Html:
    """The HTML of a whole sheet, its style inside it; its fonts are the printer's business."""
    return filled("sheet.html", ("sheet.css",), words, sheet=view)


def filled(name: str, styles: Sequence[str], words: Wording, **views: object) -> Html:
    """A template of `templates/sheet/` with its views, the fixed words and as `css` its styles."""
    folder = resources.templates() / "sheet"
    css = "\n".join((folder / style).read_text("utf-8") for style in styles)
    return Html(_environment().get_template(name).render(words=words, css=css, **views))


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
