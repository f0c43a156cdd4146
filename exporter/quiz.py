"""A timed quiz in the terminal: question, think, reveal by tier, grade oneself, look again.

It says and asks through what it is given, so that a test can play it and make the clock jump.
Answers come one tier at a time, as in an interview, where the next one is the follow-up.  What
offers choices is answered by letters, which suggest the grade.
"""

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from exporter import explanation, finding, headline, multiple_choice, names, wording
from exporter.config import PackConfig
from exporter.diagnostics import Stop
from exporter.mock import lots
from exporter.model import Answer, Pack, Question, StudyWeek, Tier
from exporter.multiple_choice import Lettered
from exporter.wording import Wording

Say = Callable[[str], None]
Ask = Callable[[str], str | None]
"""Shows a prompt and gives the line that was typed; None where no more comes."""
Clock = Callable[[], float]

GRADES = {1: "not known", 2: "in part", 3: "well", 4: "with ease"}
_LETTERS = dict(zip("abcd", GRADES, strict=True))
_AGAIN = 2  # the best grade with which a question is to be looked up again
_RIGHT, _WRONG = 3, 1  # the grades that right and wrong letters suggest


class _Ended(Exception):
    """The learner has typed q, or no more lines come."""


@dataclass(frozen=True, slots=True)
class Selection:
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
        try:
            for number, question in enumerate(self.questions, start=1):
                left = self._left()
                if left is not None and left <= 0:
                    self.say("Time is up.")
                    return
                self.graded.append(Graded(question, self._asked(question, number, left)))
        except _Ended:
            return

    def _left(self) -> float | None:
        return None if self.seconds is None else self.seconds - (self.clock() - self._begun)

    def _asked(self, question: Question, number: int, left: float | None) -> int:
        """The grade."""
        time = clock(self.clock() - self._begun) if left is None else f"{clock(left)} left"
        place = question.placement
        day = f" · day {place.day}" if place and place.day else ""
        self.say(f"\n{number}/{len(self.questions)} · {question.key}{day} · {time}\n")
        self.say(_shown(question, self.words))
        right = multiple_choice.right(question.choices)
        suggested = self._chosen(question, right) if right else None
        grade = self._revealed(question, right)
        return self._graded(suggested) if grade is None else grade

    def _chosen(self, question: Question, right: Sequence[Lettered]) -> int | None:
        """The grade that follows from the letters that were typed; None where the learner only
        wants to see the answer."""
        letters = [one.letter for one in multiple_choice.lettered(question.choices)]
        wanted = [one.letter for one in right]
        while True:
            line = self._line(f"Letters {letters[0]} to {letters[-1]}, or Enter (q quits) ")
            typed = {sign for sign in line.upper() if sign.isalnum()}
            if typed <= set(letters):
                break
        if not typed:
            return None
        hit = typed == set(wanted)
        self.say("Right." if hit else f"Not right: the answer is {', '.join(wanted)}.")
        return _RIGHT if hit else _WRONG

    def _revealed(self, question: Question, right: Sequence[Lettered]) -> int | None:
        """Shows the answers one by one, the first at once where there was a choice; the grade
        where one is given before the last."""
        answers = _answers(question, self.tiers)
        prompt = "" if right else "Think, then Enter (q quits) "
        for number, answer in enumerate(answers, start=1):
            grade = _grade(self._line(prompt)) if prompt else None
            if grade is not None:
                return grade
            self.say(f"\n{self.words.tier(answer.tier)}")
            self.say(textwrap.indent(_answered(question, answer), "    "))
            if answer.tier is Tier.OUTPUT and (found := finding.of(question, self.words)):
                self.say("    " + " ".join((found.sentence, *found.outputs)))
            prompt = "Enter goes deeper, or grade 1-4 " if number < len(answers) else ""
        return None

    def _graded(self, suggested: int | None) -> int:
        """The learner's grade, or with Enter the suggested one."""
        grades = " · ".join(f"{grade} {name}" for grade, name in GRADES.items())
        keeps = f" (Enter: {suggested})" if suggested else ""
        while True:
            line = self._line(f"{grades}{keeps} ")
            grade = _grade(line) if line else suggested
            if grade is not None:
                return grade

    def _line(self, prompt: str) -> str:
        """What was typed, in small letters."""
        line = self.ask(prompt)
        word = "q" if line is None else line.strip().casefold()
        if word in ("q", "quit"):
            raise _Ended
        return word

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


