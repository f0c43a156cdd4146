"""What each key of pack.toml may hold: one check a key, which converts its value or says what it
wants instead.  A key that stands in no table here is unknown."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from exporter.model import Tier
from exporter.model.config import (
    DECK_LEVELS,
    Apart,
    DocumentConfig,
    FigureConfig,
    Link,
    Pin,
    Skip,
    Subject,
)
from exporter.model.diagnostics import Code, Severity

READER_NAMES = ("tiered", "plain", "keyed", "dayplan", "checklist", "guide", "none")
ASKS = ("heading", "bold", "item", "fold", "Q:", "counted", "callout", "text")
"""Forms of lines that ``asks`` can name; a heading may have its level, an item its depth (1)."""
_ASKS = re.compile(r"heading(?: [1-6])?|item(?: [1-9])?|bold|fold|q:|counted|callout|text")

Check = Callable[[Any], Any]


class Wrong(Exception):
    """What a check wants instead, as the end of a sentence that begins with the key."""


_LONGEST = 150
"""Bytes of a slug: file systems take names of 255, and week, ending and staging come on top."""

_SHOWN = 80  # letters of a value that a message repeats
_LONGEST_TEXT = 1000  # letters
_LARGEST_NUMBER = 9999
_MOST = 1000  # items of one list
_BESIDES = ("book",)  # what a pack may ask every build for
_DEPTHS = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


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


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("must be text in quotes")
    if len(value) > _LONGEST_TEXT:
        raise Wrong(f"is too long: use at most {_LONGEST_TEXT} letters")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
        raise Wrong("must be one line of text without control characters")
    return value


def _filled(value: Any) -> str:
    if not _text(value).strip():
        raise Wrong("must not be empty")
    return _text(value).strip()


def _slug(value: Any) -> str:
    text = _filled(value)
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


def _language(value: Any) -> str:
    text = _filled(value)
    if not _LANGUAGE.fullmatch(text):
        raise Wrong(f'is {quoted(text)}; write a language tag, as in "en" or "pt-BR"')
    return text


def _deck(value: Any) -> str:
    text = _filled(value)
    parts = text.split("::")
    if '"' in text or any(not part.strip() for part in parts):
        raise Wrong(f"is {quoted(text)}; a deck name has no quotes and no empty part around ::")
    if len(parts) > DECK_LEVELS:
        raise Wrong(
            f"has more than {DECK_LEVELS} levels: leave some out, as Anki takes 11 and studypack "
            "adds its own"
        )
    return text


def _path(value: Any) -> str:
    text = _filled(value).replace("\\", "/").removeprefix("./")
    if text.startswith("/") or ".." in text.split("/") or re.match(r"[A-Za-z]:", text):
        raise Wrong(f"is {quoted(text)}; it must lie in the folder of pack.toml")
    return text


def _choice(choices: tuple[str, ...], value: Any) -> str:
    if value not in choices:
        found = f"is {quoted(value)}; it" if isinstance(value, str) else ""
        raise Wrong(f"{found} must be one of {', '.join(choices)}".lstrip())
    return str(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("must be true or false")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _LARGEST_NUMBER:
        raise Wrong(f"must be a whole number from 1 to {_LARGEST_NUMBER}")
    return value


def _week(value: Any) -> int | str:
    if value == "beyond":
        return "beyond"
    try:
        return _number(value)
    except Wrong:
        raise Wrong('must be the number of a week, or "beyond"') from None


def _date(value: Any) -> datetime.date:
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise Wrong("must be a date without quotes, as in 2026-12-01")
    return value


def _list(item: Check, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Wrong("must be a list in square brackets")
    if len(value) > _MOST:
        raise Wrong(f"has more than {_MOST} entries: keep those that matter")
    return tuple(item(one) for one in value)


def _tiers(value: Any) -> tuple[Tier, ...]:
    chosen = {Tier(one) for one in _list(partial(_choice, tuple(Tier)), value)}
    if not chosen:
        raise Wrong("must name at least one tier")
    return tuple(tier for tier in Tier if tier in chosen)


def _lint(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Wrong("must be a table: write [lint] above its codes")
    severities = {code.code: code.severity for code in Code}
    for code, level in value.items():
        if code not in severities:
            raise Wrong(f"has {quoted(code)}; see docs/codes.md for the codes there are")
        if severities[code] is Severity.ERROR:
            raise Wrong(f"has {code}; what would harm learners is always an error: remove it")
        try:
            _choice(("off", "info", "warning", "error"), level)
        except Wrong as wrong:
            raise Wrong(f"{code} {wrong}") from None
    return dict(sorted(value.items()))


def _asks(value: Any) -> str:
    text = " ".join(_filled(value).split())
    if not _ASKS.fullmatch(text.casefold()):
        forms = ", ".join(ASKS)
        raise Wrong(f'has "{text}"; it must be one of {forms}, or as in "heading 3" and "item 1"')
    return "item 1" if text.casefold() == "item" else text


def _tier_words(value: Any) -> dict[str, Tier]:
    if not isinstance(value, dict):
        raise Wrong('must be a table: write [tier_words] above lines as in EXPERT = "senior"')
    words: dict[str, Tier] = {}
    for word, tier in value.items():
        name = " ".join(word.split()).casefold()
        if not name:
            raise Wrong("has an empty word: remove it")
        try:
            words[name] = Tier(_choice(_DEPTHS, tier))
        except Wrong as wrong:
            raise Wrong(f"{word} {wrong}") from None
    return words


def _outputs(value: Any) -> frozenset[str]:
    if not isinstance(value, dict):
        raise Wrong("must be a table: write [outputs] above lines as in book = true")
    for name, wanted in value.items():
        if name not in _BESIDES:
            raise Wrong(f"has {quoted(name)}: remove it, or write {' or '.join(_BESIDES)} = true")
        try:
            _flag(wanted)
        except Wrong as wrong:
            raise Wrong(f"{name} {wrong}") from None
    return frozenset(name for name, wanted in value.items() if wanted)


def _names(value: Any) -> tuple[str, ...]:
    return _list(_filled, value)


def _paths(value: Any) -> tuple[str, ...]:
    return _list(_path, value)


PACK: Mapping[str, Check] = {
    "title": _filled,
    "slug": _slug,
    "deck": _deck,
    "language": _language,
    "author": _text,
    "paper": partial(_choice, ("a4", "letter")),
    "landscape": _flag,
    "color": _flag,
    "depth": partial(_choice, ("short", "medium", "senior")),
    "tiers": _tiers,
    "duplicates": partial(_choice, ("keep", "link", "merge")),
    "start": _date,
    "pages": _number,
    "include": _paths,
    "exclude": _paths,
    "documents": tuple,
    "subjects": tuple,
    "pins": tuple,
    "links": tuple,
    "apart": tuple,
    "skip": tuple,
    "figures": tuple,
    "tier_words": _tier_words,
    "lint": _lint,
    "outputs": _outputs,
}

_Make = Callable[[dict[str, Any], int], Any]
TABLES: Mapping[str, tuple[Mapping[str, Check], tuple[str, ...], _Make]] = {
    "documents": (
        {
            "path": _path,
            "reader": partial(_choice, READER_NAMES),
            "title": _filled,
            "origin": _text,
            "asks": partial(_list, _asks),
        },
        ("path",),
        lambda values, line: DocumentConfig(**values, line=line),
    ),
    "subjects": (
        {"name": _filled, "terms": _names, "days": partial(_list, _number)},
        ("name",),
        lambda values, line: Subject(
            values["name"], values.get("terms", ()), values.get("days", ()), line
        ),
    ),
    "pins": (
        {"question": _filled, "week": _week, "day": _number},
        ("question",),
        lambda values, line: Pin(values["question"], values.get("week"), values.get("day"), line),
    ),
    "links": (
        {"plan": _filled, "questions": _names},
        ("plan", "questions"),
        lambda values, line: Link(values["plan"], values["questions"], line),
    ),
    "apart": (
        {"questions": _names},
        ("questions",),
        lambda values, line: Apart(values["questions"], line),
    ),
    "skip": (
        {"question": _filled},
        ("question",),
        lambda values, line: Skip(values["question"], line),
    ),
    "figures": (
        {
            "kind": partial(_choice, ("cycle",)),
            "source": _filled,
            "list": _number,
            "title": _filled,
            "center": _filled,
        },
        ("kind", "source"),
        lambda values, line: FigureConfig(
            **{key: value for key, value in values.items() if key != "kind"}, line=line
        ),
    ),
}
