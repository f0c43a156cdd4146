"""The words that tell what a line is for, a table per language; ``vocabulary.toml`` holds
them, and nothing else in the readers knows a language.

Repetition decides what a part of a document is, words only confirm it, so a document in a language
without a table is still read by its structure.  All tables hold at once: authors mix languages
(an English quiz with "Respuesta:"), and a word stands here only if, alone before a colon or at the
beginning of a line, it can hardly mean anything else.  In Chinese and Japanese they are looked for
anywhere in the line.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from importlib import resources

from exporter.model import Tier


class Word(Enum):
    """What a label or title can announce.  ASIDE titles hold no questions: contents, resources,
    licences; CONTENTS is a list of links to the document's own parts; STATEMENT begins what is
    true or false.  QUESTIONS to MODES announce
    what the list below a title holds, USAGE that it is about the list of topics itself.  DAY to
    WEEKDAY begin a plan's parts, GOAL to ASKS are the labels of its lines."""

    QUESTION = "question"
    ANSWER = "answer"
    ANSWERS = "answers"
    OPTIONS = "options"
    EXPLANATION = "explanation"
    OUTPUT = "output"
    HINT = "hint"
    FOLLOW_UP = "follow-up"
    CODE = "code"
    CONTENTS = "contents"
    ASIDE = "aside"
    TOP = "top"
    SHOW = "show"
    STATEMENT = "statement"
    QUESTIONS = "questions"
    TOPICS = "topics"
    PRACTICE = "practice"
    ADVICE = "advice"
    MODES = "modes"
    USAGE = "usage"
    DAY = "day"
    WEEK = "week"
    PHASE = "phase"
    WEEKDAY = "weekday"
    GOAL = "goal"
    STUDY = "study"
    EXERCISE = "exercise"
    DESIGN = "design"
    FOCUS = "focus"
    ASKS = "asks"


class Column(Enum):
    """What a column of a table can hold.  QUESTION and ANSWER make cards of any table, a TERM or
    LANGUAGE needs its MEANING; EXTRA belongs to the answer, IDLE to nothing a learner sees."""

    QUESTION = "question"
    ANSWER = "answer"
    TERM = "term"
    MEANING = "meaning"
    LANGUAGE = "language"
    OPTION = "option"
    WRONG = "wrong"
    KEY = "key"
    EXTRA = "extra"
    TAGS = "tags"
    SECTION = "section"
    LABEL = "label"
    KIND = "kind"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Language:
    """``opens`` are words with which a line begins to ask; ``holds`` ask wherever they stand,
    ``ends`` where they end a line, as surely as a question mark; ``prints`` ask for an output;
    ``words`` are labels and titles; ``tiers`` depths; ``columns`` are heads of columns,
    ``glossary`` titles of notes that are made of terms."""

    opens: str
    prints: str
    words: Mapping[Word, str]
    tiers: Mapping[Tier, str]
    holds: str = ""
    ends: str = ""
    columns: Mapping[Column, str] = field(default_factory=dict)
    glossary: str = ""


def _load() -> Mapping[str, Language]:
    tables = tomllib.loads(
        resources.files("exporter.readers").joinpath("vocabulary.toml").read_text("utf-8")
    )
    return {
        name: Language(
            opens=_joined(table.get("opens", "")),
            holds=_joined(table.get("holds", "")),
            ends=_joined(table.get("ends", "")),
            prints=_joined(table["prints"]),
            words={Word(word): _joined(text) for word, text in table["words"].items()},
            columns={
                Column(column): _joined(text) for column, text in table.get("columns", {}).items()
            },
            glossary=_joined(table.get("titles", {}).get("glossary", "")),
            tiers={Tier(tier): _joined(text) for tier, text in table["tiers"].items()},
        )
        for name, table in tables.items()
    }


def _joined(text: str) -> str:
    """An expression without the line breaks it is written with."""
    return "".join(text.splitlines())


LANGUAGES: Mapping[str, Language] = _load()

MARKS = "?？؟⸮"
_SPOKEN = re.compile(rf"[{MARKS}](?=[\s)\]\"”»’'*_`~」』）.!]*(?:$|\s|[^\x00-\x7f]))")


