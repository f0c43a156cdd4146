"""What a document holds for its web page and not for a learner: lists of contents, links back to
the top, badges, anchors, pleas for stars and sponsors.

Whole lines only, told by form: a line that is nothing but links, images or tags to the document's
own parts.  Marked lines read as blank; one remark a document and kind names them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Reading, Source
from exporter.readers import chat, vocabulary
from exporter.readers.scan import LISTED, Line, LineKind, location, scan, undecorated
from exporter.readers.vocabulary import Word

_LONGEST = 3000  # characters of a line that may be noise
_LINK = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<to>[^()\s]*(?:\([^()]*\)[^()\s]*)?)(?:\s+[^()]*)?\)"
)
_HTML_LINK = re.compile(
    r"<a\b[^<>]*href\s*=\s*[\"']?(?P<to>[^\"'<>\s]*)[^<>]*>(?P<text>.*?)</a>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_IMAGE_HTML = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_BADGE = re.compile(r"\[?!\[[^\[\]]*\]\([^()]*\)(?:\]\([^()]*\))?", re.IGNORECASE)
_BADGES = re.compile(
    r"badge|shields\.io|counter|visitor|travis|codecov|sponsor|buymeacoffee|ko-?fi|patreon|hits\.|star",
    re.I,
)
_PLEA = re.compile(
    r"(?:click|give|leave|drop|hit|put|don['’]?t forget|please).{0,40}(?::star:|⭐|🌟|\bstars?\b)"
    r"|\b(?:sponsor|buy me a coffee|patreon|ko-?fi|opencollective|become a (?:backer|sponsor)"
    r"|support (?:me|us|my work))\b"
    r"|:star:.{0,60}(?:like|help|useful)|^\W*(?:follow|subscribe to|join) (?:me|us|our|@)\b",
    re.IGNORECASE,
)
_INCLUDE = re.compile(
    r"\{%.*%\}$|\[\[?_?toc_?\]?\]$|\{:toc\}$|\{\{.*\}\}$|\[\[toc\]\]$|@\[toc\].*$", re.IGNORECASE
)
_CLOZE = re.compile(r"\{\{(?:c?\d+::|cloze\s)", re.IGNORECASE)
_ANCHOR = re.compile(
    r"(?:<a\b[^<>]*(?:name|id)\s*=[^<>]*>\s*(?:</a>)?\s*|<br\s*/?>\s*|<hr\s*/?>\s*)+$",
    re.IGNORECASE,
)
_RULE_ROW = re.compile(r"(?=.[^|]*+\|)[\s:|-]++$")
_ARROWS = re.compile(r"[\s*_|·•\-–—↥⬆↑⇧▲🔝🔙⏫☝️👆^()\[\]]+")


def marked(source: Source, report: Report) -> tuple[tuple[Line, ...], tuple[Reading, ...]]:
    """The lines of a document with all that is not to be read marked as such, and doubtful
    left-overs of a chat, which stand in the model as readings of their own."""
    lines = _without_merges(source.path, scan(source), report)
    return chat.mark(source.path, mark(source.path, lines, report), report)


def mark(path: str, lines: Sequence[Line], report: Report) -> tuple[Line, ...]:
    """``lines`` with noise SKIPPED; what was left out is said once a kind."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        if line.empty or line.kind in (LineKind.CODE, LineKind.FENCE, LineKind.RULE):
            continue
        if len(line.text) > _LONGEST:
            continue
        if kind := _kind(line):
            found[at] = kind
    found.update(_contents(lines, found))
    found.update(_turns(lines))
    found.update(_remarks(lines))
    found.update(_properties(lines))
    _report(path, lines, found, report)
    return tuple(
        replace(line, kind=LineKind.SKIPPED, marker="noise") if at in found else line
        for at, line in enumerate(lines)
    )


