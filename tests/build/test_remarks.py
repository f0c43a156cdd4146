"""What the program says back about documents: the loud ones, and those that are joined to one."""

from pathlib import Path

import pytest

from exporter.build import pipeline
from exporter.build.read_pack import ReadPack, examined
from exporter.model import Document, Source
from exporter.readers import Hints, read


def _read(text: str, hints: Hints | None = None) -> tuple[Document, list[str]]:
    found: list[str] = []
    source = Source("notes.md", tuple(text.splitlines()))
    document = read(source, hints or Hints(), None, lambda one: found.append(str(one)))
    assert document.accounting.unaccounted == 0
    return document, found


def _study(folder: Path, texts: dict[str, str], toml: str = "") -> ReadPack:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "pack.toml").write_text(toml, "utf-8")
    return pipeline.read(folder)


def _said(study: ReadPack) -> list[str]:
    return [str(one) for one in study.diagnostics]


# -- fences and merges -----------------------------------------------------------------------

OPEN = """# Structures

## Q1: What is a heap?

```js
const heap = [1, 3, 2];

## Q2: What is a stack?

```js
stack.push(1);
```

## Q3: What is a queue?

First in, first out.
"""

MERGE = """# Cells

## What is a cell?

<<<<<<< HEAD
A room.
=======
A chamber.
>>>>>>> theirs

## What is a wall?

A skin.
"""


def test_a_fence_that_is_never_closed_is_a_warning_at_its_line() -> None:
    """The questions behind it are read all the same."""
    document, found = _read(OPEN)
    assert [question.label for question in document.questions] == ["Q1", "Q2", "Q3"]
    assert found == [
        "notes.md:5: warning: the fence opened here is never closed; its code was taken to end at "
        "line 6: close it [R202]"
    ]


@pytest.mark.parametrize(
    "fence",
    [
        "```markdown\n# Template\n\n## Q1: …\n\n### SHORT\n\n## Q2: …\n```\n",
        "````md\n```js\nlet a;\n```\n\n## Q1: Title\n````\n",
        "~~~\n## Q1: What is a heap?\n~~~\n",
    ],
)
def test_a_closed_template_is_no_open_fence(fence: str) -> None:
    """Markdown that is shown as code holds no questions, and nothing is said of it."""
    text = f"# Notes\n\n## What is a template?\n\n{fence}\n## What is a form?\n\nOne to fill in.\n"
    document, found = _read(text)
    assert [one.prompt for one in document.questions] == ["What is a template?", "What is a form?"]
    assert found == []


def test_marks_of_a_merge_are_said_and_stand_on_no_card() -> None:
    """One warning for a conflict; the line above ``=======`` becomes no heading."""
    document, found = _read(MERGE)
    assert [question.answers[0].markdown.split() for question in document.questions] == [
        ["A", "room.", "A", "chamber."],
        ["A", "skin."],
    ]
    assert found == [
        "notes.md:5: warning: marks of an unfinished merge (lines 5, 7, 9): both versions are "
        "read; decide which one holds, and take the marks out [R203]"
    ]
    assert document.accounting.left_out == 3


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<<<<<<< HEAD\nOne.\n", [1]),
        ("<<<<<<< a\nOne.\n||||||| base\nTwo.\n=======\nThree.\n>>>>>>> b\n", [1]),
        ("<<<<<<< a\nOne.\n=======\nTwo.\n>>>>>>> b\n" * 2, [1, 6]),
        ("One.\n\n=======\nTwo.\n>>>>>>> b\n", [3]),
        ("Title\n=======\n\nText.\n", []),
        (">>>>>>> a deep quote\n", []),
        ("```diff\n<<<<<<< HEAD\nOne.\n=======\n>>>>>>> b\n```\n", []),
        ("<<<<<<<\n", []),
        ("    <<<<<<< HEAD\n", []),
    ],
)
def test_only_what_git_writes_is_a_mark(text: str, lines: list[int]) -> None:
    """A title's underline, a deep quote, code and signs in a line of words are none."""
    _, found = _read(text)
    assert [int(one.split(":")[1]) for one in found if "[R203]" in one] == lines


# -- documents that ask and yield nothing ----------------------------------------------------

TOPICS = """### A. Streams

1. Kinds of stream
2. Backpressure
3. Error handling

### B. Buffers

4. Encodings
5. Pooling
6. Typed arrays
"""


