"""Which browser draws the cards here, and how to get one; light enough to ask before any test."""

import os
import shutil
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def find() -> str | None:
    """The program: $CHROMIUM, else the system's, else the one that playwright has fetched."""
    named = (os.environ.get("CHROMIUM"), *map(shutil.which, _NAMES))
    found = next((each for each in named if each), None)
    return found if found and not _is_stub(Path(found)) else _fetched()


def remedy() -> str:
    """The command that installs one here, or a sentence where no package manager is known."""
    if sys.platform == "darwin":
        return "brew install --cask chromium"
    if shutil.which("apt-get", path=os.defpath) and not _snaps():
        return "sudo apt-get install -y --no-install-recommends chromium"
    return ".venv/bin/python -m playwright install --with-deps chromium"


def _snaps() -> bool:
    """Whether this is Ubuntu, whose package `chromium` only fetches a snap."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text(encoding="utf-8").splitlines()


def _is_stub(program: Path) -> bool:
    """Ubuntu's `chromium-browser` without its snap is a script that says to install it."""
    with program.open("rb") as stream:
        head = stream.read(4096)
    return (
        head.startswith(b"#!")
        and b"/snap/bin/chromium" in head
        and not Path("/snap/bin/chromium").exists()
    )


def _fetched() -> str | None:
    """Playwright's own download; asking for it starts the driver, which takes half a second."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        path = driver.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":  # scripts/setup asks
    print(find() or "")
