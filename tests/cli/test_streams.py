"""The program ends quietly and with the right code, whatever its streams are connected to."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.build import watch
from exporter.cli import cli, streams
from tests.docs import ROOT

NOTES = "## Q1: What grows → up, 🌳 or 中?\n\n### SHORT\n\nA tree.\n"
PROGRAM = f"{sys.executable} -m exporter"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "pack.toml").touch()
    (folder / "notes.md").write_text(NOTES, "utf-8")
    return folder


def _shell(folder: Path, line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """What bash makes of a line in which `@` is the program and `DIR` the pack."""
    line = line.replace("@", PROGRAM).replace("DIR", str(folder))
    return subprocess.run(
        ["bash", "-c", line],
        check=False,
        capture_output=True,
        cwd=folder.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("@ check DIR 2>&-", 0),
        ("@ explain F101 >&-", 0),
        ("@ explain F101 <&- >&- 2>&-", 0),
        ("@ check nowhere 2>&-", 2),
        ("@ nonsense 2>&-", 2),
        ("@ -q model DIR | true; exit ${PIPESTATUS[0]}", 0),
        ("@ --help | true; exit ${PIPESTATUS[0]}", 0),
        ("@ check nowhere 2> >(true)", 2),
        ("@ explain F101 1</dev/null", 0),
        ("@ -q build DIR --only apkg | true; exit ${PIPESTATUS[0]}", 0),
        ("@ check nowhere 2>/dev/full", 2),
    ],
)
def test_a_stream_that_nobody_reads_changes_nothing(folder: Path, line: str, code: int) -> None:
    """Neither the exit code nor the other streams, which hold no word about it."""
    done = _shell(folder, line)
    assert done.returncode == code
    assert b"Error" not in done.stderr
    assert b"ignored" not in done.stderr


def test_errors_are_counted_though_nobody_reads_them(folder: Path) -> None:
    """The exit code is that of the content, not of the pipe; the deck is built all the same."""
    (folder / "more.md").write_bytes(b"\xff\xfe\xfd")
    done = _shell(folder, "@ -q check DIR | true; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_quiz_without_input_ends(folder: Path) -> None:
    """A closed stream has no more lines."""
    done = _shell(folder, "@ -q quiz DIR <&-")
    assert done.returncode == 0
    assert done.stdout.decode().endswith("Nothing was graded.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_results_that_cannot_be_written_are_an_error(folder: Path) -> None:
    """Exit code 2 and one sentence, which names the stream."""
    done = _shell(folder, "@ explain F101 >/dev/full")
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "studypack: standard output: No space left on device: free some space, then try again\n"
    )


@pytest.mark.parametrize("command", ["model DIR", "show tree --source DIR"])
def test_a_pipe_gets_utf_8_whatever_the_locale(folder: Path, command: str) -> None:
    """As `studypack model > model.json` on Windows."""
    done = _shell(folder, f"@ -q {command}", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "What grows → up, 🌳 or 中?" in done.stdout.decode("utf-8")


def test_a_terminal_gets_escapes_for_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its encoding is its own, and no sign stops the program."""
    path = tmp_path / "screen"
    with path.open("w", encoding="cp1252") as screen:
        monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
        shown = streams._writable(screen, 1)
        shown.write("é →")
        assert shown is screen
    assert path.read_bytes() == b"\xe9 \\u2192"


def test_a_command_that_stays_goes_with_its_reader(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`watch` ends when nobody can read its lines any more."""
    monkeypatch.setattr(watch, "rebuild", lambda *_words: watch.Rebuilt("1 sheet"))
    monkeypatch.setattr(streams, "deserted", lambda: True)
    done = CliRunner().invoke(cli, ["watch", str(folder)])
    assert (done.exit_code, done.output) == (0, "1 sheet\n")


def test_a_reader_that_goes_is_noticed() -> None:
    """With the first word that can't be delivered."""
    ours, theirs = os.pipe()
    output = streams._Output(theirs)
    assert (output.write(b"1"), output.deserted) == (1, False)
    os.close(ours)
    assert (output.write(b"23"), output.write(b"4"), output.deserted) == (2, 1, True)
    os.close(theirs)


_INTERRUPTED = """
import os, signal, sys, time
from exporter import cli
def again(times=1):
    for _ in range(times):
        os.kill(os.getpid(), signal.SIGINT)
class Grave:
    def __del__(self):
        again()
def run(*_, **__):
    {body}
cli.main(run=run)
"""


@pytest.mark.parametrize(
    "body",
    [
        "again(); time.sleep(30)",
        "again(5); time.sleep(30)",
        "Grave()\n    for _ in range(3000): time.sleep(0.01)",
        "import atexit; atexit.register(again); again(); time.sleep(30)",
        """
    try:
        again()
        time.sleep(30)
    finally:
        again()
        print("tidied up", flush=True)""",
    ],
)
def test_ctrl_c_ends_quietly(body: str) -> None:
    """130 and one word: also pressed twice, in a destructor, or after the end; what tidies up is
    not disturbed."""
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED.format(body=body)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr.strip()) == (130, "interrupted")
    assert ("tidied up" in done.stdout) is ("tidied up" in body)


def test_a_process_that_ignores_ctrl_c_goes_on_to() -> None:
    """As one in the background of a script."""
    body = "again(); print('went on', flush=True)"
    code = f"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{_INTERRUPTED}"
    done = subprocess.run(
        [sys.executable, "-c", code.format(body=body)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "went on\n", "")


def test_ctrl_c_while_the_program_is_loaded(tmp_path: Path) -> None:
    """The console script ends quietly also before the command line is there."""
    (tmp_path / "click.py").write_text(
        f"import os, signal, time\nos.kill(os.getpid(), {int(signal.SIGINT)})\ntime.sleep(30)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "exporter"],
        check=False,
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
    )
    assert (done.returncode, done.stderr) == (130, b"")
