"""Placing questions in the plan: the rules one by one; `test_labels` has the scores."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter import ledger
from exporter.model import (
    Accounting,
    Answer,
    Attributes,
    Day,
    DayKind,
    Document,
    Exercise,
    ExerciseKind,
    Kind,
    Markdown,
    Pack,
    Placement,
    Plan,
    PlanQuestion,
    Question,
    Reading,
    ReadingKind,
    StudyWeek,
    Tier,
)
from exporter.model.config import Link, PackConfig, Pin, Subject
from exporter.model.diagnostics import Code, Diagnostic, Location
from exporter.pack import packfile, repair, sources
from exporter.plan import place
from exporter.readers import Hints, read

TESTS = Path(__file__).parent.parent
SOURCE = TESTS.parent / "source"
NOTES = "notes.md"


def placement(question: Question) -> Placement:
    assert question.placement is not None
    return question.placement


def question(prompt: str, number: int = 1, *section: str, **more: object) -> Question:
    """A question of notes.md with one short answer that says nothing about its place."""
    where = Location(NOTES, number * 10, number * 10 + 3)
    answer = Answer(Tier.SHORT, "short", Markdown("So it is."), where)
    made = Question(
        Kind.QUESTION, None, None, Markdown(prompt), None, None, where, section, (answer,)
    )
    return replace(made, **more)  # type: ignore[arg-type]


def document(*questions: Question, path: str = NOTES, plan: Plan | None = None) -> Document:
    return Document(path, "T", "tiered", Accounting(path, 0, 0, 0, 0, 0, 0), questions, plan=plan)


def day(number: int, title: str, kind: DayKind = DayKind.STUDY, asks: str = "") -> Day:
    where = Location("plan.txt", number + 1, number + 1)
    asked = (PlanQuestion(Markdown(asks), where),) if asks else ()
    return Day(number, title, kind, False, (), (), (), (), asked, where)


PLAN = Plan(
    "Bread",
    (
        StudyWeek(
            1,
            "Dough",
            Markdown("Understand flour and water."),
            (
                day(1, "Gluten", asks="How does kneading develop gluten?"),
                day(2, "Yeast & fermentation"),
                day(3, "Sourdough starter"),
                day(4, "Mock exam: gluten, yeast, sourdough", DayKind.RECAP),
            ),
            Location("plan.txt", 1, 5),
        ),
        StudyWeek(
            2,
            "Oven",
            None,
            (day(5, "Steam and crust"), day(6, "Rye bread"), day(7, "Croissant lamination")),
            Location("plan.txt", 6, 9),
        ),
    ),
)
PLANNED = document(path="plan.txt", plan=PLAN)


def placed(*questions: Question, **config: object) -> tuple[Pack, list[Diagnostic]]:
    found: list[Diagnostic] = []
    settings_ = PackConfig(**config)  # type: ignore[arg-type]
    pack = place.place((PLANNED, document(*questions)), settings_, found.append)
    return pack, found


def where(prompt: str, *section: str, **config: object) -> tuple[object, object, str]:
    pack, found = placed(question(prompt, 1, *section), **config)
    assert found == []
    spot = placement(pack.questions[0])
    return spot.week, spot.day, spot.by


@cache
def sources_read() -> tuple[Document, ...]:
    """The documents of source/, recognised against an empty ledger."""
    silent: list[Diagnostic] = []
    config = packfile.load(SOURCE, silent.append)
    readers_ = {each.path: each.reader for each in config.documents}
    documents = tuple(
        read(
            repair.repair(source, silent.append),
            Hints(readers_[source.path]),
            None,
            silent.append,
        )
        for source in sources.load(SOURCE, config.documents, silent.append)
    )
    return ledger.recognise(documents, ledger.Ledger(), silent.append).documents


@cache
def real(*, taxonomy: bool = True) -> tuple[Pack, PackConfig, tuple[Diagnostic, ...]]:
    """The pack of source/, placed, with its taxonomy or by the plan's own words alone."""
    found: list[Diagnostic] = []
    config = packfile.load(SOURCE, found.append)
    chosen = config if taxonomy else replace(config, subjects=())
    return place.place(sources_read(), chosen, found.append), config, tuple(found)


