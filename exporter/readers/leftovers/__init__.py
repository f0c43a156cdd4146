"""What a document holds that was never meant for a learner: comments, and the rests of a chat.

Whole paragraphs only, so that no sentence of an answer is ever cut out of its place.  What is
plain chat is marked SKIPPED and said; what may be either is taken aside as a Reading with a
warning, but only at the edge of a passage: a doubtful paragraph in the middle of an answer belongs
to the answer.  What an answer begins with is never taken, whatever it says (``answers``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Reading, ReadingKind
from exporter.readers.leftovers.answers import answers, nearest
from exporter.readers.leftovers.chat import Verdict, judged
from exporter.readers.scan import LISTED, Line, LineKind, location, markdown, titles_above

_INDENT = 4  # columns from which a line belongs to what stands above it


def mark(
    path: str, lines: Sequence[Line], report: Report
) -> tuple[tuple[Line, ...], tuple[Reading, ...]]:
    """``lines`` with chat marked SKIPPED and doubtful paragraphs KEPT_ASIDE, and the latter as
    Readings (advice), in order.  Comments are SKIPPED by the scanner and reported here."""
    _report_comments(path, lines, report)
    marked = list(lines)
    unsure: list[tuple[int, int]] = []
    for first, last in _paragraphs(lines):
        verdict = judged("\n".join(line.raw for line in lines[first:last]))
        if verdict is not Verdict.CONTENT and answers(marked, first, last):
            continue
        if verdict is Verdict.PRESENTS:
            verdict = Verdict.CHAT if _opens(marked, first) else Verdict.LOOSE
        if verdict is Verdict.LOOSE:
            unsure.append((first, last))
        elif verdict is not Verdict.CONTENT:
            run = lines[first : _list_end(lines, last) if verdict is Verdict.OFFER else last]
            _report_chat(path, run, report)
            _skip(marked, run, LineKind.SKIPPED)
    doubtful: list[Reading] = []
    for first, last in unsure:
        if _at_edge(marked, first, last):
            run = lines[first:last]
            doubtful.append(_aside(path, lines, run, report))
            _skip(marked, run, LineKind.KEPT_ASIDE)
    return tuple(marked), tuple(doubtful)


def _skip(lines: list[Line], run: Sequence[Line], kind: LineKind) -> None:
    """Mark the lines of ``run`` as ``kind``; blank ones stay."""
    for line in run:
        if line.kind is not LineKind.BLANK:
            lines[line.number - 1] = replace(line, kind=kind)


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Index ranges of paragraphs of plain text that continue nothing above them."""
    start: int | None = None
    before = LineKind.BLANK
    for index, line in enumerate(lines):
        if line.kind is not LineKind.TEXT:
            if start is not None:
                yield start, index
            start = None
        elif start is None and _begins(before, line):
            start = index
        before = line.kind if line.kind is not LineKind.TEXT or start is not None else before
    if start is not None:
        yield start, len(lines)


def _begins(before: LineKind, line: Line) -> bool:
    """Whether a line of text is the first of a paragraph; a line directly below a bullet or a
    quotation goes on with it."""
    return before not in (*LISTED, LineKind.QUOTE) and line.indent < _INDENT


def _list_end(lines: Sequence[Line], index: int) -> int:
    """The index behind the list that follows a paragraph, or ``index`` where none does."""
    end, at = index, index
    while at < len(lines):
        line = lines[at]
        belongs = line.kind is LineKind.TEXT and (line.indent > 0 or end == at) and end > index
        if line.kind in LISTED or belongs:
            end = at + 1
        elif not line.empty:
            break
        at += 1
    return end


def _opens(lines: Sequence[Line], first: int) -> bool:
    """Whether a message could begin here: after a rule, or with nothing but headings above."""
    before = nearest(lines, first, -1)
    if before is None or before.kind is LineKind.RULE:
        return True
    if before.kind is not LineKind.HEADING:
        return False
    above = (line for line in lines[:first] if not line.empty)
    return all(line.kind in (LineKind.HEADING, LineKind.RULE) for line in above)


def _at_edge(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a heading, a rule or the document's end stands on one side of the paragraph."""
    edges = (LineKind.HEADING, LineKind.RULE)
    before, after = nearest(lines, first, -1), nearest(lines, last, 1)
    if before is None or after is None:
        return True
    return before.kind in edges or after.kind in edges


def _aside(path: str, lines: Sequence[Line], run: Sequence[Line], report: Report) -> Reading:
    place = location(path, run)
    message = (
        f'may be a left-over of a chat: "{_beginning(run)}": kept as a reading; delete or reword it'
    )
    report(Diagnostic(place, Code.CHAT_DOUBTFUL, message))
    section = titles_above(lines, place.first)
    return Reading(ReadingKind.ADVICE, None, markdown(run), place, section)


def _report_chat(path: str, run: Sequence[Line], report: Report) -> None:
    message = f'left out, it speaks to a chat partner: "{_beginning(run)}"'
    report(Diagnostic(location(path, run), Code.CHAT_LEFT_OUT, message))


def _beginning(run: Sequence[Line]) -> str:
    text = run[0].text
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _report_comments(path: str, lines: Sequence[Line], report: Report) -> None:
    for run in _comments(lines):
        many = f"{len(run)} lines" if len(run) > 1 else "one line"
        message = f"a comment of {many} is left out; take its marks off to print it"
        report(Diagnostic(location(path, run), Code.COMMENT_LEFT_OUT, message))


def _comments(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of comment lines; blank lines within a comment belong to it."""
    runs: list[list[Line]] = []
    inside = False
    for line in lines:
        if line.marker != "<!--":
            inside = False
        elif inside:
            runs[-1].append(line)
        else:
            runs.append([line])
            inside = True
    return runs
