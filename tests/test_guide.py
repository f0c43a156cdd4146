"""Guides: the shape's variations, the guide of this repository, and guides of other authors."""

from collections import Counter

import pytest

from exporter import readers
from exporter.model import ExerciseKind
from exporter.readers import READERS
from tests import drafts
from tests.fixtures import Agrees, Example, examples

FOREIGN = ["guide-rust.md", "guide-pruefung.md"]
FOREIGN_SHAPES = sorted(
    path.name
    for shape in (*READERS, "prose")
    for path in drafts.DOCUMENTS.glob(f"{shape}-*.*")
    if path.suffix in (".md", ".txt")
)


@pytest.mark.parametrize("example", examples("guide"))
def test_a_guide_is_read_as_its_golden_shows(example: Example, agrees: Agrees) -> None:
    """Each variation of the shape gives the topics, exercises and questions of its golden."""
    agrees(example, drafts.outline(drafts.text("guide", example.input)))


def test_the_real_guide_is_counted_by_hand() -> None:
    """Thirty-six topics in five areas, ten pieces of advice, three modes, two questions."""
    result = drafts.read("guide", drafts.load(drafts.SOURCE / "focus-areas.md"))
    draft = result.draft
    assert list(Counter(topic.category for topic in draft.topics).values()) == [6, 10, 7, 3, 10]
    assert all(topic.number is None for topic in draft.topics)
    kinds = Counter(exercise.kind for exercise in draft.exercises)
    assert kinds == {ExerciseKind.ADVICE: 10, ExerciseKind.MODE: 3}
    assert [question.prompt for question in draft.questions] == [
        "How do you choose between SQL and NoSQL?",
        "How do you design a rate limiter?",
    ]
    assert all(question.answers == () for question in draft.questions)
    assert result.accounting.left_out == 2
    assert sorted(result.codes) == ["R271", "R271", "R281", "R281"]


@pytest.mark.parametrize("name", ["focus-areas.md", *FOREIGN])
def test_every_line_of_a_guide_is_accounted_for(name: str) -> None:
    """No line is unclaimed, and what counts as content stands in the model in its own words."""
    folder = drafts.DOCUMENTS if name in FOREIGN else drafts.SOURCE
    source = drafts.load(folder / name)
    for written in (source, drafts.crlf(source)):
        result = drafts.read("guide", written)
        assert result.detected
        assert result.accounting.unaccounted == 0
        assert drafts.untold(result) == []


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        *((name, name.partition("-")[0]) for name in FOREIGN_SHAPES),
        ("topic-checklist.md", "checklist"),
        ("thirty-day-plan.txt", "dayplan"),
        ("focus-areas.md", "guide"),
        ("deep-mastery.md", "tiered"),
        ("senior-guide.md", "keyed"),
    ],
)
def test_a_document_is_read_for_its_own_shape(name: str, reader: str) -> None:
    """Each document has the shape that a person sees in it; prose has none."""
    folder = drafts.DOCUMENTS if (drafts.DOCUMENTS / name).exists() else drafts.SOURCE
    assert readers.shape(drafts.load(folder / name)) == ("none" if reader == "prose" else reader)
