"""Damaged text comes right or is named; correct text is not touched."""

import re
from collections import Counter
from pathlib import Path

import ftfy.bad_codecs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.model import Source
from exporter.model.diagnostics import Code, Diagnostic, Location
from exporter.pack.repair import repair
from exporter.pack.repair._sequences import code_pages
from exporter.pack.repair._suspicion import suspects
from exporter.pack.repair._verdict import evidence, explains, judge
from exporter.pack.sources import decode
from tests.fixtures import Agrees, Example, examples

ftfy.bad_codecs.ok()  # the "sloppy" code pages that tests damage text with
SOURCE = Path(__file__).parent.parent.parent / "source"
_CANDIDATES = re.compile(r"one of (.+) stood here.*")


def _repaired(*lines: str) -> tuple[tuple[str, ...], list[Diagnostic]]:
    problems: list[Diagnostic] = []
    return repair(Source("notes.md", lines), problems.append).lines, problems


def _told(problem: Diagnostic) -> str:
    place, code = problem.location, problem.code
    assert place is not None
    lines = f"{place.first}-{place.last}" if code is Code.REPAIRED else str(place.first)
    message = _CANDIDATES.sub(r"\1", problem.message)
    return f"{problem.severity} {code.code} {lines}: {message}"


@pytest.mark.parametrize("example", examples("repair"))
def test_repair(example: Example, agrees: Agrees) -> None:
    """Damage comes right as its goldens show, and what can't is reported."""
    lines, problems = _repaired(*example.input.removesuffix("\n").split("\n"))
    agrees(example, "\n".join([*lines, "---", *map(_told, problems)]))


# Read by eye, byte by byte, in the documents; not written by the program.
CHECKLIST = {
    "→": 5, "–": 2, "🧠": 1, "⚙\ufe0f": 1, "🧩": 1, "🧱": 1, "🗄\ufe0f": 1, "🚀": 1, "🧪": 1,
    "🧰": 1,
}  # fmt: skip
MASTERY = {
    "🔥": 489, "→": 95, "—": 25, "’": 8, "👉": 8, "↓": 6, "🧠": 4, "“": 4, "”": 4, "–": 3, "🕒": 1,
    "⚠\ufe0f": 1, "💤": 1, "⚡": 1, "🚪": 1, "‑": 1,
}  # fmt: skip
BARE = {
    "topic-checklist.md": {
        77: "### F. Security (Senior-level expectation)",
        131: "### J. TypeScript for Large Systems",
    },
    "deep-mastery.md": {
        136: "4. I/O Department (MOST BUSY)",
        209: "### World 1: Outside the I/O Department",
        229: "### World 2: Inside the I/O Department",
    },
}


@pytest.mark.parametrize(
    ("name", "beyond_ascii", "lines", "page"),
    [
        ("topic-checklist.md", CHECKLIST, 15, "Windows-1254"),
        ("deep-mastery.md", MASTERY, 603, "Windows-1252"),
    ],
)
def test_the_damaged_documents(
    name: str, beyond_ascii: dict[str, int], lines: int, page: str
) -> None:
    """Every sequence of the damaged documents is restored; five headings lose their emoji."""
    problems: list[Diagnostic] = []
    source = decode(name, (SOURCE / name).read_bytes(), problems.append)
    assert source is not None
    after = repair(source, problems.append)
    found = Counter(found for line in after.lines for found in re.findall(r"[^\x00-\x7f]+", line))
    assert dict(found) == beyond_ascii
    assert len(after.lines) == len(source.lines)
    first, *dropped = problems
    assert first.message == f"{lines} lines repaired (UTF-8 that was read as {page})"
    assert [problem.code for problem in dropped] == [Code.ORNAMENT_DROPPED] * len(BARE[name])
    places = [problem.location for problem in dropped]
    assert places == [Location(name, number, number) for number in BARE[name]]
    for number, text in BARE[name].items():
        assert after.lines[number - 1] == text


@pytest.mark.parametrize("name", ["thirty-day-plan.txt", "focus-areas.md", "senior-guide.md"])
def test_the_sound_documents(name: str) -> None:
    """A correct document comes back as the same object and nothing is reported."""
    problems: list[Diagnostic] = []
    source = decode(name, (SOURCE / name).read_bytes(), problems.append)
    assert source is not None
    assert repair(source, problems.append) is source
    assert problems == []


