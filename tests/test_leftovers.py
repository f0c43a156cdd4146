"""Left-overs of a chat and comments: what is left out, what is kept aside, what is untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.diagnostics import Diagnostic
from exporter.model import Source
from exporter.readers import chat
from exporter.readers.chat import Verdict, judged
from exporter.readers.scan import Accounts, LineKind, scan
from tests import drafts
from tests.fixtures import Agrees, Example, examples

FATE = {LineKind.SKIPPED: "out", LineKind.KEPT_ASIDE: "aside", LineKind.BLANK: ""}


@pytest.mark.parametrize("example", examples("leftovers"))
def test_a_document_is_marked_as_its_golden_shows(example: Example, agrees: Agrees) -> None:
    """Whole paragraphs of chat are out, doubtful ones aside, everything else stays."""
    found: list[Diagnostic] = []
    source = Source("x", tuple(example.input.splitlines()))
    lines, _ = chat.mark("x", scan(source), found.append)
    told = [f"{FATE.get(line.kind, 'kept'):5} {line.raw}".rstrip() for line in lines]
    told += [f"{each.code.code} at {each.location}" for each in found]
    agrees(example, "\n".join(told))


@pytest.mark.parametrize(
    "sentence",
    [
        "If you want, I can generate flashcards for all of this.",
        "If you’d like, I could also build a 4-week schedule.",
        "Do you want me to do that?",
        "Would you like me to continue with Set 5?",
        "Want me to turn this into a PDF?",
        "Let me know if anything is unclear! 😊",
        "Just tell me which one you prefer.",
        "Feel free to ask for more.",
        "Sure! Here is the complete list:",
        "Certainly — here’s your updated plan.",
        "I hope this helps! Good luck with your interview!",
        "**Shall I continue?**",
        "If you want model answers or a quiz, open an issue or extend this README.",
        "👉 Reply with “next” and I’ll send Set 3.",
        "**Want more?** I can generate 50 additional questions for you.",
        "Next, I can convert it to Anki. Just say “go”.",
        "If this helps, let me know and I’ll write the next set.",
        "I can also add diagrams. Would that help?",
        "Of course! Below you will find the questions.",
        "Would you like to begin with a mock round? Just say “go”!",
        "I hope you find this useful.",
        "If you need anything else, just ask!",
        "Let's continue with the next set.",
        "Is there anything else you'd like to add?",
        "Do you want the answers too?",
        "What would you like to see next?",
        "Just say: “continue”.",
        "Which set would you like next?",
        "Soll ich dir daraus Karteikarten erstellen?",
    ],
)
def test_chat_is_recognised_by_its_wording(sentence: str) -> None:
    """A paragraph that does nothing but speak to a chat partner is chat."""
    assert judged(sentence) is Verdict.CHAT


@pytest.mark.parametrize(
    "sentence",
    [
        "Do you want strong consistency or availability?",
        "If you want ordering, I can recommend one partition per key.",
        "If you want low latency, use UDP.",
        "Tell me about a time when you disagreed with your lead.",
        "Tell me what happens when you type a URL.",
        "Should I use Redis or Memcached?",
        "Should we build or buy a queue?",
        "Let the event loop know as little as possible.",
        "Would you like to work in a team or alone?",
        "Would that work under load?",
        "If this fails, let the caller know.",
        "Feel free to skip the rebuild where the cache is warm.",
        "Just say no to shared state.",
        "Here is an example of a leak.",
        "You can ask the kernel for more memory.",
        "Good luck is no strategy.",
        "We can do **simulated interviews** in two modes:",
        "If you want to contribute, open an issue or a pull request.",
        "Which would you prefer: SQL or NoSQL?",
        "Ask yourself whether the index is used.",
        "What would you like to improve?",
        "Do you want the answers of a cache to be fresh?",
        "Continue with the part of the list that is still unsorted.",
        "I can explain the trade-off between latency and throughput.",
        "If you want, I can draw it. Backpressure means that the consumer is slower.",
    ],
)
def test_content_is_not_taken_for_chat(sentence: str) -> None:
    """What an interviewer asks and an answer says stays, however much it says "you" and "I"."""
    assert judged(sentence) is Verdict.CONTENT


@pytest.mark.parametrize("name", ["deep-mastery.md", "topic-checklist.md", "thirty-day-plan.txt"])
def test_real_documents_without_chat_lose_nothing(name: str) -> None:
    """No line of the documents that hold no left-over is marked."""
    found: list[Diagnostic] = []
    lines, aside = chat.mark(name, scan(drafts.load(drafts.SOURCE / name)), found.append)
    assert not aside
    assert [line.raw for line in lines if line.kind is LineKind.SKIPPED] == []


def test_the_real_guides_left_over_is_left_out() -> None:
    """The one offer of the senior guide is left out with its reason, and nothing else is."""
    found: list[Diagnostic] = []
    source = drafts.load(drafts.SOURCE / "senior-guide.md")
    lines, aside = chat.mark(source.path, scan(source), found.append)
    assert not aside
    assert [line.number for line in lines if line.kind is LineKind.SKIPPED] == [264]
    assert [str(each.location) for each in found] == ["senior-guide.md:264"]


LINES = st.sampled_from(
    [
        "",
        "# Title",
        "## If you want, I can go on",
        "- If you want, I can go on.",
        "> Do you want me to do that?",
        "```",
        "Let me know if you want more!",
        "If you want to go deeper, read chapter 3.",
        "Here is the summary:",
        "An answer.",
        "---",
        "<!-- a comment -->",
        "<!-- opened",
        "closed -->",
        "  indented text",
    ]
)


@given(st.lists(LINES, max_size=14))
def test_marking_changes_kinds_and_nothing_else(written: list[str]) -> None:
    """Lines keep number and text, blank ones stay blank, and every one is accounted for."""
    found: list[Diagnostic] = []
    before = scan(Source("x", tuple(written)))
    after, aside = chat.mark("x", before, found.append)
    assert [line.raw for line in after] == written
    for old, new in zip(before, after, strict=True):
        changed = (LineKind.SKIPPED, LineKind.KEPT_ASIDE)
        assert old == new or (new.kind in changed and old.kind is not LineKind.BLANK)
        assert old == new or old.kind in (LineKind.TEXT, LineKind.BULLET, LineKind.NUMBERED)
    said = {number for each in found if each.location for number in _numbers(each)}
    skipped = {line.number for line in after if line.kind is LineKind.SKIPPED}
    kept = {line.number for line in after if line.kind is LineKind.KEPT_ASIDE}
    assert skipped | kept <= said
    assert kept <= {n for each in aside for n in range(each.location.first, each.location.last + 1)}
    assert Accounts("x", after).close().left_out == len(skipped)


def _numbers(found: Diagnostic) -> range:
    assert found.location is not None
    return range(found.location.first, found.location.last + 1)
