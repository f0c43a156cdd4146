"""pack.toml: every key checked, every fault with its line, defaults from the folder."""

import datetime
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from exporter import readers
from exporter.model import Tier
from exporter.model.config import PackConfig
from exporter.pack import packfile, packkeys
from exporter.system import resources

if TYPE_CHECKING:
    from exporter.model.diagnostics import Diagnostic


def _load(folder: Path, text: str) -> tuple[PackConfig, list[str]]:
    folder.mkdir(exist_ok=True)
    (folder / "pack.toml").write_text(text, "utf-8")
    found: list[Diagnostic] = []
    config = packfile.load(folder, found.append)
    return config, [str(one) for one in found]


def test_empty_file_is_a_pack_of_all_documents_beside_it(tmp_path: Path) -> None:
    """An empty pack.toml lists every text file by name and is titled as its folder."""
    folder = tmp_path / "Go Interviews"
    folder.mkdir()
    for name in ("b.txt", "a.md", "c.MD", "picture.png", ".hidden.md"):
        (folder / name).write_text("x")
    config, faults = _load(folder, "")
    assert not faults
    assert [document.path for document in config.documents] == ["a.md", "b.txt", "c.MD"]
    assert (config.title, config.slug, config.deck) == (
        "Go Interviews",
        "go-interviews",
        "Go Interviews",
    )
    assert (config.paper, config.depth, config.tiers) == ("a4", "medium", tuple(Tier))


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    """Each key of the contract arrives with its value."""
    config, faults = _load(
        tmp_path,
        """
title = "T"
slug = "s"
deck = "D::E"
language = "de"
author = "A"
paper = "letter"
depth = "short"
tiers = ["task", "short"]
duplicates = "merge"
start = 2026-12-01
pages = 6
[[documents]]
path = "a.md"
reader = "keyed"
title = "A"
origin = "here"
asks = ["Heading  3", "Q:"]
[[subjects]]
name = "Streams"
terms = ["stream"]
days = [3]
[[pins]]
question = "KXM7"
week = "beyond"
[[links]]
plan = "day 3.1"
questions = []
[[apart]]
questions = ["KXM7", "a.md:41"]
[[skip]]
question = "a.md:41"
[tier_words]
EXPERT = "senior"
[lint]
L203 = "off"
""",
    )
    assert not faults
    assert config.tiers == (Tier.SHORT, Tier.TASK)
    assert config.start == datetime.date(2026, 12, 1)
    assert (config.pages, config.paper, config.deck, config.author) == (6, "letter", "D::E", "A")
    assert config.documents[0].reader == "keyed"
    assert config.documents[0].asks == ("Heading 3", "Q:")
    assert config.subjects[0].days == (3,)
    assert (config.pins[0].week, config.pins[0].line) == ("beyond", 23)
    assert config.links[0].questions == ()
    assert config.apart[0].questions == ("KXM7", "a.md:41")
    assert (config.skip[0].question, config.skip[0].line) == ("a.md:41", 31)
    assert dict(config.tier_words) == {"expert": Tier.SENIOR}
    assert dict(config.lint) == {"L203": "off"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('titel = "x"', 'pack.toml:1: error: unknown key "titel"; did you mean "title"? [C102]'),
        ("\ntitle = 3", "pack.toml:2: error: title must be one line of text in quotes [C103]"),
        ('paper = "a5"', 'paper is "a5"; it must be one of a4, letter'),
        ('deck = "A::"', "no empty part around ::"),
        ('deck = "' + "::".join("abcdefghij") + '"', "more than 8 levels"),
        ('slug = "collection"', "Anki would take it for a backup"),
        ('slug = "Backup-1"', "Anki would take it for a backup"),
        ('slug = "../x"', "use letters, digits and hyphens"),
        (f'slug = "{"x" * 151}"', "use at most 150 letters"),
        ('language = "plain English"', "it must be a language tag"),
        ("pages = true", "pages must be a whole number from 1"),
        ("pages = 0", "pages must be a whole number from 1"),
        ('start = "2026-12-01"', "it must be a date without quotes"),
        ("start = 2026-12-01T10:00:00", "start must be a date without quotes"),
        ("tiers = []", "tiers must name at least one tier"),
        ("tiers = 3", "tiers must be a list"),
        ("documents = 3", "documents must be tables: write [[documents]]"),
        ("title = [", "[C101]"),
        ("[[documents]]\nreader = 'keyed'", "pack.toml:1: error: [[documents]] needs path"),
        ("[[documents]]\npath = '../x.md'", "it must lie in the folder of pack.toml"),
        ("[[documents]]\npath = 'C:\\x.md'", "it must lie in the folder of pack.toml"),
        ("[[documents]]\npath='a'\n[[documents]]\npath='a'", "a is listed twice"),
        ("[[pins]]\nquestion = 'K'\nweek = 0", "pack.toml:3: error: week must be the number"),
        (
            "[[documents]]\npath='a'\nasks = 'bold'",
            'pack.toml:3: error: asks is "bold"; it must be a list',
        ),
        (
            "[[documents]]\npath='a'\nasks = ['heading 7']",
            'asks has "heading 7"; it must be one of',
        ),
        ("[[documents]]\npath='a'\nasks = [3]", "asks must be one line of text in quotes"),
        ("[[documents]]\npath='a'\nasks = ['bold', ' ']", "asks must not be empty"),
        ("title = ' '", "title must not be empty"),
        ('title = "a\\u0007"', "title must be one line of text in quotes"),
        (f"title = '{'x' * 1001}'", "title is too long: use at most 1000 letters"),
        ("exclude = [" + "'x'," * 1001 + "]", "exclude has more than 1000 entries"),
        ("[outputs]\nbok = true", 'outputs bok is "bok"; it must be one of book'),
        ("[outputs]\nbook = 1", "outputs book must be true or false"),
        ("[[skip]]\nquestion = ''", "pack.toml:2: error: question must not be empty"),
        ("tier_words = 3", "tier_words must be a table"),
        ("[tier_words]\nEXPERT = 'deep'", 'tier_words EXPERT is "deep"; it must be one of short'),
        ("[tier_words]\nEXPERT = 3", "tier_words EXPERT must be one of short"),
        ("[lint]\nL20 = 'off'", 'has "L20"; see docs/codes.md'),
        ("[lint]\nL203 = 'of'", 'lint L203 is "of"'),
    ],
)
def test_each_fault_names_its_line_and_remedy(tmp_path: Path, text: str, fault: str) -> None:
    """A wrong key or value is one error with its place, and the pack is read all the same."""
    config, faults = _load(tmp_path, text)
    assert len(faults) == 1
    assert fault in faults[0]
    assert config.title


