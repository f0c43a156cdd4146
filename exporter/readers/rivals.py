"""What else a document could have been read as: its other forms that may ask, its other shapes."""

from collections.abc import Container
from dataclasses import dataclass

from exporter.model import Part
from exporter.readers.document import Found
from exporter.readers.forms import Seen, seen


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