SOUND = [
    "« été » — l’été, “à la carte” … où ? « Â », « à » !",
    "A MAÇÃ” “IRMÃ” “NÃO”—“AÇÃO” IRMÃ—e SÃO, coração, ÃO… maçã…",
    "Ä… Ö… Å… „Ä“ „Ö“ ‚Ü‘ Grüße, Straße – “Übung”",
    "Рёв и Рёбра Рік Ві Сёмга «слова»— в „Название“ № 5 «Гёте» — Вјера, срђан, срџба",
    "IBM™ © 2024 ® §5 ¶ ½ × ÷ ± µ °C 20° ¢ £5 ¥ €5 x² ¬p √2 √π ∞ √≤",
    "Câț râșniţă râşniţă pâşi “hâ” hâ… RĂŞINOV GĂŞCĂ mâine—azi",
    "Úžas Íš Zażółć gęślą jaźń „cytat” – “x” ğüşıöç İSTANBUL “ağ” AĞ”",
    "─┐ │ ├──┤ └──┘ ═╝ █░█░ ▒▒ ─┐─┐─┐",
    "┌" + "─" * 60 + "┐ é",
    "α β γ λ-calculus «Ελληνικά» θ’ αρχίσω αποβ’ “π” β…",
    "日本語 中文 한국어 العربية עברית हिन्दी ไทย 👩‍💻 1️⃣ ⚠️ ❤️ 🏳️‍🌈 👍🏽 🇩🇪",
    "Ÿ š Š œuvre cœur ‹x› ¿Qué? ESPAÑA “ESPAÑ” Ångström þ ð Þ Ø BLÅ” PÅ… Việt đường “ở”",
    "e\u0301 zero\u00adwidth mid\u00a0» ā ē ķ ļ “ā” ā… ā— # Ängström",
]
DAMAGED = "# ðŸ”¥ SET â€” donâ€™t â†’ cafÃ©"


@pytest.mark.parametrize("line", SOUND)
def test_correct_text_is_not_touched(line: str) -> None:
    """A line that only looks like damage stays as it is, and nothing is said about it."""
    assert _repaired(line) == ((line,), [])


@pytest.mark.parametrize("word", ["Сan", "Рython", "Тhe", "СРU", "Оne", "сache", "Κey"])
@pytest.mark.parametrize("first", ["", "Привет, мир".encode().decode("cp1251"), DAMAGED])
def test_a_letter_that_looks_like_another_is_no_damage(word: str, first: str) -> None:
    """A Cyrillic or Greek letter typed in a Latin word stays, whatever stands around it."""
    line = f"## {word} you name two kinds?"
    assert _repaired(first, line)[0][1] == line


@given(st.permutations(SOUND), st.sampled_from(["", "🔥 — → ’ café", "Привет, мир", "“x” λόγος"]))
@settings(max_examples=12, deadline=None)
def test_correct_lines_of_a_damaged_document_stay(lines: list[str], damaged: str) -> None:
    """Neither a damaged line nor its code page spreads to the correct ones."""
    first = damaged.encode().decode("sloppy-windows-1252") or DAMAGED
    after, problems = _repaired(first, *lines)
    assert list(after[1:]) == lines
    assert after[0] == damaged or not damaged
    assert [problem.code for problem in problems] == [Code.REPAIRED]


ACCENTS = """café naïve façade Größe señor Łódź źdźbło žluťoučký kůň ağaç smörgåsbord știință
Привет мир ελληνικά λόγος ½ × 20° § «x» ¿Qué?""".split()
MARKS = "— – → ← ↓ … • ≤ ≥ ≠ ∞ ✓ € ™ “quoted” it’s NON‑OBVIOUS".split()
PLAIN = "the event loop runs Node callbacks (queue) **bold** `code`".split()
EMOJI = "🔥 🧠 ⚙️ 🚀 👉 🗄️ 🏗️ 🔍 🌍 ✅ ❌ ⚠️ ⭐ 1️⃣ 👨‍💻 ❤️ 👍🏽 🇩🇪".split()
LOSSY = ["cp1252", "cp1254", "cp1250", "cp1251", "cp1253", "cp1257"]
KEPT = [f"sloppy-windows-{page[2:]}" for page in LOSSY] + ["latin-1", "macroman", "cp437"]
# With these a document says which code page it was, as a real one of some length does.
TELLING = ["## 🔥 “It’s” — done → “łódź” café naïve", "Größe über Köln, señor: façade × 2"]


def _texts(*words: str) -> st.SearchStrategy[list[str]]:
    prose = st.lists(st.sampled_from([*PLAIN, *PLAIN, *words]), min_size=1, max_size=6)
    headed = st.tuples(st.sampled_from(["## ", "3. ", ""]), st.sampled_from(EMOJI), prose)
    lines = prose.map(" ".join) | headed.map(lambda h: f"{h[0]}{h[1]} {' '.join(h[2])}")
    return st.lists(lines, min_size=1, max_size=5)


@pytest.mark.parametrize("page", [*KEPT, "iso-8859-2"])
@given(lines=_texts(*ACCENTS, *MARKS))
@settings(max_examples=25, deadline=None)
def test_where_no_byte_was_lost_all_comes_back(page: str, lines: list[str]) -> None:
    """Damage through a code page that knows every byte is undone without a rest."""
    text = [*TELLING, *lines]
    after, _ = _repaired(*(line.encode().decode(page) for line in text))
    assert list(after) == text


