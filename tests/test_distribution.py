"""What leaves the checkout works elsewhere: the wheel is whole, and no file knows this machine."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SKIPPED = {".git", ".venv", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
REGISTRIES = re.compile(r"(?:pypi|pythonhosted|npmjs|crates|debian|ubuntu)\.(?:org|com|io|net)\b")


def files() -> Iterator[Path]:
    """Every file of the repository but its documents, which are other people's."""
    for path in sorted(ROOT.rglob("*")):
        inner = path.relative_to(ROOT)
        document = inner.parts[0] == "source" and inner.suffix in {".md", ".txt"}
        hidden = inner.parts[0] in SKIPPED or "__pycache__" in inner.parts
        if path.is_file() and not document and not hidden:
            yield path


def texts() -> Iterator[tuple[Path, str]]:
    found = [(path, path.read_bytes()) for path in files()]
    assert found, "there are no files to look at"
    for path, content in found:
        if b"\0" not in content:
            yield path, content.decode("utf-8")


def test_no_file_names_this_machine() -> None:
    """No path of the machine where something was made stands in the repository."""
    places = [re.escape(str(place)) for place in (ROOT, Path.home()) if len(place.parts) > 1]
    here = re.compile(rf"(?<![\w.>/])(?:{'|'.join(places)}|/(?:home|Users)/\w+)(?![\w-])")
    found = {path.name: here.findall(text) for path, text in texts() if here.search(text)}
    assert found == {}


def test_no_file_names_a_registry() -> None:
    """Where packages come from is the business of the machine that installs them."""
    found = {path.name: REGISTRIES.findall(text) for path, text in texts()}
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_requirements_are_pinned_and_hashed(name: str) -> None:
    """Each requirement has one version and its hashes, and no line says anything else."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    entries = "\n".join(lines).replace("\\\n", " ").splitlines()
    entry = re.compile(r"[a-z0-9-]+==[\w.]+ +(?:; [^\\#:]+ +)?(?:--hash=sha256:[0-9a-f]{64} *)+")
    assert entries
    assert [line for line in entries if not entry.fullmatch(line)] == []


def test_a_venv_for_the_tests_serves_a_pack() -> None:
    """What runtime.txt pins, dev.txt pins alike."""
    runtime, dev = (
        set(re.findall(r"^[^ #]+==[^ ]+", (ROOT / f"requirements/{name}.txt").read_text(), re.M))
        for name in ("runtime", "dev")
    )
    assert runtime
    assert sorted(runtime - dev) == []


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as `pip install` would lay it out."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_is_whole(installed: Path) -> None:
    """The wheel carries every module and every template, and nothing else of the checkout."""
    wanted = {
        path.relative_to(ROOT)
        for path in files()
        if path.relative_to(ROOT).parts[0] in {"exporter", "templates"}
    }
    moved = {Path("exporter") / path if path.parts[0] == "templates" else path for path in wanted}
    packed = {path.relative_to(installed) for path in installed.rglob("*") if path.is_file()}
    assert {path for path in packed if ".dist-info" not in path.parts[0]} == moved


def test_the_installed_program_finds_its_templates(installed: Path) -> None:
    """Without a checkout beside it the program uses the templates of the wheel."""
    script = "from exporter.system import resources; print(resources.templates())"
    shown = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=installed,
        env={"PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(shown.stdout.strip()) == (installed / "exporter" / "templates").resolve()
