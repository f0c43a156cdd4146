"""Lines of a document, classified once for every reader.

Readers work line by line because the model promises a place for everything; a Markdown parser
would lose the lines of what it merges.  Line kinds follow CommonMark where it matters (fences hide
headings) and depart from it on purpose in one point: indentation never makes code, because the
documents' authors indent to show belonging.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from exporter.diagnostics import Location
from exporter.model import Accounting, Markdown, Silence, Source


class LineKind(Enum):
    """What a line is at first sight.  SKIPPED lines (comments, chat left-overs) read as blank, and
    so do KEPT_ASIDE ones: doubtful left-overs, which stand in the model as a Reading of their own.
    """

    BLANK = auto()
    HEADING = auto()
    RULE = auto()
    FENCE = auto()
    CODE = auto()
    BULLET = auto()
    NUMBERED = auto()
    QUOTE = auto()
    TEXT = auto()
    SKIPPED = auto()
    KEPT_ASIDE = auto()


LISTED = (LineKind.BULLET, LineKind.NUMBERED)
"""The kinds of a line that begins an item of a list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``number`` is 1-based on disk; ``indent`` counts columns (a tab goes to the next
    multiple of four); ``text`` is the line without indent and marker; ``marker`` is the bullet
    ("-"), the number ("12.") or the fence ("```"); ``level`` is a heading's (1 to 6), else 0."""

    number: int
    raw: str
    kind: LineKind
    indent: int
    marker: str
    text: str
    level: int = 0

    @property
    def empty(self) -> bool:
        """Whether a reader should read it as a blank line."""
        return self.kind in (LineKind.BLANK, LineKind.SKIPPED, LineKind.KEPT_ASIDE)


_FENCE = re.compile(r"(`{3,}+|~{3,}+)\s*+([^`]*+)$")
_HEADING = re.compile(r"(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_RULE = re.compile(r"(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}|[━─═—]{3,})$")
_BULLET = re.compile(r"([-*+•‣◦–])\s+(.*)$")
_NUMBERED = re.compile(r"(\d{1,9}[.)])\s+(.*)$")


def scan(source: Source) -> tuple[Line, ...]:
    """Every line of ``source``, classified; whole-line HTML comments are SKIPPED."""
    return tuple(_lines(source.lines))


def _lines(raws: Sequence[str]) -> Iterator[Line]:
    fence: _Fence | None = None
    in_comment = False
    front = front_matter(raws)
    for number, raw in enumerate(raws, 1):
        stripped = raw.strip()
        indent = _columns(raw)
        if fence and number > fence.last:
            fence = None
        if fence:
            closes = number == fence.last and fence.closed
            kind = LineKind.FENCE if closes else LineKind.CODE
            if not stripped:
                kind = LineKind.BLANK
            yield Line(number, raw, kind, indent, fence.mark if closes else "", stripped)
            continue
        if number <= front:
            kind = LineKind.SKIPPED if stripped else LineKind.BLANK
            yield Line(number, raw, kind, indent, "---", stripped)
            continue
        opens = stripped.startswith("<!--") and _whole_comment(stripped, raws, number)
        if (in_comment and _inside(stripped)) or (opens and not in_comment):
            in_comment = "-->" not in stripped
            kind = LineKind.SKIPPED if stripped else LineKind.BLANK
            yield Line(number, raw, kind, indent, "<!--", stripped)
            continue
        in_comment = False
        line = _classified(number, raw, indent, stripped)
        if line.kind is LineKind.FENCE:
            fence = _fence(raws, line)
        yield line


@dataclass(frozen=True, slots=True)
class _Fence:
    """A fenced block: its mark, its last line (1-based) and whether that closes it."""

    mark: str
    last: int
    closed: bool


_INFO = re.compile(r"[\w+#.-]+(?:\s.*)?$")
_TEMPLATE = ("markdown", "md", "text", "txt")


