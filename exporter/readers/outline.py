"""The outline of a document: every line that may open something, with the lines that belong to it.

Structure comes from the Markdown parser's blocks (``markup.places``): headings, also those inside
list items and underlined ones, items with their nesting, quotations, tables.  Lines inside a
paragraph are looked at one by one, because in many lists a question, its options and its answer
share one paragraph.  Nothing is decided here: an opener says how it is written and what it might
be, ``roles`` says what it is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from exporter.model import Attributes, Tier
from exporter.readers import labels, vocabulary
from exporter.readers.inline import TAGS, attributes, leading, plain
from exporter.readers.labels import Label
from exporter.readers.scan import LISTED, Line, LineKind, bold, undecorated
from exporter.readers.structure import Structure
from exporter.readers.vocabulary import Word


class Form(Enum):
    """How a line that opens something is written."""

    HEADING = auto()
    BOLD = auto()  # a line that is bold as a whole, or begins with bold words and goes on
    LABELLED = auto()  # "Q: …"
    COUNTED = auto()  # "Q12. …" or "12) …" as plain text
    ITEM = auto()
    FOLD = auto()  # <summary>…</summary>
    CALLOUT = auto()  # > [!question] …
    TEXT = auto()  # a line of text that ends in a question mark


@dataclass(frozen=True, slots=True)
class Opener:
    """A line that may open a question, a section or a part of one.

    ``at`` is its index, ``last`` that of the last line of its head (a summary over several lines);
    ``rank`` a heading's level, an item's depth; ``end`` is the index before which what belongs to
    it ends at the latest.  ``title`` is Markdown without decoration and number, ``label`` the
    number as written, ``rest`` what follows the bold words on its line.  ``means`` is the label
    that the line is.  ``asks`` tells that its words ask, ``marked`` that they end in a question
    mark, ``named`` that it calls itself a question."""

    at: int
    last: int
    form: Form
    rank: int
    end: int
    title: str
    label: str | None = None
    rest: str = ""
    ordered: bool = False
    asks: bool = False
    marked: bool = False
    named: bool = False
    means: Label | None = None
    attributes: Attributes = field(default_factory=Attributes)

    @property
    def number(self) -> int:
        """The last number of the label, 0 for none."""
        digits = re.findall(r"\d{1,9}", self.label or "")
        return int(digits[-1]) if digits else 0


@dataclass(frozen=True, slots=True)
class Outline:
    """``openers`` in order; ``headings`` those of them that are headings; ``items[i]`` is the index
    behind the list item that begins on line i (0: none does), ``depths[i]`` in how many items line
    i stands; ``rows`` are the indexes of table lines."""

    lines: tuple[Line, ...]
    openers: tuple[Opener, ...]
    items: tuple[int, ...]
    depths: tuple[int, ...]
    rows: frozenset[int]


_CALLOUT = re.compile(r"\[!(?P<kind>[\w-]+)\][+-]?\s*(?P<title>.*)$")
_SUMMARY = re.compile(r"<summary\b[^<>]*>", re.IGNORECASE)
_LEADING_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<inner>\S(?:.*?\S)?)(?P=mark)(?P<rest>.*)$")
_SLANTED = re.compile(
    r"(?P<mark>[*_])(?P<inner>[^*_\s][^*_]{0,60})(?P=mark)(?P<rest>(?:\s*[:：]?\s.*)?)$"
)
_CODED = re.compile(
    r"(?P<label>[A-Z]{1,3}\d{1,2}[A-Z]\d{2}|\d{1,4})\s*\((?P<key>[A-H])\)\s*(?:\[[^\[\]]*\])?$"
)
_BOX = re.compile(r"\[[ xX✓✔]?\](?=\s)\s*")
BOLD_RANK = 7
_LONGEST = 3000  # characters of a line that opens anything


def coded(text: str) -> re.Match[str] | None:
    """A question's code with its right letter, alone on a line: ``T1A01 (C)``."""
    return _CODED.match(undecorated(text))


def outline(lines: Sequence[Line], taught: Mapping[str, Tier] | None = None) -> Outline:
    """The outline of a document's lines, whose noise is marked; ``taught`` are pack.toml's words
    for tiers."""
    structure = Structure(lines, taught)
    openers = _bounded(structure, tuple(_openers(structure)))
    return Outline(
        tuple(structure.lines),
        openers,
        tuple(structure.items),
        tuple(structure.depths),
        frozenset(structure.rows),
    )


