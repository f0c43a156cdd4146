"""Small documents of the kinds that people keep, with what must be read from them.

Each folder of ``tests/cases`` holds documents and an ``expected.json``: every question with its
kind, telling words of its answers (``has``, ``lacks``), its options and the right ones.  What is
read besides is a fault too.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exporter import readers
from exporter.model import Answer, Document, Question
from exporter.pack import repair, sources
from exporter.readers import Hints

CASES = sorted(
    path.parent for path in (Path(__file__).parent.parent / "cases").glob("*/expected.json")
)
_SIGNS = re.compile(r"[*_`~]|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\ufe0f]")


def plain(text: str | None) -> str:
    """What a person reads of a text: no tags, links, emphasis or emoji."""
    bare = re.sub(r"<[^>]+>", "", text or "")
    bare = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", bare)
    return re.sub(r"\s+", " ", _SIGNS.sub("", bare)).strip()


def folded(text: str | None) -> str:
    return plain(text).casefold().strip(" .:?¿？!؟。：")


def test_there_are_cases() -> None:
    assert len(CASES) > 40


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_is_read_as_expected(case: Path) -> None:
    """Every question is found with its answers, and nothing else becomes one."""
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    found = [_read(path) for path in sorted(case.iterdir()) if path.name != "expected.json"]
    assert list(faults(expected, found)) == []


def _read(path: Path) -> Document:
    source = sources.decode(path.name, path.read_bytes(), lambda found: pytest.fail(str(found)))
    assert source is not None
    document = readers.read(repair.repair(source, _ignore), Hints(), None, _ignore)
    assert document.accounting.unaccounted == 0
    return document


def _ignore(_found: object) -> None:
    """Diagnostics have tests of their own."""


def faults(expected: dict[str, Any], documents: list[Document]) -> Iterator[str]:
    questions = [question for document in documents for question in document.questions]
    left = list(questions)
    wanted = expected.get("questions")
    for want in wanted or ():
        names = [folded(name) for name in (want["prompt"], *want.get("alternatives", ()))]
        match = next((one for one in left if _asks(one, names)), None)
        if match is None:
            if not want.get("optional"):
                yield f"no question {want['prompt']!r}"
            continue
        left.remove(match)
        yield from (f"{want['prompt']!r}: {fault}" for fault in _differs(want, match, expected))
    if wanted is not None:
        yield from (f"unwanted {one.prompt!r}" for one in left)
    shown = "\n".join(
        text for one in questions for text in (one.prompt or "", *(a.markdown for a in one.answers))
    )
    yield from (
        f"on a card: {word!r}" for word in expected.get("not_on_cards", ()) if word in shown
    )
    if "title" in expected and documents[0].title != expected["title"]:
        yield f"title {documents[0].title!r}"
    topics = sum(len(document.topics) for document in documents)
    if "topics" in expected and topics != expected["topics"]:
        yield f"{topics} topics"


def _asks(question: Question, names: list[str]) -> bool:
    first = (question.prompt or question.title or "").split("\n\n")[0].split("\n- ")[0]
    return folded(first) in names or folded(question.title) in names


def _differs(want: dict[str, Any], have: Question, expected: dict[str, Any]) -> Iterator[str]:
    kinds = want["kind"] if isinstance(want["kind"], list) else [want["kind"]]
    if have.kind not in kinds:
        yield f"kind {have.kind}"
    options = {folded(choice.markdown) for choice in have.choices}
    yield from (
        f"no option {one!r}" for one in want.get("options", ()) if folded(one) not in options
    )
    rights = {folded(choice.markdown) for choice in have.choices if choice.right}
    if "options_right" in want and rights != {folded(one) for one in want["options_right"]}:
        yield f"right options {rights}"
    if "section" in want:
        section = [plain(title) for title in have.section][-len(want["section"]) :]
        if section != want["section"]:
            yield f"section {section}"
    prompt = have.prompt or ""
    yield from (f"prompt has {one!r}" for one in want.get("prompt_lacks", ()) if one in prompt)
    for answer in want["answers"]:
        if not any(_answers(answer, one, expected) for one in have.answers):
            yield f"no answer with {answer['has']}"
    if not want["answers"] and have.answers:
        yield "has an answer"


def _answers(want: dict[str, Any], have: Answer, expected: dict[str, Any]) -> bool:
    tier = want.get("tier", "any")
    if tier not in ("any", have.tier) and "tiers_may_be" not in expected:
        return False
    output = have.output.text if have.output else ""
    text = plain(f"{have.markdown}\n{output}").casefold()
    if not all(plain(word).casefold() in text or word in have.markdown for word in want["has"]):
        return False
    if any(word.casefold() in text for word in want.get("lacks", ())):
        return False
    return "output" not in want or plain(output) == plain(want["output"])
