"""What each part of an outline is: which openers ask, and where what they ask ends.

Openers of one form under one heading are a group.  A group asks where most of it does: its words
ask, it counts itself, or what stands below is labelled as an answer.  Repetition decides: what a
form does in the whole document speaks for a group that says little itself.  Every decision has a
score from 0 to 1 and a reason in words.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from exporter.model import Tier
from exporter.readers import labels, vocabulary
from exporter.readers.choices import Run, runs
from exporter.readers.outline import Form, Opener, Outline, coded, plain
from exporter.readers.scan import LISTED, Line, LineKind, undecorated
from exporter.readers.vocabulary import Word

Key = tuple[Form, int, bool]
"""A form, a rank, and of items whether they are numbered."""


_NEAR = 60  # candidates above a label that may own it


@dataclass(frozen=True, slots=True)
class Hints:
    """What pack.toml says: the reader that a person names adds weight, ``asks`` settles what asks,
    ``tier_words`` are words for depths, in lower case."""

    reader: str | None = None
    asks: tuple[str, ...] = ()
    tier_words: Mapping[str, Tier] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An opener that asks, and the index before which its matter ends; ``why`` in words."""

    opener: Opener
    end: int
    score: float
    why: str


@dataclass(slots=True)
class _Evidence:
    """What speaks for the openers of one key, in a group or in the whole document."""

    size: int = 0
    strong: int = 0
    marked: int = 0
    named: int = 0
    answered: int = 0
    filled: int = 0
    counted: int = 0

    @property
    def share(self) -> float:
        return self.strong / self.size if self.size else 0.0

    @property
    def filling(self) -> float:
        return self.filled / self.size if self.size else 0.0


def key(opener: Opener) -> Key:
    """The group's form of an opener."""
    return opener.form, opener.rank, opener.ordered and opener.form is Form.ITEM


