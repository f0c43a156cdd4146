"""Two people build apart, and git or one command joins their ledgers."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from exporter import ledger
from exporter.cli import cli

if TYPE_CHECKING:
    from exporter.model.diagnostics import Diagnostic

STUDYPACK = Path(sys.executable).parent / "studypack"
NAMES = ("heap", "set", "queue", "stack", "tree", "graph", "list", "map")


def _notes(answers: dict[str, str]) -> str:
    return "# Notes\n\n" + "\n".join(
        f"## What is a {name}?\n\n{answers.get(name, f'Answer {name}.')}\n" for name in NAMES
    )


class Team:
    """A pack in git, with two branches of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pack"
        self.folder.mkdir()
        self.now = 1_800_000_000
        self.git("init", "-qb", "main")
        self.git("config", "user.email", "a@b.c")
        self.git("config", "user.name", "a")
        (self.folder / "pack.toml").write_text('id = "team"\n')
        self.edit({})
        self.build()
        self.commit("begin")

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words], cwd=self.folder, capture_output=True, text=True, check=False
        )

    def edit(self, answers: dict[str, str]) -> None:
        (self.folder / "notes.md").write_text(_notes(answers))

    def build(self) -> None:
        self.now += 10
        out = self.folder.parent / "out"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("time.time", lambda: self.now)
            done = CliRunner().invoke(
                cli, ["build", str(self.folder), "--out", str(out), "--only", "apkg"]
            )
        assert done.exit_code == 0, done.output

    def commit(self, name: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", name)

    def branch(self, name: str, about: str, builds: int) -> None:
        """A branch on which one answer is edited so many times, with a build each."""
        self.git("checkout", "-q", "main")
        self.git("checkout", "-qb", name)
        for number in range(builds):
            self.edit({about: f"Answer {about} {name} {number}."})
            self.build()
        self.commit(name)

    def book(self) -> ledger.Ledger:
        found: list[Diagnostic] = []
        read = ledger.load((self.folder / "ledger.jsonl").read_bytes(), found.append)
        assert found == []
        return read

    def counts(self) -> dict[str, int]:
        done = CliRunner().invoke(cli, ["status", "--json", str(self.folder)])
        assert done.exit_code == 0, done.output
        found: dict[str, int] = json.loads(done.stdout)["counts"]
        return found


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


@pytest.mark.parametrize(("mine", "yours"), [(1, 1), (1, 2), (3, 1), (5, 4)])
@pytest.mark.parametrize("driver", [True, False])
def test_two_branches_that_built_merge(team: Team, mine: int, yours: int, driver: bool) -> None:
    """Whatever the number of builds: by git alone or by its driver, or settled by one command."""
    first = team.book()
    if driver:
        (team.folder / ".gitattributes").write_text("ledger.jsonl merge=studypack\n")
        team.commit("driver")
        team.git("config", "merge.studypack.driver", f"{STUDYPACK} ledger merge %O %A %B")
    team.branch("one", "heap", mine)
    team.branch("two", "map", yours)
    merge = team.git("merge", "-m", "both", "one")
    if merge.returncode:
        assert not driver, merge.stdout
        done = CliRunner().invoke(cli, ["ledger", "merge", "--source", str(team.folder)])
        assert done.exit_code == 0, done.output
    book = team.book()
    assert book.edition == 1 + max(mine, yours)
    assert [(e.key, e.id) for e in book.entries] == [(e.key, e.id) for e in first.entries]
    assert team.counts()["untouched"] == len(NAMES)
    team.build()
    assert team.book() == book


def test_both_edited_one_answer(team: Team) -> None:
    """What the documents say in the end is stamped after both."""
    team.branch("one", "heap", 2)
    team.branch("two", "heap", 1)
    stamps = [max(n.modified for e in team.book().entries for n in e.notes)]
    team.git("merge", "one")
    team.edit({"heap": "Answer heap of both."})
    done = CliRunner().invoke(cli, ["ledger", "merge", "--source", str(team.folder)])
    assert done.exit_code == 0, done.output
    assert team.counts()["updated"] == 1
    team.build()
    book = team.book()
    assert max(n.modified for e in book.entries for n in e.notes) > max(stamps)
    assert book.edition == 4


def test_what_each_added_and_dropped_is_kept_apart(team: Team) -> None:
    """A key that both gave to new questions; a question gone here and edited there."""
    book = team.book()
    one, two, *rest = book.entries
    renamed = replace(one, id=type(one.id)("0" * 16), notes=())
    ours = replace(book, entries=(one, *rest))
    theirs = replace(book, entries=(renamed, two, *rest))
    made = ledger.merged(replace(book, entries=tuple(rest)), ours, theirs)
    assert len(made.entries) == len(book.entries) + 1
    assert len({entry.key for entry in made.entries}) == len(made.entries)
    assert next(entry for entry in made.entries if entry.id == one.id).key == one.key
    gone = replace(one, state="retired")
    edited = replace(one, prompt="What is a pile?")
    both = ledger.merged(
        book,
        replace(book, entries=(gone, two, *rest)),
        replace(book, entries=(edited, two, *rest)),
    )
    assert next(entry for entry in both.entries if entry.id == one.id).state == "live"


def test_what_another_version_wrote_is_kept(team: Team) -> None:
    """Fields that this program does not know go through a build and a merge."""
    path = team.folder / "ledger.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    lines[0]["of"] = {"the": "head"}
    lines[1]["of"] = "a note type"
    lines[-1]["of"] = ["a", "question"]
    path.write_text("\ufeff" + "".join(f"{json.dumps(line)}\n" for line in lines))
    team.edit({"set": "Answer set, edited."})
    team.build()
    after = [json.loads(line) for line in path.read_text().splitlines()]
    assert [after[at]["of"] for at in (0, 1, -1)] == [
        {"the": "head"},
        "a note type",
        ["a", "question"],
    ]
    book = team.book()
    assert ledger.load(ledger.save(ledger.merged(book, book, book)), lambda _: None) == book


@pytest.mark.parametrize(
    "text", ["x\ny\n", "<<<<<<< a\nx\n=======\ny\n", "=======\n", "<<<<<<< a\n>>>>>>> b\n"]
)
def test_half_a_conflict_is_not_settled(text: str) -> None:
    """Marks that were edited away can't tell whose a line is."""
    assert ledger.settled(text) is None


def test_the_first_form_is_read_and_rewritten(team: Team) -> None:
    """A ledger of the first version has the same edition, notes and stamps."""
    book = team.book()
    path = team.folder / "ledger.jsonl"
    lines = path.read_text().splitlines()
    head = json.loads(lines[0])
    kinds = [json.loads(line) for line in lines[1:] if '"key"' not in line]
    for kind in kinds:
        del kind["edition"]
    head = {**head, "version": 1, "edition": book.edition, "note_types": kinds}
    rows = [line for line in lines[1:] if '"key"' in line]
    path.write_text("".join(f"{line}\n" for line in (json.dumps(head), *rows)))
    assert team.book() == book
    assert team.counts()["untouched"] == len(NAMES)
