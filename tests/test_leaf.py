"""Leaves: two pages at most, each question of the plan, nothing cut, nothing changed."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from exporter import headline, lexical, markup
from exporter.config import PackConfig, Paper
from exporter.diagnostics import Code
from exporter.leaf import Leaf, leaves, measure, shorten
from exporter.leaf.words import phrases
from exporter.model import Kind, Markdown, Pack
from exporter.study import Study
from exporter.writers.pdf import press
from tests import packs, printed
from tests.printed import MM, Page, bare

SIZES = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
SMALLEST = 6.6
MARGIN = 8 * MM
FULL = 0.9
ENGLISH = phrases("en")
WAYS: tuple[tuple[Paper, bool], ...] = (
    ("a4", True),
    ("a4", False),
    ("letter", True),
    ("letter", False),
)


@dataclass(frozen=True, slots=True)
class Laid:
    """A leaf as it was printed."""

    leaf: Leaf
    raw: bytes
    pages: tuple[Page, ...]

    @property
    def text(self) -> str:
        return bare("".join(line.text for page in self.pages for line in page.lines))


def laid(leaf: Leaf) -> Laid:
    outcome = press.laid_out(leaf.sheet)
    assert outcome.said == ()
    assert outcome.printed
    return Laid(leaf, outcome.printed.pdf, printed.pages(outcome.printed.pdf))


@pytest.fixture(scope="session", params=[("a4", True), ("letter", False)], ids=["a4", "letter"])
def real(request: pytest.FixtureRequest, study: Study) -> tuple[Laid, ...]:
    """The leaves of the pack in source/, as they are and upright on the other paper."""
    paper, landscape = request.param
    config = replace(study.config, paper=paper, landscape=landscape)
    return tuple(map(laid, leaves(study.pack, config, study.album)))


@pytest.fixture(scope="session")
def ours(study: Study) -> tuple[Leaf, ...]:
    """The leaves of the pack in source/, not laid out."""
    return leaves(study.pack, study.config, study.album)


@pytest.mark.pdf
def test_a_leaf_has_two_pages_at_most(real: tuple[Laid, ...]) -> None:
    """Every leaf is laid out on the pages it was reckoned for, at most two, each of its paper."""
    for one in real:
        assert len(one.pages) == one.leaf.pages <= 2, one.leaf.sheet.name
        for page in one.pages:
            sizes = {tuple(sorted(size)) for size in SIZES.values()}
            assert tuple(sorted((round(page.width, 2), round(page.height, 2)))) in sizes


@pytest.mark.pdf
def test_text_is_inside_its_margins_and_large_enough(real: tuple[Laid, ...]) -> None:
    """Nothing is cut: every character lies inside the margins, none under the floor of code."""
    for one in real:
        for page in one.pages:
            for sign in page.characters:
                inside = MARGIN - 1 <= sign.left <= sign.right <= page.width - MARGIN + 1
                inside &= MARGIN - 1 <= sign.bottom <= sign.top <= page.height - MARGIN + 1
                assert inside, (one.leaf.sheet.name, sign)
                assert sign.size >= SMALLEST - 0.01, (one.leaf.sheet.name, sign)


@pytest.mark.pdf
def test_no_sign_covers_another(real: tuple[Laid, ...]) -> None:
    """Columns, foot and puzzles keep apart."""
    for one in real:
        for page in one.pages:
            assert not list(printed.covering(page)), one.leaf.sheet.name


@pytest.mark.pdf
def test_the_first_side_is_full_where_there_is_another(real: tuple[Laid, ...]) -> None:
    """Where a second side is used each column of the first one ends near its foot."""
    for one in real:
        if len(one.pages) > 1:
            assert one.leaf.fills[0] >= FULL, one.leaf.sheet.name
            lefts = _column_ends(one.pages[0])
            low = one.pages[0].height - MARGIN
            assert all(low - end >= FULL * (low - MARGIN) for end in lefts), one.leaf.sheet.name


def _column_ends(page: Page) -> list[float]:
    """The lowest line of each column but for the foot, from the bottom of the page."""
    columns = 4 if page.width > page.height else 3
    wide = (page.width - 2 * MARGIN) / columns
    ends = [page.height] * columns
    for line in page.lines:
        if line.bottom > MARGIN + 12:
            at = min(columns - 1, int((line.left - MARGIN) / wide))
            ends[at] = min(ends[at], line.bottom)
    return ends


@pytest.mark.pdf
def test_every_question_of_the_plan_is_on_its_leaf(real: tuple[Laid, ...], study: Study) -> None:
    """Whatever has no room, the plan's questions stand on the leaf of their week, word by word, and
    so do its days, in their order."""
    assert study.pack.plan
    for week, one in zip(study.pack.plan.weeks, real, strict=False):
        at = 0
        for day in week.days:
            for asked in day.questions:
                words = bare(markup.plain(asked.prompt))
                found = one.text.find(words, at)
                assert found >= 0, (one.leaf.sheet.name, asked.prompt)
                at = found


@pytest.mark.pdf
def test_reading_order_is_that_of_the_columns(real: tuple[Laid, ...]) -> None:
    """The file says its lines column by column: within one they go down."""
    for one in real:
        marks = printed.marks(one.leaf.sheet.html)
        at = 0
        for mark in marks:
            found = one.text.find(bare(mark)[:20], at)
            assert found >= 0, (one.leaf.sheet.name, mark)
            at = found


@pytest.mark.pdf
def test_files_are_sound_and_tagged(real: tuple[Laid, ...], study: Study) -> None:
    """PDF/UA-1: language, title, tags, headings that skip no level; only our fonts."""
    for one in real:
        with pikepdf.open(io.BytesIO(one.raw)) as document:
            assert document.check_pdf_syntax() == []
            root = document.Root
            assert str(root.Lang) == study.config.language
            assert root.MarkInfo.Marked
            assert b'pdfuaid:part="1"' in root.Metadata.read_bytes()
            levels = list(printed.levels(root.StructTreeRoot.K[0]))
            for page in document.pages:
                for font in page.Resources.Font.values():
                    assert "IBM-Plex" in str(font.DescendantFonts[0].FontDescriptor.FontName)
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.pdf
def test_the_same_leaf_is_the_same_file(real: tuple[Laid, ...]) -> None:
    """Laid out again it has the same bytes."""
    assert laid(real[-1].leaf).raw == real[-1].raw


@pytest.mark.pdf
def test_reckoned_heights_are_those_of_the_engine(real: tuple[Laid, ...]) -> None:
    """No column is lower on paper than it was reckoned, by more than a line."""
    line = measure.LEADING * MM
    for one in real:
        for page in one.pages:
            assert min(_column_ends(page)) >= MARGIN + 12 - line


@pytest.mark.parametrize(("paper", "landscape"), WAYS)
def test_what_is_left_is_told_and_counted(study: Study, paper: Paper, landscape: bool) -> None:
    """Each question of a week is shown or left, none is both; those left are listed (S506) and
    counted in the foot."""
    config = replace(study.config, paper=paper, landscape=landscape)
    known = {one.key: one for one in study.pack.questions}
    shown: list[str] = []
    for leaf in leaves(study.pack, config, study.album):
        assert leaf.pages <= 2
        assert not set(leaf.shown) & set(leaf.left)
        shown += [*leaf.shown, *leaf.left]
        told = [one.message for one in leaf.said if one.code is Code.SHORTENED]
        assert len(told) == bool(leaf.left)
        assert all(key in told[0] for key in leaf.left)
        assert (f"{len(leaf.left)} more on cards" in leaf.sheet.html) == bool(leaf.left)
        if leaf.sheet.week == "beyond":
            assert all(known[key].kind is Kind.OUTPUT for key in leaf.left)
    assert sorted(shown) == sorted(known)


def test_figures_stand_where_the_documents_have_them(ours: tuple[Leaf, ...]) -> None:
    """Week 1 has its ring, and each week whose answers hold steps or sides a strip or table."""
    kinds = [
        set(re.findall(r'class="(step|versus|warn)"|<(figure)>', one.sheet.html)) for one in ours
    ]
    assert ("", "figure") in kinds[0]
    assert all(kind & {("step", ""), ("versus", "")} for kind in kinds[:3])
    assert all(("warn", "") in kind for kind in kinds)


def test_answers_keep_to_their_words(ours: tuple[Leaf, ...]) -> None:
    """No answer is longer than 25 words, of a plan's question than 45."""
    for leaf in ours:
        for kind, most in (("entry", 25), ("key", 45)):
            for found in re.findall(rf'<p class="{kind}">(.*?)</p>', leaf.sheet.html):
                said = (
                    found.rpartition("</b> ")[2] if kind == "entry" else found.partition("</b>")[2]
                )
                words = re.sub(r"<[^>]+>", "", said)
                assert shorten.count(words) <= most, words


