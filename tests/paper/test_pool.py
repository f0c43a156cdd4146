"""Worker processes: limits that hold, failures that stop nothing else and name their questions, and
no temporary file that stays behind."""

import os
import re
import signal
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.model import Html
from exporter.model.diagnostics import Code, Diagnostic
from exporter.paper import pdf
from exporter.paper.pdf import culprits, press
from exporter.paper.sheets import Sheet
from exporter.system import pango

DEEP = "<div>" * 2000 + "a" + "</div>" * 2000
HUGE = "<table><tr><td colspan=99999999>a</table>"
SLOW = "<p>a b c</p>" * 60_000


def sheet(name: str, *bodies: str) -> Sheet:
    """A sheet with a question for each body; their keys are QAX1, QAX2 and so on."""
    questions = (
        f'<article class="entry"><h3 id="q-QAX{n}">a</h3>{body}</article>'
        for n, body in enumerate(bodies, start=1)
    )
    return Sheet(name, 9, "", Html(f"<html><body>{''.join(questions)}</body></html>"))


GOOD = sheet("good", "a", "b")


@pytest.fixture
def pool() -> Iterator[pdf.Pool]:
    with pdf.Pool(2) as pool:
        yield pool


@pytest.mark.pdf
def test_outcomes_stand_in_order(pool: pdf.Pool) -> None:
    """Sheets begin with the longest and come back in their own order, as this process lays them
    out."""
    made = [sheet(f"s{n}", *"a" * n) for n in (1, 4, 2, 3)]
    begun: list[str] = []
    found = pool.laid_out(made, lambda one: begun.append(one.name))
    assert begun == ["s4", "s3", "s2", "s1"]
    assert [one.printed for one in found] == [press.laid_out(one).printed for one in made]


@pytest.mark.pdf
def test_failures_name_their_questions(pool: pdf.Pool) -> None:
    """Too deep and too large sheets are errors with the question at fault; the others are there."""
    made = [sheet("deep", "a", DEEP), GOOD, sheet("huge", HUGE, "a")]
    deep, good, huge = pool.laid_out(made)
    assert good.printed == press.laid_out(GOOD).printed
    said: list[Diagnostic] = []
    assert pdf.heard(made[0], deep, said.append) is None
    assert pdf.heard(made[2], huge, said.append) is None
    assert [one.code for one in said] == [Code.SHEET_FAILED, Code.SHEET_FAILED]
    assert "deep can't be laid out because of QAX2: RecursionError" in said[0].message
    assert "huge can't be laid out because of QAX1: MemoryError" in said[1].message


@pytest.mark.pdf
def test_a_sheet_without_end_is_stopped() -> None:
    """What takes more than its limit of processor time is stopped, tried once more and given up;
    no question is blamed, also where one would take as long alone."""
    long = sheet("slow", "a", SLOW)
    begun: list[str] = []
    with pdf.Pool(1, pdf.Limits(seconds=1, seconds_by_length=0)) as pool:
        slow, good = pool.laid_out([long, GOOD], lambda one: begun.append(one.name))
    assert slow.printed is None
    limit = "it took more than 1 seconds of processor time"
    assert slow.cause == f": {limit}, also with nothing beside it"
    assert good.printed is not None
    assert begun == ["slow", "good", "slow"]


@pytest.mark.pdf
def test_waiting_for_the_processor_is_no_time() -> None:
    """A worker that the system leaves standing for longer than its limit loses nothing."""
    with pdf.Pool(1, pdf.Limits(seconds=1, seconds_by_length=0)) as pool:
        (worker,) = _ready(pool)

        def left_standing(_: Sheet) -> None:
            os.kill(worker, signal.SIGSTOP)
            threading.Timer(1.5, os.kill, (worker, signal.SIGCONT)).start()

        (found,) = pool.laid_out([GOOD], left_standing)
        assert pool.workers == (worker,)
    assert found.printed == press.laid_out(GOOD).printed