def _fence(raws: Sequence[str], opened: Line) -> _Fence:
    """Where the block that ``opened`` opens ends: at its closing mark, or, where the next mark
    opens another block instead ("```js"), before the first line that begins an item or heading
    further out, as an author means it who forgot to close it."""
    mark = opened.marker
    outer: int | None = None
    template = opened.text.split(" ")[0].casefold() in _TEMPLATE[:2]
    for number in range(opened.number + 1, len(raws) + 1):
        raw = raws[number - 1]
        stripped = raw.strip()
        if stripped.startswith(mark):
            info = stripped.lstrip(mark[0]).strip()
            if not info:
                return _Fence(mark, number, closed=True)
            if outer and not template and _INFO.match(info):
                return _Fence(mark, outer - 1, closed=False)
        elif outer is None and _begins_outside(raw, opened):
            outer = number
    return _Fence(mark, outer - 1 if outer and not template else len(raws), closed=False)


_OUTSIDE = re.compile(r"(?P<item>(?:\d{1,9}[.)]|[-*+])\s+#{1,6}\s)|#{2,6}\s+\S|#\s+\S.*\?$")


def _begins_outside(raw: str, opened: Line) -> bool:
    match = _OUTSIDE.match(raw.lstrip())
    if not match:
        return False
    return bool(match["item"]) or _columns(raw) <= opened.indent


def front_matter(raws: Sequence[str]) -> int:
    """The number of lines of a YAML front matter: between "---" on the first line and the next."""
    if not raws or raws[0].rstrip() != "---":
        return 0
    for number, raw in enumerate(raws[1:60], 2):
        if raw.rstrip() in ("---", "..."):
            inner = [line for line in raws[1 : number - 1] if line.strip()]
            keyed = all(_YAML.match(line) for line in inner)
            return number if inner and keyed else 0
    return 0


_YAML = re.compile(r"\s*(?:[\w. -]+\s*[:=](?:\s|$)|-\s|#|\s+\S|[\]\[{}])")


def _whole_comment(stripped: str, raws: Sequence[str], number: int) -> bool:
    """Whether a line that opens a comment holds nothing after the comment's end; a comment that
    never ends is none, or a slip of the pen would swallow the rest of the document."""
    if "-->" in stripped:
        return stripped.endswith("-->")
    return number < _last_comment_end(raws)


@lru_cache(maxsize=1)
def _last_comment_end(raws: Sequence[str]) -> int:
    """The number of the last line that ends a comment, 0 for none."""
    return max((number for number, raw in enumerate(raws, 1) if "-->" in raw), default=0)


def _inside(stripped: str) -> bool:
    """Whether a line within a comment holds nothing after the comment's end."""
    return "-->" not in stripped or stripped.endswith("-->")


def _columns(raw: str) -> int:
    column = 0
    for char in raw:
        if char == "\t":
            column += 4 - column % 4
        elif char in " \u00a0":
            column += 1
        else:
            break
    return column


_UNSPACED = re.compile(r"#{2,6}[^\s#!]")
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(?P<text>.*?)</h\1>$", re.IGNORECASE)
_HTML_ITEM = re.compile(r"<li\b[^<>]*>(?P<text>(?:(?!<li\b).)*?)(?:</li>)?$", re.IGNORECASE)


def _from_html(raw: str, stripped: str) -> tuple[str, str]:
    """A heading or list item that is written as HTML on one line, as Markdown."""
    if match := _HTML_HEADING.match(stripped):
        text = f"{'#' * int(match[1])} {match['text'].strip()}"
    elif (match := _HTML_ITEM.match(stripped)) and match["text"].strip():
        text = f"- {match['text'].strip()}"
    else:
        return raw, stripped
    return raw[: len(raw) - len(raw.lstrip())] + text, text


_GAP = re.compile(r"[ \t\u00a0\u3000]{40,}+")


