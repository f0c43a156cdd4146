"""Runs commands of the program one after the other, each in a fork of a process that has it loaded.

The process reads pickled jobs from its standard input and answers with how each ended.  A fork
costs milliseconds where a new interpreter costs half a second; limits and the audit hook, which
can't be taken off again, stay in the fork.
"""

import gc
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from tests.hostile.cases import Run, Streams

_PATIENCE = 15.0
_PATIENCE_WITH_OTHERS = 240.0
"""Seconds without any of the processor's time after which a command is ended: it waits for what
never comes.  What it may use of that time is limited."""
_LARGEST_FILE = 1 << 29
_MOVES = frozenset(
    """open os.listdir os.scandir os.remove os.rename os.rmdir os.mkdir os.link os.symlink os.chmod
    os.chown os.truncate os.utime os.chdir os.mkfifo shutil.rmtree shutil.move""".split()
)
"""Audit events whose arguments are paths."""
_REACHES = frozenset(
    """socket.connect socket.getaddrinfo socket.bind subprocess.Popen os.exec os.posix_spawn
    os.system os.startfile ctypes.dlopen""".split()
)
"""Audit events that leave this process for another one, or for the network."""
_LINK_ITSELF = frozenset("os.remove os.rename os.rmdir os.mkdir os.link os.symlink".split())
"""Audit events about a name rather than about what it leads to; their last argument is the number
of the open folder that the name is in, -1 for the current one."""


@dataclass(frozen=True, slots=True)
class Job:
    """A command with its paths filled in, and the folder of its case."""

    words: tuple[str, ...]
    run: Run
    root: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code or the signal that ended it, what it said, the paths it
    opened as (event, resolved path), and the seconds of CPU it took."""

    code: int | None
    signal: int | None
    late: bool
    stdout: bytes
    stderr: bytes
    opened: tuple[tuple[str, str], ...]
    cpu: float


class Server:
    """A running server, to be closed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from tests.hostile.server import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()
        self._process.wait()

    def run(self, job: Job) -> Ended:
        """Runs one command and waits for its end."""
        assert self._process.stdin
        assert self._process.stdout
        pickle.dump(job, self._process.stdin)
        self._process.stdin.flush()
        return cast("Ended", pickle.load(self._process.stdout))


def main() -> None:
    """Serves until its standard input ends."""
    sys.path[0] = str(Path(__file__).parents[2])  # not "", which would list each case's folder
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _warm()
    while True:
        try:
            job = pickle.load(jobs)
        except EOFError:
            return
        pickle.dump(_forked(job), answers)
        answers.flush()


def _warm() -> None:
    """Loads what commands load, so that no fork has to."""
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nothing:
        pack, out = Path(folder, "pack"), Path(folder, "out")
        pack.mkdir()
        os.environ |= {"HOME": folder, "XDG_STATE_HOME": folder, "XDG_CACHE_HOME": folder}
        (pack / "pack.toml").write_text('[[subjects]]\nname = "Lamps"\n')
        (pack / "n.md").write_text("## Q1: What is a “lamp”?\n\n### SHORT\n\n```js\nlet a;\n```\n")
        before = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = nothing
        for words in ("build", str(pack), "--out", str(out), *_KINDS), ("check", str(pack)):
            _command(words)
        sys.stdout, sys.stderr = before
    gc.collect()
    gc.freeze()


_KINDS = ("--only", "apkg", "--only", "html", "--only", "preview", "--only", "json")


def _command(words: tuple[str, ...]) -> int:
    """Runs the console script; its exit code."""
    from exporter.cli import main as console

    sys.argv = ["studypack", *words]
    try:
        console()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _forked(job: Job) -> Ended:
    with ExitStack() as stack:
        given, out, err, opened = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(4))
        given.write(job.run.streams.stdin)
        given.seek(0)
        pid = os.fork()
        if pid == 0:
            code = _child(job, (given, out, err), opened)
            if job.run.streams.whole:
                sys.exit(code)  # the interpreter ends as ever, and flushes what it holds
            os._exit(_flushed(code))
        patience = _PATIENCE_WITH_OTHERS if job.run.processes else _PATIENCE
        status, cpu, late = _waited(pid, patience)
        code = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (out, err, opened):
            file.seek(0)
            texts.append(file.read())
        paths = pickle.loads(texts[2]) if texts[2] else ()
        killed = -code if code < 0 else None
        ended = None if code < 0 else code
        return Ended(ended, killed, late, texts[0], texts[1], tuple(sorted(paths)), cpu)


