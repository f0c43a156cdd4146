"""What pack.toml's ``duplicates`` makes of questions that ask the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.deck import cards
from exporter.deck.notetypes import Field
from exporter.model import Key, Note, Question, QuestionId, Related, Tier
from exporter.model.config import Duplicates
from exporter.paper.sheets import sheets
from exporter.plan.relate import duplicates as twins
from tests.decks import CONFIG, answer, pack, question


def asked(number: int, text: str, *relations: tuple[int, bool]) -> Question:
    """Question ``number`` with a short answer; a relation is another's number and whether that one
    leads."""
    related = tuple(
        Related(QuestionId(f"id-q{other}"), Key(f"Q{other}"), "same", leads, f"Question {other}")
        for other, leads in relations
    )
    made = question(f"q{number}", f"Question {number}", answer(Tier.SHORT, text))
    return replace(made, related=related)


LEADER = asked(1, "Heat moves.", (2, False))
FOLLOWER = asked(2, "By convection.", (1, True))


def render(duplicates: Duplicates, *questions: Question) -> list[Note]:
    found: list[object] = []
    notes = cards.render(pack(*questions), replace(CONFIG, duplicates=duplicates), found.append)
    assert found == []
    return list(notes)


def test_link_names_the_others_behind_a_fold() -> None:
    """Each has its cards, and names the other in a fold."""
    first, second = render("link", LEADER, FOLLOWER)
    assert (first.key, second.key) == ("Q1", "Q2")
    for note, other in ((first, "Q2"), (second, "Q1")):
        shown = note.fields[Field.RELATED]
        assert shown.startswith('<details><summary class="tappable"><span>asks the same</span>')
        assert f"<li><b>{other}</b> Question" in shown


def test_keep_shows_nothing_of_it() -> None:
    """Neither cards nor sheets tell that another asks the same."""
    assert [note.fields[Field.RELATED] for note in render("keep", LEADER, FOLLOWER)] == ["", ""]
    made = pack(LEADER, FOLLOWER)
    printed = {
        way: sheets(made, replace(CONFIG, duplicates=way), lambda _: None)[0].html
        for way in ("keep", "link")
    }
    assert "asks the same" not in printed["keep"]
    assert "asks the same" in printed["link"]


def test_merge_ships_the_leading_one_alone() -> None:
    """The follower has no cards; its answers stand behind a fold of each card of the leader."""
    (note,) = render("merge", FOLLOWER, LEADER)
    assert note.key == "Q1"
    folded = note.fields[Field.DEEPER]
    assert "By convection." in folded
    assert "<b>Question 2</b> <span>asks the same</span>" in folded
    assert "Heat moves." not in folded


def test_no_answer_is_lost_by_merging() -> None:
    """A leading one that has no answer, or has gone, leads nobody."""
    bare = replace(LEADER, answers=())
    assert [note.key for note in render("merge", bare, FOLLOWER)] == ["Q2"]
    assert [note.key for note in render("merge", FOLLOWER)] == ["Q2"]


def test_who_leads_one_and_follows_another_hands_it_on() -> None:
    """All answers stand with the one that leads in the end."""
    middle = asked(2, "Two.", (1, True), (3, False))
    last = asked(3, "Three.", (2, True))
    (note,) = render("merge", asked(1, "One."), middle, last)
    assert note.key == "Q1"
    assert note.fields[Field.DEEPER].index("Two.") < note.fields[Field.DEEPER].index("Three.")


@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_every_question_ships_or_stands_behind_one_that_does(above: list[int]) -> None:
    """Whatever remembered relations say, rings too, merging loses and doubles nothing."""
    questions = [
        asked(at, str(at), *([(leader, True)] if leader != at else []))
        for at, leader in enumerate(above)
    ]
    merged = twins.merged(questions, "merge")
    folded = [one.id for group in merged.values() for one in group]
    assert len(folded) == len(set(folded))
    shipped = {one.id for one in questions} - set(folded)
    assert set(merged) <= shipped
    assert len(shipped) + len(folded) == len(questions)


@pytest.mark.parametrize("duplicates", ["keep", "link"])
def test_only_merge_merges(duplicates: Duplicates) -> None:
    """Otherwise every question has its own cards."""
    assert twins.merged([LEADER, FOLLOWER], duplicates) == {}


def test_see_also_names_no_question_without_cards() -> None:
    """With merge it names the one that leads, once, and never itself."""

    def see(number: int) -> Related:
        name, key = QuestionId(f"id-q{number}"), Key(f"Q{number}")
        return Related(name, key, "see-also", leads=False, title=f"Question {number}")

    reader = replace(asked(3, "Read."), related=(see(2), see(1)))
    leader = replace(LEADER, related=(*LEADER.related, see(2), see(3)))
    shown = {one.key: one for one in twins.shown((leader, FOLLOWER, reader), "merge")}
    assert [one.key for one in shown[Key("Q3")].related] == ["Q1"]
    assert [(one.key, one.relation) for one in shown[Key("Q1")].related] == [
        ("Q2", "same"),
        ("Q3", "see-also"),
    ]
    assert twins.shown((reader,), "link") == (reader,)
