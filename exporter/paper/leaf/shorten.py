"""A prompt in fewer words and an answer in its first points, in the author's own words.

A prompt loses only what says nothing: "Difference between A and B" is "A vs B", "What is X and why
is it important?" is "X".  An answer is cut where its author sets a point: behind a sentence, an
item of a list, a semicolon; in the middle of a clause only where its first one is too long, and
then with "…".  Markdown stays whole: nothing is cut inside code, emphasis or parentheses.
"""

import re
from collections.abc import Iterator, Sequence, Set

from exporter.model import Markdown
from exporter.paper.leaf.words import Phrases
from exporter.paper.sheets.condense import Piece, condensed
from exporter.text import lexical, markup

_ROOM = 7  # characters that a word takes with its space
_LEAD = re.compile(r"\*\*(?P<lead>[^*]+)\*\*:\s+")
_PLAIN_WORD = re.compile(r"[^\W\d_A-Z]+(?=[\s,-]|$)")
_ITEM_NUMBER = re.compile(r"(?:(?<=· )|(?<=: )|^)\d+[.)]\u00a0")
_ENDS = ".;:, \t\n\u00a0"  # signs that end no note
_GAP = re.compile(r"([.!?]) …(?=\s|$)")  # a mark that says no more than the full stop
_MARKED = ("`", "**")
_MOST_SIDES, _SIDE = 3, 3  # sides, and words of one
_FEWEST, _STEP = 3, 4  # steps of a chain, and words of one


def prompt(text: str, phrases: Phrases) -> Markdown:
    """The prompt as a leaf prints it: no full stop, and by the rules of its language."""
    line = " ".join(text.split())
    bare = line.rstrip(".?!。？ ")
    sides = versus(line, phrases)
    if phrases.versus.fullmatch(bare) and sides:
        return Markdown(_capital(" vs ".join(sides)))
    found = phrases.bare.fullmatch(bare)
    if found and found["rest"].count("`") % 2 == 0:
        return Markdown(_capital(found["rest"]))
    return Markdown(line.removesuffix("."))


def versus(text: str, phrases: Phrases) -> tuple[str, ...]:
    """The two or three sides that a prompt sets against each other; () where it does not."""
    bare = " ".join(text.split()).rstrip(".?!。？ ")
    found = phrases.versus.fullmatch(bare)
    if found:
        sides = phrases.joined.split(found["all"])
    else:
        sides = phrases.against.split(re.split(r"[;:]|\s[—–]\s|\?", bare)[0])
    sides = [side.strip() for side in sides if side.strip()]
    whole = all(_closed(side) and count(side) <= _SIDE for side in sides)
    return tuple(sides) if whole and 1 < len(sides) <= _MOST_SIDES else ()


def _capital(text: str) -> str:
    """With a capital where a plain word begins it: a name such as `setTimeout` keeps its own."""
    return text[:1].upper() + text[1:] if _PLAIN_WORD.match(text) else text


def answer(text: str, asked: str, words: int) -> Markdown:
    """The answer's first points, at most so many words; "" where it begins with code or a table."""
    text = _without_lead(text.strip(), asked)
    short = condensed(text, words * _ROOM)
    if short is None:
        return Markdown("")
    points: list[str] = []
    pieces = (_told(one, "" if n else asked) for n, one in enumerate(short.pieces))
    for piece in (_ITEM_NUMBER.sub("", one) for one in pieces):
        room = words - count(" ".join(points))
        if count(piece) <= room:
            points.append(piece)
            continue
        points += [_cut(piece, room)] if not points or room > words // 2 else []
        break
    return Markdown(_ended(" ".join(filter(None, points))))


def _told(piece: Piece, asked: str) -> str:
    """A piece, without an introduction that adds no word to what is asked."""
    lead = set(lexical.terms(piece.lead))
    return str(piece.text if lead and lead <= set(lexical.terms(asked)) else piece)


def clipped(text: str, words: int) -> str:
    """A line of at most so many words."""
    return text if count(text) <= words else _words(" ".join(text.split()), words)


