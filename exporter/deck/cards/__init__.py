"""Questions as Anki notes: pure, without a clock and without Anki.

One note for each question and tier that has an answer, so that a learner grades one depth at a
time; everything deeper is a fold on the same card.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from exporter.deck.cards import faults
from exporter.deck.cards.deck_and_tags import deck_name, sections, tags
from exporter.deck.cards.farewell import farewells
from exporter.deck.cards.fields import Frame, fill
from exporter.deck.notetypes import content_hash, former_hash, note_faults
from exporter.model import Guid, Note, Pack, Question, QuestionId, Tier, both_ways
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.pack.media import NO_PICTURES, Album
from exporter.pack.packkeys import replaces_collection
from exporter.plan.relate import duplicates
from exporter.text import fixed_words

__all__ = ["content_hash", "deck_name", "farewells", "guid", "render"]

_SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_GUID_LENGTH = 12
_TIERS = tuple(Tier)


def guid(question: QuestionId, tier: Tier, *, reverse: bool = False) -> Guid:
    """Anki's id of a note, the same in every build; 71 bits, without signs that a search reads.

    ``reverse`` is the note that asks the other way round.
    """
    name = f"{question}/{tier}{both_ways.REVERSE if reverse else ''}"
    seed = name.encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.sha256(seed).digest(), "big")
    signs = []
    for _ in range(_GUID_LENGTH):
        number, index = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[index])
    return Guid("".join(signs))


def render(
    pack: Pack, config: PackConfig, report: Report, album: Album = NO_PICTURES
) -> tuple[Note, ...]:
    """Notes of the tiers in ``config.tiers``, in the order in which they are to be learnt.

    The order is week, day, tier, then source order; without a plan the section comes first.  What
    Anki would refuse is reported and left out.
    """
    _check_name(config, report)
    notes = list(_notes(pack, config, report, album))
    firsts: dict[str, int] = {}
    for index, note in notes:
        firsts.setdefault(note.deck, index)
    orders = {index: _order(pack.questions[index], firsts[note.deck]) for index, note in notes}
    notes.sort(key=lambda pair: (*orders[pair[0]], _TIERS.index(pair[1].tier), pair[0]))
    return tuple(replace(note, rank=rank) for rank, (_, note) in enumerate(notes))


def _notes(
    pack: Pack, config: PackConfig, report: Report, album: Album
) -> Iterator[tuple[int, Note]]:
    """Every sound note with the index of its question, in source order, not ranked yet."""
    words = fixed_words.in_language(config.language)
    documents = {document.path: document for document in pack.documents}
    sound = {
        index: question
        for index, question in enumerate(duplicates.shown(pack.questions, config.duplicates))
        if _sound(question, report)
    }
    merged = duplicates.merged(tuple(sound.values()), config.duplicates)
    followers = {question.id for group in merged.values() for question in group}
    frame = Frame(words, documents, merged, album)
    taken: set[Guid] = set()
    for index, question in sound.items():
        if question.id in followers:
            continue
        document = documents.get(question.location.path)
        deck = deck_name(question.placement, config, sections(question, document))
        other_way = both_ways.turned(question)
        sides = [(question, *one) for one in fill(question, frame).items()]
        sides += [(other_way, *one) for one in fill(other_way, frame).items()] if other_way else []
        for asked, tier, fields in sides:
            if tier not in config.tiers:
                continue
            labels = tags(question, tier, document)
            note = Note(
                guid=guid(question.id, tier, reverse=asked is other_way),
                key=asked.key,
                question=question.id,
                tier=tier,
                fields=fields,
                deck=deck,
                tags=labels,
                rank=0,
                content_hash=content_hash(tier, fields, labels),
                former_hash=former_hash(tier, fields, labels),
            )
            if _accepted(note, question, taken, report):
                taken.add(note.guid)
                yield index, note


def _order(question: Question, first: int) -> tuple[float, float]:
    """Week and day as numbers, what has none after what has one; without a plan the place of the
    deck, which is where its first question stands."""
    place = question.placement
    if place is None or place.week is None:
        return first, 0
    last = float("inf")
    week = last if place.week == "beyond" else place.week
    return week, last if place.day is None else place.day


def _sound(question: Question, report: Report) -> bool:
    found = list(faults.text_faults(question))
    for code, message in found:
        report(Diagnostic(question.location, code, message))
    return not found


def _accepted(note: Note, question: Question, taken: set[Guid], report: Report) -> bool:
    found = list(note_faults(note))
    if note.guid in taken:
        message = f"{note.key}/{note.tier} stands twice: two questions have the id {note.question}"
        found.append((Code.DUPLICATE_NOTE, message))
    for code, message in found:
        report(Diagnostic(question.location, code, message))
    return not found


def _check_name(config: PackConfig, report: Report) -> None:
    if replaces_collection(config.slug):
        message = f'Anki takes "{config.slug}.apkg" for a whole collection: choose another slug'
        report(Diagnostic(None, Code.REPLACING_NAME, message))
