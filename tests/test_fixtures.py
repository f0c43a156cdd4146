"""The goldens' own rules: nothing is silently not run, accepting touches one expected part."""

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests import fixtures

TESTS = Path(__file__).parent
TWO = "first\n.\na\n\n.\nold\n.\n\n# A remark\n\nsecond\n.\nb\n.\n.\n"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "two.md"
    path.write_text(TWO, encoding="utf-8")
    return path


def test_every_golden_file_is_run() -> None:
    """A file in tests/spec is matched by a call of `examples` in some test."""
    patterns = [
        ast.literal_eval(node.args[0])
        for path in sorted(TESTS.rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and ast.unparse(node.func).split(".")[-1] == "examples"
    ]
    names = [
        path.relative_to(fixtures.SPEC).with_suffix("") for path in fixtures.SPEC.rglob("*.md")
    ]
    orphans = [str(name) for name in names if not any(fnmatch(str(name), p) for p in patterns)]
    assert sorted(orphans) == []


def test_compare_wants_the_same_text(spec: Path) -> None:
    """A missing last line end is forgiven, another text is not."""
    first, second = fixtures.read(spec)
    fixtures.compare(first, "old")
    fixtures.compare(second, "")
    with pytest.raises(AssertionError):
        fixtures.compare(first, "new")


def test_accept_rewrites_one_expected_part(spec: Path) -> None:
    """The input, the remarks between the examples and the other examples keep their bytes."""
    first, second = fixtures.read(spec)
    fixtures.accept(first, "new\nlonger")
    fixtures.accept(second, "b!")
    wanted = TWO.replace("old\n", "new\nlonger\n").replace("b\n.\n.\n", "b\n.\nb!\n.\n")
    assert spec.read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "holds no example"),
        ("title\n.\ninput\n.\n", "cut off"),
        ("t\n.\na\n.\n.\n\nt\n.\nb\n.\n.\n", "two examples are called"),
    ],
)
def test_a_broken_golden_file_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    """An example that could be silently left out fails loudly."""
    path = tmp_path / "broken.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError, match=complaint):
        fixtures.read(path)


def test_no_file_is_no_test() -> None:
    """A misspelt name does not become a test without examples."""
    with pytest.raises(AssertionError, match="no file matches"):
        fixtures.examples("no-such-shape")
