"""Says under which licences comes what ships, and which vulnerabilities of it are known.

What ships is the closure of requirements/runtime.txt as it is installed here, and what the program
carries itself.  It fails where a licence is unknown or not allowed by requirements/licences.toml.
Vulnerabilities are looked up by pip-audit where it is installed; a machine that reaches no database
is told so, and does not fail: nothing was found out about the packages.

    python scripts/audit.py [--requirements FILE] [--licences FILE]
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)\s*(?P<marker>;)?", re.MULTILINE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Pin:
    """A package of the requirements; ``elsewhere`` if some systems do without it."""

    name: str
    version: str
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one thing that ships; ``problem`` is empty where all is well."""

    name: str
    version: str
    licence: str
    problem: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 where a licence is not allowed or a vulnerability is known."""
    parser = argparse.ArgumentParser(description="Audits what ships.")
    parser.add_argument("--requirements", type=Path, default=ROOT / "requirements" / "runtime.txt")
    parser.add_argument("--licences", type=Path, default=ROOT / "requirements" / "licences.toml")
    words = parser.parse_args(arguments)
    findings = tuple(licences(words.requirements, words.licences))
    for one in findings:
        print(f"{one.name:24} {one.version:16} {one.licence}")
    problems = [f"{one.name} {one.version}: {one.problem}" for one in findings if one.problem]
    if not any(one.version for one in findings):
        problems.append(f"{words.requirements} names no package: write it with `make pins`")
    for problem in problems:
        print(problem, file=sys.stderr)
    vulnerable = vulnerabilities(words.requirements)
    return 1 if problems or vulnerable else 0


def licences(requirements: Path, policy: Path) -> Iterator[Finding]:
    """A finding for each package that is pinned and for all that the program carries itself."""
    rules = tomllib.loads(policy.read_text("utf-8"))
    for pin in pins(requirements.read_text("utf-8")):
        yield _of_package(pin, rules)
    for carried in rules.get("carried", ()):
        text = ROOT / carried["text"]
        problem = "" if text.is_file() else f"its licence is missing: {carried['text']}"
        problem = problem or _refusal(carried["licence"], rules)
        yield Finding(carried["folder"], "", carried["licence"], problem)


def pins(requirements: str) -> tuple[Pin, ...]:
    """The packages of a requirements file as `make pins` writes it."""
    return tuple(
        Pin(one["name"], one["version"], one["marker"] is not None)
        for one in _PIN.finditer(requirements)
    )


def _of_package(pin: Pin, rules: Mapping[str, Any]) -> Finding:
    try:
        installed = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        if pin.elsewhere:
            return Finding(pin.name, pin.version, "not looked at: other systems need it")
        problem = "is not installed here: run `make pack` first"
        return Finding(pin.name, pin.version, "unknown", problem)
    if installed.version != pin.version:
        problem = f"{installed.version} is installed: run `make pack` first"
        return Finding(pin.name, pin.version, "unknown", problem)
    says = stated(installed)
    reviewed = {(one["name"], one["says"]): one["licence"] for one in rules.get("reviewed", ())}
    licence = reviewed.get((pin.name, says)) or rules["spellings"].get(says, says)
    return Finding(pin.name, pin.version, licence or "unknown", _refusal(licence, rules))


def stated(installed: metadata.Distribution) -> str:
    """What a package says of its licence: an SPDX expression, else its classifiers, else the first
    line of a free text; empty where it says nothing."""
    about = installed.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    classifiers = [one for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    if classifiers:
        return " / ".join(one.rpartition(" :: ")[2] for one in classifiers)
    (free, *_) = about.get_all("License") or ("",)
    return str(free).strip().partition("\n")[0]


def _refusal(licence: str, rules: Mapping[str, Any]) -> str:
    if not licence:
        return "it says nothing of its licence: read it, and list it in requirements/licences.toml"
    if not allows(licence, frozenset(rules["allowed"])):
        return f"requirements/licences.toml does not allow {licence}"
    return ""


def allows(expression: str, allowed: frozenset[str]) -> bool:
    """Whether an SPDX expression without parentheses leaves a choice of allowed licences alone."""
    choices = expression.split(" OR ")
    return any(all(one.strip() in allowed for one in each.split(" AND ")) for each in choices)


def vulnerabilities(requirements: Path) -> bool:
    """Whether a vulnerability is known, after saying what was found out."""
    program = shutil.which("pip-audit")
    if program is None:
        print("Vulnerabilities: not looked up, as pip-audit is missing: pipx install pip-audit")
        return False
    words = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run(
        [program, "-r", str(requirements), *words], capture_output=True, text=True, check=False
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        print(f"Vulnerabilities: no database could be reached ({reason[:200]})")
        return False
    return _told(packages)


def _told(packages: list[dict[str, Any]]) -> bool:
    """Whether a vulnerability is known.  A package that the database does not know is not sound
    for that."""
    looked_up = [one for one in packages if "skip_reason" not in one]
    if not looked_up:
        print("Vulnerabilities: no database could be reached that knows these packages")
        return False
    bad = [one for one in looked_up if one["vulns"]]
    print(f"Vulnerabilities: {len(bad)} of {len(looked_up)} packages have known ones", end="")
    print(f"; {len(packages) - len(looked_up)} could not be looked up")
    for one in bad:
        names = ", ".join(vulnerability["id"] for vulnerability in one["vulns"])
        print(f"{one['name']} {one['version']}: {names}", file=sys.stderr)
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
