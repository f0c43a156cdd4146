"""What holds for every case: how a command may end, speak, look and write.

Each law yields a sentence for each breach; none means that the case holds.
"""

import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path
from signal import Signals
from typing import NamedTuple

from tests.hostile import inert
from tests.hostile.cases import Ground
from tests.hostile.server import Ended, Job

_ROOT = Path(__file__).parents[2]
_ERROR = re.compile(r"^(?:.+?: )?error: (?P<message>.+) \[[A-Z]\d{3}\]$")
_SENTENCE = re.compile(r"^(?:studypack|Error): (?P<message>.+)$")
_FAULTS = ("a fault of the program itself", "Traceback (most recent", "Exception ignored")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OUR_COLOURS = re.compile(r"\x1b\[(?:3[136]|0)m")
_HALF = re.compile("[\ud800-\udfff]")
_IMPERATIVES = """\
add build choose close convert copy correct delete end export find free give install keep leave
list lists load look make mean move must name open pass pick put remove rename repair replace
restore run save say see set settle split start take try type unpack update use wait write writes
""".split()
_REMEDY = re.compile(rf"\b(?:{'|'.join(_IMPERATIVES)})\b", re.IGNORECASE)
_OURS = ("out", "home/state/studypack", "home/cache/studypack")
"""Where a command may write unasked, below the root of a case."""
_PROCESS = re.compile(r"^/proc/\d+")
_TAKE_PATHS = "build check model status coverage init repair".split()
_LONG = 4000  # characters of a sentence, besides what the person typed
_STAGED = re.compile(r"\.studypack-")

_INSTALLED = frozenset(
    str(Path(path).resolve())
    for path in (
        sys.prefix,
        sys.base_prefix,
        str(Path(os.__file__).parent),
        *(path for path in sys.path if Path(path).name in ("site-packages", "lib-dynload")),
        *(str(_ROOT / name) for name in ("exporter", "templates", "tests")),
    )
)
_SYSTEM = frozenset(
    """/usr/lib /usr/lib64 /usr/local/lib /usr/share /lib /lib64 /etc/fonts /etc/localtime
    /etc/mime.types /etc/ld.so.cache /dev/null /dev/urandom /var/cache/fontconfig
    /sys/fs/cgroup /sys/devices/system/cpu /proc/self/mountinfo /proc/cpuinfo
    /proc/meminfo""".split()
)
"""Where the interpreter, its libraries and the system's fonts and settings lie."""


class Fact(NamedTuple):
    """What stands at a path: ``content`` is a file's digest or a link's target."""

    kind: int
    mode: int
    size: int
    content: str


Tree = Mapping[str, Fact]
"""What lies below a folder, by path."""


def tree(root: Path) -> Tree:
    """All that lies below ``root``, without following any link."""
    return dict(_entries(os.open(root, _FOLDER), ""))


_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def _entries(folder: int, below: str) -> Iterator[tuple[str, Fact]]:
    """What lies in an open folder, by its path; folders are entered one by one, as a path may be
    too long to name."""
    try:
        for name in sorted(os.listdir(folder)):
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            kind, mode = stat.S_IFMT(status.st_mode), stat.S_IMODE(status.st_mode)
            content, size = "", 0
            if kind == stat.S_IFLNK:
                content = os.readlink(name, dir_fd=folder)
            elif kind == stat.S_IFREG:
                size = status.st_size
                content = _digest(name, folder, status)
            yield below + name, Fact(kind, mode, size, content)
            if kind == stat.S_IFDIR:
                yield from _entries(os.open(name, _FOLDER, dir_fd=folder), f"{below}{name}/")
    finally:
        os.close(folder)


def _digest(name: str, folder: int, status: os.stat_result) -> str:
    """A file's digest; of a file with holes the time of its last change, which says as much."""
    if status.st_blocks * 512 < status.st_size // 2:
        return str(status.st_mtime_ns)
    with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:  # noqa: PTH123 - a number
        return hashlib.file_digest(file, "sha256").hexdigest()


def breaches(job: Job, ended: Ended, before: Tree, after: Tree) -> Iterator[str]:
    """Every law that a command broke."""
    yield from _ended(job, ended)
    yield from _spoke(job, ended)
    yield from _looked(job, ended)
    yield from _wrote(job, before, after)
    if ended.code == 0:
        yield from _made(Ground(Path(job.root)), job)


def _ended(job: Job, ended: Ended) -> Iterator[str]:
    """In time, within its limits, with an exit code that fits."""
    if ended.late:
        yield f"it waited for ever (and took {ended.cpu:.1f} seconds of CPU)"
    elif ended.signal is not None:
        yield f"{Signals(ended.signal).name} ended it after {ended.cpu:.1f} seconds of CPU"
    elif ended.code not in job.run.exits:
        yield f"exit code {ended.code}, not {' or '.join(map(str, job.run.exits))}"


