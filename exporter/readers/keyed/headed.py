"""Answers under headings of their own: ``### backpressure`` and paragraphs below it.

Long answers outgrow a bullet.  Within an answers part, a heading that has text but no keyed list
below it is such an answer; its key is the heading.
"""

from dataclasses import replace

from exporter.readers.keyed.entries import Entry, Listing
from exporter.readers.keyed.outline import Block
from exporter.readers.keyed.roles import Role, names_answers
from exporter.readers.scan import markdown, trimmed


def headed(block: Block, found: Listing) -> tuple[Entry, Block] | None:
    """The answer that ``block`` is, and the block of the section it stands in; else None.

    A heading that itself announces answers introduces them with its paragraphs; and a heading
    with a keyed list below it is a section.  One that a question section shares is for the caller.
    """
    title = block.title
    lines = tuple(trimmed(block.body))
    if block.part.role is not Role.ANSWERS or title is None or not lines:
        return None
    if names_answers(title) or any(entry.key is not None for entry in found.entries):
        return None
    section = replace(block, titles=block.titles[:-1], path=block.path[:-1], body=(), heading=None)
    return Entry(title, markdown(lines), lines), section
