"""Finds today's questions among the ledger's, one to one, and mints ids and keys for the rest.

A ladder of rungs from the surest to the loosest evidence, over all documents together; on a rung,
what is equal on both sides is paired in order, so that twins keep their turn.  Retired entries
stand on the same ladder: a question that comes back is the same question.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.ledger import identity
from exporter.ledger.entries import Entry, Ledger
from exporter.ledger.identity import Identity
from exporter.model import Document, Key, Question, QuestionId

Rung = Callable[[Identity], Hashable | None]
"""What must be equal on this rung; None where an identity can't stand on it."""

_RUNGS: tuple[Rung, ...] = (
    lambda it: it.author_id,
    lambda it: (it.path, it.prompt, it.code, it.answers),
    lambda it: (it.path, it.prompt, it.code),
    lambda it: (it.path, it.prompt) if it.prompt else None,
    lambda it: (it.prompt, it.code, it.answers),
    lambda it: (it.prompt, it.code),
    lambda it: it.prompt or None,
)


def recognise(
    documents: Sequence[Document], ledger: Ledger, report: Report
) -> tuple[Document, ...]:
    """``documents`` with the id and key of every question filled in."""
    questions = [question for document in documents for question in document.questions]
    _check_author_ids(questions, report)
    identities = [identity.of(question) for question in questions]
    found = _matched(identities, ledger.entries)
    ids = {entry.id for entry in ledger.entries}
    keys = {entry.key for entry in ledger.entries}
    known: dict[int, tuple[QuestionId, Key]] = {}
    for index, it in enumerate(identities):
        entry = found.get(index)
        known[index] = (entry.id, entry.key) if entry else _minted(it, ids, keys)
    numbers = iter(range(len(questions)))

    def named(question: Question) -> Question:
        id_, key = known[next(numbers)]
        return replace(question, id=id_, key=key)

    return tuple(
        replace(document, questions=tuple(named(one) for one in document.questions))
        for document in documents
    )


def _minted(it: Identity, ids: set[QuestionId], keys: set[Key]) -> tuple[QuestionId, Key]:
    """A new id and key, added to those that are taken."""
    id_ = identity.mint(it, ids)
    key = identity.key(id_, keys)
    ids.add(id_)
    keys.add(key)
    return id_, key


def _matched(identities: Sequence[Identity], entries: Sequence[Entry]) -> dict[int, Entry]:
    """The entry of each recognised question, by the question's index."""
    remembered = [
        Identity(entry.author_id, entry.path, entry.prompt, entry.code, entry.answers)
        for entry in entries
    ]
    found: dict[int, Entry] = {}
    free = list(range(len(entries)))
    for rung in _RUNGS:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number in free:
            if (evidence := rung(remembered[number])) is not None:
                waiting[evidence].append(number)
        for index, it in enumerate(identities):
            evidence = rung(it) if index not in found else None
            if evidence is not None and waiting[evidence]:
                found[index] = entries[waiting[evidence].pop(0)]
        taken = {entry.id for entry in found.values()}
        free = [number for number in free if entries[number].id not in taken]
    return found


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