def test_one_wrong_key_hides_no_other(tmp_path: Path) -> None:
    """All faults of a file are reported, and the right keys count."""
    config, faults = _load(tmp_path, 'title = "T"\npaper = 1\ndepth = 2\nauthr = ""\n')
    assert len(faults) == 3
    assert config.title == "T"


def test_a_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    """A pack.toml in another encoding is an error with its line, not a traceback."""
    (tmp_path / "pack.toml").write_bytes(b'title = "a"\nauthor = "J\xfcrgen"\n')
    found: list[Diagnostic] = []
    packfile.load(tmp_path, found.append)
    assert [str(one).split(" [")[0] for one in found] == [
        "pack.toml:2: error: not UTF-8: save the file as UTF-8"
    ]


def test_a_text_file_that_documents_leave_out_is_a_warning(tmp_path: Path) -> None:
    """A document beside pack.toml is never passed over in silence."""
    (tmp_path / "old.md").write_text("x")
    (tmp_path / "a.md").write_text("x")
    config, _ = _load(tmp_path, '[[documents]]\npath = "a.md"\n')
    found: list[Diagnostic] = []
    packfile.unlisted(tmp_path, config, found.append)
    assert [str(one)[:18] for one in found] == ["old.md:1: warning:"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Senior Node.js interview", "senior-node-js-interview"),
        ("Économie & Droit", "economie-droit"),
        ("日本語", "日本語"),
        ("!!!", "study-pack"),
        ("Collection", "study-pack"),
        ("word " * 60, "-".join(["word"] * 30)),
        ("日本語 " * 60, "-".join(["日本語"] * 15)),
        ("x" * 300, "x" * 150),
    ],
)
def test_slug_comes_from_the_title(tmp_path: Path, title: str, slug: str) -> None:
    """A title becomes a file name that Anki doesn't take for a backup."""
    assert _load(tmp_path, f'title = "{title}"')[0].slug == slug


def test_the_schema_says_what_the_program_checks() -> None:
    """An editor offers each key and choice, and knows no other."""
    schema = packkeys.schema()
    assert set(schema["properties"]) == {*packkeys.PACK, *packkeys.TABLES}
    assert schema["additionalProperties"] is False
    said = schema["properties"]
    assert said["paper"]["enum"] == ["a4", "letter"]
    assert (said["pages"]["minimum"], said["pages"]["maximum"]) == (1, 9999)
    assert set(said["tiers"]["items"]["enum"]) == set(Tier)
    assert said["lint"]["additionalProperties"]["enum"] == ["error", "info", "off", "warning"]
    document = said["documents"]["items"]
    assert (document["required"], document["additionalProperties"]) == (["path"], False)
    title = re.compile(said["title"]["pattern"])
    assert title.search("Notes")
    assert not any(map(title.search, ("", " ", "a\tb", "a\n")))


def test_the_published_schema_is_the_programs_own() -> None:
    """`python -m tests.docs` writes it."""
    path = resources.templates() / packkeys.SCHEMA
    assert json.loads(path.read_text("utf-8")) == packkeys.schema()


def test_every_reader_can_be_named() -> None:
    """What pack.toml may ask for is what is there."""
    assert set(readers.NAMES) == set(packkeys.READER_NAMES)
