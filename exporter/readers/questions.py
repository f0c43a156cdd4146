"""One question: its prompt, code and choices, and what stands under the labels of its answers.

Decisions where authors leave a gap: words between the heading and the first label belong to the
prompt; without any label the words below are the answer, but for a paragraph that asks; a heading
as high as the tiers that is none ends the tier above and is kept as a reading, since its words
might be another depth's answer.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.model import (
    Answer,
    Attributes,
    Kind,
    Markdown,
    Question,
    Reading,
    ReadingKind,
    Tier,
)
from exporter.model.diagnostics import Code, Report
from exporter.readers import keys, labels, puzzles, vocabulary
from exporter.readers.choosing import choice, options
from exporter.readers.inline import plain
from exporter.readers.matter import PARTS, Matter, Read, claim, first_words, joined, made, question
from exporter.readers.nesting import Asked
from exporter.readers.outline import Form, Opener
from exporter.readers.roles import Roles
from exporter.readers.scan import (
    Accounts,
    Line,
    LineKind,
    bold,
    location,
    markdown,
    trimmed,
    undecorated,
)
from exporter.readers.segments import (
    Mark,
    Segment,
    Weight,
    code_labels,
    cut,
    fences,
    marks,
    strangers,
    tiers,
)
from exporter.readers.vocabulary import Word

_PLACEHOLDER = re.compile(
    r"\W*(?:todo|tbd|tba|fixme|wip|answer here|your answer(?: here)?"
    r"|to be (?:added|answered|completed|done|continued|written)"
    r"|to fill in(?: later)?"
    r"|coming soon|no answer(?: yet)?|n/?a|skipped|\[skipped\]|\.{2,}|…"
    r"|ещё нет|нет ответа|待补充|待完善|略|暂无"
    r"|pendiente|à compléter|offen|未回答)\W*$",
    re.IGNORECASE,
)


def read(
    path: str,
    roles: Roles,
    tidied: tuple[Line, ...],
    one: Asked,
    section: tuple[str, ...],
    openers: Sequence[Opener],
    accounts: Accounts,
    report: Report,
) -> Read:
    """The question that ``one`` asks; ``openers`` are all inside its lines, ``tidied`` the
    document's lines without HTML."""
    lines = tidied
    last = one.end
    while last > one.opener.last + 1 and _hollow(lines[last - 1]):
        last -= 1
    if one.opener.title in roles.repeated:
        one = replace(one, opener=replace(one.opener, title=""))
    openers = [other for other in openers if other.at not in roles.option_lines]
    openers = [other for other in openers if not keys.inline(roles.lines[other.at])]
    found = _with_initial(one, last, roles.lines, marks(openers, roles.lines))
    matter = Matter(
        path,
        roles,
        one,
        section,
        lines,
        one.opener.last + 1,
        last,
        tuple(openers),
        found,
        accounts,
        report,
    )
    for line, now in zip(
        roles.lines[one.opener.at : one.end], tidied[one.opener.at : one.end], strict=True
    ):
        if line.kind is LineKind.RULE or (now.empty and not line.empty):
            accounts.structure(line)
    return _read(matter)


def _with_initial(
    one: Asked, last: int, lines: Sequence[Line], found: tuple[Mark, ...]
) -> tuple[Mark, ...]:
    """The labels of a question that begins "Q: …" with the line "A: …" that answers it."""
    unnumbered = one.opener.named and one.opener.label is None
    initial = (
        unnumbered
        or one.opener.form is Form.LABELLED
        or (one.opener.label or "x")[0] in "QqFfPpВвDdسS问問"
    )
    if not initial or any(mark.word is Word.ANSWER for mark in found):
        return found
    for at in range(one.opener.last + 1, last):
        line = lines[at]
        if line.kind not in (LineKind.TEXT, LineKind.BULLET):
            continue
        rest = labels.initial_answer(line.text)
        if rest is not None:
            label = labels.Label(Word.ANSWER, "A", rest)
            mark = Mark(at, at, Weight.PLAIN, 8, label)
            return tuple(sorted((*found, mark), key=lambda one: one.at))
    return found