def test_a_document_that_asks_and_yields_nothing_says_so_once() -> None:
    """With the count, the first line that asks, and the way to settle it."""
    text = "# Notes\n\nText.\n\nIs it so?\nIs it not?\nOr what?\n"
    document, found = _read(text)
    assert document.questions == ()
    assert len(found) == 1
    assert found[0].startswith('notes.md:5: warning: 3 lines ask (the first: "Is it so?") and none')
    assert 'asks = ["text"]' in found[0]
    document, found = _read(text, Hints(asks=("text",)))
    assert len(document.questions) == 3
    assert not [one for one in found if "[R204]" in one]


def test_a_list_of_tasks_in_words_is_told_how_to_ask() -> None:
    """Nearly all of five items begin as questions do; a person says whether they are."""
    verbs = ("Explain", "Describe", "Name", "Define", "Compare")
    text = "# Notes\n\n" + "".join(f"- {verb} streams\n" for verb in verbs)
    (line,) = _read(text)[1]
    assert line.startswith('notes.md:3: warning: 5 lines ask (the first: "Explain streams")')
    assert 'asks = ["item 1"]' in line


def test_who_wants_a_document_for_reading_hears_nothing() -> None:
    """``reader = "none"`` is the last word."""
    text = "# Notes\n\nText.\n\nIs it so?\nIs it not?\nOr what?\n"
    assert _read(text, Hints(reader="none"))[1] == []


def test_prose_that_asks_in_passing_is_left_in_peace() -> None:
    """Two questions in a long text make nobody miss cards."""
    prose = "A line of plain words about streams.\n\n" * 10
    assert _read(f"# Notes\n\n{prose}Who knows?\n\n{prose}Why not?\n")[1] == []


def test_asks_that_names_no_line_is_said_with_the_forms_there_are() -> None:
    """A hint that does nothing is no silent hint."""
    text = "# Cells\n\n## Photosynthesis\n\nSugar.\n\n## Respiration\n\nWork.\n"
    _, found = _read(text, Hints(asks=("bold", "item 1")))
    assert found == [
        'notes.md:1: warning: no line is "bold" or "item 1", and nothing is read as a question; '
        "the forms of its lines: heading 2 (2) [R204]"
    ]


def test_an_empty_document_says_so() -> None:
    """And nothing else is said of it."""
    assert _read("\n\n")[1] == [
        "notes.md:1: warning: holds nothing to read: write into it, or take it away [F104]"
    ]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"notes.md": "# Notes\n\nPlain words.\n"}, ["F112"]),
        ({"notes.md": "\n"}, ["F104"]),
        ({"notes.md": "# Notes\n\nIs it so?\nIs it not?\nOr what?\n"}, ["R204"]),
        ({"notes.md": TOPICS}, []),
        ({"notes.md": "# Notes\n\nWords.\n", "more.md": "## Why?\n\nSo.\n\n## How?\n\nSo.\n"}, []),
    ],
)
def test_a_pack_of_which_nothing_can_be_learned_says_so(
    tmp_path: Path, texts: dict[str, str], said: list[str]
) -> None:
    """Once: where a document has said it already, the pack does not."""
    study = _study(tmp_path / "pack", texts)
    assert [one.code.code for one in study.diagnostics] == said


# -- copies ----------------------------------------------------------------------------------


def _pack_of(*prompts: str, answer: str = "So.") -> str:
    return "# Notes\n\n" + "".join(f"## {prompt}\n\n{answer}\n\n" for prompt in prompts)


TWO = ("What is a heap?", "What is a stack?")
SIX = ("Who asks?", "Who answers?", "Who reads?", "Who writes?", "Who learns?", "Who forgets?")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (_pack_of(*TWO), _pack_of(*TWO), True),
        (_pack_of(*TWO), _pack_of("what is a HEAP?", TWO[1]), True),
        (_pack_of(*TWO), _pack_of(*TWO, answer="Otherwise, in other words."), False),
        (_pack_of(*TWO), _pack_of(TWO[0], "What is a queue?"), False),
        (_pack_of(TWO[0]), _pack_of(TWO[0]), False),
        (_pack_of(*TWO), _pack_of(*TWO, *SIX), False),
        (_pack_of(*SIX), _pack_of(*TWO, *SIX), True),
    ],
)
def test_a_copy_of_a_document_is_said(tmp_path: Path, one: str, other: str, said: bool) -> None:
    """Most of at least two questions alike, some answered alike; the copy is the one so named."""
    study = _study(tmp_path / "pack", {"notes (conflicted copy).md": one, "notes.md": other})
    copies = [line for line in _said(study) if "[F110]" in line]
    assert len(copies) == said
    assert all(line.startswith("notes (conflicted copy).md:1: warning: ") for line in copies)
    assert all("stand in notes.md too" in line for line in copies)


