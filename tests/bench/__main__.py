"""`make bench`: what the commands, a rebuild and the deck cost, each against something to compare.

There is no limit here that could fail: the numbers are for the person who has changed something.
"""

import sys

from tests.bench import commands, deck, edits


def main(documents: str) -> None:
    """Print three tables for the pack in `documents`."""
    commands.table(documents)
    edits.table(documents)
    deck.table()


if __name__ == "__main__":
    main(*sys.argv[1:])
