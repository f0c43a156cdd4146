"""Notes: what their fields, decks and tags say, and what they must never say."""

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.deck import cards, notetypes
from exporter.deck.cards import deck_and_tags as places
from exporter.deck.cards.fields import hanging
from exporter.deck.cards.magic import harmless, harmless_plain
from exporter.deck.notetypes import Field
from exporter.model import Kind, Markdown, Note, Pack, Placement, QuestionId, Tier
from exporter.model.diagnostics import Diagnostic
from exporter.text import fixed_words, markup, one_line
from tests import decks
from tests.decks import CONFIG, SMALL, answer, at, pack, question


def render(made: Pack, **settings: object) -> tuple[list[Note], list[Diagnostic]]:
    """Notes of a pack, and what was reported."""
    found: list[Diagnostic] = []
    notes = cards.render(made, replace(CONFIG, **settings), found.append)  # type: ignore[arg-type]
    return list(notes), found


def only(made: Pack) -> Note:
    """The one note of a pack without faults."""
    notes, found = render(made)
    assert found == []
    (note,) = notes
    return note


def test_what_anki_froze() -> None:
    """Ids, names and the order of fields never change: installed decks would be orphaned."""
    assert [field.title for field in Field] == (
        "Question Front Code Answer Output Deeper Place Related Verdict Notice Source Key"
        " Extra1 Extra2 Extra3 Extra4"
    ).split()
    frozen = {tier.value: (kind.id, kind.name) for tier, kind in notetypes.NOTE_TYPES.items()}
    assert frozen == {
        "short": (1733011200101, "studypack Short"),
        "medium": (1733011200202, "studypack Medium"),
        "senior": (1733011200303, "studypack Senior"),
        "output": (1733011200404, "studypack Output"),
        "task": (1733011200505, "studypack Task"),
    }
    short = notetypes.NOTE_TYPES[Tier.SHORT]
    assert (short.field_id(Field.EXTRA4), short.template_id(1)) == (
        173301120010115,
        173301120010151,
    )
    assert notetypes.TEMPLATES == ("Card", "Spare")
    assert cards.guid(QuestionId("id-ab22"), Tier.SHORT) == "ojolXSV9dhG9"


def test_one_note_for_each_tier_in_plan_order() -> None:
    """Notes come by week, day, tier and source order; a question without an answer makes none."""
    notes, found = render(SMALL)
    assert found == []
    assert [(note.key, note.tier.value, note.rank) for note in notes] == [
        ("AB22", "short", 0),
        ("AB22", "medium", 1),
        ("AB22", "senior", 2),
        ("AB55", "task", 3),
        ("AB33", "short", 4),
        ("AB44", "output", 5),
        ("AB66", "medium", 6),
    ]
    assert [note.deck.removeprefix("Kitchen chemistry::") for note in notes] == (
        ["Week 01"] * 5 + ["Week 02", "Beyond the plan"]
    )


def test_only_the_tiers_of_the_pack() -> None:
    """A tier that pack.toml leaves out makes no note, and is still folded into the others."""
    notes, _ = render(pack(decks.MAILLARD), tiers=(Tier.SHORT,))
    assert [note.tier for note in notes] == [Tier.SHORT]
    assert "140 °C" in notes[0].fields[Field.DEEPER]


def test_two_answers_of_one_tier_make_one_note() -> None:
    """Both answers are shown, in source order."""
    shown = only(pack(decks.EMULSIONS)).fields[Field.ANSWER]
    assert 0 < shown.index("Lecithin") < shown.index("yolk")


def test_a_puzzle() -> None:
    """A puzzle sorts by its code's first line; the printed text is apart, alternatives too."""
    note = only(pack(decks.PUZZLE))
    assert note.fields[Field.QUESTION] == "What does this print? for x in {'a', 'b'}:"
    assert note.fields[Field.FRONT] == ""
    assert 'class="highlight language-python"' in note.fields[Field.CODE]
    printed = note.fields[Field.OUTPUT]
    assert "Any of these is accepted · The order is not fixed" in printed
    assert "<code>a b</code>" in printed
    assert "<code>b a</code>" in printed


