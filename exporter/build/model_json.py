"""The question model as JSON, for scripts: contract names, in contract order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from exporter.model import (
    Answer,
    Day,
    Pack,
    Part,
    Plan,
    Question,
    Topic,
)
from exporter.model.diagnostics import Diagnostic

Json = Mapping[str, Any]


def dumps(value: Json) -> bytes:
    """``value`` as an indented UTF-8 file."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def model(pack: Pack, diagnostics: Sequence[Diagnostic]) -> Json:
    """The model as ``studypack model`` prints it."""
    return {
        "format": "studypack-model",
        "version": 1,
        "documents": [
            {
                "path": document.path,
                "title": document.title,
                "reader": document.reader,
                "lines": document.accounting.lines,
                "parts": [_part(part) for part in document.parts],
            }
            for document in pack.documents
        ],
        "questions": [_question(question) for question in pack.questions],
        "topics": [_topic(topic) for topic in pack.topics],
        "readings": [asdict(reading) for reading in pack.readings],
        "exercises": [asdict(exercise) for exercise in pack.exercises],
        "plan": _plan(pack.plan) if pack.plan else None,
        "accounting": [asdict(document.accounting) for document in pack.documents],
        "diagnostics": [diagnostic(one) for one in diagnostics],
    }


def _part(part: Part) -> Json:
    return {
        "what": part.what,
        "first": part.first,
        "last": part.last,
        "score": part.score,
        "why": part.why,
    }


def diagnostic(one: Diagnostic) -> Json:
    """A diagnostic as scripts see it; ``path`` and ``line`` are null for the pack as a whole."""
    return {
        "path": one.location.path if one.location else None,
        "line": one.location.first if one.location else None,
        "severity": one.severity.value,
        "code": one.code.code,
        "message": one.message,
    }


def _question(question: Question) -> Json:
    placement = question.placement
    return {
        "id": question.id,
        "key": question.key,
        "kind": question.kind,
        "label": question.label,
        "title": question.title,
        "prompt": question.prompt,
        "code": question.code,
        "language": question.language,
        "choices": [asdict(choice) for choice in question.choices] or None,
        "both_ways": question.both_ways,
        "location": asdict(question.location),
        "section": question.section,
        "answers": [_answer(answer) for answer in question.answers],
        "verdict": asdict(question.verdict) if question.verdict else None,
        "week": placement.week if placement else None,
        "day": placement.day if placement else None,
        "placement": None
        if placement is None
        else {
            "by": placement.by,
            "score": placement.score,
            "why": placement.why,
            "runner_up": asdict(placement.runner_up) if placement.runner_up else None,
        },
        "related": [asdict(related) for related in question.related],
        "tags": question.tags,
    }


def _answer(answer: Answer) -> Json:
    output = answer.output
    return {
        "tier": answer.tier,
        "source_tier": answer.source_tier,
        "markdown": answer.markdown,
        "location": asdict(answer.location),
        "also_at": [asdict(place) for place in answer.also_at],
        "explanation": answer.explanation,
        "output": asdict(output) if output else None,
    }


def _topic(topic: Topic) -> Json:
    return {
        "number": topic.number,
        "category": topic.category,
        "title": topic.title,
        "location": asdict(topic.location),
        "covered_by": topic.covered_by,
        "mentioned_in": topic.mentioned_in,
        "state": topic.state,
    }


def _plan(plan: Plan) -> Json:
    weeks = [
        {
            "number": week.number,
            "title": week.title,
            "goal": week.goal,
            "location": asdict(week.location),
            "days": [_day(day) for day in week.days],
        }
        for week in plan.weeks
    ]
    return {"title": plan.title, "weeks": weeks}


def _day(day: Day) -> Json:
    return {
        "number": day.number,
        "title": day.title,
        "kind": day.kind,
        "final": day.final,
        "study": day.study,
        "practice": day.practice,
        "design": day.design,
        "focus": day.focus,
        "location": asdict(day.location),
        "questions": [asdict(question) for question in day.questions],
    }
