"""The house rules about imports, read from the source itself, so that a new module can't slip by.

A part of the program is a module or package directly in `exporter`. Everything stands in one of the
layers below and imports only from layers under its own; a part that has no layer yet fails.
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
LONGEST = 600
TABLES = {"model", "diagnostics"}  # read as tables: one place to look, however long

LAYERS = (
    {"__main__"},
    {"cli"},
    {
        "summary",
        "coverage",
        "newpack",
        "mending",
        "watch",
        "explaining",
        "rehearsal",
        "quiz",
        "verify",
    },
    {"changelist"},
    {"pipeline"},
    {"mock", "preview", "flashcards", "book", "leaf"},
    {"readers", "ledger", "curriculum", "relations", "cards", "writers", "verdicts", "lint"},
    {"headline", "explanation", "finding", "node", "twins", "media", "figures"}
    | {"contents", "copies", "foreign"},
    {"multiple_choice"},
    {"markup", "lexical", "repair", "sources", "packfile", "publication"}
    | {"names", "decknames", "wording", "pace", "notetypes", "fingerprint", "pango", "columns"}
    | {"agreement", "cage", "scratch"},
    {"config", "resources", "platforms"},
    {"model", "jsonlines"},
    {"diagnostics"},
    {"files", "records", "escapes", "images"},
)
# A part that has grown over several modules of `exporter` counts as one.
FAMILIES = {"packkeys": "packfile", "journal": "publication"} | dict.fromkeys(
    ("order", "study", "skips", "habits", "printing", "budget", "release", "reuse", "rebuild"),
    "pipeline",
)
# A reader or a writer can be taken out without the others noticing: siblings don't import it.
INDEPENDENT = ("readers", "writers")
# But a PDF is a printed sheet.
SIDEWAYS = {("writers.pdf", "writers.sheets")}
# The one package that is loaded at start: everything else waits until it is needed.
LIGHT = {"click"}


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


def part(name: str) -> str:
    top = name.split(".", 1)[0]
    return FAMILIES.get(top, top)


def layer(name: str) -> int:
    """Counted from the top; the package's own `__init__` may be imported by all."""
    if not name:
        return len(LAYERS)
    found = [at for at, parts in enumerate(LAYERS) if part(name) in parts]
    assert len(found) == 1, f"{PACKAGE}.{name} has no layer: give it one in {__file__}"
    return found[0]


def branch(name: str) -> str:
    """The sibling a module belongs to: readers.keyed for readers.keyed.answers."""
    return ".".join(name.split(".")[:2])


def seams() -> set[str]:
    """The readers, which are the modules that can `detect`, and the writers, which are all."""
    return {
        name
        for name in NAMES
        if name.count(".") == 1
        and part(name) in INDEPENDENT
        and (part(name) == "writers" or "detect" in functions(name))
    }


def functions(name: str) -> set[str]:
    """The names of a module's own functions."""
    return {node.name for node in MODULES[name].body if isinstance(node, ast.FunctionDef)}


def permitted(name: str, target: str) -> bool:
    if part(name) != part(target):
        return layer(name) < layer(target)
    if "." not in name:
        return True  # the registry of a package knows them all
    here, there = branch(name), branch(target)
    return here == there or there not in seams() or (here, there) in SIDEWAYS


@pytest.mark.parametrize("name", NAMES)
def test_imports_go_down(name: str) -> None:
    """A module imports from lower layers and its own part only."""
    wrong = sorted({target for target in own(name) if not permitted(name, target)})
    assert wrong == [], f"{PACKAGE}.{name} must not import {wrong}"


def test_the_rules_are_about_modules_that_exist() -> None:
    """A part that was renamed or removed leaves no rule behind."""
    parts = {name.split(".", 1)[0] for name in NAMES} - {""}
    named = set.union(*LAYERS) | set(FAMILIES)
    assert sorted(named - parts) == []
    assert sorted({one for pair in SIDEWAYS for one in pair} - set(NAMES)) == []
    assert {name.partition(".")[0] for name in seams()} == set(INDEPENDENT)


def test_no_import_goes_in_a_circle() -> None:
    """Modules can be put in an order in which each needs earlier ones only."""
    graph = {name: set(own(name)) - {"", name} for name in NAMES}
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert len(order) >= len(NAMES) - 1


def test_one_importer() -> None:
    """Each third-party package is known to one room only."""
    importers = defaultdict(set)
    for name, tree in MODULES.items():
        for package in foreign(ast.walk(tree)):
            importers[package].add(part(name))
    assert {package: names for package, names in importers.items() if len(names) > 1} == {}


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
    """Third-party packages but click are imported inside the functions that need them."""
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


@pytest.mark.parametrize("name", sorted(set(NAMES) - TABLES))
def test_modules_stay_short(name: str) -> None:
    """One idea a module: it fits in the head, and in a few screens."""
    folder = ROOT / PACKAGE / name.replace(".", "/")
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
