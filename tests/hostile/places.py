"""Paths, names and kinds of files: what stands where a file belongs, and where paths lead."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.hostile.cases import (
    DOCUMENT,
    QUESTION,
    Case,
    Ground,
    Make,
    Run,
    ask,
    build,
    check,
    deck,
)


def cases() -> Iterator[Case]:
    """Every case of the family."""
    yield from _links()
    yield from _outputs()
    yield from _arguments()
    yield from _names()


Plant = Callable[[Ground, Path], None]


def _outside(ground: Ground, path: Path) -> None:
    path.symlink_to(
        ground.beside
        / f"secret{path.suffix if path.suffix in ('.md', '.png', '.jsonl') else '.txt'}"
    )


def _outside_folder(ground: Ground, path: Path) -> None:
    path.symlink_to(ground.beside)


def _loop(_ground: Ground, path: Path) -> None:
    path.symlink_to(path.name)


def _two_loop(_ground: Ground, path: Path) -> None:
    other = path.with_name(f"other-{path.name}")
    path.symlink_to(other.name)
    other.symlink_to(path.name)


def _dangling(_ground: Ground, path: Path) -> None:
    path.symlink_to("no-such-file")


def _to(target: str) -> Plant:
    def plant(_ground: Ground, path: Path) -> None:
        path.symlink_to(target)

    return plant


def _fifo(_ground: Ground, path: Path) -> None:
    os.mkfifo(path)


def _link_to_fifo(ground: Ground, path: Path) -> None:
    os.mkfifo(ground.beside / "fifo")
    path.symlink_to(ground.beside / "fifo")


def _socket(_ground: Ground, path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # a socket's path has at most 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(before)


def _folder(_ground: Ground, path: Path) -> None:
    path.mkdir()
    (path / "inside.txt").write_text("mine\n")


def _hole(_ground: Ground, path: Path) -> None:
    """A file of 40 GB that takes no room on the disk."""
    path.write_text("")
    os.truncate(path, 40_000_000_000)


_PLANTS: dict[str, Plant] = {
    "outside": _outside,
    "outside-folder": _outside_folder,
    "loop": _loop,
    "two-loop": _two_loop,
    "dangling": _dangling,
    "zero": _to("/dev/zero"),
    "random": _to("/dev/urandom"),
    "null": _to("/dev/null"),
    "full": _to("/dev/full"),
    "terminal": _to("/dev/tty"),
    "stdin": _to("/dev/stdin"),
    "passwd": _to("/etc/passwd"),
    "memory": _to("/proc/self/mem"),
    "environment": _to("/proc/self/environ"),
    "fifo": _fifo,
    "link-to-fifo": _link_to_fifo,
    "socket": _socket,
    "folder": _folder,
    "hole": _hole,
}
_SITES = {
    "document": ("pack", "x.md"),
    "nested-document": ("pack", "sub/x.md"),
    "table": ("pack", "x.csv"),
    "settings": ("pack", "pack.toml"),
    "ledger": ("pack", "ledger.jsonl"),
    "verdicts": ("pack", "verdicts.jsonl"),
    "image": ("pack", "a.png"),
    "font": ("pack", "fonts/a.otf"),
    "manifest": ("out", "manifest.json"),
    "package": ("out", "pack.apkg"),
    "model": ("out", "model.json"),
    "preview": ("out", "preview"),
    "preview-page": ("out", "preview/index.html"),
    "sheet": ("out", "pack.html"),
}


def _links() -> Iterator[Case]:
    """A link, a device, a pipe or a folder in the place of every file that is read or written."""
    for site, (where, name) in _SITES.items():
        for kind, plant in _PLANTS.items():
            if sys.platform != "linux" and kind in ("memory", "environment", "full"):
                continue
            make = _sited(where, name, plant)
            if where == "out":
                runs: tuple[Run, ...] = (build(0, 1, 2),)
            else:
                runs = (check(0, 1, 2), build(0, 1, 2), ask("init", "{pack}", exits=(0, 1, 2)))
                runs = (*runs[:2], replace(runs[2], writes=("pack/pack.toml",)))
            yield Case(f"links/{site}-{kind}", make, _listed(site, runs))
    for kind, plant in _PLANTS.items():
        make = _sited("pack", "x.md", plant)
        runs = (ask("repair", "{pack}/x.md", exits=(0, 1, 2)),)
        yield Case(f"links/repair-{kind}", make, tuple(_reading(kind, one) for one in runs))
        runs = (Run(("repair", "--write", "{pack}/x.md"), (0, 1, 2), writes=()),)
        yield Case(f"links/repair-write-{kind}", make, tuple(_reading(kind, one) for one in runs))
        yield Case(f"links/listed-{kind}", _listing(plant), (check(0, 1), deck(0, 1)))


def _listed(site: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs; a ledger that is a link may be written through, to its target on purpose."""
    if site != "ledger":
        return runs
    return tuple(replace(one, writes=(*one.writes, "pack/no-such-file")) for one in runs)


