"""`make audit`: licences that are not allowed or unknown fail, and so do known vulnerabilities."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from email.message import Message
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs import ROOT

PINS = ROOT / "requirements" / "runtime.txt"
POLICY = ROOT / "requirements" / "licences.toml"


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, on a machine without pip-audit."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "audit", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr("shutil.which", lambda _: None)
    return module


def test_what_ships_may_ship(audit: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Every package that a pack is installed with, and the fonts; without a database it says so."""
    assert audit.main([]) == 0
    said = capsys.readouterr()
    listed = {line.split()[0] for line in said.out.splitlines()}
    assert {pin.name for pin in audit.pins(PINS.read_text())} < listed
    assert "templates/sheet/fonts" in listed
    assert "Vulnerabilities: not looked up" in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('    "MIT",\n', "", "nh3"),
        ('"BSD License" = "BSD"\n', "", "does not allow BSD License"),
        ('MPL 1.1)"', 'MPL 1.0)"', "pyphen"),
        ("fonts/LICENSE.txt", "fonts/NONE.txt", "its licence is missing"),
        ('    "OFL-1.1",\n', "", "does not allow OFL-1.1"),
    ],
)
def test_a_licence_that_is_not_allowed_fails(
    audit: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    complaint: str,
) -> None:
    """Also one whose words were never read, or have changed since."""
    text = POLICY.read_text()
    assert text.count(old) == 1
    policy = tmp_path / "licences.toml"
    policy.write_text(text.replace(old, new))
    assert audit.main(["--licences", str(policy)]) == 1
    assert complaint in capsys.readouterr().err


@pytest.mark.parametrize(
    ("pins", "complaint"),
    [
        ("click==0.1 \\\n", "click 0.1: "),
        ("no-such-package==1.0 \\\n", "no-such-package 1.0: is not installed here"),
        ("# nothing\n", "names no package"),
    ],
)
def test_what_is_not_installed_is_not_audited(
    audit: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    pins: str,
    complaint: str,
) -> None:
    """The audit is of the versions that are pinned, not of what happens to be here."""
    requirements = tmp_path / "runtime.txt"
    requirements.write_text(pins)
    assert audit.main(["--requirements", str(requirements)]) == 1
    assert complaint in capsys.readouterr().err


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT AND BSD", True),
        ("", False),
    ],
)
def test_a_choice_is_enough(audit: ModuleType, expression: str, allowed: bool) -> None:
    """Of several licences at choice one has to be allowed, of several together all."""
    assert audit.allows(expression, frozenset({"MIT", "BSD"})) is allowed


def test_a_package_without_a_word_is_unknown(
    audit: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Silence is no permission."""
    monkeypatch.setattr(metadata.Distribution, "metadata", property(lambda _: Message()))
    monkeypatch.setattr(metadata.Distribution, "version", "8.0")
    requirements = tmp_path / "runtime.txt"
    requirements.write_text("click==8.0 \\\n")
    assert audit.main(["--requirements", str(requirements)]) == 1
    assert "click 8.0: it says nothing of its licence" in capsys.readouterr().err


def _answering(text: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(words, 1, text, "no route to the database\n")

    return run


KNOWN = {"name": "click", "version": "1", "vulns": [{"id": "CVE-1"}]}
SOUND = {"name": "nh3", "version": "1", "vulns": []}
SKIPPED = {"name": "genanki", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        ({"dependencies": [KNOWN, SOUND, SKIPPED]}, 1, "1 of 2 packages have known ones; 1 could"),
        ({"dependencies": [SOUND]}, 0, "0 of 1 packages have known ones; 0 could"),
        ({"dependencies": [SKIPPED]}, 0, "no database could be reached that knows"),
        (None, 0, "no database could be reached (no route to the database)"),
    ],
)
def test_known_vulnerabilities_fail(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: object,
    code: int,
    says: str,
) -> None:
    """A package that could not be looked up is not called sound, and no database is no failure."""
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", _answering(json.dumps(answer) if answer else "?"))
    assert audit.main([]) == code
    said = capsys.readouterr()
    assert says in said.out
    assert ("click 1: CVE-1" in said.err) is (code == 1)
