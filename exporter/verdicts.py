"""Verdicts: what came of running the puzzles, kept beside the documents for every build.

``verdicts.jsonl`` holds a head line, then one puzzle a line, sorted by key, so that merges stay
local.  A line carries a digest of the code and the stated output it judged: an edited puzzle has no
verdict until it runs again.  Only ``studypack verify`` runs anything; a build reads this file.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from exporter import agreement, finding, fingerprint
from exporter.diagnostics import Code, Diagnostic, Location, Report
from exporter.model import Key, Kind, Pack, Question, Tier, Verdict

NAME = "verdicts.jsonl"
FORMAT = "studypack-verdicts"
VERSION = 1
_STATUSES = ("agrees", "differs", "varies")
T = TypeVar("T")
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: whose verdict it is, and a digest of what was judged."""

    key: Key
    digest: str
    verdict: Verdict


class _Unreadable(Exception):
    """A line that can't be read; says why and what to do."""


def digest(question: Question) -> str:
    """A digest (hexadecimal) of a puzzle's code and of all that its author says it prints."""
    claimed = agreement.claim(question)
    stated = [claimed.texts, claimed.fixed] if claimed else None
    return fingerprint.of(question.code, stated)[:32]


def dumps(entries: Iterable[Entry]) -> bytes:
    """The file: UTF-8, one JSON object a line."""
    rows: list[Mapping[str, Any]] = [{"format": FORMAT, "version": VERSION}]
    rows += (_row(entry) for entry in sorted(entries, key=lambda entry: entry.key))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(
        "utf-8", "replace"
    )


def _row(entry: Entry) -> Mapping[str, Any]:
    verdict = entry.verdict
    return {
        "key": entry.key,
        "digest": entry.digest,
        "status": verdict.status,
        "runtime": verdict.runtime,
        "printed": verdict.printed,
    }


def load(folder: Path, report: Report) -> tuple[Entry, ...]:
    """The verdicts kept in ``folder``, sorted by key; a line that can't be read is an error."""
    try:
        raw = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return ()
    lines = list(enumerate(raw.decode("utf-8", "replace").split("\n"), 1))
    filled = [(number, line) for number, line in lines if line.strip()] or [(1, "")]
    if not _read(filled[0], _check_head, report):
        return ()
    entries: dict[Key, Entry] = {}
    for number, line in filled[1:]:
        if entry := _read((number, line), _entry, report):
            if entry.key in entries:
                message = f"{entry.key} stands twice: delete both lines and run `studypack verify`"
                _refuse(report, number, message)
            entries[entry.key] = entry
    return tuple(entries[key] for key in sorted(entries))


def _read(line: tuple[int, str], make: Callable[[str], T], report: Report) -> T | None:
    try:
        return make(line[1])
    except _Unreadable as unreadable:
        _refuse(report, line[0], str(unreadable))
        return None


def _refuse(report: Report, number: int, message: str) -> None:
    report(Diagnostic(Location(NAME, number, number), Code.INVALID_VERDICTS, message))


def _parsed(line: str) -> Mapping[str, Any]:
    if line.startswith(_MARKS):
        message = "a conflict mark: keep one line of each puzzle and run `studypack verify`"
        raise _Unreadable(message)
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise _Unreadable("no verdict (cut off?): delete the line and run `studypack verify`")
    return row


def _check_head(line: str) -> Mapping[str, Any]:
    row = _parsed(line)
    if row.get("format") != FORMAT or not isinstance(row.get("version"), int):
        message = f"not a {FORMAT} file: restore it, or delete it and run `studypack verify`"
        raise _Unreadable(message)
    if row["version"] > VERSION:
        message = f"version {row['version']}, this studypack writes {VERSION}: update studypack"
        raise _Unreadable(message)
    return row


def _entry(line: str) -> Entry:
    row = _parsed(line)
    key, judged, status = row.get("key"), row.get("digest"), row.get("status")
    runtime, printed = row.get("runtime"), row.get("printed")
    texts = tuple(printed) if isinstance(printed, list) else ()
    sound = texts and all(isinstance(one, str) for one in (key, judged, runtime, *texts))
    if not sound or status not in _STATUSES:
        raise _Unreadable("an invalid verdict: delete the line and run `studypack verify`")
    return Entry(Key(str(key)), str(judged), Verdict(status, str(runtime), texts))


def judge(pack: Pack, entries: Iterable[Entry], report: Report) -> Pack:
    """``pack`` with the verdicts of puzzles that were not edited since; wrong ones are reported."""
    kept = {(entry.key, entry.digest): entry.verdict for entry in entries}
    if not kept:
        return pack

    def judged(question: Question) -> Question:
        if question.kind is not Kind.OUTPUT or not question.code:
            return question
        verdict = kept.get((question.key, digest(question)))
        if verdict:
            _warn(question, verdict, report)
        return replace(question, verdict=verdict)

    return replace(pack, questions=tuple(judged(question) for question in pack.questions))


def _warn(question: Question, verdict: Verdict, report: Report) -> None:
    claimed, place = agreement.claim(question), stated_at(question)
    if claimed is None or verdict.status == "agrees":
        return
    shown = " or ".join(f'"{agreement.folded(text)}"' for text in verdict.printed)
    stated = " or ".join(f'"{agreement.folded(text)}"' for text in claimed.texts)
    name = f"{question.key}: {finding.major(verdict.runtime)}"
    if verdict.status == "differs":
        message = f"{name} prints {shown}, not {stated}: correct the output or the code"
        report(Diagnostic(place, Code.WRONG_OUTPUT, message))
    elif claimed.fixed:
        message = f"{name} prints now {shown}: say that the output is not fixed"
        report(Diagnostic(place, Code.UNSTEADY_OUTPUT, message))


def stated_at(question: Question) -> Location:
    """Where the author states the output; the question's own place where that is nowhere."""
    outputs = (a.output for a in question.answers if a.tier is Tier.OUTPUT and a.output)
    return next((one.location for one in outputs), question.location)
