"""The README and the docs say what the program does, in the program's own words."""

import re
from pathlib import Path

import pytest

from exporter.build.pipeline import ReadPack
from exporter.model import Document, Source
from exporter.model.diagnostics import Diagnostic, Severity
from exporter.pack import packfile, repair, sources
from exporter.pack.packkeys import PACK, TABLES
from exporter.readers import READERS, Hints, read, shape
from tests import docs

SHAPES = (docs.ROOT / "docs/documents.md").read_text("utf-8")
SETTINGS = (docs.ROOT / "docs/pack-toml.md").read_text("utf-8")
_EXAMPLES = {
    name: text
    for name, _, text in re.findall(
        r"^## (\w+): .*?\n\n(`{3,4})\w+\n(.*?)\n\2\n", SHAPES, re.DOTALL | re.MULTILINE
    )
}


def test_generated_parts_are_as_the_program_has_them(study: ReadPack) -> None:
    """Counts, pace, help texts and codes stand in the docs as they are made now."""
    for page, text in docs.pages(study).items():
        assert page.read_text("utf-8") == text, f"{page}: run python -m tests.docs"


def test_every_key_of_pack_toml_is_explained() -> None:
    """What pack.toml may hold stands on the page about it, each key of each table."""
    tables = {"": PACK, **{name: table.keys for name, table in TABLES.items()}}
    missing = [
        f"{table}.{key}"
        for table, checks in tables.items()
        for key in checks
        if not re.search(rf"^(\| `{key}`|\[+{key}\]|{key} = )", SETTINGS, re.MULTILINE)
    ]
    assert missing == []


def test_the_example_of_pack_toml_is_valid(tmp_path: Path) -> None:
    """What an author copies from the page is read without a complaint."""
    (tmp_path / "pack.toml").write_text(re.findall(r"```toml\n(.*?)```", SETTINGS, re.DOTALL)[0])
    found: list[Diagnostic] = []
    packfile.load(tmp_path, found.append)
    assert found == []


def test_a_page_is_short_enough_to_read() -> None:
    """The README is an entrance: about 150 lines."""
    assert len(docs.README.read_text("utf-8").splitlines()) <= 170


def test_every_shape_has_an_example() -> None:
    """An author finds one example to copy for each reader."""
    assert set(_EXAMPLES) == {"tiered", *READERS}


def _read(name: str, found: list[Diagnostic]) -> Document:
    source = Source(f"{name}.md", tuple(_EXAMPLES[name].split("\n")))
    assert shape(source) == name
    return read(repair.repair(source, found.append), Hints(), None, found.append)


@pytest.mark.parametrize("name", sorted(READERS))
def test_examples_are_read_without_a_complaint(name: str) -> None:
    """Each example is detected as its shape, whole, and gives no warning."""
    found: list[Diagnostic] = []
    document = _read(name, found)
    assert [str(one) for one in found if one.severity is not Severity.INFO] == []
    assert document.accounting.unaccounted == 0
    assert not [reading for reading in document.readings if reading.kind == "unread"]


def test_examples_give_what_they_show() -> None:
    """The numbers of questions, answers, topics and days in the examples, counted by hand."""
    found: list[Diagnostic] = []
    tiered, keyed, plan, topics, guide = (
        _read(name, found) for name in ("tiered", "keyed", "dayplan", "checklist", "guide")
    )
    assert [len(q.answers) for q in tiered.questions] == [3, 1]
    assert [(q.label, len(q.answers)) for q in keyed.questions] == [
        ("types", 2),
        ("backpressure", 1),
        ("errors", 1),
        ("pooling", 2),
        ("1)", 1),
    ]
    assert plan.plan is not None
    assert [[day.kind for day in week.days] for week in plan.plan.weeks] == [
        ["study", "study"],
        ["design", "recap"],
    ]
    assert len(topics.topics) == 6
    assert (len(guide.topics), len(guide.exercises)) == (3, 2)


@pytest.mark.parametrize("page", docs.PAGES, ids=lambda page: page.name)
def test_every_picture_and_file_named_is_there(page: Path) -> None:
    """Relative links lead to files of the repository; those in code are examples."""
    text = re.sub(r"`[^`\n]+`", "", page.read_text("utf-8"))
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_reached_from_the_readme() -> None:
    """No page is one that nobody finds."""
    text = docs.README.read_text("utf-8")
    assert [page for page in docs.PAGES[1:] if page.name not in text] == []


def test_a_file_of_another_encoding_is_told_apart() -> None:
    """The promise on encodings: UTF-16 with a mark is read, Latin-1 is an error."""
    found: list[Diagnostic] = []
    assert sources.decode("a.md", "é".encode("utf-16"), found.append) is not None
    assert sources.decode("a.md", "é".encode("latin-1"), found.append) is None
    assert [one.code.code for one in found] == ["F101"]
