"""A pack as a value, so that edits are functions: questions about bees in four documents.

``about`` says what a question is about, across every edit; no document holds it, so that nothing
but the author's own words can lead back to it.
"""

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from tests import bees

Ending = Literal["\n", "\r\n", "\r"]


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its answers by tier; of a puzzle, "output" tells the explanation and what it
    prints, parted by " => "."""

    about: str
    prompt: str
    answers: tuple[tuple[str, str], ...]
    code: str = ""
    key: str = ""
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document; ``first`` is the number of its first question."""

    path: str
    title: str
    sections: tuple[Section, ...]
    keyed: bool = False
    first: int = 1
    ending: Ending = "\n"
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """All documents; ``listed`` says whether pack.toml names them, ``more`` is the rest of it."""

    papers: tuple[Paper, ...]
    listed: bool = False
    plan: str = bees.PLAN
    more: str = ""

    def items(self) -> Iterator[tuple[Paper, Section, Item]]:
        for paper in self.papers:
            for section in paper.sections:
                for item in section.items:
                    yield paper, section, item

    @property
    def abouts(self) -> list[str]:
        return [item.about for _, _, item in self.items()]

    def item(self, about: str) -> Item:
        return next(item for _, _, item in self.items() if item.about == about)


Edit = Callable[[Sketch], Sketch]


def first_sketch() -> Sketch:
    """The pack before any edit."""
    tiered = [
        Paper(path, title, tuple(_sections(text, keyed=False))) for path, title, text in bees.TIERED
    ]
    path, title, text = bees.KEYED
    return Sketch((*tiered, Paper(path, title, tuple(_sections(text, keyed=True)), keyed=True)))


def _sections(text: str, *, keyed: bool) -> Iterator[Section]:
    """Sections of lines "# title" and blocks of a question and its answers."""
    for block in textwrap.dedent(text).strip().split("\n# "):
        title, _, rest = block.removeprefix("# ").partition("\n")
        yield Section(title, tuple(_item(part, keyed=keyed) for part in rest.split("\n\n") if part))


def _item(block: str, *, keyed: bool) -> Item:
    about, prompt, *rest = block.strip("\n").split("\n")
    code = "\n".join(line[2:] for line in rest if line.startswith("| "))
    pairs = [line.split(": ", 1) for line in rest if not line.startswith("| ")]
    answers = tuple((tier, text) for tier, text in pairs)
    return Item(about, prompt.strip("-"), answers, code, key=about if keyed else "")


def write(sketch: Sketch, folder: Path) -> None:
    """The sketch as files in ``folder``; documents that it no longer has go."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("*.md")):
        old.unlink()
    (folder / "plan.txt").write_text(sketch.plan, encoding="utf-8")
    for paper in sketch.papers:
        text = (_keyed if paper.keyed else _tiered)(paper)
        raw = text.replace("\n", paper.ending).encode()
        if paper.damaged:
            raw = _misread(raw).encode()
        (folder / paper.path).write_bytes(raw)
    rows = [f'[[documents]]\npath = "{path}"\n' for path in _paths(sketch) if sketch.listed]
    head = 'title = "Bees"\nslug = "bees"\ndeck = "Bees"\n'
    (folder / "pack.toml").write_text(head + sketch.more + "".join(rows), encoding="utf-8")


def _misread(raw: bytes) -> str:
    """UTF-8 taken for Windows-1252, whose five holes editors fill with controls."""
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in raw
    )


def _paths(sketch: Sketch) -> list[str]:
    return ["plan.txt", *(paper.path for paper in sketch.papers)]


def _tiered(paper: Paper) -> str:
    number = paper.first
    lines = [f"# {paper.title}", ""]
    for at, section in enumerate(paper.sections, 1):
        lines += [f"# 🐝 SET {at} — {section.title}", ""]
        for item in section.items:
            lines += [f"## Q{number}: {item.prompt}{item.attributes}".rstrip(" :"), ""]
            lines += ["```python", item.code, "```", ""] if item.code else []
            for tier, text in item.answers:
                lines += _answer(tier, text)
            number += 1
    return "\n".join(lines)


def _answer(tier: str, text: str) -> list[str]:
    if tier != "output":
        return [f"### 🍯 {tier.upper()}", "", text, ""]
    told, printed = text.split(" => ")
    return ["### Explanation", "", told, "", "### Output", "", printed, ""]


def _keyed(paper: Paper) -> str:
    lines = [f"# {paper.title}", "", "## Questions", ""]
    for section in paper.sections:
        lines += [f"### {section.title}", ""]
        lines += [f"- **{item.key}**: {item.prompt}{item.attributes}" for item in section.items]
        lines += [""]
    lines += ["## Short answers", ""]
    for section in paper.sections:
        lines += [f"### {section.title}", ""]
        lines += [f"- **{item.key}**: {text}" for item in section.items for _, text in item.answers]
        lines += [""]
    return "\n".join(lines)


def changed(about: str, **parts: object) -> Edit:
    """Gives the parts of one question new values."""

    def edit(sketch: Sketch) -> Sketch:
        item = sketch.item(about)
        return over_items(sketch, lambda one: replace(one, **parts) if one == item else one)  # type: ignore[arg-type] # names of fields

    return edit


def over_items(sketch: Sketch, change: Callable[[Item], Item | None]) -> Sketch:
    """Every question changed, or left out where ``change`` gives None."""

    def section(one: Section) -> Section:
        kept = (change(item) for item in one.items)
        return replace(one, items=tuple(item for item in kept if item))

    return over_sections(sketch, section)


def over_sections(sketch: Sketch, change: Callable[[Section], Section]) -> Sketch:
    def paper(one: Paper) -> Paper:
        return replace(one, sections=tuple(change(section) for section in one.sections))

    return over_papers(sketch, paper)


def over_papers(sketch: Sketch, change: Callable[[Paper], Paper]) -> Sketch:
    return replace(sketch, papers=tuple(change(paper) for paper in sketch.papers))
