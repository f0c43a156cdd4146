"""Tables whose rows are cards: columns with roles, of Markdown and of comma separated files alike.

The head's words name the roles; without such words the column asks whose cells do.  A table of
features inside an answer has neither, and stays content.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exporter.model import Tier
from exporter.readers import vocabulary
from exporter.readers.card import SURE, Card, bare, clozes, gaps, names
from exporter.readers.flash import Notes
from exporter.readers.scan import Line, undecorated
from exporter.readers.vocabulary import Column


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the numbers of its first and last line."""

    cells: tuple[str, ...]
    first: int
    last: int

    def cell(self, at: int | None) -> str:
        return self.cells[at].strip() if at is not None and at < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column is for.  ``sure`` tells that the head says question and answer, or that
    cells ask; ``based`` is the number of the first option where a key counts them."""

    head: tuple[str, ...]
    front: int
    back: int | None
    options: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    keys: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    others: Mapping[Column, int] = field(default_factory=dict)
    sure: bool = True
    based: int = 1


_NUMBERED = re.compile(r"[\s_.-]*(?:\d{1,2}|[a-h])$", re.IGNORECASE)
_LETTER = re.compile(r"[A-Ha-h]$")


def _named(name: str) -> Column | None:
    """The role that a head's words give a column."""
    text = undecorated(name).strip(" .:*_`#").replace("_", " ").replace("-", " ").casefold()
    text = re.sub(r"\s+", " ", text)
    if not text:
        return Column.IDLE
    if _LETTER.match(text):
        return Column.OPTION
    found = vocabulary.column(text)
    if found in (Column.ANSWER, None, Column.WRONG, Column.OPTION):
        stem = _NUMBERED.sub("", text)
        counted = vocabulary.column(stem) if stem != text and stem else None
        if counted is Column.WRONG:
            return counted
        if counted in (Column.ANSWER, Column.OPTION):
            return Column.OPTION
    return found


def columns(head: Sequence[str], rows: Sequence[Row]) -> Columns | None:
    """The roles of a table's columns, None where it holds no cards."""
    roles = [_named(name) for name in head]
    width = len(roles)

    def places(*wanted: Column) -> list[int]:
        return [at for at, role in enumerate(roles) if role in wanted]

    asking = places(Column.QUESTION)
    sure = bool(asking)
    front = next(iter(asking), None)
    if front is None:
        front = next(
            (at for at in range(width) if roles[at] not in _APART and _asks(rows, at)), None
        )
        sure = front is not None
    tongues = places(Column.LANGUAGE)
    if front is None:
        terms = places(Column.TERM) or (tongues if len(tongues) > 1 else [])
        front = next(iter(terms), None)
    if front is None:
        return None
    options, wrong = places(Column.OPTION), places(Column.WRONG)
    backs = [at for at in places(Column.ANSWER) if at != front]
    backs += [at for at in (*places(Column.MEANING), *tongues) if at != front]
    keys = places(Column.KEY)
    if len(options) > 1:
        keys += [at for at in places(Column.ANSWER) if at not in keys]
        back = None
    elif not backs and keys:
        back, keys = keys[0], []
    else:
        backs += places(Column.EXTRA)
        loose = [at for at in range(front + 1, width) if roles[at] is None]
        back = next(iter(backs), next(iter(loose), None) if sure else None)
    if back is None and not (options and keys) and not _gapped(rows, front):
        return None
    if not _worded(rows, front) and roles[front] is not Column.TERM:
        return None  # a key of answers: numbers with letters
    used = {front, back, *options, *wrong, *keys}
    extra = [
        at
        for at, role in enumerate(roles)
        if at not in used
        and role
        in (None, Column.EXTRA, Column.TERM, Column.MEANING, Column.LANGUAGE, Column.ANSWER)
    ]
    others = {role: at for at, role in enumerate(roles) if role in _OTHERS and at not in used}
    based = _based(rows, keys, len(options))
    return Columns(
        tuple(head),
        front,
        back,
        tuple(options),
        tuple(wrong),
        tuple(keys),
        tuple(extra),
        others,
        sure,
        based,
    )


