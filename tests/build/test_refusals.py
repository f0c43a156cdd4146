"""A build refuses what would cost learners their progress, and guesses only what is clear."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.build import pipeline
from exporter.ledger import Change, Changes
from exporter.model import Markdown
from exporter.model.diagnostics import Code, Stop
from tests import edits, sketch
from tests.edits import chain, deleted, inserted
from tests.sketch import Edit, Item, Sketch, changed, first_sketch, over_items

NOW = 1_700_000_000
DAY = 86_400


class Author:
    """A folder with a pack that is edited and built."""

    def __init__(self, folder: Path, whole: Sketch | None = None) -> None:
        self.source, self.out = folder / "source", folder / "dist"
        self.book = self.source / "ledger.jsonl"
        self.whole = whole or first_sketch()
        self.now = NOW
        self.write(self.whole)
        self.build()

    def write(self, whole: Sketch) -> None:
        self.whole = whole
        sketch.write(whole, self.source)

    def read(self) -> pipeline.ReadPack:
        return pipeline.read(self.source)

    def build(self, **order: bool) -> Changes | None:
        self.now += DAY
        asked = pipeline.BuildRequest(self.out, self.now, only=("apkg",), **order)  # type: ignore[arg-type] # flags only
        return pipeline.build(self.read(), asked).changes

    def edit(self, edit: Edit, **order: bool) -> Changes:
        self.write(edit(self.whole))
        changes = self.build(**order)
        assert changes
        return changes

    def files(self) -> dict[str, bytes]:
        """Everything that a publication would write."""
        found = [*self.out.rglob("*"), self.book]
        return {path.name: path.read_bytes() for path in sorted(found) if path.is_file()}


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def _refused(author: Author, *said: str, exit_code: int = 4, **order: bool) -> None:
    before = author.files()
    with pytest.raises(Stop) as stop:
        author.build(**order)
    assert stop.value.exit_code == exit_code
    for words in said:
        assert words in str(stop.value)
    assert author.files() == before


def _rewritten(text: str) -> str:
    return f"Explain to visitors at the fence, calmly and with examples of your own: {text}"


ACCIDENTS: dict[str, tuple[Edit, str]] = {
    "a document vanished": (
        lambda whole: replace(whole, papers=tuple(p for p in whole.papers if p.path != "yard.md")),
        "yard.md is gone",
    ),
    "more than a fifth retires": (
        deleted("queen", "drone", "worker", "nectar", "crystals"),
        "notes would retire",
    ),
    "much was guessed": (
        lambda whole: over_items(
            whole, lambda one: replace(one, prompt=_rewritten(one.prompt)) if one.prompt else one
        ),
        "recognised by a doubtful similarity",
    ),
    "the plan is gone": (
        lambda whole: replace(whole, plan="Nothing is planned.\n"),
        "plan is gone",
    ),
}


@pytest.mark.parametrize(("edit", "said"), ACCIDENTS.values(), ids=ACCIDENTS)
def test_what_looks_like_an_accident_is_refused(author: Author, edit: Edit, said: str) -> None:
    """Nothing is published and the exit code is 4; --accept goes on."""
    author.write(edit(author.whole))
    _refused(author, said, "--accept")
    changes = author.build(accept=True)
    assert changes
    assert len(changes.having(Change.UNTOUCHED)) < len(changes.notes)
    again = author.build()
    assert again
    assert len(again.having(Change.UNTOUCHED)) == len(again.notes)


@pytest.mark.parametrize(
    "edit",
    [
        deleted("queen", "drone"),
        edits.renamed("hive.md", "people.md"),
        lambda whole: over_items(whole, lambda one: replace(one, prompt=one.prompt.upper())),
    ],
    ids=["a few deleted", "a document renamed", "case changed everywhere"],
)
def test_an_edit_that_costs_little_is_not_refused(author: Author, edit: Edit) -> None:
    """Renaming a document and changing case are recognised without guessing."""
    changes = author.edit(edit)
    assert not changes.having(Change.NEW)
    assert all(note.score is None for note in changes.notes)


def test_a_clock_in_the_past_is_refused(author: Author) -> None:
    """Both times are named; --accept counts on from the ledger's time."""
    author.write(edits.answered("sun", "short", "East.")(author.whole))
    book = author.read().ledger
    newest = max(note.modified for entry in book.entries for note in entry.notes)
    author.now = newest - 3 * DAY
    _refused(author, "2023-11-13 22:13:20 UTC", "2023-11-15 22:13:20 UTC")
    author.now = newest - 3 * DAY
    author.build(accept=True)
    stamps = [note.modified for entry in author.read().ledger.entries for note in entry.notes]
    assert sorted(set(stamps)) == [newest, newest + 1]
    assert stamps.count(newest + 1) == 1


