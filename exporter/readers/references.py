"""What a document says once and names elsewhere: addresses of links and images, and footnotes.

A card shows one answer, so what the answer names has to stand in it: ``[text][name]`` gets its
address, ``[^1]`` a number, with the footnote at the answer's end.  The lines that define them go
from the text around them, but only where something in the document names them: all others are
text, which nobody may lose.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exporter.model import Answer, Document, Markdown, Question, Source
from exporter.text import markup

_ADDRESS = re.compile(
    r" {0,3}\[(?P<name>[^\[\]^\n][^\[\]\n]{0,200})\]:[ \t]+<?(?P<to>[^\s<>]{1,2000})>?"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"
)
_NOTE = re.compile(r" {0,3}\[\^(?P<name>[^\[\]\s]{1,100})\]:[ \t]+(?P<text>\S.*)$")
_NOTED = re.compile(r"\[\^(?P<name>[^\[\]\s]{1,100})\](?!:)")
_NAMED = re.compile(
    r"(?P<image>!?)\[(?P<text>[^\[\]\n]{1,500})\](?:\[(?P<name>[^\[\]\n]{0,200})\])?(?![\[(:])"
)


@dataclass(frozen=True, slots=True)
class _Defined:
    """By name: the addresses and the footnotes of a document, of which something is named."""

    addresses: Mapping[str, str]
    notes: Mapping[str, str]


def resolved(document: Document, source: Source) -> Document:
    """``document`` with what it names in the places that name it."""
    defined = _defined(source.lines)
    if not (defined.addresses or defined.notes):
        return document
    readings = (
        replace(one, markdown=Markdown(_Text(defined).whole(one.markdown)))
        for one in document.readings
    )
    return replace(
        document,
        questions=tuple(_question(one, defined) for one in document.questions),
        readings=tuple(one for one in readings if one.markdown.strip()),
        exercises=tuple(
            replace(one, markdown=Markdown(_Text(defined).whole(one.markdown)))
            for one in document.exercises
        ),
    )


def _defined(lines: Sequence[str]) -> _Defined:
    addresses: dict[str, str] = {}
    notes: dict[str, list[str]] = {}
    used: set[str] = set()
    for line, in_code, note in _with_notes(lines):
        if note is not None:
            match = _NOTE.match(line)
            notes.setdefault(note, []).append((match["text"] if match else line).strip())
            used |= {f"^{one['name']}" for one in _NOTED.finditer(line)}
        elif in_code or "[" not in line:
            continue
        elif match := _ADDRESS.match(line):
            addresses.setdefault(_folded(match["name"]), match["to"])
        else:
            used |= {f"^{one['name']}" for one in _NOTED.finditer(line)}
            used |= {_folded(one["name"] or one["text"]) for one in _NAMED.finditer(line)}
    return _Defined(
        {name: to for name, to in addresses.items() if name in used},
        {name: "\n".join(text) for name, text in notes.items() if f"^{name}" in used},
    )


def _with_notes(lines: Iterable[str]) -> Iterator[tuple[str, bool, str | None]]:
    """Each line, whether it is code, and the footnote that it is a part of: its first line and the
    indented ones right below."""
    note: str | None = None
    for line, in_code in markup.with_code(lines):
        if match := None if in_code else _NOTE.match(line):
            note = match["name"]
        elif in_code or not line.startswith(("  ", "\t")) or not line.strip():
            note = None
        yield line, in_code, note


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _question(question: Question, defined: _Defined) -> Question:
    prompt = _Text(defined)
    asked = Markdown(prompt.asking(question.prompt)) if question.prompt else question.prompt
    title = prompt.asking(question.title) if question.title else question.title
    answers = [_answer(one, defined, ()) for one in question.answers]
    if answers and prompt.noted:
        answers[0] = _answer(question.answers[0], defined, prompt.noted)
    choices = tuple(
        replace(one, markdown=Markdown(_Text(defined).asking(one.markdown)))
        for one in question.choices
    )
    return replace(question, prompt=asked, title=title, answers=tuple(answers), choices=choices)


def _answer(answer: Answer, defined: _Defined, noted: Iterable[str]) -> Answer:
    text = _Text(defined, list(noted))
    return replace(answer, markdown=Markdown(text.whole(answer.markdown)))


@dataclass(slots=True)
class _Text:
    """One text of a document; ``noted`` are the footnotes that it names, in their order."""

    defined: _Defined
    noted: list[str] = field(default_factory=list)

    def asking(self, text: str) -> str:
        """A prompt: its footnotes stand with the answer."""
        return self._lines(text, numbered=False)

    def whole(self, text: str) -> str:
        """A text with its footnotes at its end."""
        said = self._lines(text, numbered=True)
        notes = (
            f"<sup>{number}</sup> {self.defined.notes[name]}"
            for number, name in enumerate(self.noted, 1)
        )
        return "\n\n".join((said, *notes)) if self.noted else said

    def _lines(self, text: str, *, numbered: bool) -> str:
        if "[" not in text:
            return text
        kept: list[str] = []
        for line, in_code, note in _with_notes(text.split("\n")):
            if note in self.defined.notes or (not in_code and self._defines(line)):
                continue
            kept.append(line if in_code else self._line(line, numbered=numbered))
        return "\n".join(kept).strip("\n")

    def _defines(self, line: str) -> bool:
        match = _ADDRESS.match(line)
        return match is not None and _folded(match["name"]) in self.defined.addresses

    def _line(self, line: str, *, numbered: bool) -> str:
        def change(part: str) -> str:
            part = _NAMED.sub(self._addressed, part)
            return _NOTED.sub(lambda match: self._noted(match, numbered=numbered), part)

        return markup.outside_code(line, change) if "[" in line else line

    def _addressed(self, match: re.Match[str]) -> str:
        to = self.defined.addresses.get(_folded(match["name"] or match["text"]))
        if to is None:
            return match[0]
        return f"{match['image']}[{match['text']}](<{to}>)"

    def _noted(self, match: re.Match[str], *, numbered: bool) -> str:
        name = match["name"]
        if name not in self.defined.notes:
            return match[0]
        if name not in self.noted:
            self.noted.append(name)
        return f"<sup>{self.noted.index(name) + 1}</sup>" if numbered else ""
