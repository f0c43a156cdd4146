"""The ledger recognises questions, dates notes, and refuses what it can't read."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import ledger
from exporter.ledger import Change, Ledger
from exporter.model import (
    Accounting,
    Answer,
    Attributes,
    Document,
    Guid,
    Kind,
    Markdown,
    Note,
    Pack,
    Question,
    Tier,
)
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Diagnostic, Location

NOW = 1_700_000_000
CONFIG = PackConfig()


def _question(prompt: str, answer: str = "Yes.", code: str | None = None) -> Question:
    place = Location("a.md", 1, 2)
    answers = (Answer(Tier.SHORT, "SHORT", Markdown(answer), place),)
    kind = Kind.OUTPUT if code else Kind.QUESTION
    asked = Markdown(prompt) if prompt else None
    return Question(kind, None, None, asked, code, "js" if code else None, place, ("S",), answers)


def _document(*questions: Question, path: str = "a.md") -> Document:
    moved = tuple(replace(q, location=replace(q.location, path=path)) for q in questions)
    return Document(path, path, "tiered", Accounting(path, 0, 0, 0, 0, 0, 0), moved)


def _recognise(*documents: Document, book: Ledger = Ledger()) -> list[Question]:  # noqa: B008
    found: list[Diagnostic] = []
    recognised = ledger.recognise(documents, book, found.append)
    assert not found
    return [question for document in recognised.documents for question in document.questions]


def _notes(questions: list[Question]) -> list[Note]:
    return [
        Note(
            guid=Guid(f"{q.id}-{answer.tier}"),
            key=q.key,
            question=q.id,
            tier=answer.tier,
            fields=(answer.markdown,),
            deck="D",
            tags=(),
            rank=rank,
            content_hash=f"{q.prompt}{answer.markdown}",
        )
        for rank, q in enumerate(questions)
        for answer in q.answers
    ]


def _publish(questions: list[Question], book: Ledger, now: int) -> tuple[Ledger, ledger.Changes]:
    pack = Pack((), tuple(questions), (), (), (), None)
    notes = _notes(questions)
    farewells = [
        Note(old.guid, old.key, old.question, old.tier, (), "D", ("retired",), 0, "retired")
        for old in ledger.former(pack, notes, book)
    ]
    hashes = {Tier.SHORT: "h"}
    edition, after = ledger.date(pack, notes, farewells, hashes, book, CONFIG, now)
    return after, ledger.compare(book, after, edition, [])


def _ids(questions: list[Question]) -> list[str]:
    return [question.id for question in questions]


def test_keys_are_four_signs_that_print_apart() -> None:
    """A key is two letters, a letter or digit and a digit, without 0, O, 1 and I."""
    questions = _recognise(_document(*(_question(f"What is {n}?") for n in range(500))))
    keys = [question.key for question in questions]
    assert len(set(keys)) == 500
    assert all(re.fullmatch(r"[A-HJ-NP-Z]{2}[A-HJ-NP-Z2-9][2-9]", key) for key in keys)


def test_a_lost_ledger_costs_no_identity() -> None:
    """Ids and keys are minted from the question alone, in another order too."""
    prompts = [_question(f"What is {n}?") for n in range(50)]
    there = {q.prompt: (q.id, q.key) for q in _recognise(_document(*prompts))}
    back = {q.prompt: (q.id, q.key) for q in _recognise(_document(*reversed(prompts)))}
    assert there == back


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_question("What is X?"), _question("What is X?", "No.")),
        (_question("What is X?", code="a()"), _question("What is X?", code="b()")),
        (_question("", "1", code="a()"), _question("", "2", code="a()")),
        (_question("What *is* X?"), _question("What is X?")),
    ],
)
def test_an_edit_that_keeps_prompt_or_code_keeps_the_question(
    before: Question, after: Question
) -> None:
    """The answer, the code or the emphasis may change: the same question."""
    others = [_question("What is Y?"), _question("", code="c()")]
    first = _recognise(_document(before, *others))
    book, _ = _publish(first, Ledger(), NOW)
    assert _ids(_recognise(_document(after, *others), book=book)) == _ids(first)


def test_a_question_that_moves_to_another_document_is_the_same() -> None:
    """Same prompt anywhere is the same question."""
    first = _recognise(_document(_question("X?"), _question("Y?")))
    book, _ = _publish(first, Ledger(), NOW)
    moved = _recognise(
        _document(_question("Y?")), _document(_question("X?"), path="b.md"), book=book
    )
    assert {q.prompt: q.id for q in moved} == {q.prompt: q.id for q in first}


def test_twins_keep_their_answers() -> None:
    """Twins with one prompt are told apart by what answers them, then by their order."""
    one, two = _question("X?", "first"), _question("X?", "second")
    first = _recognise(_document(one, two))
    book, _ = _publish(first, Ledger(), NOW)
    swapped = _recognise(_document(two, one), book=book)
    assert _ids(swapped) == list(reversed(_ids(first)))
    assert len(set(_ids(first))) == 2


def test_signs_tell_questions_apart() -> None:
    """Questions "C++?" and "C#?" are two, whatever is edited around them."""
    first = _recognise(_document(_question("C++?"), _question("C#?")))
    book, _ = _publish(first, Ledger(), NOW)
    later = _recognise(_document(_question("C#?", "new"), _question("C++?", "new")), book=book)
    assert {q.prompt: q.id for q in later} == {q.prompt: q.id for q in first}


def test_an_authors_id_wins_over_everything() -> None:
    """With ``{#id}`` prompt, code and answers may all change."""
    named = replace(_question("X?"), attributes=Attributes(id="loop"))
    first = _recognise(_document(named))
    book, _ = _publish(first, Ledger(), NOW)
    edited = replace(_question("Quite another?", "No."), attributes=Attributes(id="loop"))
    assert _ids(_recognise(_document(_question("X?"), edited), book=book))[1] == first[0].id


def test_the_same_authors_id_twice_is_an_error() -> None:
    """Two questions can't be one note."""
    named = replace(_question("X?"), attributes=Attributes(id="loop"))
    other = replace(_question("Y?"), attributes=Attributes(id="loop"))
    found: list[Diagnostic] = []
    ledger.recognise((_document(named, other),), Ledger(), found.append)
    assert [one.code.code for one in found] == ["I102"]


def test_modified_moves_exactly_with_the_content() -> None:
    """An unchanged note keeps its time, a changed one gets a later one, also when clocks stand."""
    first = _recognise(_document(_question("X?"), _question("Y?")))
    book, changes = _publish(first, Ledger(), NOW)
    assert (changes.added, book.edition) == (2, 1)
    again, changes = _publish(_recognise(_document(*first), book=book), book, NOW + 50)
    assert again == book
    assert len(changes.having(Change.UNTOUCHED)) == len(changes.notes)
    edited = _recognise(_document(_question("X?", "No."), _question("Y?")), book=book)
    later, changes = _publish(edited, book, NOW - 50)
    times = {note.guid: note.modified for entry in later.entries for note in entry.notes}
    assert [times[note.guid] for note in _notes(edited)] == [NOW + 1, NOW]
    assert (changes.updated, later.edition) == (1, 2)


def test_a_question_that_goes_is_retired_once_and_comes_back_as_itself() -> None:
    """Nothing is deleted from the ledger; going is one edition, staying away none."""
    first = _recognise(_document(_question("X?"), _question("Y?")))
    book, _ = _publish(first, Ledger(), NOW)
    gone, changes = _publish(_recognise(_document(_question("Y?")), book=book), book, NOW + 9)
    assert (len(changes.having(Change.RETIRED)), gone.edition) == (1, 2)
    assert sorted(entry.state for entry in gone.entries) == ["live", "retired"]
    still, changes = _publish(_recognise(_document(_question("Y?")), book=gone), gone, NOW + 99)
    assert len(changes.having(Change.UNTOUCHED)) == len(changes.notes)
    assert still == gone
    back = _recognise(_document(_question("X?"), _question("Y?")), book=gone)
    assert _ids(back) == _ids(first)


def test_the_file_comes_back_as_it_was_written() -> None:
    """Saving and loading is lossless, and lines stand in the order of keys."""
    documents = _document(*(_question(f"What is “{n}”?") for n in range(30)))
    book, _ = _publish(_recognise(documents), Ledger(), NOW)
    raw = ledger.save(book)
    found: list[Diagnostic] = []
    assert ledger.load(raw, found.append) == book
    assert not found
    lines = raw.decode().splitlines()
    assert lines[2:] == sorted(lines[2:], key=lambda line: line[9:13])


@pytest.mark.parametrize(
    ("damage", "line", "said"),
    [
        (lambda raw: raw[: len(raw) - 40], 4, "cut off?"),
        (lambda raw: raw.replace(b'"version": 2', b'"version": 3'), 1, "update studypack"),
        (lambda raw: raw.replace(b"\n", b"\n<<<<<<< ours\n", 1), 2, "conflict mark"),
        (lambda raw: raw + raw.splitlines(keepends=True)[2], 5, "stands twice"),
        (lambda raw: b"".join(raw.splitlines(keepends=True)[1:]), 1, "format must be there"),
        (lambda _raw: b"", 1, "no head line"),
        (lambda raw: raw.replace(b'"live"', b'"lively"', 1), 3, "state must be"),
    ],
)
def test_a_damaged_ledger_is_an_error_with_its_line(damage, line, said) -> None:  # type: ignore[no-untyped-def] # a table of functions
    """Nobody may build on a ledger that can't be read as a whole."""
    book, _ = _publish(_recognise(_document(_question("X?"), _question("Y?"))), Ledger(), NOW)
    found: list[Diagnostic] = []
    ledger.load(damage(ledger.save(book)), found.append)
    assert any(one.location and one.location.first == line and said in one.message for one in found)


@given(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=8), st.randoms())
def test_recognising_is_one_to_one(prompts: list[str], random) -> None:  # type: ignore[no-untyped-def] # hypothesis' Random
    """However questions are shuffled, each keeps or gets an identity of its own."""
    first = _recognise(_document(*(_question(f"{p}?") for p in prompts)))
    book, _ = _publish(first, Ledger(), NOW)
    shuffled = list(prompts)
    random.shuffle(shuffled)
    second = _recognise(_document(*(_question(f"{p}?") for p in shuffled)), book=book)
    assert sorted(_ids(second)) == sorted(_ids(first))
    assert {(q.prompt, q.id) for q in second} == {(q.prompt, q.id) for q in first}
