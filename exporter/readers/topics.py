"""Topics: checklists, and guides with areas, ways to practise and interview modes.

A list below a title holds topics: numbered, with a box to tick, or by what the label above it says
("Key topics:", "**Practice approach**:").  A checklist keeps the letter of its categories and asks
nothing; a guide also has exercises, and questions that its sentences quote.  A label's words are
structure; a sentence that announces a list stays prose.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise, zip_longest
from statistics import median

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import (
    Attributes,
    Exercise,
    ExerciseKind,
    Kind,
    Markdown,
    Question,
    Reading,
    ReadingKind,
    Topic,
)
from exporter.readers import vocabulary
from exporter.readers.draft import Draft
from exporter.readers.inline import attributes, plain
from exporter.readers.items import (
    Item,
    blocks,
    check_numbers,
    counted_up,
    is_boxed,
    items,
    opens,
)
from exporter.readers.outline import Form
from exporter.readers.roles import Roles
from exporter.readers.scan import (
    Accounts,
    Line,
    LineKind,
    bold,
    location,
    markdown,
    undecorated,
    unmarked,
)
from exporter.readers.vocabulary import Word

_FEW, _FEW_BOXED, _MANY = 5, 3, 10  # topics: counted ones, with boxes, plain bullets
_SHARE = 0.6  # of the lines with words, at least so many are topics
_LONG = 80  # characters; topics are names, not sentences
_TITLE = 100
_LABEL_WORDS = 7
_ENDS = (".", "!", "?", ",", ";")
_BARE_WORDS = 4  # of a label that neither colon nor emphasis marks
_LINE_RANK = 7  # of an area that is no heading: below every heading
_LETTERED = re.compile(
    r"(?:(?:category|section|part|block|teil)\s+)?[A-Z][.):]\s+\S|[A-Z]\s+[-–—]\s+\S"
)
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:[.):]|\ufe0f?\u20e3)|#\d{1,2}[.:]?"
    r"|(?:focus )?(?:area|part|teil|bereich|gebiet) \d{1,2}\s*[:.–—-])\s*",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|learning|exams?|interviews?|revision|focus areas?|prep|preparation"
    r"|area \d|prüfung\w*|lern\w*|vorbereitung|schwerpunkte)\b",
    re.IGNORECASE,
)
_INLINE = re.compile(r"(?P<mark>\*\*|__)(?P<bold>(?:(?!(?P=mark)).)+)(?P=mark)\s*:?\s")
_PLAIN = re.compile(r"(?P<name>[^\s:：][^:：]{1,40})[:：]\s")


class _Holds(Enum):
    """What the list below a label holds."""

    TOPICS = auto()
    ADVICE = auto()
    MODES = auto()
    QUESTIONS = auto()


def _holds(words: str) -> _Holds | None:
    """What a label or an announcing sentence promises; None where its words do not tell."""
    if vocabulary.mentions(Word.QUESTIONS, words):
        return _Holds.QUESTIONS
    if vocabulary.mentions(Word.MODES, words):
        return _Holds.MODES
    if vocabulary.mentions(Word.PRACTICE, words):
        return _Holds.ADVICE
    if vocabulary.mentions(Word.TOPICS, words):
        return _Holds.TOPICS
    return _Holds.ADVICE if vocabulary.mentions(Word.ADVICE, words) else None


def _label(line: Line) -> str | None:
    """The label that a line is or begins with: a heading, ``**Label:** text``, ``Label:``."""
    if line.kind is LineKind.HEADING:
        return undecorated(line.text)
    if line.kind is not LineKind.TEXT:
        return None
    text = unmarked(line.text)
    name = bold(text) or (text.removesuffix(":") if text.endswith(":") else None)
    if name is None and (match := _INLINE.match(text)):
        inner = match["bold"].rstrip()
        name = inner if inner.endswith(":") or ":" in match[0][len(match["bold"]) :] else None
    elif name is None and (match := _PLAIN.match(text)):
        short = len(match["name"].split()) <= 2
        name = match["name"] if short and _holds(match["name"]) else None
    if name is None or len(name.split()) > _LABEL_WORDS:
        return None
    return name.strip("*_: ")


# -- which documents hold topics -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Topics:
    """The reader of lists of topics; ``guide``: with areas and ways to practise."""

    guide: bool

    def detect(self, roles: Roles) -> bool:
        """Whether the lines are a guide, or a checklist."""
        lines = _lines(roles, guide=self.guide)
        return _guides(lines) if self.guide else _lists(lines)

    def read(self, path: str, roles: Roles, accounts: Accounts, report: Report) -> Draft:
        """Topics, exercises, questions and readings, each in order."""
        lines = _lines(roles, guide=self.guide)
        title = _title(lines)
        titles = _titles(lines, guide=self.guide)
        found = _listed(lines, titles)
        counted = sum(item.counted for item in found) * 2 > len(found)
        walk = _Walk(path, accounts, report, self.guide, counted, titles)
        walk.divided = len(titles - {title}) > 0 and _headings(lines) > 1
        parts = blocks(lines, lambda line: line.number in titles, _begins_label)
        for block, following in zip_longest(parts, parts[1:]):
            below = following[0] if following else None
            walk.leads = below is not None and opens(below) and below.number not in titles
            if block[0].number == title and not walk.areas and (self.guide or not walk.leads):
                walk.title = undecorated(plain(block[0].text))
                accounts.structure(block[0])
            else:
                walk.take(block)
        return walk.draft()


CHECKLIST, GUIDE = Topics(guide=False), Topics(guide=True)


def boxes(lines: Sequence[Line]) -> int:
    """How many lines have a box to tick."""
    return sum(is_boxed(line) for line in lines)


def _title(lines: Sequence[Line]) -> int | None:
    """The number of the line that is the document's title, if that is a heading."""
    first = next((line for line in lines if not line.empty), None)
    return first.number if first and first.kind is LineKind.HEADING and first.level == 1 else None


