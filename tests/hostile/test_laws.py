"""The laws of the campaign find what they are for: a law that nothing can break proves nothing."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.model.diagnostics import Stop
from tests.hostile import fuzz, inert, laws
from tests.hostile.cases import PIXEL, Ground, Run, check
from tests.hostile.laws import Fact
from tests.hostile.server import Ended, Job, Server

FINE = Ended(0, None, False, b"fine\n", b"", (), 0.1)
ERROR = b"n.md:1: error: it is no text: save it as UTF-8 [F101]\n"


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    made = Ground(tmp_path / "case")
    made.prepare()
    return made


def broken(ground: Ground, ended: Ended, run: Run | None = None) -> list[str]:
    """The laws that a command broke which changed no file."""
    run = run or check(0)
    before = laws.tree(ground.root)
    job = Job(run.words, run, str(ground.root))
    return list(laws.breaches(job, ended, before, before))


def test_what_ends_well_breaks_no_law(ground: Ground) -> None:
    """Nor does an error with its place and its remedy."""
    assert broken(ground, FINE) == []
    assert broken(ground, replace(FINE, code=1, stderr=ERROR), check(1)) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"code": 3}, "exit code 3"),
        ({"code": None, "signal": 11}, "SIGSEGV"),
        ({"code": None, "signal": 9, "late": True}, "waited for ever"),
        ({"stderr": b"studypack: a fault of the program itself"}, "a fault of the program"),
        ({"stderr": b"Exception ignored in: <x>"}, "Exception ignored"),
        ({"stdout": b"\x1b[2J"}, "a terminal is sent"),
        ({"stdout": "\x9b2J".encode()}, "a terminal is sent"),
        ({"stdout": b"\xff"}, "no UTF-8"),
        ({"code": 1}, "no error is said"),
        ({"code": 1, "stderr": b"n.md:1: error: bad [F101]"}, "no remedy"),
        ({"opened": (("open", "/etc/passwd"),)}, "nobody's business"),
        ({"opened": (("os.listdir", "/home"),)}, "nobody's business"),
        ({"opened": (("socket.connect", "('evil', 80)"),)}, "socket.connect"),
        ({"opened": (("subprocess.Popen", "sh"),)}, "subprocess.Popen"),
    ],
)
def test_each_law_can_be_broken(ground: Ground, change: dict[str, object], found: str) -> None:
    """One thing is wrong, and one law says so."""
    ended = replace(FINE, **change)  # type: ignore[arg-type] # fields of the record
    said = broken(ground, ended, check(0, 1))
    assert any(found in one for one in said), said


def test_words_that_are_not_said_are_missed(ground: Ground) -> None:
    """A case asks for a place; JSON that is none is noticed."""
    assert broken(ground, FINE, check(0, says=("n.md:7",)))
    assert broken(ground, FINE, Run(("model", "{pack}")))
    assert broken(ground, replace(FINE, stdout=b'{"a": NaN}'), Run(("check", "--json")))


def test_every_change_of_a_file_is_seen(ground: Ground) -> None:
    """Content, mode, kind, what is new, and what is gone."""
    before = laws.tree(ground.root)
    (ground.beside / "thesis.txt").write_text("his\n")
    (ground.beside / "bashrc").chmod(0o777)
    (ground.beside / "secret.txt").unlink()
    (ground.beside / "secret.md").unlink()
    (ground.beside / "secret.md").symlink_to("bashrc")
    (ground.root / "here" / "new").mkdir()
    (ground.pack / "ledger.jsonl").write_text("")
    (ground.root / "out").mkdir()
    job = Job(("check",), check(0), str(ground.root))
    found = list(laws.breaches(job, FINE, before, laws.tree(ground.root)))
    assert [one.split(":")[0].strip("'") for one in found] == [
        "beside/bashrc",
        "beside/secret.md",
        "beside/secret.txt",
        "beside/thesis.txt",
        "here/new",
        "pack/ledger.jsonl",
    ]


def test_what_is_left_behind_is_seen() -> None:
    """In the output folder, and in ours: nothing staged, nothing that others may read."""
    job = Job(("check",), check(0), "/nowhere")
    staged = {"out/.studypack-0123456789abcdef-0": Fact(0o100000, 0o644, 1, "")}
    assert "left behind" in str(list(laws.breaches(job, FINE, {}, staged)))
    state = {"home/state/studypack/a.json": Fact(0o100000, 0o644, 1, "")}
    assert "open to others" in str(list(laws.breaches(job, FINE, {}, state)))


@pytest.mark.parametrize(
    "field",
    [
        "<script>x</script>",
        "<b onclick=x>y</b>",
        "<a href='javascript:x'>y</a>",
        "<img src='https://evil.example/a.png'>",
        "<img src='missing.png'>",
        "<p style='background:url(x)'>y</p>",
        "[sound:a.mp3]",
        "[latex]a[/latex]",
        "{{Front}}",
        r"\(x\)",
        r'<span class="math">\(\href{a}{b}\)</span>',
    ],
)
def test_what_lives_on_a_card_is_found(field: str) -> None:
    assert list(inert.card_faults(field, frozenset({"a.png"})))


def test_what_is_dead_is_left_alone() -> None:
    """Our own elements, links, pictures of the package and typeset mathematics."""
    field = (
        '<p class="a">b &#91;sound:c] &#123;&#123;d</p><a href="https://e" title="f">g</a>'
        '<img src="a.png" alt="h"><span class="math">\\(x^2\\)</span>'
        '<span class="line" style="--indent:2">i</span>'
    )
    assert list(inert.card_faults(field, frozenset({"a.png"}))) == []


def test_a_page_that_obeys_is_found() -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    assert list(inert.page_faults(f"{policy}<p>{inert.MARK}</p>")) == []
    for part in (
        f"<script>{inert.MARK}</script>",
        "<p onload=x>",
        "<img src=//a/b>",
        "<x srcdoc=a>",
    ):
        assert list(inert.page_faults(policy + part)), part
    assert list(inert.page_faults("<p>a</p>"))


def test_the_server_sees_what_a_command_opens(ground: Ground) -> None:
    """A file that is read, and a process that takes more than it may."""
    run = Run(("repair", str(ground.beside / "secret.md")))
    with Server() as server:
        ended = server.run(Job(run.words, run, str(ground.root)))
        assert ended.code == 0
        assert ("open", str((ground.beside / "secret.md").resolve())) in ended.opened
        small = replace(check(0), memory=1 << 20)
        ground.write("a.png", PIXEL + bytes(4_000_000))
        ground.write("n.md", "## Q1: What?\n\n### SHORT\n\n![a](a.png)\n")
        words = ("check", str(ground.pack))
        assert server.run(Job(words, small, str(ground.root))).code != 0


def test_the_search_makes_the_same_inputs_again(tmp_path: Path) -> None:
    """From the same seed, and says what broke, but for what stops on purpose."""
    seeds = fuzz.targets()["ledger"].seeds
    made = [fuzz.changed(seeds, random.Random("ledger:7")) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0] != fuzz.changed(seeds, random.Random("ledger:8"))

    def breaks(_raw: bytes, _folder: Path) -> None:
        raise KeyError("a")

    def stops(_raw: bytes, _folder: Path) -> None:
        raise Stop("no", 2)

    assert "KeyError" in str(fuzz.fed(fuzz.Target((b"",), breaks), b""))
    assert fuzz.fed(fuzz.Target((b"",), stops), b"") is None
    assert fuzz.fed(fuzz.targets()["document"], b"## Q1: What?\n\n### SHORT\n\nA.\n") is None
    kept = tmp_path / "kept"
    found = {"document": fuzz.Target((b"a",), breaks)}
    assert fuzz.search(found, 0.2, 1, kept) == 1
    assert len(list(kept.iterdir())) == 1