def _hollow(line: Line) -> bool:
    return line.empty or line.kind is LineKind.RULE


def _read(matter: Matter) -> Read:
    run = options(matter)
    if run:
        return choice(matter, run)
    opened = tiers(matter.marks)
    parts = [mark for mark in matter.marks if mark.word in PARTS]
    if opened and not _states_output(matter, parts, opened):
        return _tiered(matter, _with_answers(parts, opened))
    parts = [mark for mark in parts if mark.word is not Word.HINT]
    parts = sorted((*parts, *opened), key=lambda mark: mark.at)
    segments = cut(matter.lines, matter.first, matter.last, parts)
    if puzzles.is_puzzle(matter.opener.title, segments[0].lines, parts):
        return Read((_puzzle(matter, segments),), (), "puzzle")
    return _plain(matter)


def _states_output(matter: Matter, parts: Sequence[Mark], opened: Sequence[Mark]) -> bool:
    """Whether a question with tiers is a puzzle all the same: its code's output comes first."""
    first = parts[0] if parts else None
    if first is None or first.word is not Word.OUTPUT or first.at > opened[0].at:
        return False
    return bool(fences(matter.lines[matter.first : first.at]))


def _with_answers(parts: Sequence[Mark], opened: Sequence[Mark]) -> tuple[Mark, ...]:
    """The tiers, and before them a label "Answer", under which another answer may stand."""
    before = [mark for mark in parts if mark.at < opened[0].at and mark.word is not Word.HINT]
    return (*before, *opened)


def _tiered(matter: Matter, opened: Sequence[Mark]) -> Read:
    heads = [one for one in matter.openers if one.form is Form.HEADING]
    strange = strangers(heads, opened, frozenset(mark.at for mark in opened))
    places = sorted((*opened, *map(_stranger, strange)), key=lambda mark: mark.at)
    lead, *segments = cut(matter.lines, matter.first, matter.last, places)
    claim(matter, (lead, *segments))
    answers, readings = [], []
    for segment in segments:
        mark = segment.mark
        assert mark is not None
        head = matter.roles.lines[mark.at]
        if not segment.text and mark.tier:
            message = f"nothing stands under {mark.label.name}: fill it or take it out"
            matter.tell(Code.EMPTY_TIER, message, [head])
        elif not segment.text:
            continue
        elif any(mark.at == other.at for other in opened):
            answers.append(_answer(matter.path, segment))
        else:
            readings.append(_reading(matter, segment))
    counts = Counter(answer.tier for answer in answers)
    for tier in sorted(tier for tier, count in counts.items() if count > 1):
        matter.tell(Code.TIER_TWICE, f"has two {tier} answers; both go on its card", matter.own[:1])
    return Read((question(matter, lead.lines, tuple(answers)),), tuple(readings), "tiers")


def _stranger(one: Opener) -> Mark:
    return Mark(one.at, one.last, Weight.HEADING, one.rank, labels.Label(Word.ASIDE, one.title, ""))


def _answer(path: str, segment: Segment) -> Answer:
    mark = segment.mark
    assert mark is not None
    assert segment.label is not None
    name = segment.label.name
    return Answer(mark.tier or Tier.MEDIUM, name, segment.text, location(path, segment.lines))


def _reading(matter: Matter, segment: Segment) -> Reading:
    assert segment.label is not None
    name = segment.label.name
    message = (
        f'"{name}" is no tier: kept as a reading; call it short, medium or senior, '
        "or give it a lower heading to make it part of the tier above"
    )
    matter.tell(Code.UNKNOWN_TIER, message, segment.lines[:1])
    section = (*matter.section, matter.opener.title or matter.opener.label or "")
    place = location(matter.path, segment.lines)
    return Reading(ReadingKind.ADVICE, name, segment.text, place, section)