class Roles:
    """The openers of one document and what is known of them."""

    def __init__(self, outline: Outline, hints: Hints) -> None:
        self.outline = outline
        self.lines = outline.lines
        self.hints = hints
        self.runs = tuple(runs(outline.lines))
        self.heads = [
            one for one in outline.openers if one.form is Form.HEADING and not one.means
        ]
        self.title = _title(self.heads, outline.lines)
        self._run_places = [run.first for run in self.runs]
        self.keys = _keys(outline.openers, self.heads, self.title, len(outline.lines))
        self._option_lines = _inside(self.runs)
        self.credits: Counter[int] = Counter()
        self.optional: set[int] = set()
        self.candidates = self._candidates()
        self._places = [one.at for one in self.candidates]
        self._head_places = [one.at for one in self.heads]
        self._credit()
        self._filled = self._with_matter()
        self.pooled: dict[Key, _Evidence] = defaultdict(_Evidence)
        self.groups: dict[tuple[Key, int, int], list[Opener]] = defaultdict(list)
        self._gather()

    @property
    def keys_elsewhere(self) -> bool:
        """Whether a part of the document is a key of answers."""
        return bool(self.keys)

    @property
    def letters_options(self) -> bool:
        """Whether lettered options directly below what asks are the document's habit."""
        direct = sum(
            bool(run.options[0].letter) and run.first in self.optional for run in self.runs
        )
        return direct >= 3 and direct * 2 >= sum(count > 0 for count in self.credits.values())

    # -- candidates ------------------------------------------------------------------------

    def _candidates(self) -> list[Opener]:
        repeated = Counter(
            one.title.casefold()
            for one in self.outline.openers
            if one.form is Form.FOLD and not one.marked
        )
        found = []
        for one in self.outline.openers:
            if one is self.title:
                continue
            if one.at in self._option_lines and not _settled(key(one), self.hints.asks):
                continue
            if any(first <= one.at < last for first, last in self.keys):
                continue
            if one.form is Form.FOLD and repeated[one.title.casefold()] > 1 and not one.named:
                continue
            if one.means and not self._asks_by_label(one):
                continue
            if one.form is Form.CALLOUT and not one.asks:
                continue
            found.append(one)
        return found

    @staticmethod
    def _asks_by_label(one: Opener) -> bool:
        """Whether an opener's label is that of a question, with the question behind it."""
        return one.means is not None and one.means.means is Word.QUESTION and bool(one.title)

    def _credit(self) -> None:
        """Labels of answers and lists of options speak for the nearest opener above them."""
        for one in self.outline.openers:
            if one.means is None or self._asks_by_label(one):
                continue
            if isinstance(one.means.means, Tier) or one.means.means in (
                Word.ANSWER, Word.OUTPUT, Word.EXPLANATION, Word.OPTIONS,
            ):
                above = self._above(one.at, one)
                if above is not None and (one.means.means is not Word.EXPLANATION):
                    self.credits[above.at] += 1
        for run in self.runs:
            above = self._above(run.first, None)
            ticks = {option.ticked for option in run.options}
            lettered = bool(run.options[0].letter)
            if above is None or run.first - above.last > 40:
                continue
            if lettered or above.marked or above.named or (True in ticks and False in ticks):
                if above.marked or above.named or above.asks or lettered:
                    self.credits[above.at] += 1
                    self.optional.add(run.first)

    def _above(self, at: int, label: Opener | None) -> Opener | None:
        """The nearest candidate above a line that may own it."""
        last = bisect_left(self._places, at) - 1
        for nth in range(last, max(-1, last - _NEAR), -1):
            one = self.candidates[nth]
            if one.form is Form.ITEM and not one.marked and not one.rest:
                nested = self.outline.items[one.at] > at
                if not nested and not (one.ordered and one.asks):
                    continue
            heading = label is not None and label.form is Form.HEADING
            if one.form is Form.TEXT and (heading or not one.marked):
                continue
            if one.form is Form.BOLD and not (one.marked or one.asks or one.named or one.label):
                if heading:
                    continue
            return one
        return None

    def _with_matter(self) -> frozenset[int]:
        """Places of the candidates with words of their own below, or behind, them."""
        found: set[int] = set()
        content = self._content_before()
        by_key: dict[Key, list[Opener]] = defaultdict(list)
        for one in self.candidates:
            by_key[key(one)].append(one)
        for group in by_key.values():
            for one, following in zip_longest(group, group[1:]):
                end = self._reach(one, following)
                if one.rest or content[max(end, one.last + 1)] > content[one.last + 1]:
                    found.add(one.at)
        return frozenset(found)

    def _content_before(self) -> list[int]:
        counts = [0]
        for line in self.lines:
            said = not line.empty and line.kind not in (LineKind.RULE, LineKind.HEADING)
            counts.append(counts[-1] + said)
        return counts

    def _reach(self, one: Opener, following: Opener | None) -> int:
        end = one.end
        if one.form is Form.ITEM and end <= one.at + 1:
            end = self.limit(one)
        return min(end, following.at) if following else end

    def limit(self, one: Opener) -> int:
        """The index of the first heading behind ``one``, or of the line that ends its outer item."""
        nth = bisect_right(self._head_places, one.last)
        return self._head_places[nth] if nth < len(self._head_places) else len(self.lines)

    # -- evidence --------------------------------------------------------------------------

    def _gather(self) -> None:
        parents = self._parents()
        for one in self.candidates:
            group = (key(one), *parents[one.at])
            self.groups[group].append(one)
            self._count(self.pooled[key(one)], one)

    def _parents(self) -> Mapping[int, tuple[int, int]]:
        """The heading (and of nested items the outer item) that each candidate stands under."""
        found: dict[int, tuple[int, int]] = {}
        path: list[Opener] = []
        items: list[Opener] = []
        headings = {one.at for one in self.heads}
        for one in self.outline.openers:
            if one.at in headings:
                path = [other for other in path if other.rank < one.rank]
                found[one.at] = (path[-1].at if path else -1, -1)
                path.append(one)
                items = []
                continue
            items = [other for other in items if self.outline.items[other.at] > one.at]
            found[one.at] = (path[-1].at if path else -1, items[-1].at if items else -1)
            if one.form is Form.ITEM:
                items.append(one)
        return found

    def _count(self, into: _Evidence, one: Opener) -> None:
        into.size += 1
        into.strong += self.is_strong(one)
        into.marked += one.marked
        into.named += one.named
        into.answered += self.credits[one.at] > 0
        into.filled += one.at in self._filled
        into.counted += one.label is not None and one.number > 0

    def is_strong(self, one: Opener) -> bool:
        """Whether an opener asks by itself."""
        return one.marked or one.named or self.credits[one.at] > 0 or one.asks

    def runs_between(self, first: int, last: int) -> Sequence[Run]:
        """The runs of options that lie between two indexes."""
        at = bisect_left(self._run_places, first)
        found = []
        while at < len(self.runs) and self.runs[at].first < last:
            if self.runs[at].last <= last:
                found.append(self.runs[at])
            at += 1
        return found

    def coded_key(self, one: Opener) -> str | None:
        """The right letter where it stands behind the question's own code: ``T1A01 (C)``."""
        match = coded(plain(self.lines[one.at].text))
        return match["key"] if match else None

    def is_filled(self, one: Opener) -> bool:
        return one.at in self._filled

    def of(self, group: Iterable[Opener]) -> _Evidence:
        found = _Evidence()
        for one in group:
            self._count(found, one)
        return found


