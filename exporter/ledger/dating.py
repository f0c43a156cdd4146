"""Dates notes: the only stage that is told what time it is.

A note's modified time moves exactly when what it shows has changed, because Anki takes an update
only from a newer note and replaces the learner's tags whenever it does.  A note whose question or
answer is gone goes from the deck; the edition keeps it as a farewell for ever, for a package of its
own, so that learners who skip editions still get it and nobody gets it as a new card.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from exporter.ledger import identity, memory
from exporter.ledger.entries import Entry, Farewell, Ledger, NoteEntry, NoteTypeEntry
from exporter.ledger.identity import Identity
from exporter.model import Edition, Former, Guid, Key, Note, Pack, Plan, Question, Tier
from exporter.model.both_ways import REVERSE, is_reverse
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Stop

_SLACK = 2  # seconds that clocks of one learner's machines may differ


def former(pack: Pack, notes: Sequence[Note], ledger: Ledger) -> tuple[Former, ...]:
    """Notes that are made no more, with the last texts they had; live and tombstoned ones apart."""
    made = {note.guid for note in notes}
    alive = {question.id for question in pack.questions}
    found = []
    for entry in ledger.entries:
        for note in entry.notes:
            if note.guid not in made and entry.state != "forgotten":
                texts = note.retired or farewell(entry, note, ledger.edition + 1)
                found.append(
                    Former(
                        guid=note.guid,
                        key=Key(f"{entry.key}{REVERSE}") if note.reverse else entry.key,
                        question=entry.id,
                        tier=note.tier,
                        prompt=texts.prompt,
                        code=texts.code,
                        answer=texts.answer,
                        answered=entry.id in alive,
                        choices=entry.choices,
                    )
                )
    return tuple(found)


def farewell(entry: Entry, note: NoteEntry, edition: int) -> Farewell:
    """The last texts of a note that ``edition`` retires."""
    texts = "\n\n".join(text for answered, text in entry.answers if answered is note.tier)
    if note.reverse:
        return Farewell(edition, texts, "", entry.prompt)
    return Farewell(edition, entry.prompt, entry.code, texts)


def check_clock(ledger: Ledger, now: int, *, accept: bool) -> None:
    """Stop (exit code 4) where the ledger's newest note lies in the future of this clock."""
    times = [note.modified for entry in ledger.entries for note in entry.notes]
    newest = max([*times, *(kind.modified for kind in ledger.note_types)], default=0)
    if newest > now + _SLACK and not accept:
        message = (
            f"the ledger's newest note is of {_time(newest)}, but this clock says {_time(now)}: "
            "set the clock, or build with --accept, which counts on from the ledger's time"
        )
        raise Stop(message, 4)


def _time(seconds: int) -> str:
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"


def date(
    pack: Pack,
    notes: Sequence[Note],
    farewells: Sequence[Note],
    type_hashes: Mapping[Tier, str],
    ledger: Ledger,
    config: PackConfig,
    now: int,
) -> tuple[Edition, Ledger]:
    """The dated edition and the ledger that belongs to it.

    ``farewells`` are the notes of ``former`` ones; ``now`` is in epoch seconds.  An edition in
    which no note and no note type changed keeps its number.
    """
    before = {note.guid: note for entry in ledger.entries for note in entry.notes}
    types = _dated_types(type_hashes, ledger, now)
    changed = any(_changed(note, before) for note in (*notes, *farewells))
    changed = changed or types != ledger.note_types or not ledger.edition
    number = ledger.edition + 1 if changed else ledger.edition
    dated, going = (
        tuple(
            replace(note, modified=_modified(note, before, now), rank=rank)
            for rank, note in enumerate(some)
        )
        for some in (notes, farewells)
    )
    types = tuple(
        kind if kind in ledger.note_types else replace(kind, edition=number) for kind in types
    )
    entries = _entries(pack, (*dated, *going), ledger, config, number)
    kinds = tuple((kind.tier, kind.modified) for kind in types)
    edition = Edition(number, dated, kinds, _days(pack.plan), farewells=going)
    return edition, Ledger(number, types, entries, config.deck, ledger.unknown)


def _days(plan: Plan | None) -> tuple[tuple[int, int], ...]:
    return tuple((week.number, len(week.days)) for week in (plan.weeks if plan else ()))