def test_everything_is_placed_and_nothing_reordered() -> None:
    """Every question has a place, a day lies in its own week, no recap day gets a question."""
    pack = real()[0]
    assert pack.plan is not None
    inside = {week.number: week for week in pack.plan.weeks}
    for asked in pack.questions:
        spot = placement(asked)
        assert spot.why
        assert 0 <= spot.score <= 1
        assert spot.score == round(spot.score, 3)
        if spot.day is not None:
            (found,) = [day for day in inside[int(str(spot.week))].days if day.number == spot.day]
            assert found.kind in (DayKind.STUDY, DayKind.DESIGN)
        if spot.runner_up:
            assert (spot.runner_up.week, spot.runner_up.day) != (spot.week, spot.day)
    places = [
        ([doc.path for doc in pack.documents].index(q.location.path), q.location.first)
        for q in pack.questions
    ]
    assert places == sorted(places)
    assert all(reading.week is not None for reading in pack.readings)
    assert all(exercise.week is not None for exercise in pack.exercises)


@pytest.mark.parametrize(
    ("prompt", "section", "expected"),
    [
        ("What does gluten do?", "", (1, 1, "match")),
        ("How long does fermentation take?", "", (1, 2, "match")),
        ("Why is it laminated?", "Croissants", (2, 7, "match")),
        ("How is it kept alive?", "Feeding a sourdough starter", (1, 3, "match")),
        ("Who invented the toaster?", "", ("beyond", None, "default")),
    ],
)
def test_words_decide(prompt: str, section: str, expected: tuple[object, object, str]) -> None:
    """A question stands on the day whose words it or its section shares, else beyond the plan."""
    assert where(prompt, *filter(None, [section])) == expected


def test_a_taxonomy_adds_what_the_plan_takes_for_granted() -> None:
    """A subject's terms lead to its days, as whole phrases; one without days leads beyond."""
    prompt = "What is autolyse?"
    assert where(prompt)[0] == "beyond"
    gluten = Subject("Resting", ("autolyse", "bread flour"), (1,))
    assert where(prompt, subjects=(gluten,)) == (1, 1, "match")
    assert where("Is there flour in it?", subjects=(gluten,))[0] == "beyond"
    machines = Subject("Machines", ("dough mixer",), ())
    beyond = where("Which dough mixer kneads rye bread?", subjects=(machines,))
    assert beyond in (("beyond", None, "match"), (2, 6, "match"))
    assert where("Which dough mixer is quiet?", subjects=(machines,)) == ("beyond", None, "match")


def test_a_subject_of_a_whole_week_means_no_day() -> None:
    """What fits four days of a week alike gets the week and no day."""
    days = tuple(
        day(number, f"Day {number} on {name}")
        for number, name in enumerate(("salt", "sugar", "butter", "milk"), 1)
    )
    larder = StudyWeek(1, "Larder", None, days, Location("plan.txt", 1, 9))
    plan = Plan(None, (larder, replace(PLAN.weeks[1], number=2)))
    subject = Subject("Pantry", ("pantry",), (1, 2, 3, 4))
    pack = place.place(
        (document(path="plan.txt", plan=plan), document(question("What is in a pantry?"))),
        PackConfig(subjects=(subject,)),
        lambda _: None,
    )
    spot = placement(pack.questions[0])
    assert (spot.week, spot.day) == (1, None)


def test_the_reason_names_words_and_day() -> None:
    """A placement says which of the question's own words led to which day."""
    pack, _ = placed(question("What does gluten do?", 1, "On gluten"))
    assert placement(pack.questions[0]).why == "terms: gluten → day 1; section → day 1"
    pack, _ = placed(question("Who invented the toaster?"))
    assert placement(pack.questions[0]).why == "too little in common with any day"


