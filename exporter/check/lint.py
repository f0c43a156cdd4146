"""What makes a card hard to learn or a sheet hard to read: advice for the author, never a refusal.

Learning from cards has its craft: one thing a card, no enumerations, no twins.  Each rule is one
function over the pack, whose name is its code's; ``levels`` lets an author weigh or silence it.
Nothing here changes what is built.

Answers may be too long to be said in one breath, or say nothing; code may be too wide for a sheet's
column or too long for a phone's screen; prompts may ask for too much, or be hard to tell apart; a
heading may look like a tier with a slip of the pen in it, where other answers have tiers.  What
asks is the readers' business: whether a heading inside an answer is a question of its own is
decided there for the whole document, and `studypack explain FILE` says how.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise

from exporter.model import Answer, Pack, Question, QuestionId, Tier, find_questions
from exporter.model.config import PackConfig
from exporter.model.diagnostics import Code, Diagnostic, Location, Severity
from exporter.model.levels import settled
from exporter.text import lexical, markup, multiple_choice

_BREATH = 280  # characters
_SENTENCES = 3
_ITEMS = 6
_PROSE = (Tier.SHORT, Tier.MEDIUM, Tier.SENIOR)

_ENDS, _CLOSERS, _WIDE_ENDS = ".!?…", "\"'”’)]", "。！？"
_GOES_ON = re.compile(r"[a-zß-öø-ÿ]")  # a word that begins so begins no sentence
_ABBREVIATION = re.compile(
    r"(?:^|.*\W)(?:\w|e\.g|i\.e|vs|etc|cf|no|z\.B|d\.h|u\.a|p\.ex|Dr|Mr|Mrs)"
)
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+•]|\d{1,3}[.)])\s+\S")
_PARTS = re.compile(r"(?:(?<!\s)\s++)?+(?:[,;·、]|(?<=\s)/(?=\s))\s*+")
_FENCE = re.compile(r"\s*(?:```|~~~)")


def _about_answers(question: Question) -> Iterator[Diagnostic]:
    """L201, L202 and L205 of one question, at the answer's first line.  Choices are recognised and
    not recited: several right ones are no enumeration, and one may well repeat a word that the
    prompt has."""
    for answer in question.answers:
        if answer.tier is Tier.SHORT:
            yield from _long(answer)
        if question.choices:
            continue
        if answer.tier is Tier.SHORT:
            yield from _many(answer)
        if answer.tier in _PROSE and _echoes(answer, question):
            message = "the answer only repeats its prompt: say what the prompt does not"
            yield Diagnostic(answer.location, Code.ECHO, message)


def _long(answer: Answer) -> Iterator[Diagnostic]:
    text = markup.plain(answer.markdown)
    sentences = _sentences(answer)
    if len(text) > _BREATH:
        said = f"{len(text)} characters"
    elif sentences > _SENTENCES:
        said = f"{sentences} sentences"
    else:
        return
    message = (
        f"a short answer of {said}: keep to {_BREATH} characters and {_SENTENCES} sentences, "
        "and move the rest to a deeper tier"
    )
    yield Diagnostic(answer.location, Code.LONG_SHORT, message)


def _sentences(answer: Answer) -> int:
    """How many sentences the prose has; the items of a list count for none but the last of it."""
    prose = [line for line in _lines(answer) if not _ITEM.match(line)]
    text = markup.plain("\n".join(prose))
    words = text.split()
    ends = sum(_ends(word, following) for word, following in pairwise(words))
    return ends + sum(map(text.count, _WIDE_ENDS)) + bool(text)


def _ends(word: str, following: str) -> bool:
    """Whether a sentence ends with ``word``."""
    bare = word.rstrip(_CLOSERS)
    stem = bare.rstrip(_ENDS)
    ended = stem != bare and len(bare) > 1 and not _GOES_ON.match(following)
    return ended and not _ABBREVIATION.fullmatch(stem)


def _lines(answer: Answer) -> list[str]:
    """Lines outside fences."""
    kept, inside = [], False
    for line in answer.markdown.splitlines():
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            kept.append(line)
    return kept


def _many(answer: Answer) -> Iterator[Diagnostic]:
    count = max(_items(_lines(answer)), _run_in(_lines(answer)))
    if count > _ITEMS:
        message = (
            f"a short answer that enumerates {count} things: ask for them apart, or keep the "
            "ones that matter and move the list to a deeper tier"
        )
        yield Diagnostic(answer.location, Code.LONG_LIST, message)


def _items(lines: list[str]) -> int:
    """The longest list's items of the outermost level."""
    indents = [len(match["indent"]) for line in lines if (match := _ITEM.match(line))]
    return indents.count(min(indents)) if indents else 0


