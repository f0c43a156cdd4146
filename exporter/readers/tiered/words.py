"""The words of a tiered document: tier names, puzzle parts, sets, question numbers, END markers.

Every spelling the reader accepts stands here.  A word is in a table only if, alone on its line
under a question, it can hardly mean anything else; ``junior`` and ``expert`` are not, because an
author who writes them has a scale of his own, and a guessed depth would be a wrong card.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from exporter.model import Tier
from exporter.readers.scan import undecorated


class Part(Enum):
    """What a labelled part of a puzzle holds; ANSWER may be either of the others."""

    EXPLANATION = "explanation"
    OUTPUT = "output"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Label:
    """A tier's or part's label: ``name`` in its author's words, ``rest`` what follows its colon."""

    means: Tier | Part
    name: str
    rest: str


_MEANINGS: Mapping[Tier | Part, str] = {
    Tier.SHORT: r"short|brief|concise|quick|tl;?dr|one[- ]liner|kurz",
    # Depths that authors set against a short one.
    Tier.MEDIUM: r"medium|mid(?:[- ]level)?|intermediate|standard|mittel",
    # "deep", "long" and "detailed" are the longest of three; "advanced" is what replaces "senior"
    # elsewhere.
    Tier.SENIOR: r"senior|deep(?:[- ]dive)?|in[- ]depth|advanced|long|detailed|extended"
    r"|ausführlich|lang",
    Part.EXPLANATION: r"explanation|explained|reasoning|why\??|walk[- ]?through|step[- ]by[- ]step"
    r"|erklärung|begründung",
    Part.OUTPUT: r"(?:expected |final |console |program |stated |actual )?(?:output|result)s?"
    r"|(?:it )?(?:prints|logs)|printed|what (?:it|this) (?:prints|logs)|ausgabe",
    Part.ANSWER: r"(?:correct |model |sample )?(?:answer|solution|antwort|lösung)",
}
_NOUNS = (
    r"(?:answer|version|round|explanation|tier|level|form|response|deep[- ]dive|take|perspective"
    r"|insight|thinking|engineer|discussion|definition|summary|antwort|fassung)"
)
_OTHER_NAME = r"(?:\s*[/&+]\s*(?P<other>[\w-]+(?: [\w-]+)?))?"
_PATTERNS = tuple(
    (
        means,
        re.compile(
            r"(?:\d+[.)]\s*|(?:level|tier)\s+\d+\s*[:.–—-]\s*)?"
            rf"(?P<name>(?:{words})"
            + (rf"(?:[\s-]+{_NOUNS}){{0,2}}{_OTHER_NAME}" if isinstance(means, Tier) else "")
            + r"(?:\s*[(\[][^)\]]*[)\]])?)"
            r"(?:\s*(?P<sign>[:：]|\s[–—-](?=\s))\s*(?P<rest>.*))?$",
            re.IGNORECASE | re.DOTALL,
        ),
    )
    for means, words in _MEANINGS.items()
)


def label(text: str) -> Label | None:
    """The tier or part that ``text`` names (``Short``, ``SENIOR (Deep)``, ``Short: text``)."""
    stripped = undecorated(text)
    for means, pattern in _PATTERNS:
        if match := pattern.match(stripped):
            other = label(match.groupdict().get("other") or "")
            if other is None or other.means is means:
                return Label(means, match["name"], (match["rest"] or "").strip())
    return None


_ABBREVIATED = re.compile(r"tl;?dr", re.IGNORECASE)


def alike(name: str, other: str) -> bool:
    """Whether two labels are in the same case; an abbreviation's case says nothing."""
    abbreviated = _ABBREVIATED.match(name) or _ABBREVIATED.match(other)
    return bool(abbreviated) or name.isupper() is other.isupper()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question's own number, if it has one, and what follows it."""

    label: str | None
    title: str


