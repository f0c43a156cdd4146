"""What stands in the sixteen fields of a note.

Fields hold the author's words and nothing that moves by itself: no number, file or line of the
author's, nothing counted over the whole pack.  A note that changes costs its learner the tags they
gave it.  Week and day are those the ledger keeps, and tags already: a note changes with them
anyway.  Fixed words live in the templates, but for those that stand between the author's texts: the
names of weeks and days, the labels of folded answers and of accepted outputs.

Code whose long lines keep their indentation where a phone wraps them.

A browser continues a wrapped line of ``pre`` at its left edge, so that nesting can't be seen any
more.  Each line of wide code becomes an element of its own that knows its indent; the stylesheet
lets what does not fit hang two columns deeper.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from html import escape, unescape

from exporter.deck.cards.magic import harmless, harmless_plain
from exporter.deck.notetypes import Field
from exporter.model import (
    Choice,
    Document,
    Markdown,
    Output,
    Placement,
    Question,
    QuestionId,
    Related,
    Tier,
)
from exporter.pack.media import Album
from exporter.text import explanation, lexical, markup, multiple_choice, one_line, verdict_sentence
from exporter.text.fixed_words import Wording
from exporter.text.multiple_choice import Lettered
from exporter.text.one_line import unnumbered

_BLOCK = re.compile(r"(<pre><code[^<>]*>)((?:[^<]|<(?!/code>|pre>))*+)(</code></pre>)")
_TAG = re.compile(r"<[^<>]*>")
_NARROW = 20  # columns that fit on a small phone at twice the size
_DEEPEST = 16  # columns of indent beyond which a narrow screen has no room to hang


def hanging(html: str) -> str:
    """``html`` with the lines of wide code marked; ``html`` is clean, and no element in its code
    spans two lines, as ``markup.highlight`` makes it."""
    return _BLOCK.sub(lambda block: f"{block[1]}{_lines(block[2])}{block[3]}", html)


def _lines(code: str) -> str:
    lines = code.split("\n")
    if all(len(unescape(_TAG.sub("", line))) <= _NARROW for line in lines):
        return code
    ends = [*["\n"] * (len(lines) - 1), ""]
    return "".join(map(_line, lines, ends))


def _line(line: str, end: str) -> str:
    text = unescape(_TAG.sub("", line)).expandtabs(2)
    indent = min(len(text) - len(text.lstrip()), _DEEPEST) if text.strip() else 0
    return f'<span class="line" style="--indent:{indent}">{line}{end}</span>'


_LONG_QUESTION = 140  # characters; from here on the question is set smaller


@dataclass(frozen=True, slots=True)
class Frame:
    """What a note needs to know beyond its question: ``merged`` are questions that have no cards of
    their own, by the id of the one that leads them; ``album`` says which images can be shown."""

    wording: Wording
    documents: Mapping[str, Document]
    merged: Mapping[QuestionId, tuple[Question, ...]]
    album: Album


def fill(question: Question, frame: Frame) -> dict[Tier, tuple[str, ...]]:
    """The fields of each tier that the question answers, in their frozen order."""
    tiers = [tier for tier in Tier if any(answer.tier is tier for answer in question.answers)]
    shown = {tier: _answers(question, tier, frame) for tier in tiers}
    common = _common(question, frame)
    others = "".join(_other(one, frame) for one in frame.merged.get(question.id, ()))
    filled = {}
    for tier in tiers:
        fields = common | {
            Field.OUTPUT: shown[tier].output,
            Field.ANSWER: shown[tier].answer,
            Field.DEEPER: _deeper(tier, shown, frame.wording) + others,
        }
        texts = {field: harmless(hanging(text.strip())) for field, text in fields.items()}
        texts[Field.QUESTION] = harmless_plain(fields[Field.QUESTION])
        filled[tier] = tuple(texts.get(field, "") for field in Field)
    return filled


def _common(question: Question, frame: Frame) -> dict[Field, str]:
    """The fields that all tiers of a question share."""
    shown = frame.album.images(question.location.path)
    front, code, offered = _front(question, shown), "", _offered(question.choices, shown)
    if question.code:
        code = markup.highlight(question.code, question.language) + offered
    else:
        front += offered
    return {
        Field.QUESTION: escape(one_line.question(question, frame.wording.prints), quote=False),
        Field.FRONT: front,
        Field.CODE: code,
        Field.PLACE: _place(question, frame),
        Field.RELATED: _related(question, frame),
        Field.VERDICT: _verdict(question, frame.wording),
        Field.SOURCE: _source(question, frame),
        Field.KEY: escape(question.key),
    }


def _front(question: Question, shown: markup.Images) -> str:
    head = markup.inline_html(Markdown(question.title), shown) if question.title else ""
    prompt = question.prompt or Markdown("")
    if not head:
        return _ask(markup.plain(prompt), prompt, shown)
    asked = f'<div class="ask">{head}</div>'
    body = markup.html(prompt, shown) if prompt.strip() else ""
    return asked + (f'<div class="brief">{body}</div>' if body else "")


def _ask(plain: str, prompt: Markdown, shown: markup.Images) -> str:
    """The question in large type, or a long one in smaller."""
    if not plain and not shown:
        return ""
    size = "ask long" if len(plain) > _LONG_QUESTION else "ask"
    lines = prompt.strip().splitlines()
    body = markup.html(prompt, shown) if len(lines) > 1 else markup.inline_html(prompt, shown)
    return f'<div class="{size}">{body}</div>' if body.strip() else ""


def _offered(choices: Iterable[Choice], shown: markup.Images) -> str:
    """All choices with their letters, below the last thing that is asked about.  They stand in a
    box of their own, because what surrounds code is written from left to right."""
    listed = _choices(multiple_choice.lettered(tuple(choices)), shown)
    return f'<div class="brief" dir="auto">{listed}</div>' if listed else ""


def _choices(found: Iterable[Lettered], shown: markup.Images) -> str:
    """Choices as a list with letters; the right ones alone keep the letters that they have among
    all.  A choice of one line stands in it without a paragraph of its own."""
    rows = (f'<li value="{one.number}">{_choice(one.choice.markdown, shown)}</li>' for one in found)
    items = "".join(rows)
    return f'<ol class="choices" type="A">{items}</ol>' if items else ""


def _choice(markdown: Markdown, shown: markup.Images) -> str:
    several = "\n" in markdown.strip()
    return (markup.html if several else markup.inline_html)(markdown, shown).strip()


def _place(question: Question, frame: Frame) -> str:
    """Week, day and subject: the innermost section and the key that the author gave the question,
    where it is a word."""
    document = frame.documents.get(question.location.path)
    inner = unnumbered(question.section[-1]) if question.section else ""
    subject = [inner or (document.own_title if document else None) or ""]
    if (label := one_line.label(question)) and _says_more(label, question):
        subject.append(label)
    when = (escape(text) for text in _when(question.placement, frame.wording))
    return " · ".join(filter(None, (*when, _path(subject))))


def _when(placement: Placement | None, words: Wording) -> Iterator[str]:
    """The words for "Week 2" and "Day 9"; nothing in a pack without a plan."""
    match placement.week if placement else None:
        case None:
            return
        case "beyond":
            yield words.beyond
        case week:
            yield f"{words.week} {week}"
    if placement and placement.day is not None:
        yield f"{words.day} {placement.day}"


def _says_more(label: str, question: Question) -> bool:
    known = set(lexical.words(" ".join(filter(None, (question.title, question.prompt)))))
    return not set(lexical.words(label)) <= known


def _source(question: Question, frame: Frame) -> str:
    document = frame.documents.get(question.location.path)
    titles = [unnumbered(each) for each in question.section]
    named = [document.own_title] if document and document.own_title else []
    return _path([*named, *titles])


def _path(titles: Iterable[str]) -> str:
    return " › ".join(_heading(each) for each in titles if each.strip())


@cache
def _heading(title: str) -> str:
    """A title's HTML; a section's is asked for by all its questions."""
    return markup.inline_html(Markdown(title)).strip()


def _related(question: Question, frame: Frame) -> str:
    """Each related question by its key and by the title it had when the two were linked; those that
    ask the same behind a fold, for they are no new questions."""
    same = _list(one for one in question.related if one.relation == "same")
    if same:
        summary = f'<summary class="tappable"><span>{escape(frame.wording.same)}</span></summary>'
        same = f'<details>{summary}<div class="body">{same}</div></details>'
    return _list(one for one in question.related if one.relation == "see-also") + same


def _list(found: Iterable[Related]) -> str:
    rows = "".join(
        f"<li><b>{escape(one.key)}</b> {escape(one.title, quote=False)}</li>" for one in found
    )
    return f"<ul>{rows}</ul>" if rows else ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The answers of one tier as HTML; ``output`` is "" but for puzzles."""

    output: str
    answer: str


