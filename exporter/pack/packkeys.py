"""What each key of pack.toml may hold: a type that msgspec checks, and what a type can't say.

A key that stands in no table here is unknown.  The same tables make the JSON Schema with which
editors complete a pack.toml.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from exporter.model import Tier
from exporter.model.config import (
    DECK_LEVELS,
    Apart,
    Covers,
    Depth,
    DocumentConfig,
    Duplicates,
    FigureConfig,
    Link,
    Paper,
    Pin,
    Same,
    Skip,
    Subject,
)
from exporter.model.diagnostics import Code, Severity
from exporter.system import typed
from exporter.system.typed import Meta

Reader = Literal["tiered", "plain", "keyed", "dayplan", "checklist", "guide", "none"]
SCHEMA = "pack.schema.json"
"""Where its schema stands among the templates."""
READER_NAMES: tuple[str, ...] = get_args(Reader)
ASKS = ("heading", "bold", "item", "fold", "Q:", "counted", "callout", "text")
"""Forms of lines that ``asks`` can name; a heading may have its level, an item its depth (1)."""
_ASKS = re.compile(r"heading(?: [1-6])?|item(?: [1-9])?|bold|fold|q:|counted|callout|text")

_LONGEST = 150
"""Bytes of a slug: file systems take names of 255, and week, ending and staging come on top."""

_SHOWN = 80  # letters of a value that a message repeats
_LONGEST_TEXT = 1000  # letters
_LARGEST_NUMBER = 9999
_MOST = 1000  # items of one list
_PLAIN = r"^(?![\s\S]*[\x00-\x1f\x7f-\x9f])"  # no control characters
_LINE = "one line of text in quotes"
_LANGUAGE = r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$"

Line = Annotated[str, Meta(max_length=_LONGEST_TEXT, pattern=_PLAIN, description=_LINE)]
Filled = Annotated[
    str,
    Meta(max_length=_LONGEST_TEXT, pattern=rf"{_PLAIN}(?=[\s\S]*\S)", description=_LINE),
]
Language = Annotated[
    str, Meta(pattern=_LANGUAGE, description='a language tag, as in "en" or "pt-BR"')
]
Flag = Annotated[bool, Meta(description="true or false")]
Number = Annotated[
    int,
    Meta(ge=1, le=_LARGEST_NUMBER, description=f"a whole number from 1 to {_LARGEST_NUMBER}"),
]
Place = Annotated[Number | Literal["beyond"], Meta(description='the number of a week, or "beyond"')]
Date = Annotated[datetime.date, Meta(description="a date without quotes, as in 2026-12-01")]
_QUESTION = "a question: its key, `path#label` or `path:line`"
_LIST = Meta(max_length=_MOST, description="a list in square brackets")
Names = Annotated[tuple[Filled, ...], _LIST]
Numbers = Annotated[tuple[Number, ...], _LIST]
TierName = Literal["short", "medium", "senior", "output", "task"]
Tiers = Annotated[tuple[TierName, ...], _LIST]
Level = Literal["off", "info", "warning", "error"]


class Wrong(Exception):
    """What is wrong with a value, as the end of a sentence that begins with the key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its type, what it says in a line, and what the type can't say: ``check`` converts a
    value of the type, or raises Wrong."""

    kind: Any
    about: str
    check: Callable[[Any], Any] | None = None

    def read(self, name: str, value: Any) -> Any:
        """The value of the key ``name``, converted.  Wrong where it can't be."""
        if get_origin(self.kind) is dict:
            found: Any = dict(_entries(self.kind, name, value))
        else:
            found = _stripped(_converted(value, self.kind))
        return self.check(found) if self.check else found


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may stand several times: what it says, its keys, those that it needs, and what
    becomes of their values and the number of its line."""

    about: str
    keys: Mapping[str, Key]
    needed: tuple[str, ...]
    make: Callable[[dict[str, Any], int], Any]


def _converted(value: Any, kind: Any) -> Any:
    try:
        return typed.converted(value, kind)
    except typed.Unfit as unfit:
        for number in unfit.path:
            value, kind = value[number], get_args(_bare(kind))[0]
        raise Wrong(_fault(value, kind, "has" if unfit.path else "is")) from None


def _fault(value: Any, kind: Any, verb: str) -> str:
    """What is wrong with a value that is no ``kind``, and what it has to be."""
    about = getattr(kind, "__metadata__", ())
    wanted = about[0].description if about else f"one of {', '.join(get_args(kind))}"
    if isinstance(value, list) and len(value) > _MOST:
        return f"has more than {_MOST} entries: keep those that matter"
    if isinstance(value, str) and not value.strip():
        return "must not be empty"
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return f"is too long: use at most {_LONGEST_TEXT} letters"
    if isinstance(value, str) and value.isprintable():
        return f"{verb} {quoted(value)}; it must be {wanted}"
    return f"must be {wanted}"


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _entries(kind: Any, name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The lines of a table whose keys are the author's own."""
    names, values = get_args(kind)
    if not isinstance(value, dict):
        raise Wrong(f"must be a table: write [{name}] above its lines")
    for key, one in value.items():
        try:
            yield _converted(key, names), _converted(one, values)
        except Wrong as wrong:
            raise Wrong(f"{key} {wrong}") from None


