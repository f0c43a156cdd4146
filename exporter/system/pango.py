"""The system libraries that lay out pages: which of them this machine lacks, and how to get them.

WeasyPrint opens these with dlopen when it is imported and, where one is missing, prints a banner of
its own and raises. Asking beforehand lets a build say one sentence and go on with the deck. The
set-up and the tests ask here too, so that all three mean the same libraries.
"""

import ctypes
import ctypes.util
import shutil
import sys

# Each library under the names WeasyPrint tries: Linux, macOS, and what find_library looks for.
_LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "gobject-2.0"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib", "pango-1.0"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "harfbuzz"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "harfbuzz-subset"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib", "fontconfig"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "pangoft2-1.0"),
)
# The names in Debian 12 and 13 and Ubuntu 24.04; the other libraries follow as their dependencies.
PACKAGES = ("libpangoft2-1.0-0", "libharfbuzz-subset0")


def missing() -> tuple[str, ...]:
    """The names of the libraries that can't be opened; empty where sheets can be laid out."""
    return tuple(names[2] for names in _LIBRARIES if not _opens(names))


def remedy() -> str:
    """The command that installs them here, or a sentence where no package manager is known."""
    if sys.platform == "darwin":
        return "brew install pango"
    if shutil.which("apt-get"):
        return f"sudo apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"
    return "install Pango and libharfbuzz-subset with your system's package manager"


def _opens(names: tuple[str, str, str]) -> bool:
    *files, stem = names
    return any(_loads(file) for file in files) or _loads(ctypes.util.find_library(stem))


def _loads(name: str | None) -> bool:
    if name is None:
        return False
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
