"""Checklists: the shape's variations, the list of this repository, and lists of other authors."""

import pytest

from tests import drafts
from tests.fixtures import Agrees, Example, examples

FOREIGN = ["checklist-kubernetes.md", "checklist-cooking.txt"]


@pytest.mark.parametrize("example", examples("checklist"))
def test_a_checklist_is_read_as_its_golden_shows(example: Example, agrees: Agrees) -> None:
    """Each variation of the shape gives the topics and categories of its golden."""
    agrees(example, drafts.outline(drafts.text("checklist", example.input)))


def test_the_real_checklist_is_counted_by_hand() -> None:
    """Ninety topics, numbered through ten lettered categories."""
    result = drafts.read("checklist", drafts.load(drafts.SOURCE / "topic-checklist.md"))
    topics = result.draft.topics
    assert [topic.number for topic in topics] == list(range(1, 91))
    categories = list(dict.fromkeys(topic.category for topic in topics))
    assert [category[:3] for category in categories if category] == [f"{c}. " for c in "ABCDEFGHIJ"]
    sizes = [sum(topic.category == category for topic in topics) for category in categories]
    assert sizes == [10, 8, 11, 11, 10, 10, 10, 6, 8, 6]
    assert categories[0] == "A. Node.js Internals (Must for Senior Confidence)"
    assert topics[1].title == "Event Loop – **all phases**"
    assert result.diagnostics == ()


@pytest.mark.parametrize("name", ["topic-checklist.md", *FOREIGN])
def test_every_line_of_a_checklist_is_accounted_for(name: str) -> None:
    """No line is unclaimed, and what counts as content stands in the model in its own words."""
    folder = drafts.DOCUMENTS if name in FOREIGN else drafts.SOURCE
    source = drafts.load(folder / name)
    for written in (source, drafts.crlf(source)):
        result = drafts.read("checklist", written)
        assert result.detected
        assert result.accounting.unaccounted == 0
        assert drafts.untold(result) == []


@pytest.mark.parametrize(("name", "count"), [(FOREIGN[0], 7), (FOREIGN[1], 5)])
def test_foreign_checklists_are_counted_by_hand(name: str, count: int) -> None:
    """Other authors' lists give the topics that a person counts."""
    result = drafts.read("checklist", drafts.load(drafts.DOCUMENTS / name))
    assert len(result.draft.topics) == count
