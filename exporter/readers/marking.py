"""The lines of a document with all that is not to be read marked as such: marks of a merge, what is
for a web page only, left-overs of a chat."""

from exporter.model import Reading, Source
from exporter.model.diagnostics import Report
from exporter.readers import leftovers, merges, noise
from exporter.readers.scan import Line, scan


def marked(source: Source, report: Report) -> tuple[tuple[Line, ...], tuple[Reading, ...]]:
    """The lines, and doubtful left-overs, which stand in the model as readings of their own."""
    lines = merges.mark(source.path, scan(source), report)
    lines = noise.mark(source.path, lines, report)
    kept, doubtful = leftovers.mark(source.path, lines, report)
    return tuple(kept), tuple(doubtful)
