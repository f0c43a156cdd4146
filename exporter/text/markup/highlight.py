"""Code with its tokens marked by classes; the only importer of pygments.

Classes are pygments' own short ones (``k``, ``nf``, ``s2``), inside ``code.highlight``, so that one
stylesheet per medium colours every language.  Inline colours were turned down: they break Anki's
night mode and a black-and-white print.
"""

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from exporter.model import Html
from exporter.text.markup.clean import clean

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LONGEST = 2_000  # lines
_LANGUAGE = re.compile(r"[\w+#.-]+")


def highlight(code: str, language: str | None) -> Html:
    """``<pre><code class="highlight language-js">`` with token spans.

    Of an unknown or missing language, and of more lines than anyone reads, the code is plain text.
    """
    return clean(block(code, language))


def block(code: str, language: str | None) -> str:
    """As ``highlight``, not yet sanitized: for the renderer, whose whole output is."""
    found = _LANGUAGE.match((language or "").strip().lower())
    name = found.group() if found else ""
    classes = f"highlight language-{escape(name)}" if name else "highlight"
    return f'<pre><code class="{classes}">{_spans(code.strip(chr(10)), name)}</code></pre>\n'


def _spans(code: str, name: str) -> str:
    lexer = _lexer(name)
    if lexer is None or code.count("\n") >= _LONGEST:
        return escape(code, quote=False)
    from pygments import highlight as marked
    from pygments.formatters import HtmlFormatter

    text: str = marked(code, lexer, HtmlFormatter(nowrap=True))
    return text.removesuffix("\n") if not code.endswith("\n") else text


@cache
def _lexer(name: str) -> "Lexer | None":
    if not name:
        return None
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        return None