def _reading(kind: str, run: Run) -> Run:
    """A file that a person names may be read, wherever its name leads."""
    return replace(run, reads=("beside",)) if kind.startswith("outside") else run


def _sited(where: str, name: str, plant: Plant) -> Make:
    def make(ground: Ground) -> None:
        path = (ground.pack if where == "pack" else ground.out) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        ground.write("n.md", f"{QUESTION}![a lamp](a.png)\n")
        if name.startswith("fonts/"):
            ground.write("pack.toml", 'fonts = ["fonts/*.otf"]\n')
        path.unlink(missing_ok=True)
        plant(ground, path)

    return make


def _listing(plant: Plant) -> Make:
    """A document that pack.toml lists by name."""

    def make(ground: Ground) -> None:
        ground.write("pack.toml", '[[documents]]\npath = "n.md"\n\n[[documents]]\npath = "x.md"\n')
        plant(ground, ground.pack / "x.md")

    return make


def _outputs() -> Iterator[Case]:
    """--out in every odd place; what lies there of the person's own stays."""
    for name, (make, out) in _OUTS.items():
        words = ("build", "{pack}", "--out", out, "--only", "apkg", "--only", "json")
        writes = ("pack/ledger.jsonl", *_WRITES.get(name, ()))
        run = Run(words, (0, 1, 2), writes=writes, reads=_READS.get(name, ()))
        yield Case(f"out/{name}", make, (run, check(0, 1, 2)))


def _nothing(_ground: Ground) -> None:
    """The pack as it is."""


def _in_out(plant: Plant, *names: str) -> Make:
    def make(ground: Ground) -> None:
        ground.out.mkdir()
        for name in names:
            (ground.out / name).parent.mkdir(parents=True, exist_ok=True)
            plant(ground, ground.out / name)

    return make


def _as_out(plant: Plant) -> Make:
    return lambda ground: plant(ground, ground.out)


def _file_at_out(ground: Ground) -> None:
    ground.out.write_text("mine\n")


def _read_only(ground: Ground) -> None:
    ground.out.mkdir()
    ground.out.chmod(0o555)


def _link_to_folder(ground: Ground) -> None:
    (ground.root / "real").mkdir()
    ground.out.symlink_to(ground.root / "real")


