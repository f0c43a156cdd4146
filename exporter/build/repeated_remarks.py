"""Remarks that are a document's habit, joined to one that names the lines.

Nobody reads the same sentence forty times, and the one that matters would be lost among them.  What
is said more than three times of one document is said once, at the first of its lines.  Errors are
never joined, and neither is what has to be decided one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from exporter.model import Pack
from exporter.model.diagnostics import Code, Diagnostic, Location, Severity
from exporter.readers.noise import ranges

_MOST = 3
_APART = (Code.NEAR_TIE, Code.NEAR_TWIN, Code.WRONG_OUTPUT, Code.UNSTEADY_OUTPUT)

_Group = tuple[str, Code, Severity]


def joined(found: Sequence[Diagnostic], pack: Pack) -> tuple[Diagnostic, ...]:
    """``found`` with each document's habits as one diagnostic, which stands where the first did."""
    totals = Counter({document.path: 0 for document in pack.documents})
    totals.update(question.location.path for question in pack.questions)
    groups: Mapping[_Group, list[Diagnostic]] = defaultdict(list)
    for one in found:
        if one.location and one.location.path in totals and _joins(one):
            groups[_group(one, one.location)].append(one)
    return tuple(_said(found, groups, totals))


def _joins(one: Diagnostic) -> bool:
    return one.severity is not Severity.ERROR and one.code not in _APART


def _group(one: Diagnostic, place: Location) -> _Group:
    return place.path, one.code, one.severity


def _said(
    found: Sequence[Diagnostic],
    groups: Mapping[_Group, Sequence[Diagnostic]],
    totals: Mapping[str, int],
) -> Iterator[Diagnostic]:
    done: set[_Group] = set()
    for one in found:
        name = _group(one, one.location) if one.location else None
        group = groups.get(name) if name else None
        if name is None or group is None:
            yield one
        elif name not in done:
            habit = _habit(group, totals[name[0]])
            done |= {name} if habit else set()
            yield habit or one


def _habit(group: Sequence[Diagnostic], questions: int) -> Diagnostic | None:
    """The one diagnostic that stands for ``group``; None where they are few."""
    lines = sorted({one.location.first for one in group if one.location})
    first = min(group, key=lambda one: one.location or Location("", 0, 0))
    most = first.code is Code.NO_ANSWER and len(group) > 1 and len(group) * 2 >= questions
    if most:
        share = f"{len(group)} of {questions} questions have no answer"
        if len(group) == questions:
            share = f"none of the {questions} questions has an answer"
        message = (
            f"{share}: no card is made of them, and sheets leave room to write "
            f"(lines {ranges(lines)})"
        )
        return replace(first, message=message)
    if len(group) <= _MOST:
        return None
    others = f"{len(group) - 1} more like it"
    rest = f": lines {ranges(lines[1:])}" if len(lines) > 1 else " on this line"
    return replace(first, message=f"{first.message} (and {others}{rest})")
