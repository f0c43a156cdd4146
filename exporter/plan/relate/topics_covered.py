"""Which questions cover a topic of a checklist, which answers mention it, and what is a gap.

A topic names things, not a question: "Cluster & child processes", "RBAC vs ABAC".  So each thing is
looked for by itself, and where it stands counts: a question that asks about it covers it, an answer
that mentions it in passing does not, but one that treats all of a topic's things does.  Precision
before recall: a gap that is none costs a look, a topic marked as covered is never looked at.  What
no question asks about but answers treat, each thing of it, is mentioned there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from exporter.model import QuestionId, Topic, find_questions
from exporter.model.config import Covers, written_at
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.plan.relate.weighed_words import Index, Weights, Words
from exporter.text import lexical

_PROMPT, _SECTION, _ANSWERS = 1.0, 0.7, 0.5
_ASIDE = 0.3
"""What a thing in brackets counts for: what asks of caching covers "Caching (L1, L2, CDN)"."""
_MOSTLY = 0.8
"""The share of a thing's weighed words that names it."""
_RARE = 0.6
"""A word rarer than that, beside one that nobody uses, names a thing by itself."""
_ENOUGH, _BEHIND = 0.4, 0.25
_MOST = 3
_FEW, _PART = 3, 0.1
"""A word tells where it stands in so few questions, or in no greater part of them."""
_OPENING = re.compile(r"(?:(?<!\s)\s++)?+[(\[:]|\s[—–-]++\s")
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s++)?+(?:[,;&+→]|->|(?<=\w{4})/(?=\w{4})|(?<=\s)/(?=\s)|\b(?:vs\b\.?|versus\b|and\b|or\b))"
    r"\s*+",
    re.IGNORECASE,
)
_FRAME = frozenset(
    lexical.phrases(
        """strategy pattern basics internals pitfalls handling design flow flows culture advanced
        data time based overview introduction concept principle principles technique practice best
        deep level
        system systems module implementation approach model models scale large safely high
        kinds varieties examples
        management using usage types fundamentals mastery topic general important core""",
        1,
    )
)
"""Words that say how a topic is to be known, and not which it is."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """One thing that a topic names: its words, the pairs of neighbours, and what it weighs."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    weight: float
    aside: bool


def topics(
    found: tuple[Topic, ...], index: Index, covers: Sequence[Covers], report: Report
) -> tuple[Topic, ...]:
    """Topics with the questions that cover them, or else those whose answers treat them, best
    first, at most three; what pack.toml says of one is taken as reviewed."""
    reviewed = _reviewed(found, index, covers, report)
    return tuple(
        replace(topic, covered_by=reviewed[name])
        if (name := lexical.words(topic.title)) in reviewed
        else _topic(topic, index)
        for topic in found
    )


def _reviewed(
    found: tuple[Topic, ...], index: Index, covers: Sequence[Covers], report: Report
) -> Mapping[tuple[str, ...], tuple[QuestionId, ...]]:
    """What covers the topics that pack.toml names, by the words of their titles."""
    titles = {lexical.words(topic.title) for topic in found}
    reviewed: dict[tuple[str, ...], tuple[QuestionId, ...]] = {}
    for entry in covers:
        place, name = written_at(entry.line), lexical.words(entry.topic)
        if name not in titles or name in reviewed:
            what = "stands twice" if name in reviewed else "is no topic of the documents"
            message = f'"{entry.topic}" {what}: see `studypack coverage` for their titles'
            report(Diagnostic(place, Code.STRANGE_LINK, message))
            continue
        named = (find_questions.one(index.questions, one, place, report) for one in entry.questions)
        reviewed[name] = tuple(question.id for question in named if question is not None)
    return reviewed


def _topic(topic: Topic, index: Index) -> Topic:
    things = _things(topic.title, index.weights)
    covered = _covering(things, index)
    return replace(
        topic, covered_by=covered, mentioned_in=() if covered else _mentioning(things, index)
    )


def _mentioning(things: Sequence[_Thing], index: Index) -> tuple[QuestionId, ...]:
    """Questions whose answers hold all words of what the topic names before its asides, those
    first that hold most of its asides.  A word that is found all over the pack names nothing."""
    main = [thing for thing in things if not thing.aside]
    needed = {word for thing in main for word in thing.words}
    if not needed or not any(_tells(word, index) for word in needed):
        return ()
    places = [set(index.where.get(word, ())) for word in needed]
    met = set.intersection(*places)
    asides = {word for thing in things if thing.aside for word in thing.words}

    def order(at: int) -> tuple[int, int, int]:
        words = index.words[at].all
        pairs = sum(pair in words for thing in main for pair in thing.pairs)
        return (-pairs, -len(asides & words), at)

    near = [at for at in met if all(_treats(index.words[at], thing, index) for thing in main)]
    return tuple(index.questions[at].id for at in sorted(near, key=order)[:_MOST])


