"""Mathematics on paper: drawn, as wide as it is reckoned, and its source where it can't be."""

import base64
import re

import pytest

from exporter.model.diagnostics import Code, Diagnostic, Location
from exporter.paper.leaf import measure
from exporter.paper.sheets import mathematics
from exporter.paper.sheets.texts import Texts

PLACE = Location("notes.md", 3, 3)
KNOWN = (
    r"E = mc^2",
    r"\int_0^1 x\,dx = \frac{1}{2}",
    r"\sum_{i=1}^{n} i^2 \le n^3",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\mathbb{R}^n \ni x \text{ where } x \to \infty",
    r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}",
    r"\sqrt[3]{x} \cdot \vec{v} \times \hat{w}",
)


@pytest.mark.parametrize("tex", KNOWN)
@pytest.mark.parametrize("display", [False, True])
def test_common_tex_is_drawn(tex: str, display: bool) -> None:
    """With a size that a line can be filled by, and nothing but shapes in it."""
    made = mathematics.drawing(tex, display=display)
    assert made
    assert made.width > 1
    assert 0.5 < made.height < 6
    assert made.depth < made.height
    assert set(re.findall(r"<(\w+)", made.svg)) <= {"svg", "symbol", "path", "use", "rect", "title"}


@pytest.mark.parametrize(
    "tex", [r"\frac{1}{", r"\nosuch{x} = 1", r"\begin{nothing} x", "", "x" * 3000]
)
def test_what_the_engine_does_not_know_is_printed_as_written(tex: str) -> None:
    """And said, with its place."""
    assert mathematics.drawing(tex, display=False) is None
    said: list[Diagnostic] = []
    html = Texts(said.append).line(f"a \\({tex} + n^2\\) b" if tex else "a", PLACE)
    assert "<img" not in html
    if 0 < len(tex) < 1000:
        assert [one.code for one in said] == [Code.UNSET_FORMULA]
        assert "<code>" in html


def test_a_run_draws_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of thousands of formulas doesn't hold a build for hours."""
    monkeypatch.setattr(mathematics, "_spent", [mathematics._MOST + 1])
    assert mathematics.drawing("a^2 + b^2 = c^2 + 17", display=False) is None


def test_a_formula_takes_its_room_and_is_described() -> None:
    """On the leaf it is as wide as its drawing, and a reader aloud hears its source."""
    html = Texts(lambda _: None).line("$E = mc^2$", PLACE)
    (name, described) = re.findall(r'<img src="([^"]+)" alt="([^"]+)">', html)[0]
    assert described == "E = mc^2"
    drawn = mathematics.drawn(name)
    assert drawn
    assert measure.line_width(html) == pytest.approx(drawn.width * measure.SIZE)
    element = mathematics.element(name, described) or ""
    raw = re.findall(r"base64,([^\"]+)", element)[0]
    assert base64.b64decode(raw).decode() == drawn.svg
    assert mathematics.element("picture.png", "x") is None
