"""Multiple choice everywhere: choices have letters wherever they are shown, the right ones are told
apart, and their order is nobody's identity."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from exporter import ledger
from exporter.build import pipeline, verify
from exporter.check import lint
from exporter.deck import cards
from exporter.deck.cards import farewells
from exporter.deck.notetypes import Field
from exporter.ledger import Ledger
from exporter.model import (
    Accounting,
    Answer,
    Choice,
    Document,
    Former,
    Guid,
    Html,
    Key,
    Kind,
    Markdown,
    Note,
    Output,
    Pack,
    Question,
    QuestionId,
    Related,
    Tier,
)
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Diagnostic, Location
from exporter.pack.media import NO_PICTURES, Album
from exporter.paper import flashcards
from exporter.paper.sheets import Sheet, sheets
from exporter.plan import relate as linking
from exporter.rehearse import quiz
from exporter.rehearse.mock import interview, interviews, paper
from exporter.text import multiple_choice, stated_output
from exporter.text.stated_output import Claim
from tests import choosing, decks
from tests.anki_collection import collection
from tests.decks import CONFIG, HERE, answer, question
from tests.layouts import rendered

CODE = "```js\nlet a;\n```"


def offer(*texts: str, right: str = "") -> tuple[Choice, ...]:
    """Choices in this order; ``right`` holds the letters of the right ones."""
    return tuple(
        Choice(Markdown(text), multiple_choice.letter(n) in right, HERE)
        for n, text in enumerate(texts, 1)
    )


KNOT = question(
    "ab22",
    "Which knot holds?",
    answer(Tier.MEDIUM, "Bowline\n\nIt does **not** slip."),
    choices=offer("Clove hitch", "Bowline", "Slip knot", right="B"),
)
TWO = question(
    "ab33",
    "Which two join ropes?",
    answer(Tier.MEDIUM, "- Sheet bend\n- Reef knot"),
    choices=offer("Sheet bend", "Bowline", "Reef knot", right="AC"),
)
PUZZLE = question(
    "ab44",
    "What does it print?",
    answer(
        Tier.OUTPUT,
        '`"12"`\n\nA number becomes a string.',
        explanation=Markdown("A number becomes a string."),
        output=Output('"12"', (), True, HERE),
    ),
    kind=Kind.OUTPUT,
    code='console.log(1 + "2");',
    language="js",
    choices=offer("`3`", '`"12"`', right="B"),
)
CODES = question(
    "ab55",
    "Which declares a variable?",
    answer(Tier.MEDIUM, f"{CODE}\n\nThe other declares a constant."),
    choices=offer("```js\nconst a = 1;\n```", CODE, right="B"),
)
ALL = (KNOT, TWO, PUZZLE, CODES)


def fields(made: Question, **settings: object) -> Sequence[str]:
    """The fields of a question's only note."""
    found: list[Diagnostic] = []
    config = replace(CONFIG, **settings)  # type: ignore[arg-type]
    (note,) = cards.render(decks.pack(made), config, found.append)
    assert found == []
    return note.fields


def test_letters_go_on_behind_z() -> None:
    """Letters count as a browser's list does."""
    assert [multiple_choice.letter(n) for n in (1, 2, 26, 27, 52, 53)] == "A B Z AA AZ BA".split()


@pytest.mark.parametrize(
    ("right", "markdown", "beside"),
    [
        ("B", "Bowline\n\nIt holds.", "It holds."),
        ("B", "Bowline", ""),
        ("B", "Bowline knots hold.", None),
        ("B", "It holds.", None),
        ("", "Bowline", None),
        ("AB", "- Hitch\n- Bowline\n\nBoth.", "Both."),
        ("BC", "- Bowline\n- ```js\n  x\n  ```\n\nBoth.", "Both."),
        ("BC", "- Bowline\n- ```js\nx\n```\n\nBoth.", "Both."),
    ],
)
def test_an_answer_beside_its_choices(right: str, markdown: str, beside: str | None) -> None:
    """What an answer says after the right choices is told apart, and nothing else is taken off."""
    choices = offer("Hitch", "Bowline", "```js\nx\n```", right=right)
    assert multiple_choice.beside(answer(Tier.MEDIUM, markdown), choices) == beside