def count(text: str) -> int:
    """Words of a text; signs between them, as arrows and bullets, do not count."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def says(text: str, asked: str) -> frozenset[str]:
    """The words of an answer that its prompt does not have."""
    return frozenset(lexical.terms(text)) - frozenset(lexical.terms(asked))


def clauses(text: str) -> tuple[str, ...]:
    """A line at its semicolons and between its sentences."""
    parts = [part for one in markup.sentences(text) for part in _split(one, re.compile(r";\s+"))]
    return tuple(parts)


def _split(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    """The parts of a line between marks that stand in no code, emphasis or parenthesis."""
    start = 0
    for found in mark.finditer(text):
        if _closed(text[start : found.start()]):
            yield text[start : found.start()].strip()
            start = found.end()
    yield text[start:].strip()


def _closed(text: str) -> bool:
    even = all(text.count(mark) % 2 == 0 for mark in _MARKED)
    return even and text.count("(") == text.count(")") and text.count("[") == text.count("]")


def _without_lead(text: str, asked: str) -> str:
    """Without a bold title before the answer where that only says again what is asked."""
    found = _LEAD.match(text)
    if not found:
        return text
    said, known = lexical.words(found["lead"]), lexical.words(asked)
    again = any(one.startswith(word) for one in known for word in said if len(word) > 2)
    return text[found.end() :] if again else text


def _cut(piece: str, words: int) -> str:
    """A piece's clauses as far as they fit, or its first words where no clause does."""
    ends = [
        0,
        *(
            found.start()
            for found in re.finditer(r"[;·]\s|(?<![\s\d]\d)(?<!\be\.g)\.\s|\s[—–]\s", piece)
        ),
    ]
    fitting = [end for end in ends if end and count(piece[:end]) <= words and _closed(piece[:end])]
    if fitting:
        return piece[: fitting[-1]].rstrip(" ·").rstrip(_ENDS)
    return _words(piece, words)


def _words(piece: str, words: int) -> str:
    ends = [found.start() for found in re.finditer(r"\s", piece)]
    fitting = [end for end in ends if count(piece[:end]) <= words and _closed(piece[:end])]
    kept = piece[: fitting[-1]].split() if fitting else []
    while kept and not lexical.terms(kept[-1]) and kept[-1].isalpha():
        kept.pop()  # "with", "and": they promise what is cut
    return f"{' '.join(kept).rstrip(_ENDS)} …" if kept else ""


def _ended(text: str) -> str:
    """Without a full stop that ends the whole: an entry is a note, not a sentence."""
    text = _GAP.sub(r"\1", text.rstrip())
    return text[:-1] if text.endswith((".", ";")) and not text.endswith("..") else text


def steps(text: str) -> tuple[str, tuple[str, ...], str] | None:
    """What stands before, in and behind "A → B → C"; None where no clause is such a chain."""
    parts = clauses(text)
    for at, clause in enumerate(parts):
        chain = [one.strip() for one in re.split(r"\s*(?:→|->|=>)\s*", clause)]
        short = all(one and count(one) <= _STEP for one in chain[1:]) and all(map(_closed, chain))
        lead, colon, first = chain[0].rpartition(": ")
        if len(chain) >= _FEWEST and short and count(first) <= _STEP:
            before = "; ".join((*parts[:at], *([f"{lead}:"] if colon else [])))
            last = chain[-1].rstrip(_ENDS)
            return before, (first, *chain[1:-1], last), "; ".join(parts[at + 1 :])
    return None


def parallel(sides: Sequence[str], text: str, phrases: Phrases) -> tuple[str, ...]:
    """What a text says of each side, where each of its points is about one; () where not.

    A point is about the side whose words it begins with, so that nothing is put below the wrong
    head.  A text with a point about neither is no table, but behind the last one about a side.
    """
    points = [
        part for one in markup.sentences(text) for part in _split(one.rstrip("."), phrases.contrast)
    ]
    said: list[list[str]] = [[] for _ in sides]
    names = [lexical.terms(side) for side in sides]
    for point in points:
        begins = set(lexical.terms(" ".join(point.split()[:3])))
        about = [at for at, name in enumerate(names) if _begins(begins, name)]
        if len(about) != 1:
            if all(said):
                break
            return ()
        said[about[0]].append(_about(point, sides[about[0]]))
    return tuple("; ".join(one) for one in said) if all(said) else ()


def _begins(begins: Set[str], name: Sequence[str]) -> bool:
    """Whether the first words of a point name a side: by its first word, or by two of them."""
    return bool(name) and (name[0] in begins or len(begins & set(name)) > 1)


def _about(point: str, side: str) -> str:
    """A point without the side's name in front, as that stands above it."""
    name = set(lexical.terms(side))
    head, colon, rest = point.partition(": ")
    if colon and set(lexical.terms(head)) == name:
        return rest
    words = point.split()
    front = " ".join(words[: len(side.split())])
    same = set(lexical.terms(front)) == name and len(words) > len(side.split()) + 1
    return " ".join(words[len(side.split()) :]) if same else point
