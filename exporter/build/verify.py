"""Runs a pack's code puzzles with the real Node.js and keeps what came of it.

A puzzle is run several times, one after the other: two at once would disturb each other's timers.
What was seen once stays seen while puzzle and runtime are the same, so that a puzzle of chance does
not get another verdict, and its card another text, with every run of this command.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter.build import pipeline
from exporter.build.request import Progress, silent
from exporter.check import node, verdicts
from exporter.check.node import Run, Runtime
from exporter.check.verdicts import Entry
from exporter.model import Key, Kind, Question, Verdict
from exporter.model.diagnostics import Diagnostic, Stop
from exporter.system import atomic, scratch
from exporter.text import stated_output
from exporter.text.stated_output import Claim

RUNS = 5
_LANGUAGES = ("js", "javascript", "node", "nodejs", "cjs")
_PRINTS = re.compile(r"\bconsole\.\w+\s*\(|\bprocess\.stdout\.write\s*\(")
_MODULE = re.compile(
    r"SyntaxError: (?:Cannot use import statement|Unexpected token 'export'|await is only valid"
    r"|Cannot use 'import\.meta')"
)
_MISSING = re.compile(r"Cannot find (?:module|package) '([^']+)'")
_BROWSER = re.compile(
    r"ReferenceError: (?:window|document|alert|prompt|confirm|localStorage|sessionStorage|location"
    r"|requestAnimationFrame|XMLHttpRequest|HTMLElement|self) is not defined"
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A puzzle and what came of running it: its verdict, or the trouble in words."""

    question: Question
    claim: Claim
    verdict: Verdict | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """Every puzzle that was tried, in source order, and those that could not be.

    ``offline`` says whether the puzzles were cut off from the network.
    """

    runtime: Runtime
    offline: bool
    tried: tuple[Tried, ...]
    skipped: tuple[tuple[Question, str], ...]
    diagnostics: tuple[Diagnostic, ...]


def verify(
    folder: Path, wanted: str | None = None, runs: int = RUNS, progress: Progress = silent
) -> Verified:
    """Runs every puzzle ``runs`` times and writes the verdicts beside the documents.

    ``wanted`` is a Node.js other than that on the path.  Stop where there is none (exit code 3),
    where ``folder`` is no pack (2) and where its content has errors (1): nothing is run then.
    """
    runtime = node.find(wanted)
    study = pipeline.read(folder, progress)
    if study.errors:
        return Verified(runtime, node.offline(), (), (), study.diagnostics)
    puzzles, skipped = _sorted(study.pack.questions)
    tried = []
    scratch.sweep()
    for number, (question, claim) in enumerate(puzzles, 1):
        progress(f"Running {question.key} ({number} of {len(puzzles)})")
        tried.append(_tried(runtime, question, claim, runs))
    settled = _save(folder, study.pack.questions, tried)
    return Verified(runtime, node.offline(), settled, skipped, ())


def _sorted(
    questions: Iterable[Question],
) -> tuple[list[tuple[Question, Claim]], tuple[tuple[Question, str], ...]]:
    """The puzzles that Node.js can judge, and the others with the reason."""
    puzzles, skipped = [], []
    for question in questions:
        if question.kind is not Kind.OUTPUT or not question.code:
            continue
        if not _is_javascript(question):
            skipped.append((question, "is not JavaScript"))
        elif claim := stated_output.claim(question):
            puzzles.append((question, claim))
        else:
            skipped.append((question, "says nowhere what it prints"))
    return puzzles, tuple(skipped)


def _is_javascript(question: Question) -> bool:
    if question.language:
        return question.language.casefold() in _LANGUAGES
    return bool(_PRINTS.search(question.code or ""))


def _tried(runtime: Runtime, question: Question, claim: Claim, runs: int) -> Tried:
    seen: dict[str, str] = {}
    for _ in range(runs):
        ran = node.run(runtime, question.code or "")
        if trouble := _trouble(ran, claim):
            return Tried(question, claim, trouble=trouble)
        seen.setdefault(stated_output.folded(ran.printed), ran.printed)
    return Tried(question, claim, _verdict(claim, runtime.name, seen.values()))