def _answers(question: Question, tier: Tier, frame: Frame) -> _Shown:
    """All answers of a tier, in source order; of a multiple-choice question the right choices come
    first, which for a puzzle are what it prints."""
    answers = [answer for answer in question.answers if answer.tier is tier]
    shown = frame.album.images(question.location.path)
    right = _choices(multiple_choice.right(question.choices), shown) if answers else ""
    stated = [answer.output for answer in answers if answer.output]
    outputs = [_output(output, frame.wording) for output in stated if output.text.strip()]
    texts = [
        markup.html(explanation.apart(answer, question.choices), shown).strip()
        for answer in answers
    ]
    told = "\n<hr>\n".join(text for text in texts if text)
    if not right:
        return _Shown("".join(outputs), told)
    return _Shown(right, told) if tier is Tier.OUTPUT else _Shown("", right + told)


def _output(output: Output, wording: Wording) -> str:
    texts = output.accepted or (output.text,)
    blocks = "".join(f"<pre><code>{escape(text, quote=False)}</code></pre>" for text in texts)
    notes = []
    if len(texts) > 1:
        notes.append(wording.any_of)
    if not output.deterministic:
        notes.append(wording.any_order)
    said = f'<p class="aside">{escape(" · ".join(notes))}</p>' if notes else ""
    return said + blocks


