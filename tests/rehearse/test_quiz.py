"""The terminal quiz, played by typed lines and a clock that tests turn."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.cli import cli, rehearsing_commands
from exporter.model import Kind, Pack, Tier
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Stop
from exporter.rehearse import quiz
from exporter.rehearse.quiz import Quiz, Selection
from tests import packs

_THREE = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)

ALL = Selection()


def _pack() -> Pack:
    questions = [
        packs.question(
            number,
            f"Question {number}?",
            *(packs.answer(tier, f"{tier} of {number}") for tier in _THREE),
            week=1 + number // 3,
            day=number,
        )
        for number in range(1, 6)
    ]
    puzzle = packs.answer(Tier.OUTPUT, "prints 9")
    questions.append(packs.question(9, None, puzzle, kind=Kind.OUTPUT, code="print(9)", day=1))
    questions.append(packs.question(10, "No answer?", day=1))
    small = packs.small()[0].plan
    return packs.pack(questions, small)


def _quiz(
    typed: Iterable[str], selection: Selection = ALL, *, minutes: int | None = None
) -> "_Played":
    return _Played(typed, selection, minutes)


class _Played:
    """A quiz played to its end; each look at the clock takes ten seconds."""

    def __init__(self, typed: Iterable[str], selection: Selection, minutes: int | None) -> None:
        self.said: list[str] = []
        lines = iter(typed)
        seconds = self._ticking()
        self.quiz: Quiz = quiz.ready(
            _pack(),
            PackConfig(),
            selection,
            seed="s",
            minutes=minutes,
            say=self.said.append,
            ask=lambda _prompt: next(lines, None),
            clock=lambda: next(seconds),
        )
        self.quiz.play()

    @staticmethod
    def _ticking() -> Iterator[float]:
        now = 0.0
        while True:
            yield now
            now += 10.0

    @property
    def grades(self) -> list[int]:
        return [one.grade for one in self.quiz.graded]


def test_answers_come_tier_by_tier() -> None:
    """Each Enter reveals the next tier; nothing is revealed before one has thought."""
    played = _quiz(["", "", "", "3"], Selection(day=2))
    shown = [line.strip() for line in played.said]
    assert shown[1] == "Question 2?"
    assert shown[2:] == ["Short", "short of 2", "Medium", "medium of 2", "Senior", "senior of 2"]
    assert played.grades == [3]


@pytest.mark.parametrize(("typed", "grade"), [("1", 1), ("4", 4), ("b", 2), ("C", 3)])
def test_a_grade_ends_the_revealing(typed: str, grade: int) -> None:
    """A number or letter after the first answer grades at once."""
    played = _quiz(["", typed], Selection(day=2))
    assert played.grades == [grade]
    assert not any("medium of" in line for line in played.said)


def test_what_is_no_grade_is_asked_again() -> None:
    """After the last answer only a grade goes on."""
    assert _quiz(["", "", "", "", "7", "x", "2"], Selection(day=2)).grades == [2]


def test_q_and_the_end_of_input_quit() -> None:
    """Both end the quiz with what was graded so far."""
    assert _quiz(["", "3", "q"]).grades == [3]
    assert _quiz(["", "3"]).grades == [3]


def test_only_chosen_tiers() -> None:
    """`--tier` asks what has such an answer and reveals nothing else."""
    played = _quiz(["", "1", "", "1"], Selection(tiers=(Tier.OUTPUT,)))
    assert [one.question.label for one in played.quiz.graded] == ["Q9"]
    assert len(_quiz([""], Selection(tiers=(Tier.SENIOR,))).quiz.questions) == 5


def test_time_ends_it() -> None:
    """When the minutes are over no other question is asked."""
    played = _quiz(["", "3"] * 99, minutes=1)
    assert played.said[-1] == "Time is up."
    assert 0 < len(played.grades) < len(played.quiz.questions)


def test_result_names_what_to_look_up() -> None:
    """The result counts the grades and lists the keys of what was not known, worst first."""
    played = _quiz(["", "2", "", "4", "", "1", "q"])
    result = played.quiz.result()
    assert "3 of 6 asked" in result
    first, second, third = (one.question.key for one in played.quiz.graded)
    assert result.index(third) < result.index(first)
    assert second not in result
    assert _quiz(["q"]).quiz.result() == "Nothing was graded."


def test_unanswered_questions_are_not_asked() -> None:
    """What nothing can be revealed of is left out; the same seed asks in the same order."""
    labels = [one.label for one in _quiz([]).quiz.questions]
    assert sorted(map(str, labels)) == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q9"]
    assert labels == [one.label for one in _quiz([]).quiz.questions]


@pytest.mark.parametrize(
    "selection",
    [
        Selection(week=9),
        Selection(day=99),
        Selection(week=1, day=99),
        Selection(tiers=(Tier.TASK,)),
    ],
)
def test_unknown_places_are_refused(selection: Selection) -> None:
    """A week or day that the plan has not, or nothing to ask, is wrong usage."""
    with pytest.raises(Stop) as stop:
        quiz.drawn(_pack(), selection, "s")
    assert stop.value.exit_code == 2


NOTES = "# S\n\n## Q1: What is a shelf?\n\n### SHORT\n\nA board.\n\n### SENIOR\n\nOak, mostly.\n"


def _notes(folder: Path) -> Path:
    folder.mkdir()
    (folder / "notes.md").write_text(NOTES, "utf-8")
    (folder / "pack.toml").write_text("", "utf-8")
    return folder


def test_the_command_plays_piped_lines(tmp_path: Path) -> None:
    """`quiz` reads grades from standard input and ends with the result."""
    folder = _notes(tmp_path / "Notes")
    result = CliRunner().invoke(cli, ["-q", "quiz", str(folder)], input="\n\n1\n")
    assert result.exit_code == 0
    assert "Oak, mostly." in result.output
    assert "1 of 1 asked" in result.output
    assert "What is a shelf?  (notes.md:3)" in result.output


def test_an_interrupt_ends_with_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C says how it went so far and exits with 130."""

    def interrupted(_prompt: str) -> str | None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rehearsing_commands, "_typed", interrupted)
    result = CliRunner().invoke(cli, ["-q", "quiz", str(_notes(tmp_path / "Notes"))])
    assert result.exit_code == 130
    assert "Nothing was graded." in result.output
