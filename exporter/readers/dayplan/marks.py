"""The words by which a study plan is recognised: weeks, days, and the labels of a day's lines.

All wording stands in tables here, so that another author's word is one more entry; English and, as
it costs nothing, German.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from exporter.model import DayKind
from exporter.readers.openings import bare, own
from exporter.readers.scan import Line, LineKind, bold, undecorated
from exporter.readers.weekdays import NAMED


class Label(Enum):
    """What a labelled line of a week or a day is about."""

    GOAL = auto()
    STUDY = auto()
    PRACTICE = auto()
    DESIGN = auto()
    FOCUS = auto()
    QUESTION = auto()
    ANSWER = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that begins a week or a day: its index among the lines, the numbers it covers
    (``last`` is ``first`` unless the author gives a range) and its title, "" where there is none.
    """

    index: int
    first: int
    last: int
    title: str
    is_week: bool


# Labels that say no more than the heading under which writers print the line: taken off.
_NAMES: Mapping[Label, str] = {
    Label.GOAL: "(?:week(?:ly)? )?(?:goals?|objectives?|aims?|outcomes?|targets?)"
    "|(?:wochen)?ziele?",
    Label.STUDY: "study|learn|topics?|theory|concepts?|lernen|theorie|themen|lernstoff",
    Label.PRACTICE: "(?:hands[- ]on |coding )?(?:practi[cs]e|exercises?|labs?|tasks?)|hands[- ]on"
    "|coding|übung(?:en)?|praxis",
    Label.DESIGN: "(?:system )?design"
    "(?: (?:exercise|prompt|task|challenge|problem|practice|question))?|entwurf",
    Label.FOCUS: "focus(?: on| areas?)?|fokus|schwerpunkte?",
    Label.QUESTION: r"(?:[\w’'-]+ ){0,3}q(?:uestions?|s)?"
    r"(?: of the day| to .+| for .+)?(?: ?#?\d+)?|(?:prüfungs|interview|übungs)?fragen?"
    "|ask yourself|self[- ]check|quiz",
    Label.ANSWER: "a|ans|(?:model |sample )?answers?|antwort(?:en)?",
}
# Labels that say more ("Build: a CRUD API"): the line belongs there and keeps them.
_SPEAKING: Mapping[Label, str] = {
    Label.PRACTICE: "build|implement|code|project|mini[- ]project|drill|challenge|do|write|solve"
    "|leetcode|deliverable|aufgaben?|bauen",
    Label.GOAL: "theme|focus(?: on| areas?)?|schwerpunkte?|motto",
}
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?P<first>\d{{1,3}}|{'|'.join(_NUMBERS)})\b"
_RANGE = r"(?:\s*(?:[-–—+&/]|to|and|bis|und)\s*(?:(?:week|day|tag|woche)\s*)?(?P<last>\d{1,3})\b)?"
_REST = r"\s*(?P<aside>\([^)]*\)|\[[^\]]*\])?\s*(?P<mark>[:.)\]|–—→>-]+|$)?\s*(?P<title>.*)$"
_WEEK = re.compile(rf"(?:weeks?|wk|woche[n]?)\s*[#.-]?\s*{_NUMBER}{_RANGE}{_REST}", re.IGNORECASE)
_PHASE = re.compile(
    rf"(?:phase|stage|sprint|block|module?|part|teil)\s*[#.-]?\s*{_NUMBER}{_RANGE}{_REST}",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"(?:(?P<named>{NAMED})\s*[,:.(\[|–—-]*\s*)?(?:days?|tage?)\s*[#.-]?\s*{_NUMBER}{_RANGE}{_REST}",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"(?P<first>{NAMED})\s*(?P<mark>[:.–—-])\s*(?P<title>.*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?P<name>[^:]{1,40}?)\s*(?P<mark>:|\s[–—-](?=\s|$))\s*(?P<rest>.*)$")
_DAYS = re.compile(r"\s*[(\[](?:days?|tage?)\s[\d\s–—-]+[)\]]$", re.IGNORECASE)
_TITLED = re.compile(
    r"(?:main )?(?:topic|theme|subject|title|thema)\s*:\s*(?P<title>\S[^.!?]*)$", re.IGNORECASE
)
_ASKED = re.compile(r"(?P<name>q ?\d*)(?P<mark>[.)])\s+(?P<rest>.+)$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_PLAIN = (":", ".", ")")
_INLINE = re.compile(
    r"(?<=[.;|?!”\"])\s*(?:[|–—]\s*)?(?=(?:\*\*)?(?:Study|Learn|Practi[cs]e|Design|Focus|Qs?|Questions?"
    r"|Lernen|Übung|Frage)(?:\*\*)?:\s)"
)


def alone(line: Line) -> bool:
    """Whether the line can be a label as a whole, without a colon: a heading, or all bold."""
    return line.kind is LineKind.HEADING or bold(own(line)) is not None


def week(line: Line, index: int) -> Mark | None:
    """The week that ``line`` begins."""
    return _marked(_WEEK, line, index, is_week=True)


def phase(line: Line, index: int) -> Mark | None:
    """The phase, sprint or module that ``line`` begins; a week where the plan counts none."""
    return _marked(_PHASE, line, index, is_week=True)


def day(line: Line, index: int) -> Mark | None:
    """The day, or the days, that ``line`` begins."""
    return _marked(_DAY, line, index, is_week=False)


