"""What a short line says about itself: a tier's or part's label, a number, a set, an end.

A label is matched as a whole, without the decoration around it and up to its colon, because a word
in a sentence says nothing.  Depths that authors also use for other things ("Hard", "Easy", "Basic")
are weak: they make tiers only beside another depth under the same question (``roles``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from exporter.model import Tier
from exporter.readers import vocabulary
from exporter.readers.scan import undecorated
from exporter.readers.vocabulary import LANGUAGES, Word

PARTS = (
    Word.EXPLANATION,
    Word.OUTPUT,
    Word.ANSWER,
    Word.OPTIONS,
    Word.HINT,
    Word.FOLLOW_UP,
    Word.QUESTION,
)
"""What a labelled part of a question can be, tried in this order."""


@dataclass(frozen=True, slots=True)
class Label:
    """A tier's or part's label: ``name`` in its author's words, ``rest`` what follows its colon;
    ``weak`` where the word alone does not make it a tier, ``taught`` where pack.toml says it."""

    means: Tier | Word
    name: str
    rest: str
    weak: bool = False
    taught: bool = False


_STRONG = re.compile(
    r"(?:short|brief|concise|quick|tl;?dr|one[- ]liner|kurz|medium|mid(?:[- ]level)?|intermediate"
    r"|standard|mittel|senior|deep(?:[- ]dive)?|in[- ]depth|advanced|long|detailed|extended"
    r"|ausführlich|lang|corta|media|larga|curta|longa|breve|courte?|longue|кратко|подробно"
    r"|简短|详细|短い|詳しい)\b",
    re.IGNORECASE,
)
_NOUNS = (
    r"(?:answer|version|round|explanation|tier|level|form|response|deep[- ]dive|take|perspective"
    r"|insight|thinking|engineer|developer|discussion|definition|summary|antwort|fassung|erklärung"
    r"|respuesta|resposta|risposta|réponse|versión|versão|versione|nivel|nível|livello|niveau"
    r"|ответ|версия|уровень|回答|答案|版|解答|說明)"
)
_OTHER = r"(?:\s*[/&+]\s*(?P<other>[\w-]+(?: [\w-]+)?))?"
_LEAD = re.compile(r"(?:\d+[.)]\s*|(?:level|tier)\s+\d+\s*[:.–—-]\s*)")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_SIGN = re.compile(r"\s*[:：]|\s[–—-](?=\s)")
_LONGEST = 60


@cache
def _tiers() -> Mapping[Tier, re.Pattern[str]]:
    found = {}
    for tier in (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR):
        words = "|".join(one.tiers[tier] for one in LANGUAGES.values())
        found[tier] = re.compile(
            rf"(?:{_NOUNS}\s+)?(?P<word>{words})(?:[\s-]*{_NOUNS}){{0,2}}{_OTHER}", re.IGNORECASE
        )
    return found


def label(text: str, taught: Mapping[str, Tier] | None = None) -> Label | None:
    """The tier or part that ``text`` names (``Short``, ``SENIOR (Deep)``, ``Short: text``);
    ``taught`` are words for tiers, in lower case, that pack.toml adds."""
    stripped = undecorated(text)
    if stripped.startswith(("*", "_")) or len(stripped) < 1:
        return None
    name, rest = stripped, ""
    if match := _SIGN.search(stripped, 0, _LONGEST + 2):
        name, rest = stripped[: match.start()], stripped[match.end() :].strip()
        name = name.strip("*_ ")
    if len(name) > _LONGEST or not name:
        return None
    name = _LEAD.sub("", name)
    core = _ASIDE.sub("", name).strip()
    core = core.removesuffix(".").rstrip() if rest or name != stripped else core
    if taught and core.casefold() in taught:
        return Label(taught[core.casefold()], name, rest, taught=True)
    found = _meaning(core)
    return Label(found[0], name, rest, found[1]) if found else None


@lru_cache(maxsize=4096)
def _meaning(core: str) -> tuple[Tier | Word, bool] | None:
    if not core or len(core.split()) > 7:
        return None
    for tier, pattern in _tiers().items():
        match = pattern.fullmatch(core)
        if not match:
            continue
        other = label(match["other"]) if match["other"] else None
        if other is None or other.means is tier:
            return tier, not _STRONG.match(match["word"])
    return next(((part, False) for part in PARTS if vocabulary.is_word(part, core)), None)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question's own number, if it has one, and what follows it."""

    label: str | None
    title: str


