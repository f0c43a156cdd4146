"""Mock interviews: what is drawn, how the minutes are shared, what stands on paper."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exporter.build import papers
from exporter.build.pipeline import ReadPack
from exporter.build.request import BuildRequest
from exporter.cli import cli
from exporter.model import (
    DayKind,
    Exercise,
    ExerciseKind,
    Kind,
    Markdown,
    Output,
    Pack,
    Plan,
    Question,
    Related,
    StudyWeek,
    Tier,
    Verdict,
)
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Diagnostic, Stop
from exporter.pack.manifest import Manifest
from exporter.paper import pdf
from exporter.rehearse import mock
from exporter.rehearse.mock import Interview, Mode, grading, interview
from exporter.rehearse.mock.interview import Round
from exporter.system import pango
from exporter.text import markup
from tests import packs
from tests.layouts import rendered

SAFE = 5 / 25.4 * 72  # points: what a printer can't reach
_DEEP = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)


def _spoken(number: int, week: int, day: int) -> Question:
    answers = (packs.answer(tier, f"{tier} words of {number}.", number) for tier in _DEEP)
    return packs.question(number, f"Question number {number}?", *answers, week=week, day=day)


def _puzzle(number: int, week: int, day: int) -> Question:
    stated = Output(f"printed {number}", (), True, packs.at(number))
    answer = packs.answer(Tier.OUTPUT, f"printed {number}", number, stated)
    code = f"print('printed {number}')"
    return packs.question(number, None, answer, week=week, day=day, kind=Kind.OUTPUT, code=code)


def _task(number: int, week: int, day: int) -> Question:
    answer = packs.answer(Tier.TASK, f"- Accepts {number}.\n- Refuses the rest.", number)
    return packs.question(
        number, "Write it.", answer, week=week, day=day, kind=Kind.TASK, title=f"Program {number}"
    )


def _design(week: int, day: int) -> Exercise:
    text = f"Shelf number {week}: first wish, second wish and a third."
    return Exercise(ExerciseKind.DESIGN, Markdown(text), packs.at(week), ("Designs",), week, day)


def _two_weeks() -> tuple[Pack, PackConfig]:
    """Two weeks of three days, the third a recap, the last one final."""
    questions = [
        _spoken(week * 100 + day * 10 + n, week, day)
        for week in (1, 2)
        for day in (week * 3 - 2, week * 3 - 1)
        for n in range(6)
    ]
    questions += [_puzzle(300 + n, 1, 1) for n in range(4)] + [_task(310, 1, 2), _task(311, 2, 4)]
    questions.append(packs.question(320, "Unanswered?", week=1, day=1))
    weeks = tuple(
        StudyWeek(
            week,
            f"Title {week}",
            None,
            (
                packs.day(week * 3 - 2, "First"),
                packs.day(week * 3 - 1, "Second"),
                replace(packs.day(week * 3, "Mock", DayKind.RECAP), final=week == 2),
            ),
            packs.at(week, packs.PLAN),
        )
        for week in (1, 2)
    )
    exercises = (_design(1, 1), _design(2, 4))
    made = packs.pack(questions, Plan("Fortnight", weeks), exercises=exercises)
    return made, PackConfig(title="Shelves", slug="shelves")


PACK, CONFIG = _two_weeks()


def _held(mode: Mode = Mode.MIXED, minutes: int = 45, seed: str | None = None) -> Interview:
    (held,) = mock.interviews(PACK, CONFIG, week=1, mode=mode, minutes=minutes, seed=seed)
    return held


@given(st.integers(5, 240), st.sampled_from(Mode), st.text(max_size=5))
def test_minutes_add_up(minutes: int, mode: Mode, seed: str) -> None:
    """The sections' minutes sum to what was asked for, and each section has some of them."""
    held = _held(mode, minutes, seed)
    assert sum(section.minutes for section in held.sections) == minutes
    assert all(section.minutes > 0 and section.asked for section in held.sections)


@given(st.text(max_size=5))
def test_a_week_asks_its_own_questions_once(seed: str) -> None:
    """Whatever the seed, all that is asked is of that week, answered, and asked once."""
    asked = _held(seed=seed).asked
    questions = [one for one in asked if isinstance(one, Question)]
    assert {one.placement.week for one in questions if one.placement} == {1}
    assert all(one.answers for one in questions)
    assert {one.week for one in asked if isinstance(one, Exercise)} == {1}
    assert len(set(map(repr, asked))) == len(asked)


