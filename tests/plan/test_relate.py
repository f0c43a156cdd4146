"""Links between questions, and from the plan's questions to what answers them."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter import ledger
from exporter.deck import cards
from exporter.model import (
    Answer,
    Day,
    DayKind,
    Document,
    Key,
    Kind,
    Markdown,
    Pack,
    Place,
    Placement,
    Plan,
    PlanQuestion,
    Question,
    QuestionId,
    Related,
    StudyWeek,
    Tier,
    Topic,
)
from exporter.model.config import Apart, Link, PackConfig
from exporter.model.diagnostics import Diagnostic, Location
from exporter.plan import relate
from exporter.text import fixed_words
from tests.plan.test_place import question, real


def numbered(*made: Question) -> tuple[Question, ...]:
    """The same questions with ids and keys: q1, Q1X2 and so on."""
    return tuple(
        replace(one, id=QuestionId(f"q{number}"), key=Key(f"KX{number}2"))
        for number, one in enumerate(made, 1)
    )


def pack(*made: Question, plan: Plan | None = None, topics: tuple[Topic, ...] = ()) -> Pack:
    documents: tuple[Document, ...] = ()
    return Pack(documents, numbered(*made), topics, (), (), plan)


def linked(made: Pack, **config: object) -> tuple[Pack, list[str]]:
    found: list[Diagnostic] = []
    settings_ = PackConfig(**config)  # type: ignore[arg-type]
    return relate.link(made, settings_, found.append), [str(one) for one in found]


def asking(*prompts: str) -> Pack:
    return pack(*(question(prompt, number, "S") for number, prompt in enumerate(prompts, 1)))


def same(made: Pack) -> list[tuple[str, str]]:
    """Pairs of ids: a question and the leading one that asks the same."""
    return [
        (question.id, other.id)
        for question in made.questions
        for other in question.related
        if other.relation == "same" and other.leads
    ]


def plan(*asked: str, day: int = 3) -> Plan:
    where = Location("plan.txt", 2, 2)
    questions = tuple(PlanQuestion(Markdown(one), where) for one in asked)
    made = Day(day, "Bread", DayKind.STUDY, False, (), (), (), (), questions, where)
    return Plan(None, (StudyWeek(1, "Dough", None, (made,), where),))


@cache
def whole() -> tuple[Pack, tuple[str, ...]]:
    """The pack of source/, placed and linked."""
    placed, config, found = real()
    more: list[Diagnostic] = []
    return relate.link(placed, config, more.append), tuple(str(one) for one in (*found, *more))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is gluten?", "What is gluten?"),
        ("What is gluten?", "what is Gluten"),
        ("What is gluten and why is it important?", "What is gluten and why does it matter?"),
        ("How do large bakeries prevent stale bread?", "How do bakeries prevent stale bread?"),
        ("Difference between rye and wheat flour", "What's the difference of rye vs wheat flour?"),
    ],
)
def test_the_same_question_in_other_words(one: str, other: str) -> None:
    """Case, marks and words that only colour a question do not make another one."""
    assert same(linked(asking(one, other))[0]) == [("q2", "q1")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is gluten?", "How does gluten fail?"),
        ("What is gluten?", "Why is gluten bad?"),
        ("When should you use rye?", "When should you not use rye?"),
        ("How does proofing work?", "How do you test proofing?"),
        ("What causes stale bread?", "How do you prevent stale bread?"),
        ("What is strong flour?", "What is weak flour?"),
        ("What happens at 20 degrees?", "What happens at 30 degrees?"),
        ("What is C++?", "What is C#?"),
        ("Why is that important?", "Why is this critical?"),
        (
            "How do you proof rye sourdough bread dough with baker's yeast?",
            "How do you proof rye sourdough bread dough with dried yeast?",
        ),
        ("What is rye?", "What is the difference between rye and wheat?"),
        ("Explain backpressure in ovens.", "Explain backpressure in mixers."),
    ],
)
def test_near_questions_stay_apart(one: str, other: str) -> None:
    """Another way of asking, a denial, another number or another subject is another question."""
    assert same(linked(asking(one, other))[0]) == []


def puzzle(code: str, number: int, prompt: str | None = None) -> Question:
    where = Location("notes.md", number * 10, number * 10 + 3)
    text = Markdown("The numbers in order.")
    answer = Answer(Tier.OUTPUT, "Output", text, where)
    asked = Markdown(prompt) if prompt else None
    return Question(Kind.OUTPUT, None, None, asked, code, "js", where, ("Puzzles",), (answer,))


def test_puzzles_that_differ_by_a_line_stay_apart() -> None:
    """A puzzle is its code: only the same code, white space aside, asks the same."""
    code = "a = 1\nb = 2\nprint(a, b)"
    made = pack(
        puzzle(code, 1),
        puzzle(code.replace("2", "3"), 2),
        puzzle(code.replace("\n", "\n\n") + "\n", 3),
        puzzle(code.replace("2", "3"), 4, "What does this print?"),
        puzzle(code, 5, "What does this print?"),
    )
    assert same(linked(made)[0]) == [("q3", "q1")]


def stands(made: Question, week: int | str, day: int | None, by: str = "match") -> Question:
    place = Placement(week, day, by, 0.5, "terms: x → there")  # type: ignore[arg-type]
    return replace(made, placement=place)


def spots(made: Pack) -> list[tuple[object, object]]:
    return [(q.placement.week, q.placement.day) for q in made.questions if q.placement]


def test_those_that_ask_the_same_stand_on_one_day() -> None:
    """Followers go to the day of the leading one, with the reason; with "keep" they stay."""
    one, two = asking("What is gluten?", "What is gluten?").questions
    made = pack(stands(one, 1, 3), stands(two, 2, 9))
    assert spots(linked(made)[0]) == spots(linked(made, duplicates="merge")[0]) == [(1, 3), (1, 3)]
    moved = linked(made)[0].questions[1].placement
    assert moved is not None
    assert moved.why == ("asks the same as KX12, which stands there; by itself: terms: x → there")
    assert moved.runner_up == Place(2, 9, 0.5)
    assert spots(linked(made, duplicates="keep")[0]) == [(1, 3), (2, 9)]


def test_a_pin_holds_and_leads_those_that_ask_the_same() -> None:
    """What a person placed stays and draws the others; what no word places goes with the rest."""
    one, two, three = asking(*["What is gluten?"] * 3).questions
    made = pack(stands(one, 1, 3), stands(two, 2, 9, "pin"), stands(three, "beyond", None))
    assert spots(linked(made)[0]) == [(2, 9)] * 3
    made = pack(stands(one, "beyond", None, "default"), stands(two, 2, 9))
    assert spots(linked(made)[0]) == [(2, 9)] * 2


def framed(*prompts: str) -> Pack:
    """The prompts in a pack all of whose other sections ask about dough and about rye."""
    around = [
        question(f"How does {word} change {what}?", number, f"S{number}")
        for number, (word, what) in enumerate(
            [(w, t) for t in ("dough", "rye") for w in "salt milk heat time sugar egg malt".split()]
            + [("air", "dough"), ("air", "rye")],
            10,
        )
    ]
    made = (question(prompt, number, "S") for number, prompt in enumerate(prompts, 1))
    return pack(*made, *around)


def test_a_word_all_over_the_pack_may_be_left_out() -> None:
    """What frames a pack's questions may be missing, but not stand in another's place."""
    assert ("q2", "q1") in same(
        linked(framed("What is autolysis of dough?", "What is autolysis?"))[0]
    )
    apart = framed("What is autolysis of dough?", "What is autolysis of rye?")
    assert same(linked(apart)[0]) == []


def test_fragments_need_their_section() -> None:
    """A fragment under two titles is two questions, under one title it is one."""
    first = replace(question("Levels; retries.", 1, "Databases"), label="isolation")
    other = replace(question("Levels; retries.", 2, "Security"), label="isolation")
    again = replace(question("Levels; retries.", 3, "Databases"), label="isolation")
    assert same(linked(pack(first, other, again))[0]) == [("q3", "q1")]


def test_the_one_with_most_tiers_leads() -> None:
    """Of those that ask the same the one with most answers leads, then the earlier."""
    made = asking("What is gluten?", "What is gluten?", "What is gluten?")
    one, two, three = made.questions
    more = replace(two, answers=(*two.answers, replace(two.answers[0], tier=Tier.SENIOR)))
    result = linked(replace(made, questions=(one, more, three)))[0]
    assert same(result) == [("q1", "q2"), ("q3", "q2")]
    assert result.questions[1].related == (
        Related(QuestionId("q1"), Key("KX12"), "same", leads=False, title="What is gluten?"),
        Related(QuestionId("q3"), Key("KX32"), "same", leads=False, title="What is gluten?"),
    )


def test_reviewed_pairs_stay_apart() -> None:
    """Questions that pack.toml tells apart never ask the same; a wrong name is an error."""
    made = asking("What is gluten?", "What is gluten?", "What is gluten?")
    result, found = linked(made, apart=(Apart(("KX12", "KX22"), 4), Apart(("KX12", "ZZZ9"), 9)))
    assert same(result) == [("q3", "q1")]
    assert len(found) == 1
    assert found[0].startswith('pack.toml:9: error: "ZZZ9" fits no question')


def test_every_member_of_a_group_asks_the_same() -> None:
    """A group never grows over a question in the middle that is only like both ends."""
    made = asking(
        "What is rye sourdough starter hydration?",
        "What is rye sourdough starter?",
        "What is sourdough starter?",
    )
    pairs = same(linked(made)[0])
    assert ("q3", "q1") not in pairs


def test_fixed_words_are_those_of_the_documents_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """A puzzle without words is named by the same fixed question as on its own card."""
    monkeypatch.setattr(
        fixed_words,
        "_BY_LANGUAGE",
        {"de": replace(fixed_words.ENGLISH, prints="Was gibt das aus?")},
    )
    puzzles = (
        replace(question("", number, "S"), kind=Kind.OUTPUT, prompt=None, code="print(sorted(x))")
        for number in (1, 2)
    )
    first = linked(pack(*puzzles), language="de-AT")[0].questions[0]
    assert [one.title for one in first.related] == ["Was gibt das aus? print(sorted(x))"]


def test_see_also_is_short_and_honest() -> None:
    """At most three close questions, none of them the question itself or one that asks the same."""
    pack_ = whole()[0]
    for each in pack_.questions:
        ids = [related.id for related in each.related]
        assert len(ids) == len(set(ids))
        assert each.id not in ids
        assert sum(related.relation == "see-also" for related in each.related) <= 3
    assert any(related.relation == "see-also" for q in pack_.questions for related in q.related)


def test_the_real_pack_has_no_wrong_twin() -> None:
    """In the real pack exactly these pairs ask the same: each was read."""
    pack_ = whole()[0]
    labels = {each.id: each.label for each in pack_.questions}
    assert [(labels[QuestionId(a)], labels[QuestionId(b)]) for a, b in same(pack_)] == [
        ("Q52", "Q6"),
        ("Q172", "Q70"),
        ("Q193", "Q116"),
        ("Q208", "Q28"),
        ("Q213", "Q63"),
        ("Q214", "Q210"),
        ("Q216", "Q66"),
    ]


def test_pack_toml_of_the_real_pack_names_only_what_is_there() -> None:
    """Subjects, pins and links of source/pack.toml meet the plan and the questions."""
    kinds = {line.rsplit("[", 1)[1] for line in whole()[1]}
    assert kinds <= {"P305]"}


def test_the_real_plans_questions_are_answered() -> None:
    """Best answers of the plan's questions as a person chose them; day 15 and 27 have none."""
    pack_ = whole()[0]
    assert pack_.plan is not None
    shown = {each.id: each.label for each in pack_.questions}
    best = {
        day.number: (shown[asked.answered_by[0]] if asked.answered_by else None, asked.confidence)
        for week in pack_.plan.weeks
        for day in week.days
        for asked in day.questions
    }
    assert best == {
        1: ("Q43", "sure"),
        2: ("Q13", "sure"),
        3: ("Q39", "partial"),
        4: ("isolation", "sure"),
        5: ("safety", "partial"),
        6: ("Q5", "partial"),
        8: ("contracts", "partial"),
        9: ("Q167", "sure"),
        10: ("Q195", "sure"),
        11: ("data flow", "sure"),
        12: ("caching", "sure"),
        13: ("scale-out", "sure"),
        15: (None, "none"),
        16: ("Q199", "partial"),
        17: ("Q156", "sure"),
        18: ("web vulns", "sure"),
        19: ("layers", "partial"),
        20: ("cicd", "sure"),
        22: ("deployments", "sure"),
        23: ("Q140", "partial"),
        24: ("Q37", "sure"),
        25: ("scale-out", "sure"),
        26: ("Q26", "partial"),
        27: (None, "none"),
        28: ("rate limiting", "partial"),
    }