def _lines(roles: Roles, *, guide: bool) -> tuple[Line, ...]:
    """The outline's lines, with headings that stand inside list items as headings, and in a guide
    labels without the emoji before them, which are no boxes to tick there."""
    ranks = {one.at: one.rank for one in roles.outline.openers if one.form is Form.HEADING}
    found = []
    for at, line in enumerate(roles.lines):
        if at in roles.closings:
            found.append(replace(line, kind=LineKind.RULE, text="", level=0))
        elif at in ranks and line.kind is not LineKind.HEADING:
            text = line.text.lstrip("# ")
            found.append(replace(line, kind=LineKind.HEADING, text=text, level=ranks[at], indent=0))
        elif guide and line.kind is LineKind.TEXT and bold(text := unmarked(line.text)):
            found.append(replace(line, text=text))
        else:
            found.append(line)
    return tuple(found)


def _begins_label(line: Line) -> bool:
    return _label(line) is not None


def _lists(lines: Sequence[Line]) -> bool:
    """Whether most lines are short topics, counted by the author or in lettered categories."""
    titles = _titles(lines, guide=False)
    found = _listed(lines, titles)
    if not found:
        return False
    words = [
        line
        for line in lines
        if line.kind is LineKind.TEXT and not opens(line) and not _is_lettered(line)
        if bold(line.text) is None
    ]
    boxed = all(item.boxed for item in found)
    counted = sum(item.counted for item in found)
    lettered = sum(line.number in titles and _is_lettered(line) for line in lines)
    share = len(found) / (len(found) + len(words))
    short = boxed or median(len(item.text) for item in found) <= _LONG
    bare = len(found) >= _MANY and share > 0.85 and _headings(lines) >= 2 and _names(found)
    enough = counted * 2 > len(found) or lettered >= 2 or bare
    few = _FEW_BOXED if boxed else _FEW
    return len(found) >= few and share >= _SHARE and short and enough