_OTHERS = (Column.TAGS, Column.SECTION, Column.LABEL, Column.KIND)
_APART = (*_OTHERS, Column.IDLE, Column.OPTION, Column.KEY, Column.EXTRA)


def _asks(rows: Sequence[Row], at: int) -> bool:
    cells = [row.cell(at) for row in rows if row.cell(at)]
    return len(cells) > 1 and sum(map(vocabulary.puts_question_mark, cells)) * 5 >= 3 * len(cells)


def _gapped(rows: Sequence[Row], at: int) -> bool:
    return any(gaps(row.cell(at), SURE) for row in rows)


def _based(rows: Sequence[Row], keys: Sequence[int], options: int) -> int:
    """Whether keys count options from 0, as some row says, or from 1."""
    numbers = {row.cell(at) for row in rows for at in keys}
    return 0 if "0" in numbers and str(options) not in numbers else 1


def recognised(head: Sequence[str]) -> bool:
    """Whether the words of a first row name columns."""
    roles = [_named(name) for name in head]
    told = [role for role in roles if role is not None and role is not Column.IDLE]
    asks = Column.QUESTION in told or Column.TERM in told
    tongues = told.count(Column.LANGUAGE) > 1
    return (asks and len(told) > 1) or tongues


def headless(rows: Sequence[Row]) -> Columns | None:
    """Front and back of rows without a head: the first two columns of words."""
    width = max((len(row.cells) for row in rows), default=0)
    head = ("",) * width
    worded = [at for at in range(width) if _worded(rows, at)]
    asked = next((at for at in worded if _asks(rows, at)), None)
    if width == 1 and _gapped(rows, 0):
        return Columns(head, 0, None)
    if width == 2 and (1 in worded or 0 in worded):
        return Columns(head, 0, 1)
    if len(worded) < 2 or (width > 4 and asked is None):
        return None
    front = worded[0] if asked is None else asked
    back = next((at for at in worded if at > front), None)
    if back is None or (asked is None and front != 0):
        return None
    extra = tuple(at for at in worded if at > back)
    return Columns(head, front, back, extra=extra)


_DATUM = re.compile(r"[\d\s.,:/%+$€£-]*$")


def _worded(rows: Sequence[Row], at: int) -> bool:
    cells = [row.cell(at) for row in rows if row.cell(at)]
    return sum(not _DATUM.match(cell) for cell in cells) * 2 > len(cells)


def cards(rows: Sequence[Row], given: Columns, form: str = "rows of a table") -> Iterator[Card]:
    """The cards of a table's rows."""
    for row in rows:
        front = bare(row.cell(given.front))
        if not front:
            continue
        extra = "\n\n".join(
            _extra(given.head[at], row.cell(at)) for at in given.extra if row.cell(at)
        )
        back = bare(row.cell(given.back))
        more = _others(row, given)
        place = (row.first, row.last)
        if gaps(front, SURE):
            for prompt, words in clozes(front, SURE):
                answer = "\n\n".join(part for part in (words, back, extra) if part)
                yield Card(*place, prompt, answer, form, place, **more)  # type: ignore[arg-type]
            continue
        choices = _choices(row, given)
        if choices:
            right = "\n".join(text for text, told in choices if told)
            answer = "\n\n".join(part for part in (right, extra) if part and right)
            yield Card(*place, front, answer, form, place, Tier.MEDIUM, choices=choices, **more)  # type: ignore[arg-type]
            continue
        answer = "\n\n".join(part for part in (back, extra) if part and back)
        yield Card(*place, front, answer, form, place, **more)  # type: ignore[arg-type]


def _extra(head: str, cell: str) -> str:
    name = undecorated(head).strip(" :")
    told = not name or vocabulary.column(name.casefold()) is Column.ANSWER
    return bare(cell) if told else f"**{name}:** {bare(cell)}"


def _others(row: Row, given: Columns) -> dict[str, object]:
    def cell(role: Column) -> str:
        return row.cell(given.others.get(role))

    section = tuple(part.strip() for part in cell(Column.SECTION).split("::") if part.strip())
    kind = cell(Column.KIND).casefold()
    return {
        "section": section,
        "tags": names(re.split(r"[\s,;]+", cell(Column.TAGS))),
        "label": cell(Column.LABEL) or None,
        "both_ways": bool(re.search(r"revers|both|umgekehrt|invers|两|обрат", kind)),
    }


