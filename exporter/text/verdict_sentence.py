"""What a verdict says to a learner, on a card as on a sheet."""

from dataclasses import dataclass
from typing import assert_never

from exporter.model import Question, Verdict
from exporter.text import stated_output
from exporter.text.fixed_words import Wording


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence in plain text, and the outputs that it announces; ``wrong`` where the author says
    something else."""

    sentence: str
    outputs: tuple[str, ...]
    wrong: bool


def about(question: Question, words: Wording) -> Finding | None:
    """What came of running the question's code; None where it was not run."""
    verdict, claimed = question.verdict, stated_output.claim(question)
    if verdict is None or claimed is None:
        return None
    name = major(verdict.runtime)
    outputs = _as_stated(verdict, claimed)
    match verdict.status:
        case "agrees":
            return Finding(words.runs_as_stated.format(runtime=name), (), wrong=False)
        case "differs":
            return Finding(words.really_prints.format(runtime=name), outputs, wrong=True)
        case "varies":
            said = words.varies if claimed.fixed else words.varies_as_stated
            return Finding(said.format(runtime=name), outputs, wrong=claimed.fixed)
        case _:
            assert_never(verdict.status)


def major(runtime: str) -> str:
    """A runtime as people name it: "Node 20" for "Node 20.20.2"."""
    name, _, version = runtime.rpartition(" ")
    return f"{name} {version.partition('.')[0]}".strip()


def _as_stated(verdict: Verdict, claimed: stated_output.Claim) -> tuple[str, ...]:
    """The outputs in the author's notation: in one line where the author writes one line and no
    printed line holds a blank, so that the two can be compared at a glance."""
    one_line = not any("\n" in text.strip() for text in claimed.texts)

    def shaped(text: str) -> str:
        lines = text.split("\n")
        joined = one_line and not any(" " in line.strip() for line in lines)
        return " ".join(lines) if joined else text

    return tuple(shaped(text) or "—" for text in verdict.printed)