def _keys(
    openers: Sequence[Opener], heads: Sequence[Opener], title: Opener | None, size: int
) -> tuple[tuple[int, int], ...]:
    """Where keys of answers stand: below headings that announce answers, behind what asks."""
    found: list[tuple[int, int]] = []
    for one in heads:
        name = undecorated(plain(one.title)).strip(" .:：!*_`")
        if one is title or one.named or not vocabulary.is_word(Word.ANSWERS, name):
            continue
        before = [other for other in openers if other.at < one.at and (other.asks or other.named)]
        inside = [other for other in openers if one.at < other.at < one.end and other.asks]
        if before and len(inside) <= len(before):
            found.append((one.at, one.end))
    return tuple(found)


def _inside(found: Sequence[Run]) -> frozenset[int]:
    return frozenset(at for run in found for at in range(run.first, run.last))


def _title(heads: Sequence[Opener], lines: Sequence[Line]) -> Opener | None:
    """The document's title: its first heading, if no other is as high, unless it asks itself."""
    if not heads:
        return None
    first = heads[0]
    alone = all(other.rank > first.rank for other in heads[1:])
    before = any(
        not line.empty and line.kind is not LineKind.RULE for line in lines[: first.at]
    )
    if first.named or labels.is_set(first.title):
        return None
    if len(heads) == 1:
        return None if first.marked else first
    if alone:
        return None if first.marked and len(heads) < 3 else first
    rivals = [one for one in heads[1:] if one.rank == first.rank]
    if first.rank == 1 and not first.marked and not before:
        inner = next((one for one in heads[1:]), None)
        asking = sum(one.asks or one.named for one in rivals)
        if inner and (inner.rank == first.rank or asking * 2 > len(rivals)):
            return first
    return None


def asked(roles: Roles) -> tuple[Asked, ...]:
    """The openers that ask, in order, with their ends."""
    accepted = _accepted(roles)
    chosen = _unnested(roles, accepted)
    return _bounded(roles, chosen, accepted)


# -- which groups ask -----------------------------------------------------------------------


def _accepted(roles: Roles) -> dict[int, tuple[float, str]]:
    """Places of the openers whose group asks, with score and reason."""
    found: dict[int, tuple[float, str]] = {}
    speaks = _speaks_of_questions(roles)
    others = sum(
        one.marked or roles.credits[one.at] > 0
        for one in roles.candidates
        if one.form is not Form.TEXT
    )
    for (form, _parent, _item), group in roles.groups.items():
        here, all_of = roles.of(group), roles.pooled[form]
        score = _score(form, here, all_of, group, speaks=speaks)
        if form[0] is Form.TEXT and not here.answered and all_of.marked < others:
            score = 0.0
        settled = _settled(form, roles.hints.asks)
        if settled is not None:
            score = 1.0 if settled else 0.0
        if score <= 0:
            continue
        why = _why(form, here)
        for one in group:
            if settled or _belongs(roles, one, here, all_of):
                found[one.at] = (score, why)
    return found


def _settled(form: Key, asks: Sequence[str]) -> bool | None:
    """What ``asks`` in pack.toml says of a form; None where it says nothing."""
    if not asks:
        return None
    return any(_names(one, form) for one in asks)


def _names(word: str, form: Key) -> bool:
    kind, rank, _ = form
    name, _, number = word.casefold().partition(" ")
    names = {
        "heading": Form.HEADING, "bold": Form.BOLD, "item": Form.ITEM, "fold": Form.FOLD,
        "q:": Form.LABELLED, "counted": Form.COUNTED, "text": Form.TEXT, "callout": Form.CALLOUT,
    }
    return names.get(name) is kind and (not number or number == str(rank))


def _speaks_of_questions(roles: Roles) -> bool:
    """Whether the document's title or one of its highest headings speaks of questions."""
    titles = [roles.title.title] if roles.title else []
    titles += [one.title for one in roles.heads[:1]]
    return any(_QUESTIONS.search(title) for title in titles)


