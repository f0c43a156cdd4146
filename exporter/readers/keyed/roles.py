"""What a part of a keyed document is for, told by the words of its heading.

Authors call the parts of a question catalogue by few names, so one table of words is enough; what
the words leave open is decided by what stands under the heading (``outline`` and ``tasks``).
German names stand beside the English ones because they cost one line each.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from exporter.model import Tier


class Role(Enum):
    """QUESTIONS is what a heading is for that says nothing else.  HANDS_ON and DESIGN_PRACTICE hold
    exercises whatever their bullets look like, DESIGN and TASKS where the bullets have no key."""

    QUESTIONS = auto()
    ANSWERS = auto()
    TASKS = auto()
    HANDS_ON = auto()
    DESIGN = auto()
    DESIGN_PRACTICE = auto()
    ADVICE = auto()
    REFERENCE = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A role; of answers also the tier and the author's word for it."""

    role: Role
    tier: Tier = Tier.MEDIUM
    word: str = ""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_ANSWERS = _words(
    r"answers|answer[- ](?:keys?|lists?|sheets?|bank|section|guide)|antworten|\w+antworten"
    r"|antwortteil|lösungsteil|musterlösungen|réponses|corrigés?|respuestas|risposte"
)
_SOLUTIONS = re.compile(
    r"^(?:(?:model|sample|example|reference|suggested|short|brief|quick|concise|direct|detailed"
    r"|full|long|deep|the|all|kurze|ausführliche)[\s,/&-]+(?:and\s+)?)*(?:solutions?|lösungen)\b"
    r"(?!\s+(?:architect|design|engineer|space))",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:questions?|prompts?|fragen)\b\W*(?:\w+\W+)?(?:and|with|und|mit|&|\+|/)\W.*"
    r"|\banswers\W+(?:below|follow|at the end|at the bottom|come|included|antworten unten)\b.*",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"^(?:how (?:to|you|we|i)\b.*\b(?:use|study|read|prepare|work|practi[cs]e|approach|answer"
    r"|structure|learn)\b|usage\b|using (?:this|the)\b|(?:\w+ )?tips\b|study (?:advice|method)"
    r"|before you (?:start|begin)|instructions?\b|anleitung|hinweise?\b|(?:\w+)?tipps\b"
    r"|so (?:be)?nutz|wie (?:\w+ )*(?:lern|nutz|benutz|verwend)|zur (?:be)?nutzung|how this\b)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"^(?:glossary|resources|references|(?:further|recommended|suggested) (?:reading|resources)"
    r"|(?:useful )?links|bibliography|(?:table of )?contents|toc|legend|changelog|license|credits"
    r"|glossar|quellen|literatur|weiterführendes|inhalt(?:sverzeichnis)?|legende)$",
    re.IGNORECASE,
)
_PRACTICE = _words(
    r"hands[- ]?on|exercises|katas?|drills|labs|mini[- ]?projects?|(?:practice|practical|coding"
    r"|programming|design|architecture|whiteboard|system|lab) (?:\w+ )?(?:prompts?|problems|work"
    r"|challenges|scenarios|sessions?|rounds?|projects?)|prompts|(?:\w+)?übungen|praxisteil"
    r"|praktisches|praktische \w+"
)
_DESIGN = _words(r"designs?|architecture|entwurf|architektur|entwürfe|\w+design")
_TASKS = _words(
    r"(?:coding|programming|interview|practical|take[- ]home|implementation) (?:\w+ )?"
    r"(?:tasks?|assignments?|problems?)|tasks|assignments|(?:\w+)?aufgaben"
)

# From the most to the least telling: "model answers (concise)" are concise, "short model answers"
# short.  A lone "model", "sample" or no word at all says nothing about depth: medium.
_DEPTHS: tuple[tuple[Tier, re.Pattern[str]], ...] = (
    (
        Tier.SHORT,
        _words(
            r"short(?:est)?|brief|direct|one[- ]?lin(?:e|ers?)|one[- ]sentence|single[- ]sentence"
            r"|quick|rapid(?:[- ]fire)?|terse|flash|tl;?dr|in a nutshell|bullet(?:s|ed)?|elevator"
            r"|courtes?|brèves?|rapides?|cortas?|breves?|brev[ei]|kurz\w*|knapp\w*|direkt\w*|stichpunkt\w*|einzeiler"
        ),
    ),
    (
        Tier.SENIOR,
        _words(
            r"detailed|details?|deep[- ]dives?|deep(?:er)?|senior|staff|long(?:er|[- ]form)?"
            r"|in[- ]depth|extended|expanded|full(?:[- ]length)?|expert|comprehensive|thorough"
            r"|elaborate|advanced|détaillées?|longues?|approfondies?|detalladas?|largas?|ausführlich\w*|detailliert\w*|vertieft\w*|lang\w{0,2}"
        ),
    ),
    (
        Tier.MEDIUM,
        _words(r"concise|medium|standard|normal|regular|mid(?:dle)?|compact|mittel\w*|kompakt\w*"),
    ),
)
_PLAIN_WORDS = _words(
    r"the|a|to|for|of|and|all|per|each|by|in|zu|den|die|der|für|pro|je|und|alle|model|sample|samples"
    r"|example|reference|suggested|key|keys|list|sheet|bank|section|part|questions?|interview"
    r"|question[- ]by[- ]question|fragen?|muster|format|version|style|solutions?|lösungen|answer"
)


def part(title: str) -> Part | None:
    """What a heading says its part is for, None where it says nothing of the kind."""
    if _ADVICE.search(title):
        return Part(Role.ADVICE)
    if _REFERENCE.search(title):
        return Part(Role.REFERENCE)
    if names_answers(title):
        tier, word = depth(title)
        return Part(Role.ANSWERS, tier, word)
    practice = _PRACTICE.search(title)
    if _DESIGN.search(title) and (practice or re.search(r"\b(?:system|software)", title, re.I)):
        return Part(Role.DESIGN_PRACTICE if practice else Role.DESIGN)
    if _TASKS.search(title):
        return Part(Role.TASKS)
    return Part(Role.HANDS_ON) if practice else None


def names_answers(title: str) -> bool:
    """Whether a heading announces answers only, not questions together with them."""
    named = _ANSWERS.search(title) or _SOLUTIONS.search(title)
    return bool(named) and not _BOTH.search(title)


def depth(title: str) -> tuple[Tier, str]:
    """The tier of an answers part and the author's word for it; without one, the whole title."""
    for tier, pattern in _DEPTHS:
        if match := pattern.search(title):
            return tier, match[0]
    return Tier.MEDIUM, title


def names_depth(title: str) -> bool:
    """Whether a title says how deep something goes."""
    return any(pattern.search(title) for _, pattern in _DEPTHS)


def subject(title: str) -> str:
    """What an answers heading says beyond being one: "Answers: Core Python" is on "Core Python"."""
    rest = _ANSWERS.sub(" ", title)
    for _, pattern in _DEPTHS:
        rest = pattern.sub(" ", rest)
    rest = _PLAIN_WORDS.sub(" ", rest)
    return " ".join(rest.split()) if re.search(r"\w{2}", rest) else ""


# -- labels of a task ---------------------------------------------------------------------------


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
