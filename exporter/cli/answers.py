"""What ``show`` and ``explain`` say of a question or a code."""

import re
import textwrap
from collections.abc import Sequence

from exporter.model import Pack, Place, Placement, Question, find_questions
from exporter.model.diagnostics import Code, Stop
from exporter.text import fixed_words, lexical, multiple_choice, one_line, verdict_sentence

_SHOWN = 10  # questions that a search lists


def week_name(place: Placement | Place | None) -> str:
    """The week in words: "week 2", "beyond the plan" or, in a pack without one, "no plan"."""
    if place is None or place.week is None:
        return "no plan"
    return "beyond the plan" if place.week == "beyond" else f"week {place.week}"


def spot(place: Placement | Place) -> str:
    """Week and day in words."""
    return week_name(place) + (f", day {place.day}" if place.day else "")


def prompt(question: Question) -> str:
    """The question in one plain line; its label where it has neither words nor code."""
    return one_line.question(question, fixed_words.ENGLISH.prints) or question.label or ""


def shown(pack: Pack, wanted: str) -> str:
    """The question that ``wanted`` names, whole; or those whose words fit best, a line each.

    Stop (exit code 2) where there is none.
    """
    found = find_questions.find(pack.questions, wanted) or _search(pack.questions, wanted)
    if not found:
        raise Stop(f'no question is named or contains "{wanted}": try other words', 2)
    if len(found) == 1:
        return _whole(found[0])
    return "\n".join(f"{q.key}  {clipped(prompt(q))}  ({q.location})" for q in found[:_SHOWN])


def clipped(text: str) -> str:
    """``text`` in one line of at most 72 characters."""
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
    return f"{spot(placement)} (by {placement.by}, {placement.score}): {placement.why}"


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


def explained_place(pack: Pack, name: str) -> str:
    """Why a question stands where it stands.  Stop (exit code 2) where ``name`` fits none."""
    found = find_questions.find(pack.questions, name)
    if not found:
        raise Stop(f'"{name}" is no code and no question: see `studypack show WORDS`', 2)
    return "\n".join(_reason(question) for question in found)


def _reason(question: Question) -> str:
    placement = question.placement
    lines = [f"{question.key}  {clipped(prompt(question))}", _place(placement)]
    if placement and placement.runner_up:
        other = placement.runner_up
        lines.append(f"runner-up: {spot(other)} ({other.score})")
    lines += [f"{related.relation}: {related.key}" for related in question.related]
    return "\n".join(lines)
