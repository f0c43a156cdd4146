"""Laws of the ledger alone: whatever authors do between builds, progress stays where it belongs.

The questions are made up of words that nobody else uses, but for those that all have in common, so
that what a question is about is known without asking the ledger.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from exporter import ledger
from exporter.ledger import Change, Changes, Ledger
from exporter.model import (
    Accounting,
    Answer,
    Document,
    Guid,
    Kind,
    Markdown,
    Note,
    Pack,
    Question,
    QuestionId,
    Tier,
)
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Diagnostic, Location

CONFIG = PackConfig()
START = 1_700_000_000
PATHS = ("a.md", "b.md", "c.md")
FRAMES = ("What is a {0}?", "Why does {0} need {1}?", "How do {0} and {1} differ?", "Explain {0}.")
SHARED = (
    "one thing that holds another and lets many of them pass in order until all is done".split()
)
ASKED = "What does this print?"


def _word(number: int, place: int) -> str:
    """A word of one question's own: no two look alike."""
    syllables = "bak dom fiv gul hex jor kaz lym nup quo rit sev tod vum wyx zep".split()
    seed = (number * 31 + place * 17 + 7) * 2654435761 % 2**32
    return "".join(syllables[seed >> shift & 15] for shift in (4, 11, 17, 23))


@dataclass(frozen=True, slots=True)
class Item:
    """A question of one document; with ``code`` a puzzle, which asks as many others do."""

    about: int
    path: str
    prompt: str
    short: str
    senior: str = ""
    code: str = ""


Items = tuple[Item, ...]
Edit = Callable[[Items, int], Items]
"""An edit of the questions, at the place of a number."""


def _item(about: int, path: str) -> Item:
    own = [_word(about, place) for place in range(8)]
    mixed = [word for pair in zip(own, SHARED, strict=False) for word in pair]
    if about % 4 == 3:
        code = "\n".join(f"{word} = {at + about}" for at, word in enumerate(own[:4]))
        return Item(about, path, ASKED if about % 8 == 3 else "", " ".join(mixed), code=code)
    prompt = FRAMES[about % len(FRAMES)].format(*own)
    return Item(about, path, prompt, " ".join(mixed), " ".join(reversed(mixed)))


def _one(change: Callable[[Item], Item]) -> Edit:
    def edit(items: Items, at: int) -> Items:
        if not items:
            return items
        place = at % len(items)
        return (*items[:place], change(items[place]), *items[place + 1 :])

    return edit


def _typo(item: Item) -> Item:
    """A letter is doubled."""
    middle = len(item.prompt) // 2
    return replace(item, prompt=item.prompt[:middle] + item.prompt[middle - 1 :])


def _punctuation(item: Item) -> Item:
    return replace(item, prompt=item.prompt.replace("?", " ?").replace(".", "!"))


def _extended(item: Item) -> Item:
    return replace(item, short=f"{item.short} and {_word(item.about, 20)}")


def _recoded(item: Item) -> Item:
    return replace(item, code=f"{item.code}\nprint()" if item.code else "")


def _tiered(item: Item) -> Item:
    return item if item.code else replace(item, senior="" if item.senior else item.short[::2])


def _moved(item: Item) -> Item:
    return replace(item, path=PATHS[(PATHS.index(item.path) + 1) % len(PATHS)])


def _deleted(items: Items, at: int) -> Items:
    return tuple(item for place, item in enumerate(items) if place != at % len(items))


def _reversed(items: Items, _at: int) -> Items:
    return items[::-1]


def _turned(items: Items, at: int) -> Items:
    turn = at % max(len(items), 1)
    return items[turn:] + items[:turn]


def _swapped_papers(items: Items, _at: int) -> Items:
    """Documents take each other's names."""
    other = dict(zip(PATHS, PATHS[1:] + PATHS[:1], strict=True))
    return tuple(replace(item, path=other[item.path]) for item in items)


def _brought(items: Items, at: int) -> Items:
    """A question that is new, or was deleted before."""
    about = at % 24
    known = {item.about for item in items}
    return items if about in known else (_item(about, PATHS[at % len(PATHS)]), *items)


EDITS: tuple[Edit, ...] = (
    _one(_typo),
    _one(_punctuation),
    _one(_extended),
    _one(_recoded),
    _one(_tiered),
    _one(_moved),
    _deleted,
    _reversed,
    _turned,
    _swapped_papers,
    _brought,
)
STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 200)), max_size=4),
    min_size=1,
    max_size=5,
)
FIRST = st.lists(st.integers(0, 23), unique=True, min_size=1, max_size=10)


@dataclass(frozen=True, slots=True)
class Build:
    """What came of one build: each question's id by what it is about."""

    ids: dict[int, QuestionId]
    book: Ledger
    changes: Changes
    stamps: dict[Guid, tuple[str, int]]


def _question(item: Item, at: int) -> Question:
    place = Location(item.path, at, at)
    texts = ((Tier.SHORT, item.short), (Tier.SENIOR, item.senior))
    if item.code:
        texts = ((Tier.OUTPUT, item.short), (Tier.OUTPUT, ""))
    answers = tuple(Answer(tier, tier, Markdown(text), place) for tier, text in texts if text)
    kind = Kind.OUTPUT if item.code else Kind.QUESTION
    asked = Markdown(item.prompt) if item.prompt else None
    code = item.code or None
    return Question(kind, None, None, asked, code, code and "py", place, (), answers)


