"""What a person says about a document in pack.toml or behind a prompt, and that it is obeyed."""

from pathlib import Path

import pytest

from exporter import ledger
from exporter.build import pipeline
from exporter.build.read_pack import Forecast, ReadPack
from exporter.model import Document, Source, Tier
from exporter.model.config import PackConfig
from exporter.pack import packkeys
from exporter.readers import Hints, read
from exporter.readers.forms import nearest, seen
from exporter.readers.outline import outline
from exporter.readers.roles import Roles
from exporter.readers.scan import scan

STATEMENTS = """# Cells

An introduction.

## Photosynthesis

Light becomes sugar.

### Light reaction

In the leaf.

## Respiration

Sugar becomes work.

### Dark reaction

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


def _study(folder: Path, text: str, toml: str) -> ReadPack:
    (folder / "notes.md").write_text(text, "utf-8")
    (folder / "pack.toml").write_text(toml, "utf-8")
    return pipeline.read(folder)


def _prompts(document: Document) -> list[str]:
    return [question.prompt or "" for question in document.questions]


@pytest.mark.parametrize(
    ("asks", "prompts"),
    [
        ("heading 2", ["Photosynthesis", "Respiration"]),
        ("heading 3", ["Light reaction", "Dark reaction"]),
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
        hint = packkeys.TABLES["documents"].keys["asks"].read("asks", [word])
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


def test_boxes_ask_where_pack_toml_says_so(tmp_path: Path) -> None:
    """Items to tick are choices or topics, but not where a person says that items ask."""
    text = "# Cells\n\n- [ ] Streams\n- [ ] Buffers\n- [x] Timers\n"
    toml = '[[documents]]\npath = "notes.md"\nasks = ["item"]\n'
    study = _study(tmp_path, text, toml)
    assert [question.prompt for question in study.pack.questions] == [
        "Streams",
        "Buffers",
        "Timers",
    ]


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
    assert [(one.word, one.lines, one.asking, one.filled) for one in seen(roles)] == [
        ("heading 2", 2, 0, 2),
        ("heading 3", 2, 0, 2),
    ]
    assert nearest(roles) == "heading 2"


SKIPPED = """# Cells

## Q1: What is a cell?

A room.

## Q2: Why bother? {skip}

Because **life** is made of them.

- [ ] no answer of Q1

## Q3: What is a wall?
"""


def test_what_is_skipped_behind_its_prompt_is_a_reading(tmp_path: Path) -> None:
    """It ends the question above, makes no card, and stands in the model under its own title."""
    study = _study(tmp_path, SKIPPED, "")
    assert [question.label for question in study.pack.questions] == ["Q1", "Q3"]
    assert study.pack.questions[0].answers[0].markdown == "A room."
    (reading,) = study.pack.readings
    assert (reading.title, reading.location.first, reading.location.last) == (
        "Q2: Why bother?",
        7,
        11,
    )
    assert reading.markdown == "Because **life** is made of them.\n\n- [ ] no answer of Q1"
    assert study.pack.documents[0].accounting.unaccounted == 0
    assert [(part.what, part.first, part.last) for part in study.pack.documents[0].parts] == [
        ("questions", 3, 6),
        ("skipped", 7, 11),
        ("questions", 12, 13),
    ]


@pytest.mark.parametrize("name", ["notes.md#Q3", "notes.md:13", "KEY"])
def test_what_pack_toml_skips_is_a_reading_and_nothing_is_said_of_it(
    tmp_path: Path, name: str
) -> None:
    """By label, line or key; the warning that it has no answer is taken back."""
    study = _study(tmp_path, SKIPPED, "")
    assert [one.code.code for one in study.diagnostics] == ["R215"]
    name = name.replace("KEY", study.pack.questions[1].key)
    study = _study(tmp_path, SKIPPED, f'[[skip]]\nquestion = "{name}"\n')
    assert [question.label for question in study.pack.questions] == ["Q1"]
    assert [one.markdown for one in study.pack.readings][-1] == "Q3: What is a wall?"
    assert study.diagnostics == ()


def test_a_name_to_skip_that_fits_nothing_is_an_error(tmp_path: Path) -> None:
    """With the line of pack.toml at which it stands."""
    (fault,) = [
        str(one)
        for one in _study(tmp_path, SKIPPED, '[[skip]]\nquestion = "QQQ9"\n').diagnostics
        if one.code.code.startswith("C")
    ]
    assert fault.startswith('pack.toml:1: error: "QQQ9" fits no question')


def _changed(forecast: Forecast) -> list[tuple[str, str]]:
    notes = forecast.changes.notes
    return [(str(one.change), one.key) for one in notes if one.change != "untouched"]


def test_skipping_retires_cards_and_taking_it_back_revives_them(tmp_path: Path) -> None:
    """No other question takes the identity of one that is skipped."""
    plain = SKIPPED.replace(" {skip}", "")
    before = _study(tmp_path, plain, "")
    forecast = pipeline.foresee(before, 1_700_000_000)
    (tmp_path / ledger.NAME).write_bytes(ledger.save(forecast.ledger))
    skipping = _study(tmp_path, SKIPPED, "")
    forecast = pipeline.foresee(skipping, 1_700_000_100)
    assert _changed(forecast) == [("retired", before.pack.questions[1].key)]
    (tmp_path / ledger.NAME).write_bytes(ledger.save(forecast.ledger))
    forecast = pipeline.foresee(_study(tmp_path, plain, ""), 1_700_000_200)
    assert _changed(forecast) == [("revived", before.pack.questions[1].key)]


@pytest.mark.parametrize(
    ("skipped", "asked"),
    [
        ("- **What is a cell? {skip}** A room.", "- **What is a wall?** A skin."),
        ("- **What is a cell?** {skip} A room.", "- **What is a wall?** A skin."),
        ("**What is a cell? {skip}**\nA room.\n", "**What is a wall?**\nA skin.\n"),
        ("**What is a cell?** {#cell skip}\nA room.\n", "**What is a wall?**\nA skin.\n"),
        ("Q: What is a cell? {skip}\nA room.\n", "Q: What is a wall?\nA skin.\n"),
        ("## What is a cell? {skip week=2}\nA room.\n", "## What is a wall?\nA skin.\n"),
    ],
)
def test_skip_is_understood_in_every_dress(tmp_path: Path, skipped: str, asked: str) -> None:
    """Braces end the prompt, be it bold, an item or a heading, and are shown nowhere."""
    other = asked.replace("wall", "root").replace("skin", "mouth")
    study = _study(tmp_path, f"# Cells\n\n{skipped}\n{asked}\n{other}\n", "")
    assert [(one.prompt, one.answers[0].markdown) for one in study.pack.questions] == [
        ("What is a wall?", "A skin."),
        ("What is a root?", "A mouth."),
    ]
    shown = "".join(f"{one.title}{one.markdown}" for one in study.pack.readings)
    assert "What is a cell?" in shown
    assert "skip" not in shown


def test_closing_tags_are_no_readings() -> None:
    """What closes a fold behind a question is structure: nothing of it is printed."""
    fold = "<details>\n<summary>What is a cell?</summary>\n\nA room.\n</p>\n</details>\n"
    document = _document(f"# Cells\n\n{fold}\n{fold.replace('cell', 'wall')}", Hints())
    assert len(document.questions) == 2
    assert document.readings == ()
    assert document.accounting.unaccounted == 0
