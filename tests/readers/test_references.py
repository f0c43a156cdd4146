"""What a document says once stands where it is named: addresses, footnotes."""

from typing import TYPE_CHECKING

from exporter import readers
from exporter.model import Source
from exporter.readers import Hints

if TYPE_CHECKING:
    from exporter.model.diagnostics import Diagnostic

NOTES = """# Notes

## What is a closure?[^why]

A function[^1] with [its place][mdn]; see [MDN] and ![a plan][plan], `[mdn]`, [other].

```
[mdn]: no definition
```

## What is hoisting?

Declarations first.[^1] [later]: kept as text.

[^1]: In the sense of *mathematics*,
    as Church had it.
[^why]: They are asked for often.
[^9]: Nobody names this.

[mdn]: https://example.org/a_b "MDN"
[plan]: <img/plan.png>
[unused]: https://example.org
"""


def _read(text: str) -> list[tuple[str | None, list[str]]]:
    source = Source("notes.md", tuple(text.split("\n")))
    found: list[Diagnostic] = []
    document = readers.read(source, Hints(), None, found.append)
    return [(one.prompt, [a.markdown for a in one.answers]) for one in document.questions]


def test_each_answer_has_what_it_names() -> None:
    """Addresses in place, footnotes at the end, code and what nobody names as they are."""
    (first, second) = _read(NOTES)
    assert first == (
        "What is a closure?",
        [
            "A function<sup>2</sup> with [its place](<https://example.org/a_b>); see "
            "[MDN](<https://example.org/a_b>) and ![a plan](<img/plan.png>), `[mdn]`, [other].\n\n"
            "```\n[mdn]: no definition\n```\n\n"
            "<sup>1</sup> They are asked for often.\n\n"
            "<sup>2</sup> In the sense of *mathematics*,\nas Church had it."
        ],
    )
    assert second[1] == [
        "Declarations first.<sup>1</sup> [later]: kept as text.\n\n[^9]: Nobody names this.\n\n"
        "[unused]: https://example.org\n\n"
        "<sup>1</sup> In the sense of *mathematics*,\nas Church had it."
    ]


def test_a_document_that_names_nothing_is_as_written() -> None:
    """Brackets of all kinds are text."""
    text = "# N\n\n## What is a[0]?\n\nThe first. [note]: a word\n\n[x]: y.png\n"
    assert _read(text) == [("What is a[0]?", ["The first. [note]: a word\n\n[x]: y.png"])]


def test_a_row_of_too_many_cells_is_said() -> None:
    """At its line; a bar in code or escaped is none."""
    text = "# N\n\n## Q?\n\n| a | b |\n|--|--|\n| `x | y` | z |\n| 1 | 2 | 3 |\n| 4 \\| 5 | 6 |\n"
    found: list[Diagnostic] = []
    readers.read(Source("n.md", tuple(text.split("\n"))), Hints(), None, found.append)
    assert [(one.code.code, one.location and one.location.first) for one in found] == [("R285", 8)]
