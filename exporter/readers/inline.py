"""What a line says without the tags and links it is written with."""

import re
from collections.abc import Callable

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
_CODE_SPAN = re.compile(r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)")


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """``text`` with everything but its code spans changed."""
    if "`" not in text:
        return change(text)
    parts, at = [], 0
    for match in _CODE_SPAN.finditer(text):
        parts += [change(text[at : match.start()]), match[0]]
        at = match.end()
    return "".join((*parts, change(text[at:])))


def plain(text: str) -> str:
    """``text`` without tags and links, as a person reads it; emphasis and code stay."""
    if "<" in text:
        text = outside_code(text, lambda part: TAGS.sub("", _ANCHOR.sub("", part)))
    if "](" in text:
        text = _LINK.sub(lambda match: match["text"], TOP_LINK.sub("", text))
    return text.strip()