def _classified(number: int, raw: str, indent: int, stripped: str) -> Line:
    """A line outside code; a long gap in it says no more than a short one, and no expression that
    looks for what stands behind blanks should have to try each of thousands."""
    if not stripped:
        return Line(number, raw, LineKind.BLANK, indent, "", "")
    return _of_kind(number, raw, indent, _GAP.sub(" " * 40, stripped))


def _of_kind(number: int, raw: str, indent: int, stripped: str) -> Line:
    if stripped[:2].casefold() in ("<h", "<l"):
        raw, stripped = _from_html(raw, stripped)
    if match := _FENCE.match(stripped):
        return Line(number, raw, LineKind.FENCE, indent, match[1], match[2].strip())
    if _UNSPACED.match(stripped):
        marks = stripped[: len(stripped) - len(stripped.lstrip("#"))]
        stripped = f"{marks} {stripped.lstrip('#')}"
        raw = raw[: len(raw) - len(raw.lstrip())] + stripped
    if indent < 4 and (match := _HEADING.match(stripped)):
        text = (match[2] or "").strip()
        return Line(number, raw, LineKind.HEADING, indent, match[1], text, len(match[1]))
    if _RULE.match(stripped):
        return Line(number, raw, LineKind.RULE, indent, stripped[0], "")
    if match := _BULLET.match(stripped):
        return Line(number, raw, LineKind.BULLET, indent, match[1], match[2])
    if match := _NUMBERED.match(stripped):
        return Line(number, raw, LineKind.NUMBERED, indent, match[1], match[2])
    if stripped.startswith(">"):
        return Line(number, raw, LineKind.QUOTE, indent, ">", stripped[1:].strip())
    return Line(number, raw, LineKind.TEXT, indent, "", stripped)


def markdown(lines: Sequence[Line]) -> Markdown:
    """The author's Markdown of consecutive lines: skipped lines blank, the common indent taken
    off, no blank lines at either end."""
    raws = ["" if line.empty else line.raw.rstrip().expandtabs(4) for line in lines]
    filled = [raw for raw in raws if raw]
    indent = min((len(raw) - len(raw.lstrip()) for raw in filled), default=0)
    return Markdown("\n".join(raw[indent:] for raw in raws).strip("\n"))


def trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` without empty ones and rules at either end."""
    first, last = 0, len(lines)
    while first < last and _hollow(lines[first]):
        first += 1
    while last > first and _hollow(lines[last - 1]):
        last -= 1
    return lines[first:last]


def _hollow(line: Line) -> bool:
    return line.empty or line.kind is LineKind.RULE


def location(path: str, lines: Sequence[Line]) -> Location:
    """The place of consecutive lines; at least one."""
    return Location(path, lines[0].number, lines[-1].number)


_EMPHASIS = re.compile(r"^(\*\*|__)(?P<text>.+?)\1(?P<colon>\s*:?)$")


def bold(text: str) -> str | None:
    """The inner text of a line that is bold as a whole (``**SHORT**``, ``**Short:**``,
    ``**Short**:``), without the colon; else None."""
    match = _EMPHASIS.match(text.strip())
    if not match or match[1] in match["text"]:
        return None
    return match["text"].strip().removesuffix(":").strip()


def undecorated(text: str) -> str:
    """A title without emoji, symbols and emphasis marks around it (``🔥 **SET 1**`` → ``SET 1``).

    Inner emphasis is unwrapped too when it spans the whole rest; letters, digits, brackets,
    quotes and code marks stay.
    """
    stripped = text.strip()
    while True:
        before = stripped
        while stripped and _decorative(stripped[0]):
            stripped = stripped[1:].lstrip()
        while stripped and _decorative(stripped[-1]):
            stripped = stripped[:-1].rstrip()
        stripped = bold(stripped) or stripped
        if stripped == before:
            return stripped


def _decorative(char: str) -> bool:
    """Emoji, dingbats, arrows, variation selectors and joiners; never punctuation."""
    if char in "\ufe0e\ufe0f\u200d\u20e3\u200b":
        return True
    return unicodedata.category(char) in ("So", "Sk", "Co", "Cn") and char not in "`^"


