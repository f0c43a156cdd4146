"""A build that is killed, interrupted or refused by the system at any of its writing events.

An event is a call that changes a file: opening one for writing, saying that its bytes are to reach
the disk, renaming, linking, deleting, making a folder.  For every event a build of an edited pack
goes wrong just there; then laws are asked that hold for every event alike.

The builds run as forks of one process that has loaded the program already: `python
tests/hostile/test_faults.py MODE STEP` tries every STEPth event, prints how many it tried and says
every breach.
"""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).parent.parent.parent
NOW = 1_700_000_000
NOTES = "# Set 1: Streams\n\n## Q1: What is a {thing}?\n\n### SHORT\n\nData piece by piece.\n"
BUILD = tuple("-q build pack --out out --only apkg --only json --only html --only preview".split())
LEFT = re.compile(r"\.studypack-")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
ERRORS = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO)
NEEDS_SPACE = {"open", "fsync", "os.link", "os.mkdir"}
HOPELESS = {errno.EROFS, errno.EIO}
"""From here on nothing can be changed any more: not even tidied up or taken back."""
REFUSED = re.compile(r"studypack: (?:out|pack)/[\w./-]+ can't be written: [^:]+: [^:]+\n")
EVENTS = 50

Tree = Mapping[str, bytes]
Happen = Callable[[int, str, int | None], None]


class Ended(NamedTuple):
    """How a command ended: its exit code, negative for a signal, and what it said."""

    code: int
    said: str


def _written(event: str, words: tuple[Any, ...]) -> str | None:
    """The path that an audit event is about to change."""
    if event == "open":
        path, _, flags = words
        return (
            path if isinstance(path, str) and isinstance(flags, int) and flags & WRITING else None
        )
    if event in ("os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.chmod"):
        return str(words[0])
    return None


def _listen(root: str, happen: Happen) -> None:
    """Calls ``happen`` before every writing event below ``root``, in this process from now on."""
    numbers = count()
    busy: list[str] = []

    def event(name: str, file: int | None = None) -> None:
        if not busy:
            busy.append(name)
            try:
                happen(next(numbers), name, file)
            finally:
                busy.clear()

    def hook(name: str, words: tuple[Any, ...]) -> None:
        path = _written(name, words)
        if path is not None and (not Path(path).is_absolute() or path.startswith(root)):
            event(name)

    def fsync(file: int, real: Callable[[int], None] = os.fsync) -> None:
        event("fsync", file)
        real(file)

    sys.addaudithook(hook)
    os.fsync = fsync  # type: ignore[assignment] # as publications call it


def _run(root: Path, words: tuple[str, ...], happen: Happen | None = None, now: int = NOW) -> Ended:
    """A command in a fork of this process, in which ``happen`` hears of every writing event."""
    said = root.parent / "said"
    if not (child := os.fork()):
        os.chdir(root)
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 2)
        time.time = lambda: float(now)
        if happen:
            _listen(str(root), happen)
        try:
            from exporter import cli

            sys.argv = ["studypack", *words]
            cli.main()
        except SystemExit as end:
            os._exit(int(end.code or 0))
        finally:
            os._exit(99)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ended(code, said.read_text("utf-8"))


