"""Shortens week sheets until each keeps to the pages that pack.toml allows a week.

How many pages a sheet has only its layout tells, and that is what takes the time.  So the number of
steps is guessed from the signs that they save, and corrected by what came of the guess; a few
layouts do, all weeks side by side.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exporter.model.diagnostics import Code, Diagnostic
from exporter.paper.sheets import Drafts, Sheet
from exporter.paper.sheets.shorten import enough

_TRIES = 4
_FINE = 12  # a part of all steps as small as this is not worth another layout
_SPARE = 0.4  # pages that are saved in any case: how full the last one is nobody knows
_TEXT = 0.6  # of a sheet's HTML; the rest is tags and style


@dataclass(slots=True)
class _Search:
    """The search for one sheet: `tried` pairs steps and the pages that came of them."""

    drafts: Drafts
    pages: int
    tried: list[tuple[int, int]] = field(default_factory=list)
    failed: bool = False

    def next(self) -> int | None:
        """How many steps to try next; None where the search is at its end."""
        if self.failed:
            return None
        every = len(self.drafts.steps)
        least = max(count for count, had in self.tried if had > self.pages)
        if self.fits is None:
            late = len(self.tried) > _TRIES
            return None if least == every else every if late else self._guess()
        near = self.fits - least <= max(1, every // _FINE)
        return None if near or len(self.tried) > _TRIES else (least + self.fits) // 2

    @property
    def fits(self) -> int | None:
        """The fewest steps of those tried that are enough."""
        return min((count for count, had in self.tried if had <= self.pages), default=None)

    def _guess(self) -> int:
        """The steps that save the pages that those tried last did not."""
        pages = self.tried[-1][1] - self.pages + _SPARE
        saved = [self._saved(count) for count, _ in self.tried]
        fewer = self.tried[0][1] - self.tried[-1][1]
        rate = saved[-1] / fewer if fewer else _TEXT * self._length() / self.tried[0][1]
        return max(self.tried[-1][0] + 1, enough(self.drafts.steps, saved[-1] + pages * rate))

    def _saved(self, count: int) -> int:
        return sum(one.saves for one in self.drafts.steps[:count])

    def _length(self) -> int:
        html = self.drafts.sheet(0).html
        return len(html) - html.find("<body")


def kept(
    over: Mapping[str, tuple[Drafts, int]],
    pages: int,
    lay: Callable[[Sequence[Sheet]], Sequence[int | None]],
) -> dict[str, int]:
    """How many steps shorten each sheet to so many pages, or all of them where that can't be; a
    number of steps that was laid out.

    `over` are sheets that have more, by name, with their pages; `lay` gives the pages of sheets,
    None for one that fails, which is then tried no further.
    """
    searches = {name: _Search(drafts, pages, [(0, had)]) for name, (drafts, had) in over.items()}
    found: dict[str, int] = {}
    while searches:
        wanted = {name: search.next() for name, search in searches.items()}
        for name, count in wanted.items():
            if count is None:
                search = searches.pop(name)
                found[name] = search.tried[-1][0] if search.fits is None else search.fits
        counts = {name: count for name, count in wanted.items() if count is not None}
        laid = lay([searches[name].drafts.sheet(count) for name, count in counts.items()])
        for (name, count), had in zip(counts.items(), laid, strict=True):
            searches[name].failed = had is None
            if had is not None:
                searches[name].tried.append((count, had))
    return found


def told(name: str, keys: Sequence[str], pages: tuple[int, int, int]) -> Iterator[Diagnostic]:
    """What was shortened: ``pages`` are those without, with, and wanted."""
    had, now, wanted = pages
    if keys:
        message = (
            f"{name} has {now} pages instead of {had}: the answers of {len(keys)} questions go "
            f"less far, each marked with […]: {', '.join(keys)}"
        )
        yield Diagnostic(None, Code.SHORTENED, message)
    if now > wanted:
        message = (
            f"{name} has {now} pages with all its answers at their shortest, and pages = {wanted}: "
            "allow more, or move questions to another week"
        )
        yield Diagnostic(None, Code.OVER_BUDGET, message)
