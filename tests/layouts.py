"""Lays single sheets out in the tests' own process, where a worker would only cost its start."""

from exporter.model.diagnostics import Report
from exporter.writers import pdf
from exporter.writers.pdf import press
from exporter.writers.sheets import Sheet


def rendered(sheet: Sheet, report: Report) -> pdf.Printed | None:
    """The sheet laid out, or None where that fails; what the engine said is told to `report`."""
    return pdf.heard(sheet, press.laid_out(sheet), report)
