"""Cards as people meet them: on phone, tablet and desktop, by day and night, in a real browser."""

import io
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from exporter import cards, pipeline
from exporter.config import PackConfig
from exporter.diagnostics import Diagnostic, Severity
from exporter.study import Study
from exporter.writers import apkg
from exporter.writers.sheets import sheets, standalone
from tests import choosing, decks, fixtures
from tests.anki_collection import collection
from tests.browser import golden, program, typical, window
from tests.browser.typical import SHOTS, Shot
from tests.browser.window import Screen, Side, Window

pytestmark = [pytest.mark.browser, pytest.mark.anki]

HERE = Path(__file__).parent
GOLDENS = HERE / "goldens" / "cards"
SCREENS = (
    Screen("phone", 360, 740),
    Screen("tablet", 768, 1024),
    Screen("desktop", 1280, 800),
    Screen("zoomed to 200 %", 180, 370, scale=2),
    Screen("text of 200 %", 360, 740, text=200),
)
PHONE = SCREENS[0]
EACH_SCREEN = pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
MOST = 20  # faults that a message shows


@dataclass(frozen=True, slots=True)
class Deck:
    """Cards as Anki renders them, and the folder in which it keeps their pictures."""

    sides: list[Side]
    media: Path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """One browser for all tests of this module."""
    with Window.open(tmp_path_factory.mktemp("fonts")) as opened:
        yield opened


def imported(package: Path, folder: Path) -> Deck:
    """What a learner has who imports the package."""
    with collection(folder / "learner") as mine:
        mine.take(package)
        return Deck(window.sides(mine.rendered()), Path(mine.backend.media.dir()))


def built(source: Path, folder: Path) -> tuple[Deck, pipeline.Study]:
    """The deck of a pack's folder, with its ledger beside it."""
    study = pipeline.read(source)
    assert [one for one in study.diagnostics if one.severity is Severity.ERROR] == []
    pipeline.build(study, pipeline.Order(folder / "dist", int(time.time()), only=("apkg",)))
    return imported(folder / "dist" / f"{study.config.slug}.apkg", folder), study


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Every card of the pack in source/, from a copy, as a build writes the ledger."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(fixtures.SOURCE, folder / "source")
    deck, study = built(folder / "source", folder)
    assert len(deck.sides) == 2 * len(study.notes) > 0
    return deck


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """What documents can do to a card, through the whole pipeline."""
    folder = tmp_path_factory.mktemp("nasty")
    source = folder / "source"
    source.mkdir()
    shutil.copy(HERE / "browser" / "nasty.md", source)
    Image.new("RGB", (3000, 300), "#777777").save(source / "wide.png")
    (source / "pack.toml").write_text(
        'title = "Nasty"\nslug = "nasty"\n[[documents]]\npath = "nasty.md"\nreader = "tiered"\n'
    )
    return built(source, folder)[0]


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """Multiple choice: words, code, puzzles, several right ones."""
    folder = tmp_path_factory.mktemp("chosen")
    return built(choosing.written(folder / "source"), folder)[0]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """The cards of the goldens."""
    folder = tmp_path_factory.mktemp("typical")
    config = PackConfig(title="Backend interview", slug="backend", deck="Backend interview")
    found: list[Diagnostic] = []
    notes = cards.render(typical.cards(), config, found.append)
    assert found == []
    package = folder / "backend.apkg"
    package.write_bytes(apkg.write(decks.dated(notes), config))
    return imported(package, folder)


def _faultless(deck: Deck, browser: Window, screen: Screen) -> None:
    with browser.page(screen, deck.media) as page:
        found = window.faults(page, deck.sides, dark=False)
        found += window.faults(page, deck.sides, dark=True, shape=False)
    assert not found, "\n".join(["", *found[:MOST], f"{len(found)} faults"])
    assert browser.asked == []


@EACH_SCREEN
def test_every_card_fits(real: Deck, browser: Window, screen: Screen) -> None:
    """Nothing scrolls sideways, overlaps, is cut, too small or too faint, by day or by night."""
    _faultless(real, browser, screen)


@EACH_SCREEN
def test_what_documents_do_to_cards(nasty: Deck, browser: Window, screen: Screen) -> None:
    """Endless words, wide tables, deep lists, other scripts and large pictures do no harm."""
    _faultless(nasty, browser, screen)


