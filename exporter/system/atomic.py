"""Publishes files together: all of them or none, and after a crash the next build sees to it.

Files are staged beside their targets under new names that nobody can foresee, so that nothing
planted there is written through.  Whatever could be in the way is looked at first.  Then a journal
says what is to change, each target is exchanged for its staged file while a second name keeps the
old one, and the journal goes.  What fails in between is taken back.

After a crash the next build of the pack finishes what the journal says.  It leaves alone what
somebody has changed meanwhile, and where that is the ledger, it leaves all of it alone.  The ledger
is exchanged first, and the caller names the manifest last, so that without a journal too (no folder
to keep it in, another user) the next build finds the manifest out of step, and makes again what is
missing.

One process at a time publishes in a folder, which it locks.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from exporter.model.diagnostics import Stop
from exporter.system import journal, platforms
from exporter.system.journal import Change, Home, Journal

FOREIGN = ".studypack-journal.json"
"""The name of a journal that lies in a pack, as those of the first version did: a stranger can put
one there, so it is never obeyed."""
_OURS = re.compile(r"\.studypack-[0-9a-f]{16}-\d+~?")
_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
_DEVICE = "a device"
_REASONS = {
    errno.ENOSPC: ("no space left in {folder}", "free some"),
    errno.EDQUOT: ("no space left for you in {folder}", "free some"),
    errno.EROFS: ("{folder} can only be read", "make it writable"),
    errno.EACCES: ("permission denied", "make {folder} writable"),
    errno.EPERM: ("permission denied", "make {folder} writable"),
    errno.EBUSY: ("it is in use", "close what uses it"),
    errno.EIO: ("the disk reports an error", "check the disk"),
}
_LARGEST = 1_000_000_000
"""Bytes of a file that may be one of ours; a larger one is not read to be told from it."""
_USED_ON_WINDOWS = 32  # a sharing violation


@dataclass(frozen=True, slots=True)
class _Step:
    """A change of the file ``target``, in words for messages as in calls; ``staged`` and ``kept``
    are the names of its new and its old content meanwhile; ``raw`` is what is to be staged."""

    change: Change
    target: Path
    staged: Path
    kept: Path
    raw: bytes | None = None


@contextmanager
def alone(*homes: Path) -> Iterator[None]:
    """Keeps other processes from publishing in ``homes`` meanwhile.  Folders that do not exist are
    passed over.

    Stop (exit code 2) where another process is at it.
    """
    with ExitStack() as locks:
        for home in sorted({os.path.realpath(home) for home in homes}):
            if not locks.enter_context(platforms.locked(Path(home), journal.stand_in(home))):
                message = f"another studypack is at work in {home}: wait until it has finished"
                raise Stop(message, 2)
        yield


def publish(
    out: Path,
    outputs: Mapping[str, bytes | None],
    *,
    pack: Path | None = None,
    remembered: Mapping[str, bytes] | None = None,
) -> None:
    """Writes ``outputs`` into ``out`` in their order, all or nothing, and deletes there what is
    None; before them it writes what is ``remembered``, a file of the ``pack``'s own folder.

    A file that has its bytes already is left alone.  Stop (exit code 2) where something is in the
    way or the system refuses; then nothing has changed.  To be called ``alone``.
    """
    wanted: list[tuple[Home, Path, str, bytes | None]] = []
    if pack and remembered:
        wanted += [("pack", pack, name, raw) for name, raw in remembered.items()]
    wanted += [("out", out, name, raw) for name, raw in outputs.items()]
    token = os.urandom(8).hex()
    steps = _steps(wanted, token)
    known = None
    if pack and len(steps) > 1:
        changes = tuple(step.change for step in steps)
        known = Journal(os.path.realpath(pack), os.path.realpath(out), token, changes)
    _exchange(steps, known)


def replace(home: Path, name: str, raw: bytes) -> None:
    """Writes one file of ``home``, whole or not at all; through a link, where that leads to a file
    of ``home``.  Stop (exit code 2) as in ``publish``.  To be called ``alone``."""
    _exchange(_steps([("pack", home, name, raw)], os.urandom(8).hex()), None)


def recover(pack: Path, name: str, out: Path, below: str) -> None:
    """Finishes what a crash left of a build of ``pack``, whose ledger is ``name``, and removes what
    was staged there, in ``out`` and in the folder ``below`` that.

    Stop (exit code 2) where a journal is not ours or the system refuses.  To be called ``alone``.
    """
    if os.path.lexists(out / FOREIGN):
        raise Stop(f"{out / FOREIGN} {foreign_journal()}", 2)
    real = os.path.realpath(pack)
    swept = {out}
    with suppress(Stop):  # a ledger that leads out of the pack: reading it says so, with its place
        swept.add(_target("pack", pack, name).parent)
    if not (out / below).is_symlink():
        swept.add(out / below)
    if found := journal.load(real, name):
        unlocked = {found.out} - {real, os.path.realpath(out)}
        with alone(*map(Path, unlocked)):
            swept |= _finish(found)
        journal.remove(real)
    for folder in swept:
        _sweep(folder)


def foreign_journal() -> str:
    """What is wrong with a journal in a pack, as the rest of a sentence."""
    return "is not followed, as anybody can put one there: look at it, then delete it"


def content(path: Path) -> bytes | None:
    """The bytes of a regular file; None for anything else, be it a link to one."""
    try:
        return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else None
    except (OSError, ValueError):
        return None


def _steps(wanted: Iterable[tuple[Home, Path, str, bytes | None]], token: str) -> list[_Step]:
    """What has to change of all that is wanted.  Stop (exit code 2) where something is in the
    way."""
    steps: list[_Step] = []
    for home, folder, name, raw in wanted:
        target = _target(home, folder, name)
        change = Change(home, name, _state(target), None if raw is None else _digest(raw))
        if change.before == change.after:
            continue
        found = _obstacle(folder, target, change)
        if found and raw is None:
            continue  # it is none of the files that a build made
        if found:
            raise Stop(f"{found}: move it away{_elsewhere(home)}", 2)
        steps.append(_step(change, target, token, len(steps), raw))
    return steps


def _step(change: Change, target: Path, token: str, number: int, raw: bytes | None = None) -> _Step:
    """The names are short and independent of the target's, which may be as long as a name can be;
    `.gitignore` knows their beginning."""
    staged = target.with_name(f".studypack-{token}-{number}")
    return _Step(change, target, staged, staged.with_name(f"{staged.name}~"), raw)


def _target(home: Home, folder: Path, name: str) -> Path:
    """Where a file is written.

    A link in the output folder is exchanged for a file, and never written through.  A ledger may be
    a link to another file of its pack: somebody made it so, and it stays.  Stop (exit code 2) where
    it leads out of the pack.
    """
    target = folder / name
    if home == "out" or not target.is_symlink():
        return target
    real = Path(os.path.realpath(target))
    if not real.is_relative_to(os.path.realpath(folder)):
        message = f"{target} is a link that leads out of {folder}: put the file itself there"
        raise Stop(message, 2)
    return real


def _obstacle(folder: Path, target: Path, change: Change) -> str | None:
    """What keeps a file from being written there, as the beginning of a sentence."""
    if change.home == "out":
        above = [one for one in target.parents if one != folder and one.is_relative_to(folder)]
        for one in (folder, *above):
            if one.exists() and not one.is_dir():
                return f"{one} is no folder"
        for one in above:
            if one.is_symlink():
                return f"{one} is a link"
    if change.before in (*_KINDS.values(), _DEVICE):
        return f"{target} is {change.before}"
    if change.home == "pack" and target.is_symlink():
        return f"{target} is a link that leads in a circle"
    return None


def _state(path: Path) -> str | None:
    """What stands at ``path``: None for nothing, a digest for a file, words for anything else."""
    try:
        found = path.lstat()
        kind = stat.S_IFMT(found.st_mode)
        if kind == stat.S_IFLNK:
            return f"a link to {path.readlink()}"
        if kind == stat.S_IFREG and found.st_size > _LARGEST:
            return f"a file of {found.st_size} bytes, changed at {found.st_mtime_ns}"
        if kind == stat.S_IFREG:
            return _digest(path.read_bytes())
        return _KINDS.get(kind, _DEVICE)
    except FileNotFoundError:
        return None
    except OSError:
        return "a file that can't be read"


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _exchange(steps: Sequence[_Step], known: Journal | None) -> None:
    """Stages everything, then exchanges it; nothing staged stays, whatever happens."""
    try:
        for step in steps:
            _stage(step)
        with platforms.interrupts_held():
            try:
                if known:
                    with suppress(OSError):  # without a journal it is done all the same
                        journal.save(known)
                _commit(steps)
            finally:
                _tidy(steps, known)
    except BaseException:
        with platforms.interrupts_held():
            _tidy(steps, known)
        raise


def _stage(step: _Step) -> None:
    if step.raw is None:
        return
    with _refused(step):
        step.target.parent.mkdir(parents=True, exist_ok=True)
        with step.staged.open("xb") as file:  # never a file, or a link, that is there already
            file.write(step.raw)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            mode = step.target.lstat().st_mode
            if stat.S_ISREG(mode):
                step.staged.chmod(stat.S_IMODE(mode))


def _commit(steps: Sequence[_Step]) -> None:
    begun: list[_Step] = []
    try:
        for step in steps:
            begun.append(step)
            with _refused(step):
                if step.change.before is not None:
                    with suppress(OSError):  # not every file system gives second names
                        os.link(step.target, step.kept)
                if step.raw is None:
                    step.target.unlink()
                else:
                    step.staged.replace(step.target)
    except BaseException:
        for step in reversed(begun):
            with suppress(OSError):
                _take_back(step)
        raise


def _take_back(step: _Step) -> None:
    if os.path.lexists(step.kept):
        step.kept.replace(step.target)
    elif step.change.before is None and not step.staged.exists():
        step.target.unlink()


def _tidy(steps: Sequence[_Step], known: Journal | None) -> None:
    if known:
        with suppress(OSError):
            journal.remove(known.pack)
    for step in steps:
        for path in (step.staged, step.kept):
            with suppress(OSError):
                path.unlink()


def _finish(found: Journal) -> set[Path]:
    """Exchanges what is still to be exchanged; the folders in which something may be staged."""
    homes: Mapping[Home, Path] = {"pack": Path(found.pack), "out": Path(found.out)}
    steps = []
    for number, change in enumerate(found.changes):
        target = _target(change.home, homes[change.home], change.name)
        if not _obstacle(homes[change.home], target, change):
            steps.append(_step(change, target, found.token, number))
    books = [step for step in steps if step.change.home == "pack"]
    if all(_is_ready(step) or _state(step.target) == step.change.after for step in books):
        for step in steps:
            if _is_ready(step):
                with _refused(step):
                    _put(step)
    return {step.target.parent for step in steps}


def _is_ready(step: _Step) -> bool:
    """Whether a step is still to be done, and nobody has come between."""
    if _state(step.target) != step.change.before:
        return False
    return step.change.after is None or _state(step.staged) == step.change.after


def _put(step: _Step) -> None:
    if step.change.after is None:
        step.target.unlink()
    else:
        step.staged.replace(step.target)


def _sweep(folder: Path) -> None:
    """Removes what an earlier publication has staged and left in ``folder``."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in [one for one in entries if _OURS.fullmatch(one.name)]:
            if entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    Path(entry.path).unlink()


@contextmanager
def _refused(step: _Step) -> Iterator[None]:
    """Turns what the system refuses into a sentence about the file that was meant, not the staged
    one."""
    try:
        yield
    except OSError as error:
        raise Stop(refusal(step.target, error, _elsewhere(step.change.home)), 2) from error


def refusal(target: Path, error: OSError, elsewhere: str = "") -> str:
    """Why a file can't be written, and what to do about it."""
    number = error.errno or 0
    if getattr(error, "winerror", None) == _USED_ON_WINDOWS:
        number = errno.EBUSY
    known = _REASONS.get(number, (error.strerror or str(error), "correct that"))
    reason, remedy = (words.format(folder=target.parent) for words in known)
    return f"{target} can't be written: {reason}: {remedy}{elsewhere}"


def _elsewhere(home: Home) -> str:
    return " or use --out" if home == "out" else ""