def _kind(line: Line) -> str | None:
    text = line.text.strip()
    if _ANCHOR.match(text):
        return "anchors"
    if "](" in text or "<a" in text.casefold():
        bare, targets = _unlinked(text)
        if targets and _is_top(bare, targets):
            return "links back"
    if _is_top_word(text) and line.kind is not LineKind.HEADING and _ARROW_ONLY.search(text):
        return "links back"
    include = line.kind in (LineKind.TEXT, LineKind.QUOTE) and _INCLUDE.match(text)
    if include and not _CLOZE.match(text):
        return "includes"
    if ("![" in text or "<img" in text.casefold()) and _is_badge(text):
        return "badges"
    if line.kind in (LineKind.TEXT, LineKind.QUOTE) and len(text) < 300 and _PLEA.search(text):
        return "pleas" if "](" in text or ":star:" in text or "⭐" in text or "<a" in text else None
    return None


_ARROW_ONLY = re.compile(r"[↥⬆↑⇧▲🔝🔙⏫☝👆]")


def _unlinked(text: str) -> tuple[str, list[str]]:
    """What a line says in all, tags away, and where its links lead."""
    targets = [match["to"] for match in _LINK.finditer(text)]
    targets += [match["to"] for match in _HTML_LINK.finditer(text)]
    bare = _LINK.sub(lambda match: match["text"], text)
    bare = _TAG.sub("", _IMAGE_HTML.sub("", bare))
    return bare.strip(), targets


def _is_top(bare: str, targets: Sequence[str]) -> bool:
    """Whether a line is nothing but a link to the document's top or its list of contents."""
    inner = all(
        to.startswith("#") or to in ("", "./") or "readme" in to.casefold() for to in targets
    )
    return inner and _is_top_word(bare)


def _is_top_word(text: str) -> bool:
    name = undecorated(_ARROWS.sub(" ", text)).strip(" .:!*_⬆↥").strip()
    if not name:
        return bool(_ARROW_ONLY.search(text))
    return vocabulary.is_word(Word.TOP, name)


def _is_badge(text: str) -> bool:
    rest = _BADGE.sub("", text)
    rest = _IMAGE_HTML.sub("", rest)
    rest = _TAG.sub("", _HTML_LINK.sub("", rest))
    return not rest.strip(" |·-") and bool(_BADGES.search(text))


# -- what note programs keep in notes ------------------------------------------------------------

_PROPERTY = re.compile(r"(?P<key>[A-Za-z][\w/-]*):: ?(?P<value>.*)$")
_PROGRAMS = re.compile(
    r"(?:card-.*|id|collapsed|background-color|heading|logseq\..*|ls-.*|hl-.*|query-.*|created(?:-at)?"
    r"|updated(?:-at)?|file|file-path|icon|public|filters|exclude-from-.*|oid|extra|use-cloze|deck)$",
    re.IGNORECASE,
)
_AT_HEAD = re.compile(
    r"(?:tags?|alias(?:es)?|title|type|deck|source|author|date|status|up|related|category|class|course"
    r"|cards?-deck|topics?|parent|url|links?|rating|cssclass|description|lang(?:uage)?)$",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"\^[\w-]+$")
_DECK_TAG = re.compile(r"(?:#[^\W\d_][\w/-]*\s*)+$")
_DECK_NAME = re.compile(r"#(?:flash-?cards?|cards?|srs|anki)\b", re.IGNORECASE)


def _properties(lines: Sequence[Line]) -> dict[int, str]:
    """Lines ``key:: value`` that note programs write, or that stand at a note's head; names of
    blocks; and tags alone on a line that make a note a deck."""
    marked: dict[int, str] = {}
    head: list[int] | None = []
    for at, line in enumerate(lines):
        if line.empty:
            continue
        text = line.text
        match = _PROPERTY.match(text) if line.kind in (LineKind.TEXT, *LISTED) else None
        if match and line.kind is LineKind.TEXT and _PROGRAMS.match(match["key"]):
            marked[at] = "properties"
            continue
        if head is not None and match:
            head.append(at)
        elif head is not None and line.kind is not LineKind.HEADING:
            if any(_AT_HEAD.match(lines[n].text.partition(":")[0]) for n in head):
                marked.update(dict.fromkeys(head, "properties"))
            head = None
        if line.kind is not LineKind.TEXT:
            continue
        if _BLOCK.match(text):
            marked[at] = "names of blocks"
        elif text.startswith("#") and _DECK_TAG.match(text) and _DECK_NAME.search(text):
            marked[at] = "tags of a deck"
    return marked


