"""Names that people use for a question: key, label, line."""

from dataclasses import replace

import pytest

from exporter.model import Key, Question, find_questions
from exporter.model.diagnostics import Diagnostic, Location
from tests.plan.test_place import question

QUESTIONS = (
    replace(question("One?", 1), key=Key("KXM7"), label="Q1"),
    replace(question("Two?", 2), key=Key("QRT5"), label="event loop"),
    replace(question("Three?", 3), key=Key("ABC2"), label="q1"),
    replace(question("Four?", 4), key=Key("DEF3"), label="C#"),
    replace(question("Five?", 5), key=Key("GHJ4"), label="Event Loop"),
    replace(question("Six?", 6), key=Key("KLM5")),
)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("KXM7", ["KXM7"]),
        ("kxm7", ["KXM7"]),
        (" KXM7 ", ["KXM7"]),
        ("KXM7/short", ["KXM7"]),
        ("KXM7/Short", ["KXM7"]),
        ("KXM7/senior", []),
        ("KXM7/other", []),
        ("KXM", []),
        ("", []),
        ("notes.md#Q1", ["KXM7"]),
        ("notes.md#q1", ["ABC2"]),
        ("notes.md#event loop", ["QRT5"]),
        ("notes.md#EVENT LOOP", ["QRT5", "GHJ4"]),
        ("notes.md#C#", ["DEF3"]),
        ("notes.md#", []),
        ("other.md#Q1", []),
        ("notes.md:10", ["KXM7"]),
        ("notes.md:13", ["KXM7"]),
        ("notes.md:14", []),
        ("other.md:10", []),
        ("notes.md:ten", []),
    ],
)
def test_a_name_finds_questions(name: str, keys: list[str]) -> None:
    """A key with or without a tier that it has, a label (exact case first), a line inside."""
    assert [found.key for found in find_questions.find(QUESTIONS, name)] == keys


def one(name: str) -> tuple[Question | None, list[str]]:
    found: list[Diagnostic] = []
    hit = find_questions.one(QUESTIONS, name, Location("pack.toml", 7, 7), found.append)
    return hit, [str(each) for each in found]


def test_one_name_one_question() -> None:
    """A name that fits exactly one question gives it and reports nothing."""
    assert one("QRT5") == (QUESTIONS[1], [])


def test_a_name_that_fits_none_or_two_is_an_error() -> None:
    """The report names the line of pack.toml and, of two, both keys and places."""
    assert one("ZZZ9") == (
        None,
        [
            'pack.toml:7: error: "ZZZ9" fits no question: find its key with `studypack show WORDS`'
            " [C104]"
        ],
    )
    assert one("notes.md#EVENT LOOP") == (
        None,
        [
            'pack.toml:7: error: "notes.md#EVENT LOOP" fits 2 questions: QRT5 (notes.md:20) and'
            " GHJ4 (notes.md:50); name the one by its key [C104]"
        ],
    )


def test_a_question_without_a_key_is_found_by_line_only() -> None:
    """Before recognition the empty key names nothing."""
    bare = (question("Why?", 1),)
    assert find_questions.find(bare, "") == ()
    assert find_questions.find(bare, "notes.md:11") == bare