def _small() -> Iterator[tuple[str, Pack, PackConfig]]:
    pack, config = packs.small()
    yield "no plan", replace(pack, plan=None), config
    assert pack.plan
    week = pack.plan.weeks[0]
    short = replace(week, days=week.days[:3])
    yield "three days", replace(pack, plan=replace(pack.plan, weeks=(short,))), config
    year = tuple(replace(week, number=n, days=week.days[:1]) for n in range(1, 53))
    yield "a year", replace(pack, plan=replace(pack.plan, weeks=year)), config


@pytest.mark.pdf
@pytest.mark.parametrize("name", ["no plan", "three days", "a year"])
def test_small_packs(name: str) -> None:
    """A pack without a plan is one file, a year of weeks 52, and each comes out as reckoned."""
    pack, config = next((pack, config) for one, pack, config in _small() if one == name)
    found = leaves(pack, config)
    names = [one.sheet.name for one in found]
    weeks = len(pack.plan.weeks) if pack.plan else 0
    wanted = [f"{config.slug}-week-{n}" for n in range(1, weeks + 1)] or [config.slug]
    assert names[: len(wanted)] == wanted
    one = laid(found[0])
    assert len(one.pages) == one.leaf.pages
    for page in one.pages:
        assert not list(printed.covering(page))


