"""Documents that hold the same questions: what a sync tool leaves of two edits of one file.

Told by their prompts, of which some must be answered alike: the copy may be the older edit, but two
documents that answer the same questions in their own words are meant so.  Each prompt is looked up
once, so that many documents cost no more than their questions.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from exporter.model import Document
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.text import lexical

_FEWEST = 2  # questions alike
_MANY = 5  # from which on one document may hold more than the other
_SHARE = 0.8
_ANSWERED_ALIKE = 0.25  # of the questions alike
_LOOKED_AT = 8  # documents that hold a prompt; more say nothing new
_COPY = re.compile(
    r"conflict|copy|kopie|copie|copia|cópia|\u043a\u043e\u043f\u0438\u044f|副本|コピー|\(\d+\)"
    r"|~$|\.orig\b|\.bak\b|[-_ ]old\b",
    re.IGNORECASE,
)

_Words = tuple[str, ...]


def report_copies(documents: Sequence[Document], report: Report) -> None:
    """A warning for each document of whose questions most stand in another one too."""
    held = {document.path: dict(_held(document)) for document in documents}
    for first, second, alike in _pairs(held):
        copy, other = (first, second) if _looks_like_copy(first, second) else (second, first)
        message = (
            f"{alike} of its {len(held[copy])} questions stand in {other} too: if one of the two "
            'is a copy, delete it; if both are meant, say F110 = "off" under [lint]'
        )
        report(Diagnostic(Location(copy, 1, 1), Code.SAME_DOCUMENTS, message))


def _held(document: Document) -> Iterator[tuple[_Words, _Words]]:
    """Prompt and answers of each question that says anything, in words without case and marks."""
    for one in document.questions:
        asked = lexical.words(" ".join(filter(None, (one.title, one.prompt, one.code))))
        if asked:
            yield asked, lexical.words(" ".join(answer.markdown for answer in one.answers))


def _pairs(
    held: Mapping[str, Mapping[_Words, _Words]],
) -> Iterator[tuple[str, str, int]]:
    """Each document with the earlier one that is most like it, and how many prompts they share."""
    holders: Mapping[_Words, list[str]] = defaultdict(list)
    for path, own in held.items():
        shared = Counter(other for prompt in own for other in holders[prompt])
        for prompt in own:
            if len(holders[prompt]) < _LOOKED_AT:
                holders[prompt].append(path)
        if shared:
            alike = max(shared.values())
            other = next(name for name in held if shared[name] == alike)
            if _same(own, held[other], alike):
                yield other, path, alike


def _same(one: Mapping[_Words, _Words], other: Mapping[_Words, _Words], alike: int) -> bool:
    sizes = (len(one), len(other))
    whole = min(sizes) if alike >= _MANY else max(sizes)
    answered = sum(other.get(prompt) == answers for prompt, answers in one.items())
    enough = alike >= _FEWEST and alike >= _SHARE * whole
    return enough and answered >= _ANSWERED_ALIKE * alike


def _looks_like_copy(one: str, other: str) -> bool:
    """Whether the name of ``one`` tells a copy, and that of ``other`` does not as much."""
    marks = [len(_COPY.findall(path)) for path in (one, other)]
    return marks[0] > marks[1] or (marks[0] == marks[1] > 0 and len(one) > len(other))