def _stripped(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_stripped, value))
    return value.strip() if isinstance(value, str) else value


def slug(text: str) -> str:
    """A file name for ``text``: lower-case letters, digits and single hyphens; "" if none.

    A long one ends after a whole word where it can.
    """
    folded = unicodedata.normalize("NFKD", text)
    kept = "".join(char for char in folded if not unicodedata.combining(char)).casefold()
    whole = re.sub(r"[^\w]+|_+", "-", kept).strip("-")
    cut = whole.encode()[:_LONGEST].decode(errors="ignore")
    return whole if cut == whole else cut.rpartition("-")[0] or cut


def replaces_collection(name: str) -> bool:
    """Whether Anki would take ``<name>.apkg`` for a backup that replaces the collection."""
    return name.casefold() == "collection" or name.casefold().startswith("backup-")


def quoted(text: str) -> str:
    """``text`` in quotes as a message names it, cut where it is no name any more."""
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


def _slug(text: str) -> str:
    if not re.fullmatch(r"\w[\w.-]*", text):
        raise Wrong(f"is {quoted(text)}; it names files: use letters, digits and hyphens")
    if len(text.encode()) > _LONGEST:
        raise Wrong(f"is too long for the names of files: use at most {_LONGEST} letters")
    if replaces_collection(text):
        raise Wrong(
            f"is {quoted(text)}; Anki would take it for a backup that "
            "replaces everything: choose another"
        )
    return text


def _deck(text: str) -> str:
    parts = text.split("::")
    if '"' in text or any(not part.strip() for part in parts):
        raise Wrong(f"is {quoted(text)}; a deck name has no quotes and no empty part around ::")
    if len(parts) > DECK_LEVELS:
        raise Wrong(
            f"has more than {DECK_LEVELS} levels: leave some out, as Anki takes 11 and studypack "
            "adds its own"
        )
    return text


def _path(written: str) -> str:
    text = written.replace("\\", "/").removeprefix("./")
    if text.startswith("/") or ".." in text.split("/") or re.match(r"[A-Za-z]:", text):
        raise Wrong(f"is {quoted(text)}; it must lie in the folder of pack.toml")
    return text


def _asks(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_form, found))


def _form(written: str) -> str:
    text = " ".join(written.split())
    if not _ASKS.fullmatch(text.casefold()):
        forms = ", ".join(ASKS)
        raise Wrong(f'has "{text}"; it must be one of {forms}, or as in "heading 3" and "item 1"')
    return "item 1" if text.casefold() == "item" else text


def _tiers(found: tuple[str, ...]) -> tuple[Tier, ...]:
    if not found:
        raise Wrong("must name at least one tier")
    return tuple(tier for tier in Tier if tier in found)


def _lint(found: Mapping[str, str]) -> Mapping[str, str]:
    severities = {code.code: code.severity for code in Code}
    for code in found:
        if code not in severities:
            raise Wrong(f"has {quoted(code)}; see docs/codes.md for the codes there are")
        if severities[code] is Severity.ERROR:
            raise Wrong(f"has {code}; what would harm learners is always an error: remove it")
    return dict(sorted(found.items()))


def _tier_words(found: Mapping[str, str]) -> Mapping[str, Tier]:
    return {" ".join(word.split()).casefold(): Tier(tier) for word, tier in found.items()}


def _outputs(found: Mapping[str, bool]) -> frozenset[str]:
    return frozenset(name for name, wanted in found.items() if wanted)


def _paths(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_path, found))