def _openers(structure: Structure) -> Iterator[Opener]:
    floor = 0
    for at, line in enumerate(structure.lines):
        if at < floor or line.empty or at in structure.rows:
            continue
        if line.kind in (LineKind.CODE, LineKind.FENCE, LineKind.RULE) or len(line.text) > _LONGEST:
            continue
        found = _opener(structure, at)
        if found:
            floor = found.last + 1
            yield found


def _bounded(structure: Structure, found: Sequence[Opener]) -> tuple[Opener, ...]:
    """``found`` with their ends: the next heading that is as high, a heading of any level for what
    is none, an item's own end.  Headings that are labels end nothing."""
    silent = _labels(found)
    closes = _fold_ends(structure.lines, found)
    found = _within_folds(found, closes, silent)
    levels = {
        one.at: one.rank for one in found if one.form is Form.HEADING and one.at not in silent
    }
    ends = _heading_ends(levels, len(structure.lines))
    bounded = []
    for one in found:
        if one.form is Form.HEADING:
            end = ends[BOLD_RANK if one.at in silent else one.rank][one.at]
        else:
            end = ends[BOLD_RANK][one.last]
        if one.at in closes:
            end = closes[one.at]
        if one.form is Form.ITEM:
            end = min(end, max(structure.items[one.at], one.at + 1))
        labelled = one.at in silent if one.form is Form.HEADING else one.means is not None
        bounded.append(replace(one, end=end, means=one.means if labelled else None))
    return tuple(bounded)


_DETAILS = re.compile(r"</?details", re.IGNORECASE)


def _fold_ends(lines: Sequence[Line], found: Sequence[Opener]) -> dict[int, int]:
    """For each fold the index behind its closing tag; folds that are never closed have none."""
    summaries = {one.at for one in found if one.form is Form.FOLD}
    opened: list[int | None] = []
    ends: dict[int, int] = {}
    for at, line in enumerate(lines):
        fold = (
            line.kind not in (LineKind.CODE, LineKind.FENCE) and "details" in line.text.casefold()
        )
        for tag in _DETAILS.findall(line.text) if fold else ():
            if not tag.startswith("</"):
                opened.append(None)
            elif opened and (summary := opened.pop()) is not None:
                ends[summary] = at + 1
        if at in summaries and opened and opened[-1] is None:
            opened[-1] = at
    return {} if opened else ends


def _within_folds(
    found: Sequence[Opener], closes: Mapping[int, int], silent: frozenset[int]
) -> tuple[Opener, ...]:
    """``found`` with the headings inside folds that ask or answer as lines of their matter."""
    kept = []
    inside = 0
    for one in found:
        if one.form is Form.FOLD and (one.asks or one.means) and one.at in closes:
            inside = max(inside, closes[one.at])
        elif one.form is Form.HEADING and one.at < inside and one.at not in silent:
            kept.append(replace(one, form=Form.BOLD, rank=BOLD_RANK, means=None))
            continue
        kept.append(one)
    return tuple(kept)


def _heading_ends(levels: Mapping[int, int], size: int) -> list[list[int]]:
    """``ends[level][i]``: the index of the first heading behind line i of at most that level."""
    ends = [[size] * (size + 1)]
    for level in range(1, BOLD_RANK + 1):
        upcoming = size
        column = [size] * (size + 1)
        for at in range(size - 1, -1, -1):
            column[at] = upcoming
            if 0 < levels.get(at, 0) <= level:
                upcoming = at
        ends.append(column)
    return ends


def _labels(found: Sequence[Opener]) -> frozenset[int]:
    """Places of the headings that are labels of a question's parts: they repeat, or stand below a
    heading that is more than the document's title.  One with questions below is a section."""
    heads = [one for one in found if one.form is Form.HEADING]
    counts = Counter((one.rank, one.means.means) for one in heads if one.means)
    silent: set[int] = set()
    above: list[Opener] = []
    for nth, one in enumerate(map(_without_idle_follow_up, heads)):
        word = one.means is not None and not isinstance(one.means.means, Tier)
        told = word and one.means is not None and bool(one.means.rest)
        if told and above:
            silent.add(one.at)
            continue
        repeated = one.means is not None and counts[one.rank, one.means.means] > 1
        holds = _holds_questions(one, heads[nth + 1 : nth + 2]) and not (word and repeated)
        if one.means and not one.marked and not holds:
            parents = [other for other in above if other.rank < one.rank]
            last = above[-1] if above else None
            owned = last is not None and (last.marked or last.named) and not one.means.weak
            owned = owned and last is not None and one.rank >= last.rank and not word
            below = (
                owned or len(parents) > 1 or (parents and (parents[-1].asks or parents[-1].named))
            )
            if below or (repeated and above):
                silent.add(one.at)
                continue
        above = [other for other in above if other.rank < one.rank]
        above.append(one)
    return frozenset(silent)


