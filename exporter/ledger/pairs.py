"""New questions that may be lost ones, reworded with another answer: named, never guessed.

What ``recognise`` finds is clear; below that a likeness proves nothing, but a person sees at a
glance whether it is right.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from exporter.ledger import dating, identity
from exporter.ledger.entries import Entry, Ledger
from exporter.ledger.identity import Identity
from exporter.ledger.likeness import likeness, shortlist
from exporter.model import Key, Question
from exporter.model.diagnostics import Stop

_LEAST = 0.25
_MOST = 20  # pairs that a person looks through


@dataclass(frozen=True, slots=True)
class Pair:
    """A new question and the one that it may be, each with its key and prompt; ``score`` is their
    likeness from 0 to 1."""

    new: Key
    prompt: str
    old: Key
    before: str
    score: float


def likely(before: Ledger, after: Ledger) -> tuple[Pair, ...]:
    """The likeliest pairs of what would come and what would go, each question in one at most.

    In a document in which one comes and one goes, these two are named however unlike they are.
    """
    live = {entry.id for entry in after.entries if entry.state == "live"}
    known = {entry.id for entry in before.entries}
    gone = [one for one in before.entries if one.state == "live" and one.id not in live]
    new = [one for one in after.entries if one.id in live and one.id not in known]
    if not gone or not new:
        return ()
    texts = [_identity(entry) for entry in gone]
    near = shortlist(texts)
    alone = _alone(new, gone)
    scores: dict[tuple[int, int], float] = {}
    for index, entry in enumerate(new):
        it = _identity(entry)
        for number in {*near(it), *alone.get(index, ())}:
            score = likeness(texts[number], it)
            if score >= _LEAST or number in alone.get(index, ()):
                scores[index, number] = score
    found: list[Pair] = []
    taken: set[tuple[str, int]] = set()
    for index, number in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if not {("new", index), ("old", number)} & taken:
            taken |= {("new", index), ("old", number)}
            score = round(scores[index, number], 2)
            one, other = new[index], gone[number]
            found.append(Pair(one.key, _line(one), other.key, _line(other), score))
    return tuple(found[:_MOST])


def _alone(new: list[Entry], gone: list[Entry]) -> dict[int, tuple[int]]:
    """The one lost question of a document for its one new one."""
    came: dict[str, list[int]] = defaultdict(list)
    went: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(new):
        came[entry.path].append(index)
    for number, entry in enumerate(gone):
        went[entry.path].append(number)
    return {
        indexes[0]: (went[path][0],)
        for path, indexes in came.items()
        if len(indexes) == 1 and len(went[path]) == 1
    }


def _identity(entry: Entry) -> Identity:
    texts = tuple(text for _, text in entry.answers)
    return Identity(None, entry.path, entry.prompt, entry.code, texts, entry.choices)


def _line(entry: Entry) -> str:
    return (entry.prompt or entry.code).strip().split("\n")[0]


def join(ledger: Ledger, new: Question, key: str) -> Ledger:
    """The ledger in which the question ``new`` of today is the one of ``key``, reworded.

    Where ``new`` was published already, its own notes retire.  Stop (exit code 2) where ``key`` is
    none, or that of a question that the documents still have.
    """
    old = next((one for one in ledger.entries if one.key == key.upper()), None)
    if old is None or old.state == "forgotten":
        raise Stop(f'"{key}" is no key of the ledger: `studypack ledger list` shows them', 2)
    if old.id == new.id:
        raise Stop(f"{old.key} is that question already", 2)
    it = identity.identify(new)
    answers = zip((answer.tier for answer in new.answers), it.answers, strict=True)
    joined = replace(
        old,
        author_id=it.author_id,
        path=it.path,
        prompt=it.prompt,
        code=it.code,
        answers=tuple(answers),
        choices=it.choices,
    )
    entries = (joined if one is old else _dropped(one, new, ledger) for one in ledger.entries)
    return replace(ledger, entries=tuple(entries))


def _dropped(entry: Entry, new: Question, ledger: Ledger) -> Entry:
    """The entry that ``new`` had of its own: it is recognised no more, and its notes retire."""
    if entry.id != new.id:
        return entry
    notes = tuple(
        replace(note, retired=note.retired or dating.farewell(entry, note, ledger.edition + 1))
        for note in entry.notes
    )
    named = f"{entry.prompt} ({entry.key})"
    return replace(
        entry,
        state="retired",
        author_id=None,
        prompt=named,
        code="",
        answers=(),
        choices=(),
        notes=notes,
    )
