"""Which sections of questions a section of answers is about.

Answer sections carry the titles of the question sections, shortened or reworded, so a title is
compared word by word; what the answers say decides between titles that are alike.  An answers
part without sections is about all questions beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.readers.keyed import roles
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.wording import Wording, evidence, share
from exporter.text import lexical

_SURE_TITLE = 0.5
_HINTING_TITLE = 0.25
_SURE_CONTENT = 0.45
_PLAIN_TITLE = 0.9
_NEAR = 0.3
_CLEAR = 0.1
_OWN_TITLE = 0.75
_CONTENT = 0.6
_PARENT = 0.3
_ORDER = 0.05
PARTS = re.compile(r"\s*(?:[,;/&+]|\b(?:and|und|et|y)\b)\s*", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:(?:part|section|chapter|teil|kapitel|abschnitt)\s+)?"
    r"(?:\d+(?:\.\d+)*[.):]?|[A-Z][.):]|[IVX]+[.):])\s*[:–—-]?\s*(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """The questions (by index) that stand directly under one heading."""

    titles: tuple[str, ...]
    path: tuple[int, ...]
    questions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The questions that a list of answers may be about; ``sure`` where headings say so, and then
    ``titles`` names the section or part."""

    questions: tuple[int, ...]
    titles: tuple[str, ...]
    sure: bool


def scope(
    block: Block,
    answers: Sequence[Wording],
    sections: Sequence[Section],
    questions: Sequence[Wording],
    previous: Scope | None,
) -> Scope:
    """The scope of the answers in ``block``; ``previous`` is that of the block before."""
    title = block.title or ""
    declares = roles.names_answers(title)
    name = roles.subject(title) if declares else unnumbered(title)
    beside = _beside(block, sections, declares=declares)
    if not name:
        return beside
    places = [place for place in _places(beside, sections) if place.titles]
    weights = lexical.weigh(lexical.terms(place.titles[-1]) for place in places)
    titled = [(alike(name, unnumbered(place.titles[-1]), weights), place) for place in places]
    merged = _merged(name, titled, weights)
    if merged:
        return merged
    above = " ".join(block.titles[:-1])
    rated = [
        (_sum(one, above, weights, previous), *one) for one in _rated(titled, answers, questions)
    ]
    return _best(rated) or Scope(beside.questions, beside.titles, sure=False)


def _sum(
    rated: tuple[float, float, Scope], above: str, weights: lexical.Weights, previous: Scope | None
) -> float:
    """What speaks for a place in all: its title, what the answers say, the titles ``above`` both,
    and that it follows the place before."""
    title_score, content, place = rated
    parent = alike(" ".join(place.titles[:-1]), above, weights)
    follows = previous is not None and _follows(previous, place)
    return title_score + _CONTENT * content + _PARENT * parent + (_ORDER if follows else 0)


def _best(rated: Sequence[tuple[float, float, float, Scope]]) -> Scope | None:
    """The place with the best score of (score, title, content, place), if its title or, with a
    margin, what the answers say is enough."""
    ranked = sorted(rated, key=lambda one: -one[0])
    if not ranked:
        return None
    score, title_score, content, place = ranked[0]
    clear = len(ranked) == 1 or score - ranked[1][0] >= _CLEAR
    if title_score >= _SURE_TITLE or (clear and title_score >= _HINTING_TITLE):
        return (
            place
            if clear
            else _together(place, [one[3] for one in ranked if one[0] > score - _CLEAR])
        )
    return place if clear and content >= _SURE_CONTENT else None


def _together(best: Scope, near: Sequence[Scope]) -> Scope:
    """Sections of one title in several parts, where nothing tells which of them is meant."""
    name = lexical.words(unnumbered(best.titles[-1]))
    same = [one for one in near if lexical.words(unnumbered(one.titles[-1])) == name]
    if len(same) == 1:
        return best
    questions = sorted({question for one in same for question in one.questions})
    return Scope(tuple(questions), best.titles[-1:], sure=True)


