"""The pack in source/: counted by hand, accounted for to the last line."""

import json
import re
from collections import Counter
from typing import Any

from exporter.build import model_json
from exporter.build.pipeline import ReadPack
from exporter.model.diagnostics import Diagnostic, Severity
from exporter.pack import sources
from exporter.text import markup
from tests import fixtures
from tests.counts import BY_HAND

# What UTF-8 looks like when it was read in a code page and saved again.
MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00e2\u00f0\u00ef\u011f][\u0080-\u00bf\u0152-\u017e\u2013-\u203a\u20ac\u2122\u02c6\u02dc]"
)


_LIST_MARK = re.compile(r"^\s*\d+\.\s")
# END markers, and labels on lines of their own ("**Practice approach**:").
_STRUCTURE = re.compile(r"\W*END OF SET \d+.*|(?:\*\*)?\w+( \w+){1,4}(?:\*\*:|:\*\*|:)")


def test_cards_are_as_many_as_counted_by_hand(study: ReadPack) -> None:
    """Questions of every document and cards of every tier equal the hand-counted table."""
    paths = {question.id: question.location.path for question in study.pack.questions}
    questions = Counter(paths.values())
    cards = Counter((paths[note.question], note.tier) for note in study.notes)
    assert questions == {path: count for path, (count, _) in BY_HAND.items()}
    assert cards == {(p, tier): n for p, (_, tiers) in BY_HAND.items() for tier, n in tiers.items()}


def test_no_line_is_lost_and_no_document_misread(study: ReadPack) -> None:
    """Five counts add up to the lines of each file; nothing is unaccounted, nothing an error."""
    assert len(study.pack.documents) == 5
    for document in study.pack.documents:
        counted = document.accounting
        found: list[Diagnostic] = []
        source = sources.decode("x", (fixtures.SOURCE / document.path).read_bytes(), found.append)
        assert source is not None
        parts = (counted.blank, counted.content, counted.structure, counted.left_out)
        assert counted.unaccounted == 0
        assert sum(parts) == counted.lines == len(source.lines)
    assert not [one for one in study.diagnostics if one.severity is Severity.ERROR]


def test_left_out_lines_are_each_said(study: ReadPack) -> None:
    """Every line that is left out lies in a notice with its reason."""
    left_out = sum(document.accounting.left_out for document in study.pack.documents)
    places = [
        one.location
        for one in study.diagnostics
        if one.code.code in ("R281", "R283") and one.location
    ]
    assert left_out == sum(place.last - place.first + 1 for place in places) == 3


def test_no_mojibake_is_left_in_the_model(study: ReadPack) -> None:
    """No text of the model holds a sequence that a wrong code page leaves."""
    text = json.dumps(model_json.model(study.pack, study.diagnostics), ensure_ascii=False)
    assert MOJIBAKE.findall(text) == []


def test_every_word_of_the_documents_stands_in_the_model(study: ReadPack) -> None:
    """Every line gives its words to an item whose place covers it, headings to the document's."""
    model = model_json.model(study.pack, study.diagnostics)
    texts = _texts(model)
    everywhere = set(_words(json.dumps(model, ensure_ascii=False).replace("\\n", " ")))
    lost = []
    for path, lines in _repaired(study).items():
        for number, line in enumerate(lines, 1):
            named = line.startswith("#") or number == 1  # a title, of a set or of the document
            said = everywhere if named else texts.get((path, number), set())
            words = set(_words(_LIST_MARK.sub("", line))) - {"week", "q"}
            if not words <= said and not _STRUCTURE.fullmatch(line):
                lost.append(f"{path}:{number}: {sorted(words - said)}")
    assert lost == []


def _repaired(study: ReadPack) -> dict[str, tuple[str, ...]]:
    from exporter.pack import repair

    def ignore(_one: Diagnostic) -> None:
        """The study has them."""

    left_out = {
        (one.location.path, line)
        for one in study.diagnostics
        if one.code.code in ("R281", "R283") and one.location
        for line in range(one.location.first, one.location.last + 1)
    }
    found = {}
    for document in study.pack.documents:
        source = sources.decode(
            document.path, (fixtures.SOURCE / document.path).read_bytes(), ignore
        )
        assert source is not None
        lines = repair.repair(source, ignore).lines
        found[document.path] = tuple(
            "" if (document.path, number) in left_out else line
            for number, line in enumerate(lines, 1)
        )
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", markup.plain(text).casefold() + " " + text.casefold())


def _texts(model: Any) -> dict[tuple[str, int], set[str]]:
    """The words of every item of the model, by each line that its places cover; an answer's line
    has its question's too, as a key that says nothing new is left to the question."""
    found: dict[tuple[str, int], set[str]] = {}

    def walk(value: Any, around: frozenset[str]) -> None:
        if isinstance(value, dict):
            words = around | set(_words(json.dumps(value, ensure_ascii=False).replace("\\n", " ")))
            for place in (value.get("location"), *(value.get("also_at") or ())):
                if place:
                    for line in range(place["first"], place["last"] + 1):
                        found.setdefault((place["path"], line), set()).update(words)
            own = frozenset(_words(f"{value.get('label')} {value.get('prompt')}"))
            for inner in value.values():
                walk(inner, around | own)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk(inner, around)

    walk(json.loads(model_json.dumps(model)), frozenset())
    return found
