"""Finds questions by the names people use: a key, ``path#label``, or ``path:line``; and weeks by
their numbers.

A key may carry a tier (``KXM7/senior``), which names the same question.  A label is compared
without case only where no label has exactly that case; a line names the question in whose location
it lies.
"""

import re
from collections.abc import Iterable, Sequence

from exporter.model import Plan, Question, StudyWeek
from exporter.model.both_ways import REVERSE
from exporter.model.diagnostics import Code, Diagnostic, Location, Report, Stop

_LINE = re.compile(r"(?P<path>.+):(?P<line>\d{1,9})$")


def find(questions: Iterable[Question], name: str) -> tuple[Question, ...]:
    """All questions that ``name`` fits, in order; none and several are both possible."""
    questions = tuple(questions)
    name = name.strip()
    return _by_key(questions, name) or _by_label(questions, name) or _by_line(questions, name)


def one(
    questions: Sequence[Question], name: str, place: Location | None, report: Report
) -> Question | None:
    """The only question that ``name`` fits; otherwise None, and the report says why.

    ``place`` is where the name is written, None where it comes from no file.
    """
    found = find(questions, name)
    if len(found) == 1:
        return found[0]
    if found:
        several = " and ".join(f"{question.key or '?'} ({question.location})" for question in found)
        message = f'"{name}" fits {len(found)} questions: {several}; name the one by its key'
    else:
        message = f'"{name}" fits no question: find its key with `studypack show WORDS`'
    report(Diagnostic(place, Code.UNRESOLVED_NAME, message))
    return None


def week(plan: Plan | None, number: int) -> StudyWeek:
    """The plan's week of this number.  Stop (exit code 2) where there is none, or no plan."""
    weeks = plan.weeks if plan else ()
    found = next((one for one in weeks if one.number == number), None)
    if found is None:
        have = ", ".join(str(one.number) for one in weeks)
        remedy = f"name one of {have}" if have else "leave --week out"
        raise Stop(f"--week {number}: the plan has no such week: {remedy}", 2)
    return found


def _by_key(questions: Sequence[Question], name: str) -> tuple[Question, ...]:
    key, _, tier = name.partition("/")
    key, tier = key.casefold().removesuffix(REVERSE), tier.removesuffix(REVERSE)
    if tier and tier.casefold() not in _tiers(questions):
        return ()
    return tuple(q for q in questions if q.key and q.key == key.upper())


def _tiers(questions: Sequence[Question]) -> frozenset[str]:
    return frozenset(str(answer.tier) for question in questions for answer in question.answers)


def _by_label(questions: Sequence[Question], name: str) -> tuple[Question, ...]:
    path, mark, label = name.partition("#")
    if not mark:
        return ()
    inside = [q for q in questions if q.location.path == path and q.label is not None]
    exact = tuple(q for q in inside if q.label == label)
    return exact or tuple(q for q in inside if (q.label or "").casefold() == label.casefold())


def _by_line(questions: Sequence[Question], name: str) -> tuple[Question, ...]:
    match = _LINE.match(name)
    if not match:
        return ()
    spot = Location(match["path"], int(match["line"]), int(match["line"]))
    return tuple(q for q in questions if q.location.covers(spot))