def test_an_explanation_stands_at_the_end_of_its_answer() -> None:
    """The right choice and its explanation are lines apart: the last ones are the latter's."""
    told = replace(KNOT.answers[0], location=Location("a.md", 3, 9))
    assert multiple_choice.placed(told, KNOT.choices) == (
        "It does **not** slip.",
        Location("a.md", 9, 9),
    )
    assert multiple_choice.placed(told, ())[1] == Location("a.md", 3, 9)


# -- cards ----------------------------------------------------------------------------------------


def test_a_card_offers_its_choices() -> None:
    """The front has all choices with letters below the question, the sort field the question alone;
    the back has the right one in full with its letter, then the explanation."""
    shown = fields(KNOT)
    assert shown[Field.QUESTION] == "Which knot holds?"
    assert shown[Field.FRONT].endswith(
        '<div class="brief" dir="auto"><ol class="choices" type="A"><li value="1">Clove hitch</li>'
        '<li value="2">Bowline</li><li value="3">Slip knot</li></ol></div>'
    )
    assert shown[Field.ANSWER] == (
        '<ol class="choices" type="A"><li value="2">Bowline</li></ol>'
        "<p>It does <strong>not</strong> slip.</p>"
    )


def test_all_right_choices_keep_their_letters() -> None:
    """Two right ones are two items, A and C."""
    assert fields(TWO)[Field.ANSWER] == (
        '<ol class="choices" type="A"><li value="1">Sheet bend</li>'
        '<li value="3">Reef knot</li></ol>'
    )


def test_a_puzzle_offers_its_choices_below_the_code() -> None:
    """Code comes first, choices below it; the right one stands where the output does."""
    shown = fields(PUZZLE)
    assert "choices" not in shown[Field.FRONT]
    assert shown[Field.CODE].index("console") < shown[Field.CODE].index('class="choices"')
    assert shown[Field.OUTPUT] == (
        '<ol class="choices" type="A"><li value="2"><code>"12"</code></li></ol>'
    )
    assert shown[Field.ANSWER] == "<p>A number becomes a string.</p>"


def test_choices_may_be_code() -> None:
    """Code to choose from is a block, highlighted, on the front and on the back."""
    shown = fields(CODES)
    assert shown[Field.FRONT].count("<pre>") == 2
    assert shown[Field.ANSWER].startswith('<ol class="choices" type="A"><li value="2"><pre>')
    assert shown[Field.ANSWER].endswith("<p>The other declares a constant.</p>")


def test_an_answer_that_does_not_begin_with_the_right_choice_is_whole() -> None:
    """No word of the author's is lost where the text is another one than expected."""
    odd = replace(KNOT, answers=(answer(Tier.MEDIUM, "Bowlines hold, Bowline or not."),))
    shown = fields(odd)[Field.ANSWER]
    assert '<li value="2">Bowline</li>' in shown
    assert "<p>Bowlines hold, Bowline or not.</p>" in shown


def test_choices_without_a_right_one_are_offered_all_the_same() -> None:
    """An answer in the author's own words is shown as it is."""
    open_ = replace(KNOT, choices=offer("Hitch", "Bowline"), answers=(answer(Tier.SHORT, "Both?"),))
    shown = fields(open_)
    assert "Hitch" in shown[Field.FRONT]
    assert shown[Field.ANSWER] == "<p>Both?</p>"


def test_every_depth_says_what_is_right() -> None:
    """Each tier's card has the right choice; the other depths are folded with it too."""
    deep = answer(Tier.SENIOR, "Bowline\n\nIts bight locks under load.")
    notes = cards.render(
        decks.pack(replace(KNOT, answers=(*KNOT.answers, deep))), CONFIG, lambda _: None
    )
    assert [note.tier for note in notes] == [Tier.MEDIUM, Tier.SENIOR]
    for note in notes:
        assert note.fields[Field.ANSWER].startswith('<ol class="choices" type="A"><li value="2">')
        assert '<li value="2">Bowline</li>' in note.fields[Field.DEEPER]