_BEFORE = re.compile(r"^[^\w*`“\"'‘„«(\[<>|]+")


def unmarked(text: str) -> str:
    """``text`` without emoji and symbols before it; its emphasis stays."""
    return _BEFORE.sub("", text)


def titles_above(lines: Sequence[Line], number: int) -> tuple[str, ...]:
    """Titles of the headings above line ``number``, outermost first."""
    path: list[Line] = []
    for line in lines[: number - 1]:
        if line.kind is LineKind.HEADING:
            path = [other for other in path if other.level < line.level]
            path.append(line)
    return tuple(undecorated(line.text) for line in path)


_SILENCE = re.compile(r"<!--\s*studypack:\s*off\s(?P<codes>[^>]*+)(?<=--)>", re.IGNORECASE)


def silences(path: str, lines: Sequence[Line]) -> tuple[Silence, ...]:
    """Every ``<!-- studypack: off L203 -->`` that stands on a line of its own, with the line that
    it is about: the next one that is neither blank nor a comment.  Codes are parted by blanks or
    commas; a silence at a document's end is about its own line, where nothing is ever said."""
    found = []
    for at, line in enumerate(lines):
        match = _SILENCE.fullmatch(line.raw.strip()) if line.marker == "<!--" else None
        if match:
            codes = tuple(match["codes"].removesuffix("--").replace(",", " ").upper().split())
            about = next((one.number for one in lines[at:] if not one.empty), line.number)
            found.append(Silence(about, codes, location(path, [line])))
    return tuple(found)


class Accounts:
    """Where every line of a document went.  Blank and skipped lines account for themselves; fence
    marks, headings and rules count as structure wherever they stand, also inside a story; a line
    is counted once, the first claim wins."""

    def __init__(self, path: str, lines: Sequence[Line]) -> None:
        self._path = path
        self._lines = lines
        self._uses: dict[int, str] = {}
        for line in lines:
            if line.kind is LineKind.BLANK:
                self._uses[line.number] = "blank"
            elif line.kind is LineKind.SKIPPED:
                self._uses[line.number] = "left_out"
            elif line.kind is LineKind.KEPT_ASIDE:
                self._uses[line.number] = "content"

    def content(self, lines: Sequence[Line]) -> None:
        """These lines stand in the model."""
        marks = (LineKind.HEADING, LineKind.RULE, LineKind.FENCE)
        self._use("structure", [line for line in lines if line.kind in marks])
        self._use("content", lines)

    def structure(self, *lines: Line) -> None:
        """Headings, tier labels, rules, END markers."""
        self._use("structure", lines)

    def _use(self, use: str, lines: Sequence[Line]) -> None:
        for line in lines:
            self._uses.setdefault(line.number, use)

    def unread(self) -> tuple[tuple[Line, ...], ...]:
        """Runs of lines nobody has claimed, blank lines between them included."""
        runs: list[list[Line]] = []
        previous = False
        for line in self._lines:
            if line.number not in self._uses:
                if not previous:
                    runs.append([])
                runs[-1].append(line)
                previous = True
            elif previous and line.empty:
                runs[-1].append(line)
            else:
                previous = False
        said = [run for run in runs if any(line.kind is not LineKind.FENCE for line in run)]
        return tuple(tuple(body) for run in said if (body := trimmed(run)))

    def close(self) -> Accounting:
        """The counts; rules and fence marks are structure, what else is not claimed by now is
        ``unaccounted``."""
        marks = (LineKind.RULE, LineKind.FENCE)
        self.structure(*(line for line in self._lines if line.kind in marks))
        uses = list(self._uses.values())
        counts = {use: uses.count(use) for use in ("blank", "content", "structure", "left_out")}
        return Accounting(
            path=self._path,
            lines=len(self._lines),
            unaccounted=len(self._lines) - len(uses),
            **counts,
        )
