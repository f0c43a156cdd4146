"""Worker processes that lay sheets out, each in its own limits of time and memory.

A document can make a layout engine run for ever or take all memory, and only another process can be
stopped for it.  Workers are started as new interpreters ("spawn": a fork of a process with threads
may hang), load the engine and the fonts once, and lay out one sheet after the other, the longest
first.  `concurrent.futures` is turned down for it: it can't stop one task.
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

from exporter import pango
from exporter.writers.pdf import culprits
from exporter.writers.pdf.press import Outcome, PangoMissing
from exporter.writers.pdf.worker import work
from exporter.writers.sheets import Sheet

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_PICTURE = re.compile(r"data:image/[^\"]*")
_LONGEST = 30_000_000
_START = 60.0
"""Seconds for a worker to load the engine and the fonts; usually one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one sheet may take: seconds and bytes of memory, some at all and more with its length.

    A page takes about a third of a second, 7 MB of memory and 14 KB of HTML; the limits leave each
    sheet eight times that on top of what a page of nothing takes.
    """

    seconds: float = 60.0
    seconds_by_length: float = 200e-6
    memory: int = 1 << 30
    memory_by_length: int = 4000

    def time(self, sheet: Sheet) -> float:
        """Seconds for this sheet."""
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
"""Limits for one question alone, and seconds for all of a sheet's, where the sheet failed."""


class _Worker:
    """One process; `sheet` is the index of what it lays out, `until` when it must have answered."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=work, args=(theirs,), daemon=True)
        # Ctrl-C is this process's to answer, also while the new one still imports.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.ready = False
        self.sheet: int | None = None
        self.seconds = _START
        self.until = time.monotonic() + _START

    def give(self, index: int, sheet: Sheet, limits: Limits) -> None:
        self.sheet = index
        self.seconds = limits.time(sheet)
        self.until = time.monotonic() + self.seconds
        with suppress(OSError):  # it has just died, which its end of the pipe tells
            self.pipe.send((sheet, limits.room(sheet), self.seconds))

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """Up to `size` workers (default: as many as cores), begun when needed; to be closed."""

    def __init__(self, size: int | None = None, limits: Limits | None = None) -> None:
        self._size = size or _cores()
        self._limits = limits or Limits()
        self._workers: list[_Worker] = []
        self._stillborn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        for one in self._workers:
            one.stop()
        self._workers.clear()

    @property
    def workers(self) -> tuple[int, ...]:
        """The process ids of the workers that are there."""
        return tuple(one.process.pid or 0 for one in self._workers)

    def begin(self, count: int) -> None:
        """Starts workers for so many sheets, if they are not there; does not wait for them."""
        while len(self._workers) < min(self._size, count):
            self._workers.append(_Worker())

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
            outcome if outcome.printed else self._explained(sheet, outcome)
            for sheet, outcome in zip(sheets, found, strict=True)
        )

    def _explained(self, sheet: Sheet, outcome: Outcome) -> Outcome:
        """The failure with the questions that fail even alone."""
        alone = culprits.alone(sheet)
        until = time.monotonic() + _SEARCH
        found = self._run([one for _, one in alone], _ALONE, lambda _: None, until)
        keys = [key for (key, _), one in zip(alone, found, strict=True) if one.cause]
        because = f" because of {', '.join(keys)}" if keys else ""
        return replace(outcome, cause=f"{because}: {outcome.cause}")

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
            self.begin(len(left) + len(self._busy()))
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
            while left:  # no worker can even begin here
                found[left.pop()] = outcome

    def _drop(self, worker: _Worker) -> None:
        worker.stop()
        self._workers.remove(worker)


def _answer(worker: _Worker) -> Outcome | None:
    """What came of a worker's sheet; None where it only says that it is ready."""
    if not worker.pipe.poll():
        what = "it did not end" if worker.ready else "the process that lays it out did not begin"
        return Outcome(None, (), f"{what} in {worker.seconds:.0f} seconds")
    try:
        answer: Outcome | None = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join()
        return Outcome(None, (), _death(worker.process.exitcode))
    return answer


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        return f"the process that lays it out was ended by {signal.Signals(-code).name}"
    return f"the process that lays it out ended with exit code {code}"


def _cores() -> int:
    with suppress(AttributeError):  # Linux only: what this process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
