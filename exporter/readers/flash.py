"""Flash cards in lines of text: ``a::b``, ``?`` between paragraphs, ``#card``, clozes, and terms
with their definitions.

Repetition decides: a mark makes cards where it stands on several lines, or in a note that says that
it holds cards; C++, Haskell and CSS use the same marks for something else, in code and prose.
"""

import re
from collections.abc import Iterator, Sequence

from exporter.model import Tier
from exporter.readers import labels, vocabulary
from exporter.readers.card import SURE, Card, bare, clozes, gaps
from exporter.readers.outline import Outline
from exporter.readers.scan import LISTED, Line, LineKind, markdown, trimmed, undecorated
from exporter.readers.tidy import tidy
from exporter.readers.vocabulary import Word
from exporter.text.markup import outside_code

_SAID = (LineKind.TEXT, *LISTED)
_DECK = re.compile(
    r"(?<!\S)#(?:flash-?cards?|cards?|srs|anki)\b|\bSR:|^\s*(?:-\s*|tags?:.*)#?(?:flash-?cards?|srs)\b"
    r"|^cards?-deck:",
    re.IGNORECASE,
)


class Notes:
    """The lines of one document, and whether they say that they hold cards."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.lines = tidy(outline.lines)
        self.deck = any(_DECK.search(line.raw) for line in outline.lines if _may_tell(line))
        self.taken: set[int] = set()
        self.said = [
            at
            for at, line in enumerate(self.lines)
            if line.kind in _SAID and at not in outline.rows
        ]

    def free(self) -> list[int]:
        return [at for at in self.said if at not in self.taken]

    def text(self, at: int) -> str:
        return self.lines[at].text

    def card(
        self, first: int, last: int, prompt: str, answer: str, form: str, **more: object
    ) -> Card:
        """A card of the lines from index ``first`` to before ``last``."""
        self.taken.update(range(first, last))
        own = trimmed(self.outline.lines[first:last])
        place = (own[0].number, own[-1].number)
        at = more.pop("answer_at", place)
        return Card(*place, bare(prompt), bare(answer), form, at, **more)  # type: ignore[arg-type]


def _may_tell(line: Line) -> bool:
    return line.kind in (LineKind.SKIPPED, LineKind.HEADING, *_SAID)


def cards(notes: Notes) -> list[Card]:
    """The cards that are sure, whatever else the document holds."""
    found = [*_marked(notes), *_cloze_lines(notes), *_question_marks(notes)]
    return [*found, *_separated(notes), *_listed_definitions(notes)]


# -- #card ---------------------------------------------------------------------------------------

_CARD = re.compile(
    r"(?<![\w&])(?:#(?:flash)?card(?P<way>[-/]\w+)?(?![\w-])|\[\[card\]\])", re.IGNORECASE
)


def _marked(notes: Notes) -> Iterator[Card]:
    marks = [
        at
        for at, line in enumerate(notes.lines)
        if line.kind in (LineKind.HEADING, *_SAID) and _CARD.search(line.text)
    ]
    for at, following in zip(marks, [*marks[1:], len(notes.lines)], strict=False):
        if gaps(notes.text(at), SURE) or at in notes.taken:
            continue
        line = notes.lines[at]
        end = _matter_end(notes, at, following)
        match = _CARD.search(line.text)
        assert match is not None
        prompt = line.text[: match.start()] + line.text[match.end() :]
        prompt = re.sub(r"^#{1,6}\s+", "", prompt)
        below = trimmed(notes.lines[at + 1 : end])
        if not undecorated(prompt) or not below:
            continue
        yield notes.card(
            at,
            end,
            _unmarked(prompt),
            "\n".join(map(bare, markdown(below).split("\n"))),
            "lines with #card",
            tier=Tier.MEDIUM if len(below) > 1 else Tier.SHORT,
            both_ways="reverse" in (match["way"] or "").casefold(),
            answer_at=(below[0].number, below[-1].number),
        )


def _unmarked(prompt: str) -> str:
    """A prompt without emphasis around the whole of it."""
    text = prompt.strip()
    match = re.fullmatch(
        r"(\*\*|__|\*|_)(?P<text>(?!\s)(?:(?!\1).)+)\1(?P<tags>(?:\s+#\S+)*)", text
    )
    return f"{match['text']}{match['tags']}" if match else text


def _matter_end(notes: Notes, at: int, limit: int) -> int:
    """The index behind the lines that answer a marked line: of a heading to the next, of an item
    what is nested in it, of a paragraph's line the rest of the paragraph."""
    lines, line = notes.lines, notes.lines[at]
    if line.kind is LineKind.HEADING:
        return next((n for n in range(at + 1, limit) if lines[n].kind is LineKind.HEADING), limit)
    if line.kind in LISTED and notes.outline.items[at] > at + 1:
        return min(limit, notes.outline.items[at])
    return _paragraph_end(lines, at + 1, limit)


