"""A build as far as anything was edited: what stands between the command and the stages.

The stages are imported only where they have something to do: importing them takes longer than
seeing that nothing was edited.
"""

from pathlib import Path

from exporter import pango, publication, reuse, scratch
from exporter.order import Built, Order, Progress, silent


def build(
    folder: Path, order: Order, progress: Progress = silent, *, replan: bool = False
) -> Built:
    """Builds the pack in ``folder`` while no other process does; without edits nothing is read.

    ``replan`` places every question anew.  Stop as in ``pipeline.read`` and ``pipeline.build``, and
    (exit code 2) where another process is building.
    """
    with publication.alone(folder, order.out):
        reuse.recover(folder, order)
        if not replan and (known := reuse.rebuilt(folder, order)):
            scratch.sweep()
            return known
        from exporter import pipeline
        from exporter.writers import pdf

        with pdf.Pool() as pool:
            if (order.wants("pdf") or order.wants("book")) and not pango.missing():
                pool.begin(1)  # an edit changes a sheet: its worker loads while this one reads
            study = pipeline.read(folder, progress, replan=replan)
            return pipeline.build(study, order, progress, pool)
