"""Which questions ask the same: precision before recall.

A missed pair costs a learner one more card; a wrong pair shows the answer of one question under
another.  So two prompts must agree in nearly all words that tell, and in the way they ask: "what is
X" is not "how does X fail", and what one of them denies the other must deny.  Many multiple-choice
questions ask in the same words ("Which is true?"): what tells them apart is what they offer.

Brings questions that ask the same to one day: that of the one whose place is surest.

What a person placed stays where it is, and leads the others there.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from exporter.model import Choice, Kind, Place, Placement, Question, QuestionId
from exporter.plan.relate.weighed_words import COLOUR, Index, Weights, terms
from exporter.text import lexical, markup

_BY_PEOPLE = ("pin", "author")


def gather(questions: Sequence[Question], groups: Iterable[Sequence[int]]) -> tuple[Question, ...]:
    """The questions, in order, each that was placed by its words on the day of its group; the
    groups are of indexes, the leader first."""
    placed = list(questions)
    for group in groups:
        host = _host([questions[at] for at in group])
        for at in group:
            placed[at] = _placed(questions[at], host)
    return tuple(placed)


def _placed(question: Question, host: Question) -> Question:
    own, there = question.placement, host.placement
    if own is None or own.week is None or own.by in _BY_PEOPLE:
        return question
    if host is question or there is None or (there.week, there.day) == (own.week, own.day):
        return question
    runner_up = Place(own.week, own.day, own.score)
    why = f"asks the same as {host.key}, which stands there; by itself: {own.why}"
    return replace(
        question,
        placement=Placement(there.week, there.day, "match", there.score, why, runner_up),
    )


def _host(group: Sequence[Question]) -> Question:
    """Whose place all take: what a person placed, else the best match; of equals the leader."""

    def order(one: Question) -> tuple[int, float, bool, QuestionId]:
        place = one.placement
        return _rank(place), -place.score if place else 0.0, one is not group[0], one.id

    return min(group, key=order)


def _rank(place: Placement | None) -> int:
    if place is None or place.by == "default":
        return 2
    return 0 if place.by in _BY_PEOPLE else 1


_ALIKE = 0.64
"""The least share of weighed words that two prompts must have in common."""
_CANDIDATES = 200
"""With so many groups a prompt is compared at most: the earliest that could ask the same."""
_OFFERED = 0.5
"""The least share of choices that two multiple-choice questions must have in common."""
_FRAGMENT = 4
"""A prompt of so few words that is no sentence needs its section: "Isolation levels" under two
titles is two questions."""
_WAYS = (
    ("what", re.compile(r"\b(?:what(?:'s|’s)?|define)\b")),
    ("why", re.compile(r"\b(?:why|matters?|reasons?)\b")),
    ("how", re.compile(r"\bhow\b")),
    ("when", re.compile(r"\bwhen\b")),
    ("which", re.compile(r"\b(?:which|who|where)\b")),
    ("compare", re.compile(r"\b(?:differ(?:s|en(?:ce|ces|t|tly))?|versus|vs|compared?)\b")),
)
_TURNS = (
    re.compile(r"\b(?:not|never|no|without)\b|n['’]t\b"),
    re.compile(
        r"\b(?:fail(?:s|ed|ures?)?|mistakes?|problems?|danger(?:s|ous)?|risks?|anti-?patterns?|"
        r"bugs?|wrong|pitfalls?|limit(?:s|ations?)?|drawbacks?|disadvantages?|attacks?)\b"
    ),
    re.compile(
        r"\b(?:prevent|avoid|detect|find|identify|spot|debug|diagnose|fix|solve|resolve|test|monitor|"
        r"tune)\w*\b"
    ),
    re.compile(r"\b(?:causes?|caused)\b"),
    re.compile(r"\b\d+\b"),
)
_REMEDY = 2
_NAMED = re.compile(
    r"\b(?:what(?:['’]s|\s+is)|define|explain)\s+(?:an?\s+|the\s+)?"
    r"(deep|common|real|large|big|good|modern|exact)\s+\w"
)
"""A colour that is part of a name: a deep copy is no copy, a common table no table."""
_TAIL = re.compile(r"(?:,\s*+|(?<![\s,])\s++)?+\band\s++(?:why|when|where|how)\b.*", re.DOTALL)
"""What a longer prompt asks on top of a shorter one: "What is a lock, and when is it held?"."""
_SCALE = re.compile(
    r"(?<!\s)\s++(?:(?:for|with|serving|handling)\s++"
    r"(?:\d++(?:[.,]\d++)*+\w*+|hundreds|thousands|millions|billions)\b"
    r"[^?.!]{0,200}+|at\s++(?:\w++\s++)?scale\b)(?=\s*+[?.!]?\s*+$)"
)
"""How big the thing is that is asked for, which hardly changes what a good answer says."""
_ZERO = re.compile(r"\bzero[\s-]+(?=[a-z]{4})")
"""What is done with "zero downtime" is done without any."""
_SCENE = re.compile(r"(?<!\s)\s++in\s++(?P<name>[A-Z][\w.+#]*+)\s*+[?.!]*+\s*+$")
_SURE = 2
"""Where it is asked, by a name at the end: "in Java"; left out only where so many telling words
are asked about."""
_ALIASES = {
    alias: name
    for name, aliases in (
        ("detect", ("find", "identify", "spot")),
        ("prevent", ("avoid",)),
        ("fix", ("solve", "resolve")),
    )
    for alias in lexical.phrases(" ".join(aliases), 1)
}


_Frame = tuple[str, ...]
"""Label and section, in words."""
_Shared = tuple[Kind, tuple[str, ...], str]
"""What two prompts that ask the same have in common: kind, code and a telling word."""


class _Asked(NamedTuple):
    """A question as it is compared: computed once, compared often."""

    kind: Kind
    code: tuple[str, ...]
    text: str
    words: frozenset[str]
    telling: frozenset[str]
    framing: frozenset[str]
    named: tuple[str, ...]
    head: frozenset[str]
    bare: frozenset[str]
    first_turns: tuple[frozenset[str], ...]
    ways: frozenset[str]
    turns: tuple[frozenset[str], ...]
    alone: bool
    offered: frozenset[str]
    right: frozenset[str]


def groups(index: Index, apart: Collection[frozenset[int]]) -> tuple[tuple[int, ...], ...]:
    """Questions that ask the same, as groups of two or more indexes, each in source order.

    Every question of a group asks the same as every other one; pairs in ``apart`` never meet.
    Prompts in the same words are compared once, however often they stand in the pack.
    """
    kept: dict[int, set[int]] = {}
    for pair in apart:
        for at in pair:
            kept.setdefault(at, set()).update(pair)
    families = _Families(index.weights)
    for at, question in enumerate(index.questions):
        asked, frame = _asked(question, index.weights), _frame(question)
        for group in families.near(asked, frame):
            if at in kept and not kept[at].isdisjoint(group.members):
                continue
            if _meet(asked, frame, group, index.weights):
                break
        else:
            group = families.founded()
        families.join(group, at, asked, frame)
    return tuple(tuple(one.members) for one in families.groups if len(one.members) > 1)


def joined(
    found: Iterable[Sequence[int]], same: Iterable[Iterable[int]]
) -> tuple[tuple[int, ...], ...]:
    """Groups with those of ``same``, which a person has reviewed, made one."""
    home: dict[int, set[int]] = {}
    for members in (*found, *same):
        whole = set(members).union(*(home.get(at, ()) for at in members))
        for at in whole:
            home[at] = whole
    groups = {min(group): group for group in home.values()}
    return tuple(tuple(sorted(groups[first])) for first in sorted(groups) if len(groups[first]) > 1)


class _Group(NamedTuple):
    """Questions that ask the same, by index, and the different ways in which they do, each with
    the frames in which it stands."""

    number: int
    members: list[int]
    forms: dict[_Asked, set[_Frame]]


class _Families:
    """Groups so far, in the order of their first questions, by what others must share with them:
    the code, and as one of two prompts has all telling words of the other, the rarest of these."""

    def __init__(self, weights: Weights) -> None:
        self.groups: list[_Group] = []
        self._weights = weights
        self._standing: dict[tuple[_Asked, _Frame], list[int]] = {}
        self._holding: dict[_Shared, list[int]] = {}
        self._rarest: dict[_Shared, list[int]] = {}

    def founded(self) -> _Group:
        """A new group."""
        self.groups.append(_Group(len(self.groups), [], {}))
        return self.groups[-1]

    def join(self, group: _Group, at: int, asked: _Asked, frame: _Frame) -> None:
        """Adds question ``at`` to a group."""
        group.members.append(at)
        frames = group.forms.setdefault(asked, set())
        if frame not in frames:
            self._standing.setdefault((asked, frame), []).append(group.number)
        if not frames:
            self._rarest.setdefault(self._telling_most(asked), []).append(group.number)
            for shared in _shared(asked):
                self._holding.setdefault(shared, []).append(group.number)
        frames.add(frame)

    def near(self, asked: _Asked, frame: _Frame) -> Iterator[_Group]:
        """Groups that may ask the same, the earliest first: those that ask it in the same words,
        and of others no more than so many."""
        lists = [self._rarest.get(shared, ()) for shared in _shared(asked)]
        lists.append(self._holding.get(self._telling_most(asked), ()))
        others = {number for found in lists for number in found[:_CANDIDATES]}
        equal = self._standing.get((asked, frame), [])[:_CANDIDATES]
        for number in sorted({*equal, *sorted(others)[:_CANDIDATES]}):
            yield self.groups[number]

    def _telling_most(self, asked: _Asked) -> _Shared:
        words = asked.telling or {""}
        word = max(words, key=lambda term: (self._weights.weight(term), term))
        return asked.kind, asked.code, word


def _shared(asked: _Asked) -> list[_Shared]:
    return [(asked.kind, asked.code, word) for word in asked.telling or {""}]


def _asked(question: Question, weights: Weights) -> _Asked:
    written = " ".join(filter(None, (question.title, question.prompt)))
    text = _level(written)
    words = _words(text)
    head = _TAIL.sub("", text)
    turns = tuple(_stems(turn, text) for turn in _TURNS)
    ways = frozenset(name for name, way in _WAYS if way.search(text))
    return _Asked(
        kind=question.kind,
        code=tuple(filter(None, map(str.strip, (question.code or "").splitlines()))),
        text=text,
        words=words,
        telling=frozenset(term for term in words if not weights.soft(term)) or words - COLOUR,
        head=_words(head) - COLOUR,
        bare=_words(_level(_SCENE.sub("", written))) - COLOUR,
        first_turns=turns if head == text else tuple(_stems(turn, head) for turn in _TURNS),
        named=tuple(_NAMED.findall(text)),
        framing=(words & weights.frame) - COLOUR,
        ways=ways,
        turns=turns,
        alone="?" in text or bool(ways) or len(words) > _FRAGMENT,
        offered=frozenset(map(_folded, question.choices)),
        right=frozenset(_folded(choice) for choice in question.choices if choice.right),
    )


def _frame(question: Question) -> _Frame:
    """What a fragment needs to be understood."""
    return lexical.words(f"{question.label or ''} {(question.section or ('',))[-1]}")


def _folded(choice: Choice) -> str:
    """A choice without case and punctuation, or as it stands where it is nothing but signs."""
    plain = markup.plain(choice.markdown)
    return " ".join(lexical.words(plain)) or plain


def _level(written: str) -> str:
    """A prompt in small letters, without how big a thing it asks about."""
    return _SCALE.sub("", _ZERO.sub("without ", written.casefold()))


def _words(text: str) -> frozenset[str]:
    return frozenset(_ALIASES.get(term, term) for term in terms(text))


def _stems(turn: re.Pattern[str], text: str) -> frozenset[str]:
    """Stems of what the pattern finds."""
    return frozenset(
        _ALIASES.get(stem, stem)
        for hit in turn.findall(text)
        for stem in lexical.phrases(hit, 1) or (hit,)
    )


def _meet(asked: _Asked, frame: _Frame, group: _Group, weights: Weights) -> bool:
    """Whether a question asks the same as all of a group; a fragment does only in its frame."""
    return all(
        ((asked.alone and form.alone) or frames == {frame} or not asked.text)
        and _same(asked, form, weights)
        for form, frames in group.forms.items()
    )


def _same(one: _Asked, two: _Asked, weights: Weights) -> bool:
    if one.kind is not two.kind or one.code != two.code:
        return False
    if not one.text or not two.text:
        return bool(one.code) and not one.text and not two.text
    if not _within(one.telling, two.telling):
        return False
    if one.offered and two.offered and not one.code and not _same_choice(one, two):
        return False
    return _same_way(one, two) and _alike(one, two, weights) >= _ALIKE


def _same_choice(one: _Asked, two: _Asked) -> bool:
    """Whether the same is right, among choices of which most are the same."""
    shared, whole = one.offered & two.offered, one.offered | two.offered
    return one.right == two.right and len(shared) >= _OFFERED * len(whole)


def _same_way(one: _Asked, two: _Asked) -> bool:
    if one.ways and two.ways and not one.ways & two.ways:
        return False
    return (
        (one.turns == two.turns or _goes_on(one, two) or _goes_on(two, one))
        and one.named == two.named
        and ("compare" in one.ways) == ("compare" in two.ways)
    )


def _goes_on(longer: _Asked, shorter: _Asked) -> bool:
    """Whether one prompt asks what the other does and then for a remedy: "… and how do you fix
    it?".  One that goes on to failures is another question."""
    others = [at for at in range(len(_TURNS)) if at != _REMEDY]
    return (
        longer.head == shorter.words - COLOUR
        and longer.first_turns == shorter.turns
        and all(longer.turns[at] == shorter.turns[at] for at in others)
    )


def _elsewhere(one: _Asked, two: _Asked) -> bool:
    """Whether one prompt names where, and the other asks the same without."""
    return one.bare == two.words - COLOUR == two.bare and len(one.bare) >= _SURE


def _alike(one: _Asked, two: _Asked, weights: Weights) -> float:
    """The share of weighed words in common; 0 where each has a telling word that the other lacks,
    for a word put in another's place makes another question.  A word that frames the pack may be
    left out, but not stand in another's place either."""
    if not one.telling & two.telling or not _within(one.framing, two.framing):
        return 0.0
    if one.words - COLOUR == two.head or two.words - COLOUR == one.head:
        return 1.0
    if _elsewhere(one, two) or _elsewhere(two, one):
        return 1.0
    return weights.asked(one.words & two.words) / weights.asked(one.words | two.words)


def _within(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether one of the two holds all of the other."""
    return one <= two or two <= one
