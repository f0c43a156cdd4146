"""Digests of what a file was made from, so that what was not edited need not be made again.

A digest covers contents and never places or times: the same inputs have the same one in another
folder and on another day.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

import exporter
from exporter import __version__
from exporter.system import resources

PACKAGES = tuple(
    """fonttools ftfy genanki jinja2 markdown-it-py mdit-py-plugins msgspec nh3 pikepdf
    py-svg-hush pygments snowballstemmer tomlkit weasyprint ziamath cssselect2 latex2mathml
    markupsafe mdurl pydyf pyphen tinycss2 tinyhtml5 wcwidth ziafont""".split()
)
"""The distributions whose version can change what a build writes: the dependencies and theirs."""


def digest(*parts: object) -> str:
    """A digest (hexadecimal) of values that JSON can say."""
    whole = json.dumps(parts, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def of_bytes(raw: bytes) -> str:
    """A digest (hexadecimal) of a file's bytes."""
    return hashlib.sha256(raw).hexdigest()


def of_file(path: Path) -> str | None:
    """A digest of a file; None where it can't be read."""
    try:
        return of_bytes(path.read_bytes())
    except OSError:
        return None


def of_tree(root: Path, suffixes: Iterable[str] = ("",)) -> Mapping[str, str | None]:
    """Digests of the files below ``root`` that end in one of ``suffixes``, by relative path."""
    ends = tuple(suffixes)
    paths = sorted(path for path in root.rglob("*") if path.name.endswith(ends) and path.is_file())
    return {path.relative_to(root).as_posix(): of_file(path) for path in paths}


@cache
def program() -> str:
    """A digest of studypack itself, its templates and what it builds with."""
    source = of_tree(Path(exporter.__file__).parent, (".py",))
    return digest(source, of_tree(resources.templates()), versions())


@cache
def versions() -> Mapping[str, str]:
    """The versions of studypack and of all that it builds with; "" for what is not installed."""
    return {"studypack": __version__} | {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
