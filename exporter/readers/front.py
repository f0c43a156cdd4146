"""What a document's front matter says of it: YAML or TOML between lines of dashes.

Only single keys with words or lists of words are looked for, which needs no parser of YAML.
"""

import re
from collections.abc import Iterator

from exporter.model import Source
from exporter.readers.card import names
from exporter.readers.scan import front_matter

_KEY = re.compile(r"(?P<key>[\w -]+?)\s*[:=]\s*(?P<value>.*)$")


def title(source: Source) -> str | None:
    """The document's title, or the name of its deck."""
    found = {key: values for key, values in _said(source) if key in ("title", "name")}
    values = found.get("title") or found.get("name")
    return values[0] if values and len(values) == 1 else None


def tags(source: Source) -> tuple[str, ...]:
    """The document's tags as Anki writes them, without those that only say that it is a deck."""
    found: list[str] = []
    for key, values in _said(source):
        if key in ("tag", "tags"):
            several = len(values) > 1
            found += map(_hyphened, values) if several else re.split(r"[\s,]+", "".join(values))
    return tuple(dict.fromkeys(names(found)))


def _hyphened(name: str) -> str:
    """A tag of several words, which Anki would take for several."""
    return "-".join(name.split())


def _said(source: Source) -> Iterator[tuple[str, list[str]]]:
    """The keys at the margin with their values; a title is one value, whatever its commas."""
    key, values = "", list[str]()
    for line in source.lines[1 : max(1, front_matter(source.lines) - 1)]:
        match = _KEY.match(line)
        if match and not line[:1].isspace():
            if key:
                yield key, values
            key, value = match["key"].strip().casefold(), match["value"].strip()
            listed = value.startswith("[")
            values = (
                [_bare(part) for part in value.strip("[]").split(",")] if listed else [_bare(value)]
            )
        elif key and line.strip().startswith("- "):
            values.append(_bare(line.strip()[2:]))
        values = [value for value in values if value]
    if key:
        yield key, values


def _bare(value: str) -> str:
    return value.strip().strip("\"'").strip()
