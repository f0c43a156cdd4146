"""Worker processes that lay sheets out, each in its own limits of time and memory.

A document can make a layout engine run for ever or take all memory, and only another process can be
stopped for it.  Workers are started as new interpreters ("spawn": a fork of a process with threads
may hang), load the engine and the fonts once, and lay out one sheet after the other, the longest
first.  `concurrent.futures` is turned down for it: it can't stop one task.

Time is the processor's, which the system counts and ends a worker for: on a busy machine a sheet
takes longer by the clock, but no more work.  The clock ends a worker only far beyond that, or where
the system counts no processor time.  A sheet whose worker came to such an end, or died, is laid out
once more with nothing beside it before it is given up.
"""

import multiprocessing
import os
import re
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from types import TracebackType
from typing import TYPE_CHECKING, Self

from exporter import pango, platforms, scratch
from exporter.writers.pdf import culprits
from exporter.writers.pdf.press import Outcome, PangoMissing
from exporter.writers.pdf.worker import unable, work
from exporter.writers.sheets import Sheet

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_PICTURE = re.compile(r"data:image/[^\"]*")
_LONGEST = 30_000_000
_WORTH = 60_000  # signs of HTML, some four pages
_START = 300.0
"""Seconds by the clock for a worker to load the engine and the fonts; usually one."""
_FAR = 10
"""Seconds by the clock that a worker has for each second of processor time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one sheet may take: seconds of processor time and bytes of memory, some at all and more
    with its length.

    A page takes about a third of a second, 7 MB of memory and 14 KB of HTML; the limits leave each
    sheet eight times that on top of what a page of nothing takes.
    """

    seconds: float = 30.0
    seconds_by_length: float = 200e-6
    memory: int = 1 << 30
    memory_by_length: int = 4000

    def time(self, sheet: Sheet) -> float:
        """Seconds of processor time for this sheet."""
        return self.seconds + self.seconds_by_length * _length(sheet)

    def room(self, sheet: Sheet) -> int:
        """Bytes for this sheet, beside what the worker has already."""
        return self.memory + self.memory_by_length * _length(sheet)


def _length(sheet: Sheet) -> int:
    """Signs of a sheet without its pictures, up to those of some two thousand pages."""
    return min(len(_PICTURE.sub("", sheet.html)), _LONGEST)


_STILLBORN = 3
"""Workers that may die while they begin before the others are given up."""
_ALONE = Limits(seconds=10.0, seconds_by_length=0.0, memory=1 << 29)
_SEARCH = 60.0
"""Limits for one question alone, and seconds by the clock for all of a sheet's, where the sheet
failed."""