@pytest.mark.pdf
def test_far_beyond_its_time_a_worker_is_stopped_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that stands still for good does not hold a build up for ever, and its sheet is tried once
    more with nothing beside it."""
    monkeypatch.setattr("exporter.paper.pdf.pool._FAR", 4)
    stopped: list[int] = []
    with pdf.Pool(2, pdf.Limits(seconds=1, seconds_by_length=0)) as pool:
        _ready(pool)
        pool.begin(2)

        def stop_once(one: Sheet) -> None:
            if one.name == "long" and not stopped:
                stopped.extend(pool.workers[:1])
                os.kill(stopped[0], signal.SIGSTOP)
            elif one.name == "long":
                assert len(pool.workers) == 1

        found = pool.laid_out([GOOD, sheet("long", "a", "b", "c")], stop_once)
    assert stopped
    assert all(one.printed for one in found)


def _ready(pool: pdf.Pool) -> tuple[int, ...]:
    """The workers of a pool after the first has laid a sheet out."""
    assert pool.laid_out([GOOD])[0].printed
    return pool.workers


def _shot(pool: pdf.Pool) -> None:
    """Ends the first worker before it reads what it is given."""
    os.kill(pool.workers[0], signal.SIGSTOP)
    os.kill(pool.workers[0], signal.SIGKILL)


@pytest.mark.pdf
def test_a_worker_that_dies_is_replaced() -> None:
    """What something else ends is laid out by another process, and nothing is blamed."""
    shots: list[str] = []
    with pdf.Pool(1) as pool:

        def shot(one: Sheet) -> None:
            if one.name == "long" and not shots:
                shots.append(one.name)
                _shot(pool)

        found = pool.laid_out([GOOD, sheet("long", "a" * 9_000)], shot)
    assert shots
    assert all(one.printed for one in found)


@pytest.mark.pdf
def test_a_sheet_whose_workers_die_fails_alone() -> None:
    """After the second death a sheet is given up; the others are laid out."""
    with pdf.Pool(1) as pool:

        def shot(one: Sheet) -> None:
            if one.name == "long":
                _shot(pool)

        found = pool.laid_out([GOOD, sheet("long", "a" * 9_000)], shot)
    assert found[0].printed is not None
    assert found[1].printed is None
    death = "the process that lays it out was ended by SIGKILL"
    assert found[1].cause == f": {death}, also with nothing beside it"


@pytest.mark.pdf
def test_no_temporary_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither after a good end, nor of a worker that was killed, nor after Ctrl-C."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pdf.Pool(2) as pool:
        _ready(pool)
        assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o700]
        os.kill(pool.workers[0], signal.SIGKILL)
        _ready(pool)
        assert len(list(tmp_path.iterdir())) == 1
        pool.begin(2)
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []

    def interrupted(_: Sheet) -> None:
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt), pdf.Pool(2) as pool:
        pool.laid_out([GOOD, GOOD], interrupted)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.pdf
def test_without_a_place_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: pdf.Pool
) -> None:
    """Sheets fail with a sentence that says what to do, and no question is blamed."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    pool.begin(1)
    found = pool.laid_out([GOOD, GOOD])
    assert {one.cause.partition(" (")[0] for one in found} == {
        ": no process that lays out sheets can begin here"
    }
    assert all("TMPDIR" in one.cause for one in found)


@pytest.mark.pdf
def test_no_worker_stays_behind() -> None:
    """A pool that is left in the middle of its work leaves no process."""

    def interrupted(_: Sheet) -> None:
        raise KeyboardInterrupt

    pool = pdf.Pool(2)
    pool.begin(2)
    left = pool.workers
    with pytest.raises(KeyboardInterrupt), pool:
        pool.laid_out([GOOD, sheet("other", "a")], interrupted)
    assert len(left) == 2
    for process in left:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_questions_are_tried_alone() -> None:
    """Each question of a sheet is tried under the sheet's own head."""
    html = '<head><style>p{}</style></head><body class="x"><article class="entry"><h3 id="q-ABX3">'
    alone = culprits.alone(Sheet("s", 1, "", Html(f"{html}a</h3></article><p>b</p></body>")))
    assert [key for key, _ in alone] == ["ABX3"]
    assert alone[0][1].html == html.replace('body class="x"', "body") + "a</h3></article>"


def test_without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Pango is missing the exception names the command that installs it."""
    monkeypatch.setattr(pango, "missing", lambda: ("pango-1.0",))
    with pdf.Pool(1) as pool, pytest.raises(pdf.PangoMissing, match=re.escape(pango.remedy())):
        pool.laid_out([GOOD])


@pytest.mark.pdf
def test_a_worker_that_dies_while_it_begins_is_replaced(pool: pdf.Pool) -> None:
    """Sheets are laid out by the others, and by the one that takes its place."""
    pool.begin(2)
    os.kill(pool.workers[0], signal.SIGKILL)
    found = pool.laid_out([GOOD, sheet("other", "a"), sheet("third", "b")])
    assert all(one.printed for one in found)


@pytest.mark.pdf
def test_a_death_between_two_sheets_is_no_broken_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that dies just before it is given a sheet fails nothing: another one takes it."""
    with pdf.Pool(1) as pool:
        assert pool.laid_out([GOOD])[0].printed
        os.kill(pool.workers[0], signal.SIGKILL)
        (worker,) = pool._workers
        worker.process.join()
        monkeypatch.setattr(pool, "_idle", lambda: [w for w in pool._workers if w.ready])
        found = pool.laid_out([GOOD, sheet("other", "a")])
    assert all(one.printed for one in found)


def test_pictures_are_no_length() -> None:
    """A sheet's limits follow from its text: pictures inside it raise none of them."""
    limits = pdf.Limits()
    plain = sheet("plain", "a" * 1000)
    shown = f'<img src="data:image/png;base64,{"A" * 5_000_000}" alt="a">'
    pictured = replace(plain, html=Html(plain.html.replace("</body>", f"{shown}</body>")))
    assert limits.time(pictured) < limits.time(plain) + 1
    assert limits.room(pictured) < limits.room(plain) + 1_000_000