_OUTS: dict[str, tuple[Make, str]] = {
    "file": (_file_at_out, "{out}"),
    "below-a-file": (_file_at_out, "{out}/deep"),
    "fifo": (_as_out(_fifo), "{out}"),
    "socket": (_as_out(_socket), "{out}"),
    "loop": (_as_out(_loop), "{out}"),
    "below-a-loop": (_as_out(_loop), "{out}/deep"),
    "dangling": (_as_out(_dangling), "{out}"),
    "below-dangling": (_as_out(_dangling), "{out}/deep"),
    "link-to-folder": (_link_to_folder, "{out}"),
    "read-only": (_read_only, "{out}"),
    "null": (_nothing, "/dev/null"),
    "full": (_nothing, "/dev/full/deep"),
    "process": (_nothing, "/proc/studypack-out"),
    "system": (_nothing, "/sys/studypack-out"),
    "nested-new": (_nothing, "{out}/a/b/c/d"),
    "dots": (_nothing, "{out}/a/../b"),
    "long-name": (_nothing, "{out}/" + "a" * 300),
    "long-path": (_nothing, "{out}" + "/a" * 3000),
    "not-utf-8": (_nothing, "{out}/\udcff"),
    "control": (_nothing, "{out}/\x1b[2J"),
    "newline": (_nothing, "{out}/a\nb"),
    "empty": (_nothing, ""),
    "dash": (_nothing, "-out"),
    "surrogate": (_nothing, "{out}/\udc80\udcff"),
    "emoji": (_nothing, "{out}/💡"),
    "in-the-pack": (_nothing, "{pack}/dist"),
    "is-the-pack": (_nothing, "{pack}"),
    "folders-in-the-way": (_in_out(_folder, "pack.apkg", "model.json"), "{out}"),
    "a-folder-is-manifest": (_in_out(_folder, "manifest.json"), "{out}"),
    "a-folder-is-model": (_in_out(_folder, "model.json"), "{out}"),
    "fifos-in-the-way": (_in_out(_fifo, "pack.apkg", "model.json", "manifest.json"), "{out}"),
    "links-in-the-way": (_in_out(_outside, "pack.apkg", "model.json", "manifest.json"), "{out}"),
    "loops-in-the-way": (_in_out(_loop, "pack.apkg", "model.json", "manifest.json"), "{out}"),
    "staged-links": (
        _in_out(
            _outside,
            *(f".{n}.studypack-staged" for n in ("pack.apkg", "model.json", "manifest.json")),
        ),
        "{out}",
    ),
    "lock-link": (_in_out(_outside, ".lock", ".studypack-lock", "studypack.lock"), "{out}"),
}
_WRITES = {
    "dash": ("here/-out", "here/-out/*"),
    "in-the-pack": ("pack/dist", "pack/dist/*"),
    "is-the-pack": ("pack/*.apkg", "pack/model.json", "pack/manifest.json"),
    "link-to-folder": ("real/*",),
    "empty": ("here/*",),
    "dangling": ("no-such-file", "no-such-file/*"),
    "below-dangling": ("no-such-file", "no-such-file/*"),
}
_READS = {
    "dash": ("here",),
    "empty": ("here",),
    "link-to-folder": ("real",),
    "dangling": ("no-such-file",),
    "below-dangling": ("no-such-file",),
}


def _arguments() -> Iterator[Case]:
    """SOURCE, names and numbers on the command line."""
    for name, words in _WORDS.items():
        yield Case(f"words/{name}", _planted, (ask(*words, exits=(0, 1, 2, 3)),))
    for name, (make, source) in _SOURCES.items():
        runs = tuple(ask(*words, source, exits=(0, 1, 2)) for words in (("check",), ("model",)))
        builds = Run(("build", source, "--out", "{out}", "--only", "apkg"), (1, 2))
        yield Case(f"source/{name}", make, (*runs, builds))
    for name, folder in _SOURCES.items():
        if folder[1].startswith("{"):
            run = Run(("init", folder[1]), (0, 1, 2), writes=("*/pack.toml",))
            yield Case(f"source/init-{name}", folder[0], (run,))


def _planted(ground: Ground) -> None:
    ground.write("b.md", DOCUMENT.replace("lamp", "torch"))
    ground.write("t.bin", bytes(range(256)))
    (ground.root / "here" / "-q").write_text(DOCUMENT)