def drawn(pack: Pack, selection: Selection, seed: str) -> tuple[Question, ...]:
    """The answered questions that fit, in drawn order; of those that ask the same, one.

    Stop (exit code 2) where the plan has no such week or day, or nothing fits.
    """
    _known(pack, selection)
    fitting = [one for one in pack.questions if _fits(one, selection)]
    if not fitting:
        raise Stop("nothing to ask there: try another day, week or --tier", 2)
    order = lots.draw([fitting], len(fitting), seed, ())
    return tuple(one for one in order if isinstance(one, Question))


def _known(pack: Pack, selection: Selection) -> None:
    if selection.week is not None:
        inside: tuple[StudyWeek, ...] = (names.week(pack.plan, selection.week),)
    else:
        inside = pack.plan.weeks if pack.plan else ()
    if selection.day is not None and selection.day not in [
        d.number for w in inside for d in w.days
    ]:
        where = f"week {selection.week}" if selection.week else "the plan"
        raise Stop(f"--day {selection.day}: {where} has no such day: name another", 2)


def _fits(question: Question, selection: Selection) -> bool:
    place = question.placement
    if selection.week is not None and (place is None or place.week != selection.week):
        return False
    if selection.day is not None and (place is None or place.day != selection.day):
        return False
    return bool(_answers(question, tiers_of(selection)))


def tiers_of(selection: Selection) -> frozenset[Tier]:
    """The tiers that are revealed."""
    return frozenset(selection.tiers or Tier)


def _answers(question: Question, tiers: frozenset[Tier]) -> list[Answer]:
    order = list(Tier)
    found = (answer for answer in question.answers if answer.tier in tiers)
    return sorted(found, key=lambda answer: order.index(answer.tier))


def of(
    pack: Pack,
    config: PackConfig,
    selection: Selection,
    *,
    seed: str,
    minutes: int | None,
    say: Say,
    ask: Ask,
    clock: Clock,
) -> Quiz:
    """A quiz ready to play.  Stop as in ``drawn``."""
    questions = drawn(pack, selection, seed)
    seconds = None if minutes is None else minutes * 60.0
    words = wording.of(config.language)
    return Quiz(questions, tiers_of(selection), words, seconds, say, ask, clock)


def _shown(question: Question, words: Wording) -> str:
    """The question as it is asked: its words, its code, then what there is to choose from."""
    texts = [text for text in (question.title, headline.asked(question)) if text]
    if question.code:
        texts = [*(texts or [words.prints]), textwrap.indent(question.code, "    ")]
    if question.choices:
        found = multiple_choice.lettered(question.choices)
        texts.append("\n".join(f"  {line}" for one in found for line in one.written.split("\n")))
    return "\n\n".join(texts)


def _answered(question: Question, answer: Answer) -> str:
    """An answer; of a multiple-choice question the right choices with their letters first."""
    right = multiple_choice.right(question.choices)
    if not right:
        return answer.markdown
    texts = ("\n".join(one.written for one in right), explanation.of(answer, question.choices))
    return "\n\n".join(text for text in texts if text)


def _grade(word: str) -> int | None:
    """The grade that a number or letter names."""
    if word in _LETTERS:
        return _LETTERS[word]
    return int(word) if word in set(map(str, GRADES)) else None


def _title(question: Question, words: Wording) -> str:
    return question.title or headline.asked(question) or words.prints


def clock(seconds: float) -> str:
    """Minutes and seconds: "4:05"."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"