def _guides(lines: Sequence[Line]) -> bool:
    """Whether areas with bullets come with ways to practise, or with labels of topics."""
    titles = _titles(lines, guide=True)
    bullets = [line for line in lines if line.kind is LineKind.BULLET]
    if len(titles) < 2 or len(bullets) < 4:
        return False
    names = [name for line in lines if (name := _label(_unquoted(line)))]
    practices = sum(vocabulary.mentions(Word.PRACTICE, name) for name in names)
    said = sum(vocabulary.mentions(Word.PRACTICE, name) for line in lines if (name := _label(line)))
    if said >= 2:
        return True
    heads = [undecorated(line.text) for line in lines if line.kind is LineKind.HEADING]
    others = sum(opens(line) and line.kind is not LineKind.BULLET for line in lines)
    if any(map(_LETTERED.match, heads)) or others * 2 >= len(bullets):
        return False
    texts = [line for line in lines if line.kind is LineKind.TEXT]
    topics = sum(_holds(name) is _Holds.TOPICS for line in texts if (name := _label(line)))
    counted = sum(bool(_NUMBER.match(head)) for head in heads)
    studied = bool(heads) and _STUDY.search(heads[0]) is not None
    return topics > 1 or (counted > 1 and studied and practices > 0)


def _titles(lines: Sequence[Line], *, guide: bool) -> set[int]:
    """Numbers of the lines that title what stands below them: headings, and without any lines in
    bold or counted ones in a guide; in a checklist bold and lettered ones, and where there are no
    headings any line above a list."""
    found = {line.number for line in lines if line.kind is LineKind.HEADING}
    if guide:
        return found if len(found) > 1 else found | _counted_titles(lines)
    plain_titles = len(found) < 2
    filled = [line for line in lines if not line.empty]
    for line, below in pairwise(filled):
        if line.kind is not LineKind.TEXT or len(line.text) > _TITLE:
            continue
        strong = bold(unmarked(line.text)) is not None
        other = opens(below) and bold(unmarked(below.text)) is None
        named = opens(below) and not line.text.endswith(_ENDS)
        alone = not opens(line) and (strong or (plain_titles and named))
        if alone or _is_lettered(line) or (strong and other):
            found.add(line.number)
    return found


def _counted_titles(lines: Sequence[Line]) -> set[int]:
    """Lines that are bold and numbered, and numbered ones that stand alone and count up from 1."""
    found: set[int] = set()
    alone: list[Line] = []
    filled = [line for line in lines if not line.empty]
    for line, below in pairwise(filled):
        inner = bold(unmarked(line.text))
        numbered = line.kind is LineKind.NUMBERED
        if inner and (numbered or _NUMBER.match(inner)) and not line.indent:
            found.add(line.number)
        elif numbered and below.kind is not LineKind.NUMBERED and not line.indent:
            alone.append(line)
    counts = [int(line.marker[:-1]) for line in alone]
    short = all(len(line.text.split()) <= _LABEL_WORDS for line in alone)
    if len(alone) > 1 and short and counts == list(range(1, len(alone) + 1)):
        found.update(line.number for line in alone)
    return found


def _is_lettered(line: Line) -> bool:
    return bool(_LETTERED.match(undecorated(line.text)))


def _headings(lines: Sequence[Line]) -> int:
    return sum(1 for line in lines if line.kind is LineKind.HEADING)


def _names(found: Sequence[Item]) -> bool:
    """Whether nearly all items are names, not sentences."""
    return sum(item.text.endswith((".", "?", "!")) for item in found) * 10 <= len(found)


def _listed(lines: Sequence[Line], titles: set[int]) -> list[Item]:
    return [
        item
        for block in blocks(lines, lambda line: line.number in titles, _begins_label)
        if opens(block[0]) and block[0].number not in titles
        for item in items(block)
    ]


def _unquoted(line: Line) -> Line:
    return replace(line, kind=LineKind.TEXT) if line.kind is LineKind.QUOTE else line