def test_a_locked_build_changes_no_ledger(author: Author) -> None:
    """Without edits it builds; with one it fails and writes nothing."""
    assert author.build(locked=True)
    author.write(edits.answered("sun", "short", "East.")(author.whole))
    _refused(author, "--locked", exit_code=1, locked=True)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "newer version": lambda raw: raw.replace(b'"version": 2', b'"version": 3', 1),
    "conflict marks": lambda raw: raw.replace(b"\n", b"\n<<<<<<< ours\n", 1),
    "cut off": lambda raw: raw[:-100],
    "a line of something else": lambda raw: raw + b'{"key": "KXM7"}\n',
    "empty": lambda _raw: b"",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_nothing_is_built_over_a_damaged_ledger(
    author: Author, damage: Callable[[bytes], bytes]
) -> None:
    """It is an error with its line, also with --accept; all files stay as they are."""
    author.book.write_bytes(damage(author.book.read_bytes()))
    before = author.files()
    study = author.read()
    found = [one for one in study.diagnostics if one.code is Code.INVALID_LEDGER]
    assert found
    assert all(one.location and one.location.path == "ledger.jsonl" for one in found)
    assert author.build(accept=True) is None
    assert author.files() == before


TIE = (
    Item("heft", "How heavy is a full super?", (("short", "Fifteen kilos of honey."),)),
    Item("lift", "How heavy is a full crate?", (("short", "Fifteen kilos of honey."),)),
)
EDITED = Item("?", "How heavy is a full box?", (("short", "Fifteen kilos of honey."),))


def test_a_near_tie_is_not_guessed(tmp_path: Path) -> None:
    """A question that may be one of two is new, and a warning names both; --strict refuses."""
    whole = chain(inserted(TIE[0]), inserted(TIE[1]))(first_sketch())
    author = Author(tmp_path, whole)
    keys = {q.prompt: q.key for q in author.read().pack.questions}
    author.write(chain(deleted("heft", "lift"), inserted(EDITED))(whole))
    study = author.read()
    (doubt,) = [one for one in study.diagnostics if one.code is Code.NEAR_TIE]
    assert all(keys[Markdown(item.prompt)] in doubt.message for item in TIE)
    before = author.files()
    assert author.build(strict=True) is None
    assert author.files() == before
    changes = author.build()
    assert changes
    assert [len(changes.having(one)) for one in (Change.NEW, Change.RETIRED)] == [1, 2]
    assert all(one.code is not Code.NEAR_TIE for one in author.read().diagnostics)


def test_an_authors_word_settles_a_near_tie(tmp_path: Path) -> None:
    """With the key of one of the two behind it, the question is that one."""
    whole = chain(inserted(TIE[0]), inserted(TIE[1]))(first_sketch())
    author = Author(tmp_path, whole)
    keys = {q.prompt: q.key for q in author.read().pack.questions}
    key = keys[Markdown(TIE[1].prompt)]
    said = replace(EDITED, attributes=f" {{#{key}}}")
    changes = author.edit(chain(deleted("heft", "lift"), inserted(said)))
    assert [note.key for note in changes.having(Change.UPDATED)] == [key]
    changes = author.edit(changed("?", attributes=""))
    assert len(changes.having(Change.UNTOUCHED)) == len(changes.notes)


def _short(prompt: str, answer: str) -> Item:
    return Item("", prompt, (("short", answer),))