def test_a_puzzles_words_are_never_lost() -> None:
    """Where explanation and output leave a word of the author's out, all of it is shown."""
    output = decks.PUZZLE.answers[0]
    torn = replace(output, markdown=Markdown("The set has no order.\n\nWatch `PYTHONHASHSEED`."))
    whole = only(pack(replace(decks.PUZZLE, answers=(torn,)))).fields[Field.ANSWER]
    assert "PYTHONHASHSEED" in whole
    apart = replace(output, markdown=Markdown("The set has no order.\n\na b\n\nb a"))
    brief = only(pack(replace(decks.PUZZLE, answers=(apart,)))).fields[Field.ANSWER]
    assert brief == "<p>The set has no order.</p>"


def test_a_task() -> None:
    """A task asks by its title, goal and example; what is accepted is the answer."""
    note = only(pack(decks.TASK))
    assert note.fields[Field.QUESTION] == "A warm sauce"
    assert "<strong>warm</strong>" in note.fields[Field.FRONT]
    assert "a sauce" in note.fields[Field.FRONT]
    assert "It stays warm" not in note.fields[Field.FRONT]
    assert "It stays warm" in note.fields[Field.ANSWER]


@pytest.mark.parametrize("label", ["types", "http2", "CI/CD", "event loop", "C", "ESM"])
def test_a_key_that_is_a_word_is_shown(label: str) -> None:
    """A keyed card's front carries its section and key, or "types" means nothing."""
    note = only(pack(replace(decks.EMULSIONS, label=label)))
    assert note.fields[Field.PLACE] == f"Week 1 · Day 2 · Cold sauces › {label}"


@pytest.mark.parametrize(
    "label", ["Q12", "q 12", "12", "12.", "1)", "3.4", "Question 12", "Frage 3a", "#7", "IV."]
)
def test_the_authors_number_is_never_in_a_note(label: str) -> None:
    """Renumbering changes no note."""
    note = only(pack(replace(decks.EMULSIONS, label=label)))
    assert note == only(pack(replace(decks.EMULSIONS, label=None)))


def test_a_key_that_the_prompt_repeats_is_not_shown() -> None:
    """What the question says already need not stand above it."""
    note = only(pack(replace(decks.EMULSIONS, label="Mayonnaise")))
    assert note.fields[Field.PLACE] == "Week 1 · Day 2 · Cold sauces"


@pytest.mark.parametrize(
    ("placement", "place"),
    [
        (None, "Cold sauces"),
        (at(None), "Cold sauces"),
        (at("beyond"), "Beyond the plan · Cold sauces"),
        (at(3), "Week 3 · Cold sauces"),
    ],
)
def test_the_front_says_where_we_are(placement: Placement | None, place: str) -> None:
    """Week, day and subject, as far as the plan knows them."""
    note = only(pack(replace(decks.EMULSIONS, label=None, placement=placement)))
    assert note.fields[Field.PLACE] == place


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("SET 1 — CORE NODE", "CORE NODE"),
        ("Set 21 (deep) — Streams (hard)", "Streams (hard)"),
        ("Set 21 (deep)", "Set 21 (deep)"),
        ("Part II: Streams", "Streams"),
        ("Chapter 3 Streams", "Streams"),
        ("3. Streams", "Streams"),
        ("1.2. Streams", "Streams"),
        ("4) Streams", "Streams"),
        ("A) Streams", "Streams"),
        ("Set theory", "Set theory"),
        ("Module C programming", "Module C programming"),
        ("Section", "Section"),
        ("404: Not found", "404: Not found"),
        ("2.0 and later", "2.0 and later"),
        ("HTTP, networking", "HTTP, networking"),
    ],
)
def test_a_sections_number_is_left_out(title: str, bare: str) -> None:
    """A section put in before another renames none of its cards."""
    assert one_line.unnumbered(title) == bare


def test_tags() -> None:
    """Tags are sorted and say week, day, tier, topic and source."""
    assert only(pack(decks.EMULSIONS)).tags == (
        "day::02",
        "source::kitchen-chemistry-for-cooks",
        "tier::short",
        "topic::cold-sauces",
        "week::1",
    )
    assert "week::beyond" in only(pack(decks.BEYOND)).tags


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_tag_is_one_short_word(text: str) -> None:
    """Anki parts tags at spaces, and cuts nothing for us."""
    made = places.slug(text)
    assert made.split() == [made][: bool(made)]
    assert len(made) <= 50


