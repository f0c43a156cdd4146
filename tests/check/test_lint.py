"""What `check` advises: each rule on a document that breaks it, and on one that does not."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.build import pipeline
from exporter.check import lint
from exporter.cli import cli
from exporter.model import Related
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Diagnostic, Severity

SOUND = """# Set 1: Streams

## Q1. What is a stream?

### SHORT
Data in pieces, read as it comes. It saves memory.

### MEDIUM
Readable, writable, duplex and transform streams; a pipe joins them.

## Q2. Why does backpressure exist?

### SHORT
A slow reader must be able to slow its writer down.
"""


def _remarks(folder: Path, text: str, toml: str = "") -> list[Diagnostic]:
    folder.mkdir(exist_ok=True)
    (folder / "notes.md").write_text(text, "utf-8")
    (folder / "pack.toml").write_text(toml, "utf-8")
    study = pipeline.read(folder)
    return list(lint.examine(study.pack, study.config))


def _said(folder: Path, text: str, toml: str = "") -> list[tuple[str, int]]:
    found = _remarks(folder, text, toml)
    places = [(one.location.first if one.location else 0, one.code.code) for one in found]
    return [(code, line) for line, code in sorted(places)]


def _question(prompt: str, short: str, number: int = 3) -> str:
    return f"{SOUND}\n## Q{number}. {prompt}\n\n### SHORT\n{short}\n"


FIRST = SOUND.count("\n") + 2  # the line of the question that is added
ANSWER = FIRST + 3


def test_sound_notes_get_no_advice(tmp_path: Path) -> None:
    """Prompts that share a subject and answers of a breath are left in peace."""
    assert _said(tmp_path / "pack", SOUND) == []


BREATHLESS = "One word follows another and the answer never ends " * 6
ITEMS = "\n".join(f"- kind {letter}" for letter in "abcdefg")
WIDE = "const " + "x" * 60 + " = 1;"


@pytest.mark.parametrize(
    ("prompt", "short", "expected"),
    [
        ("What is a pipe?", BREATHLESS, [("L201", ANSWER)]),
        ("What is a pipe?", "It joins. It ends. It errs. It drains.", [("L201", ANSWER)]),
        ("What is a pipe?", "It joins e.g. A. to B. cf. C., i.e. two ends. It drains.", []),
        ("What is a pipe?", "It joins:\n" + ITEMS, [("L202", ANSWER)]),
        ("What is a pipe?", "It joins:\n" + ITEMS.rpartition("\n")[0], []),
        ("What is a pipe?", "Takes a, b, c, d, e, f and g, h.", [("L202", ANSWER)]),
        ("List all kinds of pipes.", "Two.", [("L203", FIRST)]),
        ("Can you name every kind of pipe?", "Two.", [("L203", FIRST)]),
        ("Why should a team list all its pipes?", "To close them.", []),
        ("List the differences of pipes and drains.", "Size.", []),
        ("List the kinds of pipes.", "Two.", [("L203", FIRST)]),
        ("What is a readable pipe?", "A pipe, readable.", [("L205", ANSWER)]),
        ("What is a readable pipe?", "`pipe`.", []),
        ("What is a pipe?", f"See:\n```js\nlet a;\n{WIDE}\n```", [("L206", ANSWER + 3)]),
        ("What is a pipe?", "See:\n```js\n" + "a();\n" * 21 + "```", [("L207", ANSWER + 2)]),
        ("What is a pipe?", "See:\n```js\n" + "a();\n" * 20 + "```", []),
    ],
)
def test_a_rule_speaks_where_it_is_broken(
    tmp_path: Path, prompt: str, short: str, expected: list[tuple[str, int]]
) -> None:
    """Each rule names the line, and says nothing just inside its bound."""
    assert _said(tmp_path / "pack", _question(prompt, short)) == expected


def test_twins_are_said_unless_linked_or_reviewed(tmp_path: Path) -> None:
    """Two prompts of the same telling words and question word confuse; other words or another
    question word do not; a link as asking the same, or [[apart]], settles it."""
    text = _question("How do streams pause their source?", "By returning false from push.")
    text += "\n## Q4. How does the stream pause a source?\n\n### SHORT\nNever by itself.\n"
    text += "\n## Q5. Why do streams pause their source?\n\n### SHORT\nTo save memory.\n"
    apart = '[[apart]]\nquestions = ["notes.md#Q3", "notes.md#Q4"]\n'
    _remarks(tmp_path / "pack", text, apart)
    study = pipeline.read(tmp_path / "pack")
    third, fourth = study.pack.questions[2:4]
    alone = [replace(question, related=()) for question in study.pack.questions]
    (said,) = lint.twins(alone, PackConfig())
    assert said.location == fourth.location
    assert f"{third.key} ({third.location})" in said.message
    assert list(lint.twins(alone, study.config)) == []
    same = Related(fourth.id, fourth.key, "same", leads=False)
    linked = [*alone[:2], replace(alone[2], related=(same,)), *alone[3:]]
    assert list(lint.twins(linked, PackConfig())) == []


def test_misspelt_tiers_are_said(tmp_path: Path) -> None:
    """A tier's name with a slip in it, within an answer of a document that has tiers."""
    text = _question("What is a pipe?", "A tube.\n\n**SENOIR**\nTwo ends.")
    assert _said(tmp_path / "pack", text) == [("L208", ANSWER + 2)]
    text = "# Pipes\n\n## What is a pipe?\n\nA tube.\n\n### Sort\n\nBy size.\n"
    assert _said(tmp_path / "pack", text) == []