_QUESTION = re.compile(
    r"[\[(]?(?P<label>(?:q|qn|question|frage|puzzle|problem|challenge|snippet)\s*[#№.-]?\s*"
    r"\d+(?:\.\d+)*[a-z]?(?:\s*\([^()]{1,20}\)(?=\s*[:：.–—-]))?)[\])]?(?:\s*[:：.)|–—-]+(?=\s|$)\s*|\s+|$)(?P<title>.*)$",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(
    r"(?:q|question|frage)(?:\s*[:：.]|\s+[–—-])\s+(?P<title>\S.*)$", re.IGNORECASE
)
_KEYCAP = re.compile(r"(?P<label>\d)\ufe0f?\u20e3\s*(?P<title>.*)$")
_COUNTED = re.compile(r"#?(?P<label>\d+(?:\.\d+)*)\s*[.):：–—-](?:\s+(?P<title>.*))?$")


def question(text: str) -> Numbered | None:
    """What ``Q12: title``, ``Question 12 - title`` and ``Q: title`` say."""
    if match := _QUESTION.match(text):
        return Numbered(match["label"].strip(), undecorated(match["title"]))
    if match := _UNNUMBERED.match(text):
        return Numbered(None, undecorated(match["title"]))
    return None


def counted(text: str) -> Numbered | None:
    """What a heading ``3. title`` says: a question's number if the document counts so."""
    match = _COUNTED.match(text) or _KEYCAP.match(text)
    return Numbered(match["label"], undecorated(match["title"] or "")) if match else None


_DIVISION = (
    r"(?:set|part|section|chapter|module|unit|round|block|batch|level|volume|series|pack|lesson"
    r"|topic|phase|stage|week|day|teil|kapitel|abschnitt|runde|stufe|woche|tag)"
)
_SET = re.compile(
    rf"(?i:{_DIVISION})\s*[#№]?\s*(?:\d+\b|(?:[IVXLC]+|[A-Z]|(?i:one|two|three|four|five|six|seven"
    r"|eight|nine|ten))(?=\s*(?:$|[:.)(–—|-])))"
)
_EDGE = " \t-–—=*_~#<>·•|[]()"
_END = re.compile(
    rf"(?:the\s+)?end(?:e)?(?P<sure>\s*[.!]?|\s*[:–—-]?\s*(?:(?:of|von|des|der)\s+)?(?:the\s+|this\s+)?"
    rf"(?:{_DIVISION}|document|questions|quiz|interview|dokument)\b.{{0,80}})$"
    rf"|{_DIVISION}\s+\w+\s+(?:ends?|complete[d]?|done|finished|ende)\s*[.!]?$",
    re.IGNORECASE,
)
_MAYBE_END = re.compile(r"(?:the\s+)?end\s+of\s+\S.{0,80}$", re.IGNORECASE)


def is_set(title: str) -> bool:
    """Whether an undecorated title counts sets: ``SET 1 — …``, ``Part II``, ``Section B``."""
    return bool(_SET.match(title))


def is_end(text: str) -> bool:
    """Whether a line ends a set: ``END OF SET 1``, ``--- END ---``, ``Set 3 complete``."""
    return bool(_END.match(undecorated(text.strip(_EDGE)).strip(_EDGE)))


def may_end(text: str) -> bool:
    """Whether a line says that something ends (``End of Closures``); its place must confirm it."""
    return bool(_MAYBE_END.match(undecorated(text.strip(_EDGE)).strip(_EDGE)))


_CODE = re.compile(
    r"(?:(?:the|given|following|example) )*(?:code|snippet|program|script|quellcode|programm)"
    r"(?: (?:snippet|example))?(?:\s*\([^()]*\))?\s*[:：]?$",
    re.IGNORECASE,
)


def names_code(text: str) -> bool:
    """Whether a line only says that code follows: ``**Code:**``, ``Snippet (JS):``."""
    return bool(_CODE.match(undecorated(text)))


_COMPANION = re.compile(
    r"(?:code |real[- ]world |production )?"
    r"(?:examples?|code|diagram|snippet|notes?|analogy|beispiele?)"
    r"\b",
    re.IGNORECASE,
)


def is_companion(title: str) -> bool:
    """Whether a heading beside the tiers only continues the tier above: ``Example``, ``Code``."""
    return bool(_COMPANION.match(title)) or (
        (found := label(title)) is not None and isinstance(found.means, Part)
    )
