"""A pack's own id: made up once, and written into pack.toml; the only importer of tomlkit."""

import secrets
import string
from pathlib import Path

from exporter.model.diagnostics import Stop
from exporter.pack import packfile
from exporter.system import files
from exporter.system.files import Unreadable

_SIGNS = string.ascii_lowercase + string.digits


def new() -> str:
    """An id that no other pack has."""
    return "".join(secrets.choice(_SIGNS) for _ in range(16))


def given(folder: Path, name: str) -> str:
    """pack.toml with that id, all else as its author wrote it.

    Stop (exit code 1) where it can't be read.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        text = files.read(folder, packfile.NAME).decode("utf-8-sig")
        document = tomlkit.parse(text)
    except (Unreadable, UnicodeDecodeError, TOMLKitError) as error:
        raise Stop(f"{folder / packfile.NAME}: {error}: correct it first", 1) from error
    if "id" in document:
        document["id"] = name
        return tomlkit.dumps(document)
    line = f"id = {tomlkit.string(name).as_string()}\n"
    first, end, rest = text.partition("\n")
    return f"{first}{end}{line}{rest}" if first.startswith("#:schema") else f"{line}{text}"
