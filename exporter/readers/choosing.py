"""Questions with answers to choose from: which list holds the options, which of them are right, and
what explains that."""

import re
from collections.abc import Sequence
from dataclasses import replace

from exporter.model import (
    Answer,
    Choice,
    Kind,
    Markdown,
    Output,
    Question,
    Tier,
)
from exporter.readers import choices, outputs, puzzles, vocabulary
from exporter.readers.choices import Run
from exporter.readers.inline import plain
from exporter.readers.matter import (
    PARTS,
    Matter,
    Read,
    claim,
    first_words,
    joined,
    key_text,
    made,
    question,
)
from exporter.readers.scan import (
    LISTED,
    Line,
    LineKind,
    location,
    markdown,
    trimmed,
    undecorated,
)
from exporter.readers.segments import (
    Mark,
    Segment,
    cut,
    fences,
)
from exporter.readers.vocabulary import Word


def options(matter: Matter) -> Run | None:
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
        choices.named(first_words(matter, mark), run.options)
        for mark in matter.marks
        if mark.word is Word.ANSWER
    ][:1]
    if named and named[0]:
        return run
    right = sum(option.marked for option in run.options)
    alone = run.first == matter.first or not trimmed(matter.lines[matter.first : run.first])
    if alone and right == 1 and matter.roles.marks_by_bold:
        return run
    if alone and not named and right == 0 and vocabulary.picks(matter.opener.title):
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
        mark.word is Word.ANSWER and choices.named(first_words(matter, mark), run.options)
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


def choice(matter: Matter, run: Run) -> Read:
    """The choice question whose options are ``run``."""
    lead = matter.lines[matter.first : run.first]
    rest = [mark for mark in matter.marks if mark.at >= run.last]
    segments = cut(
        matter.lines, run.last, matter.last, [mark for mark in rest if mark.word in PARTS]
    )
    right, explanation, places = _right(matter, run, segments)
    _claim_choice(matter, segments)
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
        asked = _chosen_question(matter, detail, options, None, outputs_asked)
        return Read((asked,), (), "choice")
    answer = _chosen_answer(matter, run, right, explanation, places, outputs_asked)
    asked = _chosen_question(matter, detail, options, answer, outputs_asked)
    return Read((asked,), (), "choice")


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
        head = key_text(head) if answering else head
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
    text = str(markdown(_inner(segment.lines[first : last + 1]))).strip()
    found = choices.named(key_text(text), run.options) if "\n" not in text else ()
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
        return Answer(Tier.MEDIUM, name, Markdown(whole), place)
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
        whole = question(matter, detail, answers)
        return replace(whole, choices=options)
    first, last = fences(detail)[0]
    code = str(markdown(_inner(detail[first : last + 1])))
    named = detail[first].text
    language = named.split(maxsplit=1)[0].lower() if named else None
    words = trimmed([*detail[:first], *detail[last + 1 :]])
    prompt = joined(matter, str(markdown(words)))
    whole = made(matter, Kind.OUTPUT, prompt, answers, code, language)
    return replace(whole, choices=options)


def _inner(lines: Sequence[Line]) -> Sequence[Line]:
    closed = lines[-1].kind is LineKind.FENCE and len(lines) > 1
    return lines[1:-1] if closed else lines[1:]


def _claim_choice(matter: Matter, segments: Sequence[Segment]) -> None:
    for segment in segments:
        if segment.mark and (
            not segment.rest or (segment.label and segment.label.means is Word.ANSWER)
        ):
            matter.accounts.structure(matter.roles.lines[segment.mark.at])
    claim(matter, segments)
