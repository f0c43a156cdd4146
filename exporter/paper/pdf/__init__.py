"""Sheets laid out in pages as PDF files.

`press` is the engine, `pool` runs it in worker processes with limits.  What the engine warns of
becomes diagnostics: a page that it complains about is to be looked at.
"""

from exporter.model.diagnostics import Code, Diagnostic, Report
from exporter.paper.pdf.pool import Limits, Pool
from exporter.paper.pdf.press import Outcome, PangoMissing, Printed, recipe
from exporter.paper.sheets import Sheet

__all__ = ["Limits", "Outcome", "PangoMissing", "Pool", "Printed", "heard", "recipe"]


def heard(sheet: Sheet, outcome: Outcome, report: Report) -> Printed | None:
    """What was printed, after telling what the engine said of it."""
    for message in outcome.said:
        report(Diagnostic(None, Code.SHEET_WARNING, f"{sheet.name}: {message}"))
    if outcome.printed is None:
        message = f"{sheet.name} can't be laid out{outcome.cause}"
        report(Diagnostic(None, Code.SHEET_FAILED, message))
    return outcome.printed