def test_what_a_choice_may_hold() -> None:
    """Angle brackets, Anki's own braces and mathematics are text; an image is shown."""
    nasty = offer("`<b>` & {{c1::x}}", "a \\(x\\)", "![knot](knot.png)", right="C")
    made = replace(KNOT, choices=nasty, answers=(answer(Tier.MEDIUM, "![knot](knot.png)"),))
    album = Album((), {decks.PATH: (("knot.png", "knot-1.png"),)})
    (note,) = cards.render(decks.pack(made), CONFIG, lambda _: None, album)
    front = note.fields[Field.FRONT]
    assert "<code>&lt;b&gt;</code> &amp; &#123;&#123;c1::x&#125;&#125;" in front
    assert '<li value="3"><img src="knot-1.png"' in front
    assert "<img" in note.fields[Field.ANSWER]


def test_a_choice_that_anki_refuses_is_reported() -> None:
    """Control characters and half characters in a choice are found before the card is made."""
    found: list[Diagnostic] = []
    torn = replace(KNOT, choices=offer("a\x1fb", "Bowline", right="B"))
    assert cards.render(decks.pack(torn), CONFIG, found.append) == ()
    assert [one.code.code for one in found] == ["A401"]


def test_a_merged_question_needs_no_letters() -> None:
    """Its choices are not shown, so that its letters would name others."""
    leads = Related(KNOT.id, KNOT.key, "same", leads=True)
    turned = replace(
        KNOT,
        id=QuestionId("id-ab66"),
        key=Key("AB66"),
        choices=tuple(reversed(KNOT.choices)),
        related=(leads,),
    )
    config = replace(CONFIG, duplicates="merge")
    (note,) = cards.render(decks.pack(KNOT, turned), config, lambda _: None)
    assert "<p>Bowline</p>" in note.fields[Field.DEEPER]
    assert "<ol" not in note.fields[Field.DEEPER]


def test_a_retired_card_still_offers_its_choices() -> None:
    """Without them "Which is true?" would ask nothing."""
    gone = Former(
        guid=Guid("g"),
        key=Key("AB22"),
        question=KNOT.id,
        tier=Tier.MEDIUM,
        prompt="Which is true?",
        code="",
        answer="A < B",
        answered=False,
        choices=("A < B", "B < A"),
    )
    (note,) = farewells([gone], CONFIG)
    assert note.fields[Field.FRONT].endswith(
        '<ol class="choices" type="A"><li>A &lt; B</li><li>B &lt; A</li></ol>'
    )
    (plain,) = farewells([replace(gone, choices=())], CONFIG)
    assert plain.fields[Field.FRONT] == "<p>Which is true?</p>"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> pipeline.ReadPack:
    """The quiz, read as a pack."""
    return pipeline.read(choosing.written(tmp_path_factory.mktemp("quiz") / "Knots"))


@pytest.mark.anki
def test_anki_shows_the_choices(tmp_path: Path) -> None:
    """Through the whole pipeline into a real collection: letters on the front, the right ones on
    the back, nothing empty and nothing raw."""
    folder = choosing.written(tmp_path / "Knots")
    built = pipeline.read(folder)
    assert not built.errors
    pipeline.build(built, pipeline.BuildRequest(tmp_path / "out", 1_700_000_000, only=("apkg",)))
    with collection(tmp_path / "learner") as mine:
        mine.take(tmp_path / "out" / "knots.apkg")
        assert mine.faults() == ""
        shown = dict(mine.rendered())
    assert len(shown) == 7
    labels = {f"{one.key} ": one.label for one in built.pack.questions}
    by_label = {labels[name[: name.index(" ") + 1]]: card for name, card in shown.items()}
    assert all('<ol class="choices" type="A">' in card.question for card in by_label.values())
    backs = {
        label: card.answer.partition('<hr id="answer">')[2] for label, card in by_label.items()
    }
    assert '<li value="2">Bowline</li>' in backs["1"]
    assert '<li value="1">Sheet bend</li><li value="3">Reef knot</li>' in backs["2"]
    assert "The notes say it prints" in backs["6"]
    assert '<li value="3">a <code>ReferenceError</code></li>' in backs["6"]
    assert not any("```" in card.question + card.answer for card in by_label.values())