def _without_idle_follow_up(one: Opener) -> Opener:
    """A heading that begins with "Bonus" and asks nothing is no label."""
    idle = one.means is not None and one.means.means is Word.FOLLOW_UP and not one.asks
    return replace(one, means=None) if idle else one


def _holds_questions(head: Opener, following: Sequence[Opener]) -> bool:
    """Whether a heading that may be a label has a deeper heading next that asks."""
    return any(
        other.rank > head.rank and (other.asks or other.named) and not other.means
        for other in following
    )


def _opener(structure: Structure, at: int) -> Opener | None:
    line = structure.lines[at]
    level = structure.levels[at]
    text = line.text
    if level:
        if line.kind in LISTED:
            text = text.lstrip("# ").rstrip("# ")
        ordered = line.kind is LineKind.NUMBERED
        marker = line.marker if ordered else None
        return _titled(structure, at, at, Form.HEADING, level, text, marker, ordered=ordered)
    if line.kind is LineKind.QUOTE:
        match = _CALLOUT.match(line.text)
        return _callout(structure, at, match) if match else None
    if _SUMMARY.search(text):
        return _fold(structure, at)
    if line.kind in LISTED:
        return _item(structure, at)
    return _text(structure, at)


def _callout(structure: Structure, at: int, match: re.Match[str]) -> Opener:
    kind = match["kind"].casefold()
    found = _titled(structure, at, at, Form.CALLOUT, 1, match["title"] or kind)
    if kind in ("question", "faq", "help", "quiz", "exercise"):
        return replace(found, asks=True)
    if found.means is None and kind in ("success", "check", "done", "answer", "solution"):
        return replace(found, means=Label(Word.ANSWER, kind, ""))
    if found.means is None and kind in ("hint", "tip") and not match["title"]:
        return replace(found, means=Label(Word.HINT, kind, ""))
    return found


def _fold(structure: Structure, at: int) -> Opener:
    """A summary, which may run over several lines."""
    lines = structure.lines
    last = at
    parts = [lines[at].text]
    while "</summary" not in lines[last].text.casefold():
        if last + 1 >= len(lines) or last - at > 6 or lines[last + 1].empty:
            break
        last += 1
        parts.append(lines[last].text)
    whole = " ".join(parts)
    match = _SUMMARY.search(whole)
    head, _, rest = whole[match.end() if match else 0 :].partition("</summary>")
    found = _titled(structure, at, last, Form.FOLD, 8, _inline(head))
    means = found.means
    if means is None and vocabulary.is_word(Word.SHOW, undecorated(found.title).strip(" .:!*_")):
        means = Label(Word.ANSWER, found.title, "")
    return replace(found, means=means, rest=TAGS.sub("", rest).strip())


_CODE_TAG = re.compile(r"<code>([^<>`]*)</code>", re.IGNORECASE)


def _inline(text: str) -> str:
    """Tags of a summary as Markdown, where there is such."""
    return TAGS.sub("", _CODE_TAG.sub(r"`\1`", text)).strip()


def _item(structure: Structure, at: int) -> Opener:
    line = structure.lines[at]
    ordered = line.kind is LineKind.NUMBERED
    depth = max(1, structure.depths[at])
    text = _embolden(_BOX.sub("", line.text, count=1))
    marker = line.marker if ordered else None
    found = _titled(structure, at, at, Form.ITEM, depth, text, marker, ordered=ordered)
    return _with_rest(found, text)


def _with_rest(found: Opener, text: str) -> Opener:
    """``found`` parted into the bold words that ask and the rest of the line that answers."""
    match = _LEADING_BOLD.match(_ornament(attributes(text)[0]))
    if not match or not match["rest"].strip(" :：.–—-*_"):
        return found
    words, inside = attributes(match["inner"])
    behind, outside = leading(match["rest"])
    attached = next((one for one in (inside, outside) if one != Attributes()), found.attributes)
    inner = undecorated(plain(words))
    numbered = labels.question(inner) or labels.counted(inner)
    title = numbered.title if numbered else inner
    ends = title.endswith((".", "。")) and vocabulary.asks(title)
    if not title or not (ends or vocabulary.puts_question_mark(title)):
        return found
    rest = re.sub(r"^[\s:：–—-]+", "", behind)
    return replace(
        found,
        title=title,
        label=(numbered and numbered.label) or found.label,
        rest=rest,
        asks=True,
        marked=True,
        attributes=attached,
    )