def test_a_seed_is_a_paper() -> None:
    """The same seed draws the same, another one something else; no seed is always the same."""
    assert _held(seed="a").asked == _held(seed="a").asked
    assert _held(seed="a").asked != _held(seed="b").asked
    assert _held().seed == _held().scope.name == "shelves-mock-week-1"


def test_one_more_question_redraws_little() -> None:
    """A lot belongs to its question: a new one takes at most one place in the order of the rest."""
    pool = [_spoken(n, 1, 1) for n in range(1, 30)]
    before = interview.spread(pool[:-1], "s")
    after = interview.spread(pool, "s")
    assert [one for one in after if one is not pool[-1]] == before


def test_any_beginning_is_spread_over_weeks_and_days() -> None:
    """The first few drawn come from as many weeks, and within them days, as there are."""
    pool = [_spoken(n, 1 + n % 2, 1 + n % 4) for n in range(40)]
    first = interview.spread(pool, "s")[:4]
    assert sorted(interview.subject_of(one) for one in first) == [
        ("1", "1"),
        ("1", "3"),
        ("2", "2"),
        ("2", "4"),
    ]


def test_none_asks_the_same_as_another() -> None:
    """Of questions that are linked as the same, or have the same words, one is asked."""
    first, second = _spoken(1, 1, 1), _spoken(2, 1, 1)
    same = Related(first.id, first.key, "same", leads=True)
    third = replace(_spoken(3, 1, 1), prompt=first.prompt)
    pool = [first, replace(second, related=(same,)), third]
    assert len(interview.draw([pool], 3, "s", ())) == 1


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Mode.RAPID, {Round.RAPID, Round.READING}),
        (Mode.DESIGN, {Round.DESIGN}),
        (Mode.CODING, {Round.CODING}),
        (Mode.MIXED, set(Round)),
    ],
)
def test_modes_have_their_rounds(mode: Mode, expected: set[Round]) -> None:
    """Each mode asks what it is named after, the mixed one everything there is."""
    assert {section.round for section in _held(mode).sections} == expected


def test_short_time_leaves_rounds_out() -> None:
    """Where the minutes do not hold all rounds, the most important ones are kept whole."""
    assert interview.affordable(tuple(Round), 12) == (Round.RAPID, Round.CODING)
    assert _held(minutes=5).sections[0].round is Round.RAPID


def test_the_final_one_mixes_all_weeks() -> None:
    """Questions of every week, a design and a program are in it; it belongs to its day's week."""
    (held,) = mock.interviews(PACK, CONFIG, final=True)
    weeks = {
        one.placement.week for one in held.asked if isinstance(one, Question) and one.placement
    }
    assert weeks == {1, 2}
    assert (held.scope.name, held.scope.week) == ("shelves-mock-final", 2)
    assert {Round.DESIGN, Round.CODING} <= {section.round for section in held.sections}


def test_every_recap_day_has_its_own() -> None:
    """A week of several recaps has a paper for each, drawn from the days since the one before."""
    assert PACK.plan is not None
    days = [day for week in PACK.plan.weeks for day in week.days]
    days[-1] = replace(days[-1], final=False)
    one_long = replace(PACK.plan.weeks[0], days=tuple(days))
    pack = replace(
        PACK,
        plan=Plan(None, (one_long,)),
        questions=tuple(
            replace(q, placement=replace(q.placement, week=1))
            for q in PACK.questions
            if q.placement
        ),
    )
    found = interview.recaps(pack, CONFIG)
    assert [one.name for one in found] == ["shelves-mock-week-1-day-3", "shelves-mock-week-1-day-6"]
    assert [{q.placement.day for q in one.questions if q.placement} for one in found] == [
        {1, 2},
        {4, 5},
    ]


def test_without_a_plan() -> None:
    """A pack without a plan has one interview of all of it, and no week."""
    pack = replace(PACK, plan=None)
    (held,) = mock.interviews(pack, CONFIG)
    assert (held.scope.name, held.scope.week) == ("shelves-mock", None)
    assert mock.papers(pack, CONFIG, print) == ()
    with pytest.raises(Stop) as stop:
        mock.interviews(pack, CONFIG, week=1)
    assert stop.value.exit_code == 2


