"""What a case is: a name, a folder made from it, and commands with what they may do."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENT = "## Q1: What is a lamp?\n\n### SHORT\n\nA thing that gives light.\n"
QUESTION = "## Q1: What is a lamp?\n\n### SHORT\n\n"
"""A question that waits for its answer: what follows is its answer's text."""

_MINE = "mine\n"
BYSTANDERS = ("thesis.txt", "bashrc", "secret.txt", "secret.md", "secret.jsonl")
"""Files of the person's own that lie beside the pack and must stay as they are, unread."""

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "60606000000005000112d9b9d50000000049454e44ae426082"
)
"""A sound PNG of one pixel."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The world around a case: the pack, what lies beside it, and the person's own folders."""

    root: Path

    @property
    def pack(self) -> Path:
        return self.root / "pack"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def beside(self) -> Path:
        return self.root / "beside"

    def prepare(self) -> None:
        """A small sound pack, a folder to work in, a home, and files that are nobody's business."""
        for name in ("pack", "beside", "here", "home/state", "home/cache", "tmp"):
            (self.root / name).mkdir(parents=True)
        for name in BYSTANDERS:
            (self.beside / name).write_text(_MINE)
        (self.beside / "secret.png").write_bytes(PIXEL)
        self.write("pack.toml", "")
        self.write("n.md", DOCUMENT)

    def write(self, name: str | bytes, content: str | bytes = DOCUMENT) -> Path:
        """A file of the pack; its folders are made."""
        import os

        path = self.pack / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        path.write_bytes(raw)
        return path

    def remove(self, name: str) -> None:
        """Takes a file or a folder of the pack away."""
        path = self.pack / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


Make = Callable[[Ground], None]


@dataclass(frozen=True, slots=True)
class Streams:
    """What the three standard streams are.

    ``closed`` names those that are not open at all, ``gone`` those whose reader has left, ``full``
    those on a device without space; ``encoding`` is what Python takes the terminal's to be.
    ``whole`` lets the interpreter end by itself, which flushes the streams as it really does.
    """

    closed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    encoding: str = "utf-8"
    stdin: bytes = b""
    whole: bool = False


PLAIN = Streams()


@dataclass(frozen=True, slots=True)
class Run:
    """One command of a case and what it may do.

    ``{pack}``, ``{out}`` and ``{root}`` stand in ``words`` for paths.  ``exits`` are the codes it
    may end with; each of ``says`` must stand in what it prints.  ``writes`` are patterns of paths
    under the root that it may change beside ``--out`` and the folders of state and cache.
    ``cpu`` is in seconds and ``memory`` in bytes on top of what the interpreter has; None is no
    limit.  ``processes`` allows it to start others.
    """

    words: tuple[str, ...]
    exits: tuple[int, ...] = (0,)
    says: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    streams: Streams = PLAIN
    env: Mapping[str, str | None] = field(default_factory=dict)
    cwd: str = "here"
    cpu: int = 10
    memory: int | None = 1 << 30
    processes: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A named folder and the commands run on it one after the other; a slow one is left to the
    whole campaign."""

    name: str
    make: Make
    runs: tuple[Run, ...]
    slow: bool = False


_DECK = ("--only", "apkg", "--only", "json", "--only", "preview", "--only", "html")


def check(*exits: int, says: Iterable[str] = (), cpu: int = 10) -> Run:
    """`studypack check` on the pack."""
    return Run(("check", "{pack}"), exits or (0,), tuple(says), cpu=cpu)


def build(*exits: int, says: Iterable[str] = (), cpu: int = 10, more: Iterable[str] = ()) -> Run:
    """A build of everything that needs no page layout."""
    words = ("build", "{pack}", "--out", "{out}", *_DECK, *more)
    return Run(words, exits or (0,), tuple(says), ("pack/ledger.jsonl",), cpu=cpu)


def deck(*exits: int, says: Iterable[str] = (), cpu: int = 10, more: Iterable[str] = ()) -> Run:
    """A build of the deck alone."""
    words = ("build", "{pack}", "--out", "{out}", "--only", "apkg", *more)
    return Run(words, exits or (0,), tuple(says), ("pack/ledger.jsonl",), cpu=cpu)


def paper(*exits: int, says: Iterable[str] = (), more: Iterable[str] = ()) -> Run:
    """A build of the sheets, which other processes lay out in limits of their own."""
    words = ("build", "{pack}", "--out", "{out}", "--only", "pdf", *more)
    # The engine tidies its folder up by names that are relative to it, which looks like "here".
    some = ("here",)
    return Run(words, exits or (0,), tuple(says), reads=some, cpu=90, memory=None, processes=True)


def ask(*words: str, exits: tuple[int, ...] = (0,), says: Iterable[str] = (), cpu: int = 10) -> Run:
    """Any command that writes nothing."""
    return Run(words, exits, tuple(says), cpu=cpu)


MODEL = ask("model", "{pack}", exits=(0, 1))
SHOW = ask("show", "lamp", "--source", "{pack}", exits=(0, 2))
STATUS = ask("status", "-v", "{pack}", exits=(0, 1))
COVERAGE = ask("coverage", "{pack}", exits=(0, 1))
LOOKS = (
    ask("-v", "check", "{pack}", exits=(0, 1)),
    ask("-v", "--color", "always", "check", "{pack}", exits=(0, 1)),
    ask("check", "--json", "{pack}", exits=(0, 1)),
    MODEL,
    SHOW,
    STATUS,
    COVERAGE,
)
"""Every way in which a document's words reach a terminal."""


def document(content: str | bytes, name: str = "n.md") -> Make:
    """Makes a pack of one document."""

    def make(ground: Ground) -> None:
        if name != "n.md":
            ground.remove("n.md")
        ground.write(name, content)

    return make


def files(**named: str | bytes) -> Make:
    """Makes a pack with these files in place of or beside its own; `pack_toml` is pack.toml."""

    def make(ground: Ground) -> None:
        for name, content in named.items():
            stem, _, ending = name.rpartition("_")
            ground.write(f"{stem}.{ending}", content)

    return make