def test_decks_of_a_pack_without_a_plan() -> None:
    """Decks follow the sections in source order, two levels deep; none lies in its document's."""
    asked = [
        question("aa22", "One?", answer(Tier.SHORT, "x"), section=("Part 2: Zest", "Peel")),
        question("aa33", "Two?", answer(Tier.SHORT, "x"), section=("Part 2: Zest", "Oil", "Cold")),
        question("aa44", "Three?", answer(Tier.SHORT, "x"), section=("Acid",)),
        question("aa55", "Four?", answer(Tier.SHORT, "x"), section=()),
    ]
    notes, _ = render(pack(*(replace(each, placement=at(None)) for each in reversed(asked))))
    assert [note.deck for note in notes] == [
        "Kitchen chemistry::Kitchen chemistry for cooks",
        "Kitchen chemistry::Acid",
        "Kitchen chemistry::Zest::Oil",
        "Kitchen chemistry::Zest::Peel",
    ]


@pytest.mark.parametrize(
    ("root", "name"),
    [
        ("Node", "Node::Week 03"),
        ("Interviews::Node", "Interviews::Node::Week 03"),
        ("::Node::", "Node::Week 03"),
        ('The "best" deck:', "The 'best' deck::Week 03"),
        (" : ", "Study pack::Week 03"),
        ("::".join("abcdefghijklmn"), "a::b::c::d::e::f::g::h::Week 03"),
    ],
)
def test_deck_names_are_kept_by_anki(root: str, name: str) -> None:
    """A name that Anki would change, or refuse, is changed before it gets there."""
    assert cards.deck_name(at(3, 15), replace(CONFIG, deck=root)) == name


def test_source_and_related() -> None:
    """The source names document and sections; a related question has its key and title."""
    notes, _ = render(pack(decks.MAILLARD, decks.EMULSIONS))
    first = notes[0].fields
    assert first[Field.SOURCE] == "Kitchen chemistry for cooks › Heat"
    assert "<b>AB33</b> What holds mayonnaise together?" in first[Field.RELATED]
    assert first[Field.KEY] == "AB22"


def test_a_note_changes_only_with_what_its_card_shows() -> None:
    """Another place in the file leaves fields and hash alone; another day of the plan, which is a
    tag as well, changes the line that says so and nothing else."""
    before = only(pack(decks.EMULSIONS))
    moved = replace(decks.EMULSIONS, location=replace(decks.HERE, first=90, last=95))
    assert only(pack(moved)).content_hash == before.content_hash
    edited = replace(decks.EMULSIONS, prompt=Markdown("What holds mayo together?"))
    assert only(pack(edited)).content_hash != before.content_hash
    retagged = replace(decks.EMULSIONS, placement=at(2, 9))
    fields = list(only(pack(retagged)).fields)
    assert fields.pop(Field.PLACE).startswith("Week 2 · Day 9 · Cold sauces")
    assert fields == [text for at, text in enumerate(before.fields) if at != Field.PLACE]
    assert only(pack(retagged)).content_hash != before.content_hash


@pytest.mark.parametrize(
    ("text", "magic"),
    [
        (r"\(x\) and \[y\]", r"\("),
        ("[sound:a.mp3] [Anki:play:q:0]", "[sound:"),
        ("[latex]x[/latex] [$]y[/$] [$$]z[/$$]", "[latex]"),
        ("[[type:Front]]", "[[type:"),
        ("{{c1::x}} {{{{Front}}}}", "{{"),
    ],
)
def test_magic_is_shown_not_done(text: str, magic: str) -> None:
    """No field has a sequence that Anki acts on, and every sign is still there."""
    for made in (harmless(f"<p>{text}</p>"), harmless_plain(text)):
        assert magic not in made
        bare = made.replace("<p>", "").replace("</p>", "")
        assert unescape(bare.replace("<span>", "").replace("</span>", "")) == text


def test_magic_leaves_tags_alone() -> None:
    """An attribute takes entities but no elements."""
    assert harmless(r'<a title="\( > [sound:x]">\(</a>') == (
        r'<a title="\( > &#91;sound:x]"><span>&#92;</span>(</a>'
    )


@given(st.text("ab<>&[]{}\\()$:soundlatexyp\n "))
def test_magic_shows_every_sign(text: str) -> None:
    """What a browser shows is what it would show without."""
    shown = harmless(markup.html(Markdown(text)))
    bare = shown.replace("<span>&#92;</span>", "\\")
    assert unescape(bare) == unescape(markup.html(Markdown(text)))
    assert "{{" not in shown
    assert "[sound:" not in shown


