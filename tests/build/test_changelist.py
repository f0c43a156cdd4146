"""What people are told about a new edition."""

import pytest

from exporter.build import changelist
from exporter.ledger import Change, Changes, NoteChange
from exporter.model import Key, Tier, Week


def _moved(week: Week) -> Changes:
    note = NoteChange(
        Change.MOVED, Key("KXM7"), Tier.SHORT, "What is curd?", before="week 1", week=week
    )
    return Changes((note,), (), added=0, updated=0, unchanged=1)


@pytest.mark.parametrize(("week", "deck"), [(2, "Week 02"), ("beyond", "Beyond the plan")])
def test_a_moved_card_is_said_with_its_new_deck(week: Week, deck: str) -> None:
    """Anki leaves cards where they are, so a learner reads which ones to move, and where to."""
    said = changelist.advice(_moved(week))[-1]
    assert "search for Key:KXM7" in said
    assert said.endswith(f"Change Deck to {deck}")


def test_a_plan_that_is_gone_names_no_deck_to_move_to() -> None:
    """Without a plan no question stands in a week, and there is nothing to advise."""
    assert not [line for line in changelist.advice(_moved(None)) if "Change Deck" in line]