SUCCESSORS: dict[str, tuple[Item, Item]] = {
    "a word like it": (
        _short("What is a Promise?", "An object that stands for a value that is not there yet."),
        _short("What is a Process?", "A running program with memory and handles of its own."),
    ),
    "short answers alike": (
        _short("What is TCP?", "A transport protocol with connections."),
        _short("What is UDP?", "A transport protocol without connections."),
    ),
    "signs": (_short("What is C++?", "A language by Stroustrup."), _short("What is C#?", "Ours.")),
    "operators": (
        _short("What does `&&` do?", "It stops at the first false one."),
        _short("What does `||` do?", "It stops at the first true one."),
    ),
    "numbers": (
        _short("What is new in HTTP/2?", "Streams over one connection, and smaller headers."),
        _short("What is new in HTTP/3?", "It runs over QUIC, so a lost packet stops one alone."),
    ),
    "opposites": (
        _short("Why is caching useful?", "Fewer trips to what is slow."),
        _short("Why is caching harmful?", "Stale answers, and two truths about one thing."),
    ),
    "puzzles": (
        Item("", "", (("output", "Two and two. => 4"),), "total = 2\ntotal += 2\nprint(total)"),
        Item(
            "",
            "",
            (("output", "The list grows while it is read. => [1, 1]"),),
            "row = [1]\nrow.extend(row)\nprint(row)",
        ),
    ),
    "puzzles with the same words": (
        Item(
            "",
            "What does this code print at once?",
            (("output", "Two and two. => 4"),),
            "total = 2\ntotal += 2\nprint(total)",
        ),
        Item(
            "",
            "What does this code print at once?",
            (("output", "The list grows while it is read. => [1, 1]"),),
            "row = [1]\nrow.extend(row)\nprint(row)",
        ),
    ),
}


@pytest.mark.parametrize(("old", "new"), SUCCESSORS.values(), ids=SUCCESSORS)
def test_a_successor_inherits_nothing(tmp_path: Path, old: Item, new: Item) -> None:
    """A question in the place of a similar one that was deleted is another question."""
    old, new = replace(old, about="old"), replace(new, about="new")
    author = Author(tmp_path, inserted(old, at=1)(first_sketch()))
    changes = author.edit(chain(deleted("old"), inserted(new, at=1)))
    assert [len(changes.having(one)) for one in (Change.NEW, Change.RETIRED)] == [1, 1]
    assert not changes.having(Change.RENAMED)


def _puzzles() -> Sketch:
    """Thirty puzzles without a title, all of one kind."""
    whole = first_sketch()
    for number in range(30):
        lines = [f"a = {number}", f"b = a * {number % 7 + 2}"]
        lines += [f"b -= {number % 5}"] * (number % 3) + ["print(a, b)"]
        answers = (("output", f"Plain sums. => {number} {number * 3}"),)
        whole = inserted(Item(f"p{number}", "", answers, "\n".join(lines)), at=number)(whole)
    return whole


def test_puzzles_without_a_title_are_known_by_their_code(tmp_path: Path) -> None:
    """Thirty questions that share the empty prompt keep their keys when turned, moved, and when
    answers are edited; a deleted one takes nobody else along."""
    author = Author(tmp_path, _puzzles())

    def keys() -> dict[str | None, str]:
        return {q.code: q.key for q in author.read().pack.questions if q.code}

    before = keys()
    moves = [edits.moved(f"p{number}", "honey.md", 0) for number in range(0, 30, 4)]
    answers = [edits.answered(f"p{n}", "output", f"Sums. => {n}") for n in range(1, 30, 3)]
    author.edit(chain(edits.reversed_sets, *moves, *answers, deleted("p7")))
    after = keys()
    gone = set(before) - set(after)
    assert len(gone) == 1
    assert {code: key for code, key in before.items() if code not in gone} == after


def test_prompts_that_differ_in_signs_are_edited_apart(tmp_path: Path) -> None:
    """Prompts "C++?" and "C#?" keep their keys when both are edited in one build."""
    two = (
        _short("C++?", "By Stroustrup, with templates."),
        _short("C#?", "By Hejlsberg, with events."),
    )
    items = [replace(item, about=f"c{at}") for at, item in enumerate(two)]
    author = Author(tmp_path, chain(*(inserted(item) for item in items))(first_sketch()))
    before = {q.prompt: q.key for q in author.read().pack.questions}
    author.edit(chain(edits.prompt("c0", "What is C++?"), edits.prompt("c1", "What is C#?")))
    after = {q.prompt: q.key for q in author.read().pack.questions}
    for sign in ("C++?", "C#?"):
        assert after[Markdown(f"What is {sign}")] == before[Markdown(sign)]