def _run_in(lines: list[str]) -> int:
    """The most things that one sentence names one after the other, each in a few words."""
    most = 0
    for line in lines:
        for sentence in re.split(r"[.:!?](?:\s|$)", markup.plain(line)):
            parts = _PARTS.split(sentence)
            brief = all(len(part.split()) <= _BRIEF for part in parts[1:-1])
            most = max(most, len(parts) if brief else 0)
    return most


_BRIEF = 4  # words of one thing in an enumeration; clauses are longer


def _echoes(answer: Answer, question: Question) -> bool:
    """Whether the answer has no word that the prompt lacks; code is always something new."""
    if "`" in answer.markdown or len(_lines(answer)) < len(answer.markdown.splitlines()):
        return False
    said = set(lexical.terms(markup.plain(answer.markdown)))
    asked = " ".join(filter(None, (question.title, question.prompt)))
    return bool(said) and said <= set(lexical.terms(markup.plain(asked)))


_COLUMNS = 57  # of a sheet's column at 7 pt
_LINES = 20
_CODE_FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})")


def _about_code(question: Question) -> Iterator[Diagnostic]:
    """L206 and L207, once for each piece of code: the puzzle's own, at the question's first line,
    those in answers, at the line that is too wide or where the code begins, and those to choose
    from, at the choice's first line."""
    if question.code:
        lines = question.code.expandtabs(4).splitlines()
        yield from _judged(lines, [question.location] * len(lines))
    for choice in question.choices:
        text = [line.expandtabs(4) for line in choice.markdown.splitlines()]
        for first, last in _blocks(text):
            yield from _judged(text[first:last], [choice.location] * (last - first))
    for answer in question.answers:
        said, place = multiple_choice.placed(answer, question.choices)
        text = [line.expandtabs(4) for line in said.splitlines()]
        for first, last in _blocks(text):
            places = [
                Location(place.path, number, number)
                for number in range(place.first + first, place.first + last)
                if number <= place.last
            ]
            if len(places) == last - first:
                yield from _judged(text[first:last], places)


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Index ranges of the lines within fences."""
    mark, start = "", 0
    for at, line in enumerate(lines):
        match = _CODE_FENCE.match(line)
        if match and not mark:
            mark, start = match["mark"], at + 1
        elif match and match["mark"].startswith(mark):
            yield start, at
            mark = ""


def _judged(lines: list[str], places: list[Location]) -> Iterator[Diagnostic]:
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    widths = [_columns(line[indent:].rstrip()) for line in lines]
    if widths and max(widths) > _COLUMNS:
        at = widths.index(max(widths))
        message = (
            f"a line of code has {widths[at]} columns and a sheet's column holds {_COLUMNS}: "
            "break it, or it is wrapped"
        )
        yield Diagnostic(places[at], Code.WIDE_CODE, message)
    if len(lines) > _LINES:
        message = (
            f"{len(lines)} lines of code stand on one card: keep the {_LINES} that it is about"
        )
        yield Diagnostic(places[0], Code.LONG_CODE, message)


def _columns(text: str) -> int:
    """Columns of a monospaced line: wide letters take two, marks that combine none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)


