"""Finds today's questions among the ledger's, one to one, and mints ids and keys for the rest.

A ladder of rungs from the surest to the loosest evidence, over all documents together.  What is
equal on a rung is paired; where several are, by their answers and choices and then in order, so
that twins keep their learners.  Choices in another order are the same.  On the last rung similarity
decides, and a near tie is not guessed: a wrong guess puts a learner's progress on another question,
a new identity only asks it anew.  Retired entries stand on the same ladder: a question that comes
back is the same question.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.ledger import identity
from exporter.ledger.entries import Entry, Ledger
from exporter.ledger.identity import Identity
from exporter.ledger.likeness import Sides, guess, likeness, offered, shortlist
from exporter.model import Document, Key, Question, QuestionId
from exporter.model.diagnostics import Code, Diagnostic, Location, Report


@dataclass(frozen=True, slots=True)
class Rename:
    """A question that was recognised though its words changed.

    ``score`` is its likeness from 0 to 1, None where that was not needed: an id or the folded words
    are the same.
    """

    id: QuestionId
    before: str
    after: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Recognition:
    """Documents whose questions have ids and keys, and what was recognised by similarity."""

    documents: tuple[Document, ...]
    renamed: tuple[Rename, ...]


Rung = Callable[[Identity], Hashable | None]
"""What must be equal on this rung; None where an identity can't stand on it."""

_RUNGS: tuple[Rung, ...] = (
    lambda it: it.author_id,
    lambda it: (it.path, it.prompt, it.code, it.answers, it.offered),
    lambda it: (it.prompt, it.code, it.answers, it.offered),
    lambda it: (it.path, it.words, it.code, it.answers, it.offered),
    lambda it: (it.path, it.prompt, it.code, it.answers),
    lambda it: (it.prompt, it.code, it.answers),
    lambda it: (it.path, it.words, it.code, it.answers),
    lambda it: (it.path, it.prompt, it.code),
    lambda it: (it.path, it.prompt) if it.prompt else None,
    lambda it: (it.prompt, it.code),
    lambda it: it.prompt or None,
    lambda it: (it.path, it.words, it.code) if it.words else None,
)
_EXACT = 8  # so many rungs leave no doubt but for twins; on the others a prompt alone may decide
_TWINS = 100  # so many questions in the same words are told apart by the order of their ids
_OTHERS = 0.5  # choices less alike than this belong to two questions that ask in the same words


def recognise(
    documents: Sequence[Document], ledger: Ledger, report: Report, pack: str = ""
) -> Recognition:
    """``documents`` with the id and key of every question filled in; new ids are made with
    ``pack``, the pack's own."""
    questions = [question for document in documents for question in document.questions]
    _check_author_ids(questions, report)
    today = [identity.identify(question) for question in questions]
    search = _Search(today, ledger.entries, pack)
    search.climb()
    search.compare(questions, report)
    known = _known(search, ledger, pack)
    numbers = iter(range(len(questions)))

    def named(question: Question) -> Question:
        id_, key = known[next(numbers)]
        return replace(question, id=id_, key=key)

    named_documents = tuple(
        replace(document, questions=tuple(named(one) for one in document.questions))
        for document in documents
    )
    return Recognition(named_documents, tuple(search.renamed))


def _known(search: "_Search", ledger: Ledger, pack: str) -> list[tuple[QuestionId, Key]]:
    """The id and key of every question, old or newly minted."""
    ids = {entry.id for entry in ledger.entries}
    keys = {entry.key for entry in ledger.entries}
    salts: dict[str, int] = {}
    known = []
    for index, it in enumerate(search.today):
        if entry := search.found.get(index):
            known.append((entry.id, entry.key))
            continue
        id_, seed = identity.mint(it, pack, ids, salts)
        key = identity.key(seed, keys)
        ids.add(id_)
        keys.add(key)
        known.append((id_, key))
    return known


