"""Whether what a program printed is what its author says it prints.

Blank space is folded, and beside brackets, commas and colons it does not count: authors write
``{a: 1}`` where Node writes ``{ a: 1 }``.  Nothing else is forgiven but the notation of a list of
lines ("A, B, C", "A → B → C") and of an error, which may be named without its message.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from exporter.model import Question, Tier

_BESIDE = re.compile(r"(?:(?<!\s)\s++)?+([\[\]{}(),:])\s*+")
_BETWEEN = re.compile(r"(?:(?<!\s)\s++)?+(?:,|;|\||/|→|➜|⇒|[-=]>)\s*+")
_UNCAUGHT = re.compile(
    r"\b(?:uncaught|throws(?: an?)?)\s+(?=\w*(?:Error|Exception)\b)", re.IGNORECASE
)
_ERROR = re.compile(r"((?:^|\n)(?:\w+\.)?\w*(?:Error|Exception))(?: \[\w+\])?:[^\n]*$")
_NOTHING = re.compile(
    r"\W*(?:(?:prints )?nothing(?: is printed)?|no output|empty)\W*", re.IGNORECASE
)

Status = Literal["agrees", "differs", "varies"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What an author states: every accepted output, and whether the order is said to be fixed."""

    texts: tuple[str, ...]
    fixed: bool

    def allows(self, printed: str) -> bool:
        """Whether ``printed`` is among the stated outputs.

        Where the order is said to be open and no alternatives are listed, every order is.
        """
        if any(_same(text, printed) for text in self.texts):
            return True
        open_order = not self.fixed and len(self.texts) == 1
        return open_order and sorted(self.texts[0].split()) == sorted(printed.split())


def claim(question: Question) -> Claim | None:
    """What the author of a puzzle states; None where that is nothing."""
    outputs = [a.output for a in question.answers if a.tier is Tier.OUTPUT and a.output]
    texts = dict.fromkeys(text for one in outputs for text in (one.accepted or (one.text,)))
    stated = tuple(text for text in texts if text.strip())
    return Claim(stated, all(one.deterministic for one in outputs)) if stated else None


def status(claimed: Claim, printed: Sequence[str]) -> Status:
    """What the outputs that were seen, at least one, mean for the claim."""
    if all(claimed.allows(one) for one in printed):
        return "agrees"
    return "differs" if len({folded(one) for one in printed}) == 1 else "varies"


def folded(text: str) -> str:
    """``text`` with nothing but the blank space that tells words apart."""
    return " ".join(_BESIDE.sub(r"\1", text).split())


def _same(stated: str, printed: str) -> bool:
    if not printed.strip():
        return bool(_NOTHING.fullmatch(stated))
    said, shown = _UNCAUGHT.sub("", stated), _UNCAUGHT.sub("", printed)
    forms = (shown, _ERROR.sub(r"\1", shown))
    return any(folded(said) == folded(form) or _listed(said, form) for form in forms)


def _listed(stated: str, printed: str) -> bool:
    """Whether ``stated`` is the lines of ``printed`` in one line with marks between them."""
    lines = [folded(line) for line in printed.splitlines() if line.strip()]
    return len(lines) > 1 and [folded(part) for part in _BETWEEN.split(stated.strip())] == lines
