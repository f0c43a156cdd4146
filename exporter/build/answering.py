"""Reads a pack for a question about it: as it was read last where nothing has changed."""

import time
from dataclasses import dataclass
from pathlib import Path

from exporter.build import last_read
from exporter.build.last_read import LastRead, Standing
from exporter.build.request import Progress, silent
from exporter.model.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Answering:
    """What a question about a pack is answered from, with the errors in its content."""

    read: LastRead
    errors: tuple[Diagnostic, ...] = ()


def answering(folder: Path, progress: Progress = silent) -> Answering:
    """The pack in ``folder``.  Stop as in ``pipeline.read``."""
    if known := last_read.current(folder):
        return Answering(known)
    from exporter.build import pipeline  # takes longer to load than an answer

    study = pipeline.read(folder, progress)
    return Answering(last_read.of_study(study), study.failures)


def standing(folder: Path, progress: Progress = silent) -> Standing | tuple[Diagnostic, ...]:
    """What a build now would change; what there is to say of a pack whose errors forbid one.

    Stop as in ``pipeline.read``.
    """
    if known := last_read.standing(folder):
        return known
    from exporter.build import pipeline

    study = pipeline.read(folder, progress)
    if study.errors:
        return study.diagnostics
    forecast = pipeline.foresee(study, int(time.time()), accept=True)
    return Standing(forecast.edition.number, forecast.changes, study.diagnostics)