def _paragraph_end(lines: Sequence[Line], at: int, limit: int) -> int:
    """The index of the next blank line outside code, heading or rule."""
    fenced = False
    while at < limit:
        kind = lines[at].kind
        if kind is LineKind.FENCE:
            fenced = not fenced
        elif not fenced and (lines[at].empty or kind in (LineKind.HEADING, LineKind.RULE)):
            break
        at += 1
    return at


# -- "?" between prompt and answer ---------------------------------------------------------------


def _question_marks(notes: Notes) -> Iterator[Card]:
    marks = [at for at in notes.free() if notes.text(at).strip() in ("?", "??")]
    if not (notes.deck or len(marks) > 1):
        return
    end = 0
    for nth, at in enumerate(marks):
        first = _paragraph_start(notes.lines, at, end)
        while first < at and first in notes.taken:
            first += 1
        limit = len(notes.lines)
        if nth + 1 < len(marks):
            limit = _paragraph_start(notes.lines, marks[nth + 1], at + 1)
        end = _scheduled(notes, _paragraph_end(notes.lines, at + 1, limit), limit)
        prompt, below = notes.lines[first:at], trimmed(notes.lines[at + 1 : end])
        if not prompt or not below:
            continue
        alone = len(prompt) == 1 and prompt[0].kind in _SAID
        asked = prompt[0].text if alone else markdown(prompt)
        yield notes.card(
            first,
            end,
            re.sub(r"(?<=\S)\n(?=```)", "\n\n", _unmarked(asked), count=1),
            markdown(below),
            'lines parted by "?"',
            tier=Tier.MEDIUM if len(below) > 1 else Tier.SHORT,
            both_ways=notes.text(at).strip() == "??",
            answer_at=(below[0].number, below[-1].number),
        )


def _paragraph_start(lines: Sequence[Line], at: int, floor: int) -> int:
    fenced = False
    while at > floor:
        kind = lines[at - 1].kind
        if kind is LineKind.FENCE:
            fenced = not fenced
        elif not fenced and (lines[at - 1].empty or kind in (LineKind.HEADING, LineKind.RULE)):
            break
        at -= 1
    return at


def _scheduled(notes: Notes, end: int, limit: int) -> int:
    """A scheduler's comment belongs to the card above it, whatever blanks stand between."""
    for at in range(end, min(limit, end + 30)):
        line = notes.outline.lines[at]
        if line.kind is LineKind.HEADING:
            break
        if line.kind is LineKind.SKIPPED and "SR:" in line.raw:
            return at
    return end


# -- a::b ----------------------------------------------------------------------------------------

_SEPARATOR = re.compile(r"(?P<mark>:{2,3}|;{2,3})(?![:;])|(?<=\s)(?P<arrow>>>|<>)(?=\s)")
_SPACES = re.compile(r"(?:std|boost|crate|self|super|core|alloc|parent|static|tokio|fmt|io)$", re.I)
_HEX = re.compile(r"(?:^|[\s\[(])[0-9a-f]{0,4}(?::[0-9a-f]{1,4})*$", re.IGNORECASE)
_CALLED = re.compile(r"[A-Za-z_]\w*\s*(?:\(|<|::|!|[.]\w)")


def _separated(notes: Notes) -> Iterator[Card]:
    found = [(at, parted) for at in notes.free() if (parted := _parted(notes.text(at)))]
    sure = [at for at, (_, _, _, strong) in found if strong]
    asked = sum(vocabulary.puts_question_mark(front) for _, (front, _, _, _) in found)
    coded = any(
        "::" in line.text and (line.kind is LineKind.CODE or not _parted(line.text))
        for line in notes.lines
    )
    many = len(found) * 2 >= len(notes.free()) or (len(found) > 1 and not coded)
    if not (notes.deck or len(sure) > 1 or asked or (many and len(found) > 1)):
        return
    for at, (front, mark, back, strong) in found:
        if not (strong or notes.deck or many):
            continue
        end = at + 1
        line = notes.lines[at]
        if line.kind in LISTED:
            end = max(end, notes.outline.items[at])
            nested = notes.lines[at + 1 : end]
            if any(_parted(other.text) for other in nested if other.kind in _SAID):
                end = at + 1
        below = markdown(trimmed(notes.lines[at + 1 : end]))
        answer = "\n\n".join(part for part in (bare(back), below) if part)
        both = len(mark) == 3 or mark == "<>"
        form = f"lines with {mark}"
        yield notes.card(at, end, _unmarked(bare(front)), answer, form, both_ways=both)


