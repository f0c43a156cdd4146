"""The editions of a pack in words and as JSON: what each changed for learners."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from exporter.ledger import Change, NoteChange, Past

_SAID = (
    (Change.NEW, "New"),
    (Change.UPDATED, "Changed"),
    (Change.REVIVED, "Back again"),
    (Change.RETIRED, "Gone (import the farewell package to have them marked)"),
    (Change.MOVED, "In another week"),
)
_MOST = 40  # questions that are named


def text(found: Sequence[Past]) -> str:
    """All editions, newest first."""
    if not found:
        return "No edition yet: a build makes the first."
    return "\n\n".join("\n".join(_lines(one)) for one in found)


def _lines(past: Past) -> Iterator[str]:
    when = f", {datetime.fromtimestamp(past.modified, UTC):%Y-%m-%d}" if past.modified else ""
    yield f"Edition {past.number}{when}"
    if not past.whole:
        yield "(only what no later edition changed again is known: its ledger is not in git)"
    if not past.notes:
        yield "How cards look; no text."
    for change, said in _SAID:
        prompts = _prompts(past.notes, change)
        if not prompts:
            continue
        yield f"{said}: {len(prompts)} question{'s' if len(prompts) > 1 else ''}"
        for key, prompt in list(prompts.items())[:_MOST]:
            yield f"- {textwrap.shorten(prompt, 80, placeholder=' …')} ({key})"
        if len(prompts) > _MOST:
            yield f"- and {len(prompts) - _MOST} more"


def _prompts(notes: Iterable[NoteChange], change: Change) -> Mapping[str, str]:
    """Each question once, by its key."""
    return {one.key: one.prompt for one in notes if one.change is change}


def as_json(found: Sequence[Past]) -> list[dict[str, Any]]:
    """The same for scripts."""
    return [
        {
            "edition": one.number,
            "modified": one.modified,
            "whole": one.whole,
            "changes": [
                {"change": note.change, "key": note.key, "tier": note.tier, "prompt": note.prompt}
                for note in one.notes
            ],
        }
        for one in found
    ]