# -- paper ----------------------------------------------------------------------------------------


def sheet(*questions: Question, **settings: object) -> Sheet:
    """The one sheet of a pack without a plan."""
    unplaced = (replace(one, placement=None) for one in questions)
    config = replace(CONFIG, **settings)  # type: ignore[arg-type]
    (made,) = sheets(decks.pack(*unplaced), config, lambda _: None)
    return made


def joined(html: str) -> Html:
    """``html`` with the blanks before inline elements as the author wrote them."""
    return Html(html.replace("<span> </span>", " "))


def test_a_sheet_has_letters_and_says_the_right_ones() -> None:
    """Choices stand between question and answer; a short right one stands again behind its letter,
    code and long ones are named by it; a puzzle is chosen, not written down."""
    long = "Because " + "it bends " * 12
    other = replace(
        KNOT, key=Key("AB77"), choices=offer(long, "No", right="A"), id=QuestionId("id-ab77")
    )
    html = sheet(*ALL, replace(other, answers=(answer(Tier.MEDIUM, f"{long}\n\nSo."),))).html
    html = joined(html)
    assert '<span class="marker">C.</span>Slip knot</li>' in html
    assert "<b>B.</b> Bowline</p><p>It does" in html
    assert "<b>A.</b> Sheet bend · <b>C.</b> Reef knot</p>" in html
    assert "<p><b>B.</b> The other declares a constant." in html
    assert "<p><b>A.</b> So.</p>" in html
    assert 'class="writes"' not in html
    assert 'B. <code>"12"</code>' in html
    assert html.index("A number becomes") > html.index("What it prints")


def test_a_deep_answer_is_condensed_without_its_choice() -> None:
    """The room is the explanation's; the right choice stands in any case."""
    said = "It holds. " + "It is tied in a bight and shaken loose again with one hand. " * 9
    deep = replace(KNOT, answers=(answer(Tier.SENIOR, f"Bowline\n\n{said}"),))
    html = sheet(deep, depth="short").html
    assert "<b>B.</b> Bowline</p><p>It holds. It is tied" in html
    assert 'class="elided"' in html


@pytest.mark.pdf
def test_a_printed_sheet_says_it_in_order(study: pipeline.ReadPack) -> None:
    """A reader of the PDF meets the question, its choices with letters, and the right one."""
    (made,) = sheets(study.pack, study.config, lambda _: None)
    done = rendered(made, lambda _: None)
    assert done is not None
    pages = pypdfium2.PdfDocument(done.pdf)
    text = "".join(pages[n].get_textpage().get_text_range() for n in range(len(pages)))
    words = " ".join(text.split())
    assert "does not slip? A. Clove hitch B. Bowline C. Slip knot B. Bowline" in words
    assert "A. Sheet bend. · C." not in words
    assert "A. Sheet bend · C. Reef knot" in words
    assert "C. a ReferenceError" in words


def test_flash_cards_offer_and_say_them() -> None:
    """Fronts have all choices, backs the right ones, a puzzle's output among them once."""
    unplaced = decks.pack(*ALL)
    notes = cards.render(unplaced, CONFIG, lambda _: None)
    (made,) = flashcards.papers(unplaced, CONFIG, notes, lambda _: None)
    fronts, _, backs = joined(made.html).partition('<section class="leaf back">')
    assert "<strong>A.</strong> Clove hitch" in fronts
    assert "<strong>B.</strong> Bowline" in backs
    assert "Clove hitch" not in backs
    assert "<strong>C.</strong> Reef knot" in backs
    assert backs.count("&quot;12&quot;") + backs.count('"12"') == 1
    assert "It does <strong>not</strong> slip." in backs