def _waited(pid: int, patience: float) -> tuple[int, float, bool]:
    """The status of a fork, its seconds of CPU, and whether it had to be ended."""
    until, used = time.monotonic() + patience, ""
    pause, late = 0.0005, False
    while True:
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            with suppress(ProcessLookupError):  # what it has started and left behind
                os.killpg(pid, signal.SIGKILL)
            return status, usage.ru_utime + usage.ru_stime, late
        if not late and time.monotonic() > until:
            before, used = used, _used(pid)
            until += patience
            if used == before:
                late = True
                os.kill(pid, signal.SIGKILL)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def _used(pid: int) -> str:
    """How much of the processor's time a process has had; always the same where the system does
    not say."""
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return " ".join(numbers[11:13])


def _child(job: Job, files: Sequence[IO[bytes]], opened: IO[bytes]) -> int:
    """Becomes the command: its group, folder, environment, limits, streams; the exit code."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(Path(job.root, job.run.cwd))
    _settle_in(job)
    _limit(job.run)
    _connect(job.run.streams, files)
    with _watched(opened):
        return _command(job.words)


def _settle_in(job: Job) -> None:
    """The environment of a person without settings, whose folders are the case's."""
    home = Path(job.root, "home")
    for name in [name for name in os.environ if name.startswith(("LC_", "XDG_", "STUDYPACK_"))]:
        del os.environ[name]
    own = {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(Path(job.root, "tmp")),
        "LANG": "C.UTF-8",
    }
    for name, value in {**own, **job.run.env}.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value.replace("{root}", job.root)
    tempfile.tempdir = None


def _limit(run: Run) -> None:
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    limits = {resource.RLIMIT_CPU: used + run.cpu, resource.RLIMIT_FSIZE: _LARGEST_FILE}
    if run.memory is not None and sys.platform == "linux":
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        limits[resource.RLIMIT_AS] = size + run.memory
    limits[resource.RLIMIT_CORE] = 0
    for kind, value in limits.items():
        resource.setrlimit(kind, (value, value + (kind == resource.RLIMIT_CPU)))


def _connect(streams: Streams, files: Sequence[IO[bytes]]) -> None:
    """Makes the three standard streams what the case wants, as the interpreter makes them."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        os.dup2(files[number].fileno(), number)
        if name in streams.full:
            os.dup2(os.open("/dev/full", os.O_WRONLY), number)
        if name in streams.gone:
            reading, writing = os.pipe()
            os.close(reading)
            os.dup2(writing, number)
        opened = _text(number, name, streams.encoding)
        if name in streams.closed:
            os.close(number)
        for known in (name, f"__{name}__"):
            setattr(sys, known, None if name in streams.closed else opened)


def _text(number: int, name: str, encoding: str) -> TextIOWrapper:
    raw = os.fdopen(number, "rb" if name == "stdin" else "wb", closefd=False)
    errors = "backslashreplace" if name == "stderr" else "strict"
    return TextIOWrapper(raw, encoding, errors, line_buffering=name == "stderr")


def _flushed(code: int) -> int:
    """The exit code after the streams are flushed, 120 where that fails."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:
                stream.flush()
        except (OSError, ValueError):
            return 120
    return code


@contextmanager
def _watched(report: IO[bytes]) -> Iterator[None]:
    """Notes every path that is opened, listed, moved or removed, and every reach outside."""
    seen: set[tuple[str, str]] = set()

    def noted(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _REACHES:
            seen.add((event, repr(arguments)[:200]))
        elif event in _MOVES:
            flags = arguments[2] if event == "open" else 0
            itself = event in _LINK_ITSELF or bool((flags or 0) & (os.O_NOFOLLOW | os.O_EXCL))
            folder = arguments[-1] if event in _LINK_ITSELF else -1
            for path in arguments[: 1 if event == "open" else 2]:
                if isinstance(path, str | bytes | os.PathLike):
                    seen.add((event, _resolved(os.fsdecode(path), folder, itself=itself)))

    sys.addaudithook(noted)
    try:
        yield
    finally:
        report.write(pickle.dumps(tuple(seen)))
        report.flush()


def _resolved(path: str, folder: int, *, itself: bool) -> str:
    """Where a path below an open folder (-1: the current one) leads; with ``itself`` a link at its
    end is not followed."""
    if folder >= 0:
        path = f"/proc/self/fd/{folder}/{path}"
    if itself:
        above, name = os.path.split(path)
        return os.path.join(os.path.realpath(above or "."), name)  # noqa: PTH118 - fast
    return os.path.realpath(path)
