"""Makes a text harmless for Anki, whose fields are HTML with a little language of their own.

A document about TeX, templates or Anki itself may contain what Anki would play, typeset or replace.
HTML entities stop everything that Anki's backend looks for; MathJax reads the finished page, where
an entity is long resolved, but never joins two elements, hence the element around a backslash.
"""

import re
import unicodedata
from collections.abc import Sequence

from exporter.model import Html

_PIECES = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_SUSPECT = re.compile(r"[\[\\]|\{\{|\}\}")
_BRACKET = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\]|\[type:)", re.IGNORECASE)
_BRACES = re.compile(r"\{(?=\{)|(?<=\{)\{|\}(?=\})|(?<=\})\}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1e\x7f]")
_MATH = re.compile(r"\\(?=[()\[\]])")


def harmless(markup: str) -> Html:
    """``markup`` that shows the same in Anki as in a browser; tags are left as they are, and what
    the author wrote as mathematics is typeset."""
    stored = _as_stored(markup)
    if not _SUSPECT.search(stored):
        return Html(stored)
    pieces = _PIECES.split(stored)
    plain = (_piece(pieces, at) for at in range(len(pieces)))
    return Html("".join(plain))


def _piece(pieces: Sequence[str], at: int) -> str:
    """A tag or a text.  What stands in an element for mathematics or a recording is meant for Anki:
    ``markup`` alone can make these."""
    piece, around = pieces[at], pieces[at - 1] if at else ""
    if at % 2 == 0 and around.startswith('<span class="sound"'):
        return piece
    if at % 2 or around.startswith('<span class="math'):
        return _tag(piece)
    return _text(piece)


def harmless_plain(escaped: str) -> Html:
    """The same for a field without elements, such as the sort field: entities alone."""
    return Html(_MATH.sub("&#92;", _tag(_as_stored(escaped))))


def _as_stored(text: str) -> str:
    """``text`` as Anki would store it: composed, without control characters nobody sees."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def _text(text: str) -> str:
    return _MATH.sub("<span>&#92;</span>", _tag(text)) if "\\" in text else _tag(text)


def _tag(text: str) -> str:
    if "[" in text:
        text = _BRACKET.sub("&#91;", text)
    if "{{" in text or "}}" in text:
        text = _BRACES.sub(lambda found: f"&#{ord(found.group())};", text)
    return text