def _masked(text: str) -> str:
    """``text`` with code, clozes and mathematics as blanks of the same length."""
    outside = outside_code(text, lambda part: part)
    spans = re.compile(
        r"`[^`]+`|\{\{[^{}]*\}\}|\$[^$\s][^$]*\$|\[\[[^\[\]]*\]\]|<!--.*?-->|\]\([^()\s]*\)|https?://\S+"
    )
    return spans.sub(lambda found: "\0" * len(found[0]), outside)


def _parted(text: str) -> tuple[str, str, str, bool] | None:
    """Front, mark and back of a line, and whether its marks are set apart as no code has them."""
    masked = _masked(text)
    match = _SEPARATOR.search(masked)
    if not match:
        return None
    front, back = masked[: match.start()], masked[match.end() :]
    mark = match["mark"] or match["arrow"]
    if not re.search(r"[\w\0]", front) or not re.search(r"[\w\0$]", back):
        return None
    tight = not front[-1:].isspace() and not back[:1].isspace()
    asks = vocabulary.puts_question_mark(front)
    if front.rfind("[") > front.rfind("]") and "]" in back:
        return None
    if not asks and _is_code(front.rstrip(), back.strip(), tight=tight):
        return None
    words = text[: match.start()].strip(), text[match.end() :].strip()
    return words[0], mark, words[1], bool(asks or not tight or match["arrow"])


def _is_code(front: str, back: str, *, tight: bool) -> bool:
    last = re.split(r"[\s(\[]", front)[-1]
    if tight:
        return bool(
            _SPACES.search(last)
            or _CALLED.match(back)
            or _SEPARATOR.search(back)
            or (_HEX.search(front) and re.match(r"[0-9a-f:]{0,24}(?:/\d+)?(?:\s|$)", back))
            or front[-1:] in "<&"
        )
    typed = re.search(r"->|=>|→", back) and len(front.split()) == 1
    return bool(typed) or front.endswith((")", "for (", "{")) or "for (" in front


# -- clozes --------------------------------------------------------------------------------------

_CLOZE_LINE = re.compile(r"C:\s+(?=\S)")


def _cloze_lines(notes: Notes) -> Iterator[Card]:
    free = notes.free()
    lit = [at for at in free if gaps(_plain(notes.text(at)), ("==",))]
    ways: tuple[str, ...] = SURE
    if notes.deck or (len(lit) > 2 and len(lit) * 5 >= len(free) * 3):
        ways = (*SURE, "==")
    if notes.deck or any(gaps(_plain(notes.text(at)), SURE) for at in free):
        ways = (*ways, "{{")
    begun = {at for at in free if _begins_cloze(notes, at)}
    for at in free:
        if at in notes.taken:
            continue
        if at in begun:
            yield from _cloze(notes, at, ("[",))
        elif gaps(_plain(notes.text(at)), ways):
            yield from _cloze(notes, at, ways)


def _begins_cloze(notes: Notes, at: int) -> bool:
    """Whether a line is ``C: …`` with gaps, and not the third of several choices."""
    around = notes.lines[max(0, at - 2) : at] + notes.lines[at + 1 : at + 3]
    lettered = any(re.match(r"[BD][:.)]", line.text) for line in around)
    text = notes.text(at)
    alone = notes.lines[at].kind is LineKind.TEXT and not lettered
    return alone and bool(_CLOZE_LINE.match(text)) and _has_gap(notes, at)


def _has_gap(notes: Notes, at: int) -> bool:
    while gaps(_plain(notes.text(at)), ("[",)) == []:
        at += 1
        if at >= len(notes.lines) or not _goes_on(notes, at):
            return False
    return True


def _plain(text: str) -> str:
    return re.sub(r"`[^`]+`", lambda found: "\0" * len(found[0]), text)


def _cloze(notes: Notes, at: int, ways: tuple[str, ...]) -> Iterator[Card]:
    """The cards of a paragraph, of a line of a list, or of what stands behind ``C:``."""
    first, end = at, at + 1
    if notes.lines[at].kind is LineKind.TEXT:
        first = at if ways == ("[",) else _text_start(notes, at)
        while end < len(notes.lines) and _goes_on(notes, end):
            end += 1
    text = "\n".join(notes.text(n) for n in range(first, end))
    text = _CLOZE_LINE.sub("", text, count=1) if ways == ("[",) else text
    text = _CARD.sub("", text).strip()
    for prompt, words in clozes(bare(text), ways):
        yield notes.card(first, end, prompt, words, "clozes")


def _text_start(notes: Notes, at: int) -> int:
    while at and at - 1 not in notes.taken and notes.lines[at - 1].kind is LineKind.TEXT:
        at -= 1
    return at