def test_nothing_to_ask_is_refused() -> None:
    """A mode that a week has nothing for is refused; a build leaves such a paper out."""
    assert PACK.plan is not None
    bare = replace(PACK, questions=(), exercises=())
    with pytest.raises(Stop, match="nothing to ask"):
        mock.interviews(bare, CONFIG, week=1)
    assert mock.papers(bare, CONFIG, print) == ()


def test_the_plans_own_questions_come_first() -> None:
    """What is asked in depth is what the plan itself asks, where that is answered in depth."""
    assert PACK.plan is not None
    first, *rest = PACK.plan.weeks
    day = replace(first.days[0], questions=(packs.asked("What?", 113, 114),))
    plan = Plan(None, (replace(first, days=(day, *first.days[1:])), *rest))
    for seed in "abc":
        (held,) = mock.interviews(replace(PACK, plan=plan), CONFIG, week=1, seed=seed)
        (deep,) = [section for section in held.sections if section.round is Round.DEPTH]
        assert packs.id_(113) in [one.id for one in deep.asked if isinstance(one, Question)]


def test_a_wrong_output_is_not_scored_as_right() -> None:
    """Where a run proved the stated output wrong the grid shows what was printed."""
    verdict = Verdict("differs", "Node 20.1.0", ("something else",))
    questions = tuple(
        replace(one, verdict=verdict) if one.kind is Kind.OUTPUT else one for one in PACK.questions
    )
    pack = replace(PACK, questions=questions)
    (held,) = mock.interviews(pack, CONFIG, week=1, mode=Mode.RAPID)
    html = mock.paper(held, pack, CONFIG, print).html
    grid = html.partition('id="grid"')[2].partition('id="answers"')[0]
    assert "something else" in grid
    assert "printed 30" not in _words(grid)


def test_the_plans_own_lines_fill_in() -> None:
    """A week without exercises asks what the plan wants practised."""
    assert PACK.plan is not None
    first, *rest = PACK.plan.weeks
    day = replace(first.days[0], practice=(Markdown("Write a shelf."),))
    plan = Plan(None, (replace(first, days=(day, *first.days[1:])), *rest))
    spoken = tuple(one for one in PACK.questions if one.kind is Kind.QUESTION)
    pack = replace(PACK, plan=plan, exercises=(), questions=spoken)
    (held,) = mock.interviews(pack, CONFIG, week=1, mode=Mode.CODING)
    assert [one.markdown for one in held.asked if isinstance(one, Exercise)] == ["Write a shelf."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is fast. It is small.", ["It is fast."]),
        (
            "They use:\n\n* Flags.\n* Guides\n  for all.\n    - not this deep",
            ["Flags.", "Guides for all."],
        ),
        ("```js\n- code;\n```\n\nAfter it.", ["After it."]),
        ("First.\n\n1. Second\n2. Third", ["First.", "Second", "Third"]),
        ("e.g. this is one sentence.", ["e.g. this is one sentence."]),
    ],
)
def test_points_are_the_authors_words(text: str, expected: list[str]) -> None:
    """Points are the items of lists and the first sentences of paragraphs, word for word."""
    assert list(grading.leading([Markdown(text)], 9)) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "Ingest events: batching, backpressure, and dedupe.",
            ["batching", "backpressure", "dedupe"],
        ),
        ("A chat; presence; scaling.", ["A chat", "presence", "scaling"]),
        ("Write a shelf, a good one.", ["Write a shelf, a good one"]),
    ],
)
def test_criteria_of_a_prompt(prompt: str, expected: list[str]) -> None:
    """What stands behind a colon is a list of wishes; a prompt without one is not cut at commas."""
    assert list(grading.criteria(Markdown(prompt), 9)) == expected


def _words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_back_answers_what_is_asked() -> None:
    """Answers and outputs at the back are those of the asked questions, and not on the front."""
    held = _held()
    html = mock.paper(held, PACK, CONFIG, print).html
    front, _, back = html.partition('id="grid"')
    asked = [one for one in held.asked if isinstance(one, Question)]
    assert set(re.findall(r'class="key" href="#q-(\w+)"', back)) == {one.key for one in asked}
    for question in PACK.questions:
        for answer in question.answers:
            line = markup.plain(answer.markdown).split("\n")[0]
            assert (line in _words(back)) == (question in asked), line
            assert question.kind is Kind.OUTPUT or line not in _words(front)


