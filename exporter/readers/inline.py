"""What a line says without the tags and links it is written with, and without what its author
writes in braces behind a prompt: ``{#id week=2 day=11}``, ``{skip}``.
"""

import re

from exporter.model import Attributes, Week
from exporter.text.markup import outside_code

TAGS = re.compile(
    r"</?(?:details|summary|p|div|br|b|i|em|strong|center|hr|h[1-6]|span|font|section|sub|sup|u"
    r"|code|kbd|blockquote|ul|ol|li|small|big|a|img|picture|source)\b[^<>]*>",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"<a\s+(?:name|id|href|class)\s*=[^<>]*>\s*</a>", re.IGNORECASE)
_LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)?)\]\(#?[^()\s]*(?:\s[^()]*)?\)"
)
TOP_LINK = re.compile(r"\[+[↑⬆↥▲🔝\ufe0f]+\]+\(#?[^()\s]*\)")


def plain(text: str) -> str:
    """``text`` without tags and links, as a person reads it; emphasis and code stay."""
    if "<" in text:
        text = outside_code(text, lambda part: TAGS.sub("", _ANCHOR.sub("", part)))
    if "](" in text:
        text = _LINK.sub(lambda match: match["text"], TOP_LINK.sub("", text))
    return text.strip()


_BRACES = r"\{((?:\s*(?:#[\w.:-]+|week=(?:\d{1,4}|beyond)|day=\d{1,4}|skip))+)\s*\}"
_LAST = re.compile(rf"{_BRACES}\s*$")
_FIRST = re.compile(rf"\s*{_BRACES}")
_ANYWHERE = re.compile(rf"[ \t]?{_BRACES}")


def attributes(text: str) -> tuple[str, Attributes]:
    """``text`` without an author's trailing ``{#id week=2 day=11}``, and what it says."""
    match = _LAST.search(text) if "{" in text else None
    return (text[: match.start()].rstrip(), _said(match[1])) if match else (text, Attributes())


def leading(text: str) -> tuple[str, Attributes]:
    """What follows a prompt on its line, without braces before it, and what they say."""
    match = _FIRST.match(text)
    return (text[match.end() :], _said(match[1])) if match else (text, Attributes())


def unbraced(text: str) -> str:
    """``text`` without an author's braces, wherever on the line they stand."""
    return _ANYWHERE.sub("", text) if "{" in text else text


def _said(inner: str) -> Attributes:
    id_: str | None = None
    week: str | None = None
    day: int | None = None
    for word in inner.split():
        name, _, value = word.partition("=")
        if word.startswith("#"):
            id_ = word[1:]
        elif name == "week":
            week = value
        elif name == "day":
            day = int(value)
    place: Week = "beyond" if week == "beyond" else int(week) if week else None
    return Attributes(id_, place, day, skip="skip" in inner.split())
