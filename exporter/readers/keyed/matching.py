"""Which sections of questions a section of answers is about.

Answer sections carry the titles of the question sections, shortened or reworded, so a title is
compared word by word; what the answers say decides between titles that are alike.  An answers
part without sections is about all questions beside it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter import lexical
from exporter.readers.keyed import roles
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.words import Evidence, Wording, evidence, share, without

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


# -- a walk along the questions --------------------------------------------------------------------


NEXT = 0.12
"""What the question right after the last one gains."""

_STAY = -0.06
_SKIP, _MOST_SKIPPED = -0.02, -0.14
_BACK = -0.12
_BACK_SECTION = -0.40
_LEAST_STEP = 0.1
"""Below this not even the order makes a question worth a look."""
_LEAVE = 0.30
"""The gain below which an answer is better left without a question."""


@dataclass(frozen=True, slots=True)
class Walk:
    """For each answer the index of its question, or None; and the order's part in it."""

    question: int | None
    order: float


def align(scores: Sequence[Sequence[float]], sections: Sequence[int]) -> tuple[Walk, ...]:
    """The best walk.  ``scores[a][q]`` says how well answer a fits question q; ``sections[q]`` is
    the number of the section in which question q stands."""
    start = -1
    best: dict[int, float] = {start: 0.0}
    trail: list[dict[int, tuple[int, int | None]]] = []
    for row in scores:
        here: dict[int, float] = {}
        back: dict[int, tuple[int, int | None]] = {}
        for position, value in best.items():
            _keep(here, back, position, value + _LEAVE, (position, None))
            for question, score in enumerate(row):
                if score >= _LEAST_STEP:
                    gain = value + score + step(position, question, sections)
                    _keep(here, back, question, gain, (position, question))
        best = here
        trail.append(back)
    position = max(best, key=lambda at: (best[at], -at)) if best else start
    walks: list[Walk] = []
    for origins in reversed(trail):
        before, reached = origins[position]
        order = 0.0 if reached is None else step(before, reached, sections)
        walks.append(Walk(reached, order))
        position = before
    return tuple(reversed(walks))


def _keep(
    here: dict[int, float],
    back: dict[int, tuple[int, int | None]],
    position: int,
    value: float,
    origin: tuple[int, int | None],
) -> None:
    if position not in here or value > here[position] + 1e-12:
        here[position] = value
        back[position] = origin


def step(position: int, question: int, sections: Sequence[int]) -> float:
    """What going from question ``position`` (-1: the start) to ``question`` gains or costs."""
    if question == position + 1:
        return NEXT
    if question == position:
        return _STAY
    if question > position:
        return max(_MOST_SKIPPED, _SKIP * (question - position - 1))
    return _BACK if sections[question] == sections[position] else _BACK_SECTION


# -- when a pair counts ----------------------------------------------------------------------------


_SURE = 0.42
_SURE_ALONE = 0.55
"""Enough words: where headings say which questions are meant, and where they don't."""
_LEAST = 0.14
_SHARED = 1.8
"""Words in common that make a pair with the order's help: two, or nearly."""
_NAMED, _UNNAMED = 0.75, 0.45
"""Share of the key that names a question, and that may be found in another."""
_ONE = 0.8
_PINNED_TOLD, _PINNED_NAMED = 0.2, 0.5
_SECOND = 0.4
_RESCUED, _SAYING = 0.25, 0.35


@dataclass(frozen=True, slots=True)
class Table:
    """Answers beside the questions of their scope: ``rows[a][q]`` is the evidence, ``walks[a]`` the
    proposal, ``sections[q]`` the number of a question's section, ``sure`` whether headings say
    that these questions are meant."""

    rows: Sequence[Sequence[Evidence]]
    walks: Sequence[Walk]
    sections: Sequence[int]
    sure: bool

    @property
    def one_section(self) -> bool:
        """Whether all questions stand in one section."""
        return len(set(self.sections)) == 1


def accepted(table: Table, answer: int) -> int | None:
    """The question of an answer, or None where no pair is good enough."""
    walk = table.walks[answer]
    question = walk.question
    if question is None or not _stands(table, answer, question, walk.order):
        question = _clear(table, answer)
    return question


def _stands(table: Table, answer: int, question: int, order: float) -> bool:
    e = table.rows[answer][question]
    # Among many sections the same few keys return: against the order, more words are wanted.
    against = 0.0 if table.one_section else min(0.0, order)
    if e.score + against >= (_SURE if table.sure else _SURE_ALONE):
        return e.named >= _SECOND or not _better(table, answer, question)
    if not table.sure or e.score < _LEAST:
        return False
    follows = order >= NEXT
    if follows and e.shared >= _SHARED:
        return e.named >= _SECOND or not _better(table, answer, question)
    if (table.one_section or follows) and _alone(table, answer, question):
        return True
    enough = e.told >= _PINNED_TOLD or e.named >= _PINNED_NAMED
    return enough and e.shared >= _ONE and _pinned(table, answer, question)


def _better(table: Table, answer: int, question: int) -> bool:
    """Whether the question has an answer that fits it better."""
    score = table.rows[answer][question].score
    return any(
        walk.question == question and table.rows[other][question].score > score
        for other, walk in enumerate(table.walks)
        if other != answer
    )


def _pinned(table: Table, answer: int, question: int) -> bool:
    """Whether the answers around it leave only this question in the order."""
    walks = table.walks
    before = walks[answer - 1].question if answer else -1
    after = walks[answer + 1].question if answer + 1 < len(walks) else len(table.sections)
    return before == question - 1 and after == question + 1


