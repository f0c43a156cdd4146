"""What a guide's labels announce, and the questions that its sentences quote."""

import re
from enum import Enum, auto

from exporter.readers import shapes


class Context(Enum):
    """What the list below a label holds."""

    TOPICS = auto()
    ADVICE = auto()
    MODES = auto()
    QUESTIONS = auto()


_QUESTIONS = re.compile(r"\b(?:questions?|fragen?)\b", re.IGNORECASE)
_TOPICS = re.compile(
    r"\b(?:topics?|areas?|concepts?|subjects?|skills?|themes?|focus|must[- ]knows?|key points"
    r"|fundamentals|essentials|core|themen|schwerpunkte?|grundlagen)\b"
    r"|\bwhat to (?:know|learn|cover|expect|study)\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b(?:approach|plan|how to|how we|tips?|exercises?|routine)\b", re.IGNORECASE)
_MODES = re.compile(
    r"\bmodes?\b|\bsimulat|\bmock\b|\b(?:interview|round) formats?\b|\bmodi\b", re.IGNORECASE
)


def context(words: str) -> Context | None:
    """What a label or an announcing sentence promises; None where its words do not tell."""
    if _QUESTIONS.search(words):
        return Context.QUESTIONS
    if _MODES.search(words):
        return Context.MODES
    if _TOPICS.search(words) and not _HOW.search(words):
        return Context.TOPICS
    return Context.ADVICE if shapes.is_practice(words) else None


_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"")
_ASKS = re.compile(
    r"(?:how|what|why|when|which|where|who|can|could|do|does|is|are|should|would|have|has|did"
    r"|wie|was|warum|wann|wer|welche[rsnm]?|wo|wozu|wodurch|worin|ist|sind|kann|darf)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"(?:tell me|describe|explain|walk me|talk about|give (?:me )?an example|design|compare|name"
    r"|nennen|erklären|beschreiben|erläutern)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\b[XYZN]\b(?![-+#.\w])|…|\.\.\.|_{2,}|<\w*>|\[\w+\]")
_BETWEEN = re.compile(r"[\s,;:.…/&()*_-]|\b(?:or|and|oder|und|e\.g\.|etc)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:questions?|asked|asks?|fragen?|gefragt)\b(?! yourself)", re.IGNORECASE)
_FEW = 3  # words below which a quotation is an expression, not a question


def asked(text: str, where: Context | None) -> tuple[tuple[str, ...], bool]:
    """The questions that ``text`` asks, and whether it says anything else.

    A text that is a question as a whole asks itself; otherwise quotations that are questions count:
    always in a list of topics or questions, elsewhere only where the text speaks of asking.  A
    pattern of a question ("What happens if you do X?") is none.
    """
    if _is_question(text, where):
        return (_unquoted(text),), False
    if where is Context.MODES:
        return (), True
    if where not in (Context.TOPICS, Context.QUESTIONS) and not _ASKED.search(text):
        return (), True
    quoted = [next(filter(None, match.groups())).strip() for match in _QUOTED.finditer(text)]
    told = where is Context.QUESTIONS or bool(_ASKED.search(text))
    prompts = tuple(quote for quote in quoted if _prompts(quote, told=told))
    rest = _BETWEEN.sub("", _QUOTED.sub("", text))
    return prompts, bool(rest) or len(prompts) < len(quoted) or not prompts


def _is_question(text: str, where: Context | None) -> bool:
    inner = _unquoted(text)
    if where is Context.QUESTIONS and not _QUOTED.search(inner):
        return True
    whole = inner != text or bool(_ASKS.match(inner))
    listed = where in (Context.TOPICS, Context.QUESTIONS)
    return listed and whole and inner.endswith("?") and not _PLACEHOLDER.search(inner)


def _prompts(quote: str, *, told: bool) -> bool:
    if len(quote.split()) < _FEW or _PLACEHOLDER.search(quote):
        return False
    return quote.endswith("?") or (told and bool(_TELLS.match(quote)))


def _unquoted(text: str) -> str:
    match = _QUOTED.fullmatch(text.strip())
    return next(filter(None, match.groups())).strip() if match else text
