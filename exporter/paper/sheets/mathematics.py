"""Mathematics on paper: TeX drawn as vectors in STIX Two; the only importer of ziamath.

A sheet names a formula where it would name a picture (``standing``), so that nothing on the way
takes TeX for prose; ``element`` draws it when the page is filled.  What the engine does not know
has no drawing, and its source is printed.
"""

import base64
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

_SPAN = re.compile(r'<span class="math(?P<display> display)?">(?P<tex>[^<]*)</span>')
_NAME = re.compile(r"math(?P<display>-display)?:(?P<tex>[A-Za-z0-9_=-]*)$")
_UNKNOWN = re.compile(r"<m\w+[^<>]*>\s*\\")
_BOX = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')
_BRACE = re.compile(r"\\.|[{}]")
_EM = 12.0  # points at which it is drawn
_LONGEST = 1_000  # characters of TeX
_MOST = 400_000
"""Characters of different formulas that one run draws, at a thousandth of a second each: a document
of a stranger could ask for hours."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as SVG; ``width``, ``height`` and ``depth`` below the line are in em."""

    svg: str
    width: float
    height: float
    depth: float


def standing(html: str, missing: Callable[[str], None]) -> str:
    """``html`` with formulas named like pictures; of each that can't be drawn the source stands
    there, and ``missing`` hears of it."""

    def named(found: re.Match[str]) -> str:
        tex = unescape(found["tex"])[2:-2].strip()
        if drawing(tex, display=bool(found["display"])) is None:
            missing(tex)
            return f"<code>{escape(tex, quote=False)}</code>"
        kind = "math-display" if found["display"] else "math"
        name = base64.urlsafe_b64encode(tex.encode()).decode()
        return f'<img src="{kind}:{name}" alt="{escape(tex)}">'

    return _SPAN.sub(named, html) if 'class="math' in html else html


def drawn(name: str) -> Drawing | None:
    """The formula that a picture's name stands for; None where it stands for none."""
    found = _NAME.match(name)
    if found is None:
        return None
    tex = base64.urlsafe_b64decode(found["tex"]).decode()
    return drawing(tex, display=bool(found["display"]))


def element(name: str, described: str) -> str | None:
    """The element that draws the formula, described by its source; None where it is none."""
    found = drawn(name)
    if found is None:
        return None
    kind = "math display" if name.startswith("math-display") else "math"
    raw = base64.b64encode(found.svg.encode()).decode()
    style = (
        f"width:{found.width:.3f}em;height:{found.height:.3f}em;vertical-align:{-found.depth:.3f}em"
    )
    return (
        f'<img class="{kind}" style="{style}" src="data:image/svg+xml;base64,{raw}" '
        f'alt="{described}">'
    )


_spent = [0]  # characters so far


@lru_cache(maxsize=20_000)
def drawing(tex: str, *, display: bool) -> Drawing | None:
    """TeX without the signs around it as a drawing; None where the engine does not know it."""
    if not tex or len(tex) > _LONGEST or not _closes(tex) or _spent[0] > _MOST:
        return None
    _spent[0] += len(tex)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it loads its letters as old Pythons did
            svg = _svg(tex, display=display)
    except Exception:  # an engine for input of all kinds may fail in any way
        return None
    box = _BOX.search(svg)
    if box is None:
        return None
    _, top, width, height = map(float, box.groups())
    return Drawing(svg, width / _EM, height / _EM, max(0.0, height + top) / _EM)


def _closes(tex: str) -> bool:
    """Whether each brace has its partner; the engine makes something of half of them."""
    open_ = 0
    for sign in _BRACE.findall(tex):
        open_ += {"{": 1, "}": -1}.get(sign, 0)
        if open_ < 0:
            return False
    return open_ == 0


def _svg(tex: str, *, display: bool) -> str:
    """ValueError, or anything, where the engine does not know the TeX."""
    from ziamath import tex as engine
    from ziamath import zmath

    if _UNKNOWN.search(engine.tex2mml(tex, inline=not display)):
        raise ValueError(tex)
    return str(zmath.Latex(tex, size=_EM, inline=not display).svg())
