"""A flash card as it stands in a document: lines that hold a prompt and its answer, ready to ask.

Lines with separators, clozes, definitions and rows of tables differ in how they are found only;
all end here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from exporter.model import Answer, Choice, Kind, Markdown, Part, Question, Tier
from exporter.model.diagnostics import Location
from exporter.readers.inline import attributes


@dataclass(frozen=True, slots=True)
class Card:
    """``first`` and ``last`` are the numbers of its lines, ``answer_at`` of those of its answer;
    ``form`` says what such lines are called.  ``choices`` are texts with whether they are right;
    ``section`` and ``tags`` what its own columns say."""

    first: int
    last: int
    prompt: str
    answer: str
    form: str
    answer_at: tuple[int, int]
    tier: Tier = Tier.SHORT
    label: str | None = None
    both_ways: bool = False
    choices: tuple[tuple[str, bool], ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def question(self, path: str, above: tuple[str, ...]) -> Question:
        """The question that it asks below the titles ``above``."""
        prompt, attached = attributes(self.prompt)
        prompt, tags = tagged(prompt)
        place = Location(path, *self.answer_at)
        answers = (Answer(self.tier, "", Markdown(self.answer), place),) if self.answer else ()
        return Question(
            kind=Kind.QUESTION,
            label=self.label,
            title=None,
            prompt=Markdown(prompt),
            code=None,
            language=None,
            location=Location(path, self.first, self.last),
            section=(*above, *self.section),
            answers=answers,
            attributes=attached,
            tags=tuple(dict.fromkeys((*self.tags, *tags))),
            choices=tuple(Choice(Markdown(text), right, place) for text, right in self.choices),
            both_ways=self.both_ways,
        )

    def part(self) -> Part:
        """What its lines were read as."""
        what = "choice" if self.choices else "flash cards"
        return Part(what, self.first, self.last, 0.9, f"{self.form} repeat", self.form)


_TAGS = re.compile(r"(?:\s+(?:#[^\W\d_][\w/-]*|\[\[(?:flash)?cards?\]\])){1,20}\s*$", re.I)
_TAG = re.compile(r"#([^\s#]+)")
_CARD = re.compile(r"(?:flash)?cards?(?:\b|[-/].*)", re.IGNORECASE)


def tagged(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without the tags at its end (``#physics``, never ``C#`` or ``#1``), and those that
    say more than that it is a card."""
    match = _TAGS.search(text) if "#" in text or "[[" in text else None
    if not match or not text[: match.start()].strip():
        return text.strip(), ()
    return text[: match.start()].strip(), names(_TAG.findall(match[0]))


def names(words: list[str]) -> tuple[str, ...]:
    """Tags as Anki writes them, without those of flash card programs."""
    found = (word.strip("#\"' ").replace("/", "::") for word in words)
    return tuple(word for word in found if word and not _CARD.fullmatch(word))


_WIKI_IMAGE = re.compile(r"!\[\[([^\[\]|]+?)(?:\|[^\[\]]*)?\]\]")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_MARK = re.compile(r"\s+\^[\w-]+\s*$|\s*<!--(?:[^-]|-(?!->)){0,500}-->\s*$|\s*%%[^%]*%%\s*$")


def bare(text: str) -> str:
    """A card's text without links between notes, block marks and schedulers' comments."""
    while match := _MARK.search(text):
        text = text[: match.start()]
    if "[[" in text:
        text = _WIKI_IMAGE.sub(lambda found: f"![]({found[1].replace(' ', '%20')})", text)
        text = _WIKI.sub(lambda found: found[1].rpartition("#")[2], text)
    return text.strip()


# -- clozes --------------------------------------------------------------------------------------

_GAPS: Mapping[str, re.Pattern[str]] = {
    "{{c1::": re.compile(r"\{\{c(?P<n>\d+)::(?P<text>(?:[^{}]|\{[^{}]*\})+?)\}\}"),
    "{{cloze": re.compile(r"\{\{cloze\s+(?P<text>(?:[^{}]|\{[^{}]*\})+?)\s*\}\}", re.IGNORECASE),
    "{{1::": re.compile(r"\{\{(?P<n>\d+)::(?P<text>[^{}]+?)\}\}"),
    "{{": re.compile(r"\{\{(?P<text>[^{}%!#.|][^{}|]*?)\}\}"),
    "==": re.compile(r"(?<![=\w])==(?P<text>[^\s=](?:[^=]*[^\s=])?)==(?![=\w])"),
    "[": re.compile(r"(?<![!\]\\])\[(?P<text>[^\[\]]+)\](?![(\[:])"),
}
"""How gaps are written: Anki, Logseq, Mochi with and without numbers, Obsidian, hashcards."""
SURE = ("{{c1::", "{{cloze", "{{1::")


@dataclass(frozen=True, slots=True)
class _Gap:
    first: int
    last: int
    number: str
    text: str
    hint: str


def gaps(text: str, ways: tuple[str, ...]) -> list[_Gap]:
    """The gaps of a text, in order; one within another's words counts with it."""
    found: list[_Gap] = []
    for way in ways:
        for nth, match in enumerate(_GAPS[way].finditer(text)):
            number = match.groupdict().get("n") or f"{way}{nth}"
            inner, _, hint = (
                match["text"].partition("::") if way == "{{c1::" else (match["text"], "", "")
            )
            if any(gap.first < match.end() and match.start() < gap.last for gap in found):
                continue
            found.append(_Gap(match.start(), match.end(), number, inner.strip(), hint.strip()))
    return sorted(found, key=lambda gap: gap.first)


def clozes(text: str, ways: tuple[str, ...]) -> list[tuple[str, str]]:
    """Prompts with a gap and the words that fill it, one for each number."""
    holes = gaps(text, ways)
    made = []
    for number in dict.fromkeys(gap.number for gap in holes):
        parts, at = [], 0
        for gap in holes:
            hint = f" ({gap.hint})" if gap.hint else ""
            parts += [text[at : gap.first], f"[…]{hint}" if gap.number == number else gap.text]
            at = gap.last
        words = dict.fromkeys(gap.text for gap in holes if gap.number == number)
        made.append(("".join((*parts, text[at:])), ", ".join(words)))
    return made
