"""A timed quiz in the terminal: question, think, reveal by tier, grade oneself, look again.

It says and asks through what it is given, so that a test can play it and make the clock jump.
Answers come one tier at a time, as in an interview, where the next one is the follow-up.
"""

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from exporter import finding, names, wording
from exporter.config import PackConfig
from exporter.diagnostics import Stop
from exporter.mock import lots
from exporter.model import Answer, Pack, Question, StudyWeek, Tier
from exporter.wording import Wording

Say = Callable[[str], None]
Ask = Callable[[str], str | None]
"""Shows a prompt and gives the line that was typed; None where no more comes."""
Clock = Callable[[], float]

GRADES = {1: "not known", 2: "in part", 3: "well", 4: "with ease"}
_LETTERS = dict(zip("abcd", GRADES, strict=True))
_AGAIN = 2  # the best grade with which a question is to be looked up again


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked: everything of a week or day, or the whole pack; ``tiers`` empty means all."""

    week: int | None = None
    day: int | None = None
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """A question and the grade that the learner gave: a number of ``GRADES``."""

    question: Question
    grade: int


@dataclass(slots=True)
class Quiz:
    """A quiz under way, or ended: ``graded`` is what came of it so far.

    ``seconds`` is the time it may take, None for as long as the questions last.
    """

    questions: Sequence[Question]
    tiers: frozenset[Tier]
    words: Wording
    seconds: float | None
    say: Say
    ask: Ask
    clock: Clock
    graded: list[Graded] = field(default_factory=list)
    _begun: float = 0.0

    def play(self) -> None:
        """Asks until the questions, the time or the learner's patience is at an end."""
        self._begun = self.clock()
        for number, question in enumerate(self.questions, start=1):
            left = self._left()
            if left is not None and left <= 0:
                self.say("Time is up.")
                return
            grade = self._asked(question, number, left)
            if grade is None:
                return
            self.graded.append(Graded(question, grade))

    def _left(self) -> float | None:
        return None if self.seconds is None else self.seconds - (self.clock() - self._begun)

    def _asked(self, question: Question, number: int, left: float | None) -> int | None:
        """The grade; None where the learner ends the quiz."""
        time = clock(self.clock() - self._begun) if left is None else f"{clock(left)} left"
        place = question.placement
        day = f" · day {place.day}" if place and place.day else ""
        self.say(f"\n{number}/{len(self.questions)} · {question.key}{day} · {time}\n")
        self.say(_shown(question, self.words))
        answers = _answers(question, self.tiers)
        prompt = "Think, then Enter (q quits) "
        for number_of, answer in enumerate(answers, start=1):
            typed = self._typed(prompt)
            if typed is None or isinstance(typed, int):
                return typed
            more = len(answers) - number_of
            self.say(f"\n{self.words.tier(answer.tier)}")
            self.say(textwrap.indent(answer.markdown, "    "))
            if answer.tier is Tier.OUTPUT and (found := finding.of(question, self.words)):
                self.say("    " + " ".join((found.sentence, *found.outputs)))
            prompt = "Enter goes deeper, or grade 1-4 " if more else ""
        grades = " · ".join(f"{grade} {name}" for grade, name in GRADES.items())
        while True:
            typed = self._typed(f"{grades} ")
            if typed is None or isinstance(typed, int):
                return typed

    def _typed(self, prompt: str) -> int | str | None:
        """A grade, "" for anything else, None to end."""
        line = self.ask(prompt)
        if line is None or line.strip().casefold() in {"q", "quit"}:
            return None
        word = line.strip().casefold()
        if word in _LETTERS:
            return _LETTERS[word]
        return int(word) if word in set(map(str, GRADES)) else ""

    def result(self) -> str:
        """How it went: grades, time, and what to look up again, worst first."""
        if not self.graded:
            return "Nothing was graded."
        counts = Counter(one.grade for one in self.graded)
        said = ", ".join(f"{counts[grade]} {GRADES[grade]}" for grade in GRADES if counts[grade])
        spent = clock(self.clock() - self._begun)
        lines = [f"{len(self.graded)} of {len(self.questions)} asked in {spent}: {said}"]
        again = sorted(
            (one for one in self.graded if one.grade <= _AGAIN), key=lambda one: one.grade
        )
        if again:
            lines.append("Look up again (studypack show KEY):")
        for one in again:
            title = textwrap.shorten(_title(one.question, self.words), 60, placeholder=" …")
            lines.append(f"  {one.question.key}  {title}  ({one.question.location})")
        return "\n".join(lines)


def drawn(pack: Pack, choice: Choice, seed: str) -> tuple[Question, ...]:
    """The answered questions that fit the choice, in drawn order; of those that ask the same, one.

    Stop (exit code 2) where the plan has no such week or day, or nothing fits.
    """
    _known(pack, choice)
    fitting = [one for one in pack.questions if _fits(one, choice)]
    if not fitting:
        raise Stop("nothing to ask there: try another day, week or --tier", 2)
    order = lots.draw([fitting], len(fitting), seed, ())
    return tuple(one for one in order if isinstance(one, Question))


def _known(pack: Pack, choice: Choice) -> None:
    if choice.week is not None:
        inside: tuple[StudyWeek, ...] = (names.week(pack.plan, choice.week),)
    else:
        inside = pack.plan.weeks if pack.plan else ()
    if choice.day is not None and choice.day not in [d.number for w in inside for d in w.days]:
        where = f"week {choice.week}" if choice.week else "the plan"
        raise Stop(f"--day {choice.day}: {where} has no such day: name another", 2)


def _fits(question: Question, choice: Choice) -> bool:
    place = question.placement
    if choice.week is not None and (place is None or place.week != choice.week):
        return False
    if choice.day is not None and (place is None or place.day != choice.day):
        return False
    return bool(_answers(question, tiers_of(choice)))


def tiers_of(choice: Choice) -> frozenset[Tier]:
    """The tiers that are revealed."""
    return frozenset(choice.tiers or Tier)


def _answers(question: Question, tiers: frozenset[Tier]) -> list[Answer]:
    order = list(Tier)
    found = (answer for answer in question.answers if answer.tier in tiers)
    return sorted(found, key=lambda answer: order.index(answer.tier))


def of(
    pack: Pack,
    config: PackConfig,
    choice: Choice,
    *,
    seed: str,
    minutes: int | None,
    say: Say,
    ask: Ask,
    clock: Clock,
) -> Quiz:
    """A quiz ready to play.  Stop as in ``drawn``."""
    questions = drawn(pack, choice, seed)
    seconds = None if minutes is None else minutes * 60.0
    words = wording.of(config.language)
    return Quiz(questions, tiers_of(choice), words, seconds, say, ask, clock)


def _shown(question: Question, words: Wording) -> str:
    """The question as it is asked: its words, then its code."""
    texts = [text for text in (question.title, question.prompt) if text]
    if question.code:
        texts = [*(texts or [words.prints]), textwrap.indent(question.code, "    ")]
    return "\n\n".join(texts)


def _title(question: Question, words: Wording) -> str:
    return question.title or question.prompt or words.prints


def clock(seconds: float) -> str:
    """Minutes and seconds: "4:05"."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"
