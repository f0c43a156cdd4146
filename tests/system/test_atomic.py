"""Files are published together, and what a crash leaves is finished or undone by the next build."""

import errno
import json
import os
import socket
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from exporter.model.diagnostics import Stop
from exporter.system import atomic, journal, state_folder

OLD = {"out/a": b"1", "out/b": b"1", "pack/ledger": b"1", "out/stale": b"1"}
NEW = {"out/a": b"2", "out/b": b"2", "out/sub/c": b"2", "pack/ledger": b"2"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pack and its outputs, and a state folder of its own beside them."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    home = tmp_path / "home"
    for name, raw in OLD.items():
        (home / name).parent.mkdir(exist_ok=True, parents=True)
        (home / name).write_bytes(raw)
    return home


def _publish(home: Path) -> None:
    outputs = {"a": b"2", "b": b"2", "sub/c": b"2", "stale": None}
    atomic.publish(home / "out", outputs, pack=home / "pack", remembered={"ledger": b"2"})


def _recover(home: Path, out: str = "out") -> None:
    atomic.recover(home / "pack", "ledger", home / out, "sub/")


def _contents(home: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def _journals(home: Path) -> list[Path]:
    return sorted((home.parent / "state" / "studypack").glob("*"))


class _Killed(BaseException):
    """The process ends here: nothing more is done."""


def _killed(home: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> bool:
    """Publishes until the exchange of file number ``at``, and leaves everything as it is then."""
    steps = iter(range(100))

    def exchanged(self: Path, target: Path) -> Path:
        if target.suffix != ".json" and next(steps) >= at:
            raise _Killed
        return self.rename(target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", exchanged)
        patch.setattr(atomic, "_take_back", lambda _step: None)
        patch.setattr(atomic, "_tidy", lambda _steps, _known: None)
        try:
            _publish(home)
        except _Killed:
            return True
    return False


def test_all_files_are_written_and_stale_ones_go(home: Path) -> None:
    """A publication leaves the new files and nothing else, neither there nor in the state."""
    _publish(home)
    assert _contents(home) == NEW
    assert _journals(home) == []
    assert stat.S_IMODE((home.parent / "state" / "studypack").stat().st_mode) == 0o700


@pytest.mark.parametrize("at", range(5))
def test_a_crash_is_finished(home: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """From the journal on everything is exchanged, in whichever step it ended."""
    assert _killed(home, monkeypatch, at) is (at < 4)
    _recover(home)
    assert _contents(home) == NEW
    assert _journals(home) == []


def test_a_crash_while_staging_is_undone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a journal what was staged is removed."""
    with monkeypatch.context() as patch:
        patch.setattr(atomic, "_tidy", lambda _steps, _known: None)
        patch.setattr(atomic, "_commit", lambda _steps: 1 / 0)
        patch.setattr(journal, "save", lambda _journal: None)
        with pytest.raises(ZeroDivisionError):
            _publish(home)
    assert len(_contents(home)) == len(OLD) + 4
    _recover(home)
    assert _contents(home) == OLD


def test_another_out_finishes_the_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger knows an edition that lies in the folder of the build that was killed."""
    _killed(home, monkeypatch, 1)
    (home / "elsewhere").mkdir()
    _recover(home, "elsewhere")
    assert _contents(home) == NEW


def test_the_first_out_is_not_finished_while_another_works_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be another pack's turn in that folder."""
    _killed(home, monkeypatch, 1)
    before = _contents(home)
    with atomic.alone(home / "out"), pytest.raises(Stop, match=r"at work in .*/out: wait"):
        _recover(home, "elsewhere")
    assert _contents(home) == before
    _recover(home, "elsewhere")
    assert _contents(home) == NEW


def test_an_out_that_is_gone_is_not_made_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are made by the next build that wants them there."""
    _killed(home, monkeypatch, 1)
    (home / "out").rename(home.parent / "moved")
    _recover(home, "elsewhere")
    assert _contents(home) == {"pack/ledger": b"2"}


def test_what_changed_since_the_crash_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An output that somebody replaced stays theirs, and so does a folder in its place."""
    _killed(home, monkeypatch, 1)
    (home / "out/a").write_bytes(b"theirs")
    (home / "out/b").unlink()
    (home / "out/b").mkdir()
    (home / "out/stale").write_bytes(b"theirs")
    _recover(home)
    expected = NEW | {"out/a": b"theirs", "out/stale": b"theirs"}
    del expected["out/b"]
    assert _contents(home) == expected


def test_another_ledger_undoes_a_crash(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that was fetched or restored meanwhile is the newer truth: nothing is exchanged."""
    _killed(home, monkeypatch, 0)
    (home / "pack/ledger").write_bytes(b"theirs")
    _recover(home)
    assert _contents(home) == OLD | {"pack/ledger": b"theirs"}
    assert _journals(home) == []


def test_without_a_state_folder_it_is_published_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No home, a home that can't be written, and a file where the folder should stand."""
    (home.parent / "state").write_bytes(b"")
    _publish(home)
    assert _contents(home) == NEW
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    atomic.publish(home / "out", {"a": b"3", "b": b"3"}, pack=home / "pack")
    _recover(home)
    assert _contents(home) == NEW | {"out/a": b"3", "out/b": b"3"}
    assert (home.parent / "state").read_bytes() == b""


def test_the_ledger_is_exchanged_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a crash without a journal leaves a manifest that is older than its files."""
    monkeypatch.setattr(journal, "save", lambda _journal: None)
    _killed(home, monkeypatch, 1)
    _recover(home)
    assert _contents(home) == OLD | {"pack/ledger": b"2"}


def _forged(home: Path, **changes: object) -> bytes:
    """A journal that says what ``changes`` say, sealed as ours are."""
    value: dict[str, object] = {
        "pack": os.path.realpath(home / "pack"),
        "out": os.path.realpath(home / "out"),
        "token": "0" * 16,
        "changes": [],
        "format": journal._FORMAT,
    }
    value |= changes
    return json.dumps(value | {"seal": journal._seal(value)}).encode()


def _change(name: str, home: str = "out") -> list[dict[str, object]]:
    return [{"home": home, "name": name, "before": None, "after": "0"}]


OUTSIDE = {
    "above": {"changes": _change("../thesis")},
    "above a folder": {"changes": _change("sub/../../thesis")},
    "absolute": {"changes": _change("/etc/passwd")},
    "a drive": {"changes": _change("C:thesis")},
    "backslashes": {"changes": _change("..\\thesis")},
    "a zero": {"changes": _change("a\0b")},
    "nothing": {"changes": _change("")},
    "a document": {"changes": _change("notes.md", "pack")},
    "above the pack": {"changes": _change("../ledger", "pack")},
}
BROKEN: dict[str, object] = {
    "another pack": {"pack": "/somewhere/else"},
    "another format": {"format": "studypack-journal-0"},
    "another home": {"changes": _change("a", "home")},
    "a relative out": {"out": "out"},
    "an out that is no text": {"out": 3},
    "a token that leads away": {"token": "../../../../..//"},
    "a token that is no text": {"token": None},
    "changes that are no list": {"changes": 3},
    "changes that are none": {"changes": [{"home": "out"}]},
    "too much": {"more": 1},
    "nothing": b"",
    "cut": b'{"pack": ',
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e999",
    "no text": b"\xff\xfe\xfd",
    "nested": b"[" * 100_000,
    "of the first version": b'{"rename": [["x.md", "../bashrc"]], "delete": ["../thesis"]}',
}


@pytest.mark.parametrize("name", [*OUTSIDE, *BROKEN])
def test_a_journal_that_is_not_ours_is_named_and_left(home: Path, name: str) -> None:
    """Whatever stands in the journal's place: one sentence, exit code 2, and nothing is touched."""
    (home / "thesis").write_bytes(b"mine")
    before = _contents(home)
    path = state_folder.path(os.path.realpath(home / "pack"), ".json")
    assert path
    path.parent.mkdir(parents=True)
    found = OUTSIDE.get(name) or BROKEN[name]
    path.write_bytes(found if isinstance(found, bytes) else _forged(home, **dict(found)))  # type: ignore[call-overload] # the table above
    raw = path.read_bytes()
    with pytest.raises(Stop) as stop:
        _recover(home)
    why = "names files that no build publishes" if name in OUTSIDE else "is not a journal that"
    assert stop.value.exit_code == 2
    assert f"{path} {why}" in str(stop.value)
    assert "delete it, then build again" in str(stop.value)
    assert (_contents(home), path.read_bytes()) == (before, raw)


def test_a_journal_whose_seal_is_broken_is_not_ours(home: Path) -> None:
    """One letter changed by hand makes it another journal."""
    path = state_folder.path(os.path.realpath(home / "pack"), ".json")
    assert path
    path.parent.mkdir(parents=True)
    path.write_bytes(_forged(home, changes=_change("a")).replace(b'"a"', b'"b"'))
    with pytest.raises(Stop, match="is not a journal that"):
        _recover(home)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_is_no_file_is_no_journal(home: Path, kind: str) -> None:
    """A link to a sound journal neither."""
    path = state_folder.path(os.path.realpath(home / "pack"), ".json")
    assert path
    path.parent.mkdir(parents=True)
    (home / "sound").write_bytes(_forged(home))
    match kind:
        case "link":
            path.symlink_to(home / "sound")
        case "folder":
            path.mkdir()
        case _:
            os.mkfifo(path)
    with pytest.raises(Stop, match="is not a journal that"):
        _recover(home)


def test_a_sound_journal_without_changes_is_done(home: Path) -> None:
    """The forger of these tests writes what ours reads: the tests above fail for their reasons."""
    path = state_folder.path(os.path.realpath(home / "pack"), ".json")
    assert path
    path.parent.mkdir(parents=True)
    path.write_bytes(_forged(home))
    _recover(home)
    assert _journals(home) == []


def test_nothing_planted_is_written_through_or_swept(home: Path) -> None:
    """Links and files under names such as ours stay: of the old form, and of today's that are no
    files; so does what they lead to."""
    (home / "thesis").write_bytes(b"mine")
    for name in (".a.studypack-staged", ".ledger.studypack-staged", f".studypack-{'0' * 16}-0"):
        for folder in ("out", "pack"):
            (home / folder / name).symlink_to(home / "thesis")
    (home / "out" / ".studypack-notes").write_bytes(b"mine")
    _recover(home)
    _publish(home)
    assert (home / "thesis").read_bytes() == b"mine"
    assert (home / "out" / ".studypack-notes").read_bytes() == b"mine"
    assert sum(path.is_symlink() for path in home.rglob("*")) == 6


def test_a_link_in_the_output_folder_is_replaced(home: Path) -> None:
    """And what it leads to stays as it is, also where it has the same bytes."""
    (home / "thesis").write_bytes(b"2")
    (home / "out/a").unlink()
    (home / "out/a").symlink_to(home / "thesis")
    (home / "out/stale").unlink()
    (home / "out/stale").symlink_to(home / "thesis")
    _publish(home)
    assert _contents(home) == NEW | {"thesis": b"2"}
    assert not (home / "out/a").is_symlink()


def test_a_file_without_end_is_replaced_unread(home: Path) -> None:
    """Nobody reads 40 GB to learn that they are not the same as a page of JSON."""
    os.truncate(home / "out/a", 40_000_000_000)
    _publish(home)
    assert _contents(home) == NEW


def test_a_ledger_that_is_a_link_is_written_through(home: Path) -> None:
    """Within its pack; it is never replaced by a file."""
    (home / "pack/ledger").rename(home / "pack/real")
    (home / "pack/ledger").symlink_to("real")
    _publish(home)
    assert (home / "pack/ledger").is_symlink()
    assert (home / "pack/real").read_bytes() == b"2"
    assert not [path for path in (home / "pack").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("target", ["../thesis", "ledger"])
def test_a_ledger_that_leads_nowhere_good_is_refused(home: Path, target: str) -> None:
    """Out of the pack, or in a circle."""
    (home / "thesis").write_bytes(b"mine")
    (home / "pack/ledger").unlink()
    (home / "pack/ledger").symlink_to(target)
    before = _contents(home)
    with pytest.raises(Stop, match=r"pack/ledger is a link that leads"):
        _publish(home)
    assert _contents(home) == before


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket"])
def test_what_is_in_the_way_is_seen_first(
    home: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Exit code 2, with its name and the remedy, and nothing has changed."""
    (home / "out/b").unlink()
    match kind:
        case "folder":
            (home / "out/b").mkdir()
        case "pipe":
            os.mkfifo(home / "out/b")
        case _:
            with socket.socket(socket.AF_UNIX) as one:
                monkeypatch.chdir(home / "out")  # the name of a socket is short
                one.bind("b")
    before = _contents(home)
    with pytest.raises(Stop, match=r"out/b is a .*: move it away or use --out") as stop:
        _publish(home)
    assert stop.value.exit_code == 2
    assert _contents(home) == before


def test_a_folder_in_the_place_of_a_stale_file_stays(home: Path) -> None:
    """No build made it."""
    (home / "out/stale").unlink()
    (home / "out/stale").mkdir()
    _publish(home)
    assert (home / "out/stale").is_dir()


def test_what_lies_behind_a_link_is_not_swept(home: Path) -> None:
    """Only a build's own folders are; the output folder itself may be a link."""
    name = f".studypack-{'0' * 16}-0"
    (home / "elsewhere").mkdir()
    (home / "out").rename(home / "real")
    (home / "out").symlink_to("real")
    (home / "out/sub").symlink_to(home / "elsewhere")
    for folder in ("elsewhere", "real", "pack"):
        (home / folder / name).write_bytes(b"")
    _recover(home)
    assert [path.parent.name for path in home.rglob(name)] == ["elsewhere"]


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_folder_below_that_leads_away_is_refused(home: Path, kind: str) -> None:
    """Outputs lie in the output folder, and not where a link in it leads."""
    (home / "elsewhere").mkdir()
    if kind == "link":
        (home / "out/sub").symlink_to(home / "elsewhere")
    else:
        (home / "out/sub").write_bytes(b"mine")
    before = _contents(home)
    with pytest.raises(Stop, match=r"out/sub is (a link|no folder): move it away or use --out"):
        _publish(home)
    assert _contents(home) == before
    assert list((home / "elsewhere").iterdir()) == []


def test_an_output_folder_that_is_a_link_is_used(home: Path) -> None:
    """Whoever names it in --out means the folder it leads to."""
    (home / "out").rename(home / "real")
    (home / "out").symlink_to("real")
    _publish(home)
    assert _contents(home)["real/sub/c"] == b"2"


def test_unchanged_files_are_not_touched(home: Path) -> None:
    """A file that already has its bytes keeps its inode and time."""
    _publish(home)
    before = {path: path.stat() for path in home.rglob("*") if path.is_file()}
    _publish(home)
    assert {path: path.stat() for path in home.rglob("*") if path.is_file()} == before


def test_a_file_keeps_its_permissions(home: Path) -> None:
    """What was private stays private."""
    (home / "pack/ledger").chmod(0o600)
    atomic.replace(home / "pack", "ledger", b"3")
    status = (home / "pack/ledger").stat()
    assert (stat.S_IMODE(status.st_mode), status.st_size) == (0o600, 1)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "no space left in {out}: free some or use --out"),
        (errno.EDQUOT, "no space left for you in {out}: free some or use --out"),
        (errno.EACCES, "permission denied: make {out} writable or use --out"),
        (errno.EROFS, "{out} can only be read: make it writable or use --out"),
        (errno.EIO, "the disk reports an error: check the disk or use --out"),
        (errno.EBUSY, "it is in use: close what uses it or use --out"),
        (errno.ENAMETOOLONG, "File name too long: correct that or use --out"),
    ],
)
def test_what_the_system_refuses_names_file_and_remedy(
    home: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    """The file that was meant, never a staged one."""

    def refused(self: Path, target: Path) -> None:
        if target.name == "b":
            raise OSError(number, os.strerror(number), str(self))
        self.rename(target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(Stop) as stop:
        _publish(home)
    out = home / "out"
    assert str(stop.value) == f"{out / 'b'} can't be written: {said.format(out=out)}"
    assert stop.value.exit_code == 2
    assert _contents(home) == OLD


def test_a_ledger_is_not_helped_by_another_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies where the pack lies."""

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Stop, match=r"pack/ledger can't be written: .*/pack: free some$"):
        _publish(home)
    assert _contents(home) == OLD