@cache
def pattern(word: Word) -> re.Pattern[str]:
    """The words of all languages for ``word``, as a pattern to be matched against a whole text."""
    union = "|".join(one.words[word] for one in LANGUAGES.values() if word in one.words)
    return re.compile(rf"(?:{union})", re.IGNORECASE)


@cache
def _within(word: Word) -> re.Pattern[str]:
    """The words of all languages for ``word``, to be found within a text: whole words, but for
    languages that write none apart."""
    latin = [one.words[word] for key, one in LANGUAGES.items() if key not in _CJK]
    whole = [LANGUAGES[key].words[word] for key in _CJK]
    return re.compile(rf"\b(?:{'|'.join(latin)})\b|{'|'.join(whole)}", re.IGNORECASE)


@cache
def _opens() -> re.Pattern[str]:
    words = "|".join(one.opens for one in LANGUAGES.values() if one.opens)
    return re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _holds() -> re.Pattern[str]:
    return re.compile("|".join(one.holds for one in LANGUAGES.values() if one.holds))


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(one.ends for one in LANGUAGES.values() if one.ends)})$")


@cache
def _prints() -> re.Pattern[str]:
    latin = "|".join(rf"\b(?:{one.prints})" for key, one in LANGUAGES.items() if key not in _CJK)
    return re.compile("|".join((latin, *(LANGUAGES[key].prints for key in _CJK))), re.IGNORECASE)


_CJK = ("zh", "ja")


@cache
def _columns() -> Mapping[Column, re.Pattern[str]]:
    return {
        column: re.compile(
            "|".join(one.columns[column] for one in LANGUAGES.values() if column in one.columns),
            re.IGNORECASE,
        )
        for column in Column
    }


@lru_cache(maxsize=4096)
def column(text: str) -> Column | None:
    """What a column is for whose head says ``text``."""
    return next((one for one, words in _columns().items() if words.fullmatch(text)), None)


@cache
def glossary() -> re.Pattern[str]:
    """Words in the title of notes that are made of terms and their definitions."""
    return speaking("|".join(one.glossary for one in LANGUAGES.values()))


def is_word(word: Word, text: str) -> bool:
    """Whether ``text``, without decoration around it, is a label or title of that kind."""
    return pattern(word).fullmatch(text) is not None


def mentions(word: Word, text: str) -> bool:
    """Whether ``text`` says a word for that anywhere."""
    return _within(word).search(text) is not None


def states(text: str) -> bool:
    """Whether ``text`` begins as a statement to be judged does: ``(True/False) …``."""
    return pattern(Word.STATEMENT).match(text.lstrip("([*_ ")) is not None


def puts_question_mark(text: str) -> bool:
    """Whether a sentence of ``text`` ends in a question mark of any script, or all of it in a word
    that stands for one."""
    marked = any(mark in text for mark in MARKS) and _SPOKEN.search(text) is not None
    return marked or _ends().search(text.rstrip(" .。．:：*_`")) is not None


def asks(text: str) -> bool:
    """Whether an undecorated line asks: by its mark, by how it begins, or by a word in it."""
    if puts_question_mark(text) or _GAP.search(text):
        return True
    if opens_asking(text):
        return True
    opening = _opens().match(text)
    return bool(opening and not text[:1].isascii()) or bool(
        _holds().search(text.rstrip(" .。:：*_`"))
    )


def opens_asking(text: str) -> bool:
    """Whether ``text`` begins with a word that asks, and goes on."""
    opening = _opens().match(text)
    return opening is not None and bool(text[opening.end() :].strip(" .:*_`"))


_PICKS = re.compile(
    r"which (?:one )?of (?:the|these)|次のうち|下列|以下哪"
    r"|welche[rs]? der folgenden|lequel|laquelle|lesquel"
    r"|cuál de|qual d[aeo]s|quale (?:tra|delle|dei)|какой из|какая из|какие из|أي مما",
    re.IGNORECASE,
)


def picks(text: str) -> bool:
    """Whether a prompt asks to pick from what follows it."""
    return bool(_PICKS.search(text))


_GAP = re.compile(r"_{4,}|\[(?:…|\.{3})\]|\.{6,}|…{2,}")


def asks_for_output(text: str) -> bool:
    """Whether a prompt asks what code prints."""
    return bool(_prints().search(text))


def speaking(words: str) -> re.Pattern[str]:
    """A pattern for any of ``words`` between letters of no Latin word."""
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)