def _remarks(lines: Sequence[Line]) -> dict[int, str]:
    """Lines between ``%%`` and ``%%``, which Obsidian never shows; an open one hides nothing."""
    marked: dict[int, str] = {}
    opened: int | None = None
    for at, line in enumerate(lines):
        if "%%" not in line.text or line.kind in (LineKind.CODE, LineKind.FENCE):
            continue
        text = line.text.strip()
        if (
            opened is None
            and len(text) > 3
            and text.startswith("%%")
            and text.find("%%", 2) == len(text) - 2
        ):
            marked[at] = "remarks"
        elif opened is None and text.startswith("%%") and text.count("%%") == 1:
            opened = at
        elif opened is not None and text.endswith("%%"):
            marked.update((n, "remarks") for n in range(opened, at + 1) if not lines[n].empty)
            opened = None
    return marked


# -- turns of a chat -----------------------------------------------------------------------------

_TURN = re.compile(
    r"(?:#{1,6}\s*)?(?:\*\*|__)?(?:(?P<person>you|user|human|me|du|ich)|chatgpt|gpt(?:-\w+)?|assistant|claude"
    r"|gemini|copilot|bard|deepseek|ai)(?: (?:said|sagte|wrote))?\s*:?\s*(?:\*\*|__)?\s*:?$",
    re.IGNORECASE,
)
_LONGEST_TURN = 30  # lines up to which a person's turn is an order to the model, and no matter


def _turns(lines: Sequence[Line]) -> dict[int, str]:
    """The lines that say who speaks in an exported chat, and what the person ordered."""
    heads = [
        (at, match["person"] is not None)
        for at, line in enumerate(lines)
        if line.kind in (LineKind.TEXT, LineKind.HEADING) and len(line.text) < 40
        if (match := _TURN.match(line.text)) and (":" in line.text or "said" in line.text)
    ]
    if len({person for _, person in heads}) < 2:
        return {}
    marked = {at: "turns of a chat" for at, _ in heads}
    for (at, person), end in zip(heads, [*(at for at, _ in heads[1:]), len(lines)], strict=True):
        said = [place for place in range(at + 1, end) if not lines[place].empty]
        if person and len(said) <= _LONGEST_TURN:
            marked.update(dict.fromkeys(said, "turns of a chat"))
    return marked


# -- lists of contents ---------------------------------------------------------------------------


def _contents(lines: Sequence[Line], found: dict[int, str]) -> dict[int, str]:
    """Runs of list items or table rows that are nothing but links into the document, with the
    heading that announces them."""
    marked: dict[int, str] = {}
    for run in _runs(lines, found):
        links = [at for at in run if _leads_inside(lines[at])]
        filled = [at for at in run if not lines[at].empty]
        above = _heading_above(lines, run[0])
        announced = above is not None and _announces(lines[above])
        few = len(links) < (1 if announced else 3) or len(links) * 2 < len(filled)
        if few and not _is_table_of_links(lines, filled):
            continue
        marked.update(dict.fromkeys(filled, "a list of contents"))
        if above is not None and announced:
            marked[above] = "a list of contents"
    return marked


def _is_table_of_links(lines: Sequence[Line], filled: Sequence[int]) -> bool:
    """Whether a run is a table of which every row below the head is but a link."""
    rule = next((nth for nth, at in enumerate(filled) if _RULE_ROW.match(lines[at].text)), None)
    if rule != 1:
        return False
    rows = filled[rule + 1 :]
    return bool(rows) and all(_leads_inside(lines[at]) for at in rows)


def _runs(lines: Sequence[Line], found: dict[int, str]) -> Iterator[list[int]]:
    """Runs of list items, table rows and blanks between them that hold a link into the document."""
    run: list[int] = []
    for at, line in enumerate(lines):
        rule = _RULE_ROW.match(line.text) is not None
        listed = line.kind in LISTED or line.text.startswith("|") or rule
        linked = _leads_inside(line)
        goes_on = run and (line.empty or at in found)
        if (listed and not line.text.startswith("#")) or linked:
            if not linked and not line.text.startswith("|") and len(line.text) > 90:
                listed = False
            run.append(at)
        elif goes_on:
            run.append(at)
        else:
            if run:
                yield run
            run = []
    if run:
        yield run


