"""The lines of one day: to each its kind, by label, by the label above it, or by its wording.

An item may run over several lines: hanging or wrapped text, nested bullets and code belong to the
item above them.  A line that nothing claims is something to study.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from exporter.diagnostics import Location
from exporter.model import DayKind, Markdown, PlanQuestion
from exporter.readers import vocabulary
from exporter.readers.dayplan.marks import bare, own
from exporter.readers.scan import LISTED, Line, LineKind, bold, location, markdown, undecorated
from exporter.readers.vocabulary import LANGUAGES, Word


class Label(Enum):
    """What a labelled line of a week or a day is about."""

    GOAL = auto()
    STUDY = auto()
    PRACTICE = auto()
    DESIGN = auto()
    FOCUS = auto()
    QUESTION = auto()
    ANSWER = auto()


# Labels that say no more than the heading under which writers print the line: taken off.
_NAMES: Mapping[Label, Word] = {
    Label.GOAL: Word.GOAL,
    Label.STUDY: Word.STUDY,
    Label.PRACTICE: Word.EXERCISE,
    Label.DESIGN: Word.DESIGN,
    Label.FOCUS: Word.FOCUS,
    Label.QUESTION: Word.ASKS,
    Label.ANSWER: Word.ANSWER,
}
# Labels that say more ("Build: a CRUD API"): the line belongs there and keeps them.
_SPEAKING: Mapping[Label, re.Pattern[str]] = {
    Label.PRACTICE: re.compile(
        "build|implement|code|project|mini[- ]project|drill|challenge|do|write|solve"
        "|leetcode|deliverable|aufgaben?|bauen"
    ),
    Label.GOAL: re.compile("theme|focus(?: on| areas?)?|schwerpunkte?|motto"),
}
_LABEL = re.compile(r"(?P<name>[^:：]{1,40}?)\s*(?P<mark>[:：]|\s[–—-](?=\s|$))\s*(?P<rest>.*)$")
_TITLED = re.compile(
    r"(?:main )?(?:topics?|themes?|subject|title|thema|themen)\s*:\s*(?P<title>\S[^.!?]*)$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?P<name>q ?\d*)(?P<mark>[.)])\s+(?P<rest>.+)$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_PLAIN = (":", "：", ".", ")")
_INLINE = re.compile(
    r"(?<=[.;|?!”\"])\s*(?:[|–—]\s*)?(?=(?:\*\*)?(?:Qs?|(?:"
    + "|".join(
        one.words[word]
        for one in LANGUAGES.values()
        for word in (Word.STUDY, Word.EXERCISE, Word.DESIGN, Word.FOCUS, Word.QUESTIONS)
    )
    + r"))(?:\*\*)?:\s)",
    re.IGNORECASE,
)


def alone(line: Line) -> bool:
    """Whether the line can be a label as a whole, without a colon: a heading, or all bold."""
    return line.kind is LineKind.HEADING or bold(own(line)) is not None


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
    marked = match["mark"] in _PLAIN
    for found, word in _NAMES.items():
        if (vocabulary.is_word(word, name) or (word is Word.ANSWER and name == "a")) and (
            marked or found is not Label.ANSWER
        ):
            goal = of_week and found is Label.FOCUS
            return Label.GOAL if goal else found, rest
    for found, words in _SPEAKING.items():
        if (found is Label.GOAL) is of_week and words.fullmatch(name) and marked:
            return found, rest if of_week else text
    return None, text


def titled(line: Line) -> str | None:
    """The title that a day's first line gives it: ``**Topic:** Loops``."""
    match = _TITLED.match(bare(line)) if line.kind is not LineKind.BULLET else None
    return undecorated(match["title"].lstrip("*_ ")) if match else None


def _inline(text: str) -> list[str]:
    """``text`` cut before each label within it (``Loops. Study: ticks. Q: Why?``)."""
    return [part.rstrip(" |;") for part in _INLINE.split(text)]


# -- entries -------------------------------------------------------------------------------------