def _alone(table: Table, answer: int, question: int) -> bool:
    """Whether this question alone has the answer's key in it, but for those with a better
    answer."""
    row = table.rows[answer]
    if row[question].named < _NAMED:
        return False
    taken = {
        walk.question
        for other, walk in enumerate(table.walks)
        if walk.question is not None
        and table.rows[other][walk.question].score > row[walk.question].score
    }
    return all(
        e.named <= _UNNAMED for at, e in enumerate(row) if at != question and at not in taken
    )


def _clear(table: Table, answer: int) -> int | None:
    """The one clear question of its section for an answer that the walk left out."""
    if not table.sure or not table.one_section:
        return None
    row = table.rows[answer]
    ranked = sorted(range(len(row)), key=lambda at: (-row[at].score, at))
    best = row[ranked[0]]
    second = row[ranked[1]].score if len(ranked) > 1 else 0.0
    if best.score < _RESCUED or best.score - second < _CLEAR:
        return None
    says = best.told >= _SAYING or best.named >= _NAMED
    telling = best.shared >= _SHARED + 1 or (best.shared >= _SHARED and says)
    doubled = best.named < _SECOND and _better(table, answer, ranked[0])
    return ranked[0] if telling and not doubled else None


# -- pairs -----------------------------------------------------------------------------------------


_TOLD, _TOLD_MORE, _TELLING = 0.5, 0.4, 2.8
_MUTUAL = 0.8
_DECORATION = re.compile(r"[()\[\]`]")


@dataclass(frozen=True, slots=True)
class Answering:
    """The answers (by index) of one block."""

    block: Block
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An answer's questions (by index), best first; none where nothing fits, and then ``titles``
    still tells which section it is about."""

    answer: int
    questions: tuple[int, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything to be matched: questions in sections, answers in blocks, and word weights."""

    questions: tuple[Wording, ...]
    sections: tuple[Section, ...]
    answers: tuple[Wording, ...]
    weights: lexical.Weights


def match(catalogue: Catalogue, lists: Sequence[Answering]) -> tuple[Match, ...]:
    """The questions of every answer in ``lists``, the answers of one part, in order."""
    section_of = {at: n for n, one in enumerate(catalogue.sections) for at in one.questions}
    found: list[Match] = []
    for where, run in _runs(catalogue, lists):
        found.extend(_matches(catalogue, where, run, section_of))
    return tuple(found)


def _runs(catalogue: Catalogue, lists: Sequence[Answering]) -> Iterator[tuple[Scope, list[int]]]:
    """Neighbouring answers that are about the same questions, to be walked together."""
    current: Scope | None = None
    run: list[int] = []
    for one in lists:
        wordings = [catalogue.answers[at] for at in one.answers]
        found = scope(one.block, wordings, catalogue.sections, catalogue.questions, current)
        if current is not None and found != current and run:
            yield current, run
            run = []
        current = found
        run.extend(one.answers)
    if current is not None and run:
        yield current, run


def _matches(
    catalogue: Catalogue, where: Scope, run: Sequence[int], section_of: Mapping[int, int]
) -> Iterator[Match]:
    answers = [catalogue.answers[at] for at in run]
    questions = [catalogue.questions[at] for at in where.questions]
    sections = [section_of[at] for at in where.questions]
    weights = catalogue.weights
    if len(set(sections)) == 1:
        weights = without(weights, questions[0].context)
    rows = [[evidence(one, question, weights) for question in questions] for one in answers]
    walks = align([[e.score for e in row] for row in rows], sections)
    table = Table(rows, walks, sections, where.sure)
    firsts = [accepted(table, at) for at in range(len(answers))]
    free = [at for at in range(len(questions)) if at not in set(firsts)]
    for at, first in enumerate(firsts):
        near = walks[at].question if first is None else first
        more = [
            one
            for one in free
            if near is not None
            and sections[one] == sections[near]
            and _also(answers[at], questions[one], weights, rows[at][near].told)
        ]
        free = [one for one in free if one not in more]
        chosen = ([] if first is None else [first]) + more
        titles = catalogue.sections[sections[chosen[0]]].titles if chosen else None
        if titles is None:
            between = _between(firsts, at, sections)
            titles = where.titles if between is None else catalogue.sections[between].titles
        yield Match(run[at], tuple(where.questions[one] for one in chosen), titles)


def _between(firsts: Sequence[int | None], at: int, sections: Sequence[int]) -> int | None:
    """The section in which the nearest answers before and after both found their questions."""
    before = next((one for one in reversed(firsts[:at]) if one is not None), None)
    after = next((one for one in firsts[at + 1 :] if one is not None), None)
    if before is None or after is None or sections[before] != sections[after]:
        return None
    return sections[before]


def _also(answer: Wording, question: Wording, weights: lexical.Weights, told: float) -> bool:
    """Whether an answer also answers a question of the same section that has none; ``told`` is
    what it tells of its own question."""
    e = evidence(answer, question, weights)
    if e.shared >= _TELLING and e.told >= (_TOLD if told >= e.told else _TOLD_MORE):
        return True
    if e.shared < _ONE:
        return False
    if _same(answer, Wording(question.context, ""), weights):
        return True
    parts = PARTS.split(_DECORATION.sub(" ", answer.key))
    return len(parts) > 1 and any(_same(Wording(part, ""), question, weights) for part in parts)


def _same(left: Wording, right: Wording, weights: lexical.Weights) -> bool:
    """Whether two keys say the same."""
    there = share(left.key_terms, (right.key_bag,), weights)
    back = share(right.key_terms, (left.key_bag,), weights)
    return min(there, back) >= _MUTUAL
