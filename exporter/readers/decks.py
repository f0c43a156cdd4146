"""The flash cards of a document: those that are sure, those of tables outside other answers, and in
a document that asks nothing the terms that it is made of."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from exporter.readers import flash, tables
from exporter.readers.card import Card
from exporter.readers.flash import Notes
from exporter.readers.nesting import Asked
from exporter.readers.outline import Outline
from exporter.readers.scan import Line


class Deck:
    """What stands ready to be asked in a document; ``notes`` remember which lines are taken."""

    def __init__(self, outline: Outline) -> None:
        self.notes = Notes(outline)
        self._tables = tables.tables(self.notes)
        self.cards = [*flash.cards(self.notes), *self._rows(sure=True)]

    def _rows(self, *, sure: bool, loose: bool = False, asked: Sequence[Asked] = ()) -> list[Card]:
        found: list[Card] = []
        places = [one.opener.at for one in asked]
        for table in self._tables:
            nth = bisect_right(places, table.first) - 1
            inside = nth >= 0 and asked[nth].end > table.first
            if table.first in self.notes.taken or inside:
                continue
            given = tables.columns(table.head, table.rows)
            if (given is not None and given.sure) or not sure:
                found += tables.table_cards(self.notes, table, loose=loose)
        return found

    def without_taken(self, outline: Outline) -> Outline:
        """``outline`` without what opens on lines of cards."""
        taken = self.notes.taken
        return replace(
            outline, openers=tuple(one for one in outline.openers if one.at not in taken)
        )

    def settle(self, asked: Sequence[Asked], title: str) -> tuple[Card, ...]:
        """All cards, in order, beside what is ``asked``; terms only where nothing is."""
        alone = not asked and not self.cards
        terms = flash.definitions(self.notes, title) if alone else []
        more = self._rows(sure=False, loose=bool(terms), asked=asked)
        return tuple(sorted((*self.cards, *terms, *more), key=lambda card: card.first))


def around(
    asked: Sequence[Asked], cards: Sequence[Card], lines: Sequence[Line]
) -> tuple[Asked, ...]:
    """``asked`` ending before the cards inside them; a heading with nothing but cards below is a
    section."""
    kept = []
    firsts = sorted(card.first - 1 for card in cards)
    for one in asked:
        nth = bisect_right(firsts, one.opener.last)
        end = min(one.end, firsts[nth]) if nth < len(firsts) else one.end
        if end == one.end:
            kept.append(one)
        elif one.opener.rest or any(not line.empty for line in lines[one.opener.last + 1 : end]):
            kept.append(replace(one, end=end))
    return tuple(kept)