PACK: Mapping[str, Key] = {
    "title": Key(Filled, "stands on the cards' decks, the sheets and the book"),
    "id": Key(Line, "the pack's own; what sets its cards apart from those of other packs"),
    "slug": Key(Filled, "names the files in dist/", _slug),
    "deck": Key(Filled, "the root deck; leave it as it is once learners have it", _deck),
    "language": Key(Language, "the documents' language"),
    "author": Key(Line, "stands in the book and in PDF files"),
    "paper": Key(Paper, "the paper of everything that is printed"),
    "landscape": Key(Flag, "leaves of four columns, or of three upright"),
    "color": Key(Flag, "an accent a day on leaves"),
    "depth": Key(Depth, "how far an answer goes in the book"),
    "tiers": Key(Tiers, "which answers become cards", _tiers),
    "duplicates": Key(Duplicates, "what becomes of questions that ask the same"),
    "start": Key(Date, "day 1 of the plan, for real dates"),
    "pages": Key(Number, "a week's page budget in the book"),
    "include": Key(Names, "patterns of what is read; ** stands for any folders", _paths),
    "exclude": Key(Names, "patterns of what is left out", _paths),
    "tier_words": Key(
        dict[Filled, Depth], "the documents' own words for short, medium and senior", _tier_words
    ),
    "lint": Key(dict[Filled, Level], "how much a diagnostic's code matters", _lint),
    "outputs": Key(
        dict[Literal["book"], Flag], "what every build makes besides deck and leaves", _outputs
    ),
}

TABLES: Mapping[str, Table] = {
    "documents": Table(
        "more about one document, or about a pattern of paths",
        {
            "path": Key(Filled, "where it lies below the folder of pack.toml", _path),
            "reader": Key(Reader, "how it is read, where that is not found out"),
            "title": Key(Filled, "what it is called"),
            "origin": Key(Line, "where it comes from, for people"),
            "asks": Key(Names, 'only these lines ask, as in "heading 3" or "bold"', _asks),
        },
        ("path",),
        lambda values, line: DocumentConfig(**values, line=line),
    ),
    "subjects": Table(
        "what the plan's days are about, in words it does not use itself",
        {
            "name": Key(Filled, "the subject"),
            "terms": Key(Names, "its words"),
            "days": Key(Numbers, "days of the plan; without them: beyond the plan"),
        },
        ("name",),
        lambda values, line: Subject(
            values["name"], values.get("terms", ()), values.get("days", ()), line
        ),
    ),
    "pins": Table(
        "the reviewed place of a question",
        {
            "question": Key(Filled, _QUESTION),
            "week": Key(Place, "a week of the plan"),
            "day": Key(Number, "a day of the plan"),
        },
        ("question",),
        lambda values, line: Pin(values["question"], values.get("week"), values.get("day"), line),
    ),
    "links": Table(
        "what answers a question of the plan",
        {
            "plan": Key(Filled, 'a question of the plan: "day 3.1" is the first of day 3'),
            "questions": Key(Names, "what answers it; an empty list says that nothing does"),
            "confidence": Key(Literal["sure", "partial"], "how far that answers; default: sure"),
        },
        ("plan", "questions"),
        lambda values, line: Link(
            values["plan"], values["questions"], line, values.get("confidence", "sure")
        ),
    ),
    "same": Table(
        "questions that ask the same",
        {"questions": Key(Names, _QUESTION)},
        ("questions",),
        lambda values, line: Same(values["questions"], line),
    ),
    "covers": Table(
        "what covers a topic of a checklist",
        {
            "topic": Key(Filled, "the topic's title"),
            "questions": Key(Names, "what covers it; an empty list says that nothing does"),
        },
        ("topic", "questions"),
        lambda values, line: Covers(values["topic"], values["questions"], line),
    ),
    "apart": Table(
        "questions that do not ask the same",
        {"questions": Key(Names, _QUESTION)},
        ("questions",),
        lambda values, line: Apart(values["questions"], line),
    ),
    "skip": Table(
        "what is no question: it is kept for reading",
        {"question": Key(Filled, _QUESTION)},
        ("question",),
        lambda values, line: Skip(values["question"], line),
    ),
    "figures": Table(
        "the steps of an ordered list, drawn as a ring",
        {
            "kind": Key(Literal["cycle"], "what is drawn"),
            "source": Key(Filled, _QUESTION),
            "list": Key(Number, "which of several lists there"),
            "title": Key(Filled, "what stands above the ring"),
            "center": Key(Filled, "what stands in its middle"),
        },
        ("kind", "source"),
        lambda values, line: FigureConfig(
            **{key: value for key, value in values.items() if key != "kind"}, line=line
        ),
    ),
}


def schema() -> Mapping[str, Any]:
    """The JSON Schema of pack.toml."""
    pack = {name: _described(key) for name, key in PACK.items()}
    tables = {
        name: {"type": "array", "description": table.about, "items": _object(table)}
        for name, table in TABLES.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pack.toml of studypack",
        "type": "object",
        "properties": pack | tables,
        "additionalProperties": False,
    }


def _object(table: Table) -> Mapping[str, Any]:
    return {
        "type": "object",
        "properties": {name: _described(key) for name, key in table.keys.items()},
        "required": list(table.needed),
        "additionalProperties": False,
    }


def _described(key: Key) -> Mapping[str, Any]:
    return typed.schema(key.kind) | {"description": key.about}