def _goes_on(notes: Notes, at: int) -> bool:
    line = notes.lines[at]
    begins = re.match(r"[QAC]:\s", line.text)
    return line.kind is LineKind.TEXT and at not in notes.taken and not begins


# -- definitions ---------------------------------------------------------------------------------


def _listed_definitions(notes: Notes) -> Iterator[Card]:
    """``Term`` and below it ``: definition``, as pandoc writes lists of definitions."""
    heads = []
    for at in notes.free():
        if not re.match(r":\s+\S", notes.text(at)) or notes.lines[at].kind is not LineKind.TEXT:
            continue
        above = at - 1
        if above >= 0 and notes.lines[above].empty:
            above -= 1
        term = notes.lines[above] if above >= 0 else None
        if term and term.kind is LineKind.TEXT and not term.text.startswith(":"):
            heads.append((above, at))
    if len(heads) < 2:
        return
    for nth, (above, at) in enumerate(heads):
        limit = heads[nth + 1][0] if nth + 1 < len(heads) else len(notes.lines)
        end = at + 1
        while end < limit and (
            notes.lines[end].indent
            or notes.text(end).startswith(": ")
            or (notes.lines[end].empty and end + 1 < limit and notes.lines[end + 1].indent)
        ):
            end += 1
        body = "\n".join(re.sub(r"^:\s+", "", line.text) for line in trimmed(notes.lines[at:end]))
        place = (notes.lines[at].number, notes.lines[end - 1].number)
        term_text = _unmarked(notes.text(above))
        yield notes.card(above, end, term_text, body, "definitions", answer_at=place)


_BOLD_TERM = re.compile(
    r"(?P<mark>\*\*|__)(?P<term>[^*_`]{1,80}?)\s*(?P<inside>[:：]?)(?P=mark)(?P<note>\s*\([^()]*\))?"
    r"(?P<sign>\s*[:：=→]\s*|\s+[-–—]+\s+|\s*[–—]\s*|\s+)(?P<text>\S.*)$"
)
_TERM = re.compile(
    r"(?P<term>[^\s.:：!?–—|`*][^.:：!?–—|`*]{0,60}?)(?P<note>)(?P<inside>)"
    r"(?P<sign>\s*[:：=]\s+|：|\s+[-–—]\s+|\s*[–—]\s+)(?P<text>\S.*)$"
)


def definitions(notes: Notes, title: str) -> list[Card]:
    """The terms of a document that is made of them; ``**Note:** …`` that comes again is no term."""
    free = [at for at in notes.free() if not _continues(notes, at)]
    words = {at: match for at in free if (match := _term(notes.text(at), _BOLD_TERM))}
    speaks = bool(vocabulary.glossary().search(title))
    if speaks and len(words) * 2 < len(free):
        words |= {at: match for at in free if (match := _term(notes.text(at), _TERM))}
    least = 0.5 if speaks else 0.7
    terms = {undecorated(match["term"]).casefold() for match in words.values()}
    told = sum(len(match["text"].encode()) for match in words.values())
    if not speaks and told < 12 * len(words):
        return []  # "**Salt**: 10 g" defines nothing
    if len(words) < 3 or len(words) < least * len(free) or len(terms) < 0.9 * len(words):
        return []
    return [_definition(notes, at, match) for at, match in words.items()]


def _continues(notes: Notes, at: int) -> bool:
    """Whether a line only goes on with the paragraph or item above it."""
    line, before = notes.lines[at], notes.lines[at - 1] if at else None
    if before is None or before.kind not in _SAID or at - 1 in notes.outline.rows:
        return False
    if _term(line.text, _BOLD_TERM):
        return False
    if line.kind is not LineKind.TEXT:
        return line.indent > 0
    within = line.indent > 0 or notes.outline.depths[at] > 0
    return within or (before.kind is LineKind.TEXT and not _term(line.text, _TERM))


def _term(text: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    match = pattern.match(text)
    if not match or not (match["sign"].strip() or match["inside"]):
        return None
    if labels.label(match["term"]) or len(match["term"].split()) > 8:
        return None
    if vocabulary.is_word(Word.ASIDE, match["term"]) or match["term"].strip().isdigit():
        return None
    return match


def _definition(notes: Notes, at: int, match: re.Match[str]) -> Card:
    end = at + 1
    if notes.lines[at].kind in LISTED:
        end = max(end, notes.outline.items[at])
    while end < len(notes.lines) and notes.lines[end].kind in _SAID and _continues(notes, end):
        end += 1
    below = markdown(trimmed(notes.lines[at + 1 : end]))
    answer = "\n".join(part for part in (match["text"], below) if part)
    term = match["term"] + (match["note"] or "")
    return notes.card(at, end, term, answer, "definitions")
