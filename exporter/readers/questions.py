"""One question: its prompt, code and choices, and what stands under the labels of its answers.

Decisions where authors leave a gap: words between the heading and the first label belong to the
prompt; without any label the words below are the answer, but for a paragraph that asks; a heading
as high as the tiers that is none ends the tier above and is kept as a reading, since its words
might be another depth's answer.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import (
    Answer,
    Attributes,
    Choice,
    Kind,
    Markdown,
    Output,
    Question,
    Reading,
    ReadingKind,
    Source,
    Tier,
)
from exporter.readers import choices, keys, labels, outputs, puzzles, vocabulary
from exporter.readers.choices import Run
from exporter.readers.outline import Form, Opener, plain
from exporter.readers.roles import Asked, Roles
from exporter.readers.scan import (
    LISTED,
    Accounts,
    Line,
    LineKind,
    bold,
    location,
    markdown,
    scan,
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
    r"\W*(?:todo|tbd|tba|fixme|wip|answer here|your answer(?: here)?|to be (?:added|answered|completed|done|continued|written)|to fill in(?: later)?"
    r"|coming soon|no answer(?: yet)?|n/?a|skipped|\[skipped\]|\.{2,}|…|ещё нет|нет ответа|待补充|待完善|略|暂无"
    r"|pendiente|à compléter|offen|未回答)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Read:
    """What one asked opener gives: its questions (follow-ups too), readings inside it, its shape in
    a word for the document's parts, and for choices without a right one what a key needs."""

    questions: tuple[Question, ...]
    readings: tuple[Reading, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A question's own lines: ``first`` is the index behind its head, ``last`` behind its last
    line; ``openers`` are those inside, ``marks`` its labels."""

    path: str
    roles: Roles
    asked: Asked
    section: tuple[str, ...]
    lines: tuple[Line, ...]
    first: int
    last: int
    openers: tuple[Opener, ...]
    marks: tuple[Mark, ...]
    accounts: Accounts
    report: Report

    @property
    def opener(self) -> Opener:
        return self.asked.opener

    @property
    def own(self) -> Sequence[Line]:
        """All its lines from the head, without blanks at the end."""
        return (
            trimmed(self.lines[self.opener.at : self.last])
            or self.lines[self.opener.at : self.opener.at + 1]
        )

    def tell(self, code: Code, message: str, lines: Sequence[Line]) -> None:
        name = self.opener.label or f'"{self.opener.title[:50]}"'
        self.report(Diagnostic(location(self.path, lines), code, f"{name}: {message}"))


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
    lines = tuple(tidied)
    last = one.end
    while last > one.opener.last + 1 and _hollow(lines[last - 1]):
        last -= 1
    if one.opener.title in roles.repeated:
        one = replace(one, opener=replace(one.opener, title=""))
    openers = [other for other in openers if other.at not in roles.option_lines]
    tidied = keys.without_inline(roles.lines, tidied, one.opener.at, one.end)
    lines = tidied
    openers = [other for other in openers if not keys.inline(roles.lines[other.at])]
    lines = _unquoted(one, lines, openers)
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


_QUOTE = re.compile(r"^\s*>\s?")


def _unquoted(one: Asked, lines: tuple[Line, ...], openers: Sequence[Opener]) -> tuple[Line, ...]:
    """``lines`` with the callouts that ask or answer as plain lines."""
    callouts = [
        other
        for other in (one.opener, *openers)
        if other.form is Form.CALLOUT and (other.means or other is one.opener)
    ]
    if not callouts:
        return lines
    changed = list(lines)
    for callout in callouts:
        at = callout.at
        raws = []
        while at < len(lines) and lines[at].raw.lstrip().startswith(">"):
            raws.append(_QUOTE.sub("", lines[at].raw))
            at += 1
        inner = scan(Source("", tuple(raws)))
        for nth, line in enumerate(inner[1:], callout.at + 1):
            changed[nth] = replace(line, number=lines[nth].number)
    return tuple(changed)


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
    run = _run(matter)
    if run:
        return _choice(matter, run)
    opened = tiers(matter.marks)
    parts = [mark for mark in matter.marks if mark.word in _CUTTING]
    if opened and not _states_output(matter, parts, opened):
        return _tiered(matter, _with_answers(parts, opened))
    parts = [mark for mark in parts if mark.word is not Word.HINT]
    segments = cut(matter.lines, matter.first, matter.last, parts)
    if puzzles.is_puzzle(matter.opener.title, segments[0].lines, parts):
        return Read((_puzzle(matter, segments),), (), "puzzle")
    return _plain(matter)


_CUTTING = (Word.ANSWER, Word.EXPLANATION, Word.OUTPUT, Word.HINT)


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


# -- tiers --------------------------------------------------------------------------------------


def _tiered(matter: Matter, opened: Sequence[Mark]) -> Read:
    heads = [one for one in matter.openers if one.form is Form.HEADING]
    strange = strangers(heads, opened, frozenset(mark.at for mark in opened))
    places = sorted((*opened, *map(_stranger, strange)), key=lambda mark: mark.at)
    lead, *segments = cut(matter.lines, matter.first, matter.last, places)
    _claim(matter, (lead, *segments))
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
    prompt = _prompt_lines(matter, lead.lines)
    return Read((_question(matter, prompt, tuple(answers)),), tuple(readings), "tiers")


def _stranger(one: Opener) -> Mark:
    return Mark(one.at, one.last, Weight.HEADING, one.rank, labels.Label(Word.ASIDE, one.title, ""))


def _answer(path: str, segment: Segment) -> Answer:
    mark = segment.mark
    assert mark is not None and segment.label is not None
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


def _prompt_lines(matter: Matter, lead: Sequence[Line]) -> Sequence[Line]:
    """The lines of a lead that belong to the prompt: "Key concepts" and a common heading above the
    answers do not, where the question has a title of its own."""
    return lead


# -- puzzles ------------------------------------------------------------------------------------


def _puzzle(matter: Matter, segments: Sequence[Segment]) -> Question:
    matter.accounts.structure(*code_labels(segments[0].lines))
    _claim(matter, segments)
    found = puzzles.puzzle(matter.path, segments)
    if found.answer and found.answer.output is None:
        message = "says nowhere what its code prints; add a line Output: with it"
        matter.tell(Code.NO_OUTPUT, message, matter.own)
    answers = (found.answer,) if found.answer else ()
    title = matter.opener.title
    if title and not puzzles.is_prompt(title):
        made = _made(matter, Kind.OUTPUT, found.detail, answers, found.code, found.language)
        return replace(made, title=title)
    prompt = _joined(matter, found.detail)
    return _made(matter, Kind.OUTPUT, prompt, answers, found.code, found.language)


# -- choices ------------------------------------------------------------------------------------


def _run(matter: Matter) -> Run | None:
    """The options to choose from, if there are."""
    for run in matter.roles.runs_between(matter.first, matter.last):
        if _chooses(matter, run):
            return run
    return _listed_run(matter)


def _listed_run(matter: Matter) -> Run | None:
    """A plain list as options, where what follows it repeats one of its entries as the answer."""
    if not (matter.opener.asks or matter.opener.named):
        return None
    run = choices.listed(matter.lines, matter.first, matter.last)
    if run is None:
        return None
    if any(mark.at < run.last for mark in matter.marks if mark.word is not Word.OPTIONS):
        return None
    named = [
        choices.named(_first_words(matter, mark), run.options)
        for mark in matter.marks
        if mark.word is Word.ANSWER
    ][:1]
    if named and named[0]:
        return run
    fenced = choices.fenced_key(matter.lines, run, matter.last)
    return replace(run, options=fenced) if fenced else None


def _chooses(matter: Matter, run: Run) -> bool:
    """Whether a run of options belongs to the question and is no list in its answer."""
    before = [mark for mark in matter.marks if mark.at < run.first]
    if any(mark.tier or mark.word is Word.ANSWER for mark in before):
        return False
    if any(mark.word is Word.OPTIONS for mark in before):
        return True
    ticks = [option.ticked for option in run.options]
    boxed = ticks[0] is not None
    keyed = any(
        mark.word is Word.ANSWER and choices.named(_first_words(matter, mark), run.options)
        for mark in matter.marks
        if mark.at >= run.last
    )
    below = Segment(None, tuple(trimmed(matter.lines[run.last : matter.last])))
    keyed = keyed or bool(_fenced(run, below)[0])
    if boxed:
        return matter.opener.asks or matter.opener.named or any(ticks) or keyed
    prose = [
        line
        for line in matter.lines[matter.first : run.first]
        if not line.empty and line.kind in (LineKind.TEXT, *LISTED)
    ]
    decided = keyed or any(option.marked for option in run.options)
    if decided or matter.roles.coded_key(matter.opener):
        return True
    near = len(prose) <= 4
    return near and (matter.roles.keys_elsewhere or matter.roles.letters_options)


def _first_words(matter: Matter, mark: Mark) -> str:
    """What stands behind an answer's label, or on the first line below it."""
    if mark.label.rest:
        return mark.label.rest
    below = [line for line in matter.lines[mark.last + 1 : matter.last] if not line.empty]
    return _key_text(below[0].text) if below else ""


def _key_text(text: str) -> str:
    """A key's line without a label before it: "**Correct answer: B**" is "B"."""
    label = labels.label(undecorated(text.lstrip("# ")))
    if label and label.means is Word.ANSWER and label.rest:
        return label.rest
    return text.lstrip("# ")


def _choice(matter: Matter, run: Run) -> Read:
    lead = matter.lines[matter.first : run.first]
    rest = [mark for mark in matter.marks if mark.at >= run.last]
    segments = cut(matter.lines, run.last, matter.last, [m for m in rest if m.word in _CUTTING])
    right, explanation, places = _right(matter, run, segments)
    _claim_choice(matter, run, segments, right, bool(explanation))
    options = tuple(
        Choice(Markdown(str(option.text)), at in right, location(matter.path, option.lines))
        for at, option in enumerate(run.options)
    )
    prompt_marks = [
        mark
        for mark in matter.marks
        if mark.at < run.first and mark.word in (Word.QUESTION, Word.OPTIONS)
    ]
    detail = _asked_lines(matter, lead, prompt_marks)
    outputs_asked = bool(fences(detail)) and puzzles.asks(_asking_text(matter, detail))
    if not right:
        question = _chosen_question(matter, detail, options, None, outputs_asked)
        return Read((question,), (), "choice")
    answer = _chosen_answer(matter, run, right, explanation, places, outputs_asked)
    question = _chosen_question(matter, detail, options, answer, outputs_asked)
    return Read((question,), (), "choice")


def _asking_text(matter: Matter, detail: Sequence[Line]) -> str:
    words = [line.text for line in detail if line.kind in (LineKind.TEXT, LineKind.HEADING)]
    return " ".join((matter.opener.title, *words))


def _asked_lines(matter: Matter, lead: Sequence[Line], found: Sequence[Mark]) -> list[Line]:
    """A choice question's prompt below its head: labels "Question:" and "Options:" go."""
    by_number = {matter.roles.lines[mark.at].number: mark for mark in found}
    detail = []
    for line in trimmed(lead):
        mark = by_number.get(line.number)
        if mark is None:
            detail.append(line)
        elif mark.label.rest:
            detail.append(replace(line, raw=mark.label.rest, text=mark.label.rest))
        else:
            matter.accounts.structure(line)
    return list(trimmed(detail))


def _right(
    matter: Matter, run: Run, segments: Sequence[Segment]
) -> tuple[tuple[int, ...], str, list[Line]]:
    """Indexes of the right options, the explanation, and the lines that say it."""
    ticked = tuple(at for at, option in enumerate(run.options) if option.ticked)
    marked = tuple(at for at, option in enumerate(run.options) if option.marked)
    right = ticked or (marked if len(marked) < len(run.options) else ())
    texts: list[str] = []
    places: list[Line] = []
    keyed = False
    for segment in segments:
        text = str(segment.text)
        if not text:
            continue
        answering = segment.label is not None and segment.label.means is Word.ANSWER
        head, _, below = text.partition("\n")
        head = _key_text(head) if answering else head
        found = choices.named(head, run.options) if answering and not keyed else ()
        if not found and not keyed and segment.label is None and not right:
            found, text = _fenced(run, segment)
            head = below = ""
        if found:
            keyed = True
            right = right or found
            if head:
                left = _beyond(head, run, found)
                text = "\n".join(part for part in (left, below) if part.strip()).strip()
        if text:
            texts.append(text)
            places += segment.lines
    if not right and (letter := matter.roles.coded_key(matter.opener)):
        right = choices.named(letter, run.options)
    return right, "\n\n".join(texts), places


def _fenced(run: Run, segment: Segment) -> tuple[tuple[int, ...], str]:
    """The options that code directly below them names, and what else the lines say."""
    blocks = fences(segment.lines)
    if not blocks or blocks[0][0] != 0:
        return (), str(segment.text)
    first, last = blocks[0]
    inner = str(markdown(_inner(segment.lines[first : last + 1]))).strip()
    found = choices.named(_key_text(inner), run.options) if "\n" not in inner else ()
    rest = trimmed(segment.lines[last + 1 :])
    return (found, str(markdown(rest))) if found else ((), str(segment.text))


def _beyond(head: str, run: Run, found: Sequence[int]) -> str:
    """What a key's line says beyond naming the right options."""
    rest = undecorated(plain(head))
    rest = re.sub(
        r"^[(\[*_`]*[A-Ja-jА-Ка-кأبجدهوزح①-⑩](?:\s*(?:[,&+、/]|and|und|y|et|e|и)\s*[A-Jа-к](?!\w))*[*_`)\].:：、．]*\s*[-–—]?\s*",
        "",
        rest,
        count=1,
    )
    bare = re.sub(r"[\s*_`.]+", " ", rest).strip().casefold()
    for at in found:
        option = re.sub(r"[\s*_`.]+", " ", plain(str(run.options[at].text))).strip().casefold()
        if bare == option:
            return ""
        if option and bare.startswith(option):
            return rest[len(option) :].lstrip(" .:-–—*_`")
    return "" if bare in ("and", "e", "y") else rest


def _chosen_answer(
    matter: Matter,
    run: Run,
    right: Sequence[int],
    explanation: str,
    places: Sequence[Line],
    outputs_asked: bool,
) -> Answer:
    texts = [str(run.options[at].text) for at in right]
    chosen = texts[0] if len(texts) == 1 else "\n".join(f"- {_hung(text)}" for text in texts)
    whole = "\n\n".join(part for part in (chosen, explanation) if part)
    lines = [line for at in right for line in run.options[at].lines]
    spread = sorted((*lines, *places), key=lambda line: line.number)
    place = location(matter.path, spread)
    name = next(
        (
            mark.label.name
            for mark in matter.marks
            if mark.word is Word.ANSWER and mark.at >= run.last
        ),
        "",
    )
    if not outputs_asked:
        return Answer(_tier_of(matter), name, Markdown(whole), place)
    stated = Output(
        outputs.bare(texts[0]), (), True, location(matter.path, run.options[right[0]].lines)
    )
    return Answer(
        Tier.OUTPUT,
        name,
        Markdown(whole),
        place,
        explanation=Markdown(explanation) if explanation else None,
        output=stated,
    )


def _tier_of(matter: Matter) -> Tier:
    return Tier.MEDIUM


def _hung(text: str) -> str:
    return text.replace("\n", "\n  ")


def _chosen_question(
    matter: Matter,
    detail: Sequence[Line],
    options: tuple[Choice, ...],
    answer: Answer | None,
    outputs_asked: bool,
) -> Question:
    answers = (answer,) if answer else ()
    if not outputs_asked:
        made = _question(matter, detail, answers)
        return replace(made, choices=options)
    first, last = fences(detail)[0]
    code = str(markdown(_inner(detail[first : last + 1])))
    named = detail[first].text
    language = named.split(maxsplit=1)[0].lower() if named else None
    words = trimmed([*detail[:first], *detail[last + 1 :]])
    prompt = _joined(matter, str(markdown(words)))
    made = _made(matter, Kind.OUTPUT, prompt, answers, code, language)
    return replace(made, choices=options)


def _inner(lines: Sequence[Line]) -> Sequence[Line]:
    closed = lines[-1].kind is LineKind.FENCE and len(lines) > 1
    return lines[1:-1] if closed else lines[1:]


def _claim_choice(
    matter: Matter, run: Run, segments: Sequence[Segment], right: Sequence[int], explained: bool
) -> None:
    for segment in segments:
        if segment.mark and (
            not segment.rest or (segment.label and segment.label.means is Word.ANSWER)
        ):
            matter.accounts.structure(matter.roles.lines[segment.mark.at])
    _claim(matter, segments)


# -- plain --------------------------------------------------------------------------------------


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
    _claim(matter, cut(matter.lines, matter.first, matter.last, asking))
    lead = _without_labels(matter, matter.lines[matter.first : last], asking)
    prompt, below = _split(matter, trimmed(lead))
    answers = _unlabelled(matter, below)
    made = _question(matter, prompt, answers)
    return Read((made, *_follow_ups(matter, follow)), (), "questions")


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
    _claim(matter, (lead, answered))
    prompt = _without_labels(matter, lead.lines, asking)
    before, after = _around(matter, list(prompt))
    inner = _without_labels(matter, answered.lines, [m for m in answering if m.at > first.at])
    answered = replace(answered, lines=tuple(inner))
    text = "\n\n".join(part for part in (str(markdown(after)), str(answered.text)) if part)
    answers: tuple[Answer, ...] = ()
    if text and not _PLACEHOLDER.fullmatch(text):
        lines = answered.lines or after
        assert answered.label is not None
        place = location(matter.path, lines)
        answers = (Answer(Tier.MEDIUM, answered.label.name, Markdown(text), place),)
    made = _question(matter, before, answers)
    return Read((made, *_follow_ups(matter, follow)), (), "questions")


def _around(matter: Matter, lead: list[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines between a head and its "Answer": they belong to the prompt."""
    return trimmed(lead), ()


def _asks_on(matter: Matter, mark: Mark) -> bool:
    """Whether a label "Follow-up" has a question behind or below it."""
    words = _first_words(matter, mark)
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
        made = _made(matter, Kind.QUESTION, prompt, answers)
        yield replace(
            made,
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
    text = markdown(below)
    if rest:
        text = Markdown("\n\n".join(part for part in (rest, text) if part))
    if not text or _PLACEHOLDER.fullmatch(text):
        return ()
    lines = (*matter.lines[matter.opener.at : matter.opener.at + 1], *below) if rest else below
    return (Answer(Tier.MEDIUM, "", Markdown(text), location(matter.path, lines)),)


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


# -- assembling ---------------------------------------------------------------------------------


def _question(matter: Matter, detail: Sequence[Line], answers: tuple[Answer, ...]) -> Question:
    return _made(matter, Kind.QUESTION, _joined(matter, str(markdown(detail))), answers)


def _made(
    matter: Matter,
    kind: Kind,
    prompt: str,
    answers: tuple[Answer, ...],
    code: str | None = None,
    language: str | None = None,
) -> Question:
    if not prompt and not code:
        prompt = matter.opener.label or ""
        matter.tell(
            Code.NO_PROMPT, "asks nothing; write the question behind its number", matter.own
        )
    return Question(
        kind=kind,
        label=matter.opener.label,
        title=None,
        prompt=Markdown(prompt) if prompt else None,
        code=code,
        language=language,
        location=location(matter.path, matter.own),
        section=matter.section,
        answers=answers,
        attributes=matter.opener.attributes,
    )


def _joined(matter: Matter, detail: str) -> str:
    """Title and the words below it; a plain question's next line goes on with it."""
    title = matter.opener.title
    if not title and detail:
        whole = bold(detail.strip())
        return whole if whole and "\n" not in detail.strip() else detail
    below = matter.lines[matter.first : matter.first + 1]
    goes_on = matter.opener.form not in (Form.HEADING, Form.FOLD) and below and not below[0].empty
    separator = (
        "\n" if goes_on and below[0].text and detail.startswith(below[0].text[:1]) else "\n\n"
    )
    return separator.join(part for part in (title, detail) if part)


def _claim(matter: Matter, segments: Sequence[Segment]) -> None:
    """Headings and labels are structure, all else of a question is content."""
    bare = {segment.mark.at for segment in segments if segment.mark and not segment.rest}
    lines = matter.roles.lines
    for at in range(matter.opener.at, matter.last):
        if at in bare or lines[at].kind is LineKind.HEADING or (not matter.lines[at].raw.strip() and not lines[at].empty):
            matter.accounts.structure(lines[at])
        else:
            matter.accounts.content([lines[at]])