def test_without_a_telling_name_the_later_document_is_the_copy(tmp_path: Path) -> None:
    """And a pack that means both can say so."""
    texts = {"a.md": _pack_of(*TWO), "b.md": _pack_of(*TWO), "c.md": _pack_of(*SIX)}
    (line,) = [line for line in _said(_study(tmp_path / "pack", texts)) if "[F110]" in line]
    assert line.startswith("b.md:1:")
    assert "in a.md too" in line
    assert _said(_study(tmp_path / "pack", texts, '[lint]\nF110 = "off"\n')) == []


# -- habits ----------------------------------------------------------------------------------


def _unanswered(answered: int, not_answered: int) -> str:
    answers = "".join(f"## What is part {n}?\n\nPart {n}.\n\n" for n in range(answered))
    return f"# Notes\n\n{answers}" + "".join(
        f"## What is thing {n}?\n\n" for n in range(not_answered)
    )


@pytest.mark.parametrize(
    ("answered", "not_answered", "said"),
    [
        (9, 1, ["has no answer: no card is made of it [R215]"]),
        (9, 3, ["has no answer: no card is made of it [R215]"] * 3),
        (9, 4, ["no card is made of it (and 3 more like it: lines 41, 43, 45) [R215]"]),
        (3, 2, ["has no answer: no card is made of it [R215]"] * 2),
        (2, 2, ["2 of 4 questions have no answer: no card is made of them, and sheets leave room"]),
        (0, 3, ["none of the 3 questions has an answer: no card is made of them, and sheets"]),
    ],
)
def test_what_has_no_answer_is_said_as_often_as_it_helps(
    tmp_path: Path, answered: int, not_answered: int, said: list[str]
) -> None:
    """One by one where they are few, at the first's line where they are many, in one summary where
    most have none."""
    found = _said(_study(tmp_path / "pack", {"notes.md": _unanswered(answered, not_answered)}))
    assert len(found) == len(said)
    first = 3 + 4 * answered
    for nth, (line, wanted) in enumerate(zip(found, said, strict=True)):
        assert line.startswith(f"notes.md:{first + 2 * nth}: warning: ")
        assert wanted in line


def test_habits_are_a_documents_own(tmp_path: Path) -> None:
    """Two documents with the same habit get a remark each."""
    texts = {name: _unanswered(9, 4).replace("part", name) for name in ("one.md", "two.md")}
    texts["two.md"] = texts["two.md"].replace("thing", "stuff")
    found = _said(_study(tmp_path / "pack", texts))
    assert [line.split(":")[0] for line in found] == ["one.md", "two.md"]


def test_a_line_that_is_silenced_is_not_counted(tmp_path: Path) -> None:
    """Silences and levels hold before anything is joined; errors never are."""
    text = _unanswered(9, 4).replace("## What is thing 0?", f"{OFF}\n## What is thing 0?")
    folder = tmp_path / "pack"
    found = [line for line in _said(_study(folder, {"notes.md": text})) if "[R215]" in line]
    assert [line.split(":")[1] for line in found] == ["42", "44", "46"]
    text = _unanswered(9, 4)
    assert _said(_study(folder, {"notes.md": text}, '[lint]\nR215 = "off"\n')) == []
    assert len(_said(_study(folder, {"notes.md": text}, '[lint]\nR215 = "error"\n'))) == 4


OFF = "<!-- studypack: off R215 -->"


def test_advice_is_joined_as_well(tmp_path: Path) -> None:
    """What `check` remarks on in every answer stands there once."""
    prompts = "".join(f"## List all kinds of part {n}.\n\nNone.\n\n" for n in "abcde")
    study = examined(_study(tmp_path / "pack", {"notes.md": f"# Notes\n\n{prompts}"}))
    (line,) = [line for line in _said(study) if "[L203]" in line]
    assert line.startswith("notes.md:3: ")
    assert "(and 4 more like it: lines 7, 11, 15, 19)" in line
