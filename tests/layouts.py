"""Lays single sheets out in the tests' own process, where a worker would only cost its start."""

from exporter.model.diagnostics import Report
from exporter.paper import pdf
from exporter.paper.pdf import press
from exporter.paper.sheets import Sheet


def rendered(sheet: Sheet, report: Report) -> pdf.Printed | None:
    """The sheet laid out, or None where that fails; what the engine said is told to `report`."""
    return pdf.heard(sheet, press.laid_out(sheet), report)
