"""What authors write in braces behind a prompt: ``{#id week=2 day=11}``."""

import re

from exporter.model import Attributes, Week

_ATTRIBUTES = re.compile(
    r"\s*\{((?:\s*(?:#[\w.:-]+|week=(?:\d{1,4}|beyond)|day=\d{1,4}))+)\s*\}\s*$"
)


def attributes(text: str) -> tuple[str, Attributes]:
    """``text`` without an author's trailing ``{#id week=2 day=11}``, and what it says."""
    match = _ATTRIBUTES.search(text)
    if not match:
        return text, Attributes()
    id_: str | None = None
    week: str | None = None
    day: int | None = None
    for word in match[1].split():
        name, _, value = word.partition("=")
        if word.startswith("#"):
            id_ = word[1:]
        elif name == "week":
            week = value
        else:
            day = int(value)
    place: Week = "beyond" if week == "beyond" else int(week) if week else None
    return text[: match.start()], Attributes(id_, place, day)