def test_a_plan_question_finds_its_answer() -> None:
    """The question that asks it is sure; nothing alike is none, and said."""
    asked = plan("How does gluten develop?", "Why are ovens hot?")
    result, found = linked(
        pack(question("How does gluten develop?", 1), question("What is rye?", 2), plan=asked)
    )
    assert result.plan is not None
    first, second = result.plan.weeks[0].days[0].questions
    assert (first.answered_by, first.confidence) == (("q1",), "sure")
    assert (second.answered_by, second.confidence) == ((), "none")
    assert [line.rsplit("[", 1)[1] for line in found] == ["P305]"]
    assert result.questions[0].tags == ("plan::day-03",)
    assert result.questions[1].tags == ()


def test_an_unanswered_question_answers_nothing() -> None:
    """A question without an answer is no answer to the plan, however alike."""
    bare = replace(question("How does gluten develop?", 1), answers=())
    result, _ = linked(pack(bare, plan=plan("How does gluten develop?")))
    assert result.plan is not None
    assert result.plan.weeks[0].days[0].questions[0].answered_by == ()


def test_the_day_that_asks_settles_near_ties() -> None:
    """Of two that are equally alike the one placed on the day that asks comes first."""
    one = replace(question("Gluten in rye", 1), placement=Placement(2, 9, "match", 0.5, "why"))
    two = replace(question("Gluten in oats", 2), placement=Placement(1, 3, "match", 0.5, "why"))
    result, _ = linked(pack(one, two, plan=plan("What about gluten?")))
    assert result.plan is not None
    assert result.plan.weeks[0].days[0].questions[0].answered_by[0] == "q2"