FAULTY = [
    (question("ac22", "A\x1fb", answer(Tier.SHORT, "x")), "A401"),
    (question("ac33", "A", answer(Tier.SHORT, "x\ud83d")), "A402"),
    (question("ac44", None, answer(Tier.SHORT, "x")), "A403"),
    (question("ac55", "A", answer(Tier.SHORT, "<!-- nothing -->")), "A403"),
    (replace(decks.EMULSIONS, location=replace(decks.HERE, first=9)), "A404"),
]


@pytest.mark.parametrize(("faulty", "code"), FAULTY)
def test_what_anki_would_refuse_is_an_error(faulty: object, code: str) -> None:
    """A faulty note is reported at its question and left out; the others stay."""
    notes, found = render(pack(decks.EMULSIONS, faulty))  # type: ignore[arg-type]
    assert [one.code.code for one in found] == [code]
    assert found[0].location is not None
    assert [note.key for note in notes] == ["AB33"]


@pytest.mark.parametrize("slug", ["collection", "Backup-2026"])
def test_a_name_that_replaces_collections(slug: str) -> None:
    """Anki imports a package of such a name over everything a learner has."""
    _, found = render(SMALL, slug=slug)
    assert [one.code.code for one in found] == ["A407"]


def test_words_of_an_unknown_language_are_english() -> None:
    """A language without fixed words is no error."""
    assert fixed_words.in_language("en_GB") is fixed_words.in_language("tlh") is fixed_words.ENGLISH


@pytest.mark.parametrize(
    ("label", "word"),
    [("OAuth2", "OAuth2"), ("HTTP/2 push", "HTTP/2 push"), ("Q12", ""), ("12a", ""), (None, "")],
)
def test_a_label_says_something_unless_it_counts(label: str | None, word: str) -> None:
    """A digit alone makes no number of a word."""
    assert one_line.label(replace(decks.EMULSIONS, label=label)) == word


def test_a_title_goes_before_the_prompt() -> None:
    """A puzzle's heading and its prompt both stand in the sort field."""
    made = replace(decks.PUZZLE, title="Sets", prompt=Markdown("What **now**?"))
    assert (
        one_line.question(made, fixed_words.ENGLISH.prints)
        == "Sets · What now? for x in {'a', 'b'}:"
    )
    assert made.kind is Kind.OUTPUT


def test_long_lines_of_code_hang_under_their_own_indent() -> None:
    """Every line is an element that knows its indent; tokens and text are as they were."""
    code = "if (ready) {\n    await deliver(everything, promptly)\n\n}"
    made = replace(decks.PUZZLE, code=code, language="js")
    shown = only(pack(made)).fields[Field.CODE]
    assert [int(found) for found in re.findall(r"--indent:(\d+)", shown)] == [0, 4, 0, 0]
    assert unescape(re.sub(r"<[^>]+>", "", shown)) == code
    short = replace(made, code="a(\n  b,\n)")
    assert "--indent" not in only(pack(short)).fields[Field.CODE]


@given(st.text(alphabet="ab <>&;{}\"'`/*\n\t$", max_size=200))
def test_hanging_lines_lose_no_letter_of_the_code(code: str) -> None:
    """Whatever the code, its text stays, and no element spans two lines."""
    before = markup.highlight(code, "js")
    after = hanging(before)
    bare = [unescape(re.sub(r"<[^>]+>", "", each)) for each in (before, after)]
    assert bare[0] == bare[1]
    for line in re.findall(
        r'<span class="line"[^>]*>(.*?\n?)(?=<span class="line"|</code>)', after, re.S
    ):
        assert line.count("<span") + 1 == line.count("</span>")


def test_mathematics_reaches_anki_as_such() -> None:
    r"""``\(`` is left to MathJax inside what the author wrote as mathematics, and nowhere else."""
    note = only(pack(question("ab99", "Why?", answer(Tier.SHORT, r"\(x^{{2}}\), `\(x^2\)`"))))
    shown = note.fields[Field.ANSWER]
    assert r'<span class="math">\(x^&#123;&#123;2&#125;&#125;\)</span>' in shown
    assert r"<code><span>&#92;</span>(x^2<span>&#92;</span>)</code>" in shown