_QUESTIONS = vocabulary.speaking(
    r"questions?|interview|quiz|faqs?|q\s*&\s*a|exam|flash ?cards?|fragen|preguntas|perguntas"
    r"|domande|вопрос\w*|собеседовани\w*|面试|問題|质问|質問|题|أسئلة|entretien|entrevista"
)


def _score(
    form: Key, here: _Evidence, all_of: _Evidence, group: Sequence[Opener], *, speaks: bool
) -> float:
    """How surely a group asks, 0 where it does not."""
    kind = form[0]
    if kind is Form.HEADING:
        return _heading_score(here, all_of, group, speaks=speaks)
    if kind is Form.LABELLED:
        return 0.95 if all_of.answered or all_of.size > 1 else 0.6
    if kind is Form.CALLOUT:
        return 0.9
    if kind is Form.FOLD:
        enough = here.strong * 2 >= here.size or all_of.strong * 2 >= all_of.size
        return 0.9 if enough and here.filled else 0.0
    if kind is Form.COUNTED:
        named = here.named + here.marked + here.answered
        return 0.9 if named * 2 > here.size and all_of.size > 1 else 0.0
    if kind is Form.TEXT:
        return _text_score(here, all_of)
    return _line_score(kind, here, all_of)


def _heading_score(
    here: _Evidence, all_of: _Evidence, group: Sequence[Opener], *, speaks: bool
) -> float:
    if not here.strong:
        counted = here.counted == here.size and here.size >= 2
        many = all_of.share >= 0.5 and all_of.strong >= 4 and here.filling >= 0.5
        return 0.5 if counted and many and speaks else 0.0
    labelled = all_of.size >= 6 and all_of.answered >= 0.6 * all_of.size
    if labelled and not here.answered and here.marked + here.named < 0.5 * here.size:
        return 0.0
    if here.share >= 0.5 and here.strong >= 2:
        return 0.5 + here.share / 2
    if here.size == here.strong == 1 and here.filled:
        sure = here.marked or here.answered or here.named
        return 0.7 if sure or all_of.strong >= 3 else 0.0
    if all_of.share >= 0.4 and all_of.strong >= 3 and (here.share >= 0.2 or here.answered):
        return 0.4 + all_of.share / 2
    counted = here.counted == here.size and here.size >= 3
    if counted and here.filling >= 0.7 and (speaks or here.share >= 0.3):
        return 0.5
    if speaks and here.share >= 0.3 and here.filling >= 0.7 and here.strong >= 2:
        return 0.45
    return 0.4 if here.marked >= 2 and here.filling >= 0.5 else 0.0


def _text_score(here: _Evidence, all_of: _Evidence) -> float:
    if here.answered * 2 >= here.size and here.answered:
        return 0.8
    many = all_of.marked >= 3 and all_of.filling >= 0.8
    return 0.5 if many and here.marked == here.size else 0.0


def _line_score(kind: Form, here: _Evidence, all_of: _Evidence) -> float:
    """Bold lines and items: imperatives alone ("Use a map") make no questions of a list."""
    sure = here.marked + here.named
    answered = here.answered
    if answered * 2 >= here.size and (sure or answered >= 2 or all_of.answered >= 3):
        return 0.9
    share = here.share
    alone = here.size < 3 and not here.filled
    spoken = sure >= 0.25 * here.size or (all_of.marked >= 0.4 * all_of.size and sure)
    least = 0.5 if kind is Form.BOLD or here.filling >= 0.5 else 0.6
    if share >= least and here.strong >= 2 and spoken and not alone:
        return 0.4 + share / 2
    if here.marked and all_of.share >= 0.6 and all_of.marked >= 3:
        return 0.4 + all_of.share / 4
    return 0.0


def _belongs(roles: Roles, one: Opener, here: _Evidence, all_of: _Evidence) -> bool:
    """Whether one member of a group that asks is a question itself."""
    if roles.credits[one.at] or one.marked or one.named:
        return True
    title = undecorated(plain(one.title)).strip(" .:：!*_`")
    aside = vocabulary.is_word(Word.ASIDE, title) or vocabulary.is_word(Word.CONTENTS, title)
    if aside or vocabulary.is_word(Word.ANSWERS, title) or not title:
        return False
    if one.form is Form.HEADING:
        filled = roles.is_filled(one) or here.filling < 0.5
        counted = one.label is not None and here.counted * 2 >= here.size
        uncounted = one.label is None and here.counted * 2 > here.size
        labelled = all_of.size >= 6 and all_of.answered + all_of.named >= 0.8 * all_of.size
        if (uncounted or labelled) and not one.asks:
            return False
        return one.asks or (filled and (here.share >= 0.4 or all_of.share >= 0.4 or counted))
    if one.form is Form.FOLD:
        return True
    if one.form is Form.BOLD and not one.asks:
        return bool(one.label) and here.counted * 2 > here.size
    if one.form is Form.ITEM and not one.asks:
        counted = one.ordered and here.share >= 0.6
        return counted or (here.share >= 0.75 and here.filling < 0.3)
    return one.asks


