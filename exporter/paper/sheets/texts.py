"""Markdown of the model as HTML for a sheet, with what the fonts can't do reported once a text."""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from exporter.model import Html, Markdown
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.pack.media import NO_PICTURES, Album
from exporter.paper.sheets import fit_for_paper, mathematics
from exporter.text import markup

_RUNNING = 46  # characters
_SOUND = re.compile(r'<span class="sound">[^<]*</span> ')
_TAG = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, slots=True)
class Texts:
    """Makes texts of one pack; problems go to `report` with the place they stand at.

    Without a location nothing is reported: the text stands elsewhere, and is reported there.
    Images are those that `album` has for the document of the location, by name.
    """

    report: Report
    album: Album = NO_PICTURES

    def block(self, markdown: str, location: Location | None) -> Html:
        """Paragraphs, lists, code and tables."""
        return self._fit(markup.html(Markdown(markdown), self._shown(location)), markdown, location)

    def line(self, markdown: str, location: Location | None) -> Html:
        """What stands in one line: a prompt, a title."""
        html = markup.inline_html(Markdown(markdown), self._shown(location))
        return self._fit(html, markdown, location)

    def code(self, code: str, language: str | None, location: Location) -> Html:
        """A highlighted block of code."""
        return self._fit(markup.highlight(code, language), code, location)

    def quote(self, text: str, location: Location) -> Html:
        """Plain text, each character as it is."""
        escaped = Html(f"<code>{escape(text, quote=False)}</code>")
        return self._fit(escaped, text, location)

    def plain(self, markdown: str, location: Location | None = None) -> str:
        """One line of text without markup, for bookmarks and heads."""
        text = " ".join(markup.plain(Markdown(markdown)).split())
        fitted = fit_for_paper.fit(Html(escape(text, quote=False)))
        self._tell(fitted, location)
        return " ".join(unescape(_TAG.sub("", fitted.html)).split())

    def running(self, text: str) -> str:
        """A running head: one line of at most half a page's width."""
        return textwrap.shorten(text, _RUNNING, placeholder=" …")

    def _fit(self, html: Html, written: str, location: Location | None) -> Html:
        html = Html(_SOUND.sub("", mathematics.standing(html, self._unset(location))))
        fitted = fit_for_paper.fit(html)
        self._tell(fitted, location)
        if fitted.depth <= fit_for_paper.DEEPEST:
            return fitted.html
        message = (
            f"nested {fitted.depth} deep, which no column can show: printed as it is written; "
            f"nest it at most {fit_for_paper.DEEPEST} deep"
        )
        self.report(Diagnostic(location, Code.TOO_DEEP, message))
        return fit_for_paper.fit(Html(f'<pre class="written">{escape(written)}</pre>')).html

    def _unset(self, location: Location | None) -> Callable[[str], None]:
        def missing(tex: str) -> None:
            if location is not None:
                said = textwrap.shorten(tex, _RUNNING, placeholder=" …")
                message = f'the formula "{said}" can\'t be set: its source is printed; correct it'
                self.report(Diagnostic(location, Code.UNSET_FORMULA, message))

        return missing

    def _shown(self, location: Location | None) -> markup.Images:
        return self.album.images(location.path) if location else ()

    def _tell(self, fitted: fit_for_paper.Fitted, location: Location | None) -> None:
        if location is None:
            return
        if fitted.missing:
            message = (
                f"the sheet's fonts lack {_names(fitted.missing)}: an empty box is printed there; "
                "write it in other words for paper"
            )
            self.report(Diagnostic(location, Code.MISSING_GLYPH, message))
        if fitted.named:
            message = f"{_names(fitted.named)}: the sheet prints its name in brackets"
            self.report(Diagnostic(location, Code.NAMED_SIGN, message))


def _names(characters: Sequence[str]) -> str:
    """The first few of the characters, with their numbers and names."""
    named = [
        f"{character} (U+{ord(character):04X} {unicodedata.name(character, 'unnamed').lower()})"
        for character in characters[:3]
    ]
    more = len(characters) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
