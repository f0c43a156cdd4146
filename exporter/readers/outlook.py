"""What else a document could have been read as: its other forms that may ask, its other shapes; and
documents that ask and of which nothing is read as a question, which is said loudly, once, with the
way to settle it, because nobody misses what they never see.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from exporter.diagnostics import Code, Diagnostic, Report
from exporter.model import Part
from exporter.readers import vocabulary
from exporter.readers.document import Found
from exporter.readers.forms import Seen, nearest, seen, word
from exporter.readers.inline import plain
from exporter.readers.roles import Hints
from exporter.readers.scan import Line, LineKind, location


@dataclass(frozen=True, slots=True)
class Outlook:
    """``found`` is what this package's own reader sees in a document, ``shapes`` the names of all
    readers that recognise it; ``read`` are the numbers of the lines at which questions begin."""

    found: Found
    shapes: tuple[str, ...]
    read: Container[int]

    def forms(self, first: int = 1, last: int | None = None) -> tuple[Seen, ...]:
        """The forms of the lines ``first`` to ``last`` that could ask."""
        return seen(self.found.roles, self.read, first, last)

    def runner_up(self, part: Part) -> Seen | None:
        """The form that nearly asked in a part: the one with most lines that ask and were not read
        as questions; None where no other asks."""
        rivals = [one for one in self.forms(part.first, part.last) if one.asking and not one.read]
        return max(rivals, key=lambda one: one.asking, default=None)

    def likeliest(self) -> str | None:
        """The form to name where another than today's should ask, else today's."""
        forms = self.forms()
        found = [one for one in forms if one.asking and not one.read]
        found = (
            found
            or [one for one in forms if one.read]
            or [one for one in forms if one.spoken or one.filled]
        )
        best = max(
            found, key=lambda one: (one.asking, one.read, one.spoken, one.filled), default=None
        )
        return best.word if best else None


_SEVERAL = 3
_FEW = 2  # in a document that holds little else
_SPOKEN = 5  # lines of one form that ask by words alone, as "Explain …" does
_NEARLY_ALL = 0.8


def report_unheard(
    path: str,
    lines: Sequence[Line],
    found: Found,
    hints: Hints,
    report: Report,
    *,
    useful: bool,
) -> None:
    """Says that a document without questions asks; ``useful`` is one that gives topics or
    exercises, which may ask in passing."""
    if hints.reader == "none":
        return
    said = [line for line in lines if not line.empty and line.kind not in _CODE]
    asking = _asking(said, found)
    if hints.asks or hints.reader in ("plain", "tiered"):
        _report_hints(path, said, found, hints, report)
    elif _enough(len(asking), len(said), useful=useful):
        shown = plain(asking[0].text)
        message = (
            f'{len(asking)} lines ask (the first: "{shown[:60]}") and none is read as a question: '
            f"{_settle(found)}"
        )
        report(Diagnostic(location(path, asking[:1]), Code.ASKS_UNREAD, message))


_CODE = (LineKind.CODE, LineKind.FENCE, LineKind.RULE)


def _asking(said: Sequence[Line], found: Found) -> list[Line]:
    """The lines that end in a question mark, or nearly all lines of a form that ask by words."""
    spoken = {
        one.word for one in seen(found.roles) if one.spoken >= max(_SPOKEN, _NEARLY_ALL * one.lines)
    }
    asks = [one for one in found.roles.candidates if one.asks]
    numbers = {one.at + 1 for one in asks if word(one) in spoken}
    return [
        line
        for line in said
        if line.number in numbers or vocabulary.puts_question_mark(plain(line.text))
    ]


def _enough(asking: int, said: int, *, useful: bool) -> bool:
    if useful:
        return asking >= _SEVERAL and asking * 2 >= said
    return asking >= _SEVERAL or (asking >= _FEW and asking * 4 >= said)


def _settle(found: Found) -> str:
    name = nearest(found.roles)
    asking = {one.word for one in seen(found.roles) if one.asking or one.spoken}
    if name is None or (asking and name not in asking):
        return 'write each as a heading, a list item or a line that begins "Q:"'
    return (
        f'say what asks, as in asks = ["{name}"] under its [[documents]] table, or keep it for '
        'reading with reader = "none"'
    )


def _report_hints(
    path: str, said: Sequence[Line], found: Found, hints: Hints, report: Report
) -> None:
    """Says that pack.toml names what asks in a document and no line is of that form."""
    if not said:
        return
    forms = ", ".join(_counted(one) for one in seen(found.roles)) or "none"
    named = " or ".join(f'"{one}"' for one in hints.asks)
    wanted = f"no line is {named}" if named else "no line could ask"
    message = f"{wanted}, and nothing is read as a question; the forms of its lines: {forms}"
    report(Diagnostic(location(path, said[:1]), Code.ASKS_UNREAD, message))


def _counted(one: Seen) -> str:
    return f"{one.word} ({one.lines})"
