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
                print(f"{name}: studypack {words[:_SHOWN]}: {ended.code} ({ended.cpu:.2f} s)")
                print(*(f"  BROKEN: {breach[:_SHOWN]}" for breach in found), sep="\n")
            if everything:
                print(ended.stdout.decode("utf-8", "replace")[:_SHOWN])
                print(ended.stderr.decode("utf-8", "replace")[:_SHOWN])
    if not broken:
        print(f"{name}: holds ({time.monotonic() - start:.2f} s)")
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
