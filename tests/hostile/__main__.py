"""`python -m tests.hostile NAME…` runs cases by name (or pattern) and says all that happened;
without a name it lists them; `--make NAME FOLDER` only makes a case's folder."""

import sys
import tempfile
import time
from fnmatch import fnmatchcase
from pathlib import Path

from tests.hostile import campaign
from tests.hostile.cases import Ground
from tests.hostile.server import Server

_SHOWN = 1000


def main(words: list[str]) -> int:
    """Runs the cases named; whether any broke a law."""
    if not words:
        print(*campaign.CASES, sep="\n")
        return 0
    if words[0] == "--make":
        ground = Ground(Path(words[2]))
        ground.prepare()
        campaign.CASES[words[1]].make(ground)
        return 0
    names = [name for word in words for name in campaign.CASES if fnmatchcase(name, word)]
    with Server() as server:
        broken = [name for name in names if _shown(name, server, everything=len(names) == 1)]
    print(f"{len(names)} cases, {len(broken)} broken")
    return int(bool(broken) or not names)


def _shown(name: str, server: Server, *, everything: bool) -> bool:
    """Runs one case and prints its breaches; with ``everything`` also what the commands said."""
    case, broken, start = campaign.CASES[name], False, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder, "case"))
        ground.prepare()
        case.make(ground)
        for words, ended, found in campaign.judged(case, ground, server):
            broken = broken or bool(found)
            if everything or found:
                print(f"{name}: studypack {_short(words)}: {ended.code} ({ended.cpu:.2f} s)")
                print(*(f"  BROKEN: {_short(breach)}" for breach in found), sep="\n")
            if everything:
                print(ended.stdout[:_SHOWN].decode("utf-8", "backslashreplace"))
                print(ended.stderr[:_SHOWN].decode("utf-8", "backslashreplace"))
    if not broken:
        print(f"{name}: holds ({time.monotonic() - start:.2f} s)")
    return broken


def _short(text: str) -> str:
    """The beginning of a text, on one line that no terminal obeys."""
    return text[:_SHOWN].encode("unicode_escape").decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
