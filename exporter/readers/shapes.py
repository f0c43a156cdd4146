"""What tells the shapes apart, counted: each reader's ``detect`` asks for its own and for none of
the others', so that exactly one answers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from exporter.readers.dayplan.marks import bare, own
from exporter.readers.scan import LISTED, Line, LineKind, bold, undecorated

_TIER = re.compile(
    r"(?:short|medium|senior|concise|detailed|in[- ]depth|deep dive|tl;?dr)\b"
    r"(?: answer| version| level)?\s*(?:\([^()]*\))?\s*(?P<sign>:|[–—-](?:\s|$)|$)",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?P<inner>\S.*?)\1(?P<rest>.*)$")
_ANSWERS = re.compile(
    r"\b(?:answers?|solutions|\w*antworten|\w*lösungen|réponses|corrigés?|respuestas|risposte)\b",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?:(\*\*|__)[^*_]+\1|[^\s–—*`|-][^–—*`|:.?!]{0,40}?)\s+[–—→=-]+\s+\S")
_KEYED = re.compile(r"(?:\*\*|__)[^*_]+(?:(?::\s*(?:\*\*|__))|(?:(?:\*\*|__)\s*:))\s*\S")
_DAY = re.compile(r"(?:day|tag)\s*#?\d+\b", re.IGNORECASE)
_PRACTICE = re.compile(
    r"\bpracti[cs](?:e|ing)\b|\bapproach\b|\b(?:suggested|recommended|study|daily|weekly|training)"
    r" (?:plan|routine|approach|schedule)\b|\b(?:practi[cs]e|study|prep|interview) strategy\b"
    r"|\b(?:pro )?tips?\b|\bhow to (?:prepare|train|study|practi[cs]e|work|revise|learn)\b"
    r"|\bdrills?\b|^(?:\w+ )?exercises?$|\bvorgehen\b|\bübung(?:en)?\b|\btipps?\b|\bso übst du\b",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"\bexercises?\b|\broutine\b|\bpreparation\b|\bnext steps\b|\bresources\b|^plan$"
    r"|\bwhat to do\b|\btry (?:this|it)\b|\bmistakes?\b|\bpitfalls?\b|\bred flags?\b|\bavoid\b"
    r"|\b(?:during|on|before|after) the (?:exam|interview|day|test)\b|\bwhy\b|\badvice\b"
    r"|\bremember\b|\bwhat interviewers\b",
    re.IGNORECASE,
)
_TOPICS = re.compile(
    r"(?:(?:key|main|core|focus|important|typical|wichtige|zentrale) )?(?:topics?|areas?|concepts?"
    r"|subjects?|must[- ]knows?|points|themen|schwerpunkte?|grundlagen"
    r"|what to (?:know|learn|cover|expect|study))$",
    re.IGNORECASE,
)
_NAMED_AREA = re.compile(r"(?:focus )?(?:area|bereich|gebiet)\s+\w{1,3}\b", re.IGNORECASE)
_AREA = re.compile(rf"\d{{1,2}}[.):]\s|{_NAMED_AREA.pattern}", re.IGNORECASE)
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|learning|exams?|interviews?|revision|focus areas?|prep|preparation"
    r"|prüfung\w*|lern\w*|vorbereitung)\b",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"[A-Z][.):]\s+\S|[A-Z]\s+[-–—]\s+\S")
_END = re.compile(
    r"\W*(?:the )?end(?: of (?:the |this )?(?:set|part|section|week|day|plan|schedule|list"
    r"|checklist|topics|guide|document|file|chapter|module|notes)\b(?: [\w.]{1,6})?(?: \(.*\))?)?"
    r"\W*$|\W*ende\W*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^[^\w*`“\"'‘„«(\[<>|]+")
_INLINE = re.compile(
    r"(\*\*|__)(?P<bold>.+?)(?::\s*\1|\1\s*:)\s"
    r"|(?P<plain>(?:pro )?tipp?|practi[cs]e|hinweis|questions?|fragen?"
    r"|focus(?: areas?)?|topics|themen):\s",
    re.IGNORECASE,
)
_LABEL_WORDS = 7


def tiers(lines: Sequence[Line]) -> int:
    """Tier labels: ``### SHORT``, ``**Senior (deep):** …``, ``Short: …``."""
    kinds = (LineKind.HEADING, LineKind.TEXT, LineKind.BULLET)
    return sum(1 for line in lines if line.kind in kinds and _is_tier(line))


def _is_tier(line: Line) -> bool:
    text = unmarked(line.text)
    emphasis = _EMPHASIS.match(text)
    if emphasis:
        text = f"{unmarked(emphasis['inner'])}{emphasis['rest']}"
    match = _TIER.match(undecorated(text))
    marked = emphasis is not None or line.kind is LineKind.HEADING
    return match is not None and (marked or match["sign"] == ":")


