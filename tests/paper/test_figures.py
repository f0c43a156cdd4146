"""Figures on sheets: what they show is what the pack holds, in black and white that can be told
apart."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from exporter.build import pipeline
from exporter.build.read_pack import ReadPack
from exporter.deck import cards
from exporter.model import Cycle, Html, Markdown, Reading, ReadingKind, Tier, Week
from exporter.model.config import FigureConfig
from exporter.model.diagnostics import Code, Diagnostic, Location
from exporter.paper import figures
from exporter.paper.sheets import Sheet, drawing, sheets
from exporter.paper.sheets.daily_load import load, total
from tests import packs
from tests.layouts import rendered

PACK, CONFIG = packs.small()
NOTES = cards.render(PACK, CONFIG, lambda _: None)
SOURCE = Path(__file__).parent.parent.parent / "source"
STORY = """The day goes on and on.

1. Wake
2. Work **hard**
3. Eat
4. Sleep

Other lists:

- a
- b
- c

1. One
2. Two
3. Three
"""
READING = Reading(
    ReadingKind.STORY, "A day", Markdown(STORY), Location("notes.md", 900, 930), (), 1, 2
)
TOLD = replace(PACK, readings=(*PACK.readings, READING))


@pytest.fixture(scope="module")
def study() -> ReadPack:
    return pipeline.read(SOURCE)


def cycles(*entries: FigureConfig) -> tuple[tuple[Cycle, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    made = figures.cycles(TOLD, replace(CONFIG, figures=entries), found.append)
    return made, found


def test_load_counts_every_card() -> None:
    """The bars of a week hold each of its cards once, by day and tier."""
    counted = load(PACK, NOTES)
    assert PACK.plan
    weeks = [counted.week(week.number) for week in PACK.plan.weeks] + [counted.week("beyond")]
    assert sum(map(total, weeks)) == len(NOTES)
    days = [counted.day(1, day.number) for day in PACK.plan.weeks[0].days]
    loose = [n for (week, day, _), n in counted.cards.items() if week == 1 and day is None]
    assert sum(map(total, days)) + sum(loose) == total(weeks[0])


def test_real_loads_stand_on_the_sheet(study: ReadPack) -> None:
    """Each day of the real plan shows the number of its cards beside its bar."""
    made = sheets(study.pack, study.config, lambda _: None, study.notes)
    counted = load(study.pack, study.notes)
    assert study.pack.plan
    for week, sheet in zip(study.pack.plan.weeks, made, strict=False):
        tabs = re.findall(r'class="tab" href="#d-(\d+)".*?</a>', sheet.html)
        shown = dict(
            re.findall(r'class="tab" href="#d-(\d+)".*?</svg> (\d+)</span></a>', sheet.html)
        )
        assert len(tabs) == len(week.days)
        wanted = {d.number: total(counted.day(week.number, d.number)) for d in week.days}
        assert {int(day): int(n) for day, n in shown.items()} == {
            day: n for day, n in wanted.items() if n
        }


@pytest.mark.parametrize("week", [None, "beyond"])
def test_a_figure_needs_no_question_beside_it(week: Week) -> None:
    """Where nothing but readings stands, the picture still does; what no day has is in the key."""
    bare = replace(
        PACK,
        plan=PACK.plan if week else None,
        questions=tuple(one for one in PACK.questions if one.placement and one.placement.week == 2)
        if week
        else (),
        topics=(),
        exercises=(),
        readings=(replace(READING, week=week, day=None),),
    )
    config = replace(CONFIG, figures=(FigureConfig("notes.md:905"),))
    bare = replace(bare, cycles=figures.cycles(bare, config, lambda _: None))
    *weeks, last = sheets(bare, config, lambda _: None, NOTES)
    assert last.html.count("<figure>") == 1
    assert all("<figure>" not in one.html for one in weeks)
    if week:
        assert "1 · Any day this week" in weeks[1].html


_COUNTS = st.lists(
    st.tuples(st.sampled_from(list(Tier)), st.integers(1, 60)), min_size=1, unique_by=lambda c: c[0]
)


def _numbers(svg: str) -> Iterator[tuple[float, float]]:
    for x, y, width, height in re.findall(
        r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg
    ):
        yield float(x), float(y)
        yield float(x) + float(width), float(y) + float(height)
    for path in re.findall(r' d="([^"]+)"', svg):
        for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path):
            yield float(x), float(y)
    for x, y in re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)"', svg):
        yield float(x), float(y)


def _inside(svg: str) -> None:
    left, top, width, height = map(float, re.findall(r'viewBox="([^"]+)"', svg)[0].split())
    for x, y in _numbers(svg):
        assert left - 0.01 <= x <= left + width + 0.01, svg
        assert top - 0.01 <= y <= top + height + 0.01, svg


@given(_COUNTS, st.floats(0.05, 2))
def test_bars_are_as_long_as_they_count(counts: list[tuple[Tier, int]], scale: float) -> None:
    """A bar's pieces follow each other, each as long as its cards, and no line leaves the bar."""
    svg = drawing.bar(counts, scale, "a < b")
    widths = [float(width) for width in re.findall(r'<rect [^>]*? width="([\d.]+)"', svg)]
    assert widths == [pytest.approx(n * scale, abs=0.006) for _, n in counts]
    assert "<title>a &lt; b</title>" in svg
    _inside(svg)


