"""Says what a build would change or has changed: counts, a table, advice, JSON."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from difflib import SequenceMatcher
from typing import Any

from exporter.ledger import Change, Changes, NoteChange

Json = Mapping[str, Any]
_ORDER = (
    Change.NEW,
    Change.UPDATED,
    Change.RENAMED,
    Change.REVIVED,
    Change.RETIRED,
    Change.MOVED,
    Change.UNTOUCHED,
)
_RETIRED = "tag:retired"


def counted(changes: Changes) -> str:
    """Counts in a line: "3 new, 578 untouched"."""
    counts = _counts(changes)
    said = ", ".join(f"{counts[change]} {change}" for change in _ORDER if counts[change])
    return said or "no notes"


def _counts(changes: Changes) -> Mapping[Change, int]:
    return Counter(note.change for note in changes.notes)


def advice(changes: Changes) -> list[str]:
    """What Anki will say and won't do, a line each."""
    lines = [
        f"Anki's import will say: {changes.added} added, {changes.updated} updated, "
        f"{changes.unchanged} unchanged (to a learner of the previous edition)"
    ]
    lines += [
        f'renamed: "{note.before}" → "{note.prompt}"' + _likeness(note)
        for note in _once(changes.having(Change.RENAMED))
    ]
    if changes.note_types:
        lines.append(f"Note types changed: {', '.join(changes.note_types)}")
    if changes.having(Change.RETIRED):
        lines.append(
            "Retired cards stay with learners; who imports the farewell package beside the deck "
            f"finds them in Anki by {_RETIRED}"
        )
    lines += _moves(changes)
    return lines


def _likeness(note: NoteChange) -> str:
    """The score in brackets; "" where the question was recognised without one."""
    return "" if note.score is None else f" ({note.score:.2f})"


def _once(notes: Sequence[NoteChange]) -> Iterator[NoteChange]:
    """One note of each question."""
    seen = set()
    for note in notes:
        if note.key not in seen:
            seen.add(note.key)
            yield note


def _moves(changes: Changes) -> Iterator[str]:
    """A search for each week that got cards from another; a pack without a plan has no weeks."""
    decks: dict[str, list[str]] = {}
    for note in _once(changes.having(Change.MOVED)):
        if note.week is not None:
            name = "Beyond the plan" if note.week == "beyond" else f"Week {note.week:02}"
            decks.setdefault(name, []).append(note.key)
    for name, keys in sorted(decks.items()):
        search = " or ".join(f"Key:{key}" for key in keys)
        yield (
            f"Moved to {name.lower()}: {', '.join(keys)}. Anki leaves cards where they are; "
            f"to move them, search for {search} and use Change Deck to {name}"
        )


def table(changes: Changes, *, verbose: bool = False) -> str:
    """Every changed note in a line, counts, advice; with ``verbose`` word by word what changed."""
    rows = []
    for note in changes.notes:
        if note.change is Change.UNTOUCHED:
            continue
        came = f"  (from {note.before})" if note.change is Change.MOVED else ""
        rows.append(f"{note.change:<9} {note.key}/{note.tier:<7} {_short(note.prompt)}{came}")
        if verbose and note.texts:
            rows.append(textwrap.indent(word_diff(*note.texts), " " * 10))
    return "\n".join([*_likely(changes), *rows, counted(changes), *advice(changes)])


def _likely(changes: Changes) -> Iterator[str]:
    """Pairs of a new and a lost question, with what makes one of them."""
    for pair in changes.likely:
        yield (
            f'{pair.new} "{_short(pair.prompt)}" (new) may be {pair.old} "{_short(pair.before)}" '
            f"(lost), likeness {pair.score:.2f}: if it is, write {{#{pair.old}}} behind it, or run "
            f"studypack ledger join {pair.new} {pair.old}"
        )


def _short(prompt: str) -> str:
    return textwrap.shorten(prompt, 60, placeholder=" …")


def word_diff(before: str, after: str) -> str:
    """What changed word by word: ``[-old-]`` and ``{+new+}`` with up to six words around."""
    left, right = before.split(), after.split()
    parts: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            kept = left[i:j]
            short = [*kept[:3], "…", *kept[-3:]] if len(kept) > 7 else kept
            parts += short
            continue
        if j > i:
            parts.append(f"[-{' '.join(left[i:j])}-]")
        if m > k:
            parts.append(f"{{+{' '.join(right[k:m])}+}}")
    return " ".join(parts) or "only its place, links or markup changed"


def json_of(edition: int, changes: Changes | None) -> Json:
    """What changed, for scripts, with the names of the contract."""
    counts = _counts(changes) if changes else {}
    return {
        "edition": edition,
        "counts": {change.value: counts.get(change, 0) for change in _ORDER},
        "import": {
            "added": changes.added if changes else 0,
            "updated": changes.updated if changes else 0,
            "unchanged": changes.unchanged if changes else 0,
        },
        "changes": [
            {
                "change": note.change,
                "key": note.key,
                "tier": note.tier,
                "prompt": note.prompt,
                "from": note.before,
                "score": note.score,
            }
            for note in (changes.notes if changes else ())
            if note.change is not Change.UNTOUCHED
        ],
        "likely": [asdict(pair) for pair in changes.likely] if changes else [],
        "note_types_changed": list(changes.note_types) if changes else [],
    }