def test_reviewed_links_win() -> None:
    """A link in pack.toml is taken as it stands, [] means that nothing answers."""
    made = pack(
        question("How does gluten develop?", 1),
        question("What is rye?", 2),
        plan=plan("How does gluten develop?", "What is rye?"),
    )
    links = (Link("day 3.1", ("KX22", "KX12")), Link("Day 3.2", ()))
    result, found = linked(made, links=links)
    assert result.plan is not None
    first, second = result.plan.weeks[0].days[0].questions
    assert (first.answered_by, first.confidence) == (("q2", "q1"), "sure")
    assert (second.answered_by, second.confidence) == ((), "none")
    assert found == []


def test_wrong_links_are_errors() -> None:
    """A link to no question of the plan, a second one, and a name of no question are said."""
    made = pack(question("What is rye?", 1), plan=plan("What is rye?"))
    links = (
        Link("day 4.1", ("KX12",), 1),
        Link("third day", ("KX12",), 2),
        Link("day 3", ("KX12", "ZZZ9"), 3),
        Link("day 3.1", (), 4),
    )
    result, found = linked(made, links=links)
    assert [(line[:11], line[-6:]) for line in found] == [
        ("pack.toml:1", "[P304]"),
        ("pack.toml:2", "[P304]"),
        ("pack.toml:3", "[C104]"),
        ("pack.toml:4", "[P304]"),
    ]
    assert result.plan is not None
    assert result.plan.weeks[0].days[0].questions[0].answered_by == ("q1",)