def _puzzle(matter: Matter, segments: Sequence[Segment]) -> Question:
    matter.accounts.structure(*code_labels(segments[0].lines))
    claim(matter, segments)
    found = puzzles.puzzle(matter.path, segments)
    if found.answer and found.answer.output is None:
        message = "says nowhere what its code prints; add a line Output: with it"
        matter.tell(Code.NO_OUTPUT, message, matter.own)
    answers = (found.answer,) if found.answer else ()
    title = matter.opener.title
    if title and not puzzles.is_prompt(title):
        whole = made(matter, Kind.OUTPUT, found.detail, answers, found.code, found.language)
        return replace(whole, title=title)
    prompt = joined(matter, found.detail)
    return made(matter, Kind.OUTPUT, prompt, answers, found.code, found.language)


def _plain(matter: Matter) -> Read:
    answering = [
        mark
        for mark in matter.marks
        if mark.word is Word.ANSWER or (mark.word is Word.HINT and mark.fold)
    ]
    asking = [mark for mark in matter.marks if mark.word is Word.QUESTION]
    follow = [
        mark for mark in matter.marks if mark.word is Word.FOLLOW_UP and _asks_on(matter, mark)
    ]
    last = follow[0].at if follow else matter.last
    answering = [mark for mark in answering if mark.at < last]
    first = [mark for mark in answering if mark.word is Word.ANSWER][:1]
    if first and not _splits(matter, first[0]):
        first = []
    if first:
        return _labelled(matter, first[0], answering, asking, follow, last)
    claim(matter, cut(matter.lines, matter.first, matter.last, asking))
    lead = _without_labels(matter, matter.lines[matter.first : last], asking)
    prompt, below = _split(matter, trimmed(lead))
    answers = _unlabelled(matter, below)
    whole = question(matter, prompt, answers)
    return Read((whole, *_follow_ups(matter, follow)), (), "questions")


def _splits(matter: Matter, mark: Mark) -> bool:
    """Whether a label "Answer" parts prompt and answer; one deep in a text with words before it
    that do not ask is content ("The answer: …")."""
    if mark.weight is Weight.INLINE and len(mark.label.name) == 1:
        return matter.opener.form is Form.LABELLED or matter.opener.named
    return True


def _labelled(
    matter: Matter,
    first: Mark,
    answering: Sequence[Mark],
    asking: Sequence[Mark],
    follow: Sequence[Mark],
    last: int,
) -> Read:
    lead, answered = cut(matter.lines, matter.first, last, [first])
    claim(matter, (lead, answered))
    prompt = _without_labels(matter, lead.lines, asking)
    inner = _without_labels(matter, answered.lines, [m for m in answering if m.at > first.at])
    answered = replace(answered, lines=tuple(inner))
    text = answered.text
    answers: tuple[Answer, ...] = ()
    if text and not _PLACEHOLDER.fullmatch(text):
        assert answered.label is not None
        place = location(matter.path, answered.lines or matter.own)
        answers = (Answer(Tier.MEDIUM, answered.label.name, text, place),)
    whole = question(matter, trimmed(prompt), answers)
    return Read((whole, *_follow_ups(matter, follow)), (), "questions")


def _asks_on(matter: Matter, mark: Mark) -> bool:
    """Whether a label "Follow-up" has a question behind or below it."""
    words = first_words(matter, mark)
    return vocabulary.asks(undecorated(words))


