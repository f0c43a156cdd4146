"""What a person says about a document in pack.toml or behind a prompt, and that it is obeyed."""

from pathlib import Path

import pytest

from exporter import packkeys, pipeline
from exporter.config import PackConfig
from exporter.model import Document, Source, Tier
from exporter.readers import Hints, read
from exporter.readers.forms import nearest, seen
from exporter.readers.outline import outline
from exporter.readers.roles import Roles
from exporter.readers.scan import scan
from exporter.study import Study

STATEMENTS = """# Cells

An introduction.

## Photosynthesis

Light becomes sugar.

### Where it happens

In the leaf.

## Respiration

Sugar becomes work.

### Where that happens

In every cell.
"""

BY_FORM = {
    "heading": "## One\n\nText.\n\n## Two\n\nText.\n",
    "bold": "**One**\nText.\n\n**Two**\nText.\n",
    "item": "- One\n  - Text.\n- Two\n  - Text.\n",
    "fold": "<details><summary>One</summary>\n\nText.\n\n</details>\n"
    "<details><summary>Two</summary>\n\nText.\n\n</details>\n",
    "Q:": "Q: One\nText.\n\nQ: Two\nText.\n",
    "counted": "Q1. One\nText.\n\nQ2. Two\nText.\n",
    "callout": "> [!question] One\n> Text.\n\n> [!question] Two\n> Text.\n",
    "text": "One?\nText.\n\nTwo?\nText.\n",
}


def _document(text: str, hints: Hints) -> Document:
    return read(Source("notes.md", tuple(text.splitlines())), hints, None, lambda _: None)


def _study(folder: Path, text: str, toml: str) -> Study:
    (folder / "notes.md").write_text(text, "utf-8")
    (folder / "pack.toml").write_text(toml, "utf-8")
    return pipeline.read(folder)


def _prompts(document: Document) -> list[str]:
    return [question.prompt or "" for question in document.questions]


@pytest.mark.parametrize(
    ("asks", "prompts"),
    [
        ("heading 2", ["Photosynthesis", "Respiration"]),
        ("heading 3", ["Where it happens", "Where that happens"]),
    ],
)
def test_asks_settles_which_lines_ask(tmp_path: Path, asks: str, prompts: list[str]) -> None:
    """The headings named in pack.toml are questions though none of them asks, and no other is."""
    toml = f'[[documents]]\npath = "notes.md"\nasks = ["{asks}"]\n'
    study = _study(tmp_path, STATEMENTS, toml)
    assert [question.prompt for question in study.pack.questions] == prompts
    assert study.pack.documents[0].accounting.unaccounted == 0


def test_asks_has_a_word_for_every_form() -> None:
    """Each word that pack.toml may hold makes questions of the lines it names."""
    assert tuple(BY_FORM) == packkeys.ASKS
    for word, text in BY_FORM.items():
        hint = packkeys.TABLES["documents"][0]["asks"]([word])
        document = _document(text, Hints(asks=hint))
        assert [prompt.split("\n")[0].rstrip("?") for prompt in _prompts(document)] == [
            "One",
            "Two",
        ], word


def test_a_reader_that_is_named_finds_what_is_nearest_to_a_question() -> None:
    """Statements are no questions, until somebody says that the document is made of them."""
    assert _prompts(_document(STATEMENTS, Hints())) == []
    for reader in ("plain", "tiered"):
        document = _document(STATEMENTS, Hints(reader=reader))
        assert (document.reader, _prompts(document)) == (reader, ["Photosynthesis", "Respiration"])


def test_reader_none_keeps_a_document_for_reading() -> None:
    """Nothing is asked, nothing is lost."""
    text = "# Cells\n\n## What is a cell?\n\nA room.\n\n## What is a wall?\n\nA skin.\n"
    assert len(_document(text, Hints()).questions) == 2
    document = _document(text, Hints(reader="none"))
    assert (document.reader, document.questions) == ("none", ())
    assert [reading.title for reading in document.readings] == [
        "What is a cell?",
        "What is a wall?",
    ]


def test_asks_is_stronger_than_the_name_of_a_reader() -> None:
    """A document whose lines that ask are named is read by them, whatever its shape."""
    document = _document(STATEMENTS, Hints(reader="checklist", asks=("heading 2",)))
    assert (document.reader, len(document.questions)) == ("plain", 2)


@pytest.mark.parametrize(
    ("senior", "short"),
    [
        ("### GURU\nDeep.", "### Cadet\nShallow."),
        ("**GURU:** Deep.", "**Cadet:** Shallow."),
        ("GURU: Deep.", "Cadet: Shallow."),
    ],
)
def test_words_for_tiers_are_taught(tmp_path: Path, senior: str, short: str) -> None:
    """An author's own words for depths open tiers in every dress, in any case; not without."""
    text = f"# Cells\n\n## What is a cell?\n\n{short}\n\n{senior}\n"
    taught = '[tier_words]\nguru = "senior"\nCADET = "short"\n'
    (question,) = _study(tmp_path, text, taught).pack.questions
    assert [(one.tier, one.source_tier, one.markdown) for one in question.answers] == [
        (Tier.SHORT, "Cadet", "Shallow."),
        (Tier.SENIOR, "GURU", "Deep."),
    ]
    (question,) = _study(tmp_path, text, "").pack.questions
    assert [one.tier for one in question.answers] == [Tier.MEDIUM]


def test_words_for_tiers_are_kept_in_lower_case(tmp_path: Path) -> None:
    """Case and runs of blanks in pack.toml do not matter."""
    study = _study(tmp_path, STATEMENTS, '[tier_words]\n"In  Depth" = "senior"\n')
    assert dict(study.config.tier_words) == {"in depth": Tier.SENIOR}
    assert dict(PackConfig().tier_words) == {}


def test_forms_are_counted_as_the_roles_have_them() -> None:
    """What could ask in a document, by the names that pack.toml has for it."""
    roles = Roles(outline(scan(Source("notes.md", tuple(STATEMENTS.splitlines())))), Hints())
    assert [(one.word, one.lines, one.asking, one.filled) for one in seen(roles, ())] == [
        ("heading 2", 2, 0, 2),
        ("heading 3", 2, 0, 2),
    ]
    assert nearest(roles) == "heading 2"


def test_closing_tags_are_no_readings() -> None:
    """What closes a fold behind a question is structure: nothing of it is printed."""
    fold = "<details>\n<summary>What is a cell?</summary>\n\nA room.\n</p>\n</details>\n"
    document = _document(f"# Cells\n\n{fold}\n{fold.replace('cell', 'wall')}", Hints())
    assert len(document.questions) == 2
    assert document.readings == ()
    assert document.accounting.unaccounted == 0
