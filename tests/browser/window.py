"""A window in Debian's Chromium: off the net, in the repository's own fonts, the same everywhere.

The fonts are those of the sheets, turned back from WOFF for the time of a test, because Chromium
takes only plain TrueType from the system; letters they lack are boxes, in every place the same.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.anki_collection import Card
from tests.browser import program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

FAULTS = (Path(__file__).parent / "faults.js").read_text(encoding="utf-8")
FONTS = Path(__file__).parents[2] / "templates" / "sheet" / "fonts"
OURS = ("about:", "data:", "blob:", "file:")
# Anki's own page around a card, as far as it changes how a card looks.
PAGE = """<!doctype html><html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><base href="{media}/"><style></style></head>
<body class="card card1"></body></html>"""
# Only these fonts; "system-ui" and its like are the first of them. No hints, no colour fringes.
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir>
{aliases}
<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit>
<edit name="rgba" mode="assign"><const>none</const></edit></match></fontconfig>"""
ALIAS = "<alias binding='same'><family>{}</family><prefer><family>{}</family></prefer></alias>"
STANDINS = {
    "IBM Plex Sans": ("system-ui", "sans-serif", "serif"),
    "IBM Plex Mono": ("monospace", "ui-monospace"),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """A device: CSS pixels, device pixels to one of them, and the root's text size in per cent."""

    name: str
    width: int
    height: int
    scale: int = 1
    text: int = 100


@dataclass(frozen=True, slots=True)
class Side:
    """What stands in the window: one side of a card under a name that a person finds it by."""

    name: str
    html: str
    css: str


@dataclass(frozen=True, slots=True)
class Window:
    """An open browser; ``asked`` are the addresses of the net that a card wanted."""

    browser: "Browser"
    asked: list[str] = field(default_factory=list)

    @contextmanager
    def page(self, screen: Screen, media: Path) -> Iterator["Page"]:
        """An empty card on this screen, with the pictures of ``media`` at hand."""

        def gate(route: "Route") -> None:
            if route.request.url.startswith(OURS):
                return route.continue_()
            self.asked.append(route.request.url)
            return route.abort()

        context = self.browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            device_scale_factor=screen.scale,
            reduced_motion="reduce",
        )
        try:
            context.route("**/*", gate)
            page = context.new_page()
            start = media / "_window.html"
            start.write_text(PAGE.format(media=media.as_uri()), encoding="utf-8")
            page.goto(start.as_uri())
            page.evaluate(f"document.documentElement.style.fontSize = '{screen.text}%'")
            yield page
        finally:
            context.close()

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Self]:
        """A browser whose fonts lie in ``folder``, an empty directory of the test's."""
        from playwright.sync_api import sync_playwright

        path = program.find()
        assert path is not None, program.remedy()
        switches = [
            "--disable-lcd-text",
            "--font-render-hinting=none",
            "--force-color-profile=srgb",
        ]
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=path,
                chromium_sandbox=False,  # which root and containers can't have; the net is shut
                args=switches,
                env={**os.environ, "FONTCONFIG_FILE": str(fonts(folder))},
            )
            try:
                yield cls(browser)
            finally:
                browser.close()


def fonts(folder: Path) -> Path:
    """Plain TrueType of the sheets' fonts in ``folder``, and the file that names only them."""
    from fontTools.ttLib import TTFont

    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted([*FONTS.glob("IBMPlexSans-*.woff"), *FONTS.glob("IBMPlexMono-*.woff")]):
        with TTFont(source, recalcTimestamp=False) as font:
            font.flavor = None
            font.save(folder / f"{source.stem}.ttf", reorderTables=None)
    aliases = [ALIAS.format(name, font) for font, names in STANDINS.items() for name in names]
    config = folder / "fonts.conf"
    config.write_text(FONTCONFIG.format(folder=folder, aliases="\n".join(aliases)))
    return config


def sides(rendered: Iterator[tuple[str, Card]]) -> list[Side]:
    """Fronts and backs of cards, in order."""
    return [
        Side(f"{name} {which}", html, card.css)
        for name, card in rendered
        for which, html in (("front", card.question), ("back", card.answer))
    ]


def faults(page: "Page", shown: list[Side], *, dark: bool, shape: bool = True) -> list[str]:
    """What is wrong with these sides on this page; ``shape=False`` looks at colours only."""
    size = page.viewport_size
    assert size is not None
    asked = {
        "sides": [{"name": side.name, "html": side.html, "css": side.css} for side in shown],
        "dark": dark,
        "shape": shape,
        "phone": size["width"] <= 600,
    }
    found: list[str] = page.evaluate(FAULTS, asked)
    return found


def picture(page: "Page", side: Side, *, dark: bool, opened: bool) -> bytes:
    """The side as a PNG, as high as it is."""
    faults(page, [side], dark=dark, shape=False)
    page.eval_on_selector_all(
        "details", "(all, open) => all.forEach(each => { each.open = open; })", opened
    )
    return page.screenshot(full_page=True, animations="disabled")