def test_an_interview_asks_with_choices() -> None:
    """The candidate's side has letters and no lines to write on; the grid and the answers have the
    right ones with their letters."""
    made = decks.pack(*ALL)
    (held,) = interviews(made, CONFIG, final=True)
    html = joined(paper(held, made, CONFIG, lambda _: None, NO_PICTURES).html)
    asked, _, rest = html.partition('id="grid"')
    grid, _, answers = rest.partition('id="answers"')
    assert '<span class="marker">A.</span>Clove hitch</li>' in asked
    assert 'class="lines"' not in asked
    assert "B. Bowline" in grid
    assert "C. Reef knot" in grid
    assert "It does not slip." in grid
    assert 'B. <code>"12"</code>' in grid
    assert "<b>B.</b> Bowline</p>" in answers


# -- at the terminal ------------------------------------------------------------------------------


def play(typed: Sequence[str], *questions: Question) -> tuple[quiz.Quiz, list[str]]:
    """A quiz played to its end, and what it said and asked."""
    lines: Iterator[str] = iter(typed)
    said: list[str] = []

    def ask(prompt: str) -> str | None:
        said.append(prompt)
        return next(lines, None)

    made = quiz.ready(
        decks.pack(*questions),
        CONFIG,
        quiz.Selection(),
        seed="s",
        minutes=None,
        say=said.append,
        ask=ask,
        clock=lambda: 0.0,
    )
    made.play()
    return made, said


@pytest.mark.parametrize(
    ("made", "typed", "grade", "says"),
    [
        (KNOT, ["b", ""], 3, "Right."),
        (KNOT, ["A", ""], 1, "Not right: the answer is B."),
        (KNOT, ["A", "2"], 2, "Not right: the answer is B."),
        (TWO, ["c, a", ""], 3, "Right."),
        (TWO, ["AC", "4"], 4, "Right."),
        (TWO, ["a", ""], 1, "Not right: the answer is A, C."),
        (TWO, ["x", "1", "ca", ""], 3, "Right."),
        (PUZZLE, ["B", "d"], 4, "Right."),
    ],
)
def test_a_quiz_is_answered_by_letters(
    made: Question, typed: list[str], grade: int, says: str
) -> None:
    """Letters in any order and case are judged at once and suggest the grade, which Enter keeps."""
    played, said = play(typed, made)
    assert [one.grade for one in played.graded] == [grade]
    assert says in said


def test_a_quiz_shows_choices_and_then_the_right_one() -> None:
    """Nothing tells which is right before something is typed; Enter alone reveals and judges
    nothing."""
    played, said = play(["", "", "3"], KNOT)
    shown = said.index("Letters A to C, or Enter (q quits) ")
    assert "  A. Clove hitch\n  B. Bowline\n  C. Slip knot" in said[shown - 1]
    assert said[shown + 1 :][:2] == ["\nMedium", "    B. Bowline\n\n    It does **not** slip."]
    assert [one.grade for one in played.graded] == [3]
    assert not any(line.startswith(("Right", "Not right")) for line in said)


def test_a_quiz_of_choices_can_be_left() -> None:
    """Both q and the end of the input end it there as elsewhere."""
    assert play(["q"], KNOT)[0].graded == []
    assert play([], KNOT)[0].graded == []


def test_questions_with_one_stem_are_all_asked() -> None:
    """A stem like "Which is true?" is not drawn once for all that have it."""
    one = replace(KNOT, prompt=Markdown("Which is true?"))
    other = replace(
        TWO, prompt=Markdown("Which is true?"), answers=(answer(Tier.MEDIUM, "Sheet bend"),)
    )
    assert len(interview.draw([[one, other]], 2, "s", ())) == 2
    turned = replace(one, id=QuestionId("id-x"), choices=tuple(reversed(one.choices)))
    assert len(interview.draw([[one, turned]], 2, "s", ())) == 1


# -- identity -------------------------------------------------------------------------------------


def asked(prompt: str, said: str, *texts: str, code: str = "") -> Question:
    """A question of a document that has not been recognised yet; ``said`` is the right choice."""
    place = Location("a.md", 1, 2)
    choices = tuple(Choice(Markdown(text), text == said, place) for text in texts)
    answers = (Answer(Tier.MEDIUM, "", Markdown(said), place),)
    kind = Kind.OUTPUT if code else Kind.QUESTION
    made = Question(kind, None, None, Markdown(prompt), code or None, None, place, (), answers)
    return replace(made, choices=choices)