class _Search:
    """Today's questions, the ledger's, and which are found to be the same so far."""

    def __init__(self, today: Sequence[Identity], entries: Sequence[Entry], pack: str) -> None:
        self.today = today
        self.entries = [entry for entry in entries if entry.state != "forgotten"]
        self.before = [_identity(entry) for entry in self.entries]
        self.found: dict[int, Entry] = {}
        self.renamed: list[Rename] = []
        self._taken: set[int] = set()
        self._ranks = _ranks(self.entries, self.before, pack)
        self._prompts_today = Counter(it.prompt for it in today)
        self._prompts_before = Counter(it.prompt for it in self.before)

    def climb(self) -> None:
        """Pairs what is equal, rung by rung."""
        for height, rung in enumerate(_RUNGS):
            for mine, theirs in self._groups(rung):
                alone = len(mine) == len(theirs) == 1
                if height >= _EXACT:
                    if alone and not self._doubtful(mine[0], theirs[0]):
                        self._pair(mine[0], theirs[0])
                    continue
                for index, number in self._alike(mine, theirs):
                    self._pair(index, number)

    def _doubtful(self, index: int, number: int) -> bool:
        """Whether an equal prompt proves little: several share it, or it asks for other code."""
        before, after = self.before[number], self.today[index]
        recoded = bool(before.code and after.code and before.code != after.code)
        return recoded or self._shared(index) or self._clash(index, number)

    def compare(self, questions: Sequence[Question], report: Report) -> None:
        """Pairs what is clearly one question, edited; says what is not clear."""
        sides = Sides(self.today, self.before, self._likeness, self._near)
        guesses = guess(sides, self._open(), self._free())
        for index, number in guesses.pairs:
            self._pair(index, number, guessed=True)
        for index, numbers in guesses.doubts:
            self._doubt(questions[index], self.today[index], numbers, report)

    def _doubt(
        self, question: Question, it: Identity, numbers: Sequence[int], report: Report
    ) -> None:
        """Says which questions of the ledger this one could be; it is taken for a new one."""
        said = " or ".join(f'{self.entries[n].key} "{_line(self.before[n])}"' for n in numbers[:2])
        message = (
            f'"{_line(it)}" may be {said}, edited; taken for a new question: '
            f"if it is one of them, write {{#{self.entries[numbers[0]].key}}} or so behind it"
        )
        report(Diagnostic(question.location, Code.NEAR_TIE, message))

    def _alike(self, mine: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs of equal evidence, to be paired one by one: live ones first, by code, answers
        and choices, then in order."""
        for live in (True, False):
            numbers = [one for one in theirs if (self.entries[one].state == "live") is live]
            yield from self._in_order(mine, numbers, lambda it: (it.code, it.answers, it.choices))
            yield from self._likest(mine, numbers)
            yield from self._in_order(mine, numbers, lambda _: None)

    def _in_order(
        self, mine: Sequence[int], theirs: Sequence[int], key: Rung
    ) -> Iterator[tuple[int, int]]:
        """Of those with the same key the first with the first, and so on."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number in sorted(theirs, key=self._ranks.__getitem__, reverse=True):
            if number not in self._taken:
                waiting[key(self.before[number])].append(number)
        for index in mine:
            numbers = waiting.get(key(self.today[index]))
            if index in self.found or not numbers:
                continue
            places = reversed(range(len(numbers)))
            at = next((at for at in places if self._may_be(index, numbers[at])), None)
            if at is not None:
                yield index, numbers.pop(at)

    def _likest(self, mine: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[int, int]]:
        """What has the most of code and answers in common first."""
        free = [number for number in theirs if number not in self._taken]
        worth = shortlist([self.before[number] for number in free])
        ranks = {
            (index, free[place]): likeness(
                self.before[free[place]], self.today[index], prompts=False
            )
            for index in mine
            if index not in self.found
            for place in worth(self.today[index])
            if self._may_be(index, free[place])
        }
        for index, number in sorted(ranks, key=lambda pair: (-ranks[pair], pair)):
            if index not in self.found and number not in self._taken:
                yield index, number

    def _likeness(self, index: int, number: int, least: float) -> float:
        if self._clash(index, number):
            return 0.0
        before, after = self.before[number], self.today[index]
        shared = before.prompt == after.prompt and self._shared(index)
        return likeness(before, after, prompts=not shared, least=least)

    def _near(self, index: int, number: int) -> bool:
        entry = self.entries[number]
        return entry.state == "live" and entry.path == self.today[index].path

    def _shared(self, index: int) -> bool:
        """Whether several questions have this one's prompt, today or in the ledger."""
        prompt = self.today[index].prompt
        return self._prompts_today[prompt] > 1 or self._prompts_before[prompt] > 1

    def _groups(self, rung: Rung) -> Iterator[tuple[list[int], list[int]]]:
        """Indexes of today's and numbers of the ledger's questions that are equal on ``rung``."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number in self._free():
            if (evidence := rung(self.before[number])) is not None:
                waiting[evidence].append(number)
        asking: dict[Hashable, list[int]] = defaultdict(list)
        for index in self._open():
            if (evidence := rung(self.today[index])) is not None:
                asking[evidence].append(index)
        for evidence, mine in asking.items():
            if theirs := waiting.get(evidence):
                yield mine, theirs

    def _clash(self, index: int, number: int) -> bool:
        """Whether the author gave the two different ids."""
        wanted, named = self.today[index].author_id, self.entries[number].author_id
        return None not in (wanted, named) and wanted != named

    def _may_be(self, index: int, number: int) -> bool:
        return not self._clash(index, number) and not self._chosen_from_others(index, number)

    def _chosen_from_others(self, index: int, number: int) -> bool:
        """Whether one of the many that ask "Which is true?" offers other choices than another one,
        so that an equal answer, "All of these", proves little."""
        before, after = self.before[number], self.today[index]
        if after.code or not (before.choices and after.choices and self._shared(index)):
            return False
        return offered(before, after) < _OTHERS

    def _open(self) -> list[int]:
        return [index for index in range(len(self.today)) if index not in self.found]

    def _free(self) -> list[int]:
        return [number for number in range(len(self.entries)) if number not in self._taken]

    def _pair(self, index: int, number: int, *, guessed: bool = False) -> None:
        before, after = self.before[number], self.today[index]
        self.found[index] = self.entries[number]
        self._taken.add(number)
        if (before.prompt, before.code if not before.prompt else "") != (
            after.prompt,
            after.code if not after.prompt else "",
        ):
            score = round(self._likeness(index, number, 0), 2) if guessed else None
            self.renamed.append(Rename(self.entries[number].id, _line(before), _line(after), score))


def _ranks(entries: Sequence[Entry], known: Sequence[Identity], pack: str) -> list[int]:
    """The places of entries among those that are the same in every word.

    A ledger that says none was written before they were kept: the ids of such twins were made in
    source order, and tell it as long as their prompts are as they were.
    """
    found = [entry.rank for entry in entries]
    alike: dict[Hashable, list[int]] = defaultdict(list)
    for number, it in enumerate(known):
        alike[it.prompt, it.code, it.answers, it.offered].append(number)
    for numbers in alike.values():
        if len(numbers) > 1 and not any(found[number] for number in numbers):
            for number in numbers:
                it = replace(known[number], author_id=entries[number].author_id)
                ids = [*identity.minted(it, "", _TWINS), *identity.minted(it, pack, _TWINS)]
                place = ids.index(entries[number].id) if entries[number].id in ids else 0
                found[number] = place % _TWINS
    return found


def _identity(entry: Entry) -> Identity:
    """What is remembered; an author may also write a question's key behind it, as its id."""
    texts = tuple(text for _, text in entry.answers)
    name = entry.author_id or entry.key
    return Identity(name, entry.path, entry.prompt, entry.code, texts, entry.choices)


def _line(it: Identity) -> str:
    """The question in one short line."""
    first = (it.prompt or it.code).strip().split("\n")[0]
    return first if len(first) <= 60 else f"{first[:59]}…"


def _check_author_ids(questions: Sequence[Question], report: Report) -> None:
    first: dict[str, Location] = {}
    for question in questions:
        id_ = question.attributes.id
        if id_ is None:
            continue
        if id_ in first:
            message = f"{{#{id_}}} already names the question at {first[id_]}: choose another id"
            report(Diagnostic(question.location, Code.DUPLICATE_ID, message))
        first.setdefault(id_, question.location)
