"""Places every question in a week and a day of the plan, and says why.

The order of authority: a pin in pack.toml, then what the author wrote behind the prompt, then the
match of the question's words, and of those around it, with the plan's.  Days are not balanced: the
subject decides.  That adding a question never moves another is the ledger's part.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from exporter.model import Document, Pack, Placement, Plan
from exporter.model.config import PackConfig, written_at
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.plan.place import pins, placements, readings_and_exercises
from exporter.plan.place.placements import doubts
from exporter.plan.place.syllabus import compile_plan

_NO_PLAN = Placement(None, None, "default", 0.0, "the pack has no plan")


def place(documents: tuple[Document, ...], config: PackConfig, report: Report) -> Pack:
    """All documents as one pack, in their order, with a place for every question, reading and
    exercise.

    The plan is that of the first document that has one.  Without any, ``week`` is None everywhere.
    """
    plan = _plan(documents, report)
    questions = tuple(chain.from_iterable(document.questions for document in documents))
    readings = tuple(chain.from_iterable(document.readings for document in documents))
    exercises = tuple(chain.from_iterable(document.exercises for document in documents))
    wished = pins.gather(questions, plan, config.pins, report)
    if plan is None:
        questions = tuple(replace(question, placement=_NO_PLAN) for question in questions)
        _check_idle(config, report)
    else:
        pins.check_subjects(plan, config.subjects, report)
        syllabus = compile_plan(plan, config.subjects, placements.sections(questions))
        questions = placements.questions(questions, syllabus, wished)
        readings = readings_and_exercises.readings(readings, questions, syllabus)
        exercises = readings_and_exercises.exercises(exercises, syllabus)
    return Pack(
        documents=tuple(_emptied(document) for document in documents),
        questions=questions,
        topics=tuple(chain.from_iterable(document.topics for document in documents)),
        readings=readings,
        exercises=exercises,
        plan=plan,
    )


def _plan(documents: Iterable[Document], report: Report) -> Plan | None:
    plans = [document for document in documents if document.plan]
    for document in plans[1:]:
        message = f"a second plan: {plans[0].path} places the questions; keep one of the two"
        place = document.plan.weeks[0].location if document.plan and document.plan.weeks else None
        report(Diagnostic(place, Code.SECOND_PLAN, message))
    return plans[0].plan if plans else None


def _check_idle(config: PackConfig, report: Report) -> None:
    """Says what pack.toml asks for and a pack without a plan can't give."""
    tables = (("[[subjects]]", config.subjects), ("[[pins]]", config.pins))
    idle = [
        (name, table[0].line) for name, table in (*tables, ("[[links]]", config.links)) if table
    ]
    idle += [(name, 1) for name, set_ in (("start", config.start), ("pages", config.pages)) if set_]
    if idle:
        names = " and ".join(name for name, _ in idle)
        message = f"{names} have no effect: no document of the pack holds a plan"
        report(Diagnostic(written_at(idle[0][1]), Code.IDLE_WISHES, message))


def _emptied(document: Document) -> Document:
    """Path, title, reader and accounting: the rest stands in the pack."""
    return replace(document, questions=(), topics=(), readings=(), exercises=(), plan=None)


__all__ = ["doubts", "place"]
