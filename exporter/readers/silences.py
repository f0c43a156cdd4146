"""Comments by which an author silences a diagnostic about the next line."""

import re
from collections.abc import Sequence

from exporter.model import Silence
from exporter.readers.scan import Line, location

_SILENCE = re.compile(r"<!--\s*studypack:\s*off\s+(?P<codes>[^>]*?)\s*-->", re.IGNORECASE)


def silences(path: str, lines: Sequence[Line]) -> tuple[Silence, ...]:
    """Every ``<!-- studypack: off L203 -->`` that stands on a line of its own, with the line that
    it is about: the next one that is neither blank nor a comment.  Codes are parted by blanks or
    commas; a silence at a document's end is about its own line, where nothing is ever said."""
    found = []
    for at, line in enumerate(lines):
        match = _SILENCE.fullmatch(line.raw.strip()) if line.marker == "<!--" else None
        if match:
            codes = tuple(match["codes"].replace(",", " ").upper().split())
            about = next((one.number for one in lines[at:] if not one.empty), line.number)
            found.append(Silence(about, codes, location(path, [line])))
    return tuple(found)