def _leads_inside(line: Line) -> bool:
    """Whether a line is but links to parts of the document (or numbers and marks around them)."""
    text = line.text
    if line.empty or ("](#" not in text and 'href="#' not in text and "href='#" not in text):
        return False
    rest = _TAG.sub("", _HTML_LINK.sub("", _LINK.sub("", text)))
    return len(rest.strip(" |·.-*_0123456789()[]:,")) <= max(12, len(text) // 6)


def _heading_above(lines: Sequence[Line], at: int) -> int | None:
    for other in range(at - 1, max(-1, at - 6), -1):
        if not lines[other].empty:
            return other
    return None


def _announces(line: Line) -> bool:
    name = undecorated(_TAG.sub("", line.text)).strip(" :.*_#").strip()
    return vocabulary.is_word(Word.CONTENTS, name)


def _report(path: str, lines: Sequence[Line], found: dict[int, str], report: Report) -> None:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for at in sorted(found):
        by_kind[found[at]].append(lines[at].number)
    for kind, numbers in by_kind.items():
        message = f"left out, no matter to learn: {kind} (lines {ranges(numbers)})"
        report(Diagnostic(location(path, [lines[numbers[0] - 1]]), Code.NOISE_LEFT_OUT, message))


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in order as ranges: "3-9, 14"."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    shown = [f"{first}-{last}" if last > first else str(first) for first, last in found]
    return ", ".join(shown[:12]) + (f" and {len(shown) - 12} more" if len(shown) > 12 else "")


# -- marks of a merge ----------------------------------------------------------------------------

# ``=======`` alone underlines a heading and ``>>>>>>>`` alone quotes, so each counts only behind
# the mark that opens a conflict; a conflict of which only the end was left counts by both.
_MERGE = re.compile(r"(?P<sign><{7}|\|{7}|={7}|>{7})(?: (?P<name>\S.*))?$")


def _without_merges(path: str, lines: Sequence[Line], report: Report) -> tuple[Line, ...]:
    """``lines`` with marks of merges SKIPPED; a warning for each conflict, at its first mark."""
    found: set[int] = set()
    for conflict in _conflicts(lines):
        found |= set(conflict)
        numbers = ", ".join(str(lines[at].number) for at in conflict)
        message = (
            f"marks of an unfinished merge (lines {numbers}): both versions are read; decide which "
            "one holds, and take the marks out"
        )
        place = location(path, [lines[conflict[0]]])
        report(Diagnostic(place, Code.MERGE_MARKS, message))
    if not found:
        return tuple(lines)
    return tuple(
        replace(line, kind=LineKind.SKIPPED, marker="merge") if at in found else line
        for at, line in enumerate(lines)
    )


def _conflicts(lines: Sequence[Line]) -> list[list[int]]:
    """The indexes of the marks of each conflict."""
    found: list[list[int]] = []
    marks: list[int] = []
    opened = False
    for at, line in enumerate(lines):
        sign = _sign(line)
        if sign == "<":
            found += [marks] if opened else []
            marks, opened = [at], True
        elif sign in ("=", "|") and (opened or sign == "="):
            marks = [*marks, at] if opened else [at]
        elif sign == ">":
            found += [[*marks, at]] if marks else []
            marks, opened = [], False
    return [*found, marks] if opened else found


def _sign(line: Line) -> str:
    """The sign of a line's mark; "" for any other line."""
    if line.empty or line.kind in (LineKind.CODE, LineKind.FENCE) or line.raw[:1] not in "<|=>":
        return ""
    match = _MERGE.match(line.raw)
    if not match or (match["name"] is None and match["sign"][0] in "<>"):
        return ""
    return match["sign"][0] if match["name"] is None or match["sign"][0] != "=" else ""