_ENDS = (".", ";", ":", "!", "?", "…")
_WRAPPED = 60  # columns from which a line may have been broken by an editor
_QUOTES = tuple(tuple(pair) for pair in ("“”", '""', "„“", "„”", "«»", "»«", "‘’", "''", "‚‘"))
_QUOTED = re.compile(r"“[^“”]+”|\"[^\"]+\"|„[^„“]+“|«[^«»]+»")
_BETWEEN = re.compile(r"[\s,;/|&.]|\b(?:and|or|und|oder)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Item:
    """One entry while its lines are being collected; ``text`` is its first line's own part."""

    label: Label
    text: str
    lines: list[Line]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a day: its label, Markdown and place."""

    label: Label
    markdown: Markdown
    location: Location


@dataclass(slots=True)
class _State:
    items: list[_Item] = field(default_factory=list)
    opened: Line | None = None  # a label that stood alone: what follows is its list
    under: Label = Label.STUDY
    gap: bool = False  # a blank line since the last one
    fenced: bool = False  # between two fence marks


def entries(path: str, lines: Sequence[Line]) -> tuple[tuple[Entry, ...], tuple[Line, ...]]:
    """The entries of a day's lines in order, and the lines of labels that stand alone."""
    state = _State()
    labels: list[Line] = []
    for line in lines:
        if line.empty or line.kind is LineKind.RULE:
            state.gap = True
            continue
        if _take(state, line):
            labels.append(line)
        state.gap = False
    return tuple(_entry(path, item, lines) for item in state.items), tuple(labels)


def _entry(path: str, item: _Item, lines: Sequence[Line]) -> Entry:
    first, last = item.lines[0].number, item.lines[-1].number
    run = [line for line in lines if first <= line.number <= last]
    return Entry(item.label, _markdown(item.text, run), location(path, run))


def questions(entry: Entry) -> tuple[PlanQuestion, ...]:
    """The questions of an entry, without the quotes that enclose all of one."""
    quoted = [match.group() for match in _QUOTED.finditer(entry.markdown)]
    several = len(quoted) > 1 and not _BETWEEN.sub("", _QUOTED.sub("", entry.markdown))
    prompts = quoted if several else [entry.markdown]
    return tuple(PlanQuestion(Markdown(unquoted(text)), entry.location) for text in prompts)


def unquoted(text: str) -> str:
    """``text`` without the quotation marks that enclose it as a whole."""
    for opening, closing in _QUOTES:
        inner = text[1:-1]
        encloses = len(text) > 2 and text[0] == opening and text[-1] == closing
        if encloses and opening not in inner and closing not in inner:
            return inner.strip()
    return text


def _take(state: _State, line: Line) -> bool:
    """Put ``line`` where it belongs; True where it is a label that stands alone."""
    if line.kind in (LineKind.FENCE, LineKind.CODE):
        _code(state, line)
        return False
    text = bare(line)
    found, rest = label(text)
    if found is None and alone(line) and (named := label(f"{text}:")[0]):
        found, rest = named, ""
    if found is Label.ANSWER and all(one.label is not Label.QUESTION for one in state.items):
        found, rest = None, text  # nothing was asked that this could answer
    if found and not rest:
        state.opened, state.under = line, found
        return True
    if found:
        state.opened, state.under = None, Label.STUDY
        own_part, *parts = _inline(rest)
        state.items.append(_Item(found, own_part, [line]))
        state.items += [_labelled(part, line) for part in parts]
    elif not _starts(state, line, text):
        state.items[-1].lines.append(line)
    else:
        found = _unlabelled(state, line, text)
        state.items.append(_Item(found, own(line), [line], listed=line.kind in LISTED))
    return False


def _labelled(part: str, line: Line) -> _Item:
    """An entry that shares its line with another."""
    found, rest = label(part)
    return _Item(found or Label.STUDY, rest, [line])


def headed(path: str, head: Line, title: str) -> tuple[str, tuple[Entry, ...]]:
    """A day's title without the entries that stand on its line, and those entries."""
    name, *parts = _inline(title)
    items = [_labelled(part, head) for part in parts]
    place = location(path, [head])
    return name.rstrip(".") if items else title, tuple(
        Entry(item.label, Markdown(item.text), place) for item in items
    )


def _code(state: _State, line: Line) -> None:
    """Code belongs to the entry above, unless that is a question which has been asked."""
    opens = line.kind is LineKind.FENCE and not state.fenced
    apart = opens and state.gap and state.items and state.items[-1].label is Label.QUESTION
    if apart or not state.items:
        state.items.append(_Item(state.under, "", [line]))
    else:
        state.items[-1].lines.append(line)
    state.fenced ^= line.kind is LineKind.FENCE


def _starts(state: _State, line: Line, text: str) -> bool:
    """Whether an unlabelled line begins an entry instead of going on with the one above."""
    above = state.items[-1] if state.items else None
    if above is None or line.kind is LineKind.HEADING:
        return True
    if state.opened and above.lines[-1].number < state.opened.number:
        return True
    if above.label is Label.QUESTION and _asks(text):
        return not _unfinished(above)
    if line.indent > above.lines[0].indent:
        return above.label is Label.QUESTION and not _unfinished(above)
    return line.kind in LISTED or state.gap or not _wraps(above, text)


def _wraps(above: _Item, text: str) -> bool:
    """Whether ``text`` goes on with the line above it, which an editor broke."""
    if _unfinished(above):
        return True
    last = above.lines[-1]
    long = len(last.raw.expandtabs(4)) >= _WRAPPED
    return text[:1].islower() and (long or _broken(above, last))


def _broken(above: _Item, last: Line) -> bool:
    """Whether a line before one in lower case stops in the middle of a sentence: its author begins
    entries with a capital or a label, and it has no mark at its end."""
    begins = above.lines[0].text
    capital = not undecorated(begins).startswith(above.text) or above.text[:1].isupper()
    return capital and not above.listed and not last.text.rstrip("*_ ").endswith(_ENDS)


def _unfinished(item: _Item) -> bool:
    """Whether a question's quotation is still open, or it has not come to its mark."""
    text = " ".join([item.text, *(line.text for line in item.lines[1:])])
    for opening, closing in _QUOTES:
        if opening != closing and text.startswith(opening):
            return closing not in text
    if text.startswith('"'):
        return text.count('"') % 2 == 1
    return item.label is Label.QUESTION and not text.rstrip().endswith(("?", ".", "!", "”", '"'))


def _unlabelled(state: _State, line: Line, text: str) -> Label:
    """The kind of a line without a label of its own."""
    opened = state.opened
    if opened:
        listed = line.kind in LISTED and opened.kind not in LISTED
        direct = not any(item.lines[0].number > opened.number for item in state.items)
        running = not state.gap and not (state.items and state.items[-1].listed)
        if line.indent > opened.indent or listed or direct or running:
            return state.under
        state.opened, state.under = None, Label.STUDY
    return Label.QUESTION if _asks(text) else Label.STUDY


def _asks(text: str) -> bool:
    inner = unquoted(text)
    return inner.endswith(("?", "？", "؟")) and (inner != text or vocabulary.opens_asking(inner))


def _markdown(text: str, run: Sequence[Line]) -> Markdown:
    """An entry whose first line says ``text``, without marker and label, with its further lines
    dedented; wrapped text is joined, nested lists and code keep their lines."""
    if not text:
        return markdown(run)
    at = 1
    while at < len(run) and run[at].kind is LineKind.TEXT:
        text, at = f"{text} {run[at].text}", at + 1
    return Markdown(f"{text}\n{markdown(run[at:])}" if at < len(run) else text)


# -- kinds of days -------------------------------------------------------------------------------

_RECAP = re.compile(
    r"\bmock\b\W*(?:[\w/&-]+ ){0,3}(?:interviews?|exams?|examinations?|tests?|sessions?|rounds?"
    r"|days?|quiz|orals?|viva|presentations?|performances?|defen[cs]es?|assessments?|incidents?)\b"
    r"|\bmock(?: ?#?\d+)?(?:\s*\(.*\))?$"
    r"|\brecap\b|\binterview simulation|\bsimulated (?:interview|exam)|\bdress rehearsal"
    r"|\b(?:practice|trial) (?:interview|exam)|\bprobe(?:interview|klausur|prüfung)"
    r"|\bprüfungssimulation|\bgeneralprobe|\bsimulacro\b|\bsimulad[oa]\b|\b(?:examen|oral) blanc\b"
    r"|\bsimulazione\b|\bпробн\w+ (?:экзамен|собеседование|тест)|模拟面试|模拟考|模擬面接|模擬試験"
    r"|مقابلة تجريبية",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"^(?:weekly )?retro(?:spective)?\b"
    r"|^(?:(?:final|weekly|week|full|general|quick|big|overall|total|self|complete|notes?|group|mid"
    r"|große|allgemeine)[- ])*(?:review|revision|revise|wiederholung|wiederholen)"
    r"(?:$|\s*[,:;&+(–—-]|\s+(?:and|und|notes?|weak|all|everything|weeks?|days?|your|past|previous"
    r"|key|material|topics|mistakes|session|questions|flash ?cards|of (?:the )?(?:week|notes"
    r"|everything|all))\b)"
    r"|\b(?:weekly|notes?) review\b"
    r"|^(?:repaso|révision|ripasso|revisão|повторение|复习|復習|مراجعة)",
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


def kind(title: str, found: Sequence[Entry]) -> DayKind:
    """What a day of that title with those entries is for."""
    designs = any(entry.label is Label.DESIGN for entry in found)
    if _RECAP.search(title):
        return DayKind.RECAP
    if _REVIEW.search(title) and any(_RECAP.match(entry.markdown) for entry in found):
        return DayKind.RECAP
    if _REVIEW.search(title):
        return DayKind.REVIEW
    return DayKind.DESIGN if designs or _DESIGN.search(title) else DayKind.STUDY


def overall(title: str) -> bool:
    """Whether a recap's title says that it is about the whole plan."""
    return bool(_OVERALL.search(title))
