"""How many new cards a day keep pace with the plan."""

from exporter.deck import cards_a_day
from exporter.model import Note
from tests.deck.test_cards import render
from tests.decks import SMALL


def notes() -> list[Note]:
    """Five notes of week 1, one of week 2, one beyond the plan."""
    return render(SMALL)[0]


def test_the_pace_is_rounded_up() -> None:
    """All days of a week count, cards beyond the plan don't; a week without days has no pace."""
    found = cards_a_day.needed(notes(), ((1, 3), (2, 2), (3, 0)))
    assert found == cards_a_day.Pace(2, ((1, 2, 5), (2, 1, 1)))


def test_without_a_plan_there_is_no_pace() -> None:
    """A pack without weeks says nothing."""
    assert cards_a_day.needed(notes(), ()) is None
