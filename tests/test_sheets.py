"""What stands on which sheet, and what its HTML says; no page is laid out here."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import lexical, markup, resources
from exporter.config import PackConfig
from exporter.diagnostics import Code, Diagnostic
from exporter.model import Html, Kind, Markdown, Pack, Plan, Tier
from exporter.writers.sheets import Sheet, glyphs, paper, sheets
from exporter.writers.sheets.condense import condensed
from exporter.writers.sheets.entries import shown, split
from tests import packs
from tests.fixtures import Agrees, Example, examples

_TAG = re.compile(r"<[^>]*>")


def text(html: str) -> str:
    """All words of a sheet's body as one line."""
    body = html.partition("<body>")[2]
    return " ".join(unescape(_TAG.sub(" ", body)).split())


def made(pack: Pack, config: PackConfig) -> tuple[dict[str, Sheet], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return {sheet.name: sheet for sheet in sheets(pack, config, found.append)}, found


def article(sheet: Sheet, number: int) -> str:
    """The HTML of the question with this number."""
    pieces = re.findall(r"<article.*?</article>", sheet.html, re.DOTALL)
    return next(str(piece) for piece in pieces if f'id="q-{packs.key(number)}"' in piece)


SMALL, CONFIG = packs.small()
SHEETS, FOUND = made(SMALL, CONFIG)


@pytest.mark.parametrize("example", examples("sheets"))
def test_paper(example: Example, agrees: Agrees) -> None:
    """HTML is made fit for paper as its goldens show."""
    agrees(example, paper.fit(Html(example.input)).html)


@pytest.mark.parametrize("example", examples("condense"))
def test_condensed(example: Example, agrees: Agrees) -> None:
    """A deep answer is condensed to 200 characters as its goldens show."""
    short = condensed(example.input, 200)
    if short is None:
        agrees(example, "as it is")
    else:
        agrees(
            example,
            f"{' '.join(map(str, short.pieces))}\n{'whole' if short.whole else 'shortened'}",
        )


_ANSWER = st.lists(
    st.sampled_from(
        (
            "One is. Two are.",
            "So:",
            "- a. b\n- c:\n  - d",
            "1. e\n2. f; g",
            "> h",
            "`i. J` (k. L) m.",
            "```\nn\n```",
            "## o",
            "**p.** Q r",
            "| s |\n|---|\n| t |",
            "u\nv",
            "---",
            "* w x.\n\n  y",
        )
    ),
    min_size=1,
    max_size=8,
).map("\n\n".join)


@given(_ANSWER, st.sampled_from((20, 60, 200, 1000)))
def test_condensing_invents_no_word(answer: str, room: int) -> None:
    """Every word that is left is the author's, in the author's order, and "whole" loses none."""
    short = condensed(answer, room)
    if short is None:
        return
    kept = lexical.words(markup.plain(Markdown(" ".join(map(str, short.pieces)))))
    number = r"(?m)^\d+\. "
    said = lexical.words(markup.plain(Markdown(answer)))
    left = iter(said)
    numbers = set(re.findall(r"\d", " ".join(re.findall(number, answer))))
    assert all(word in left for word in kept if word not in numbers)
    assert not str(short.pieces[-1]).endswith(":") or answer.rstrip("-\n").endswith(":")
    if short.whole:
        assert [word for word in kept if word not in numbers] == list(said)


def test_names() -> None:
    """A plan gives a sheet a week and one for the rest; a pack without a plan has a single one."""
    assert list(SHEETS) == ["python-week-1", "python-week-2", "python-beyond"]
    assert [sheet.week for sheet in SHEETS.values()] == [1, 2, "beyond"]
    assert FOUND == []
    whole, _ = made(replace(SMALL, plan=None), CONFIG)
    assert [(sheet.name, sheet.week) for sheet in whole.values()] == [("python", None)]


def test_nothing_beyond() -> None:
    """Where the plan covers everything there is no sheet for the rest."""
    week = [one for one in SMALL.questions if one.placement and one.placement.week == 1]
    pack = replace(SMALL, questions=tuple(week), topics=(), readings=(), exercises=())
    assert list(made(pack, CONFIG)[0]) == ["python-week-1", "python-week-2"]


@pytest.mark.parametrize("plan", [SMALL.plan, None], ids=["with a plan", "without"])
def test_every_question_once(plan: Plan | None) -> None:
    """Each question stands on exactly one sheet, whatever its week."""
    lost = replace(SMALL.questions[0], id=packs.id_(99), key=packs.key(99))
    placed = replace(lost, placement=packs.placement(9, 1))
    pack = replace(SMALL, questions=(*SMALL.questions, placed), plan=plan)
    html = "".join(sheet.html for sheet in made(pack, CONFIG)[0].values())
    for question in pack.questions:
        assert html.count(f'id="q-{question.key}"') == 1


@pytest.mark.parametrize("plan", [SMALL.plan, None], ids=["with a plan", "without"])
def test_nothing_lost(plan: Plan | None) -> None:
    """At full depth every word of the pack stands on a sheet."""
    pack = replace(SMALL, plan=plan)
    built = made(pack, replace(CONFIG, depth="senior"))[0].values()
    said = set(lexical.words(" ".join(text(sheet.html) for sheet in built)))
    wanted: list[str] = []
    for question in pack.questions:
        wanted += [question.prompt or "", question.code or "", question.title or ""]
        wanted += [answer.markdown for answer in question.answers]
        wanted += [one.output.text for one in question.answers if one.output]
    wanted += [reading.markdown for reading in pack.readings]
    wanted += [exercise.markdown for exercise in pack.exercises]
    wanted += [topic.title for topic in pack.topics]
    for markdown in wanted:
        plain = markup.plain(Markdown(markdown))
        assert set(lexical.words(plain)) <= said, markdown


def test_depth() -> None:
    """A sheet shows answers up to its depth, and the only answer however deep it is."""
    short, medium, senior = (packs.answer(tier, tier.value) for tier in list(Tier)[:3])
    everything = (senior, short, medium)
    assert shown(everything, "short") == (short,)
    assert shown(everything, "medium") == (short, medium)
    assert shown(everything, "senior") == (short, medium, senior)
    assert shown((senior,), "short") == (senior,)
    assert shown((senior, medium), "short") == (medium,)
    assert shown((), "senior") == ()


@pytest.mark.parametrize(
    ("prompt", "line", "rest"),
    [
        ("What is it?", "What is it?", ""),
        ("What is it,\nand why?\n\nMore.", "What is it,\nand why?", "More."),
        ("What prints:\n```js\na\n```", "What prints:", "```js\na\n```"),
        ("- one\n- two", "one two", "- one\n- two"),
    ],
)
def test_prompt_in_a_line(prompt: str, line: str, rest: str) -> None:
    """A prompt asks in its first paragraph; lists and code stand below, whole."""
    assert split(prompt) == (line, rest)


def test_label_is_not_said_twice() -> None:
    """A line that begins with its label's word goes without the label."""
    boxes = re.findall(r'<div class="todo">.*?</div>', SHEETS["python-week-2"].html)
    assert [text("<body>" + box) for box in boxes] == ["Design A lazy log reader.", "Design twice."]


def test_open_question() -> None:
    """A question without an answer has lines to write on, unless one that asks the same answers."""
    open_, answered = article(SHEETS["python-week-2"], 6), article(SHEETS["python-week-1"], 5)
    assert '<div class="lines">' in open_
    assert '<div class="lines">' not in answered
    assert f'href="#q-{packs.key(1)}"' in answered


def test_day_question() -> None:
    """The plan's question shows the shortest answer of what answers it, or room to write."""
    asks = re.findall(r'<div class="ask">.*?\n</div>', SHEETS["python-week-1"].html, re.DOTALL)
    assert [text("<body>" + ask).split("?")[0] for ask in asks] == [
        "Q “What does is compare",
        "Q How are arguments passed",
        "Q What is a partial",
    ]
    assert "Identity, never value." in asks[0]
    assert "By sharing." in asks[1]
    assert 'class="lines"' in asks[2]


def test_puzzle_output_at_the_back() -> None:
    """What a puzzle prints stands on the last pages only, with all that is accepted."""
    html = SHEETS["python-week-2"].html
    front, _, back = html.partition('id="outputs"')
    assert "Sets have no order." not in front
    assert "a b" in back
    assert "b a" in back
    assert "or, as the order is not fixed" in text("<body>" + back)


def test_task() -> None:
    """A task's criteria are boxes under its goal."""
    task = article(SHEETS["python-week-1"], 9)
    assert '<div class="acceptance"><ul>' in task
    assert task.index("count the calls") < task.index("keeps the signature")


def test_recap_asks_again() -> None:
    """A recap asks every question since the week began, without an answer among them."""
    html = SHEETS["python-week-1"].html
    rows = re.findall(r'<p class="row.*?</p>', html, re.DOTALL)
    asked = text("<body>" + " ".join(rows))
    week = [one for one in SMALL.questions if one.placement and one.placement.week == 1]
    for question in week:
        assert f'href="#q-{question.key}"' in "".join(rows)
    assert "A counting decorator" in asked
    assert "bound to an object" not in asked


def test_recap_asks_nothing_twice() -> None:
    """A question that the plan asks in its own words stands in a recap once."""
    plan, question = SMALL.plan, SMALL.questions[0]
    assert plan
    assert question.placement
    assert question.prompt
    days = tuple(
        replace(
            day,
            questions=tuple(
                replace(one, prompt=question.prompt, answered_by=(question.id,))
                for one in day.questions
            ),
        )
        if day.number == question.placement.day
        else day
        for day in plan.weeks[0].days
    )
    weeks = (replace(plan.weeks[0], days=days), *plan.weeks[1:])
    html = made(replace(SMALL, plan=replace(plan, weeks=weeks)), CONFIG)[0]["python-week-1"].html
    rows = re.findall(r'<p class="row.*?</p>', html, re.DOTALL)
    assert sum(question.key in row for row in rows) == 1


def test_final_recap_asks_the_whole_plan() -> None:
    """The last recap asks the plan's questions of the other weeks and names where they stand."""
    rounds = re.findall(r'<section class="round">.*?</section>', SHEETS["python-week-2"].html, re.S)
    last = text("<body>" + rounds[-1])
    assert last.startswith("Week 1 · Values")
    assert f"{packs.key(2)} “What does is compare?” (week 1)" in last


def test_start_date() -> None:
    """With a start, each day carries its date and weekday."""
    import datetime

    dated = made(SMALL, replace(CONFIG, start=datetime.date(2027, 2, 27)))[0]
    assert "Mon 1 Mar" in dated["python-week-1"].html
    assert "Tue 2 Mar" in dated["python-week-2"].html


def test_escaped() -> None:
    """Titles and labels of documents are text, never HTML."""
    nasty = replace(SMALL.questions[0], label="<b>", prompt=Markdown("<script>alert(1)</script>"))
    config = replace(CONFIG, title="<i>a</i>")
    html = made(replace(SMALL, questions=(nasty,)), config)[0]["python-week-1"].html
    assert "<script" not in html
    assert "&lt;b&gt;" in html
    assert "<i>a</i>" not in html


def test_missing_glyph_has_its_place() -> None:
    """A character that no font draws is reported once, with the line of its text."""
    answer = packs.answer(Tier.SHORT, "字 and 字, 👍 too")
    pack = packs.pack([packs.question(1, "Why?", answer)], None)
    found = made(pack, CONFIG)[1]
    assert [(one.code, one.location) for one in found] == [
        (Code.MISSING_GLYPH, answer.location),
        (Code.NAMED_SIGN, answer.location),
    ]
    assert "字 (U+5B57" in found[0].message


def test_too_deep() -> None:
    """A list deeper than a column can show is printed as written, and said so."""
    deep = "\n".join("  " * level + f"* level{level}" for level in range(30))
    pack = packs.pack([packs.question(1, "Why?", packs.answer(Tier.SHORT, deep))], None)
    made_, found = made(pack, CONFIG)
    assert [one.code for one in found] == [Code.TOO_DEEP]
    assert "level29" in made_["python"].html


@given(st.text(max_size=60), st.booleans(), st.booleans())
def test_no_glyph_missing_unsaid(written: str, start: bool, code: bool) -> None:
    """What is left after fitting is drawn by a font or reported."""
    fitted = glyphs.fit(written, start=start, code=code)
    left = set(_TAG.sub("", fitted.text)) - {chr(point) for point in glyphs.coverage()}
    assert left <= set(fitted.missing) | set("\n\r\t") | {c for c in written if ord(c) < 128}


@given(st.text("＜＞＆＂＇﹤﹥﹠<>&\"'a/; ", max_size=12))
def test_no_sign_becomes_markup(written: str) -> None:
    """What stands for a sign that the fonts lack is text like the rest, never an element."""
    fitted = glyphs.fit(escape(written), start=False, code=True)
    assert set("<>") & set(fitted.text) == set()
    assert unescape(fitted.text) == unicodedata.normalize("NFKC", written)


def test_raised_signs_stay_raised() -> None:
    """A superscript or subscript that the fonts lack is set as one; a letter of mathematics that
    they lack is reported instead of printed as another."""
    fitted = glyphs.fit("Na⁺ ₓ ℝ", start=True, code=False)
    assert fitted.text == "Na<sup>+</sup> <sub>x</sub> ℝ"
    assert fitted.missing == ("ℝ",)


@given(st.lists(st.sampled_from(["a", "I/O", "🔥", "⇒", "x.y", "漢", ":"]), max_size=12))
def test_words_survive_paper(words: Sequence[str]) -> None:
    """Fitting keeps every word of a paragraph, in order."""
    html = markup.html(Markdown(" ".join(words)))
    fitted = text("<body>" + paper.fit(html).html).replace(" ", "")
    kept = [word for word in words if word not in {"🔥", "⇒"}]
    assert [word for word in kept if word not in fitted] == []


def test_fonts_cover_alike() -> None:
    """Every weight of a family draws the characters of its regular one, so one table serves all."""
    from fontTools.ttLib import TTFont

    from exporter import resources

    folder = resources.templates() / "sheet" / "fonts"
    for family in ("IBMPlexSans", "IBMPlexSansCondensed", "IBMPlexMono"):
        drawn = [set(TTFont(path).getBestCmap()) for path in sorted(folder.glob(f"{family}-*"))]
        assert len(drawn) == 3
        assert all(one == drawn[0] for one in drawn)


def test_kinds_are_complete() -> None:
    """The pack of these tests has every kind of question."""
    assert {question.kind for question in SMALL.questions} == set(Kind)


@pytest.mark.parametrize("look", ["card/card.css", "sheet/sheet.css"])
def test_tables_keep_their_alignment(look: str) -> None:
    """What Markdown says about a column holds on the phone and on paper."""
    table = markup.html(Markdown("| a | b |\n|:-:|--:|\n| 1 | 2 |"))
    css = (resources.templates() / look).read_text("utf-8")
    for sign, (tag, name) in zip(
        "ab12", re.findall(r'<(t[hd]) class="(\w+)">', table), strict=True
    ):
        assert re.search(rf"\b{tag}\.{name}\b[^}}]*text-align: {name}\b", css), sign
