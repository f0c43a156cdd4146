"""What a build and a check say in the end, as text or JSON."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from exporter.build import changelist, document_contents, model_json
from exporter.build.read_pack import ReadPack
from exporter.build.request import BuildResult
from exporter.cli.answers import clipped, prompt, spot, week_name
from exporter.ledger import Change
from exporter.model import Tier
from exporter.model.both_ways import REVERSE
from exporter.model.diagnostics import Severity
from exporter.plan import place as curriculum
from exporter.text.columns import table

Json = Mapping[str, Any]
_LIVE = (Change.NEW, Change.UPDATED, Change.REVIVED, Change.UNTOUCHED)


def built(result: BuildResult, out: Path) -> str:
    """The end of a build: notes, pages, problems, where the files are."""
    lines = []
    if result.changes:
        lines.append(f"Edition {result.edition}: {changelist.counted(result.changes)}")
        live = [note for note in result.changes.notes if note.change in _LIVE]
        tiers = Counter(Tier(note.tier.removesuffix(REVERSE)) for note in live)
        cards = f" ({_tiers(tiers)})" if live else ""
        lines.append(f"Notes: {len(live)}{cards}")
        lines += changelist.advice(result.changes)
    pages = [f"{one.name} {one.pages}" for one in result.products if one.pages is not None]
    if pages:
        lines.append(f"Pages: {', '.join(pages)}")
    lines.append(_problems(one.severity for one in result.diagnostics))
    if result.products:
        lines.append(f"Files: {out}/{{{', '.join(one.name for one in result.products)}}}")
    else:
        lines.append(f"Nothing is published: correct the errors; {out} is as it was")
    return "\n".join(lines)


def _tiers(counts: Mapping[Tier, int]) -> str:
    return ", ".join(f"{counts[tier]} {tier}" for tier in Tier if counts[tier])


def _problems(severities: Iterable[Severity]) -> str:
    counts = Counter(severities)
    said = ", ".join(
        f"{counts[one]} {one}{'s' if counts[one] > 1 else ''}" for one in Severity if counts[one]
    )
    return f"Problems: {said or 'none'}"


def checked(study: ReadPack) -> str:
    """What a check found: answers by tier, questions by week, problems, a line a document."""
    tiers = Counter(answer.tier for q in study.pack.questions for answer in q.answers)
    weeks = Counter(week_name(q.placement) for q in study.pack.questions)
    parts = [
        f"Answers: {_tiers(tiers) or 'none'}",
        f"Questions: {', '.join(f'{weeks[name]} {name}' for name in sorted(weeks)) or 'none'}",
        *_doubts(study),
        _problems(one.severity for one in study.diagnostics),
        *document_contents.lines(study.pack),
    ]
    return "\n".join(parts)


def _doubts(study: ReadPack) -> list[str]:
    """The least certain places, each with the one that nearly won."""
    found = curriculum.doubts(study.pack.questions)
    if not found:
        return []
    rows = [
        (f"  {question.key}", clipped(prompt(question)), spot(place), "or " + spot(other))
        for question in found
        if (place := question.placement) and (other := place.runner_up)
    ]
    return ["Least certain places (`studypack explain KEY`; [[pins]] settle them):", table(rows)]


def checked_json(study: ReadPack) -> Json:
    """What a check found, for scripts."""
    value = model_json.model(study.pack, study.diagnostics)
    severities = Counter(one.severity for one in study.diagnostics)
    return {
        "documents": value["documents"],
        "accounting": value["accounting"],
        "questions": len(study.pack.questions),
        "notes": len(study.notes),
        "uncertain": [question.key for question in curriculum.doubts(study.pack.questions)],
        "counts": {severity.value: severities[severity] for severity in Severity},
        "diagnostics": value["diagnostics"],
    }
