"""Pictures of cards as a phone shows them, from a real package in the real Anki.

    python -m tests.pictures dist/senior-nodejs.apkg docs/card.png "Key:KXM7 card:1"
    python -m tests.pictures --open dist/senior-nodejs.apkg look.png "tag:tier::output"

The searches are Anki's; the first card of each is drawn, question and answer side by side, as by
day, or with ``--light night`` or ``both``; ``--open`` opens every fold.  Needs chromium on the path
(Debian: apt-get install chromium); no test depends on it.
"""

import argparse
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path

from tests.anki_collection import Card, collection

WIDTH, HEIGHT, GAP = 360, 740, 24
# What the apps put around a card: its class on the body, night mode beside it.
BODY = """<!doctype html><html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><style>{css}</style></head>
<body class="card card1{night}"><div id="qa">{side}</div></body></html>"""
LIGHTS = {"day": [""], "night": [" nightMode"], "both": ["", " nightMode"]}
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: {gap}px; display: flex; gap: {gap}px; background: #c9ccd3; }}
iframe {{ width: {width}px; height: {height}px; border: 0; border-radius: 22px; flex: none; }}
</style>{frames}"""


def cards(package: Path, searches: list[str]) -> list[Card]:
    """The first card that each search finds."""
    with (
        tempfile.TemporaryDirectory() as folder,
        collection(Path(folder)) as mine,
    ):
        mine.take(package)
        found = []
        for search in searches:
            numbers = mine.backend.find_cards(search, order=True)
            if not numbers:
                raise SystemExit(f"no card fits {search}")
            shown = mine.backend.get_card(numbers[0]).render_output()
            found.append(Card(shown.question_text, shown.answer_text, shown.css))
        return found


def page(shown: list[Card], nights: list[str], *, opened: bool, height: int) -> str:
    """All sides of all cards in one row, each in a phone's frame."""
    frames = []
    for card in shown:
        for night in nights:
            for side in (card.question, card.answer):
                text = side.replace("<details", "<details open") if opened else side
                body = BODY.format(css=card.css, night=night, side=text)
                frames.append(f'<iframe srcdoc="{escape(body)}"></iframe>')
    return PAGE.format(gap=GAP, width=WIDTH, height=height, frames="".join(frames))


def draw(text: str, out: Path, columns: int, height: int) -> None:
    """The page as a PNG at twice its size, as sharp as a phone."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("chromium is missing: apt-get install chromium")
    width = columns * (WIDTH + GAP) + GAP
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(text, encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                "--force-device-scale-factor=2",
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height + 2 * GAP}",
                f"--screenshot={out.resolve()}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("search", nargs="+")
    parser.add_argument("--light", choices=sorted(LIGHTS), default="day")
    parser.add_argument("--open", action="store_true", help="with every fold opened")
    parser.add_argument("--height", type=int, default=HEIGHT, help="of the phone, in CSS pixels")
    asked = parser.parse_args()
    nights = LIGHTS[asked.light]
    shown = cards(asked.package, asked.search)
    text = page(shown, nights, opened=asked.open, height=asked.height)
    draw(text, asked.out, 2 * len(shown) * len(nights), asked.height)


if __name__ == "__main__":
    main()
