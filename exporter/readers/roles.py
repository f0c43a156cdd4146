"""What each part of an outline is: which openers ask, and where what they ask ends.

Openers of one form under one heading are a group.  A group asks where most of it does: its words
ask, it counts itself, or what stands below is labelled as an answer.  Repetition decides: what a
form does in the whole document speaks for a group that says little itself.  Every decision has a
score from 0 to 1 and a reason in words.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from exporter.model import Tier
from exporter.readers import labels, vocabulary
from exporter.readers.choices import Run, listed, runs
from exporter.readers.inline import plain
from exporter.readers.outline import Form, Opener, Outline, coded
from exporter.readers.scan import Line, LineKind, undecorated
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


@dataclass(slots=True)
class Evidence:
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


def settled(form: Key, asks: Sequence[str]) -> bool | None:
    """What ``asks`` in pack.toml says of a form; None where it says nothing."""
    if not asks:
        return None
    return any(_is_named(one, form) for one in asks)


def _is_named(word: str, form: Key) -> bool:
    kind, rank, _ = form
    name, _, number = word.casefold().partition(" ")
    names = {
        "heading": Form.HEADING,
        "bold": Form.BOLD,
        "item": Form.ITEM,
        "fold": Form.FOLD,
        "q:": Form.LABELLED,
        "counted": Form.COUNTED,
        "text": Form.TEXT,
        "callout": Form.CALLOUT,
    }
    return names.get(name) is kind and (not number or number == str(rank))


class Roles:
    """The openers of one document and what is known of them."""

    def __init__(self, outline: Outline, hints: Hints) -> None:
        self.outline = outline
        self.lines = outline.lines
        self.hints = hints
        self.runs = tuple(runs(outline.lines))
        self.heads = [one for one in outline.openers if one.form is Form.HEADING and not one.means]
        self.title = _title(self.heads, outline.lines)
        self.closings = _closings(outline.lines)
        self._labelled = {
            outline.lines[one.at].number for one in outline.openers if one.means is not None
        }
        self._run_places = [run.first for run in self.runs]
        self.keys = _keys(outline.openers, self.heads, self.title, outline.lines)
        self.option_lines = _inside(self.runs)
        self.unbalanced = _unbalanced(outline.lines)
        self.repeated = _repeated_titles(outline.openers)
        self.credits: Counter[int] = Counter()
        self.optional: set[int] = set()
        self.candidates = self._candidates()
        self._places = [one.at for one in self.candidates]
        self._head_places = [one.at for one in self.heads]
        self._credit()
        self._filled = self._with_matter()
        self.pooled: dict[Key, Evidence] = defaultdict(Evidence)
        self.groups: dict[tuple[Key, int, int], list[Opener]] = defaultdict(list)
        self._gather()

    @property
    def tiers(self) -> int:
        """How many labels of depths there are."""
        return sum(
            one.means is not None and isinstance(one.means.means, Tier) and not one.means.weak
            for one in self.outline.openers
        )

    def labels_at(self, line: Line) -> bool:
        """Whether a line is the label of a question's part."""
        return line.number in self._labelled

    @property
    def keys_elsewhere(self) -> bool:
        """Whether a part of the document is a key of answers."""
        return bool(self.keys)

    @cached_property
    def marks_by_bold(self) -> bool:
        """Whether lists directly below what asks with one bold entry are the document's habit."""
        count = 0
        for one in self.candidates:
            if one.form is Form.ITEM or not (one.marked or one.named):
                continue
            run = listed(self.lines, one.last + 1, min(one.end, one.last + 16))
            if run and sum(option.marked for option in run.options) == 1:
                count += 1
        return count > 1

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
            if one.at in self.option_lines and not settled(key(one), self.hints.asks):
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
        if one.means is None:
            return False
        listed = one.form is Form.ITEM and one.ordered and one.marked
        return bool(one.title) and (one.means.means is Word.QUESTION or listed)

    def _credit(self) -> None:
        """Labels of answers and lists of options speak for the nearest opener above them."""
        for one in self.outline.openers:
            if one.means is None or self._asks_by_label(one):
                continue
            if isinstance(one.means.means, Tier) or one.means.means in (
                Word.ANSWER,
                Word.OUTPUT,
                Word.EXPLANATION,
                Word.OPTIONS,
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
            sure = lettered or above.marked or above.named
            told = above.asks or above.label is not None
            if sure or (told and True in ticks and False in ticks):
                self.credits[above.at] += 1
                self.optional.add(run.first)

    def _above(self, at: int, label: Opener | None) -> Opener | None:
        """The nearest candidate above a line that may own it."""
        last = bisect_left(self._places, at) - 1
        for nth in range(last, max(-1, last - _NEAR), -1):
            one = self.candidates[nth]
            nested = self.outline.items[one.at] > at or (one.ordered and one.asks)
            if one.form is Form.ITEM and not (one.marked or one.rest or nested):
                continue
            heading = label is not None and label.form is Form.HEADING
            if one.form is Form.TEXT and (heading or not one.marked):
                continue
            silent = not (one.marked or one.asks or one.named or one.label)
            if one.form is Form.BOLD and heading and silent:
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
        if one.form is Form.ITEM and end <= one.at + 1 and one.rank == 1:
            end = self.limit(one)
        return min(end, following.at) if following else end

    def limit(self, one: Opener) -> int:
        """The index of the first heading behind ``one``."""
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

    def _count(self, into: Evidence, one: Opener) -> None:
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

    def evidence(self, group: Iterable[Opener]) -> Evidence:
        found = Evidence()
        for one in group:
            self._count(found, one)
        return found


_MAY_END = ("nd", "complete", "done", "finished")


def _closings(lines: Sequence[Line]) -> tuple[int, ...]:
    """Indexes of the lines that end a set: ``END OF SET 1``; "End of Closures" where a heading
    or nothing follows."""
    found = []
    below: Line | None = None
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        folded = line.text.casefold()
        short = line.kind in (LineKind.TEXT, LineKind.HEADING) and len(line.text) < 120
        if short and any(word in folded for word in _MAY_END):
            last = below is None or (below.kind is LineKind.HEADING and below.level <= 2)
            if labels.is_end(line.text) or (last and labels.may_end(line.text)):
                found.append(at)
        if not line.empty and line.kind is not LineKind.RULE:
            below = line
    return tuple(reversed(found))


def _unbalanced(lines: Sequence[Line]) -> bool:
    """Whether some fold is never closed."""
    tags = [
        tag
        for line in lines
        if line.kind is not LineKind.CODE and "details" in line.text.casefold()
        for tag in DETAILS.findall(line.text.casefold())
    ]
    return tags.count("</details") < tags.count("<details")


def _repeated_titles(openers: Sequence[Opener]) -> frozenset[str]:
    """Titles behind numbers that say the same everywhere and ask nothing: no prompts."""
    counts = Counter(one.title for one in openers if one.named and one.title and not one.asks)
    return frozenset(title for title, count in counts.items() if count >= 3)


def _keys(
    openers: Sequence[Opener],
    heads: Sequence[Opener],
    title: Opener | None,
    lines: Sequence[Line],
) -> tuple[tuple[int, int], ...]:
    """Where keys of answers stand: below headings that announce answers, behind what asks."""
    found: list[tuple[int, int]] = []
    for one in heads:
        name = undecorated(plain(one.title)).strip(" .:：!*_`")
        announces = vocabulary.is_word(Word.ANSWERS, name) or _lists_answers(name, one, lines)
        if one is title or one.named or not announces:
            continue
        before = [other for other in openers if other.at < one.at and (other.asks or other.named)]
        inside = [other for other in openers if one.at < other.at < one.end and other.asks]
        if before and len(inside) <= len(before):
            found.append((one.at, one.end))
    for nth, one in enumerate(openers):
        answers = one.means is not None and one.means.means is Word.ANSWER
        if answers and one.means and not one.means.rest and nth:
            found += _key_below(one, openers[nth - 1], lines)
    return tuple(sorted(found))


def _key_below(one: Opener, before: Opener, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """A list of answers below a label, which counts from 1 as the list of questions above did."""
    count = before.number if before.form is Form.ITEM and before.ordered else 0
    if one.form is Form.HEADING or count < 2:
        return []
    numbers = []
    end = one.last + 1
    while end < min(one.end, len(lines)):
        line = lines[end]
        if line.kind is LineKind.NUMBERED and not line.indent:
            numbers.append(line.marker[:-1])
        elif not line.empty and not line.indent and not numbers:
            return []
        end += 1
    if numbers[:1] != ["1"] or len(numbers) * 2 < count:
        return []
    return [(one.at, end)]


def _lists_answers(name: str, one: Opener, lines: Sequence[Line]) -> bool:
    """Whether a heading that begins with a word for answers ("Gabarito do Dia 1") has a list of
    short numbered entries below it and nothing else."""
    match = vocabulary.pattern(Word.ANSWERS).match(name)
    if not match or name[match.end() : match.end() + 1].isalpha():
        return False
    inside = [line for line in lines[one.at + 1 : one.end] if not line.empty]
    listed = sum(line.kind is LineKind.NUMBERED or line.text[:1].isdigit() for line in inside)
    return len(inside) > 1 and listed * 5 >= len(inside) * 4


def _inside(found: Sequence[Run]) -> frozenset[int]:
    return frozenset(at for run in found for at in range(run.first, run.last))


def _title(heads: Sequence[Opener], lines: Sequence[Line]) -> Opener | None:
    """The document's title: its first heading, if no other is as high, unless it asks itself."""
    if not heads:
        return None
    first = heads[0]
    alone = all(other.rank > first.rank for other in heads[1:])
    before = any(not line.empty and line.kind is not LineKind.RULE for line in lines[: first.at])
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


DETAILS = re.compile(r"</?details")