def recognised(questions: Sequence[Question], book: Ledger = Ledger()) -> list[Question]:  # noqa: B008
    document = Document("a.md", "a", "plain", Accounting("a.md", *[0] * 6), tuple(questions))
    found = ledger.recognise([document], book, lambda _: None)
    return list(found.documents[0].questions)


def published(questions: Sequence[Question], book: Ledger = Ledger(), now: int = 99) -> Ledger:  # noqa: B008
    """The ledger after these recognised questions were published."""
    notes = [
        Note(Guid(q.id), q.key, q.id, Tier.MEDIUM, (), "D", (), 0, repr(q.choices))
        for q in questions
    ]
    pack = Pack((), tuple(questions), (), (), (), None)
    goodbyes = [
        Note(old.guid, old.key, old.question, old.tier, (), "D", ("retired",), 0, "retired")
        for old in ledger.former(pack, notes, book)
    ]
    return ledger.date(pack, notes, goodbyes, {}, book, PackConfig(), now)[1]


TRUE = "Which is true?"
TRUTHS = [
    asked(TRUE, "All of these", "Nylon sinks", "Nylon stretches", "All of these"),
    asked(TRUE, "All of these", "Manila rots", "Hemp rots", "All of these"),
    asked(TRUE, "All of these", "Knots bend", "Knots weaken", "All of these"),
    asked(TRUE, "3", "1", "2", "3"),
    asked(TRUE, "3", "3", "4", "5"),
]


def test_questions_of_one_stem_keep_their_learners() -> None:
    """In any order, with their choices in any order, each keeps its identity: prompt, code and
    answer are equal and the choices decide."""
    before = recognised(TRUTHS)
    book = published(before)
    ids = {frozenset(c.markdown for c in one.choices): one.id for one in before}
    assert len(set(ids.values())) == len(TRUTHS)
    draw = random.Random(7)
    for _ in range(20):
        turned = [replace(q, choices=tuple(draw.sample(q.choices, 3))) for q in TRUTHS]
        after = recognised(draw.sample(turned, len(turned)), book)
        assert {frozenset(c.markdown for c in one.choices): one.id for one in after} == ids


def test_a_lost_ledger_costs_them_no_identity() -> None:
    """Ids are minted from the choices too, in no order."""
    ids = {one.choices: one.id for one in recognised(TRUTHS)}
    assert {one.choices: one.id for one in recognised(TRUTHS[::-1])} == ids


def test_an_edited_choice_keeps_the_question() -> None:
    """A typo corrected, a choice added or another one right: the same question, among others of its
    stem and alone."""
    edits = [
        asked(TRUE, "All of these", "Nylon sinks fast", "Nylon stretches", "All of these"),
        asked(TRUE, "All of these", "Nylon sinks", "Nylon stretches", "Nylon rots", "All of these"),
        asked(TRUE, "Nylon stretches", "Nylon sinks", "Nylon stretches", "All of these"),
    ]
    for beside in (TRUTHS[1:], []):
        before = recognised([TRUTHS[0], *beside])
        for edited in edits:
            assert recognised([*beside, edited], published(before))[-1].id == before[0].id
    reworded = replace(TRUTHS[0], prompt=Markdown("Which of these statements holds?"))
    before = recognised([TRUTHS[0]])
    assert recognised([reworded], published(before))[0].id == before[0].id


def test_another_question_of_the_stem_is_another_one() -> None:
    """One deleted and one written with the same words and answer but other choices: no learner's
    progress goes over."""
    before = recognised(TRUTHS)
    fresh = asked(TRUE, "All of these", "Jute is cheap", "Jute is rough", "All of these")
    after = recognised([*TRUTHS[1:], fresh], published(before))
    assert after[-1].id not in {one.id for one in before}
    assert [one.id for one in after[:-1]] == [one.id for one in before[1:]]


def test_code_says_more_than_choices() -> None:
    """A puzzle whose choices are edited is the same; one of other code is another."""
    ask = "What does it print?"
    puzzles = [
        asked(ask, "undefined", "undefined", "1", code=f"let a = {n};\nconsole.log(b{n}, c{n});")
        for n in range(3)
    ]
    before = recognised(puzzles)
    edited = [replace(puzzles[0], choices=offer("undefined", "null", right="A")), *puzzles[1:]]
    assert [q.id for q in recognised(edited[::-1], published(before))] == [
        q.id for q in before[::-1]
    ]