def _changed(note: Note, before: Mapping[Guid, NoteEntry]) -> bool:
    return note.guid not in before or not _same(before[note.guid], note)


def _same(entry: NoteEntry, note: Note) -> bool:
    """Whether a note is as it was published, by the recipe of then or of today."""
    return entry.hash in (note.content_hash, note.former_hash)


def _modified(note: Note, before: Mapping[Guid, NoteEntry], now: int) -> int:
    if note.guid not in before:
        return now
    old = before[note.guid].modified
    return max(old + 1, now) if _changed(note, before) else old


def _dated_types(hashes: Mapping[Tier, str], ledger: Ledger, now: int) -> tuple[NoteTypeEntry, ...]:
    before = {kind.tier: kind for kind in ledger.note_types}
    dated = []
    for tier, hash_ in hashes.items():
        old = before.get(tier)
        if old and old.hash == hash_:
            dated.append(old)
        else:
            modified = max(old.modified + 1, now) if old else now
            dated.append(NoteTypeEntry(tier, hash_, modified, unknown=old.unknown if old else ()))
    unused = (kind for kind in ledger.note_types if kind.tier not in hashes)
    order = list(Tier)
    return tuple(sorted([*dated, *unused], key=lambda kind: order.index(kind.tier)))


def _entries(
    pack: Pack, dated: Sequence[Note], ledger: Ledger, config: PackConfig, number: int
) -> tuple[Entry, ...]:
    """Today's questions as entries, then those of the ledger that have no question any more."""
    old = {entry.id: entry for entry in ledger.entries}
    made: dict[str, dict[Guid, Note]] = {}
    for note in dated:
        made.setdefault(note.question, {})[note.guid] = note
    reasons = memory.grounds(pack, config)
    known = [identity.identify(question) for question in pack.questions]
    live = [
        replace(
            _entry(question, it, reasons[question.id], old.get(question.id), made, number),
            rank=rank,
        )
        for question, it, rank in zip(pack.questions, known, identity.ranks(known), strict=True)
    ]
    ids = {entry.id for entry in live}
    gone = [_gone(entry, made, number) for entry in ledger.entries if entry.id not in ids]
    return tuple(sorted([*live, *gone], key=lambda entry: entry.key))


def _gone(entry: Entry, made: Mapping[str, Mapping[Guid, Note]], number: int) -> Entry:
    if entry.state == "forgotten":
        return entry
    notes = _note_entries(entry, made.get(entry.id, {}), number)
    return replace(entry, state="retired", notes=notes)


def _entry(
    question: Question,
    it: Identity,
    reasons: str,
    old: Entry | None,
    made: Mapping[str, Mapping[Guid, Note]],
    number: int,
) -> Entry:
    place = question.placement
    tiers = tuple(answer.tier for answer in question.answers)
    return Entry(
        key=question.key,
        id=question.id,
        author_id=it.author_id,
        path=it.path,
        prompt=it.prompt,
        code=it.code,
        answers=tuple(zip(tiers, it.answers, strict=True)),
        week=place.week if place else None,
        day=place.day if place else None,
        by=place.by if place else "default",
        score=place.score if place else 0.0,
        why=place.why if place else "",
        related=question.related,
        tags=question.tags,
        grounds=reasons,
        state="live",
        notes=_note_entries(old, made.get(question.id, {}), number),
        choices=it.choices,
        unknown=old.unknown if old else (),
    )


def _note_entries(
    old: Entry | None, made: Mapping[Guid, Note], number: int
) -> tuple[NoteEntry, ...]:
    """A question's notes: those shipped now, and those that went long ago."""
    before = {note.guid: note for note in old.notes} if old else {}
    kept = dict(before)
    for guid, note in made.items():
        entry = before.get(guid)
        same = entry is not None and _same(entry, note)
        changed_in = entry.edition if entry and same else number
        retired = None
        if old and entry and "retired" in note.tags:
            retired = entry.retired or farewell(old, entry, number)
        kept[guid] = NoteEntry(
            note.tier,
            guid,
            note.content_hash,
            note.modified,
            changed_in,
            retired,
            is_reverse(note.key),
        )
    order = list(Tier)
    return tuple(sorted(kept.values(), key=lambda one: (order.index(one.tier), one.reverse)))
