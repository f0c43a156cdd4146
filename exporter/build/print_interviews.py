"""Prints interviews on demand: drawn anew by a seed, for one mode, in other minutes.

They go beside the sheets and take the name of the paper that a build prints there; the next build
puts its own in the place again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exporter.build.read_pack import ReadPack
from exporter.build.request import Progress, silent
from exporter.model import Question
from exporter.model.diagnostics import Report, Stop
from exporter.paper import pdf
from exporter.rehearse import mock
from exporter.rehearse.mock import Interview, Mode
from exporter.system import atomic, pango

LACKING = "sheets need Pango and libharfbuzz-subset"


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of interview is wanted; neither ``week`` nor ``final`` means each recap day."""

    week: int | None = None
    final: bool = False
    mode: Mode = Mode.MIXED
    minutes: int = mock.MINUTES
    seed: str | None = None


def printed(
    study: ReadPack, wish: Wish, out: Path, report: Report, progress: Progress = silent
) -> tuple[str, ...]:
    """Writes the interviews into ``out`` and says of each in a line what it holds.

    Stop where there is nothing to ask or no such week (exit code 2), where Pango is missing (3),
    or where a paper can't be laid out (1); then nothing is written.
    """
    held = mock.interviews(
        study.pack,
        study.config,
        week=wish.week,
        final=wish.final,
        mode=wish.mode,
        minutes=wish.minutes,
        seed=wish.seed,
    )
    if pango.missing():
        raise Stop(f"{LACKING}: {pango.remedy()}", 3)
    files: dict[str, bytes | None] = {}
    said = []
    papers = [mock.paper(one, study.pack, study.config, report, study.album) for one in held]
    with pdf.Pool() as pool:
        outcomes = pool.laid_out(papers, lambda paper: progress(f"Laying out {paper.name}.pdf"))
    for one, paper, outcome in zip(held, papers, outcomes, strict=True):
        name = f"{paper.name}.pdf"
        done = pdf.heard(paper, outcome, report)
        if done is None:
            raise Stop(f"{name} can't be laid out: nothing is written", 1)
        files[name] = done.pdf
        said.append(f"{out / name}: {done.pages} pages, {', '.join(_contents(one))}")
    with atomic.alone(out):
        atomic.publish(out, files)
    return tuple(said)


def _contents(held: Interview) -> Iterator[str]:
    yield f"{held.minutes} minutes"
    for section in held.sections:
        keys = [one.key for one in section.asked if isinstance(one, Question)]
        rest = len(section.asked) - len(keys)
        named = [*keys, *([f"{rest} exercise{'s' * (rest > 1)}"] if rest else [])]
        yield f"{section.round} {section.minutes} min ({' '.join(named)})"
