"""Whether what a program printed is what its author says it prints.

Blank space is folded, and beside brackets, commas and colons it does not count: authors write
``{a: 1}`` where Node writes ``{ a: 1 }``.  Nothing else is forgiven but the notation of a list of
lines ("A, B, C", "A → B → C") and of an error, which may be named without its message.

A right choice is Markdown for people who compare it with the others: its marks of code are none of
the output, nor is one pair of quotes around the whole of it or around each of its parts ("`1` and
`2`"), nor the article before an error's name ("a ReferenceError").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from exporter.model import Question, Tier

_BESIDE = re.compile(r"(?:(?<!\s)\s++)?+([\[\]{}(),:])\s*+")
_BETWEEN = re.compile(r"(?:(?<!\s)\s++)?+(?:,|;|\||/|→|➜|⇒|[-=]>)\s*+")
_AND = re.compile(r"(?:(?<!\s)\s++)?+(?:,\s*+|(?<=\s))(?:and|und|et|y|e|и)\s++")
_ARTICLE = re.compile(
    r"\b(?:an?|the|eine?n?|une?|uno?|um|uma)\s++(?=(?:\w++\.)?+\w*(?:Error|Exception)\b)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"`(?P<code>[^`\n]+)`")
_FENCED = re.compile(r"(?P<mark>`{3,}+|~{3,}+)[^\n]*+\n(?P<code>.*)\n(?P=mark)", re.DOTALL)
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“"}
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
    """What an author states: every accepted output, whether the order is said to be fixed, and
    whether the texts are choices."""

    texts: tuple[str, ...]
    fixed: bool
    chosen: bool = False

    def allows(self, printed: str) -> bool:
        """Whether ``printed`` is among the stated outputs.

        Where the order is said to be open and no alternatives are listed, every order is.
        """
        texts = [form for text in self.texts for form in self._forms(text)]
        if any(_same(text, printed) for text in texts):
            return True
        open_order = not self.fixed and len(self.texts) == 1
        return open_order and sorted(self.texts[0].split()) == sorted(printed.split())

    def _forms(self, text: str) -> tuple[str, ...]:
        """A stated output as it may be meant: as it stands, and a choice without its marks."""
        if not self.chosen:
            return (text,)
        said = _ARTICLE.sub("", _uncoded(text))
        parts = [_unquoted(part) for part in _AND.split(said)]
        forms = (text, said, _unquoted(said), "\n".join(parts), ", ".join(parts))
        return tuple(dict.fromkeys(forms))


def _uncoded(text: str) -> str:
    """``text`` without the marks that Markdown puts around code."""
    fenced = _FENCED.fullmatch(text.strip())
    return fenced["code"] if fenced else _SPAN.sub(r"\g<code>", text).strip()


def _unquoted(text: str) -> str:
    """``text`` without one pair of quotes around the whole of it."""
    bare = text.strip()
    closing = _QUOTES.get(bare[:1])
    whole = len(bare) > 1 and closing == bare[-1] and closing not in bare[1:-1]
    return bare[1:-1] if whole else bare


def claim(question: Question) -> Claim | None:
    """What the author of a puzzle states; None where that is nothing."""
    outputs = [a.output for a in question.answers if a.tier is Tier.OUTPUT and a.output]
    texts = dict.fromkeys(text for one in outputs for text in (one.accepted or (one.text,)))
    right = [choice.markdown for choice in question.choices if choice.right]
    if texts and len(right) > 1:  # the output is the first of them
        texts |= dict.fromkeys(right[1:])
    stated = tuple(text for text in texts if text.strip())
    fixed = all(one.deterministic for one in outputs)
    return Claim(stated, fixed, bool(question.choices)) if stated else None


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