def _verdict(question: Question, wording: Wording) -> str:
    """What the code printed when it was run, where it was."""
    found = verdict_sentence.about(question, wording)
    if found is None:
        return ""
    said = f"<p>{escape(found.sentence, quote=False)}</p>"
    shown = (f"<pre><code>{escape(text, quote=False)}</code></pre>" for text in found.outputs)
    return f'<div class="{"wrong" if found.wrong else "right"}">{said}{"".join(shown)}</div>'


def _deeper(tier: Tier, shown: Mapping[Tier, _Shown], wording: Wording) -> str:
    """The other tiers' answers, each folded under its name."""
    folds = []
    for other, texts in shown.items():
        if other is tier:
            continue
        name, hint = escape(wording.tier(other)), escape(wording.hint(other))
        folds.append(
            f'<details class="{other}"><summary class="tappable"><b>{name}</b> <span>{hint}</span>'
            f'</summary><div class="body">{texts.output}{texts.answer}</div></details>'
        )
    return "".join(folds)


def _other(question: Question, frame: Frame) -> str:
    """All answers of a question that asks the same and has no cards, behind one fold; its choices
    are not shown, so the right ones come without letters."""
    wording, question = frame.wording, replace(question, choices=())
    name = escape(one_line.question(question, wording.prints), quote=False)
    parts = []
    for tier in Tier:
        texts = _answers(question, tier, frame)
        if texts.output or texts.answer:
            parts.append(f"<p><b>{escape(wording.tier(tier))}</b></p>{texts.output}{texts.answer}")
    if not parts:
        return ""
    return (
        f'<details><summary class="tappable"><b>{name}</b> <span>{escape(wording.same)}</span>'
        f'</summary><div class="body">{"".join(parts)}</div></details>'
    )
