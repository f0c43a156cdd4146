"""Makes a Markdown document of a file in another format, once, with pandoc where it is installed.

Pandoc runs in its own sandbox and in a folder that is thrown away: it reads the named file alone,
and nothing stands beside it until everything is there.
"""

import shutil
import subprocess
from pathlib import Path

from exporter.diagnostics import Stop
from exporter.foreign import CONVERTED
from exporter.scratch import Scratch

_SECONDS = 120


def convert(path: Path) -> Path:
    """Writes ``path`` as Markdown beside it, its images in a folder of their own; the new file.

    Stop: code 2 where it can't be converted or its document exists, 3 where pandoc is missing.
    """
    made, media = path.with_suffix(".md"), path.with_name(f"{path.stem}-media")
    if path.suffix.lower() not in CONVERTED:
        raise Stop(f"{path} is of no format that pandoc reads: {', '.join(CONVERTED)}", 2)
    if not path.is_file():
        raise Stop(f"{path} is no file: name a document to convert", 2)
    for taken in (made, media):
        if taken.exists() or taken.is_symlink():
            raise Stop(f"{taken} exists already: move it away to convert {path.name} anew", 2)
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        advice = "install it, as by `apt install pandoc` or `brew install pandoc`"
        raise Stop(f"pandoc, which converts {path.suffix} files, is missing: {advice}", 3)
    with Scratch() as folder:
        text = _run([pandoc, *_options(media.name), str(path.resolve())], folder, path)
        try:
            with made.open("xb") as file:
                file.write(text)
            if (folder / media.name).is_dir():
                shutil.copytree(folder / media.name, media)
        except OSError as error:
            raise Stop(f"{made} can't be written: {error.strerror}", 2) from error
    return made


def _options(media: str) -> list[str]:
    return ["--sandbox", "--to=gfm", "--wrap=none", f"--extract-media={media}"]


def _run(command: list[str], folder: Path, path: Path) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 -- a list of words, no shell
            command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Stop(f"{path}: pandoc took more than {_SECONDS} seconds", 2) from error
    if done.returncode or not done.stdout.strip():
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = lines[0] if lines else "it gives no text"
        raise Stop(f"{path}: pandoc can't convert it: {reason}", 2)
    return done.stdout