_HUGE = "9" * 5000
_WORDS: dict[str, tuple[str, ...]] = {
    "show-nothing": ("show", "--source", "{pack}"),
    "show-empty": ("show", "", "--source", "{pack}"),
    "show-blank": ("show", " \t ", "--source", "{pack}"),
    "show-regex": ("show", "(a+)+$", "[", "*", "--source", "{pack}"),
    "show-huge": ("show", _HUGE, "--source", "{pack}"),
    "show-line-huge": ("show", f"n.md:{_HUGE}", "--source", "{pack}"),
    "show-line-odd": ("show", "n.md:²", "--source", "{pack}"),
    "show-line-zero": ("show", "n.md:0", "--source", "{pack}"),
    "show-label": ("show", "n.md#Q1", "--source", "{pack}"),
    "show-label-empty": ("show", "n.md#", "--source", "{pack}"),
    "show-outside": ("show", "../beside/secret.md:1", "--source", "{pack}"),
    "show-control": ("show", "\x1b[2J", "--source", "{pack}"),
    "show-not-utf-8": ("show", "\udcff", "--source", "{pack}"),
    "show-long": ("show", "lamp " * 10_000, "--source", "{pack}"),
    "show-tier": ("show", "KXM7/nothing", "--source", "{pack}"),
    "show-slashes": ("show", "/" * 5000, "--source", "{pack}"),
    "show-key-odd": ("show", "ßßßß", "--source", "{pack}"),
    "explain-empty": ("explain", "", "--source", "{pack}"),
    "explain-huge": ("explain", _HUGE, "--source", "{pack}"),
    "explain-letter-huge": ("explain", f"F{_HUGE}", "--source", "{pack}"),
    "explain-line-huge": ("explain", f"n.md:{_HUGE}", "--source", "{pack}"),
    "explain-code-odd": ("explain", "F¹⁰¹", "--source", "{pack}"),
    "explain-code-wide": ("explain", "F１０１", "--source", "{pack}"),
    "explain-unknown": ("explain", "Z999", "--source", "{pack}"),
    "explain-control": ("explain", "\x1b]0;x\x07", "--source", "{pack}"),
    "explain-not-utf-8": ("explain", "\udcff\udcfe", "--source", "{pack}"),
    "explain-path": ("explain", "../beside/secret.md", "--source", "{pack}"),
    "explain-no-source": ("explain", "KXM7", "--source", "{root}/none"),
    "week-huge": ("build", "{pack}", "--out", "{out}", "--week", _HUGE),
    "week-negative": ("build", "{pack}", "--out", "{out}", "--week", "-1"),
    "week-zero": ("build", "{pack}", "--out", "{out}", "--week", "0"),
    "week-odd": ("build", "{pack}", "--out", "{out}", "--week", "²"),
    "week-text": ("build", "{pack}", "--out", "{out}", "--week", "\x1b[2J"),
    "week-none": ("build", "{pack}", "--out", "{out}", "--only", "apkg", "--week", "7"),
    "only-odd": ("build", "{pack}", "--out", "{out}", "--only", "\x1b[2J"),
    "option-unknown": ("build", "{pack}", "--\x1b[2J"),
    "command-unknown": ("\x1b[2J",),
    "command-not-utf-8": ("\udcff",),
    "command-empty": ("",),
    "command-none": (),
    "quiet-and-loud": ("-q", "-v", "check", "{pack}"),
    "colour-odd": ("--color", "\x1b[2J", "check", "{pack}"),
    "too-many": ("check", "{pack}", "{pack}", "{pack}"),
    "quiz-huge": ("quiz", "{pack}", "--week", _HUGE),
    "quiz-day-huge": ("quiz", "{pack}", "--day", _HUGE),
    "quiz-minutes-huge": ("quiz", "{pack}", "--minutes", _HUGE),
    "quiz-seed-odd": ("quiz", "{pack}", "--seed", "\udcff\x1b"),
    "quiz-seed-long": ("quiz", "{pack}", "--seed", "9" * 50_000),
    "quiz-week-none": ("quiz", "{pack}", "--week", "3"),
    "mock-week-none": ("mock", "{pack}", "--out", "{out}", "--week", "3"),
    "mock-minutes-huge": ("mock", "{pack}", "--out", "{out}", "--minutes", _HUGE),
    "preview-port-huge": ("preview", "{pack}", "--port", _HUGE),
    "preview-port-negative": ("preview", "{pack}", "--port", "-1"),
    "verify-runs-huge": ("verify", "{pack}", "--runs", _HUGE),
    "verify-node-missing": ("verify", "{pack}", "--node", "{root}/none"),
    "verify-node-file": ("verify", "{pack}", "--node", "{pack}/n.md"),
    "verify-node-folder": ("verify", "{pack}", "--node", "{pack}"),
    "repair-none": ("repair", "{pack}/none.md"),
    "repair-folder": ("repair", "{pack}"),
    "repair-binary": ("repair", "{pack}/t.bin"),
    "repair-good-and-bad": ("repair", "{pack}/n.md", "{pack}/t.bin", "{pack}/none.md"),
    "repair-empty-name": ("repair", ""),
    "repair-nothing": ("repair",),
    "repair-long-name": ("repair", "a" * 5000),
    "repair-control-name": ("repair", "\x1b[2J.md"),
    "repair-not-utf-8-name": ("repair", "\udcff.md"),
    "repair-dash": ("repair", "-q"),
    "repair-device": ("repair", "/dev/null"),
    "repair-both": ("repair", "--stdout", "--write", "{pack}/n.md"),
    "ledger-none": ("ledger", "list", "--source", "{pack}"),
    "ledger-forget-none": ("ledger", "forget", "KXM7", "--source", "{pack}"),
    "ledger-reissue-odd": ("ledger", "reissue", "\x1b[2J", "\udcff", "", "--source", "{pack}"),
    "ledger-reissue-huge": ("ledger", "reissue", _HUGE, "--source", "{pack}"),
    "ledger-command-odd": ("ledger", "\x1b[2J"),
    "init-over": ("init", "{pack}"),
}

