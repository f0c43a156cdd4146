"""The parts of the README that are made from the program: `python -m tests.readme` writes them."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from exporter import pipeline
from exporter.diagnostics import Code
from exporter.model import Tier
from exporter.pipeline import Study
from tests.counts import BY_HAND

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_COMMANDS = (
    "build",
    "check",
    "status",
    "watch",
    "model",
    "show",
    "coverage",
    "verify",
    "mock",
    "quiz",
    "repair",
    "explain",
    "init",
    "import",
    "ledger",
)


def counts() -> str:
    """The hand-counted table."""
    rows = ["| document | questions | " + " | ".join(f"{tier} cards" for tier in Tier) + " |"]
    rows.append("|---|" + "--:|" * (len(Tier) + 1))
    for path, (questions, cards) in BY_HAND.items():
        cells = [str(cards.get(tier, 0) or "") for tier in Tier]
        rows.append(f"| {path} | {questions} | {' | '.join(cells)} |")
    sums = [str(sum(cards.get(tier, 0) for _, cards in BY_HAND.values())) for tier in Tier]
    total = sum(questions for questions, _ in BY_HAND.values())
    rows.append(f"| **all** | {total} | {' | '.join(sums)} |")
    return "\n".join(rows)


def pace(study: Study) -> str:
    """How many new cards a day keep pace with the plan."""
    assert study.pack.plan is not None
    days = {week.number: week.days for week in study.pack.plan.weeks}
    weeks = {q.id: q.placement.week for q in study.pack.questions if q.placement}
    notes = Counter(weeks[note.question] for note in study.notes)
    perday = {number: -(-notes[number] // len(days[number])) for number in days}
    said = ", ".join(f"{perday[n]} in week {n} ({notes[n]} cards)" for n in perday)
    total = sum(notes[number] for number in days)
    mean = -(-total // sum(len(week) for week in days.values()))
    return (
        f"To keep pace with this plan, learn about **{mean} new cards a day**: {said}. Set it in\n"
        f"the deck's options (Anki's own default is 20). {notes['beyond']} more cards lie beyond\n"
        "the plan. Cards come day by day, and within a day short before medium before senior."
    )


def commands() -> str:
    """The real help of every command."""
    parts = [_help()]
    parts += [_help(name) for name in _COMMANDS]
    return "```text\n" + "\n\n".join(parts) + "\n```"


def _help(*words: str) -> str:
    command = [sys.executable, "-c", "from exporter.cli import main; main()", *words, "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return result.stdout.strip()


def diagnostics() -> str:
    """The table of codes."""
    rows = ["| code | severity | meaning |", "|---|---|---|"]
    rules = sorted((code.value for code in Code), key=lambda rule: rule.code)
    rows += [f"| {rule.code} | {rule.severity} | {rule.meaning} |" for rule in rules]
    return "\n".join(rows)


def blocks(study: Study) -> dict[str, str]:
    """Every generated part by its name in the README."""
    return {
        "counts": counts(),
        "pace": pace(study),
        "commands": commands(),
        "diagnostics": diagnostics(),
    }


def filled(text: str, parts: dict[str, str]) -> str:
    """``text`` with each generated part between its marks."""
    for name, part in parts.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert pattern.search(text), f"README has no place for {name}"
        text = pattern.sub(lambda match, part=part: f"{match[1]}\n{part}\n\n{match[2]}", text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    made = filled(README.read_text("utf-8"), blocks(pipeline.read(ROOT / "source")))
    README.write_text(made, "utf-8")