@EACH_SCREEN
def test_choices_fit(chosen: Deck, browser: Window, screen: Screen) -> None:
    """Letters hang beside words and code alike, and none leaves the page."""
    assert all('class="choices"' in side.html for side in chosen.sides)
    _faultless(chosen, browser, screen)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_pictures(
    small: Deck, browser: Window, shot: Shot, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Cards look as their pictures show; `--accept` takes new ones."""
    start = f"{shot.key} studypack {shot.tier.value.title()} {shot.side}"
    (side,) = (each for each in small.sides if each.name == start)
    (screen,) = (each for each in SCREENS if each.name == shot.screen)
    with browser.page(screen, small.media) as page:
        drawn = window.picture(page, side, dark=shot.dark, opened=shot.opened)
    actual = golden.small(Image.open(io.BytesIO(drawn)))
    kept = GOLDENS / f"{shot.name}.png"
    if request.config.getoption("--accept"):
        actual.save(kept, optimize=True)
        return
    actual.save(tmp_path / kept.name)
    found = golden.differs(actual, Image.open(kept))
    assert not found, f"{tmp_path / kept.name} is not {kept}: {found}"


def test_a_small_difference_is_seen() -> None:
    """A line that has gone and another colour of a badge are told, a smoother letter is not."""
    page = Image.new("RGB", (360, 740), "#faf9f5")
    line, smooth, badge, other = (page.copy() for _ in range(4))
    badge.paste((0, 90, 70), (20, 20, 90, 45))
    other.paste((0, 90, 180), (20, 20, 90, 45))
    line.paste((30, 30, 30), (20, 100, 300, 105))
    smooth.paste((220, 220, 220), (20, 100, 300, 105))
    assert golden.differs(line, page)
    assert golden.differs(badge, other)
    assert not golden.differs(smooth, page)
    assert golden.differs(page.resize((360, 741)), page)


PLAIN = "body { background: #fff; color: #000; margin: 0; overflow-wrap: anywhere; }"
PLANTED = (
    ("scrolls sideways", "<p style='width: 500px'>wide</p>"),
    ("outside the page", "<p style='width: 50px; margin-left: -60px'>gone</p>"),
    ("number out of the page", "<ol start='1000' style='padding: 0 0 0 20px'><li>item</ol>"),
    ("text out of its box", "<p style='width: 40px; overflow-wrap: normal'>unbreakable</p>"),
    (
        "cut at the side",
        "<p style='width: 60px; overflow: hidden; white-space: nowrap'>much too long</p>",
    ),
    ("cut at the foot", "<p style='height: 10px; overflow: hidden'>high</p>"),
    ("scrolls by itself", "<div style='height: 20px; overflow: auto'><p>a<p>b<p>c</div>"),
    ("squeezed", "<p style='width: 12px'>letters</p>"),
    ("overlaps", "<p>below</p><p style='margin-top: -2em'>above</p>"),
    ("code does not wrap", f"<pre style='overflow: auto'>{'code ' * 40}</pre>"),
    ("small text", "<p style='font-size: 13px'>small</p>"),
    ("small text", "<code style='font-size: 11px'>small</code>"),
    ("small to tap", "<details><summary>More</summary>more</details>"),
    ("small to tap", "<p><a href='https://example.org'>alone</a></p>"),
    ("empty", "<p></p>"),
    ("contrast", "<p style='color: #999'>faint</p>"),
    ("contrast", "<p style='opacity: .5'>faint</p>"),
    ("contrast", "<div style='background: rgba(0, 0, 0, .6)'><p>on grey</p></div>"),
    ("contrast", "<style>li::marker { color: #eee }</style><ul><li>one</li></ul>"),
    ("contrast", "<style>p::before { content: 'N'; color: #eee }</style><p>ote</p>"),
    ("text on a picture", "<p style='background: linear-gradient(#fff, #eee)'>words</p>"),
    (
        "(opened): small text",
        "<details><summary style='min-height: 44px'>More</summary>"
        "<p style='font-size: 9px'>small</p></details>",
    ),
)


@pytest.mark.parametrize(("fault", "html"), PLANTED)
def test_a_planted_fault_is_found(browser: Window, tmp_path: Path, fault: str, html: str) -> None:
    """Whatever the tests of cards look for, they find where it is."""
    with browser.page(PHONE, tmp_path) as page:
        found = window.faults(page, [Side("planted", html, PLAIN)], dark=False)
    assert any(fault in each for each in found), found


def test_a_snap_is_no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that starts a snap, as Ubuntu has it, is passed over for the next program."""
    for name, text in (
        ("chromium-browser", "#!/bin/sh\nexec /snap/bin/chromium"),
        ("chrome", "#!/bin/sh\n"),
    ):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert program.find.__wrapped__() == str(tmp_path / "chrome")


def test_a_sound_card_has_no_fault(browser: Window, tmp_path: Path) -> None:
    """Links in a sentence may be as high as their line, a table may scroll in its own box."""
    html = (
        "<p>See <a href='https://example.org' style='color: #00e'>this</a> or that.</p>"
        "<div style='overflow-x: auto'><p style='width: 900px'>a wide table</p></div>"
        "<code style='font-size: 12px'>small</code>"
    )
    with browser.page(PHONE, tmp_path) as page:
        assert window.faults(page, [Side("sound", html, PLAIN)], dark=False) == []


def test_the_net_is_out_of_reach(tmp_path: Path, browser: Window) -> None:
    """What a card wants from elsewhere is refused and told."""
    html = "<p>words</p><img alt='' src='https://example.org/spy.png'>"
    alone = Window(browser.browser)
    with alone.page(PHONE, tmp_path) as page:
        window.faults(page, [Side("curious", html, PLAIN)], dark=False)
    assert alone.asked == ["https://example.org/spy.png"]


def test_html_sheets_do_not_scroll_sideways(study: Study, browser: Window, tmp_path: Path) -> None:
    """Each sheet for browsers is as wide as a phone of 390 pixels, and no wider."""
    screen = Screen("phone", 390, 800)
    for sheet in sheets(study.pack, study.config, lambda _: None, study.notes):
        file = tmp_path / "sheet.html"
        file.write_bytes(standalone(sheet.html))
        with browser.page(screen, tmp_path) as page:
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") == 390, sheet.name