def _spoke(job: Job, ended: Ended) -> Iterator[str]:
    """No traceback, nothing a terminal obeys, JSON that is JSON, and place and remedy in errors."""
    try:
        stdout = ended.stdout.decode()  # in a pipe whatever the terminal's encoding is
    except UnicodeDecodeError as error:
        yield f"standard output is no UTF-8: {error}"
        stdout = ended.stdout.decode("latin-1")
    said = ended.stderr.decode("utf-8", "replace") + "\n" + stdout
    yield from (f"it says {fault!r}" for fault in _FAULTS if fault in said)
    yield from (f"it does not say {wanted!r}" for wanted in job.run.says if wanted not in said)
    if "always" in job.words:
        said = _OUR_COLOURS.sub("", said)
    shown = said if "--stdout" not in job.words else ended.stderr.decode("utf-8", "replace")
    if found := _CONTROL.search(shown):
        yield f"a terminal is sent {found.group()!r}"
    if ("--json" in job.words or "model" in job.words) and stdout.strip():
        yield from _json_faults(stdout)
    streams = job.run.streams
    unread = {*streams.closed, *streams.gone, *streams.full}
    if ended.code in (1, 2, 4) and not unread & {"stdout", "stderr"}:
        yield from _explained(said, _LONG + max((len(word) for word in job.words), default=0))


def _json_faults(text: str) -> Iterator[str]:
    try:
        value = json.loads(text, parse_constant=float)
    except (ValueError, RecursionError) as error:
        yield f"standard output is no JSON: {error}"
        return
    if _HALF.search(json.dumps(value, ensure_ascii=False)):
        yield "half a character stands in the JSON"
    if re.search(r"\b(?:NaN|Infinity)\b", json.dumps(value)):
        yield "the JSON holds a number that JSON does not have"


def _explained(said: str, longest: int) -> Iterator[str]:
    """Somebody who reads it knows what is wrong and what to do."""
    lines = [line for line in said.splitlines() if line.strip()]
    sentences = [
        m["message"] for line in lines if (m := _ERROR.match(line) or _SENTENCE.match(line))
    ]
    as_json = '"severity": "error"' in said
    if not sentences and not as_json and not any(line.startswith("Usage:") for line in lines):
        yield "no error is said"
    for sentence in sentences:
        if not _REMEDY.search(sentence) and "Usage:" not in said:
            yield f"no remedy in {sentence!r}"
        if len(sentence) > longest:
            yield f"a sentence of {len(sentence)} characters"


def _looked(job: Job, ended: Ended) -> Iterator[str]:
    """Nothing outside SOURCE, ``--out`` and the person's own folders of ours is opened."""
    names = ("pack", "tmp", "here/dist", "home/state", "home/cache", *_OURS, *job.run.reads)
    own = [os.path.join(job.root, name) for name in names]  # noqa: PTH118 - it may be absolute
    own += [os.path.join(job.root, job.run.cwd, word) for word in _named(job.words)]  # noqa: PTH118
    own += [_PROCESS.sub("/proc/self", os.path.realpath(path)) for path in own]
    around = {str(parent) for path in own for parent in Path(path).parents}  # they may be locked
    own += [*_SYSTEM, *_INSTALLED]
    for event, path in ended.opened:
        if event.split(".")[0] not in ("open", "os", "shutil"):
            if not job.run.processes:
                yield f"{event} {path}"
        elif not _below(_PROCESS.sub("/proc/self", path), own) and not (
            event in ("open", "os.mkdir") and path in around
        ):
            yield f"{event} {path!r}, which is nobody's business"


def _named(words: Sequence[str]) -> Iterator[str]:
    """The paths that the person who typed the command named: those may be opened."""
    yield from (path for option, path in pairwise(words) if option in ("--out", "--source"))
    if words and words[0] in _TAKE_PATHS:
        yield from (word for word in words[1:] if not word.startswith("--"))


def _below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _wrote(job: Job, before: Tree, after: Tree) -> Iterator[str]:
    """Nothing but ``--out``, the ledger and our folder of state changes; nothing stays staged."""
    for path in sorted({*before, *after}):
        if before.get(path) == after.get(path):
            continue
        allowed = path in ("home/state", "home/cache") or _below(path, _OURS)
        if not allowed and not any(fnmatchcase(path, pattern) for pattern in job.run.writes):
            yield f"{path!r}: {_change(before.get(path), after.get(path))}"
        elif path not in before and _STAGED.search(path):
            yield f"{path!r} is left behind"
        elif path.startswith("home/") and after.get(path):
            yield from _state_faults(path, after[path])


def _state_faults(path: str, now: Fact) -> Iterator[str]:
    """Our folder of state holds what we name there, for its owner alone."""
    if now.kind == stat.S_IFREG and not path.endswith((".json", ".lock", ".read")):
        yield f"{path!r} is none of ours"
    if "studypack" in path and now.mode & 0o077:
        yield f"{path!r} is open to others ({now.mode:o})"


def _change(was: Fact | None, now: Fact | None) -> str:
    if was is None:
        return "is new"
    if now is None:
        return "is gone"
    return "has another mode" if was == now._replace(mode=was.mode) else "was changed"


def _made(ground: Ground, job: Job) -> Iterator[str]:
    """What lies in ``--out`` after a build is whole and dead."""
    if job.words[0] != "build" or not ground.out.is_dir():
        return
    for path in sorted(ground.out.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        for fault in _file_faults(path):
            yield f"{path.relative_to(ground.root)}: {fault}"


def _file_faults(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    match path.suffix:
        case ".apkg":
            yield from inert.package_faults(raw)
        case ".html":
            yield from inert.page_faults(raw.decode())
        case ".json":
            yield from _json_faults(raw.decode())
        case ".pdf":
            yield from inert.paper_faults(raw)