_SOURCES: dict[str, tuple[Make, str]] = {
    "none": (_nothing, "{root}/none"),
    "empty-name": (_nothing, ""),
    "a-file": (_nothing, "{pack}/n.md"),
    "its-settings": (_nothing, "{pack}/pack.toml"),
    "below-a-file": (_nothing, "{pack}/n.md/deep"),
    "no-settings": (_nothing, "{root}/beside"),
    "here": (_nothing, "."),
    "dots": (_nothing, "{pack}/../pack/none/.."),
    "long-name": (_nothing, "{root}/" + "a" * 300),
    "long-path": (_nothing, "{root}" + "/a" * 3000),
    "not-utf-8": (_nothing, "{root}/\udcff"),
    "control": (_nothing, "{root}/\x1b[2J"),
    "newline": (_nothing, "{root}/a\nb"),
    "null": (_nothing, "/dev/null"),
    "zero": (_nothing, "/dev/zero"),
    "process": (_nothing, "/proc/1"),
    "url": (_nothing, "https://evil.example/31337"),
    "user": (_nothing, "~nobody-31337"),
    "loop": (lambda ground: _loop(ground, ground.root / "loop"), "{root}/loop"),
    "dangling": (lambda ground: _dangling(ground, ground.root / "lost"), "{root}/lost"),
    "fifo": (lambda ground: _fifo(ground, ground.root / "pipe"), "{root}/pipe"),
    "socket": (lambda ground: _socket(ground, ground.root / "sock"), "{root}/sock"),
}


