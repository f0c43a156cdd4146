"""How much a remark matters to this author: levels in pack.toml, silences in the documents."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from exporter.model import Document
from exporter.model.diagnostics import Code, Diagnostic, Report, Severity

_OFF = "off"
_LINT = "L"


def settled(
    found: Sequence[Diagnostic],
    levels: Mapping[str, str],
    documents: Sequence[Document],
    *,
    idle: bool = False,
) -> tuple[Diagnostic, ...]:
    """``found`` without what is off or silenced, the rest at the level that ``levels`` gives it.

    With ``idle`` also a remark on each silence of a lint code (or of none) that has nothing to
    silence; ``found`` must then hold all that lint has to say.  An error is never silenced: it
    would harm learners.
    """
    silent = {
        (document.path, silence.line, code)
        for document in documents
        for silence in document.silences
        for code in silence.codes
    }
    kept = [one for one in found if not _silenced(one, silent)]
    remarks = [*kept, *(_idle(found, documents) if idle else ())]
    return tuple(_weighed(one, levels) for one in remarks if levels.get(one.code.code) != _OFF)


def weighing(report: Report, levels: Mapping[str, str], documents: Sequence[Document]) -> Report:
    """A report that passes on what ``settled`` would keep, one by one."""

    def weighed(one: Diagnostic) -> None:
        for kept in settled((one,), levels, documents):
            report(kept)

    return weighed


def _weighed(one: Diagnostic, levels: Mapping[str, str]) -> Diagnostic:
    level = levels.get(one.code.code)
    return replace(one, level=Severity(level)) if level else one


def _silenced(one: Diagnostic, silent: Set[tuple[str, int, str]]) -> bool:
    place = one.location
    if place is None or one.code.severity is Severity.ERROR:
        return False
    return (place.path, place.first, one.code.code) in silent


def _idle(found: Sequence[Diagnostic], documents: Sequence[Document]) -> Iterator[Diagnostic]:
    said = {(one.location.path, one.location.first, one.code.code) for one in found if one.location}
    known = {code.code for code in Code}
    for document in documents:
        for silence in document.silences:
            for code in silence.codes:
                judged = code.startswith(_LINT) or code not in known
                if judged and (document.path, silence.line, code) not in said:
                    message = f"{code} says nothing of line {silence.line}: take the comment away"
                    yield Diagnostic(silence.location, Code.IDLE_SILENCE, message)
