"""`make bench`: what commands, a rebuild, the deck, pages and growth cost, each beside its measure.

There is no limit here that could fail: the numbers are for the person who has changed something.
"""

import sys

from tests.bench import commands, deck, edits, growth, pages


def main(documents: str) -> None:
    """Print five tables for the pack in `documents`."""
    commands.table(documents)
    edits.table(documents)
    deck.table()
    pages.table(documents)
    growth.table()


if __name__ == "__main__":
    main(*sys.argv[1:])