@pytest.mark.parametrize("first", ["sloppy-windows-1252", "sloppy-windows-1254", "latin-1"])
@pytest.mark.parametrize("second", ["sloppy-windows-1252", "sloppy-windows-1254", "latin-1"])
@given(lines=_texts(*MARKS, "café", "naïve", "Größe"))
@settings(max_examples=10, deadline=None)
def test_text_damaged_twice_comes_back(first: str, second: str, lines: list[str]) -> None:
    """Two layers of damage come off, whichever code pages they went through."""
    text = [*TELLING, *lines]
    damaged = (line.encode().decode(first).encode().decode(second) for line in text)
    assert list(_repaired(*damaged)[0]) == text


_CLUSTER = re.compile(
    "[0-9]\ufe0f\u20e3|[\U0001f1e6-\U0001f1ff]{2}"
    "|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50][\ufe0f\U0001f3fb-\U0001f3ff]*"
    "(?:\u200d[\U0001f300-\U0001faff])*"
)


def _without_emoji(line: str) -> str:
    return re.sub(r"^ | $", "", re.sub(" +", " ", _CLUSTER.sub("", line)))


@pytest.mark.parametrize("loss", ["ignore", "replace"])
@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
@given(lines=_texts(*MARKS, "café", "naïve", "Größe", "über"))
@settings(max_examples=40, deadline=None)
def test_where_bytes_were_lost_an_emoji_at_most_is_missing(
    page: str, loss: str, lines: list[str]
) -> None:
    """The line is the original, or the original without an emoji: one space, no other character."""
    after, problems = _repaired(*(line.encode().decode(page, loss) for line in lines))
    told = {place.first for problem in problems if (place := problem.location)}
    for number, (text, line) in enumerate(zip(lines, after, strict=True), 1):
        assert _without_emoji(line) == _without_emoji(text)
        kept = iter(_CLUSTER.findall(text))
        assert all(emoji in kept for emoji in _CLUSTER.findall(line))
        assert line == text or (number in told and "  " not in line)


@pytest.mark.parametrize("loss", ["ignore", "replace"])
@pytest.mark.parametrize("page", LOSSY)
@given(lines=_texts(*ACCENTS, *MARKS))
@settings(max_examples=20, deadline=None)
def test_no_character_is_invented(page: str, loss: str, lines: list[str]) -> None:
    """Whatever was lost, a repaired line holds nothing that was in neither text."""
    damaged = [line.encode().decode(page, loss) for line in [*TELLING, *lines]]
    after, _ = _repaired(*damaged)
    for text, before, line in zip([*TELLING, *lines], damaged, after, strict=True):
        assert set(line) <= set(text) | set(before)


RUBBLE = "âÃÂÅÄðŸ”¥€™œ“ï¸\x8f\x9d§\xa0ğšž†’‘Î±ÏÐÑ°aB*`\"'�вЂРСрџ–√©├Γ\u200d\ufe0f🔥\ufeff… "


@given(st.text(RUBBLE, max_size=16) | st.sampled_from(SOUND), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_is_not_suspected_shows_no_damage(line: str, spaces: bool) -> None:
    """Sound text is told without judging it; no line is passed over that would have spoken."""
    for number, page in enumerate(code_pages()):
        verdict = judge(line, page, spaces)
        speaks = evidence(verdict) > 0 or any(explains(f, verdict) for f in verdict.findings)
        assert number in suspects(line) or not speaks


@given(st.lists(st.text(RUBBLE, max_size=12) | st.text(max_size=6), max_size=4))
@settings(max_examples=300, deadline=None)
def test_repair_is_idempotent_and_keeps_lines(lines: list[str]) -> None:
    """Whatever the text, lines stay and a second repair finds nothing to do."""
    once, _ = _repaired(*lines)
    assert len(once) == len(lines)
    assert _repaired(*once)[0] == once


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ("ï»¿# Title", "# Title"),
        ("voilÃ  le travail", "voilà le travail"),
        ("âš ï¸ a space was the lost byte", "⚠️ a space was the lost byte"),
        ("a â‰  b", "a ≠ b"),
        ("ðŸ§  Anchor", "Anchor"),
        ("- ðŸŒ", "-"),
        ("aðŸŒ b", "a b"),
        ("| ðŸŒ | x |", "| | x |"),
        ("(see ðŸŒ)", "(see)"),
        ("- **ðŸŒ World**: x", "- **World**: x"),
    ],
)
def test_a_line_by_itself(damaged: str, text: str) -> None:
    """A document of one line, without the evidence that other lines give, comes right."""
    assert _repaired(damaged)[0] == (text,)


def test_a_dropped_emoji_is_named_with_what_it_can_have_been() -> None:
    """Whoever wants the emoji back reads which ones it can have been."""
    lines, problems = _repaired("## ðŸ”\ufffd Title")
    assert lines == ("## Title",)
    assert "1: 🔁 🔍 🔏 🔐 🔝" in _told(problems[-1])
