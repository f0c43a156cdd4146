"""The parts of the docs that are made from the program: `python -m tests.docs` writes them."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import click

from exporter.build import pipeline
from exporter.build.pipeline import ReadPack
from exporter.cli import cli
from exporter.model import Tier
from exporter.model.diagnostics import Code
from exporter.pack import packkeys
from tests.counts import BY_HAND

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = (README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
"""Every page that people read to use the program or to carry on with it."""
_MADE = {
    "README.md": ("counts", "pace"),
    "docs/commands.md": ("commands",),
    "docs/codes.md": ("diagnostics",),
}


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


def pace(study: ReadPack) -> str:
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
    for name, command in cli.commands.items():
        parts.append(_help(name))
        if isinstance(command, click.Group):
            parts += [_help(name, inner) for inner in command.commands]
    return "```text\n" + "\n\n".join(parts) + "\n```"


def _help(*words: str) -> str:
    command = [sys.executable, "-c", "from exporter.cli import main; main()", *words, "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return result.stdout.strip()


def diagnostics() -> str:
    """The table of codes."""
    rows = ["| code | severity | meaning | what to do |", "|---|---|---|---|"]
    rules = sorted((code.value for code in Code), key=lambda rule: rule.code)
    rows += [
        f"| {rule.code} | {rule.severity} | {_cell(rule.meaning)} | {_cell(rule.remedy)} |"
        for rule in rules
    ]
    return "\n".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def pages(study: ReadPack) -> dict[Path, str]:
    """Each page with generated parts, as it should stand."""
    made = {
        "counts": counts(),
        "pace": pace(study),
        "commands": commands(),
        "diagnostics": diagnostics(),
    }
    return {
        ROOT / name: _filled((ROOT / name).read_text("utf-8"), {part: made[part] for part in parts})
        for name, parts in _MADE.items()
    }


def _filled(text: str, parts: dict[str, str]) -> str:
    """``text`` with each generated part between its marks."""
    for name, part in parts.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert pattern.search(text), f"no page has a place for {name}"
        text = pattern.sub(lambda match, part=part: f"{match[1]}\n{part}\n\n{match[2]}", text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    for page, text in pages(pipeline.read(ROOT / "source")).items():
        page.write_text(text, "utf-8")
    schema = json.dumps(packkeys.schema(), indent=1, ensure_ascii=False)
    (ROOT / "templates" / packkeys.SCHEMA).write_text(f"{schema}\n", "utf-8")
