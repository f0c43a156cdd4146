"""A recap day: the questions of the days before it once more, without their answers.

Three boxes each, one for every time the answer came without looking, and the page where it stands.
The recap of the whole plan asks the plan's own questions of the other weeks as well; their answers
are named by key and week.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from exporter.model import Day, DayKind, Kind, Plan, PlanQuestion, Question, StudyWeek, Week
from exporter.paper.sheets import parts
from exporter.paper.sheets.anchors import day_of
from exporter.paper.sheets.question_entries import Maker
from exporter.paper.sheets.views import Part, Round, Row


def recap(day: Day, week: StudyWeek, plan: Plan, contents: parts.Contents, maker: Maker) -> Part:
    """A recap day of `week`: its own work, then the rounds of the days that it looks back on."""
    rounds = [_round(one, week.number, contents.questions, maker) for one in _before(day, week)]
    rounds.append(_loose_round(week, contents.questions, maker))
    if day.final:
        others = (other for other in plan.weeks if other.number != week.number)
        rounds += [_plan_round(other, week.number, maker) for other in others]
    part = parts.day(day, week.number, contents, maker)
    kept = tuple(one for one in rounds if one.rows or one.codes)
    return replace(part, rounds=kept, lines=0 if kept else part.lines, column=bool(kept))


def _before(day: Day, week: StudyWeek) -> list[Day]:
    """The days since the recap before, or since the week began."""
    days = [one for one in week.days if one.number < day.number]
    for n, one in enumerate(reversed(days)):
        if one.kind is DayKind.RECAP and not day.final:
            return days[len(days) - n :]
    return [one for one in days if one.kind is not DayKind.RECAP]


def _round(day: Day, week: Week, questions: Sequence[Question], maker: Maker) -> Round:
    placed = [one for one in questions if day_of(one) == day.number]
    title = f"{maker.words.day} {day.number} · {maker.texts.plain(day.title)}"
    return _rows(title, [_asked(one, week, maker) for one in day.questions], placed, week, maker)


def _loose_round(week: StudyWeek, questions: Sequence[Question], maker: Maker) -> Round:
    days = frozenset(day.number for day in week.days)
    placed = [one for one in questions if day_of(one) not in days]
    return _rows(maker.words.any_day, [], placed, week.number, maker)


def _rows(
    title: str, asked: Sequence[Row], placed: Sequence[Question], here: Week, maker: Maker
) -> Round:
    """The plan's questions, then those placed, but none twice in the same words; puzzles that are
    nothing but code together."""
    ordered = parts.by_kind(placed)
    bare = [one for one in ordered if one.kind is Kind.OUTPUT and not (one.prompt or one.title)]
    rows = [_row(one, here, maker) for one in ordered if one not in bare]
    rows = [row for row in rows if row not in asked]
    return Round(title, (*asked, *rows), tuple(_row(one, here, maker) for one in bare))


def _plan_round(week: StudyWeek, here: Week, maker: Maker) -> Round:
    asked: Iterable[PlanQuestion] = (one for day in week.days for one in day.questions)
    title = f"{maker.words.week} {week.number} · {maker.texts.plain(week.title)}"
    return Round(title, tuple(_asked(one, here, maker) for one in asked), ())


def _row(question: Question, here: Week, maker: Maker) -> Row:
    reference = maker.places.refer(question.id, here)
    anchor = reference.anchor if reference else None
    return Row(maker.prompt(question), question.key, anchor, "")


def _asked(asked: PlanQuestion, here: Week, maker: Maker) -> Row:
    """A question of the plan; its answer stands with the question that answers it best."""
    prompt = maker.texts.line(asked.prompt, asked.location)
    found = (maker.places.refer(id_, here) for id_ in asked.answered_by)
    reference = next((one for one in found if one), None)
    if reference is None:
        return Row(prompt, None, None, "")
    return Row(prompt, reference.key, reference.anchor, reference.where)