def test_authors_and_pins_win() -> None:
    """What the author wrote overrules the words, and a pin overrules the author."""
    written = question("What does gluten do?", 1, attributes=Attributes(week=2, day=6))
    pack, found = placed(written)
    assert found == []
    spot = placement(pack.questions[0])
    assert (spot.week, spot.day, spot.by) == (2, 6, "author")
    assert spot.runner_up is not None
    assert (spot.runner_up.week, spot.runner_up.day) == (1, 1)
    pack, found = placed(written, pins=(Pin(f"{NOTES}:10", "beyond", None),))
    assert found == []
    spot = placement(pack.questions[0])
    assert (spot.week, spot.day, spot.by) == ("beyond", None, "pin")


def test_questions_of_one_line_keep_their_own_wishes() -> None:
    """Two questions that share their lines are still two."""
    rye = question("What is rye?", 1, attributes=Attributes(week="beyond"))
    pack, _ = placed(rye, replace(question("What does gluten do?", 1), label="G"))
    assert [placement(q).week for q in pack.questions] == ["beyond", 1]


def test_half_a_wish_is_filled_in() -> None:
    """A week alone leaves the day to the words; a day alone knows its week."""
    rye = question("What is special about rye?", 1, attributes=Attributes(week=2))
    other = question("What does gluten do?", 2, attributes=Attributes(week=2))
    by_day = question("Why?", 3, attributes=Attributes(day=7))
    pack, _ = placed(rye, other, by_day)
    spots = [(placement(q).week, placement(q).day) for q in pack.questions]
    assert spots == [(2, 6), (2, None), (2, 7)]


def test_wishes_that_cannot_be_granted_are_said() -> None:
    """A day that the plan does not have, or not in that week, is reported; words then decide."""
    wrong = question("What does gluten do?", 1, attributes=Attributes(week=2, day=1))
    pins = (Pin(f"{NOTES}:20", 9, None, 30), Pin(f"{NOTES}:99", 1, 1, 34))
    pack, found = placed(wrong, question("What is rye?", 2), pins=pins)
    assert [str(one) for one in found] == [
        "notes.md:10: warning: the plan has no week 2, day 1; correct it, or take it out to place"
        " by words [P302]",
        "pack.toml:30: warning: the plan has no week 9; correct it, or take it out to place by"
        " words [P302]",
        'pack.toml:34: error: "notes.md:99" fits no question: find its key with '
        "`studypack show WORDS` [C104]",
    ]
    assert [placement(q).by for q in pack.questions] == ["match", "match"]


def test_pinned_twice_and_strange_days_are_said() -> None:
    """The first of two pins counts; a subject's unknown or recap day is a warning."""
    pins = (Pin(f"{NOTES}:10", 1, 2, 3), Pin(f"{NOTES}:11", 2, 6, 7))
    pack, found = placed(
        question("Rye?"), pins=pins, subjects=(Subject("Salt", ("salt",), (1, 4, 44), 12),)
    )
    assert (placement(pack.questions[0]).week, placement(pack.questions[0]).day) == (1, 2)
    assert [one.code for one in found] == [Code.UNGRANTED_PLACE, Code.STRANGE_DAY]
    assert str(found[1]) == (
        'pack.toml:12: warning: subject "Salt" names day 4, 44, which is no study day of the plan; '
        "correct its days [P303]"
    )


def test_a_section_carries_what_says_too_little() -> None:
    """A question without telling words joins three of its section that agree."""
    known = [
        question(f"What does gluten do {when}?", n, "Notes")
        for n, when in enumerate(("first", "then", "last"), 1)
    ]
    pack, _ = placed(*known, question("And why?", 4, "Notes"), question("And why?", 5, "More"))
    spots = [(placement(q).week, placement(q).day) for q in pack.questions]
    assert spots == [(1, 1)] * 4 + [("beyond", None)]


