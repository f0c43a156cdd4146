"""Which characters the sheet's fonts can draw, and what to print for those they cannot.

A sheet is set in its own fonts and nothing else, so that it looks the same on every machine. What
they lack is drawn (boxes), written with a sign they have (⇒ as =>), left out where it only
decorates (an emoji before a heading), or called by its name. Only what none of this helps is
reported as missing; a small raised or lowered sign stays one. The only importer of fontTools, so it
unwraps the font files as well.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

from exporter import resources

# One face for each family: the weights of a family cover the same characters.
_FACES = ("IBMPlexSans-Regular", "IBMPlexSansCondensed-Regular", "IBMPlexMono-Regular")
_BOX = '<span class="box"></span>'
_SIGNS = {
    "⇒": "=&gt;", "⟹": "=&gt;", "⇐": "&lt;=", "⇔": "&lt;=&gt;", "⟶": "→", "➜": "→", "➔": "→",
    "➡": "→", "➤": "→", "▶": "→", "►": "→", "▸": "→", "⬅": "←", "⬆": "↑", "⬇": "↓", "✔": "✓",
    "☑": "✓", "✅": "✓", "✗": "❌", "✘": "❌", "✖": "❌", "✕": "❌", "☐": _BOX, "□": _BOX,
    "▢": _BOX, "■": "•", "▪": "•", "●": "•", "◆": "•", "○": "o", "❗": "!", "❓": "?",
    "➕": "+", "➖": "−", "✱": "*", "★": "*",
}  # fmt: skip
# Invisible: joiners, variation selectors, the key of a keycap, byte order mark, skin tones.
_SILENT = re.compile("[\u200c\u200d\u2060\ufe0e\ufe0f\u20e3\ufeff\U0001f3fb-\U0001f3ff]")
_EMOJI = re.compile("[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_GAP = re.compile("(?:(?<![ \u00a0])[ \u00a0]++)?+(?:\0[ \u00a0]*+)++")
_CLOSED = tuple(".!?:;–—…")


@dataclass(frozen=True, slots=True)
class Fitted:
    """HTML text that the fonts can draw; `named` and `missing` are characters to speak of."""

    text: str
    named: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@cache
def coverage() -> frozenset[int]:
    """Code points that at least one of the sheet's families draws."""
    from fontTools.ttLib import TTFont

    fonts = resources.templates() / "sheet" / "fonts"
    drawn: set[int] = set()
    for face in _FACES:
        with TTFont(fonts / f"{face}.woff", lazy=True) as font:
            drawn.update(font.getBestCmap())
    return frozenset(drawn)


@cache
def _advances(face: str) -> Mapping[int, float]:
    """How wide a face sets each character, in ems."""
    from fontTools.ttLib import TTFont

    fonts = resources.templates() / "sheet" / "fonts"
    with TTFont(fonts / f"{face}.woff", lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: widths[name][0] / em for code, name in font.getBestCmap().items()}


def width(text: str, face: str = "IBMPlexSansCondensed-Regular") -> float:
    """How wide a line is in a face, in ems; what that lacks counts as a whole one."""
    advances = _advances(face)
    return sum(advances.get(ord(character), 1.0) for character in text)


def unwrapped(font: Path) -> bytes:
    """A WOFF file as the font inside it, the same bytes at any time.

    WeasyPrint would unwrap it itself, and set the font's time of change to now.
    """
    from fontTools.ttLib import TTFont

    out = BytesIO()
    with TTFont(font, recalcTimestamp=False, recalcBBoxes=False) as inside:
        inside.flavor = None
        inside.save(out, reorderTables=None)
    return out.getvalue()


def fit(text: str, *, start: bool, code: bool) -> Fitted:
    """Escaped HTML text (no tags) as the fonts can draw it.

    `start` says that nothing stands before it in its block, `code` that every character counts.
    """
    if text.isascii():
        return Fitted(text)
    pieces: list[str] = []
    named: list[str] = []
    missing: list[str] = []
    for character in _characters(text):
        sign = _sign(character)
        if sign is not None:
            pieces.append(sign)
        elif not _EMOJI.match(character):
            pieces.append(character)
            missing.append(character)
        elif code or not _decorates("".join(pieces), start):
            pieces.append(f"[{unicodedata.name(character, 'symbol').lower()}]")
            named.append(character)
        else:
            pieces.append("\0")
    joined = _GAP.sub(" ", "".join(pieces))
    return Fitted(joined.lstrip(" ") if start else joined, tuple(named), tuple(missing))


def _characters(text: str) -> Iterator[str]:
    """Characters in composed form, without what prints nothing."""
    return iter(_SILENT.sub("", unicodedata.normalize("NFC", text)))


def _sign(character: str) -> str | None:
    """What to print for a character (HTML), or None where the fonts have nothing for it."""
    if ord(character) in coverage() or character in "\n\r\t":
        return character
    if character in _SIGNS:
        return _SIGNS[character]
    plain = unicodedata.normalize("NFKC", character)
    if plain == character or not all(ord(part) in coverage() for part in plain):
        return None
    match unicodedata.decomposition(character).partition(" ")[0]:
        case "<super>":
            return f"<sup>{escape(plain)}</sup>"
        case "<sub>":
            return f"<sub>{escape(plain)}</sub>"
        case "<font>":  # a letter of another kind, as in mathematics, means something else
            return None
    return f"({plain})" if unicodedata.category(character) == "No" else escape(plain)


def _decorates(before: str, start: bool) -> bool:
    """Whether an emoji after `before` only decorates: it opens a block or follows a whole one."""
    before = before.rstrip(" \u00a0\0")
    return before.endswith(_CLOSED) if before else start