def test_an_older_ledger_knows_no_choices() -> None:
    """A question that was published before choices were read keeps its identity, and the ledger's
    other lines stay as they are."""
    plain = replace(TRUTHS[0], choices=(), prompt=Markdown("Which holds of nylon?"))
    other = asked("What is jute?", "A fibre")
    book = published(recognised([plain, other]))
    raw = ledger.save(book)
    assert b"choices" not in raw
    chosen = recognised([replace(plain, choices=TRUTHS[0].choices), other], book)
    assert [one.id for one in chosen] == [one.id for one in recognised([plain, other])]
    later = ledger.save(published(chosen, book, 100))
    assert ledger.load(later, lambda _: None) == published(chosen, book, 100)
    changed = [line for line in later.splitlines()[1:] if line not in raw.splitlines()]
    assert len(changed) == 1
    assert b'"choices": ["Nylon sinks", "Nylon stretches", "All of these"]' in changed[0]


def test_a_retired_question_remembers_its_choices() -> None:
    """Its last card shows them, and it is recognised when it comes back."""
    before = recognised(TRUTHS[:2])
    book = published(before)
    gone = published(recognised(TRUTHS[1:2], book), book, 100)
    (former,) = ledger.former(
        Pack((), tuple(recognised(TRUTHS[1:2], gone)), (), (), (), None),
        [Note(Guid(before[1].id), Key("K"), before[1].id, Tier.MEDIUM, (), "", (), 0, "")],
        gone,
    )
    assert former.choices == ("Nylon sinks", "Nylon stretches", "All of these")
    assert [one.id for one in recognised(TRUTHS[:2], gone)] == [one.id for one in before]


# -- what a run prints ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "printed", "status"),
    [
        ("`12`", "12", "agrees"),
        ('`"12"`', "12", "agrees"),
        ("'12'", "12", "agrees"),
        ("“12”", "12", "agrees"),
        ('"12"', '"12"', "agrees"),
        ("`13`", "12", "differs"),
        ('"12', "12", "differs"),
        ("a ReferenceError", "Uncaught ReferenceError: x is not defined", "agrees"),
        ("a `ReferenceError`", "Uncaught ReferenceError: x is not defined", "agrees"),
        ("Throws an `Error`", "Uncaught Error: no", "agrees"),
        ("a `TypeError`", "Uncaught ReferenceError: x is not defined", "differs"),
        ("a `ReferenceError`", "undefined", "differs"),
        ("`undefined` and `ReferenceError`", "undefined\nUncaught ReferenceError: x", "agrees"),
        ("`3 3 3` and `0 1 2`", "3\n3\n3\n0\n1\n2", "agrees"),
        ("`0`, `1` and `2`", "0\n1\n2", "agrees"),
        ("`1` and `2`", "2\n1", "differs"),
        ("`1` and `2`", "1", "differs"),
        ("salt and pepper", "salt and pepper", "agrees"),
        ("```\n1\n2\n```", "1\n2", "agrees"),
        ("Nothing", "", "agrees"),
    ],
)
def test_a_right_choice_against_what_is_printed(stated: str, printed: str, status: str) -> None:
    """Marks of code, one pair of quotes, an error's article and "and" between parts are how people
    write choices; anything else is another output."""
    assert stated_output.status(Claim((stated,), True, chosen=True), [printed]) == status


def test_only_choices_are_forgiven_their_marks() -> None:
    """An output that is stated as such is taken by the letter."""
    claimed = stated_output.claim(PUZZLE)
    assert claimed == Claim(('"12"',), True, chosen=True)
    plain = stated_output.claim(replace(PUZZLE, choices=()))
    assert plain is not None
    assert stated_output.status(plain, ["12"]) == "differs"
    assert stated_output.status(claimed, ["12"]) == "agrees"