def test_what_asks_inside_an_answer_is_left_to_the_readers(tmp_path: Path) -> None:
    """A heading below a tier that ends in a question mark is the author's way to tell."""
    text = _question("What is a pipe?", "A tube.\n\n##### What does it join?\nTwo ends.")
    assert _said(tmp_path / "pack", text) == []


def test_a_comment_silences_the_line_below_it(tmp_path: Path) -> None:
    """One line and the codes that it names; what it does not name is still said."""
    text = _question("List all kinds of pipes.", "Pipes of all kinds.")
    assert _said(tmp_path / "pack", text) == [("L203", FIRST), ("L205", ANSWER)]
    above = text.replace("## Q3.", "<!-- studypack: off L203 -->\n## Q3.")
    assert _said(tmp_path / "pack", above) == [("L205", ANSWER + 1)]
    both = above.replace("Pipes of", "<!-- studypack: off L201, L205 -->\nPipes of")
    assert _said(tmp_path / "pack", both) == [("L209", ANSWER + 1)]
    assert "L201 says nothing" in _remarks(tmp_path / "pack", both)[0].message


def test_levels_are_the_authors(tmp_path: Path) -> None:
    """Off, information, warning or error, by code; a reader's warning can be weighed as well."""
    folder = tmp_path / "pack"
    text = _question("List all kinds of pipes.", "Two.") + "\n## Q9. What is a drain?\n"
    assert _said(folder, text, '[lint]\nL203 = "off"\n') == []
    (mild,) = _remarks(folder, text, '[lint]\nL203 = "info"\n')
    assert (mild.severity, str(mild).split(": ")[1]) == (Severity.INFO, "info")
    _remarks(folder, text, '[lint]\nR215 = "off"\n')
    assert "R215" not in [one.code.code for one in pipeline.read(folder).diagnostics]
    _remarks(folder, text)
    assert "R215" in [one.code.code for one in pipeline.read(folder).diagnostics]


def test_check_advises_and_an_error_of_the_authors_making_holds_a_build_back(
    tmp_path: Path,
) -> None:
    """`check` prints advice and, with --strict, fails by it; a build is silent about it, unless
    the author calls it an error."""
    folder = tmp_path / "pack"
    _remarks(folder, _question("List all kinds of pipes.", "Two."))
    run = CliRunner().invoke
    said = run(cli, ["check", str(folder)])
    assert (said.exit_code, f"notes.md:{FIRST}: warning:" in said.output) == (0, True)
    assert run(cli, ["check", str(folder), "--strict"]).exit_code == 1
    build = ["build", str(folder), "--only", "apkg", "--out", str(tmp_path / "out")]
    quiet = run(cli, build)
    assert (quiet.exit_code, "L203" in quiet.output) == (0, False)
    (folder / "pack.toml").write_text('[lint]\nL203 = "error"\n')
    refused = run(cli, build)
    assert (refused.exit_code, "[L203]" in refused.output) == (1, True)


def test_silences_keep_what_would_harm(tmp_path: Path) -> None:
    """An error can be neither silenced nor weighed down."""
    text = SOUND.replace("stream?", "stream? {#one}").replace("exist?", "exist? {#one}")
    text = text.replace("## Q2.", "<!-- studypack: off I102 -->\n## Q2.")
    folder = tmp_path / "pack"
    _remarks(folder, text)
    assert "I102" in [one.code.code for one in pipeline.read(folder).diagnostics]
    _remarks(folder, text, '[lint]\nI102 = "off"\n')
    assert "C103" in [one.code.code for one in pipeline.read(folder).diagnostics]
