"""The forms in which a document's lines could ask, counted: what ``asks`` in pack.toml can name,
and which of them is the likeliest where nothing was read as a question."""

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass

from exporter.readers.outline import Form, Opener
from exporter.readers.roles import Roles

_WORDS: Mapping[Form, str] = {
    Form.HEADING: "heading",
    Form.BOLD: "bold",
    Form.LABELLED: "Q:",
    Form.COUNTED: "counted",
    Form.ITEM: "item",
    Form.FOLD: "fold",
    Form.CALLOUT: "callout",
    Form.TEXT: "text",
}
_RANKED = (Form.HEADING, Form.ITEM)
_PLURALS: Mapping[Form, str] = {
    Form.HEADING: "headings",
    Form.BOLD: "bold lines",
    Form.LABELLED: "lines with Q:",
    Form.COUNTED: "counted lines",
    Form.ITEM: "list items",
    Form.FOLD: "folds",
    Form.CALLOUT: "callouts",
    Form.TEXT: "lines of text",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines of one form: ``word`` is its name for ``asks`` ("heading 3"), ``lines`` how many
    there are, ``asking`` how many of them ask by themselves, ``spoken`` how many by their words
    ("Explain …"; of plain text none, since prose begins so too), ``filled`` how many have words
    below, ``read`` how many were read as questions."""

    word: str
    lines: int
    asking: int
    spoken: int
    filled: int
    read: int


def plural(form: Form) -> str:
    """What several lines of a form are called."""
    return _PLURALS[form]


def word(opener: Opener) -> str:
    """The name of an opener's form for ``asks``."""
    name = _WORDS[opener.form]
    return f"{name} {opener.rank}" if opener.form in _RANKED else name


def seen(
    roles: Roles, read: Container[int] = (), first: int = 1, last: int | None = None
) -> tuple[Seen, ...]:
    """Every form of the lines ``first`` to ``last``, in the order in which they begin; ``read`` are
    the numbers of the lines at which questions begin."""
    end = last or len(roles.lines)
    groups: dict[str, list[Opener]] = defaultdict(list)
    for one in roles.candidates:
        if first <= one.at + 1 <= end:
            groups[word(one)].append(one)
    return tuple(
        Seen(
            name,
            len(group),
            sum(_asks(roles, one) for one in group),
            sum(one.asks and one.form is not Form.TEXT for one in group),
            sum(roles.is_filled(one) for one in group),
            sum(one.at + 1 in read for one in group),
        )
        for name, group in groups.items()
    )


def _asks(roles: Roles, one: Opener) -> bool:
    return one.marked or one.named or roles.credits[one.at] > 0


def nearest(roles: Roles) -> str | None:
    """The form that most likely asks, as ``asks`` names it: the one with most lines that ask, then
    with most that do so by words, then with most that have words below."""
    found = [one for one in seen(roles) if one.asking or one.spoken or one.filled]
    best = max(found, key=lambda one: (one.asking, one.spoken, one.filled), default=None)
    return best.word if best else None