# -- reading -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Walk:
    """What has been found so far, and where the reader stands: ``areas`` are the open areas with
    their ranks; ``default`` is what a list holds by its area, ``below`` by the label above it."""

    path: str
    accounts: Accounts
    report: Report
    guide: bool
    counted: bool  # most items of the document are counted
    titles: set[int]
    divided: bool = False  # headings below the title name categories
    title: str | None = None
    areas: list[tuple[int, str]] = field(default_factory=list)
    default: _Holds = _Holds.TOPICS
    below: _Holds | None = None
    leads: bool = False  # a list follows the present block
    ruled: bool = False  # a rule stands directly above
    numbered: bool = False  # the present area has a number
    topics: list[Topic] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    exercises: list[Exercise] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def draft(self) -> Draft:
        topics = tuple(self.topics)
        if not self.guide:
            topics = counted_up(topics)
            check_numbers(topics, self.report)
        return Draft(
            title=self.title,
            questions=tuple(self.questions),
            topics=topics,
            readings=tuple(self.readings),
            exercises=tuple(self.exercises),
        )

    @property
    def section(self) -> tuple[str, ...]:
        titles = tuple(title for _, title in self.areas)
        return titles if self.guide else titles[-1:]

    @property
    def begun(self) -> bool:
        """Whether the present area has anything but an introduction."""
        category = self.section[-1] if self.section else None
        inner = [one.section for one in self.exercises]
        inner += [one.section for one in self.questions]
        named = any(topic.category == category for topic in self.topics)
        return self.section in inner or (named and bool(self.section or not self.guide))

    def take(self, block: Sequence[Line]) -> None:
        """Put a block where it belongs."""
        first = block[0]
        if first.kind is LineKind.RULE:
            self.accounts.structure(first)
            self.below, self.ruled = None, True
            return
        if first.number in self.titles:
            self._titled(first)
        elif opens(first):
            self._list(block)
        elif self.guide:
            self._paragraph(block)
        else:
            self._prose(block)
        self.ruled = False

    def _titled(self, line: Line) -> None:
        """A title opens an area; within one it may be the label of a list.  Below a rule, and
        without a number among numbered areas, it stands beside them whatever its rank."""
        self.accounts.structure(line)
        heading = line.kind is LineKind.HEADING
        rank = line.level if heading else _LINE_RANK
        written = line.text if line.kind is not LineKind.NUMBERED else f"{line.marker} {line.text}"
        name = undecorated(plain(written))
        if not self.guide:
            self._open(rank, name.removesuffix(":").rstrip())
            return
        numbered = bool(_NUMBER.match(name))
        inner = bool(self.areas) and rank > self.areas[-1][0]
        beside = self.ruled and self.numbered and not numbered
        promised = _holds(name)
        if inner and promised and not numbered and not beside:
            self.below = promised
            return
        self._open(self.areas[0][0] if inner and beside else rank, name)
        self.numbered = numbered
        self.default = (None if numbered else promised) or _Holds.TOPICS

    def _open(self, rank: int, name: str) -> None:
        match = _NUMBER.match(name) if self.guide else None
        title = undecorated(name[match.end() :]) or name if match else name
        self.areas = [area for area in self.areas if area[0] < rank]
        self.areas.append((rank, title))
        self.below = None

    # -- lists -----------------------------------------------------------------------------------

    def _list(self, block: Sequence[Line]) -> None:
        found = items(block)
        if not (self.areas if self.guide else self._holds_topics(found)):
            self._prose(block)
            return
        if not self.guide:
            self._topics(found)
            return
        here = self.below or self.default
        for item in found:
            self.accounts.content(item.lines)
            match here:
                case _Holds.ADVICE:
                    self._exercise(ExerciseKind.ADVICE, item.whole(), item.lines)
                case _Holds.MODES:
                    self._exercise(ExerciseKind.MODE, item.whole(), item.lines)
                case _Holds.TOPICS | _Holds.QUESTIONS:
                    self._entry(item, here)

    def _holds_topics(self, found: Sequence[Item]) -> bool:
        """Whether a list holds topics: not where the category is about the checklist itself, and
        plain bullets among counted topics only in a lettered category."""
        category = self.section[-1] if self.section else ""
        lettered = bool(_LETTERED.match(category))
        if vocabulary.mentions(Word.USAGE, category) and not lettered:
            return False
        return lettered or not self.counted or any(item.counted for item in found)

    def _topics(self, found: Sequence[Item]) -> None:
        """Topics of one list; without headings a bold entry is the category of deeper ones."""
        category = named = self.section[-1] if self.section else None
        for item, following in zip_longest(found, found[1:]):
            indent = item.lines[0].indent
            parent = following is not None and following.lines[0].indent > indent
            if not indent:
                named = category
            if parent and not self.divided and bold(item.text):
                named = bold(item.text)
                self.accounts.structure(*item.lines)
                continue
            self._topic(item.number, named, item.title(), item.lines)

    def _entry(self, item: Item, here: _Holds) -> None:
        """A bullet of topics or questions: a topic, unless it does nothing but ask."""
        text, given = attributes(item.text)
        prompts, more = _asked(text, here)
        self._ask(prompts, item.lines, given)
        if more or item.nested:
            self._topic(item.number, self.section[-1], item.title(), item.lines)

    # -- prose -----------------------------------------------------------------------------------

    def _paragraph(self, block: Sequence[Line]) -> None:
        """Text: a label says what its list holds, ``**Tip:** …`` is an exercise, the rest prose."""
        first = _unquoted(block[0])
        name = _label(first)
        if first is not block[0] and not (name and _holds(name) is _Holds.ADVICE):
            name = None
        bare = len(first.text.split()) <= _BARE_WORDS and _holds(first.text) is not None
        if name is None and len(block) == 1 and self.leads and bare:
            name = first.text
        whole = bold(unmarked(first.text)) is not None or first.text.rstrip().endswith(":")
        if name is None or not self.areas:
            self._prose(block)
        elif len(block) == 1 and (whole or name == first.text):
            self.accounts.structure(first)
            self.below = _holds(name)
        else:
            self._labelled(name, block, whole=whole)

    def _labelled(self, name: str, lines: Sequence[Line], *, whole: bool) -> None:
        """``**Tip:** text`` and its like."""
        rest = " ".join(line.text for line in lines).partition(":")[2].strip("*_ ")
        promised = _holds(name)
        prompts, more = _asked(rest, promised)
        self.below = None
        if promised in (_Holds.TOPICS, _Holds.QUESTIONS) and whole:
            self.accounts.structure(lines[0])
        text = markdown(lines)
        if lines[0].kind is LineKind.QUOTE:
            text = Markdown("\n".join(line.text for line in lines))
        if promised in (_Holds.ADVICE, _Holds.MODES):
            kind = ExerciseKind.ADVICE if promised is _Holds.ADVICE else ExerciseKind.MODE
            self.accounts.content(lines)
            self._exercise(kind, text, lines)
        elif promised is _Holds.TOPICS and rest:
            self.accounts.content(lines)
            self._topic(None, self.section[-1], rest, lines)
        elif promised is _Holds.QUESTIONS and prompts and not more:
            self.accounts.content(lines)
        else:
            self._reading(ReadingKind.ADVICE, lines)
        self._ask(prompts, lines)

    def _prose(self, lines: Sequence[Line]) -> None:
        advises = self.begun
        if self.guide:
            advises = advises or (self.default is _Holds.ADVICE and not self.leads)
        self._reading(ReadingKind.ADVICE if advises else ReadingKind.INTRODUCTION, lines)
        if not self.guide or opens(lines[0]):
            return
        text = " ".join(line.text for line in lines)
        if lines[0].kind is LineKind.TEXT:
            self._ask(_asked(text, None)[0], lines)
        self.below = _holds(text.rsplit(". ", 1)[-1]) if text.endswith(":") else None

    # -- what is found ---------------------------------------------------------------------------

    def _topic(
        self, number: int | None, category: str | None, title: str, lines: Sequence[Line]
    ) -> None:
        self.accounts.content(lines)
        self.topics.append(Topic(number, category, title, location(self.path, lines)))

    def _exercise(self, kind: ExerciseKind, text: Markdown, lines: Sequence[Line]) -> None:
        self.exercises.append(Exercise(kind, text, location(self.path, lines), self.section))

    def _reading(self, kind: ReadingKind, lines: Sequence[Line]) -> None:
        self.accounts.content(lines)
        place = location(self.path, lines)
        self.readings.append(Reading(kind, None, markdown(lines), place, self.section))

    def _ask(
        self, prompts: Sequence[str], lines: Sequence[Line], given: Attributes | None = None
    ) -> None:
        """Questions that ``lines`` ask; each is reported, as the guide answers none."""
        place = location(self.path, lines)
        for prompt in prompts:
            self.questions.append(
                Question(
                    Kind.QUESTION,
                    label=None,
                    title=None,
                    prompt=Markdown(prompt),
                    code=None,
                    language=None,
                    location=place,
                    section=self.section,
                    answers=(),
                    attributes=given or Attributes(),
                )
            )
            message = f'asked in passing, without an answer here: "{prompt}"'
            self.report(Diagnostic(place, Code.ASKED_IN_PASSING, message))