_ORNAMENT = re.compile(r"^[^\w*`\"'“‘(\[{<¿]+")


def _ornament(text: str) -> str:
    return _ORNAMENT.sub("", text)


def _text(structure: Structure, at: int) -> Opener | None:
    """A bold line, ``Q: …``, ``Q12. …``, a label, or a line that ends in a question mark."""
    line = structure.lines[at]
    text = plain(line.text)
    if not text:
        return None
    text = _embolden(text)
    match = _LEADING_BOLD.match(_ornament(attributes(text)[0]))
    if match and not match["rest"].strip(" :：–—-"):
        return _titled(structure, at, at, Form.BOLD, BOLD_RANK, text.rstrip(" –—-"))
    if match:
        return _begun(structure, at, text, match)
    bare = undecorated(text)
    numbered = labels.question(bare)
    signed = _SIGNED.match(bare) or (numbered and (not numbered.title or "?" in numbered.title))
    if numbered and signed and (numbered.label or numbered.title):
        form = Form.COUNTED if numbered.label else Form.LABELLED
        return _titled(structure, at, at, form, BOLD_RANK, text)
    found = _titled(structure, at, at, Form.TEXT, BOLD_RANK, text)
    if found.means or found.marked:
        return found
    if found.label and not found.means and _counted_line(line):
        return replace(found, form=Form.COUNTED)
    if match := coded(bare):
        return replace(found, form=Form.COUNTED, label=match["label"], title="", named=True)
    return found if at in structure.starts and found.asks else None


_SIGNED = re.compile(r"\S+\s*\d*\w?\s*[:：.)–—-]")


def _embolden(text: str) -> str:
    """A label in slanted letters as one in bold ones."""
    slanted = _SLANTED.match(text)
    if slanted and labels.label(slanted["inner"].rstrip(":： ")):
        return f"**{slanted['inner']}**{slanted['rest']}"
    return text


def _counted_line(line: Line) -> bool:
    return bool(re.match(r"#?\d{1,6}\s*[.)、．:：]", undecorated(plain(line.text))))


def _begun(structure: Structure, at: int, text: str, match: re.Match[str]) -> Opener | None:
    """A line that begins with bold words: ``**Q5.** What …``, ``**Q?** answer``, ``**Short:** …``
    and goes on."""
    bare = undecorated(f"{match['inner']} {match['rest'].strip()}")
    numbered = labels.question(bare) or labels.counted(bare)
    found = _titled(structure, at, at, Form.BOLD, BOLD_RANK, bare)
    if found.means:
        return found
    found = _with_rest(found, text)
    if found.rest:
        return found
    if numbered and len(match["inner"]) <= 24:
        form = Form.BOLD if numbered.label else Form.LABELLED
        return replace(found, form=form)
    return None


def _titled(
    structure: Structure,
    at: int,
    last: int,
    form: Form,
    rank: int,
    written: str,
    marker: str | None = None,
    *,
    ordered: bool = False,
) -> Opener:
    """An opener with what its text says."""
    text, attached = attributes(written)
    text = plain(text)
    match = _LEADING_BOLD.match(_ornament(text))
    joined = f"{match['inner']} {match['rest'].strip()}" if match and match["rest"] else text
    title, inner = attributes(undecorated(joined))
    attached = attached if inner == Attributes() else inner
    means = labels.label(_unmarked(title), structure.taught)
    numbered = labels.question(title)
    named = numbered is not None
    numbered = numbered or (labels.counted(title) if form is not Form.ITEM or match else None)
    name = numbered.label if numbered else None
    unnumbered = named and name is None
    title = numbered.title if numbered else title
    if name is None and marker:
        name = marker.rstrip(".)")
    bare = title.strip("*_` ")
    return Opener(
        at=at,
        last=last,
        form=Form.LABELLED if unnumbered and form in (Form.BOLD, Form.TEXT) else form,
        rank=rank,
        end=0,
        title=title,
        label=name,
        ordered=ordered,
        asks=vocabulary.asks(bare),
        marked=vocabulary.puts_question_mark(bare),
        named=named or vocabulary.states(bare),
        means=means,
        attributes=attached,
    )


def _unmarked(title: str) -> str:
    return (bold(title) or title).strip()