_LIST_ALL = re.compile(
    r"""(?:^|[.?!:]\s+) (?:please\s+ | (?:can|could|would)\s+you\s+(?:please\s+)?)?
    (?: (?:list|name|enumerate|give|mention|recite|state|write\s+down)\s+(?:me\s+)?
        (?:out\s+)?(?:all|every|each)\b
      | (?:list|enumerate)\s+(?:out\s+)?the\s+(?!difference|main\s+difference)
      | (?:what|which)\s+are\s+(?:all|all\s+of)\b
      | (?:nenne|nennen\s+sie|liste|zähle|zählen\s+sie)\s.*\b(?:alle|sämtliche)\b
      | (?:cite[rz]?|énumère[rz]?|liste[rz]?|nomme[rz]?)\s.*\b(?:tous|toutes)\b
      | (?:enumera|enumere|lista|liste|nombra|menciona)\s.*\b(?:todos|todas)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ALIKE = 0.8  # share of telling words that two prompts have in common
_CANDIDATES = 100  # so many earlier prompts are compared with one that many share a rare word with
_MOST = 3  # twins that are named of one prompt
_ASKS = frozenset(
    """what when where which who whose why how was wann wo welche welcher welches wer warum wieso
    wie que quoi quand où qui pourquoi comment qué cuándo dónde quién cómo""".split()
)


def _listing(question: Question) -> Iterator[Diagnostic]:
    """L203: the prompt asks for everything of a kind; among choices that is no recital."""
    if question.choices:
        return
    prompt = markup.plain(question.prompt or "")
    if _LIST_ALL.search(prompt):
        message = f'"{_brief(prompt)}" asks to list all: ask for one at a time, or what parts them'
        yield Diagnostic(question.location, Code.LIST_ALL, message)


def twins(questions: Sequence[Question], config: PackConfig) -> Iterator[Diagnostic]:
    """L204: prompts of one tier with the same question word and nearly the same telling words,
    said at the later one, of the earliest few.  Those that are linked as asking the same, or
    reviewed to be apart, are no twins."""
    asked = {at: _asked(question) for at, question in enumerate(questions) if question.prompt}
    reviewed = _reviewed(questions, config)
    leaders = _leaders(questions)

    def twin(first: int, second: int) -> bool:
        return (
            _confusable(asked[first], asked[second])
            and leaders[first] != leaders[second]
            and _meet(questions[first], questions[second])
            and frozenset((first, second)) not in reviewed
        )

    pairs = []
    for at, candidates in _near(asked):
        found = (other for other in candidates if twin(other, at))
        pairs += [(other, at) for other in islice(found, _MOST)]
    for first, second in sorted(pairs):
        yield _twin(questions[first], questions[second])


def _near(
    asked: Mapping[int, tuple[str, frozenset[str]]],
) -> Iterator[tuple[int, Iterable[int]]]:
    """Each prompt with the earlier ones that can be alike.

    Of two sets that share so much, each has one of its rarest words in common with the other's: as
    many of them as can be missing, and one more.
    """
    counts = Counter(word for _, telling in asked.values() for word in telling)
    places: dict[str, list[int]] = defaultdict(list)
    for at, (_, telling) in asked.items():
        rarest = sorted(telling, key=lambda word: (counts[word], word))
        few = rarest[: len(rarest) - math.ceil(_ALIKE * len(rarest)) + 1]
        near = {other for word in few for other in places[word][-_CANDIDATES:]}
        yield at, sorted(near)[-_CANDIDATES:]
        for word in few:
            places[word].append(at)


def _asked(question: Question) -> tuple[str, frozenset[str]]:
    """The question word ("" for none) and the telling words of prompt, code and choices."""
    text = markup.plain("\n".join(filter(None, (question.title, question.prompt))))
    words = lexical.words(text)
    code = lexical.words(question.code or "")
    offered = lexical.terms("\n".join(choice.markdown for choice in question.choices))
    return next((word for word in words if word in _ASKS), ""), frozenset(
        (*lexical.terms(text), *code, *offered)
    )


def _confusable(one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]) -> bool:
    shared, whole = one[1] & other[1], one[1] | other[1]
    return one[0] == other[0] and bool(whole) and len(shared) / len(whole) >= _ALIKE


def _leaders(questions: Sequence[Question]) -> Sequence[QuestionId]:
    """Of each question the id of the one that leads those which ask the same, or its own."""
    above = {
        question.id: related.id
        for question in questions
        for related in question.related
        if related.relation == "same" and related.leads
    }
    return [above.get(question.id, question.id) for question in questions]


def _meet(one: Question, other: Question) -> bool:
    """Whether a learner would get a card of each in one tier, neither of which names the other."""
    if any(related.id == other.id and related.relation == "same" for related in one.related):
        return False
    return bool({a.tier for a in one.answers} & {a.tier for a in other.answers})


def _reviewed(questions: Sequence[Question], config: PackConfig) -> frozenset[frozenset[int]]:
    places = {question.location: at for at, question in enumerate(questions)}
    pairs: set[frozenset[int]] = set()
    for entry in config.apart:
        found = [one for name in entry.questions for one in find_questions.find(questions, name)]
        pairs |= {frozenset(pair) for pair in combinations([places[q.location] for q in found], 2)}
    return frozenset(pairs)


def _twin(one: Question, other: Question) -> Diagnostic:
    prompt = _brief(markup.plain(one.prompt or ""))
    message = (
        f'asks almost what {one.key or "another question"} ({one.location}) asks, "{prompt}": say '
        "in each what differs, or name both under [[apart]]"
    )
    return Diagnostic(other.location, Code.NEAR_TWIN, message)


def _brief(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


_HEADING = re.compile(r"\s{0,3}#{1,6}\s++(?P<text>.*)")
_BOLD = re.compile(r"\s*+(?:\*\*|__)(?P<text>[^*_]++)(?:\*\*|__)\s*+(?::\s*+)?$")
_ANY_FENCE = re.compile(r"\s*(?:```|~~~)")
_TIERS = ("short", "medium", "senior", "output", "acceptance")
_WORDS = 2  # of a tier's heading: "SHROT answer"


def _about_headings(pack: Pack) -> Iterator[Diagnostic]:
    """L208: said at the heading's own line, within answers and readings."""
    tiered = {
        question.location.path
        for question in pack.questions
        if any(answer.tier is not Tier.MEDIUM for answer in question.answers)
    }
    texts = [
        multiple_choice.placed(answer, question.choices)
        for question in pack.questions
        for answer in question.answers
    ]
    texts += [(reading.markdown, reading.location) for reading in pack.readings]
    said: set[Location] = set()
    for markdown, place in texts:
        if place.path not in tiered:
            continue
        for at, text in _headings(markdown):
            line = Location(place.path, place.first + at, place.first + at)
            if line.first <= place.last and line not in said and _is_slip(text):
                said.add(line)
                message = (
                    f'the heading "{text[:60]}" looks like a tier and was not read as one: '
                    "correct it, or write it without a heading's marks"
                )
                yield Diagnostic(line, Code.ODD_HEADING, message)


def _headings(markdown: str) -> Iterator[tuple[int, str]]:
    inside = False
    for at, line in enumerate(markdown.splitlines()):
        if _ANY_FENCE.match(line):
            inside = not inside
        elif not inside and (match := _HEADING.match(line) or _BOLD.match(line)):
            yield at, match["text"].rstrip("# \t").strip()


def _is_slip(text: str) -> bool:
    words = re.sub(r"\W+", " ", text).strip().casefold().split()
    return 0 < len(words) <= _WORDS and any(_slips(words[0], tier) == 1 for tier in _TIERS)


def _slips(one: str, other: str) -> int:
    """Slips of the pen between two words, counted up to two: a sign too many, too few, another, or
    two that changed places."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > 1:
        return 2
    pairs = enumerate(zip(one, other, strict=False))
    start = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    changed = a[1:] == b[1:] or a[1:] == b or a == b[1:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return 1 if changed or swapped else 2


def examine(pack: Pack, config: PackConfig) -> tuple[Diagnostic, ...]:
    """Everything that a mentor would remark on, weighed as pack.toml says."""
    return settled(tuple(_remarks(pack, config)), config.lint, pack.documents, idle=True)


def errors(pack: Pack, config: PackConfig) -> tuple[Diagnostic, ...]:
    """The remarks that the author has declared to be errors, which hold a build back."""
    if "error" not in config.lint.values():
        return ()
    found = examine(pack, config)
    return tuple(one for one in found if one.severity is Severity.ERROR)


def _remarks(pack: Pack, config: PackConfig) -> Iterator[Diagnostic]:
    for question in pack.questions:
        yield from _about_answers(question)
        yield from _listing(question)
        yield from _about_code(question)
    yield from twins(pack.questions, config)
    yield from _about_headings(pack)