def test_several_right_choices_are_all_stated() -> None:
    """Each output that the author ticks is one that a run may print."""
    either = replace(PUZZLE, choices=offer("`3`", '`"12"`', "`21`", right="BC"))
    claimed = stated_output.claim(either)
    assert claimed is not None
    assert [stated_output.status(claimed, [text]) for text in ("12", "21", "3")] == [
        "agrees",
        "agrees",
        "differs",
    ]


@pytest.mark.node
def test_real_runs_agree_with_right_choices(tmp_path: Path) -> None:
    """The quiz's puzzles print what their right choices say, an error among them; with another one
    right the run differs."""
    folder = choosing.written(tmp_path / "Knots")
    told = verify.verify(folder, runs=1)
    assert [one.verdict and one.verdict.status for one in told.tried] == ["agrees", "agrees"]
    choosing.written(folder, choosing.QUIZ.replace("**Answer: C**", "**Answer: B**"))
    told = verify.verify(folder, runs=1)
    assert [one.verdict and one.verdict.status for one in told.tried] == ["agrees", "differs"]


# -- advice and relations -------------------------------------------------------------------------


def remarks(*questions: Question) -> list[str]:
    return [one.code.code for one in lint.examine(decks.pack(*questions), CONFIG)]


def test_choices_are_no_reason_for_advice() -> None:
    """A right choice repeats words of its prompt, several are no enumeration, "name all" is no
    recital among choices, and one stem with other choices makes no twins."""
    echo = replace(
        KNOT,
        prompt=Markdown("Is the bowline or the hitch safer?"),
        choices=offer("The bowline", "The hitch", right="A"),
        answers=(answer(Tier.SHORT, "The bowline"),),
    )
    assert remarks(echo) == []
    assert remarks(replace(echo, choices=())) == ["L205"]
    many = "ABCDEFG"
    listed = answer(Tier.SHORT, "\n".join(f"- {letter}" for letter in many))
    all_ = replace(
        TWO,
        prompt=Markdown("Name all knots that join ropes"),
        choices=offer(*many, right=many),
        answers=(listed,),
    )
    assert remarks(all_) == []
    assert remarks(replace(all_, choices=())) == ["L202", "L203"]
    stem = Markdown("Which of these statements about ropes and their knots is true?")
    one, two = replace(KNOT, prompt=stem), replace(TWO, prompt=stem)
    assert remarks(one, two) == []
    assert remarks(one, replace(two, choices=one.choices)) == ["L204"]


def test_wide_code_is_said_at_its_choice() -> None:
    """A choice's code is judged once, where it is offered, and not again in the answer."""
    wide = f"```js\nlet {'a' * 60};\n```"
    place = Location(decks.PATH, 7, 9)
    made = replace(
        CODES,
        choices=(Choice(Markdown(wide), True, place), *offer("`let b`")),
        answers=(answer(Tier.MEDIUM, f"{wide}\n\nSo it is."),),
    )
    found = lint.examine(decks.pack(made), CONFIG)
    assert [(one.code.code, one.location) for one in found] == [("L206", place)]


def related(*questions: Question) -> list[tuple[str, ...]]:
    """The keys of those that ask the same, by question."""
    linked = linking.link(decks.pack(*questions), CONFIG, lambda _: None)
    return [
        tuple(one.key for one in made.related if one.relation == "same")
        for made in linked.questions
    ]


def test_one_stem_with_other_choices_does_not_ask_the_same() -> None:
    """The same choices in another order do; another right one among them does not; and a question
    without choices may ask what one with them asks."""
    stem = Markdown("Which knot holds under load?")
    one = replace(KNOT, prompt=stem)
    turned = replace(
        one, id=QuestionId("id-x"), key=Key("XX22"), choices=tuple(reversed(one.choices))
    )
    assert related(one, turned) == [("XX22",), ("AB22",)]
    assert related(one, replace(turned, choices=offer("Reef", "Bend", "Bowline", right="C"))) == [
        (),
        (),
    ]
    wrong = offer("Clove hitch", "Bowline", "Slip knot", right="C")
    assert related(one, replace(turned, choices=wrong)) == [(), ()]
    assert related(one, replace(turned, choices=())) == [("XX22",), ("AB22",)]