def _rated(
    titled: Sequence[tuple[float, Scope]],
    answers: Sequence[Wording],
    questions: Sequence[Wording],
) -> list[tuple[float, float, Scope]]:
    """Places with what their titles and, where several titles come near the best one, what the
    answers say for them."""
    top = max((score for score, _ in titled), default=0.0)
    least = 0.0
    if top >= _SURE_TITLE:
        least = _PLAIN_TITLE if top >= _PLAIN_TITLE else top - _NEAR
    near = [place for score, place in titled if score >= least]
    weights = lexical.weigh(question.terms for question in questions)
    said = {
        place: _content(answers, [questions[at] for at in place.questions], weights)
        for place in near
        if len(near) > 1
    }
    return [(score, said.get(place, float(place in near)), place) for score, place in titled]


def _beside(block: Block, sections: Sequence[Section], *, declares: bool) -> Scope:
    """All questions under the heading that also holds the answers part, or of the document."""
    if declares:
        for depth in range(len(block.path) - 1, 0, -1):
            parent = block.path[:depth]
            inner = [one for one in sections if one.path[:depth] == parent]
            if inner:
                found = tuple(question for one in inner for question in one.questions)
                return Scope(found, inner[0].titles[:depth], sure=True)
    every = tuple(question for one in sections for question in one.questions)
    return Scope(every, (), sure=declares)


def _places(within: Scope, sections: Sequence[Section]) -> list[Scope]:
    """Sections and the parts that hold several of them, in document order."""
    inner = set(within.questions)
    found: dict[tuple[int, ...], tuple[tuple[str, ...], list[int]]] = {}
    for section in sections:
        for depth in range(1, len(section.path) + 1):
            titles = section.titles[:depth]
            held = found.setdefault(section.path[:depth], (titles, []))[1]
            held.extend(question for question in section.questions if question in inner)
    return [Scope(tuple(held), titles, sure=True) for titles, held in found.values() if held]


def _follows(previous: Scope, place: Scope) -> bool:
    return bool(previous.questions) and place.questions[0] == previous.questions[-1] + 1


def alike(name: str, title: str, weights: lexical.Weights) -> float:
    """How well a shortened title fits the full one."""
    short, full = Wording(name, ""), Wording(title, "")
    there = share(short.key_terms, (full.bag,), weights)
    back = share(full.key_terms, (short.bag,), weights)
    return 0.65 * there + 0.35 * back


def _content(
    answers: Sequence[Wording], questions: Sequence[Wording], weights: lexical.Weights
) -> float:
    """How well each answer finds a question here, on average."""
    if not answers:
        return 0.0
    best = (
        max(evidence(answer, question, weights).score for question in questions)
        for answer in answers
    )
    return sum(best) / len(answers)


def _merged(
    name: str, titled: Sequence[tuple[float, Scope]], weights: lexical.Weights
) -> Scope | None:
    """Several sections, where no title is the answers' and parts of theirs each name another."""
    if max((score for score, _ in titled), default=0.0) >= _OWN_TITLE:
        return None
    held: list[Scope] = []
    for part in PARTS.split(name):
        rated = [(alike(part, unnumbered(place.titles[-1]), weights), place) for _, place in titled]
        best = max(rated, key=lambda one: one[0], default=None)
        if best and best[0] >= _SURE_TITLE and best[1] not in held:
            held.append(best[1])
    apart = {place.titles[:-1] for place in held}
    if len(held) < len(PARTS.split(name)) or len(held) == 1 or len(apart) != 1:
        return None
    questions = sorted({question for place in held for question in place.questions})
    return Scope(tuple(questions), (*held[0].titles[:-1], name), sure=True)


def unnumbered(title: str) -> str:
    """A title without the number or letter that counts it: "3. Concurrency", "B) Cellar"."""
    return _NUMBER.sub("", title) or title