@given(st.integers(3, 12), st.text("ab c<&", max_size=90), st.text("xyz ", max_size=60))
def test_rings_keep_their_stations_apart(count: int, center: str, step: str) -> None:
    """A ring has a station for each step, none over another, and fits a column."""
    svg = drawing.cycle([step] * count, center, "title")
    boxes = [
        (float(x), float(y))
        for x, y in re.findall(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="25.0"', svg)
    ]
    assert len(boxes) == count
    for (x1, y1), (x2, y2) in combinations(boxes, 2):
        assert abs(x1 - x2) >= 25 or abs(y1 - y2) >= 9.5
    width = float(re.findall(r'width="([\d.]+)mm"', svg)[0])
    assert width <= 88
    _inside(svg)


@pytest.mark.pdf
def test_labels_stay_within_their_frames() -> None:
    """However wide its letters, a label crosses neither the frame of its station nor an arrow."""
    steps = [
        "MMMM WWWW " * 9,
        "W" * 90,
        "I/O DEPARTMENT (MOST BUSY)",
        "four words and more " * 6,
        "E",
    ]
    svg = drawing.cycle(steps, "ALL CAPS IN THE MIDDLE " * 4, "title")
    wide, high = map(float, re.findall(r'width="([\d.]+)mm" height="([\d.]+)mm"', svg)[0])
    page = f"@page {{ size: {wide}mm {high}mm; margin: 0 }} body {{ margin: 0; line-height: 0 }}"
    html = f'<html lang="en"><title>a</title><style>{page}</style><body>{svg}'
    done = rendered(Sheet("s", None, "", Html(html)), lambda said: pytest.fail(str(said)))
    assert done
    assert done.pages == 1
    with pypdfium2.PdfDocument(done.pdf) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    unit = 25.4 / 72
    stations = [(n * 30.5 + 0.3, n * 30.5 + 24.9) for n in range(3)]
    middle = (13.0, wide - 13.0)  # between the arrows up and down
    for left, bottom, right, top in boxes:
        upper, lower = high - top * unit, high - bottom * unit
        rows = upper > 10.5 and lower < high - 10.5
        spans = [middle] if rows else stations
        assert any(a <= left * unit and right * unit <= b for a, b in spans), (left, top)
        assert 0 <= upper <= lower <= high


@pytest.mark.pdf
def test_tiers_can_be_told_apart_in_one_bit() -> None:
    """Printed at 600 dpi in black and white alone, no two patterns look alike."""
    swatches = "".join(f"<p>{drawing.swatch(tier, tier.value)}</p>" for tier in Tier)
    page = "@page { size: 10mm 40mm; margin: 1mm } svg { display: block }"
    style = f"<style>{page} body, p {{ margin: 0; height: 5mm }}</style>"
    html = f'<html lang="en"><title>a</title>{style}<body>{swatches}'
    done = rendered(Sheet("s", None, "", Html(html)), lambda said: pytest.fail(str(said)))
    assert done
    with pypdfium2.PdfDocument(done.pdf) as document:
        image = document[0].render(scale=600 / 72).to_pil().convert("1")
    dots = 600 / 25.4
    cut = [
        image.crop((int(dots), int(dots * (1 + 5 * n)), int(dots * 5), int(dots * (3 + 5 * n))))
        for n in range(len(Tier))
    ]
    for one, other in combinations(cut, 2):
        differing = ImageChops.logical_xor(one, other).histogram()[-1]
        assert differing > 0.1 * one.width * one.height


def test_steps_are_those_of_the_list() -> None:
    """A ring shows the items of the ordered list that is asked for, and stands at its reading."""
    made, found = cycles(
        FigureConfig("notes.md:905", center="c"), FigureConfig("notes.md:905", 2, "T")
    )
    assert found == []
    assert made[0].steps == ("Wake", "Work **hard**", "Eat", "Sleep")
    assert (made[0].title, made[0].center, made[0].week, made[0].day) == ("A day", "c", 1, 2)
    assert (made[1].title, made[1].steps) == ("T", ("One", "Two", "Three"))


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (FigureConfig("notes.md:9999", line=7), Code.UNRESOLVED_NAME),
        (FigureConfig("QQQ9", line=7), Code.UNRESOLVED_NAME),
        (FigureConfig("notes.md:905", 3, line=7), Code.NO_STEPS),
        (FigureConfig(packs.key(1), line=7), Code.NO_STEPS),
    ],
)
def test_what_is_not_there_is_an_error(entry: FigureConfig, code: Code) -> None:
    """A figure of nothing is reported at its line of pack.toml, and not drawn."""
    made, found = cycles(entry)
    assert made == ()
    assert [(one.code, str(one.location)) for one in found] == [(code, "pack.toml:7")]


def _figures(element: Any) -> Iterator[Any]:
    children = element.get("/K", ())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/StructElem":
            if child.S == "/Figure":
                yield child
            yield from _figures(child)


@pytest.mark.pdf
def test_figures_are_on_the_first_page_and_described() -> None:
    """The ring stands in its day with text that can be searched, and readers aloud are told what
    each figure shows."""
    config = replace(CONFIG, figures=(FigureConfig("notes.md:905", center="again"),))
    told = replace(TOLD, cycles=figures.cycles(TOLD, config, lambda _: None))
    sheet = sheets(told, config, lambda _: None, NOTES)[0]
    day = sheet.html.partition('id="d-2"')[2].partition('id="d-3"')[0]
    assert "<figcaption>A day</figcaption>" in day
    done = rendered(sheet, lambda said: pytest.fail(str(said)))
    assert done
    with pypdfium2.PdfDocument(done.pdf) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert all(step in text for step in ("Wake", "Work hard", "Eat", "Sleep", "again"))
    with pikepdf.open(io.BytesIO(done.pdf)) as document:
        alts = [str(one.Alt) for one in _figures(document.Root.StructTreeRoot.K[0])]
    assert "A day: Wake → Work hard → Eat → Sleep → Wake" in alts
    assert any(alt.startswith("Day 1: Short 2, ") for alt in alts)