def _verdict(claim: Claim, runtime: str, printed: Iterable[str]) -> Verdict:
    texts = tuple(sorted(printed))
    return Verdict(stated_output.status(claim, texts), runtime, texts)


def _trouble(ran: Run, claim: Claim) -> str | None:
    """Why a run proves nothing: code that needs what is not here is no wrong answer."""
    if ran.trouble or ran.thrown is None:
        return ran.trouble
    name = ran.thrown.partition(":")[0].strip()
    if any(name in text for text in claim.texts):  # the error is what the author asks for
        return None
    if missing := _MISSING.search(ran.thrown):
        return f"needs {missing[1]}, which is not installed"
    if _MODULE.search(ran.thrown):
        return "is an ES module; puzzles run as .cjs files"
    if _BROWSER.search(ran.thrown):
        return "is written for a browser"
    return f"is no whole program: {ran.thrown}" if name == "SyntaxError" else None


def _save(folder: Path, questions: Sequence[Question], tried: Sequence[Tried]) -> tuple[Tried, ...]:
    """Joins the new verdicts with those that still hold, and publishes all of them.

    The file is read again, as it may have changed while the puzzles ran.
    """
    with atomic.alone(folder):
        found: list[Diagnostic] = []
        entries = verdicts.load(folder, found.append)
        if found:
            raise Stop("; ".join(str(one) for one in found), 1)
        known = {(entry.key, entry.digest): entry.verdict for entry in entries}
        settled = tuple(_settled(one, known.get(_name(one.question))) for one in tried)
        judged = {_name(one.question): one.verdict for one in settled}
        kept = []
        for question in questions:
            verdict = judged.get(_name(question)) or known.get(_name(question))
            if verdict and question.code:
                kept.append(Entry(*_name(question), verdict))
        raw = verdicts.dumps(kept)
        if kept or entries:
            atomic.replace(folder, verdicts.NAME, raw)
    return settled


def _name(question: Question) -> tuple[Key, str]:
    return (question.key, verdicts.digest(question))


def _settled(one: Tried, before: Verdict | None) -> Tried:
    """``one`` with what was seen earlier; where outputs vary, more of them say nothing new."""
    if one.verdict is None or before is None or before.runtime != one.verdict.runtime:
        return one
    if before.status == "varies":
        return Tried(one.question, one.claim, before)
    seen = {stated_output.folded(text): text for text in (*before.printed, *one.verdict.printed)}
    return Tried(one.question, one.claim, _verdict(one.claim, before.runtime, seen.values()))


def report(verified: Verified) -> str:
    """What a person wants to know: every puzzle that does not agree, with both outputs, and how
    many there are of each kind."""
    lines = [text for one in verified.tried for text in _told(one)]
    lines += [f"{q.location}: {q.key} was not run: it {why}" for q, why in verified.skipped]
    counts = Counter(one.verdict.status for one in verified.tried if one.verdict)
    said = ", ".join(f"{status} {number}" for status, number in sorted(counts.items()))
    untried = len(verified.skipped) + sum(one.verdict is None for one in verified.tried)
    total = len(verified.tried) + len(verified.skipped)
    rest = f", not judged {untried}" if untried else ""
    lines.append(f"{verified.runtime.name}, {total} puzzles: {said or 'no verdict'}{rest}")
    return "\n".join(lines)


def _told(one: Tried) -> Iterator[str]:
    place = f"{verdicts.stated_at(one.question)}: {one.question.key}"
    if one.verdict is None:
        yield f"{place} is not judged: it {one.trouble}"
    elif one.verdict.status != "agrees":
        yield f"{place} {one.verdict.status}{_whether_said(one)}"
        yield f"    stated   {_or(one.claim.texts)}"
        yield f"    printed  {_or(one.verdict.printed)}"


def _whether_said(one: Tried) -> str:
    if one.verdict is None or one.verdict.status == "differs":
        return ""
    return ", which is not stated" if one.claim.fixed else ", as stated"


def _or(texts: Iterable[str]) -> str:
    return " | ".join(stated_output.folded(text) or "(nothing)" for text in texts)