def days(lines: Sequence[Line]) -> int:
    """Lines that begin like a day of a plan."""
    kinds = (LineKind.HEADING, LineKind.TEXT, LineKind.BULLET)
    return sum(1 for line in lines if line.kind in kinds and _DAY.match(bare(line)))


def keyed(lines: Sequence[Line]) -> int:
    """Bullets with a bold key and a colon: ``- **key**: text``."""
    kind = LineKind.BULLET
    return sum(1 for line in lines if line.kind is kind and _KEYED.match(own(line)))


def keyed_alike(lines: Sequence[Line]) -> int:
    """Items of lists with a key in any form: ``1. **key**: text``, ``- key – text``."""
    found = [own(line) for line in lines if line.kind in LISTED]
    return sum(1 for text in found if _KEYED.match(text) or _DASHED.match(text))


def ticked(lines: Sequence[Line]) -> bool:
    """Whether every bullet at the margin has a box to tick, and most of them ask nothing."""
    margin = [line for line in lines if line.kind is LineKind.BULLET and not line.indent]
    asking = sum(1 for line in margin if line.text.rstrip("*_ ").endswith("?"))
    return all(own(line) != line.text for line in margin) and asking * 2 < len(margin)


def answers(lines: Sequence[Line]) -> int:
    """Headings that announce answers."""
    return sum(1 for line in lines if line.kind is LineKind.HEADING and _ANSWERS.search(line.text))


def practices(lines: Sequence[Line]) -> int:
    """Labels and headings that announce how to practise."""
    return sum(1 for line in lines if (name := labelled(line)) and _PRACTICE.search(name))


def unquoted(line: Line) -> Line:
    """A quotation's line as text."""
    return replace(line, kind=LineKind.TEXT) if line.kind is LineKind.QUOTE else line


def guided(lines: Sequence[Line]) -> bool:
    """Whether areas come with labels of topics, or a study guide counts its areas and says how to
    practise; plain bullets, neither ticked nor in lettered categories."""
    headings = [undecorated(line.text) for line in lines if line.kind is LineKind.HEADING]
    if any(_LETTERED.match(title) for title in headings):
        return False
    bullets = [line for line in lines if line.kind is LineKind.BULLET]
    others = sum(own(line) != line.text for line in bullets)
    others += sum(line.kind is LineKind.NUMBERED for line in lines)
    texts = [labelled(line) or "" for line in lines if line.kind is LineKind.TEXT]
    topics = sum(1 for name in texts if _TOPICS.match(name))
    counted = sum(1 for title in headings if _AREA.match(title))
    studied = bool(headings) and (_STUDY.search(headings[0]) or _NAMED_AREA.match(headings[0]))
    announced = counted > 1 and studied and practices([unquoted(line) for line in lines]) > 0
    return others * 2 < len(bullets) and (topics > 1 or bool(announced))


def is_practice(name: str) -> bool:
    """Whether a label or title announces how to practise, or what to mind while doing so."""
    return bool(_PRACTICE.search(name) or _ALSO.search(name))


def framed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` with END markers (``END OF PLAN``, ``**The end**``) read as rules, and text that is
    underlined with ``====`` or ``----`` of about its own length as headings."""
    kinds = (LineKind.HEADING, LineKind.TEXT)
    found = []
    for before, line, below in zip((None, *lines), lines, (*lines[1:], None), strict=False):
        if line.kind in kinds and _END.match(bare(line)):
            found.append(replace(line, kind=LineKind.RULE, text="", level=0))
        elif below and _underlined(line, below) and (before is None or before.kind in _OPEN):
            level = 1 if below.marker == "=" else 2
            found.append(replace(line, kind=LineKind.HEADING, level=level))
        else:
            found.append(line)
    return tuple(found)


_OPEN = (LineKind.BLANK, LineKind.SKIPPED, LineKind.RULE, LineKind.HEADING)


def _underlined(line: Line, below: Line) -> bool:
    rule = below.raw.strip()
    drawn = below.kind is LineKind.RULE and below.marker in "=-" and " " not in rule
    return drawn and line.kind is LineKind.TEXT and len(rule) * 2 >= max(8, len(line.text))


def unmarked(text: str) -> str:
    """``text`` without emoji and symbols before it; its emphasis stays."""
    return _BEFORE.sub("", text)


def labelled(line: Line) -> str | None:
    """The label that a line is or begins with: a heading, ``**Label:** text``, ``Label:``."""
    if line.kind is LineKind.HEADING:
        return undecorated(line.text)
    if line.kind is not LineKind.TEXT:
        return None
    text = unmarked(line.text)
    name = bold(text) or (text.removesuffix(":") if text.endswith(":") else None)
    if name is None and (match := _INLINE.match(text)):
        name = match["bold"] or match["plain"]
    if name is None or len(name.split()) > _LABEL_WORDS:
        return None
    return name.strip("*_: ")