_WORDS = "|".join(one.words[Word.QUESTION] for one in LANGUAGES.values()).split("|")
_INITIAL = "|".join((*(word for word in _WORDS if len(word) == 1), "qn"))
_NOUN = "|".join(word for word in _WORDS if len(word) > 1)
_THING = "puzzle|problem|challenge|snippet|exercise|task|ejercicio|exercice|quiz"
_QUESTION = re.compile(
    rf"[\[(]?(?P<label>(?:第?(?:{_NOUN}|{_THING})\s*[#№.-]?\s*|(?:{_INITIAL})[#№.-]?|q\s)"
    r"\d{1,9}(?:\.\d{1,9})*[a-z]?(?:\s*\([^()]{1,20}\)(?=\s*[:：.–—-]))?)[\])]?"
    r"(?:\s*[:：.。)|–—、-]+(?=\D|$)\s*|\s+|$)(?P<title>.*)$",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(
    rf"(?:{_NOUN}|{_INITIAL})(?:\s*[:：.]\s|\s*：\s*|\s+[–—-]\s+)\s*(?P<title>\S.*)$", re.IGNORECASE
)
_KEYCAP = re.compile(r"(?P<label>\d)\ufe0f?\u20e3\s*(?P<title>.*)$")
_COUNTED = re.compile(
    r"#?(?P<label>\d{1,6}(?:\.\d{1,6})*)\s*(?:[.。):：–—、．-](?:\s+|(?=[^\x00-\x7f])|$))"
    r"(?P<title>.*)$"
)
_CODED = re.compile(r"(?P<label>[A-Z]{1,3}\d{1,2}[A-Z]\d{2})\s*(?P<title>\([A-H]\).*)$")


def question(text: str) -> Numbered | None:
    """What ``Q12: title``, ``Question 12 - title`` and ``Q: title`` say."""
    if match := _QUESTION.match(text):
        return Numbered(match["label"].strip(), undecorated(match["title"]))
    if match := _UNNUMBERED.match(text):
        return Numbered(None, undecorated(match["title"]))
    return None


def counted(text: str) -> Numbered | None:
    """What ``3. title`` says: a question's number if the document counts so."""
    match = _COUNTED.match(text) or _KEYCAP.match(text)
    return Numbered(match["label"], undecorated(match["title"] or "")) if match else None


_INITIALS = re.compile(
    r"(?:\*\*|__)?(?:A|R|О|O|S|D|L|答|ج|Ans)(?:\d{0,3})(?:\*\*|__)?\s*(?:[.:：)]|\s-\s)(?:\*\*|__)?[:：]?\s*(?P<rest>.*)$"
)


def initial_answer(text: str) -> str | None:
    """What stands behind the initial of "answer" where a question began with that of "question":
    ``A: text``, ``R. text``, ``О: …``."""
    match = _INITIALS.match(text)
    return match["rest"].strip() if match else None


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


def names_code(text: str) -> bool:
    """Whether a line only says that code follows: ``**Code:**``, ``Snippet (JS):``."""
    bare = undecorated(text).strip("*_ ").rstrip(":：").strip()
    return vocabulary.is_word(Word.CODE, _ASIDE.sub("", bare))


_COMPANION = re.compile(
    r"(?:code |real[- ]world |production )?"
    r"(?:examples?|code|diagram|snippet|notes?|analogy|beispiele?)"
    r"\b",
    re.IGNORECASE,
)


def is_companion(title: str) -> bool:
    """Whether a heading beside the tiers only continues the tier above: ``Example``, ``Code``."""
    return bool(_COMPANION.match(title)) or (
        (found := label(title)) is not None and isinstance(found.means, Word)
    )
