"""Prompts that ask for too much, or that a learner can't tell apart."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice

from exporter.model import Question, QuestionId, find_questions
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Code, Diagnostic
from exporter.text import lexical, markup

_LIST_ALL = re.compile(
    r"""(?:^|[.?!:]\s+) (?:please\s+ | (?:can|could|would)\s+you\s+(?:please\s+)?)?
    (?: (?:list|name|enumerate|give|mention|recite|state|write\s+down)\s+(?:me\s+)?
        (?:out\s+)?(?:all|every|each)\b
      | (?:list|enumerate)\s+(?:out\s+)?the\s+(?!difference|main\s+difference)
      | (?:what|which)\s+are\s+(?:all|all\s+of)\b
      | (?:nenne|nennen\s+sie|liste|zähle|zählen\s+sie)\s.*\b(?:alle|sämtliche)\b
      | (?:cite[rz]?|énumère[rz]?|liste[rz]?|nomme[rz]?)\s.*\b(?:tous|toutes)\b
      | (?:enumera|enumere|lista|liste|nombra|menciona)\s.*\b(?:todos|todas)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ALIKE = 0.8  # share of telling words that two prompts have in common
_CANDIDATES = 100  # so many earlier prompts are compared with one that many share a rare word with
_MOST = 3  # twins that are named of one prompt
_ASKS = frozenset(
    """what when where which who whose why how was wann wo welche welcher welches wer warum wieso
    wie que quoi quand où qui pourquoi comment qué cuándo dónde quién cómo""".split()
)


def listing(question: Question) -> Iterator[Diagnostic]:
    """L203: the prompt asks for everything of a kind; among choices that is no recital."""
    if question.choices:
        return
    prompt = markup.plain(question.prompt or "")
    if _LIST_ALL.search(prompt):
        message = f'"{_brief(prompt)}" asks to list all: ask for one at a time, or what parts them'
        yield Diagnostic(question.location, Code.LIST_ALL, message)


def twins(questions: Sequence[Question], config: PackConfig) -> Iterator[Diagnostic]:
    """L204: prompts of one tier with the same question word and nearly the same telling words,
    said at the later one, of the earliest few.  Those that are linked as asking the same, or
    reviewed to be apart, are no twins."""
    asked = {at: _asked(question) for at, question in enumerate(questions) if question.prompt}
    reviewed = _reviewed(questions, config)
    leaders = _leaders(questions)

    def twin(first: int, second: int) -> bool:
        return (
            _confusable(asked[first], asked[second])
            and leaders[first] != leaders[second]
            and _meet(questions[first], questions[second])
            and frozenset((first, second)) not in reviewed
        )

    pairs = []
    for at, candidates in _near(asked):
        found = (other for other in candidates if twin(other, at))
        pairs += [(other, at) for other in islice(found, _MOST)]
    for first, second in sorted(pairs):
        yield _twin(questions[first], questions[second])


def _near(
    asked: Mapping[int, tuple[str, frozenset[str]]],
) -> Iterator[tuple[int, Iterable[int]]]:
    """Each prompt with the earlier ones that can be alike.

    Of two sets that share so much, each has one of its rarest words in common with the other's: as
    many of them as can be missing, and one more.
    """
    counts = Counter(word for _, telling in asked.values() for word in telling)
    places: dict[str, list[int]] = defaultdict(list)
    for at, (_, telling) in asked.items():
        rarest = sorted(telling, key=lambda word: (counts[word], word))
        few = rarest[: len(rarest) - math.ceil(_ALIKE * len(rarest)) + 1]
        near = {other for word in few for other in places[word][-_CANDIDATES:]}
        yield at, sorted(near)[-_CANDIDATES:]
        for word in few:
            places[word].append(at)


def _asked(question: Question) -> tuple[str, frozenset[str]]:
    """The question word ("" for none) and the telling words of prompt, code and choices."""
    text = markup.plain("\n".join(filter(None, (question.title, question.prompt))))
    words = lexical.words(text)
    code = lexical.words(question.code or "")
    offered = lexical.terms("\n".join(choice.markdown for choice in question.choices))
    return next((word for word in words if word in _ASKS), ""), frozenset(
        (*lexical.terms(text), *code, *offered)
    )


def _confusable(one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]) -> bool:
    shared, whole = one[1] & other[1], one[1] | other[1]
    return one[0] == other[0] and bool(whole) and len(shared) / len(whole) >= _ALIKE


def _leaders(questions: Sequence[Question]) -> Sequence[QuestionId]:
    """Of each question the id of the one that leads those which ask the same, or its own."""
    above = {
        question.id: related.id
        for question in questions
        for related in question.related
        if related.relation == "same" and related.leads
    }
    return [above.get(question.id, question.id) for question in questions]


def _meet(one: Question, other: Question) -> bool:
    """Whether a learner would get a card of each in one tier, neither of which names the other."""
    if any(related.id == other.id and related.relation == "same" for related in one.related):
        return False
    return bool({a.tier for a in one.answers} & {a.tier for a in other.answers})


def _reviewed(questions: Sequence[Question], config: PackConfig) -> frozenset[frozenset[int]]:
    places = {question.location: at for at, question in enumerate(questions)}
    pairs: set[frozenset[int]] = set()
    for entry in config.apart:
        found = [one for name in entry.questions for one in find_questions.find(questions, name)]
        pairs |= {frozenset(pair) for pair in combinations([places[q.location] for q in found], 2)}
    return frozenset(pairs)


def _twin(one: Question, other: Question) -> Diagnostic:
    prompt = _brief(markup.plain(one.prompt or ""))
    message = (
        f'asks almost what {one.key or "another question"} ({one.location}) asks, "{prompt}": say '
        "in each what differs, or name both under [[apart]]"
    )
    return Diagnostic(other.location, Code.NEAR_TWIN, message)


def _brief(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