def _tree(root: Path, *names: str) -> Tree:
    """All files below the folders ``names``."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for name in names
        for path in sorted((root / name).rglob("*"))
        if path.is_file()
    }


def _whole(root: Path) -> Tree:
    return _tree(root, "pack", "out")


def _staged(root: Path) -> list[str]:
    return [name for name in _tree(root, "pack", "out", "state") if LEFT.search(name)]


class Ground:
    """A pack that was built, then edited so that a build writes new files, other ones and none."""

    def __init__(self, home: Path, *, state: bool = True) -> None:
        self.home, self.at = home, home / "case"
        self.state = state
        self._first()
        self._load()
        self.new = [self._clean(NOW + 60), self._clean(NOW + 120)]
        assert self.new[0] != self.new[1]

    def _first(self) -> None:
        self.before = self.home / "before"
        (self.before / "pack").mkdir(parents=True)
        (self.before / "pack" / "pack.toml").write_text('slug = "first"\n')
        (self.before / "pack" / "notes.md").write_text(NOTES.format(thing="stream"))
        assert _run(self.before, BUILD) == (0, "")
        (self.before / "pack" / "pack.toml").write_text('slug = "other"\n')
        more = NOTES.format(thing="strean") + "\n## Q2: What is a pipe?\n\n### SHORT\n\nIt joins.\n"
        (self.before / "pack" / "notes.md").write_text(more)

    def _load(self) -> None:
        """A build in this process, so that its forks have all that they import."""
        from exporter import cli

        root = self.fresh()
        words = [str(root / word) if word in ("pack", "out") else word for word in BUILD]
        assert CliRunner().invoke(cli.cli, words).exit_code == 0

    def fresh(self) -> Path:
        """The edited pack with the outputs of before, and no state."""
        shutil.rmtree(self.at, ignore_errors=True)
        shutil.copytree(self.before, self.at)
        os.environ["XDG_STATE_HOME"] = str(self.at / "state")
        if not self.state:  # no folder can be made there
            (self.at / "state").write_bytes(b"")
        return self.at

    def _clean(self, now: int) -> Tree:
        root = self.fresh()
        assert _run(root, BUILD, now=now) == (0, "")
        assert _staged(root) == []
        return _whole(root)

    def healed(self, root: Path, words: tuple[str, ...] = BUILD) -> Iterator[str]:
        """What is wrong after the next build."""
        ended = _run(root, words, now=NOW + 120)
        if ended != (0, ""):
            yield f"the next build ended with {ended}"
        if _whole(root) not in self.new:
            yield f"the next build left {_differing(_whole(root), self.new)}"
        yield from (f"the next build left {name}" for name in _staged(root))
        if left := [name for name in _tree(root, "state") if not name.endswith(".read")]:
            yield f"the next build left the state {left}"


def _differing(found: Tree, wanted: list[Tree]) -> list[list[str]]:
    return [
        sorted(name for name in {*found, *one} if found.get(name) != one.get(name))
        for one in wanted
    ]


def kill(ground: Ground, at: int) -> Iterator[str]:
    """The build is killed, with half of what it was about to save on disk.

    A command that only reads works then and changes nothing; the next build is whole.
    """
    root = ground.fresh()
    _killed(root, at)
    left = _tree(root, "")
    if (ended := _run(root, ("-q", "check", "pack"))).code:
        yield f"check ended with {ended}"
    if _tree(root, "") != left:
        yield "check has changed something"
    yield from ground.healed(root)


def _killed(root: Path, at: int) -> None:
    def happen(number: int, _event: str, file: int | None) -> None:
        if number == at:
            _halve(file)
            os.kill(os.getpid(), signal.SIGKILL)

    assert _run(root, BUILD, happen, NOW + 60).code == -signal.SIGKILL


def _halve(file: int | None) -> None:
    """Not all bytes have reached the disk."""
    if file is not None:
        os.ftruncate(file, os.fstat(file).st_size // 2)


def move(ground: Ground, at: int) -> Iterator[str]:
    """The build after a kill goes to another folder: the first is whole then, old or new."""
    root = ground.fresh()
    _killed(root, at)
    elsewhere = tuple("elsewhere" if word == "out" else word for word in BUILD)
    if (ended := _run(root, elsewhere, now=NOW + 120)) != (0, ""):
        yield f"the build elsewhere ended with {ended}"
    files = {name: raw for name, raw in _tree(root, "out").items() if not LEFT.search(name)}
    known = [_tree(ground.before, "out"), *(_outputs(one) for one in ground.new)]
    if files not in known:
        yield f"the first folder holds {_differing(files, known)}"
    yield from ground.healed(root)


def _outputs(tree: Tree) -> Tree:
    return {name: raw for name, raw in tree.items() if name.startswith("out/")}


def interrupt(ground: Ground, at: int) -> Iterator[str]:
    """Ctrl-C: 130, nothing staged stays, and all files are old or all are new."""

    def happen(number: int, _event: str, _file: int | None) -> None:
        if number == at:
            os.kill(os.getpid(), signal.SIGINT)

    root = ground.fresh()
    ended = _run(root, BUILD, happen, NOW + 60)
    if (ended.code, ended.said.strip()) != (130, "interrupted"):
        yield f"it ended with {ended}"
    known = [_whole(ground.before), *ground.new]
    if _whole(root) not in known:
        yield f"it left {_differing(_whole(root), known)}"
    yield from (f"it left {name}" for name in _tree(root, "state"))


def refuse(ground: Ground, at: int) -> Iterator[str]:
    """A full disk, a file or a whole disk that can't be written, a disk that fails."""
    for error in ERRORS:
        yield from (f"{errno.errorcode[error]}: {one}" for one in _refused(ground, at, error))