def _why(form: Key, here: _Evidence) -> str:
    kind, rank, _ = form
    names = {
        Form.HEADING: f"headings of level {rank}", Form.BOLD: "bold lines", Form.ITEM: "list items",
        Form.LABELLED: 'lines "Q:"', Form.COUNTED: "counted lines", Form.FOLD: "folds",
        Form.CALLOUT: "callouts", Form.TEXT: "lines",
    }
    said = f"{here.strong} of {here.size} {names[kind]} ask"
    if here.answered:
        return f"{said}, {here.answered} have a labelled answer or options"
    return f"{said}, {here.filled} have text below" if here.filled else f"{said}, without answers"


# -- questions inside questions --------------------------------------------------------------


def _unnested(
    roles: Roles, accepted: Mapping[int, tuple[float, str]]
) -> dict[int, int]:
    """Places of the questions, each with the index before which it ends at the latest: what asks
    inside another's answer is content, or makes a section of the other."""
    openers = [one for one in roles.candidates if one.at in accepted]
    places = [one.at for one in openers]
    ends: dict[int, int] = {one.at: one.end for one in openers}
    out: set[int] = set()
    for one in sorted(
        (one for one in openers if one.form is Form.HEADING), key=lambda one: -one.rank
    ):
        inner = [
            other
            for other in openers[bisect_right(places, one.at) : bisect_left(places, one.end)]
            if other.at not in out
        ]
        if inner:
            _settle(roles, one, inner, out, ends)
    for one in openers:
        if one.form is not Form.HEADING and one.at not in out:
            _settle_line(roles, one, openers, places, out)
    return {at: end for at, end in ends.items() if at not in out}


def _settle(
    roles: Roles, one: Opener, inner: Sequence[Opener], out: set[int], ends: dict[int, int]
) -> None:
    """Whether a heading that asks is the question, or what asks below it, or both."""
    strong = one.marked or one.named or roles.credits[one.at] > 0
    own = _has_own(roles, one, inner[0].at)
    heads = [other for other in inner if other.form is Form.HEADING]
    sure = [other for other in inner if roles.is_strong(other)]
    if heads:
        titles = Counter(other.title.casefold() for other in heads)
        several = len(heads) > 1 and sum(other.marked or other.named for other in heads) > 1
        if not own and (len(sure) > 1 or not strong):
            out.add(one.at)
        elif several and len(titles) == len(heads) and _mostly(heads):
            if strong or one.asks:
                ends[one.at] = heads[0].at
                out.update(other.at for other in inner if other.at < heads[0].at)
            else:
                out.add(one.at)
        elif strong or own:
            out.update(other.at for other in inner)
        else:
            out.add(one.at)
        return
    filled = sum(roles.is_filled(other) or roles.credits[other.at] > 0 for other in sure)
    labelled = any(other.form in (Form.LABELLED, Form.CALLOUT) for other in inner)
    folds = [other for other in inner if other.form is Form.FOLD]
    if roles.credits[one.at] and not labelled and not folds:
        tested = [other for other in inner if roles.credits[other.at]]
        if tested and own:
            ends[one.at] = _head_of(roles, one, tested[0].at)
            out.update(other.at for other in inner if other not in tested)
        else:
            out.update(other.at for other in inner)
    elif own and strong and any(roles.credits[other.at] for other in inner) and not labelled:
        tested = [other for other in inner if roles.credits[other.at]]
        ends[one.at] = _head_of(roles, one, tested[0].at)
        out.update(other.at for other in inner if other not in tested)
    elif labelled or (len(folds) > 1 and not own) or (folds and not strong):
        out.add(one.at)
    elif not own and filled * 2 >= len(sure) and len(sure) > 0 and (len(sure) > 1 or not strong):
        out.add(one.at)
    elif strong or (one.asks and own):
        out.update(other.at for other in inner)
    elif len(sure) > 1:
        out.add(one.at)
    else:
        out.update(other.at for other in inner)


