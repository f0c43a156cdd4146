"""All cases by name, and how one is run."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.hostile import (
    documents,
    images,
    laws,
    magic,
    memories,
    places,
    settings,
    shapes,
    terminals,
)
from tests.hostile.cases import Case, Ground
from tests.hostile.server import Ended, Job, Server

_FAMILIES = (documents, shapes, magic, images, settings, memories, places, terminals)


def _named(cases: Iterable[Case]) -> dict[str, Case]:
    """The cases by name; two of one name would hide one."""
    named: dict[str, Case] = {}
    for case in cases:
        assert case.name not in named, case.name
        named[case.name] = case
    return named


CASES = _named(case for family in _FAMILIES for case in family.cases())


def run(case: Case, root: Path, server: Server) -> list[str]:
    """Makes the case below ``root`` and runs its commands; every breach of a law."""
    ground = Ground(root)
    ground.prepare()
    case.make(ground)
    return [
        f"{words}: {breach}"
        for words, ended, found in judged(case, ground, server)
        for breach in found
    ]


def judged(case: Case, ground: Ground, server: Server) -> Iterator[tuple[str, Ended, list[str]]]:
    """Each command of a case, how it ended, and its breaches."""
    root = str(ground.root.resolve())
    before = laws.tree(ground.root)
    for one in case.runs:
        words = tuple(_filled(word, root) for word in one.words)
        job = Job(words, one, root)
        ended = server.run(job)
        after = laws.tree(ground.root)
        yield " ".join(one.words), ended, list(laws.breaches(job, ended, before, after))
        before = after


def _filled(word: str, root: str) -> str:
    for name, path in {"{pack}": "/pack", "{out}": "/out", "{root}": ""}.items():
        word = word.replace(name, root + path)
    return word