def _refused(ground: Ground, at: int, error: int) -> Iterator[str]:
    """One sentence with file and remedy, and nothing has changed; what can't be tidied up or was
    only to be remembered refuses nothing."""

    def happen(number: int, event: str, file: int | None) -> None:
        alone = number == at if error == errno.EACCES else number >= at
        if alone and (error != errno.ENOSPC or event in NEEDS_SPACE):
            _halve(file)
            raise OSError(error, os.strerror(error), "/staged")

    root = ground.fresh()
    ended = _run(root, BUILD, happen, NOW + 60)
    now = {name: raw for name, raw in _whole(root).items() if not LEFT.search(name)}
    if ended.code == 0:
        yield from [] if now == ground.new[0] else ["it ended well and is not whole"]
    elif ended.code != 2 or not REFUSED.fullmatch(ended.said):
        yield f"it ended with {ended}"
    elif now != _whole(ground.before) and error not in HOPELESS:
        yield f"it left {_differing(now, [_whole(ground.before)])}"
    if error not in HOPELESS and (staged := _staged(root)) and ended.code:
        yield f"it left {staged}"
    yield from ground.healed(root)


MODES: Mapping[str, Callable[[Ground, int], Iterator[str]]] = {
    "kill": kill,
    "kill without state": kill,
    "move": move,
    "interrupt": interrupt,
    "refuse": refuse,
}


def _events(ground: Ground) -> int:
    """How many writing events the build has."""
    tally = ground.home / "tally"

    def happen(_number: int, _event: str, _file: int | None) -> None:
        os.write(file, b".")

    file = os.open(tally, os.O_WRONLY | os.O_CREAT)
    assert _run(ground.fresh(), BUILD, happen) == (0, "")
    os.close(file)
    return tally.stat().st_size


def main(mode: str, step: int) -> None:
    """Tries the ``mode`` at every ``step``th event, the last one included."""
    with tempfile.TemporaryDirectory() as home:
        ground = Ground(Path(home).resolve(), state=mode != "kill without state")
        events = _events(ground)
        tried = sorted({*range(0, events, step), events - 1})
        breaches = [f"event {at}: {one}" for at in tried for one in MODES[mode](ground, at)]
    print(json.dumps({"events": events, "tried": len(tried), "breaches": breaches}))


def _tried(mode: str, step: int) -> None:
    done = subprocess.run(
        [sys.executable, __file__, mode, str(step)],
        check=True,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    found = json.loads(done.stdout)
    assert found["breaches"] == []
    assert found["events"] >= EVENTS
    assert found["tried"] >= found["events"] // step


@pytest.mark.parametrize("mode", MODES)
def test_some_events_go_wrong(mode: str) -> None:
    """A sample of all events, in every way."""
    _tried(mode, 15)


@pytest.mark.hostile
@pytest.mark.parametrize("mode", MODES)
def test_every_event_goes_wrong(mode: str) -> None:
    """Each one in every way."""
    _tried(mode, 1)


STAGES = (
    *("Reading", "Placing and linking", "Rendering cards", "Packing the deck"),
    *("Laying out", "Binding the study pack", "Writing files"),
)


def _interrupted(folder: Path, stage: str) -> None:
    """Ctrl-C, as a terminal sends it to a command and all its workers, when a stage begins."""
    pack = folder / "pack"
    pack.mkdir()
    (pack / "pack.toml").write_text('slug = "first"\n[outputs]\nbook = true\n')
    (pack / "notes.md").write_text(NOTES.format(thing="stream"))
    (pack / "plan.txt").write_text("Plan\n\nWeek 1 - A\n\nDay 1: Streams\n    Study: streams.\n")
    with subprocess.Popen(
        [sys.executable, "-m", "exporter", "build", "pack", "--out", "out"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr
        while not (line := process.stderr.readline()).startswith(stage):
            assert line, f"the build has no such stage: {stage}"
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr.readlines()[-1] == "interrupted\n"
        assert process.wait() == 130
    _await_the_end(process.pid)
    assert _staged(folder) == []


def _await_the_end(session: int) -> None:
    """Until none of the processes is there any more; Python's own watcher goes last."""
    for _ in range(1000):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError("processes outlive the command")


@pytest.mark.pdf
def test_ctrl_c_takes_the_workers_along(tmp_path: Path) -> None:
    """None goes on laying out."""
    _interrupted(tmp_path, "Laying out")


@pytest.mark.pdf
@pytest.mark.hostile
@pytest.mark.parametrize("stage", STAGES)
def test_ctrl_c_in_each_stage(tmp_path: Path, stage: str) -> None:
    """130, nothing staged, and no process is left."""
    _interrupted(tmp_path, stage)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