def _follow_ups(matter: Matter, found: Sequence[Mark]) -> Iterator[Question]:
    """A question for each "Follow-up: …", with its own answer."""
    for segment in cut(matter.lines, found[0].at, matter.last, found)[1:] if found else ():
        mark = segment.mark
        assert mark is not None
        lines = [line for line in segment.lines if not line.empty]
        if segment.rest:
            prompt, below = segment.rest, segment.lines[1:]
        else:
            prompt, below = undecorated(lines[0].text), segment.lines[1:]
        inner = [
            other for other in matter.marks if other.at > mark.at and other.word is Word.ANSWER
        ][:1]
        body = list(trimmed(below))
        name = ""
        if inner and any(line.number == matter.roles.lines[inner[0].at].number for line in body):
            at = next(
                nth
                for nth, line in enumerate(body)
                if line.number == matter.roles.lines[inner[0].at].number
            )
            name = inner[0].label.name
            rest = inner[0].label.rest
            head = replace(body[at], raw=rest, text=rest) if rest else None
            matter.accounts.structure(*([] if rest else [body[at]]))
            body = [*body[:at], *([head] if head else []), *body[at + 1 :]]
        text = markdown(trimmed(body))
        answers = (
            (Answer(Tier.MEDIUM, name, text, location(matter.path, trimmed(body))),)
            if text and not _PLACEHOLDER.fullmatch(text)
            else ()
        )
        whole = made(matter, Kind.QUESTION, prompt, answers)
        yield replace(
            whole,
            label=None,
            location=location(matter.path, segment.lines or [matter.lines[mark.at]]),
            attributes=Attributes(),
        )


def _without_labels(
    matter: Matter, lines: Sequence[Line], found: Sequence[Mark]
) -> tuple[Line, ...]:
    """``lines`` without the labels ``found``; what follows one on its line stays."""
    by_number = {matter.roles.lines[mark.at].number: mark for mark in found}
    kept = []
    for line in lines:
        mark = by_number.get(line.number)
        if mark is None:
            kept.append(line)
        elif mark.label.rest and mark.word is not Word.OPTIONS:
            rest = mark.label.rest
            if mark.word is Word.HINT:
                rest = f"**{mark.label.name}:** {rest}"
            kept.append(replace(line, raw=rest, text=rest))
        else:
            matter.accounts.structure(line)
            if mark.word is Word.HINT:
                text = f"**{mark.label.name}:**"
                kept.append(replace(line, raw=text, text=text))
    return tuple(kept)


def _unlabelled(matter: Matter, below: Sequence[Line]) -> tuple[Answer, ...]:
    rest = matter.opener.rest
    below = _without_arrows(below)
    text = markdown(below)
    if rest:
        text = Markdown("\n\n".join(part for part in (rest, text) if part))
    if not text or _PLACEHOLDER.fullmatch(text):
        return ()
    lines = (*matter.lines[matter.opener.at : matter.opener.at + 1], *below) if rest else below
    return (Answer(Tier.MEDIUM, "", Markdown(text), location(matter.path, lines)),)


_ARROW = re.compile(r"^(?P<indent>\s*)(?:->|=>|→|⇒)\s*")


def _without_arrows(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` without the arrows that all of them begin with: they only say "answer"."""
    filled = [line for line in lines if not line.empty]
    if not filled or not all(_ARROW.match(line.raw) for line in filled):
        return lines
    return [replace(line, raw=_ARROW.sub(r"\g<indent>", line.raw)) for line in lines]


def _split(matter: Matter, lead: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Prompt and answer of lines under no label: all are the answer, but for a paragraph that asks,
    or under a heading without a title, where the first paragraph is the prompt."""
    if not lead:
        return (), lead
    first: list[Line] = []
    for line in lead:
        if line.empty:
            break
        first.append(line)
    if not matter.opener.title:
        if bold(first[0].text) or vocabulary.puts_question_mark(plain(first[0].text)):
            first = first[:1]
        return first, trimmed(lead[len(first) :])
    text = " ".join(line.text for line in first)
    asks = text.rstrip("*_ ").endswith("?") and first[0].kind is LineKind.TEXT
    if not asks:
        return (), lead
    return first, trimmed(lead[len(first) :])