def _names() -> Iterator[Case]:
    """Names of documents: each is read, or left out with a word that shows its name escaped."""
    runs = (
        ask("-v", "check", "{pack}", exits=(0, 1)),
        build(0, 1),
        ask("model", "{pack}", exits=(0, 1)),
        ask("show", "torch", "--source", "{pack}", exits=(0, 2)),
        ask("status", "{pack}", exits=(0, 1)),
    )
    for name, file in _FILES.items():
        yield Case(f"names/{name}", _named(file), runs)
        without = _without_settings(file)
        run = Run(("init", "{pack}"), (0, 1, 2), writes=("pack/pack.toml",))
        yield Case(f"names/init-{name}", without, (run, check(0, 1, 2)))
        if file[:-3].strip(b".") and len(file) < _LONGEST_FOLDER:
            yield Case(f"names/pack-{name}", _renamed(file[:-3]), _in_folder(file[:-3]))
    for name, make in _FOLDERS.items():
        yield Case(f"names/{name}", make, (check(0, 1), deck(0, 1)))


_TORCH = DOCUMENT.replace("lamp", "torch")
_FILES: dict[str, bytes] = {
    "not-utf-8": b"a\xff.md",
    "latin-1": "café.md".encode("latin-1"),
    "half-pair": b"\xed\xa0\x80.md",
    "overlong": b"\xc0\xaf.md",
    "newline": b"a\nb.md",
    "cr": b"a\rb.md",
    "tab": b"a\tb.md",
    "escape": b"a\x1b[2Jb.md",
    "title": b"\x1b]0;owned\x07.md",
    "eight-bit": "a\x9b2J.md".encode(),
    "bell": b"\a.md",
    "delete": b"a\x7f.md",
    "bidi": "a\u202edm.md".encode(),
    "line-separator": "a\u2028b.md".encode(),
    "zero-width": "a\u200b.md".encode(),
    "dash": b"-rf.md",
    "dashes": b"--out.md",
    "space": b" a .md",
    "only-space": b" .md",
    "dots": b"...md",
    "trailing-dot": b"a..md",
    "no-stem": b".md",
    "hidden": b".a.md",
    "upper": b"A.MD",
    "two-endings": b"a.md.txt",
    "settings-like": b"pack.toml.md",
    "ledger-like": b"ledger.jsonl.md",
    "quote": b'a"b.md',
    "apostrophe": b"a'b.md",
    "back-tick": b"a`b.md",
    "backslash": b"a\\b.md",
    "backslash-parent": b"..\\..\\a.md",
    "dollar": b"$HOME.md",
    "percent": b"%s%n%00.md",
    "percent-parent": b"%2e%2e%2f.md",
    "braces": b"{0}{{Front}}.md",
    "html": b"<img src=x onerror=alert(31337)>.md",
    "script": b"<script>alert(31337)<.md",
    "amp": b"a&lt;b&amp;.md",
    "shell": b";touch 31337;.md",
    "pipe": b"a|b.md",
    "star": b"*.md",
    "question": b"?.md",
    "brackets": b"[a].md",
    "bracket-open": b"[.md",
    "hash": b"a#Q1.md",
    "colon": b"a:1.md",
    "colon-end": b"a:1: error: x.md",
    "drive": b"C:.md",
    "equals": b"=cmd.md",
    "comma": b"a,b.md",
    "at": b"@a.md",
    "tilde": b"~root.md",
    "emoji": "💡.md".encode(),
    "cyrillic": "лампа.md".encode(),
    "arabic": "مصباح.md".encode(),
    "composed": "é.md".encode(),
    "decomposed": "e\u0301.md".encode(),
    "combining": ("a" + "\u0301" * 100).encode() + b".md",
    "full-width": "．．／a.md".encode(),
    "reserved": b"CON.md",
    "reserved-port": b"LPT1.txt",
    "long": b"a" * 252 + b".md",
    "long-emoji": "💡".encode() * 62 + b".md",
    "digits": b"9" * 250 + b".md",
    "code-like": b"F101.md",
    "toml": b'"]\nevil = "x.md',
    "toml-end": b"a\\u0000.md",
}


def _named(file: bytes) -> Make:
    def make(ground: Ground) -> None:
        ground.write(file, _TORCH + "\n![a](none.png)\n\n### QUX\n\nWords.\n")

    return make


_LONGEST_FOLDER = 250


