"""Where each question stands: on which sheet, under which anchor, and how others name it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exporter.model import Pack, Question, QuestionId, Related, Week
from exporter.paper.sheets.views import Reference
from exporter.text.fixed_words import Wording


@dataclass(frozen=True, slots=True)
class Places:
    """All questions of a pack by id, the titles of its documents by path, and the plan's weeks
    (None in a pack without a plan)."""

    questions: Mapping[QuestionId, Question]
    titles: Mapping[str, str]
    weeks: frozenset[int] | None
    words: Wording

    def knows(self, id_: QuestionId) -> bool:
        """Whether the pack has a question of this id."""
        return id_ in self.questions

    def title(self, path: str) -> str:
        """The title of a document."""
        return self.titles.get(path, path)

    def home(self, week: Week) -> Week:
        """The sheet for what belongs to `week`: a week that the plan has not is beyond it."""
        if self.weeks is None:
            return None
        return week if week in self.weeks else "beyond"

    def week_of(self, question: Question) -> Week:
        """The sheet on which a question stands."""
        return self.home(question.placement.week if question.placement else None)

    def refer(self, id_: QuestionId, here: Week) -> Reference | None:
        """The question's key as the sheet of week `here` names it; None where there is none."""
        question = self.questions.get(id_)
        if question is None:
            return None
        week = self.week_of(question)
        if week == here:
            return Reference(question.key, anchor(question), "")
        return Reference(question.key, None, self._where(week))

    def related(self, links: Iterable[Related], here: Week) -> tuple[Reference, ...]:
        """References to related questions, each once, in the order of the links."""
        found = (self.refer(link.id, here) for link in links)
        return tuple(dict.fromkeys(one for one in found if one))

    def when(self, questions: Iterable[Question]) -> str:
        """The days of questions that have one, else their sheets, in the order of the plan."""
        days = sorted({day for one in questions if (day := day_of(one))})
        if days:
            return f"{self.words.day.lower()} {', '.join(map(str, days))}"
        return ""

    def _where(self, week: Week) -> str:
        if isinstance(week, int):
            return f"{self.words.week.lower()} {week}"
        return self.words.beyond.lower()


def places(pack: Pack, words: Wording) -> Places:
    """Where the questions of a pack stand."""
    weeks = frozenset(week.number for week in pack.plan.weeks) if pack.plan else None
    return Places(
        {question.id: question for question in pack.questions},
        {document.path: document.title for document in pack.documents},
        weeks,
        words,
    )


def day_of(question: Question) -> int | None:
    """The day that the question was placed in, if any."""
    return question.placement.day if question.placement else None


def anchor(question: Question) -> str:
    """The id of a question's place in the HTML of its sheet."""
    return f"q-{question.key}"