@pytest.mark.parametrize(
    ("prompt", "shorter"),
    [
        ("Difference between microtasks and macrotasks?", "Microtasks vs macrotasks"),
        ("What is the difference between a, b, and c?", "A vs b vs c"),
        ("Deep difference between `A` and `B`.", "`A` vs `B`"),
        ("What is backpressure and why is it important?", "Backpressure"),
        ("What are the phases of the loop and why do they matter?", "Phases of the loop"),
        ("What is `setTimeout`?", "`setTimeout`"),
        ("What is the pool and how can it become a bottleneck?", None),
        ("What is libuv? Which operations use the pool?", None),
        ("Why does it block?", None),
        ("Readable, Writable; object mode.", "Readable, Writable; object mode"),
    ],
)
def test_prompts_are_shortened_where_nothing_is_lost(prompt: str, shorter: str | None) -> None:
    """By rule: what it asks beside the name of the thing stays."""
    assert shorten.prompt(prompt, ENGLISH) == (shorter or prompt)


def test_a_language_without_rules_keeps_its_prompts() -> None:
    """A prompt in a language without a table stays whole."""
    assert shorten.prompt("Что такое поток?", phrases("ru")) == "Что такое поток?"
    assert shorten.prompt("What is a stream?", phrases("ru")) == "What is a stream?"


@pytest.mark.parametrize(
    ("answer", "words", "cut"),
    [
        ("One thing; another thing; a third one.", 4, "One thing; another thing"),
        ("It is `a; b` and more; rest.", 6, "It is `a; b` and more"),
        ("Mistakes:\n\n1. Too fast\n2. Too slow\n", 9, "Mistakes: Too fast · Too slow"),
        ("**Streams**: flow; pause.", 9, "flow; pause"),
        (
            "A sentence that goes on with a number of words without end.",
            6,
            "A sentence that goes …",
        ),
    ],
)
def test_answers_are_cut_at_points(answer: str, words: int, cut: str) -> None:
    """At a semicolon, an item or a sentence; in the middle only of a clause that is too long."""
    assert shorten.answer(answer, "How do streams work?", words) == cut


def test_sides_are_set_against_each_other() -> None:
    """A table stands where each point is about one side, and not where one is about neither."""
    sides = shorten.versus("CommonJS vs ESM", ENGLISH)
    assert sides == ("CommonJS", "ESM")
    said = shorten.parallel(sides, "CommonJS is sync; ESM is static and async.", ENGLISH)
    assert said == ("is sync", "is static and async")
    assert shorten.parallel(sides, "Both are modules; ESM is newer.", ENGLISH) == ()
    tests = ("integration", "E2E tests")
    assert shorten.parallel(tests, "Test types: unit; integration for I/O", ENGLISH) == ()


def test_steps_are_those_of_a_chain() -> None:
    """A chain such as "A → B → C" has a start, steps and what follows; two things are no chain."""
    assert shorten.steps("Phases: a → b → c; d after each") == (
        "Phases:",
        ("a", "b", "c"),
        "d after each",
    )
    assert shorten.steps("a → b") is None