def test_a_pack_without_a_plan() -> None:
    """Without a plan nothing has a week, and the reason says so."""
    found: list[Diagnostic] = []
    pack = place.place((document(question("What is rye?")),), PackConfig(), found.append)
    spot = placement(pack.questions[0])
    assert (pack.plan, spot.week, spot.day, spot.why) == (None, None, None, "the pack has no plan")
    assert found == []


def test_the_first_of_two_plans_counts() -> None:
    """A second plan is reported and does not place anything."""
    found: list[Diagnostic] = []
    second = document(path="later.txt", plan=replace(PLAN, title="Other"))
    pack = place.place((PLANNED, second), PackConfig(), found.append)
    assert pack.plan is PLAN
    assert [one.code for one in found] == [Code.SECOND_PLAN]


def test_documents_keep_their_frame_only() -> None:
    """In a pack a document keeps path, title, reader and accounting; the rest is the pack's."""
    pack, _ = placed(question("What is rye?"))
    assert [doc.path for doc in pack.documents] == ["plan.txt", NOTES]
    assert all(not doc.questions and doc.plan is None for doc in pack.documents)


def test_readings_follow_their_section_and_exercises_their_words() -> None:
    """A story goes with most questions around it, one that few stand around with what it says;
    advice belongs to no day."""
    spot = Location(NOTES, 5, 6)
    around = Reading(ReadingKind.STORY, None, Markdown("Once upon a time."), spot, ("S", "Rye"))
    alone = replace(around, markdown=Markdown("Of steam and crust."), section=("Else",))
    doing = Exercise(ExerciseKind.HANDS_ON, Markdown("Bake a croissant."), spot, ())
    advice = replace(doing, kind=ExerciseKind.ADVICE)
    split = replace(around, markdown=Markdown("Of yeast."), section=("Two",))
    tip = replace(alone, kind=ReadingKind.ADVICE)
    notes = replace(
        document(
            question("What is rye bread?", 1, "S", "Rye"),
            question("What is gluten?", 2, "Two"),
            question("What is a croissant?", 3, "Two"),
        ),
        readings=(around, alone, split, tip),
        exercises=(doing, advice),
    )
    pack = place.place((PLANNED, notes), PackConfig(), lambda _: None)
    assert [(one.week, one.day) for one in pack.readings] == [
        (2, 6),
        (2, 5),
        (1, 2),
        ("beyond", None),
    ]
    assert [(one.week, one.day) for one in pack.exercises] == [(2, 7), ("beyond", None)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*"abcdef", "gluten", "rye", "steam", "starter", "the"]), max_size=8)
)
def test_any_prompt_gets_one_lawful_place(words: list[str]) -> None:
    """Whatever is asked, placing gives a place, the same one twice, and stays within the plan."""
    asked = question(" ".join(words) or "?")
    once, twice = placed(asked)[0], placed(asked)[0]
    assert once == twice
    spot = placement(once.questions[0])
    assert spot.week in (1, 2, "beyond")
    assert (spot.day is None) >= (spot.week == "beyond")
    assert spot.day != 4


def test_wishes_without_a_plan_are_said_once() -> None:
    """Pins, links and subjects do nothing where no document holds a plan, and that is said."""
    found: list[Diagnostic] = []
    asked = question("What is a stream?", 1, "Bytes in pieces.")
    config = PackConfig(pins=(Pin("notes.md:1", 1, 2, line=7),), links=(Link("day 1", (), 9),))
    place.place((document(asked),), config, found.append)
    said = [one for one in found if one.code is Code.IDLE_WISHES]
    assert [str(one.location) for one in said] == ["pack.toml:7"]
    assert "[[pins]] and [[links]]" in said[0].message
    found.clear()
    place.place((document(asked),), PackConfig(), found.append)
    assert found == []