# -- questions that sentences quote --------------------------------------------------------------

_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"")
_PLACEHOLDER = re.compile(r"\b[XYZN]\b(?![-+#.\w])|…|\.\.\.|_{2,}|<\w*>|\[\w+\]")
_BETWEEN = re.compile(r"[\s,;:.…/&()*_-]|\b(?:or|and|oder|und|e\.g\.|etc)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:questions?|asked|asks?|fragen?|gefragt)\b(?! yourself)", re.IGNORECASE)
_FEWEST_WORDS = 3  # of a quotation that is a question and no expression


def _asked(text: str, where: _Holds | None) -> tuple[tuple[str, ...], bool]:
    """The questions that ``text`` asks, and whether it says anything else.

    A text that is a question as a whole asks itself; otherwise quotations that are questions count:
    always in a list of topics or questions, elsewhere only where the text speaks of asking.  A
    pattern of a question ("What happens if you do X?") is none.
    """
    if _is_question(text, where):
        return (_inner(text),), False
    if where is _Holds.MODES:
        return (), True
    if where not in (_Holds.TOPICS, _Holds.QUESTIONS) and not _ASKED.search(text):
        return (), True
    quoted = [next(filter(None, match.groups())).strip() for match in _QUOTED.finditer(text)]
    told = where is _Holds.QUESTIONS or bool(_ASKED.search(text))
    prompts = tuple(quote for quote in quoted if _prompts(quote, told=told))
    rest = _BETWEEN.sub("", _QUOTED.sub("", text))
    return prompts, bool(rest) or len(prompts) < len(quoted) or not prompts


def _is_question(text: str, where: _Holds | None) -> bool:
    inner = _inner(text)
    if where is _Holds.QUESTIONS and not _QUOTED.search(inner):
        return True
    if where is not _Holds.TOPICS and where is not _Holds.QUESTIONS:
        return False
    whole = inner != text or vocabulary.opens_asking(inner)
    marked = vocabulary.puts_question_mark(inner) and inner.endswith(tuple(vocabulary.MARKS))
    return whole and marked and not _PLACEHOLDER.search(inner)


def _prompts(quote: str, *, told: bool) -> bool:
    if len(quote.split()) < _FEWEST_WORDS or _PLACEHOLDER.search(quote):
        return False
    marked = quote.endswith(tuple(vocabulary.MARKS))
    return marked or (told and vocabulary.opens_asking(quote))


def _inner(text: str) -> str:
    match = _QUOTED.fullmatch(text.strip())
    return next(filter(None, match.groups())).strip() if match else text
