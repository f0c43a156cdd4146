"""Fills the templates of `templates/sheet/`; the only importer of jinja2."""

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
    css = (resources.templates() / "sheet" / "sheet.css").read_text("utf-8")
    template = _environment().get_template("sheet.html")
    return Html(template.render(sheet=view, words=words, css=css))


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