def test_topics_are_covered_by_what_asks_about_them() -> None:
    """A topic names the questions about it, its asides aside; another subject covers nothing."""
    where = Location("list.md", 1, 1)
    topics = (
        Topic(1, "A", "Sourdough starter (feeding, storing)", where),
        Topic(2, "A", "Enzymes", where),
    )
    made = pack(question("What is a sourdough starter?", 1), question("What is rye?", 2))
    result, _ = linked(replace(made, topics=topics))
    assert [topic.covered_by for topic in result.topics] == [("q1",), ()]


def test_without_a_plan() -> None:
    """A pack without a plan is linked all the same."""
    result, found = linked(asking("What is gluten?", "What is gluten?"))
    assert result.plan is None
    assert same(result) == [("q2", "q1")]
    assert found == []


WORDS = ["what", "is", "not", "rye", "gluten", "oven", "starter", "how", "2", "3"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=6))
def test_relations_hold_both_ways(prompts: list[str]) -> None:
    """Asking the same is symmetric, a group has one leader, linking twice changes nothing."""
    made = asking(*prompts)
    once = linked(made)[0]
    assert once == linked(made)[0]
    pairs = {
        (each.id, related.id)
        for each in once.questions
        for related in each.related
        if related.relation == "same"
    }
    assert all((right, left) in pairs for left, right in pairs)
    for each in once.questions:
        group = [related for related in each.related if related.relation == "same"]
        assert sum(related.leads for related in group) <= 1