def test_tasks_are_scored_by_their_acceptance_list() -> None:
    """Every item of an asked program's acceptance list is a box in the grid."""
    back = mock.paper(_held(Mode.CODING), PACK, CONFIG, print).html.partition('id="grid"')[2]
    assert "Accepts 310." in back
    assert back.count("Refuses the rest.") == 1


@pytest.mark.pdf
def test_papers_on_paper() -> None:
    """Papers are laid out without a word in two to four pages, the same bytes for the same seed,
    every character where a printer can print it."""
    for sheet in mock.papers(PACK, CONFIG, print):
        found: list[Diagnostic] = []
        printed = rendered(sheet, found.append)
        assert printed is not None
        assert found == []
        assert 2 <= printed.pages <= 4
        again = rendered(sheet, found.append)
        assert again is not None
        assert again.pdf == printed.pdf
        _inside(printed.pdf)


def _inside(raw: bytes) -> None:
    with pypdfium2.PdfDocument(io.BytesIO(raw)) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for n in range(text.count_chars()):
                if text.get_text_range(n, 1).strip():
                    left, bottom, right, top = text.get_charbox(n)
                    assert SAFE <= left <= right <= width - SAFE, (n, left, right)
                    assert SAFE <= bottom <= top <= height - SAFE, (n, bottom, top)


@pytest.mark.pdf
def test_a_build_prints_and_keeps_them(study: ReadPack, tmp_path: Path) -> None:
    """A build makes one for each recap day, and leaves it alone while nothing it shows changes."""
    small = replace(study, pack=PACK, notes=(), config=CONFIG)
    order = BuildRequest(tmp_path, 0)
    said: list[str] = []
    with pdf.Pool() as pool:
        made = papers.printed(small, order, Manifest(), pool, print, said.append)
        only = papers.printed(
            small, replace(order, weeks=(1,)), Manifest(), pool, print, said.append
        )
    mocks = [one for one in made.products if "-mock-" in one.name]
    assert [(one.name, one.kind, one.week) for one in mocks] == [
        ("shelves-mock-week-1.pdf", "pdf", 1),
        ("shelves-mock-final.pdf", "pdf", 2),
    ]
    assert all(one.made_from for one in mocks)
    assert [one.name for one in only.products] == ["shelves-week-1.pdf", "shelves-mock-week-1.pdf"]


def test_real_papers_ask_their_week(study: ReadPack) -> None:
    """The real plan's recap days 7, 14, 21 and 29 have a paper each, of the right questions."""
    found = mock.interviews(study.pack, study.config)
    names = [one.scope.name.removeprefix(f"{study.config.slug}-mock-") for one in found]
    assert names == ["week-1", "week-2", "week-3", "final"]
    for held in found[:3]:
        weeks = {q.placement.week for q in held.asked if isinstance(q, Question) and q.placement}
        assert weeks == {held.scope.week}


def _pack(folder: Path) -> Path:
    folder.mkdir()
    notes = "# S\n\n## Q1: What is a shelf?\n\n### SHORT\n\nA board.\n"
    (folder / "notes.md").write_text(notes, "utf-8")
    (folder / "pack.toml").write_text("", "utf-8")
    return folder


def _run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["-q", *map(str, words)], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.mark.pdf
def test_the_command_writes_one_file(tmp_path: Path) -> None:
    """`mock` writes the paper, tells what it asks, and the same seed gives the same bytes."""
    folder = _pack(tmp_path / "Notes")
    code, said = _run("mock", folder, "--out", tmp_path / "out", "--seed", "x")
    assert code == 0
    assert "45 minutes" in said
    (made,) = (tmp_path / "out").iterdir()
    assert made.name == "notes-mock.pdf"
    raw = made.read_bytes()
    assert _run("mock", folder, "--out", tmp_path / "out", "--seed", "x")[0] == 0
    assert made.read_bytes() == raw


def test_the_command_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week without a plan is wrong usage (2); without Pango the command ends with 3."""
    folder = _pack(tmp_path / "Notes")
    assert _run("mock", folder, "--week", 1)[0] == 2
    assert _run("mock", folder, "--week", 1, "--final")[0] == 2
    monkeypatch.setattr(pango, "missing", lambda: ("pango-1.0",))
    code, said = _run("mock", folder, "--out", tmp_path / "out")
    assert code == 3
    assert pango.remedy() in said
    assert not (tmp_path / "out").exists()