def _build(items: Items, book: Ledger, now: int) -> Build:
    """One build, as the pipeline does it; notes show prompt, code and answer."""
    order = [item for path in PATHS for item in items if item.path == path]
    documents = [
        Document(
            path,
            path,
            "tiered",
            Accounting(path, *[0] * 6),
            tuple(_question(item, at) for at, item in enumerate(order, 1) if item.path == path),
        )
        for path in PATHS
    ]
    found: list[Diagnostic] = []
    recognition = ledger.recognise(documents, book, found.append)
    assert not found
    questions = tuple(q for document in recognition.documents for q in document.questions)
    pack = Pack(recognition.documents, questions, (), (), (), None)
    notes = [_note(q, answer, rank) for rank, q in enumerate(questions) for answer in q.answers]
    gone = [
        Note(old.guid, old.key, old.question, old.tier, (), "D", ("retired",), 0, f"-{old.prompt}")
        for old in ledger.former(pack, notes, book)
    ]
    edition, after = ledger.date(pack, notes, gone, {Tier.SHORT: "h"}, book, CONFIG, now)
    ids = {item.about: question.id for item, question in zip(order, questions, strict=True)}
    every = (*edition.notes, *edition.farewells)
    stamps = {note.guid: (note.content_hash, note.modified) for note in every}
    changes = ledger.compare(book, after, edition, recognition.renamed)
    return Build(ids, after, changes, stamps)


def _note(question: Question, answer: Answer, rank: int) -> Note:
    return Note(
        guid=Guid(f"{question.id}-{answer.tier}"),
        key=question.key,
        question=question.id,
        tier=answer.tier,
        fields=(answer.markdown,),
        deck="D",
        tags=(),
        rank=rank,
        content_hash=f"{question.prompt}|{question.code}|{answer.markdown}",
    )


def _begin(abouts: list[int]) -> tuple[Items, Build]:
    items = tuple(_item(about, PATHS[about % 2]) for about in abouts)
    return items, _build(items, Ledger(), START)


def _edited(items: Items, step: list[tuple[Edit, int]]) -> Items:
    for edit, at in step:
        items = edit(items, at) or items
    return items


@settings(max_examples=1500, deadline=None)
@given(FIRST, STEPS)
def test_progress_stays_with_its_question(
    abouts: list[int], steps: list[list[tuple[Edit, int]]]
) -> None:
    """A question keeps its id through every edit, deletion and return; no other ever gets it."""
    items, build = _begin(abouts)
    known = dict(build.ids)
    for at, step in enumerate(steps, 1):
        items = _edited(items, step)
        build = _build(items, build.book, START + at)
        for about, id_ in build.ids.items():
            assert known.setdefault(about, id_) == id_
        assert len(set(known.values())) == len(known)


@settings(max_examples=700, deadline=None)
@given(FIRST, STEPS, st.integers(-3, 3))
def test_stamps_move_exactly_with_content(
    abouts: list[int], steps: list[list[tuple[Edit, int]]], pace: int
) -> None:
    """Also under a clock that stands still or goes back; nothing leaves the ledger; what the
    dialogue will say is what the stamps say; and a build without edits changes nothing."""
    items, build = _begin(abouts)
    held = build.stamps
    for at, step in enumerate(steps, 1):
        items = _edited(items, step)
        before, build = build, _build(items, build.book, START + at * pace)
        for guid, (content, stamp) in build.stamps.items():
            if guid in held:
                assert (stamp > held[guid][1]) == (content != held[guid][0])
                assert stamp >= held[guid][1]
        new = [guid for guid in build.stamps if guid not in held]
        updated = [
            guid
            for guid in build.stamps
            if held.get(guid, build.stamps[guid]) != build.stamps[guid]
            and not build.stamps[guid][0].startswith("-")  # a farewell is in no deck
        ]
        assert (build.changes.added, build.changes.updated) == (len(new), len(updated))
        assert {e.key for e in before.book.entries} <= {e.key for e in build.book.entries}
        held = held | build.stamps
        found: list[Diagnostic] = []
        assert ledger.load(ledger.save(build.book), found.append) == build.book
        again = _build(items, build.book, START + 10**6)
        assert again.book == build.book
        assert all(note.change is Change.UNTOUCHED for note in again.changes.notes)


@settings(max_examples=300, deadline=None)
@given(FIRST, STEPS, st.randoms(use_true_random=False))
def test_order_decides_nothing(
    abouts: list[int], steps: list[list[tuple[Edit, int]]], random: Random
) -> None:
    """Where questions stand in their documents has no say in which is which."""
    items, build = _begin(abouts)
    for step in steps:
        items = _edited(items, step)
    shuffled = list(items)
    random.shuffle(shuffled)
    one = _build(items, build.book, START + 9)
    other = _build(tuple(shuffled), build.book, START + 9)
    assert one.ids == other.ids
