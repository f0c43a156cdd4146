"""The rooms of the program and what may be imported where, read from the source itself.

A room is a folder directly in `exporter`.  It stands on a floor and imports from floors below its
own only, so that it can be read, and taken out, with no more than those in mind.
"""

import ast
import graphlib
import os
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "exporter"

FLOORS = {
    "__main__": 8,  # the console script
    "cli": 7,  # takes words, prints, exits
    "build": 6,  # one build from request to published files
    "rehearse": 5,  # interviews and quizzes
    "paper": 4,  # sheets, study pack, flash cards
    "deck": 4,  # notes, the package, its preview
    "check": 3,  # is the content right?
    "plan": 3,  # where each question stands, and which belong together
    "ledger": 3,  # which question is which across edits
    "readers": 3,  # lines to questions
    "pack": 3,  # the pack's folders
    "text": 2,  # Markdown, words, fixed words
    "system": 2,  # files, processes, what has to be installed
    "model": 1,  # the types that travel, diagnostics, settings
    "": 0,  # the package's own `__init__`: its version
}
# Packages that a module may load with itself; everything else waits until it is needed. msgspec
# takes 15 ms, and the types that say what pack.toml may hold are made with it.
LIGHT = {"click", "msgspec"}
# A third-party package has one importer. Where it has several, they and the reason.
SEVERAL = {
    "click": ("cli", "commands are functions that click decorates"),
    "markdown_it": ("text.markup", "readers need places of blocks that rendering switches off"),
}


def modules() -> Mapping[str, ast.Module]:
    """Every module of the program by its name within `exporter` ("" is the package itself)."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


MODULES = modules()
NAMES = sorted(MODULES)


def imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Full names that are imported; `from a import b` gives a.b."""
    for node in nodes:
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield from (f"{module}.{alias.name}" for alias in node.names)
            case ast.ImportFrom():
                raise AssertionError(f"line {node.lineno}: write imports from `{PACKAGE}` in full")


def at_start(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: neither functions nor what type checkers alone see."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                continue
            case ast.If() if "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            case _:
                yield child
                yield from at_start(child)


def own(name: str) -> Iterator[str]:
    """The program's modules that a module imports."""
    for full in imports(ast.walk(MODULES[name])):
        if full.split(".", 1)[0] != PACKAGE:
            continue
        inner = full.removeprefix(PACKAGE).removeprefix(".")
        yield inner if inner in MODULES else inner.rpartition(".")[0]


def foreign(nodes: Iterable[ast.AST]) -> set[str]:
    """The third-party packages that are imported."""
    tops = {full.split(".", 1)[0] for full in imports(nodes)}
    return tops - set(sys.stdlib_module_names) - {PACKAGE}


def room(name: str) -> str:
    return name.split(".", 1)[0]


def permitted(name: str, target: str) -> bool:
    """Whether an import runs down, or stays in its room."""
    return room(name) == room(target) or FLOORS[room(name)] > FLOORS[room(target)]


def test_the_rooms_are_these() -> None:
    """Each module stands in a room, and each room has modules."""
    assert {room(name) for name in NAMES} == set(FLOORS)


@pytest.mark.parametrize("name", NAMES)
def test_imports_go_down(name: str) -> None:
    """A module imports from its own room and from the floors below."""
    wrong = sorted({target for target in own(name) if not permitted(name, target)})
    assert wrong == [], f"{PACKAGE}.{name} must not import {wrong}"


def test_no_import_goes_in_a_circle() -> None:
    """Modules can be put in an order in which each needs earlier ones only."""
    graph = {name: set(own(name)) - {"", name} for name in NAMES}
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert len(order) >= len(NAMES) - 1


def test_one_importer() -> None:
    """Each third-party package is known to one module, or to those of one place with a reason."""
    importers = defaultdict(set)
    for name, tree in MODULES.items():
        for package in foreign(ast.walk(tree)):
            importers[package].add(name)
    several = {package: names for package, names in importers.items() if len(names) > 1}
    assert sorted(several) == sorted(SEVERAL)
    for package, names in several.items():
        place, _ = SEVERAL[package]
        assert [name for name in sorted(names) if not f"{name}.".startswith(f"{place}.")] == []


def test_no_name_of_the_standard_library() -> None:
    """A module is not called as one of the standard library, which a reader would expect."""
    names = {name.rpartition(".")[2] for name in NAMES if room(name) != "readers"}
    assert sorted(names & set(sys.stdlib_module_names)) == []


def test_tests_mirror_the_rooms() -> None:
    """A test lies in the folder of its room, or at the top where it is about all of them."""
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert sorted(folders - set(FLOORS) - {"hostile"}) == []


def test_dependencies_are_what_is_imported() -> None:
    """pyproject.toml declares each package that is imported, and no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {line.split(">")[0].split("=")[0].strip() for line in project["dependencies"]}
    owners = metadata.packages_distributions()
    imported = {
        owners[package][0].lower().replace("_", "-")
        for tree in MODULES.values()
        for package in foreign(ast.walk(tree))
    }
    assert sorted(imported) == sorted(declared)


@pytest.mark.parametrize("name", NAMES)
def test_heavy_packages_wait(name: str) -> None:
    """Third-party packages but light ones are imported inside the functions that need them."""
    assert sorted(foreign(at_start(MODULES[name])) - LIGHT) == []


def test_help_loads_nothing_heavy() -> None:
    """`studypack --help` starts in the time of bare click."""
    script = (
        "import sys\n"
        "from exporter.cli import main\n"
        "sys.argv = ['studypack', '--help']\n"
        "try:\n    main()\n"
        "finally:\n    print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert "Usage: studypack" in shown.stdout
    heavy = set.union(*(foreign(ast.walk(tree)) for tree in MODULES.values())) - LIGHT
    assert heavy, "nothing heavy is imported anywhere: this test would prove nothing"
    assert sorted(heavy & set(shown.stderr.split())) == []
