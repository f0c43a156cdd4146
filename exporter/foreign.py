"""Files beside the documents that people study from and that are not read, with the way to make
documents of them.

Reading them was turned down: each is a format of its own, and a converter that people have loses
less than we would.
"""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from exporter import packfile

CONVERTED = (
    *(".docx", ".odt", ".rtf", ".epub", ".html", ".htm", ".tex"),
    *(".org", ".rst", ".ipynb", ".textile", ".mediawiki", ".opml"),
)
"""Endings of the names of files that pandoc makes Markdown of."""
_PANDOC = "pandoc -t gfm -o {made} {name}"
_REMEDIES: Mapping[str, str] = {
    ".pdf": "pdftotext -layout {name} {text}",
    ".mdx": "mv {name} {made}",
} | dict.fromkeys(CONVERTED, _PANDOC)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file that is not read, and the command that makes a document of it."""

    name: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.name} can't be read: make a document of it, as by `{self.remedy}`"


def beside(folder: Path) -> tuple[Foreign, ...]:
    """The files in ``folder`` and below of formats that are not read, sorted; but those whose
    document lies there already."""
    names = [name for name in packfile.below(folder) if name.isprintable()]
    return tuple(_foreign(name) for name in sorted(_unread(names)))


def _unread(names: Sequence[str]) -> Iterator[str]:
    documents = {
        PurePath(name).with_suffix("") for name in names if name.lower().endswith(packfile.SUFFIXES)
    }
    for name in names:
        path = PurePath(name)
        read = path.suffix.lower() in packfile.SUFFIXES
        if path.suffix.lower() in _REMEDIES and not read and path.with_suffix("") not in documents:
            yield name


def _foreign(name: str) -> Foreign:
    stem = str(PurePath(name).with_suffix(""))
    remedy = _REMEDIES[PurePath(name).suffix.lower()].format(
        name=shlex.quote(name), made=shlex.quote(f"{stem}.md"), text=shlex.quote(f"{stem}.txt")
    )
    return Foreign(name, remedy)
