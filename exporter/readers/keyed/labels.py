"""The words by which authors mark the parts of a coding task."""

import re
from enum import Enum, auto


class Label(Enum):
    """GOAL and ASIDE make the prompt; ACCEPTANCE, REQUIREMENTS and SOLUTION the answer, but
    requirements count as prompt where acceptance criteria stand beside them."""

    GOAL = auto()
    ASIDE = auto()
    ACCEPTANCE = auto()
    REQUIREMENTS = auto()
    SOLUTION = auto()


_LABELS = (
    (
        Label.ACCEPTANCE,
        r"accept(?:ance|ed)?(?: (?:criteria|criterion|tests?|checks?|list|conditions?))?"
        r"|(?:success |evaluation |grading )?criteria|criterion|definition of done|done (?:when|if)"
        r"|checks|checklist|akzeptanz(?:kriterien)?|abnahme(?:kriterien)?|kriterien|bewertung"
        r"|expectations|rubric",
    ),
    (Label.REQUIREMENTS, r"(?:\w+ )?requirements|must(?:[- ]haves?)?|anforderungen"),
    (
        Label.SOLUTION,
        r"(?:(?:reference|sample|model) )?(?:solution|answer)s?|hints?|lösung(?:en|shinweise?)?"
        r"|hinweise?|approach|lösungsweg",
    ),
    (
        Label.GOAL,
        r"goals?|task|problem(?: statement)?|objectives?|description|aim|implement|story|scenario"
        r"|ziele?|aufgabe(?:nstellung)?|beschreibung|prompt",
    ),
    (
        Label.ASIDE,
        r"examples?(?: (?:input|output|usage))?|(?:sample )?(?:inputs?|outputs?)|input ?/ ?output"
        r"|i/o|constraints?|signature|notes?|time(?:box| limit)?|context|given|setup"
        r"|stretch(?: goals?)?|bonus|follow[- ]?ups?|difficulty|usage|api"
        r"|beispiele?|eingaben?|ausgaben?|zeit|bonusaufgabe",
    ),
)
_TABLE = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _LABELS)


def label(text: str) -> Label | None:
    """The label that a bullet's key, a bold line or a small heading is, without its colon."""
    bare = re.sub(r"\s*\([^()]*\)$", "", text.strip()).rstrip(":：").strip(" *_")
    return next((kind for kind, pattern in _TABLE if pattern.fullmatch(bare)), None)