def _head_of(roles: Roles, one: Opener, at: int) -> int:
    """Where a test below an answer begins: at the heading that stands between both."""
    place = roles.limit(one)
    return min(place, at)


def _mostly(heads: Sequence[Opener]) -> bool:
    return sum(one.marked or one.named for one in heads) * 5 >= 3 * len(heads)


def _has_own(roles: Roles, one: Opener, until: int) -> bool:
    """Whether words of its own stand between a heading and what asks first below it."""
    for line in roles.lines[one.last + 1 : until]:
        if line.kind is LineKind.HEADING:
            return False
        if not line.empty and line.kind is not LineKind.RULE:
            return True
    return False


def _settle_line(
    roles: Roles, one: Opener, openers: Sequence[Opener], places: Sequence[int], out: set[int]
) -> None:
    """What is nested in an item, a fold or a labelled question that asks belongs to it, but for
    items that all ask below one without any other answer."""
    if one.form is Form.ITEM:
        end = roles.outline.items[one.at]
    elif one.form is Form.FOLD:
        end = fold_end(roles, one)
    else:
        return
    inner = [
        other
        for other in openers[bisect_right(places, one.at) : bisect_left(places, end)]
        if other.at not in out
    ]
    if not inner:
        return
    if one.form is Form.ITEM and not one.rest and _only_follow_ups(roles, one, inner, end):
        return
    out.update(other.at for other in inner)


def _only_follow_ups(roles: Roles, one: Opener, inner: Sequence[Opener], end: int) -> bool:
    """Whether nothing but questions without answers stands nested below an item."""
    asked_at = {other.at for other in inner}
    return all(
        line.empty or at in asked_at
        for at, line in enumerate(roles.lines[one.last + 1 : end], one.last + 1)
    )


def fold_end(roles: Roles, one: Opener) -> int:
    """The index behind a fold's closing tag; the opener's end where it is never closed."""
    depth = 1
    for at in range(one.last, min(one.end, len(roles.lines))):
        text = roles.lines[at].text.casefold()
        if at > one.last:
            depth += text.count("<details")
        depth -= text.count("</details")
        if depth <= 0:
            return at + 1
    return one.end


# -- where each question ends -----------------------------------------------------------------


def _bounded(
    roles: Roles, chosen: Mapping[int, int], accepted: Mapping[int, tuple[float, str]]
) -> tuple[Asked, ...]:
    """The questions with their ends: at the next question, at a heading as high, at an END."""
    openers = [one for one in roles.candidates if one.at in chosen]
    ends = [at for at, line in enumerate(roles.lines) if _is_end(line)]
    loose = _loose(roles, openers)
    found = []
    for one, following in zip_longest(openers, openers[1:]):
        end = min(chosen[one.at], following.at if following else len(roles.lines))
        if one.form is Form.ITEM and key(one) in loose:
            end = min(roles.limit(one), following.at if following else len(roles.lines))
        elif one.form is Form.FOLD:
            end = min(end, max(fold_end(roles, one), one.last + 1))
        nth = bisect_right(ends, one.at)
        if nth < len(ends):
            end = min(end, ends[nth])
        score, why = accepted[one.at]
        found.append(Asked(one, max(end, one.last + 1), round(score, 2), why))
    return tuple(found)


def _is_end(line: Line) -> bool:
    if line.kind not in (LineKind.TEXT, LineKind.HEADING):
        return False
    return len(line.text) < 120 and "nd" in line.text.casefold() and labels.is_end(line.text)


def _loose(roles: Roles, openers: Sequence[Opener]) -> frozenset[Key]:
    """Keys of items whose answers stand below them at the margin instead of inside them."""
    inside: Counter[Key] = Counter()
    below: Counter[Key] = Counter()
    for one, following in zip_longest(openers, openers[1:]):
        if one.form is not Form.ITEM:
            continue
        end = roles.outline.items[one.at]
        if end > one.last + 1 or one.rest:
            inside[key(one)] += 1
            continue
        limit = min(roles.limit(one), following.at if following else len(roles.lines))
        matter = [line for line in roles.lines[max(end, one.at + 1) : limit] if not line.empty]
        below[key(one)] += bool(matter) and matter[0].kind not in LISTED
    return frozenset(form for form, count in below.items() if count > inside[form])
