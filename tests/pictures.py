"""Pictures of cards as a phone shows them, from a real package in the real Anki.

    python -m tests.pictures dist/senior-nodejs.apkg docs/card.png "Key:KXM7 card:1"
    python -m tests.pictures --open dist/senior-nodejs.apkg look.png "tag:tier::output"
    python -m tests.pictures tests/goldens/cards docs/cards.png

The searches are Anki's; the first card of each is drawn, question and answer side by side, as by
day, or with ``--light night`` or ``both``; ``--open`` opens every fold.  A folder in a package's
place is laid out as one picture of the typical cards, which the tests have drawn.  Needs Chromium
and draws in the tests' fonts, the same on every machine.
"""

import argparse
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from tests.anki_collection import Card, collection
from tests.browser import golden, window
from tests.browser.typical import SHOTS
from tests.browser.window import Screen, Window

WIDTH, HEIGHT, GAP, CORNER = 360, 740, 24, 22
DESK = "#c9ccd3"
COLUMNS, CUT = 4, 600  # of the typical cards: most are shorter
LIGHTS = {"day": (False,), "night": (True,), "both": (False, True)}


def drawn(
    package: Path, searches: list[str], lights: tuple[bool, ...], height: int, *, opened: bool
) -> list[Image.Image]:
    """Both sides of the first card that each search finds, at twice their size."""
    screen = Screen("phone", WIDTH, height, scale=2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with collection(folder / "learner") as mine:
            mine.take(package)
            media = Path(mine.backend.media.dir())
            found = []
            for search in searches:
                numbers = mine.backend.find_cards(search, order=True)
                if not numbers:
                    raise SystemExit(f"no card fits {search}")
                shown = mine.backend.get_card(numbers[0]).render_output()
                found.append((search, Card(shown.question_text, shown.answer_text, shown.css)))
        with Window.open(folder / "fonts") as browser, browser.page(screen, media) as page:
            return [
                Image.open(io.BytesIO(window.picture(page, side, dark=dark, opened=opened)))
                for each in found
                for dark in lights
                for side in window.sides(iter([each]))
            ]


def typical(folder: Path) -> Iterator[Image.Image]:
    """The goldens in their order, each as wide as a phone."""
    for shot in SHOTS:
        picture = Image.open(folder / f"{shot.name}.png").convert("RGB")
        high = round(picture.height * WIDTH / picture.width)
        yield picture.resize((WIDTH, high), Image.Resampling.LANCZOS)


def laid(
    pictures: list[Image.Image], columns: int, size: tuple[int, int], scale: int
) -> Image.Image:
    """Pictures in rows on a desk, each with round corners and cut to ``size`` times ``scale``."""
    width, height, gap, corner = (each * scale for each in (*size, GAP, CORNER))
    rows = -(-len(pictures) // columns)
    desk = Image.new("RGB", (columns * (width + gap) + gap, rows * (height + gap) + gap), DESK)
    for at, picture in enumerate(pictures):
        sheet = Image.new("RGB", (width, height), picture.convert("RGB").getpixel((0, 0)))
        sheet.paste(picture, (0, 0))
        mask = Image.new("L", (width, height), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), corner, fill=255)
        row, column = divmod(at, columns)
        desk.paste(sheet, (gap + column * (width + gap), gap + row * (height + gap)), mask)
    return desk


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("package", type=Path, help="or a folder with the typical cards")
    parser.add_argument("out", type=Path)
    parser.add_argument("search", nargs="*", default=["deck:*"])
    parser.add_argument("--light", choices=sorted(LIGHTS), default="day")
    parser.add_argument("--open", action="store_true", help="with every fold opened")
    parser.add_argument("--height", type=int, default=HEIGHT, help="of the phone, in CSS pixels")
    asked = parser.parse_args()
    if asked.package.is_dir():
        picture = laid(list(typical(asked.package)), COLUMNS, (WIDTH, CUT), 1)
    else:
        sides = drawn(
            asked.package, asked.search, LIGHTS[asked.light], asked.height, opened=asked.open
        )
        picture = laid(sides, len(sides), (WIDTH, asked.height), 2)
    golden.small(picture).save(asked.out, optimize=True)


if __name__ == "__main__":
    main()