def _choices(row: Row, given: Columns) -> tuple[tuple[str, bool], ...]:
    """What a row offers, with what its key says: a letter, the words of an option, or a number."""
    if given.wrong:
        wrong = [bare(row.cell(at)) for at in given.wrong if row.cell(at)]
        return ((bare(row.cell(given.back)), True), *((text, False) for text in wrong))
    texts = [bare(row.cell(at)) for at in given.options]
    if sum(map(bool, texts)) < 2:
        return ()
    keys = [row.cell(at) for at in given.keys if row.cell(at)]
    right: set[int] = set()
    for resolve in (_by_letter, _by_words, _by_number):
        right = next((got for key in keys if (got := resolve(key, texts, given.based))), set())
        if right:
            break
    return tuple((text, at in right) for at, text in enumerate(texts) if text)


def _by_letter(key: str, texts: Sequence[str], _based: int) -> set[int]:
    match = re.fullmatch(
        r"(?:option\s*)?\(?([A-Ha-h])\)?(?:\s*[,;&/+ ]\s*\(?([A-Ha-h])\)?)*[.)]?", key, re.I
    )
    if not match or (key in texts and len(key) > 1):
        return set()
    letters = re.findall(r"(?<![A-Za-z])[A-Ha-h](?![A-Za-z])", key)
    found = {ord(letter.upper()) - ord("A") for letter in letters}
    return found if found and max(found) < len(texts) else set()


def _by_words(key: str, texts: Sequence[str], _based: int) -> set[int]:
    wanted = bare(key).casefold()
    return {at for at, text in enumerate(texts) if text and text.casefold() == wanted}


def _by_number(key: str, texts: Sequence[str], based: int) -> set[int]:
    numbers = [int(digits) - based for digits in re.findall(r"\d{1,2}", key)]
    told = re.fullmatch(r"(?:[a-z]+[ _]?)?\d{1,2}(?:\s*[,;]\s*\d{1,2})*", key, re.IGNORECASE)
    return set(numbers) if told and numbers and max(numbers) < len(texts) else set()


# -- tables of Markdown --------------------------------------------------------------------------

_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a document: its head and rows, from index ``first`` to before ``last``."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    first: int
    last: int


def tables(notes: Notes) -> list[Table]:
    """The tables of a document, in order."""
    found = []
    at, size = 0, len(notes.lines)
    while at < size - 1:
        if (
            at in notes.outline.rows
            and _RULE.match(notes.text(at + 1))
            and "-" in notes.text(at + 1)
        ):
            end = at + 2
            while end < size and end in notes.outline.rows and not notes.lines[end].empty:
                end += 1
            rows = [_row(notes.lines[n]) for n in range(at + 2, end)]
            found.append(Table(_row(notes.lines[at]).cells, tuple(rows), at, end))
            at = end
        else:
            at += 1
    return found


def _row(line: Line) -> Row:
    text = re.sub(r"`[^`]*`", lambda found: found[0].replace("|", "\0"), line.text.strip())
    text = text.removeprefix("|")
    cells = _CELL.split(text)
    if cells and not cells[-1].strip():
        cells.pop()
    clean = (re.sub(r"\s*<br\s*/?>\s*", "  \n", cell, flags=re.I) for cell in cells)
    parts = (cell.replace("\\|", "|").replace("\0", "|").strip() for cell in clean)
    return Row(tuple(parts), line.number, line.number)


def table_cards(notes: Notes, table: Table, *, loose: bool) -> list[Card]:
    """The cards of a table; ``loose`` takes any two columns for term and definition."""
    given = columns(table.head, table.rows)
    if given is None and loose and len(table.head) == 2:
        given = Columns(table.head, 0, 1, sure=False)
    if given is None:
        return []
    found = list(cards(table.rows, given))
    notes.taken.update(range(table.first, table.last) if found else ())
    return found