def weekday(line: Line, index: int) -> Mark | None:
    """The day that ``line`` begins by its name (``Monday: Streams``); its number is 0."""
    found = _marked(_WEEKDAY, line, index, is_week=False)
    return found if found and found.title else None


def _marked(pattern: re.Pattern[str], line: Line, index: int, *, is_week: bool) -> Mark | None:
    if line.empty or line.kind in (LineKind.RULE, LineKind.FENCE, LineKind.CODE, LineKind.QUOTE):
        return None
    match = pattern.match(bare(line))
    if not match or not _heads(line, match):
        return None
    named = match.re is _WEEKDAY
    first = 0 if named else _value(match["first"])
    last = first if named else max(first, int(match["last"] or 0))
    title = undecorated(match["title"])
    weekday_ = match["first"] if named else match.groupdict().get("named")
    aside = f"({weekday_.rstrip('.')})" if weekday_ else (match["aside"] or "").strip()
    if is_week:
        title = _DAYS.sub("", title)
    spans_days = is_week and re.search(r"\d", aside)
    title = f"{title} {aside}".strip() if aside and not spans_days else title
    return Mark(index, first, last, title, is_week)


def _heads(line: Line, match: re.Match[str]) -> bool:
    """Whether a line that begins like a week or day is its title and not a sentence."""
    if line.kind is LineKind.HEADING or match["mark"] is not None:
        return True
    title = match["title"]
    return title[:1].isupper() and not title.endswith((".", "!", "?", ":", ";", ","))


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _NUMBERS.index(number.casefold()) + 1


def label(text: str, *, of_week: bool = False) -> tuple[Label | None, str]:
    """The label of a line whose ``bare`` text this is, and the rest of the line.

    A label that says more than its kind stays in the rest; without any, the rest is all of it.
    """
    match = _ASKED.match(text) or _LABEL.match(text)
    if not match:
        return None, text
    name = undecorated(match["name"]).strip("*_")
    rest = match["rest"].removeprefix("**").removeprefix("__").strip()
    if aside := _ASIDE.search(name):
        name, rest = name[: aside.start()], f"{rest} {aside.group().strip()}" if rest else rest
    name = name.casefold()
    for found, words in _NAMES.items():
        if re.fullmatch(words, name) and (match["mark"] in _PLAIN or found is not Label.ANSWER):
            return _in_week(found, of_week=of_week), rest
    for found, words in _SPEAKING.items():
        if (
            (found is Label.GOAL) is of_week
            and re.fullmatch(words, name)
            and match["mark"] in _PLAIN
        ):
            return found, rest if of_week else text
    return None, text


def titled(line: Line) -> str | None:
    """The title that a day's first line gives it: ``**Topic:** Loops``."""
    match = _TITLED.match(bare(line)) if line.kind is not LineKind.BULLET else None
    return undecorated(match["title"].lstrip("*_ ")) if match else None


def inline(text: str) -> list[str]:
    """``text`` cut before each label within it (``Loops. Study: ticks. Q: Why?``)."""
    return [part.rstrip(" |;") for part in _INLINE.split(text)]


def _in_week(found: Label, *, of_week: bool) -> Label:
    return Label.GOAL if of_week and found is Label.FOCUS else found


_RECAP = re.compile(
    r"\bmock\b\W*(?:[\w/&-]+ ){0,3}(?:interviews?|exams?|examinations?|tests?|sessions?|rounds?"
    r"|days?|quiz|orals?|viva|presentations?|performances?|defen[cs]es?|assessments?|incidents?)\b"
    r"|\bmock(?: ?#?\d+)?(?:\s*\(.*\))?$"
    r"|\brecap\b|\binterview simulation|\bsimulated (?:interview|exam)|\bdress rehearsal"
    r"|\b(?:practice|trial) (?:interview|exam)|\bprobe(?:interview|klausur|prüfung)"
    r"|\bprüfungssimulation|\bgeneralprobe",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"^(?:weekly )?retro(?:spective)?\b"
    r"|^(?:(?:final|weekly|week|full|general|quick|big|overall|total|self|complete|notes?|group|mid"
    r"|große|allgemeine)[- ])*(?:review|revision|revise|wiederholung|wiederholen)"
    r"(?:$|\s*[,:;&+(–—-]|\s+(?:and|und|notes?|weak|all|everything|weeks?|days?|your|past|previous"
    r"|key|material|topics|mistakes|session|questions|flash ?cards|of (?:the )?(?:week|notes"
    r"|everything|all))\b)"
    r"|\b(?:weekly|notes?) review\b",
    re.IGNORECASE,
)
_DESIGN = re.compile(
    r"\bsystem[- ]design\b|^design\b|\bdesign (?:interview|session|round|exercise|day|problem)"
    r"|case study",
    re.IGNORECASE,
)
_OVERALL = re.compile(
    r"\b(?:final|full|complete|overall|entire|everything|cumulative|comprehensive|abschluss|gesamt)",
    re.IGNORECASE,
)


def kind(title: str, *, designs: bool) -> DayKind:
    """What a day of that title is for; ``designs``: it has design lines."""
    if _RECAP.search(title):
        return DayKind.RECAP
    if _REVIEW.search(title):
        return DayKind.REVIEW
    return DayKind.DESIGN if designs or _DESIGN.search(title) else DayKind.STUDY


def overall(title: str) -> bool:
    """Whether a recap's title says that it is about the whole plan."""
    return bool(_OVERALL.search(title))
