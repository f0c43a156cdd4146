"""The index of terms: what questions are about, in words that their authors use.

Terms come from three places: the subjects that `pack.toml` names, the key words of keyed bullets,
and the code that prompts speak of (`setImmediate`).  One is listed where a prompt, a title or a key
word says it; what is said by very many questions leads nowhere, and is left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from exporter.model import Question, QuestionId
from exporter.model.config import Subject
from exporter.paper.book.views import Spot, Term
from exporter.text import lexical, markup

_CODE = re.compile(r"`([^`\n]{2,32})`")
_CODE_WORD = re.compile(r"[A-Za-z_$][\w.$+#/-]*(?:\(\))?")
_LABEL = re.compile(r"[^\W\d][\w /.+#-]{2,}")
_NUMBERED = re.compile(r"^\w{1,3}\s*\d+$")
_LONGEST = 4  # words
_COMMON = 0.12  # of all questions
_ALWAYS = 8  # questions that are never too many


def terms(
    questions: Sequence[Question], subjects: Iterable[Subject], spots: Mapping[QuestionId, Spot]
) -> tuple[Term, ...]:
    """All terms in alphabetical order, each with its pages in order and none twice.

    `spots` say where questions stand, by id.
    """
    named = _named(questions, subjects)
    said = {question.id: _phrases(question) for question in questions}
    most = max(_ALWAYS, round(_COMMON * len(questions)))
    found = []
    for folded, title in named.items():
        at = [question.id for question in questions if folded in said[question.id]]
        if 0 < len(at) <= most:
            pages = {spots[id_].page: spots[id_] for id_ in reversed(at) if id_ in spots}
            if pages:
                found.append(Term(title, tuple(pages[page] for page in sorted(pages))))
    return tuple(sorted(found, key=lambda term: _sorted(term.title)))


def initials(found: Sequence[Term]) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """The terms under their first letters; digits and signs under "#"."""

    def initial(term: Term) -> str:
        first = _sorted(term.title)[0][:1].upper()
        return first if first.isalpha() else "#"

    return tuple((letter, tuple(group)) for letter, group in groupby(found, key=initial))


def _sorted(title: str) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKD", title.lstrip("`$_.#@ ")).casefold()
    return "".join(one for one in plain if not unicodedata.combining(one)), title


def _named(questions: Sequence[Question], subjects: Iterable[Subject]) -> dict[str, str]:
    """Terms as they are to be printed, by their folded words; the first spelling counts."""
    written = [*_of_subjects(subjects), *_of_questions(questions)]
    named: dict[str, str] = {}
    for title in written:
        folded = _folded(title)
        if folded:
            named.setdefault(folded, title)
    return named


def _of_subjects(subjects: Iterable[Subject]) -> Iterator[str]:
    for subject in subjects:
        yield subject.name
        yield from subject.terms


def _of_questions(questions: Sequence[Question]) -> Iterator[str]:
    for question in questions:
        label = question.label or ""
        if _LABEL.fullmatch(label) and not _NUMBERED.match(label):
            yield label
        for text in (question.prompt, question.title):
            for code in _CODE.findall(text or ""):
                if _CODE_WORD.fullmatch(code):
                    yield code


def _phrases(question: Question) -> frozenset[str]:
    texts = (question.prompt, question.title, question.label)
    return frozenset(
        phrase
        for text in texts
        if text
        for phrase in lexical.phrases(markup.plain(text), _LONGEST, parts=False)
    )


@cache
def _folded(title: str) -> str:
    """The words of a term as `lexical.phrases` has them; "" where it is not one phrase."""
    runs = lexical.phrases(title, _LONGEST, parts=False)
    longest = max(runs, key=lambda run: run.count(" "), default="")
    return longest if len(longest.split()) == len(set(runs) & set(longest.split())) else ""