class _Worker:
    """One process; `sheet` is the index of what it lays out, `until` when it must have answered.

    OSError where the system starts no more processes, or has no room for temporary files.  To be
    begun and stopped while Ctrl-C is held.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._scratch = scratch.Scratch()
        self.pipe, theirs = context.Pipe()
        words = (theirs, str(self._scratch.path))
        self.process: SpawnProcess = context.Process(target=work, args=words, daemon=True)
        try:
            self.process.start()
        except OSError:
            self.pipe.close()
            self._scratch.remove()
            raise
        finally:
            theirs.close()
        self.ready = False
        self.sheet: int | None = None
        self.seconds = 0.0
        self.until = time.monotonic() + _START

    def give(self, index: int, sheet: Sheet, limits: Limits) -> None:
        self.sheet = index
        self.seconds = limits.time(sheet)
        self.until = time.monotonic() + self.seconds * _FAR
        with suppress(OSError):  # it has just died, which its end of the pipe tells
            self.pipe.send((sheet, limits.room(sheet), self.seconds))

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self._scratch.remove()


class Pool:
    """Up to `size` workers (default: as many as cores), begun when needed; to be closed."""

    def __init__(self, size: int | None = None, limits: Limits | None = None) -> None:
        self._size = size or _cores()
        self._limits = limits or Limits()
        self._workers: list[_Worker] = []
        self._stillborn = 0
        scratch.sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self._stop()

    @property
    def workers(self) -> tuple[int, ...]:
        """The process ids of the workers that are there."""
        return tuple(one.process.pid or 0 for one in self._workers)

    def begin(self, count: int) -> None:
        """Starts workers for so many sheets, if they are not there; does not wait for them.  What
        keeps them from starting is told by the sheets that then have none."""
        with suppress(OSError):
            self._begin(count)

    def _begin(self, count: int) -> None:
        with platforms.interrupts_held():
            while len(self._workers) < min(self._size, count):
                self._workers.append(_Worker())

    def _stop(self) -> None:
        with platforms.interrupts_held():
            while self._workers:
                self._workers.pop().stop()

    def laid_out(
        self, sheets: Sequence[Sheet], begun: Callable[[Sheet], None] = lambda _: None
    ) -> tuple[Outcome, ...]:
        """The outcome of each sheet, in their order; `begun` hears of each when its turn comes, the
        longest first.  What fails stops no other, and names its questions.

        PangoMissing where this system can't lay out pages.
        """
        if pango.missing():
            raise PangoMissing
        found = self._run(sheets, self._limits, begun)
        return tuple(
            outcome if outcome.printed else self._settled(sheet, outcome, begun)
            for sheet, outcome in zip(sheets, found, strict=True)
        )

    def _settled(self, sheet: Sheet, outcome: Outcome, begun: Callable[[Sheet], None]) -> Outcome:
        """What comes of a sheet that failed, after one more try where it may not be at fault."""
        again = outcome.end in ("late", "died")
        if again:
            self._stop()  # nothing shall run beside it
            (outcome,) = self._run([sheet], self._limits, begun)
        if outcome.printed:
            return outcome
        alone = ", also with nothing beside it" if again else ""
        keys = self._culprits(sheet, outcome) if outcome.end in ("answered", "died") else ()
        because = f" because of {', '.join(keys)}" if keys else ""
        return replace(outcome, cause=f"{because}: {outcome.cause}{alone}")

    def _culprits(self, sheet: Sheet, outcome: Outcome) -> tuple[str, ...]:
        """The keys of the questions that fail by themselves, and as the sheet did."""
        alone = culprits.alone(sheet)
        until = time.monotonic() + _SEARCH
        found = self._run([one for _, one in alone], _ALONE, lambda _: None, until)
        pairs = zip(alone, found, strict=True)
        return tuple(key for (key, _), one in pairs if one.cause and one.end == outcome.end)

    def _run(
        self,
        sheets: Sequence[Sheet],
        limits: Limits,
        begun: Callable[[Sheet], None],
        until: float = float("inf"),
    ) -> list[Outcome]:
        """Outcomes in order; those not reached before `until` have neither pages nor a cause."""
        found: list[Outcome] = [Outcome(None, ()) for _ in sheets]
        left = sorted(range(len(sheets)), key=lambda at: (len(sheets[at].html), -at))
        while (left or self._busy()) and time.monotonic() < until:
            try:
                self._begin(len(self._busy()) + _hands([sheets[at] for at in left]))
            except OSError as error:
                if not self._workers:
                    _give_up(left, found, unable(error))
            for worker in self._idle()[: len(left)]:
                at = left.pop()
                begun(sheets[at])
                worker.give(at, sheets[at], limits)
            for worker in self._heard(until):
                self._take(worker, found, left)
        for worker in self._busy():
            self._drop(worker)
        return found

    def _idle(self) -> list[_Worker]:
        """The workers that wait for a sheet; one that has died meanwhile is not one of them."""
        for worker in [one for one in self._workers if not one.process.is_alive()]:
            if worker.ready and worker.sheet is None:
                self._drop(worker)
        return [one for one in self._workers if one.ready and one.sheet is None]

    def _busy(self) -> list[_Worker]:
        return [one for one in self._workers if one.sheet is not None]

    def _heard(self, until: float) -> list[_Worker]:
        """The workers that have something to say, have died, or have run out of time."""
        waiting = [one for one in self._workers if one.sheet is not None or not one.ready]
        if not waiting:
            return []
        soonest = min([until, *(one.until for one in waiting)]) - time.monotonic()
        ready = wait([one.pipe for one in waiting], timeout=max(0.0, soonest))
        now = time.monotonic()
        return [one for one in waiting if one.pipe in ready or now >= one.until]

    def _take(self, worker: _Worker, found: list[Outcome], left: list[int]) -> None:
        """What a worker says; one that failed is not used again."""
        outcome = _answer(worker)
        at, worker.sheet = worker.sheet, None
        if outcome is None:
            worker.ready = True
            return
        if outcome.printed is None:
            self._drop(worker)
        if at is not None:
            found[at] = outcome
            return
        self._stillborn += 1
        if self._stillborn >= _STILLBORN and not self._workers:
            _give_up(left, found, outcome.cause)

    def _drop(self, worker: _Worker) -> None:
        with platforms.interrupts_held():
            worker.stop()
            self._workers.remove(worker)


def _hands(sheets: Sequence[Sheet]) -> int:
    """Workers that these are worth: to begin one takes as long as a sheet of a few pages."""
    return min(len(sheets), 1 + sum(map(_length, sheets)) // _WORTH)


def _give_up(left: list[int], found: list[Outcome], cause: str) -> None:
    """Lets all sheets that are left fail: no worker can even begin here."""
    while left:
        found[left.pop()] = Outcome(None, (), cause, "unbegun")


def _answer(worker: _Worker) -> Outcome | None:
    """What came of a worker's sheet; None where it only says that it is ready."""
    if not worker.pipe.poll():
        if not worker.ready:
            cause = f"the process that lays it out did not begin in {_START:.0f} seconds"
            return Outcome(None, (), cause, "died")
        return Outcome(None, (), f"it did not end in {worker.seconds * _FAR:.0f} seconds", "late")
    try:
        answer: Outcome | None = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join()
        return _death(worker)
    return answer


def _death(worker: _Worker) -> Outcome:
    code = worker.process.exitcode or 0
    if code >= 0:
        cause = f"the process that lays it out ended with exit code {code}"
        return Outcome(None, (), cause, "died")
    name = signal.Signals(-code).name
    if name == "SIGXCPU":
        cause = f"it took more than {worker.seconds:.0f} seconds of processor time"
        return Outcome(None, (), cause, "late")
    return Outcome(None, (), f"the process that lays it out was ended by {name}", "died")


def _cores() -> int:
    with suppress(AttributeError):  # Linux only: what this process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