def _treats(words: Words, thing: _Thing, index: Index) -> bool:
    """Whether a thing's words stand there together: two of them side by side, or one where it is
    asked about and the others, which say something by themselves, in the answer."""
    if not thing.pairs or any(pair in words.all for pair in thing.pairs):
        return True
    rest = [word for word in thing.words if word not in words.prompt]
    return len(rest) < len(thing.words) and all(_tells(word, index) for word in rest)


def _tells(word: str, index: Index) -> bool:
    """Whether a word stands in so few questions that finding it there says something."""
    return len(index.where.get(word, ())) <= max(_FEW, len(index.questions) * _PART)


def _covering(things: Sequence[_Thing], index: Index) -> tuple[QuestionId, ...]:
    whole = sum(thing.weight for thing in things)
    levels: dict[int, list[tuple[float, float]]] = {}
    asides: dict[int, int] = {}
    for thing in things:
        for at in sorted({at for word in thing.words for at in index.where.get(word, ())}):
            if level := _level(thing, index.words[at], index.weights):
                levels.setdefault(at, []).append((level, thing.weight / whole))
                if thing.aside and level > _ANSWERS and _touches(things, index.words[at]):
                    asides[at] = asides.get(at, 0) + 1
    scores = [
        (-max(sum(level * share for level, share in met), _asides(asides.get(at, 0))), at)
        for at, met in levels.items()
        if len(met) == len(things) > 1 or max(level for level, _ in met) > _ANSWERS
    ]
    ranked = sorted((minus, at) for minus, at in scores if -minus >= _ENOUGH)
    near = [at for minus, at in ranked if minus <= ranked[0][0] + _BEHIND]
    return tuple(index.questions[at].id for at in near[:_MOST])


def _touches(things: Iterable[_Thing], words: Words) -> bool:
    """Whether prompt or section hold any word of what the topic names before its asides."""
    return any(not words.section.isdisjoint(one.words) for one in things if not one.aside)


def _asides(met: int) -> float:
    """Two examples of a topic that a question asks about cover it, but no more than just."""
    return _ENOUGH if met > 1 else 0.0


def _things(title: str, weights: Weights) -> list[_Thing]:
    """What the topic names before its asides; these too, for less, or where nothing else does."""
    head, *asides = _OPENING.split(title)
    main = _named(head, 1.0, weights)
    return [*main, *_named(" , ".join(asides), _ASIDE if main else 1.0, weights)] or [
        thing for thing in [_thing(lexical.phrases(title, 2), 1.0, weights)] if thing
    ]


def _named(text: str, share: float, weights: Weights) -> list[_Thing]:
    found = []
    for part in _BETWEEN.split(text):
        said = [
            phrase
            for phrase in lexical.phrases(part, 2)
            if not all(weights.soft(word) for word in phrase.split())
        ]
        telling = [one for one in said if not set(one.split()) <= _FRAME]
        alone = {one for one in telling if " " not in one}
        if len(alone) == 1 and weights.rarity.weight(*alone) < _RARE * weights.rarity.unseen:
            telling = said
        if thing := _thing(telling, share, weights):
            found.append(thing)
    return found


def _thing(phrases: Iterable[str], share: float, weights: Weights) -> _Thing | None:
    told = [one for one in dict.fromkeys(phrases) if not one.isdigit() and len(one) > 1]
    words = tuple(one for one in told if " " not in one)
    pairs = tuple(one for one in told if " " in one and set(one.split()) <= set(words))
    if not words:
        return None
    return _Thing(words, pairs, share * weights.total(words) ** 0.5, share < 1)


def _level(thing: _Thing, words: Words, weights: Weights) -> float:
    """How far a question treats a thing, 0 to 1: by its prompt, its section, in its answers."""
    whole = weights.total(thing.words)
    if weights.total(word for word in thing.words if word in words.prompt) / whole > _MOSTLY:
        return _PROMPT
    if weights.total(word for word in thing.words if word in words.section) / whole > _MOSTLY:
        return _SECTION
    whole_in_answers = all(one in words.all for one in (thing.pairs or thing.words))
    return _ANSWERS if whole_in_answers else 0.0
