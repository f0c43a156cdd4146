"""Verdicts: what came of running the puzzles, kept beside the documents for every build.

``verdicts.jsonl`` holds a head line, then one puzzle a line, sorted by key, so that merges stay
local.  A line carries a digest of the code and the stated output it judged: an edited puzzle has no
verdict until it runs again.  Only ``studypack verify`` runs anything; a build reads this file.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from exporter.model import Key, Kind, Pack, Question, Tier, Verdict
from exporter.model.diagnostics import Code, Diagnostic, Location, Report
from exporter.system import fingerprint, jsonlines
from exporter.system.jsonlines import Form, Version
from exporter.system.records import Must
from exporter.text import stated_output, verdict_sentence

NAME = "verdicts.jsonl"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: whose verdict it is, and a digest of what was judged."""

    key: Key
    digest: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line."""

    format: Literal["studypack-verdicts"]
    version: Version


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry as a line holds it."""

    key: str
    digest: str
    status: Literal["agrees", "differs", "varies"]
    runtime: str
    printed: Annotated[tuple[str, ...], Must("a list of at least one text", bool)]


_FORM = Form(
    name=NAME,
    version=VERSION,
    head=_Head,
    row=_Row,
    code=Code.INVALID_VERDICTS,
    merge="keep one line of each puzzle and run `studypack verify`",
    remedy="delete it and run `studypack verify`",
)


def digest(question: Question) -> str:
    """A digest (hexadecimal) of a puzzle's code and of all that its author says it prints."""
    claimed = stated_output.claim(question)
    stated = [claimed.texts, claimed.fixed] if claimed else None
    return fingerprint.digest(question.code, stated)[:32]


def dumps(entries: Iterable[Entry]) -> bytes:
    """The file: UTF-8, one JSON object a line."""
    ordered = sorted(entries, key=lambda entry: entry.key)
    rows = [asdict(_Head("studypack-verdicts", VERSION)), *(asdict(_row(one)) for one in ordered)]
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _row(entry: Entry) -> _Row:
    verdict = entry.verdict
    return _Row(entry.key, entry.digest, verdict.status, verdict.runtime, verdict.printed)


def load(folder: Path, report: Report) -> tuple[Entry, ...]:
    """The verdicts kept in ``folder``, sorted by key; a line that can't be read is an error."""
    raw = jsonlines.read(folder, _FORM, report)
    found = jsonlines.load(raw, _FORM, report) if raw is not None else None
    entries: dict[str, Entry] = {}
    for number, row in found[1] if found else ():
        if row.key in entries:
            message = f"{row.key} stands twice: delete both lines and run `studypack verify`"
            _FORM.refuse(report, number, message)
        verdict = Verdict(row.status, row.runtime, row.printed)
        entries[row.key] = Entry(Key(row.key), row.digest, verdict)
    return tuple(entries[key] for key in sorted(entries))


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
    claimed, place = stated_output.claim(question), stated_at(question)
    if claimed is None or verdict.status == "agrees":
        return
    shown = " or ".join(f'"{stated_output.folded(text)}"' for text in verdict.printed)
    stated = " or ".join(f'"{stated_output.folded(text)}"' for text in claimed.texts)
    name = f"{question.key}: {verdict_sentence.major(verdict.runtime)}"
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
