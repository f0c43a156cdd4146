"""Which topics of a checklist the pack covers, and how the matrix says it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.cli import cli
from exporter.model import Topic
from exporter.model.diagnostics import Location
from tests.plan.test_place import question
from tests.plan.test_relate import linked, pack, whole

PACK = {
    "pack.toml": 'title = "Bread"\n'
    + "".join(
        f'[[documents]]\npath = "{path}"\nreader = "{reader}"\n'
        for path, reader in (
            ("plan.txt", "dayplan"),
            ("notes.md", "tiered"),
            ("list.md", "checklist"),
        )
    ),
    "plan.txt": "Bread\n\nWeek 1 – Dough\n\nDay 1: Gluten\n    Study: flour.\n\nDay 2: Sourdough\n"
    "    Study: starter, feeding.\n",
    "notes.md": "# Set 1: Dough\n\n## Q1: What is gluten?\n### SHORT\nA net of protein.\n"
    "### SENIOR\nGliadin and glutenin.\n\n## Q2: How is a sourdough starter fed?\n### SHORT\n"
    "With flour and water.\n",
    "list.md": "# A. Basics\n\n1. Gluten\n2. Sourdough starter (feeding, storing)\n\n"
    "# B. Beyond\n\n3. Lamination\n",
}


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    for name, text in PACK.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def covering(*titles: str) -> list[tuple[str, ...]]:
    """The questions of a small pack about ovens and bread that cover each topic."""
    where = Location("list.md", 1, 1)
    topics = tuple(Topic(number, "A", title, where) for number, title in enumerate(titles, 1))
    made = pack(
        question("How does steam make a crust?", 1, "Oven"),
        question("Rye vs wheat: which rises higher?", 2, "Flour"),
        question("Cold and warm proofing", 3, "Fermentation (yeast, sourdough)"),
        question("What ruins a crumb?", 4, "Faults"),
        topics=topics,
    )
    return [topic.covered_by for topic in linked(made)[0].topics]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Steam", ("q1",)),
        ("Crust & steam", ("q1",)),
        ("Wheat vs Rye", ("q2",)),
        ("Rye → wheat", ("q2",)),
        ("Fermentation (yeast / sourdough)", ("q3",)),
        ("Proofing strategies", ("q3",)),
        ("**Crumb** — what it shows", ("q4",)),
        ("Enzymes", ()),
        ("Hot crust", ()),
        ("Crumb photography", ()),
    ],
)
def test_a_topic_is_covered_by_what_asks_about_it(title: str, expected: tuple[str, ...]) -> None:
    """All words of a thing must be asked; how it is to be known is no part of it."""
    assert covering(title) == [expected]


def test_the_real_checklist() -> None:
    """Topics that a person looked up in the documents: covered ones, and gaps."""
    states = {topic.number: topic.state for topic in whole()[0].topics if topic.number}
    covered = (2, 3, 5, 7, 14, 15, 21, 22, 23, 30, 34, 36, 37, 38, 41, 44, 45, 46, 49, 51, 54, 55)
    later = (61, 62, 65, 66, 67, 68, 70, 71, 72, 74, 78, 79)
    assert [number for number in (*covered, *later) if states[number] != "covered"] == []
    mentioned = (18, 53, 73, 81)
    assert [number for number in mentioned if states[number] != "mentioned"] == []
    gaps = (16, 26, 28, 43, 48, 57, 59, 83, 85, 86, 88)
    assert [number for number in gaps if states[number] != "gap"] == []


def test_the_matrix_as_text(bread: Path) -> None:
    """A line for every topic under its category, cards by tier and place, gaps marked."""
    result = CliRunner().invoke(cli, ["coverage", str(bread)])
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0].endswith("2 of 3 covered")
    assert any(
        line.startswith("1 Gluten 2 cards (1 short, 1 senior) week 1 day 1") for line in lines
    )
    assert any(
        line.startswith("2 Sourdough starter") and "1 card (1 short)" in line for line in lines
    )
    assert "3 Lamination GAP" in lines
    assert lines[-1] == "Topics: 3, covered 2, mentioned in answers 0, gaps 1"


def test_the_matrix_for_scripts(bread: Path) -> None:
    """The same as JSON; a gap has neither keys nor cards."""
    result = CliRunner().invoke(cli, ["coverage", str(bread), "--json"])
    value = json.loads(result.stdout)
    assert (value["covered"], value["gaps"]) == (2, 1)
    first, _, last = value["topics"]
    assert (first["title"], first["cards"], first["tiers"]) == (
        "Gluten",
        2,
        {"short": 1, "senior": 1},
    )
    assert (first["weeks"], first["days"], len(first["keys"])) == ([1], [1], 1)
    assert (last["gap"], last["keys"], last["cards"], last["weeks"]) == (True, [], 0, [])


def test_a_pack_without_topics_says_so(tmp_path: Path) -> None:
    """Without a checklist there is nothing to cover, and that is no error."""
    (tmp_path / "pack.toml").write_text("", encoding="utf-8")
    (tmp_path / "notes.md").write_text(PACK["notes.md"], encoding="utf-8")
    result = CliRunner().invoke(cli, ["coverage", str(tmp_path)])
    assert (result.exit_code, result.stdout.split(":")[0]) == (0, "No topics")


def test_errors_are_said_beside_the_matrix(bread: Path) -> None:
    """An exit code of 1 has its reason on standard error, with its place."""
    (bread / "notes.md").write_bytes(b"\xff")
    result = CliRunner().invoke(cli, ["coverage", "--json", str(bread)])
    assert result.exit_code == 1
    assert "notes.md:1: error:" in result.stderr
    assert json.loads(result.stdout)


STATES = {
    "notes.md": """# Ops

## What do flamegraphs show?

Where a program spends its time; look at them before you guess.

## What is a post-mortem?

A report without blame, written after an outage.

## How do you release without downtime?

Behind a load balancer, with health checks and feature flags for each tenant.

## Why are refresh tokens short?

So that a stolen one is of little use; rotate them on use.
""",
    "topics.md": """# Topic checklist

1. Flame graphs
2. Postmortem culture
3. Feature flags
4. Token rotation
5. Tenant billing
6. Quantum networking
""",
    "pack.toml": '[[documents]]\npath = "notes.md"\n[[documents]]\npath = "topics.md"\n'
    'reader = "checklist"\n',
}


def test_a_topic_is_covered_mentioned_or_a_gap(tmp_path: Path) -> None:
    """One word or two, joined by a hyphen or not, asked about or only answered."""
    for name, text in STATES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(cli, ["coverage", "--json", str(tmp_path)])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    states = {one["title"]: one["state"] for one in found["topics"]}
    assert states == {
        "Flame graphs": "covered",
        "Postmortem culture": "covered",
        "Feature flags": "mentioned",
        "Token rotation": "mentioned",
        "Tenant billing": "gap",
        "Quantum networking": "gap",
    }
    assert (found["covered"], found["mentioned"], found["gaps"]) == (2, 2, 2)
