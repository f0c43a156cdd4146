"""What commands say in the end: a build, a check, a question, a reason; text or JSON."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from exporter.build import changelist, document_contents, model_json
from exporter.build.read_pack import ReadPack
from exporter.build.request import BuildResult
from exporter.ledger import Change
from exporter.model import Place, Placement, Question, Tier, find_questions
from exporter.model.diagnostics import Code, Severity, Stop
from exporter.plan import place as curriculum
from exporter.text import fixed_words, lexical, multiple_choice, one_line, verdict_sentence
from exporter.text.columns import table

Json = Mapping[str, Any]
_LIVE = (Change.NEW, Change.UPDATED, Change.REVIVED, Change.UNTOUCHED)
_SHOWN = 10  # questions that a search lists


def built(result: BuildResult, out: Path) -> str:
    """The end of a build: notes, pages, problems, where the files are."""
    lines = []
    if result.changes:
        lines.append(f"Edition {result.edition}: {changelist.counted(result.changes)}")
        live = [note for note in result.changes.notes if note.change in _LIVE]
        tiers = Counter(note.tier for note in live)
        cards = f" ({_tiers(tiers)})" if live else ""
        lines.append(f"Notes: {len(live)}{cards}")
        lines += changelist.advice(result.changes)
    pages = [f"{one.name} {one.pages}" for one in result.products if one.pages is not None]
    if pages:
        lines.append(f"Pages: {', '.join(pages)}")
    lines.append(_problems(one.severity for one in result.diagnostics))
    if result.products:
        lines.append(f"Files: {out}/{{{', '.join(one.name for one in result.products)}}}")
    else:
        lines.append(f"Nothing is published: correct the errors; {out} is as it was")
    return "\n".join(lines)


def _tiers(counts: Mapping[Tier, int]) -> str:
    return ", ".join(f"{counts[tier]} {tier}" for tier in Tier if counts[tier])


def _problems(severities: Iterable[Severity]) -> str:
    counts = Counter(severities)
    said = ", ".join(
        f"{counts[one]} {one}{'s' if counts[one] > 1 else ''}" for one in Severity if counts[one]
    )
    return f"Problems: {said or 'none'}"


def checked(study: ReadPack) -> str:
    """What a check found: answers by tier, questions by week, problems, a line a document."""
    tiers = Counter(answer.tier for q in study.pack.questions for answer in q.answers)
    weeks = Counter(week_name(q.placement) for q in study.pack.questions)
    parts = [
        f"Answers: {_tiers(tiers) or 'none'}",
        f"Questions: {', '.join(f'{weeks[name]} {name}' for name in sorted(weeks)) or 'none'}",
        *_doubts(study),
        _problems(one.severity for one in study.diagnostics),
        *document_contents.lines(study.pack),
    ]
    return "\n".join(parts)


def _doubts(study: ReadPack) -> list[str]:
    """The least certain places, each with the one that nearly won."""
    found = curriculum.doubts(study.pack.questions)
    if not found:
        return []
    rows = [
        (f"  {question.key}", _clipped(prompt(question)), _spot(place), "or " + _spot(other))
        for question in found
        if (place := question.placement) and (other := place.runner_up)
    ]
    return ["Least certain places (`studypack explain KEY`; [[pins]] settle them):", table(rows)]


def checked_json(study: ReadPack) -> Json:
    """What a check found, for scripts."""
    value = model_json.model(study.pack, study.diagnostics)
    severities = Counter(one.severity for one in study.diagnostics)
    return {
        "documents": value["documents"],
        "accounting": value["accounting"],
        "questions": len(study.pack.questions),
        "notes": len(study.notes),
        "uncertain": [question.key for question in curriculum.doubts(study.pack.questions)],
        "counts": {severity.value: severities[severity] for severity in Severity},
        "diagnostics": value["diagnostics"],
    }


def week_name(place: Placement | Place | None) -> str:
    """The week in words: "week 2", "beyond the plan" or, in a pack without one, "no plan"."""
    if place is None or place.week is None:
        return "no plan"
    return "beyond the plan" if place.week == "beyond" else f"week {place.week}"


def _spot(place: Placement | Place) -> str:
    return week_name(place) + (f", day {place.day}" if place.day else "")


def prompt(question: Question) -> str:
    """The question in one plain line; its label where it has neither words nor code."""
    return one_line.question(question, fixed_words.ENGLISH.prints) or question.label or ""


def shown(study: ReadPack, wanted: str) -> str:
    """The question that ``wanted`` names, whole; or those whose words fit best, a line each.

    Stop (exit code 2) where there is none.
    """
    found = find_questions.find(study.pack.questions, wanted) or _search(
        study.pack.questions, wanted
    )
    if not found:
        raise Stop(f'no question is named or contains "{wanted}": try other words', 2)
    if len(found) == 1:
        return _whole(found[0])
    return "\n".join(f"{q.key}  {_clipped(prompt(q))}  ({q.location})" for q in found[:_SHOWN])


def _clipped(text: str) -> str:
    return textwrap.shorten(text, 72, placeholder=" …")


def _search(questions: Sequence[Question], wanted: str) -> tuple[Question, ...]:
    """Questions that say every word of ``wanted`` themselves; else those with the words anywhere:
    in section, code or answers."""
    terms = set(lexical.terms(wanted)) or set(lexical.words(wanted))
    if not terms:  # signs alone
        return tuple(q for q in questions if wanted in prompt(q))
    asked = tuple(q for q in questions if terms <= _terms(f"{q.label or ''} {prompt(q)}"))
    exact = tuple(q for q in asked if prompt(q).casefold() == wanted.casefold())
    return exact or asked or tuple(q for q in questions if terms <= _terms(_texts(q)))


def _terms(text: str) -> set[str]:
    return {*lexical.terms(text), *lexical.words(text)}


def _texts(question: Question) -> str:
    answers = (answer.markdown for answer in question.answers)
    choices = (choice.markdown for choice in question.choices)
    parts = (question.label, *question.section, question.prompt, question.code, *choices, *answers)
    return " ".join(part for part in parts if part)


def _whole(question: Question) -> str:
    label = f" · {question.label}" if question.label else ""
    parts = [f"{question.key}{label} · {' › '.join(question.section)}", f"at {question.location}"]
    parts.append(_place(question.placement))
    parts += [text for text in (question.title, one_line.asked(question)) if text]
    if question.code:
        parts.append(textwrap.indent(question.code, "    "))
    if question.choices:
        parts.append("\n".join(map(_choice, multiple_choice.lettered(question.choices))))
    for answer in question.answers:
        head = f"[{answer.tier}] {answer.source_tier} (line {answer.location.first})"
        parts.append(f"{head}\n{textwrap.indent(answer.markdown, '    ')}")
    if found := verdict_sentence.about(question, fixed_words.ENGLISH):
        outputs = "".join(f"\n{textwrap.indent(text, '    ')}" for text in found.outputs)
        parts.append(f"{found.sentence}{outputs}")
    if not question.answers:
        parts.append("no answer in the documents")
    for related in question.related:
        parts.append(f"{related.relation}: {related.key}")
    return "\n\n".join(parts)


def _choice(one: multiple_choice.Lettered) -> str:
    """A choice with its letter, the right ones ticked."""
    tick = "✓" if one.choice.right else " "
    return f"  {tick} {textwrap.indent(one.written, '    ').lstrip()}"


def _place(placement: Placement | None) -> str:
    if placement is None:
        return "not placed"
    return f"{_spot(placement)} (by {placement.by}, {placement.score}): {placement.why}"


def explained_code(name: str) -> str | None:
    """What a diagnostic's code means; None where ``name`` is no code.

    Stop (exit code 2) where it looks like one: a question's key never does.
    """
    for code in Code:
        rule = code.value
        if rule.code.casefold() == name.casefold():
            return (
                f"{rule.code} ({rule.severity})\n{rule.meaning}\n\n"
                f"Example: {rule.example}\nRemedy: {rule.remedy}"
            )
    if re.fullmatch(r"[A-Za-z]\d{3}", name):
        raise Stop(f'no diagnostic has the code "{name}": docs/codes.md lists them all', 2)
    return None


def explained_place(study: ReadPack, name: str) -> str:
    """Why a question stands where it stands.  Stop (exit code 2) where ``name`` fits none."""
    found = find_questions.find(study.pack.questions, name)
    if not found:
        raise Stop(f'"{name}" is no code and no question: see `studypack show WORDS`', 2)
    return "\n".join(_reason(question) for question in found)


def _reason(question: Question) -> str:
    placement = question.placement
    lines = [f"{question.key}  {_clipped(prompt(question))}", _place(placement)]
    if placement and placement.runner_up:
        other = placement.runner_up
        lines.append(f"runner-up: {_spot(other)} ({other.score})")
    lines += [f"{related.relation}: {related.key}" for related in question.related]
    return "\n".join(lines)