def remembered(made: Pack, config: PackConfig) -> ledger.Ledger:
    """The ledger after a build of the pack."""
    notes = cards.render(made, config, lambda _: None)
    return ledger.date(made, notes, (), {}, ledger.Ledger(), config, 1_700_000_000)[1]


def test_an_answer_keeps_its_day_tag_until_the_plan_asks_otherwise() -> None:
    """A better answer that is added later takes no tag from a card that learners have."""
    config = PackConfig()
    asked = plan("How does gluten develop in dough?")
    close = stands(question("How does gluten develop?", 1), 1, 3)
    first = linked(pack(close, plan=asked))[0]
    assert first.questions[0].tags == ("plan::day-03",)
    book = remembered(first, config)
    best = stands(question("How does gluten develop in dough?", 2), 1, 3)
    more = replace(pack(close, best, plan=asked), plan=plan("What is rye?"))
    assert [q.tags for q in linked(more)[0].questions] == [(), ()]
    kept = linked(pack(close, best, best, plan=asked))[0]
    lost = replace(kept, questions=(replace(kept.questions[0], tags=()), *kept.questions[1:]))
    assert ledger.keep(lost, book, config).questions[0].tags == ("plan::day-03",)
    assert ledger.keep(linked(more)[0], book, config).questions[0].tags == ()
    assert ledger.keep(lost, book, config, replan=True).questions[0].tags == ()


def test_a_new_question_joins_the_day_that_the_old_one_keeps() -> None:
    """Of two that ask the same the old one stays where the ledger keeps it, and the new one comes
    there; what its author placed stays."""
    config = PackConfig()
    old = replace(asking("What is a stream?").questions[0], id=QuestionId("old"), key=Key("KXM7"))
    alone = replace(old, placement=Placement(1, 2, "match", 0.5, "terms: stream"))
    before = Pack((), (alone,), (), (), (), None)
    book = remembered(before, config)
    same = Related(QuestionId("old"), Key("KXM7"), "same", leads=True, title="What is a stream?")
    moved = replace(alone, placement=Placement(1, 3, "match", 0.6, "terms: stream"))
    new = replace(moved, id=QuestionId("new"), key=Key("KXM8"), related=(same,))
    after = ledger.keep(Pack((), (moved, new), (), (), (), None), book, config)
    assert [
        (one.placement.week, one.placement.day) for one in after.questions if one.placement
    ] == [
        (1, 2),
        (1, 2),
    ]
    assert "asks the same as KXM7" in placement_of(after.questions[1]).why
    pinned = replace(new, placement=Placement(1, 3, "author", 1.0, "said so"))
    pack_ = Pack((), (moved, pinned), (), (), (), None)
    assert placement_of(ledger.keep(pack_, book, config).questions[1]).day == 3


def placement_of(question_: Question) -> Placement:
    assert question_.placement is not None
    return question_.placement