def _renamed(folder: bytes) -> Make:
    """A pack whose folder has an odd name, from which its title and file names are made."""

    def make(ground: Ground) -> None:
        (ground.root / "in").mkdir()
        ground.pack.rename(ground.root / "in" / os.fsdecode(folder))

    return make


def _in_folder(folder: bytes) -> tuple[Run, ...]:
    place = "{root}/in/" + os.fsdecode(folder)
    words = ("build", place, "--out", "{out}", "--only", "apkg", "--only", "html")
    return (
        ask("check", place, exits=(0, 1, 2)),
        Run(words, (0, 1, 2), writes=("in/*/ledger.jsonl",)),
        Run(("init", place), (2,)),
    )


def _without_settings(file: bytes) -> Make:
    def make(ground: Ground) -> None:
        ground.remove("pack.toml")
        ground.write(file, _TORCH)

    return make


def _twins(ground: Ground) -> None:
    for name in ("a.md", "A.md", "a.MD", "A.MD"):
        ground.write(name, DOCUMENT.replace("lamp", name))


def _normal_twins(ground: Ground) -> None:
    for name in ("é.md", "e\u0301.md"):
        ground.write(name, DOCUMENT.replace("lamp", f"lamp {len(name)}"))


def _deep(ground: Ground) -> None:
    """Folders below each other until no path can name the last."""
    before = Path.cwd()
    try:
        os.chdir(ground.pack)
        for _ in range(45):
            Path("d" * 100).mkdir()
            os.chdir("d" * 100)
            Path("x.md").write_text(_TORCH)
    finally:
        os.chdir(before)


def _crowd(ground: Ground) -> None:
    for number in range(400):
        ground.write(f"d{number}.md", f"## Q1: What is {number}?\n\n### SHORT\n\nA {number}.\n")


def _empty_crowd(ground: Ground) -> None:
    for number in range(1500):
        ground.write(f"e/{number}.md", "")


def _folder_names(ground: Ground) -> None:
    for name in (
        b"sub\xff",
        b"a\nb",
        b"\x1b[2J",
        b"<b>",
        b"-x",
        b"x.md",
        b"[a]",
        b".hidden",
        b"node_modules",
    ):
        ground.write(name + b"/x.md", _TORCH)


def _loops(ground: Ground) -> None:
    (ground.pack / "again").symlink_to(".")
    (ground.pack / "up").symlink_to("..")
    (ground.pack / "root").symlink_to("/")
    (ground.pack / "beside").symlink_to(ground.beside)


def _hard_links(ground: Ground) -> None:
    for number in range(5):
        os.link(ground.pack / "n.md", ground.pack / f"n{number}.md")


def _versions(ground: Ground) -> None:
    for name in (
        ".git/x.md",
        ".git/HEAD",
        ".obsidian/app.json",
        ".trash/x.md",
        "dist/x.md",
        ".venv/x.md",
    ):
        ground.write(name, _TORCH)


def _leftovers(ground: Ground) -> None:
    for name in (
        "n.md~",
        "n.md.bak",
        "#n.md#",
        ".#n.md",
        "n.md.swp",
        "n (1).md",
        "n - Copy.md",
        "~$n.md",
    ):
        ground.write(name, DOCUMENT)
    (ground.pack / ".#m.md").symlink_to("user@host.1234:1")


def _no_documents(ground: Ground) -> None:
    ground.remove("n.md")


def _only_folders(ground: Ground) -> None:
    ground.remove("n.md")
    (ground.pack / "n.md").mkdir()


_FOLDERS = {
    "case-twins": _twins,
    "normal-twins": _normal_twins,
    "too-deep": _deep,
    "crowd": _crowd,
    "empty-crowd": _empty_crowd,
    "odd-folders": _folder_names,
    "looping-folders": _loops,
    "hard-links": _hard_links,
    "versions": _versions,
    "editors-leftovers": _leftovers,
    "no-documents": _no_documents,
    "only-folders": _only_folders,
}