def test_a_label_leads_where_it_says_more() -> None:
    """On paper and screens the author's label stands before a prompt that does not say it."""
    pack, _ = packs.small()
    one = replace(pack.questions[0], title=None, prompt=Markdown("Modules and providers."))
    assert headline.asked(replace(one, label="nest")) == "Nest: Modules and providers."
    for label in ("modules", "Q12", None):
        assert headline.asked(replace(one, label=label)) == "Modules and providers."
    block = Markdown("- a\n- b")
    assert headline.asked(replace(one, label="nest", prompt=block)) == block


def test_what_asks_the_same_stands_once(ours: tuple[Leaf, ...]) -> None:
    """One answer of several questions stands once, below all of them."""
    for leaf in ours:
        said = re.findall(r"</b> ([^<]{40,})</p>", leaf.sheet.html)
        assert len(said) == len(set(said)), leaf.sheet.name


def test_a_leaf_that_is_too_long_is_made_with_less(ours: tuple[Leaf, ...]) -> None:
    """Each try fills less of the columns, and shows no more than the one before."""
    leaf = next(one for one in ours if one.left)
    tries = [leaf, *leaf.tighter()]
    assert all(len(b.shown) <= len(a.shown) for a, b in pairwise(tries))
    assert all(one.pages <= 2 for one in tries)


def test_color_is_asked_for(study: Study, ours: tuple[Leaf, ...]) -> None:
    """Bars are black unless pack.toml wants accents, which then are as dark as each other."""
    css = (Path(__file__).parent.parent / "templates" / "sheet" / "leaf.css").read_text("utf-8")
    accents = re.findall(r"\.a\d > \.bar \{ background: #(\w{6})", css)
    assert len(accents) == 7
    darkness = [_luminance(one) for one in accents]
    assert max(darkness) - min(darkness) < 0.03
    black = ours[0]
    (colored, *_) = leaves(study.pack, replace(study.config, color=True))
    assert 'class="frame a1"' not in black.sheet.html
    assert 'class="frame a1"' in colored.sheet.html


def _luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _lines(html: str, width: float) -> Sequence[tuple[str, float]]:
    """The lines of a paragraph in a column of so many points, with where each ends."""
    from exporter.writers.sheets import Sheet

    css = (
        f"@page {{ size: {width}pt 200pt; margin: 0 }} p {{ margin: 0; font: 8pt 'IBM Plex Sans' }}"
    )
    page = f'<html lang="en"><title>t</title><style>{css}</style><body>{html}</body></html>'
    outcome = press.laid_out(Sheet("t", None, "t", page))  # type: ignore[arg-type] # plain HTML
    assert outcome.printed
    (first, *_) = printed.pages(outcome.printed.pdf)
    return [(line.text, line.characters[-1].right) for line in first.lines]


@pytest.mark.pdf
def test_no_line_ends_far_too_early() -> None:
    """Text before an inline element is broken where its line ends, whatever the width."""
    from exporter.writers.sheets.page import _breakable

    prose = "<p>Provides event loop and thread pool; tune with <code>UV_THREADPOOL_SIZE</code>.</p>"
    html = _breakable(prose)
    assert "".join(re.split(r"<[^>]+>", html)) == "".join(re.split(r"<[^>]+>", prose))
    for tenths in range(1600, 2200, 20):
        width = tenths / 10
        for (_, end), (after, _) in pairwise(_lines(html, width)):
            if not after.startswith("UV_"):
                assert width - end < 45, (width, after)


def test_words_are_those_of_the_author(study: Study, ours: tuple[Leaf, ...]) -> None:
    """An entry invents no word: all that it says is in its question."""
    known = {one.key: one for one in study.pack.questions}
    texts = " ".join(
        " ".join(
            [one.prompt or "", one.title or "", one.label or "", *(a.markdown for a in one.answers)]
        )
        for one in known.values()
    )
    words = set(lexical.words(texts)) | {"vs"}
    for leaf in ours:
        for entry in re.findall(r'<p class="entry">(.*?)</p>', leaf.sheet.html):
            plain = re.sub(r"<[^>]+>", "", entry.replace("<br>", " "))
            said = lexical.words(re.sub(r"&\w+;", " ", plain))
            assert set(said) <= words, entry
