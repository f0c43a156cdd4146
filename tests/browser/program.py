"""Which browser draws the cards here, and how to get one; light enough to ask before any test."""

import os
import shutil
import sys
from functools import cache
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SNAP = "/snap/bin/chromium"


@cache
def find() -> str | None:
    """The program: $CHROMIUM, else the system's, else the one that playwright has fetched."""
    if named := os.environ.get("CHROMIUM"):
        return named
    installed = (shutil.which(name) for name in _NAMES)
    return next((each for each in installed if each and not _is_snap(each)), None) or _fetched()


def remedy() -> str:
    """The command that installs one here, or a sentence where no package manager is known."""
    if sys.platform == "darwin":
        return "brew install --cask chromium"
    if shutil.which("apt-get", path=os.defpath) and not _snaps():
        return "sudo apt-get install -y --no-install-recommends chromium"
    return ".venv/bin/python -m playwright install --with-deps chromium"


def _snaps() -> bool:
    """Whether this is Ubuntu, whose package `chromium` only fetches a snap (see below)."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text(encoding="utf-8").splitlines()


def _is_snap(program: str) -> bool:
    """Whether it is a snap or starts one: a snap sees neither the fonts nor the files of a test."""
    with Path(program).open("rb") as stream:
        head = stream.read(4096)
    return program == _SNAP or (head.startswith(b"#!") and _SNAP.encode() in head)


def _fetched() -> str | None:
    """Playwright's own download; asking for it starts the driver, which takes half a second."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        path = driver.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":  # scripts/setup asks
    print(find() or "")
