"""What several commands take: the pack's folder and switches."""

from pathlib import Path

import click

from exporter.model.diagnostics import Stop

SOURCE = click.argument("source", required=False, type=click.Path(path_type=Path))
SOURCE_OPTION = click.option(
    "--source", type=click.Path(path_type=Path), help="The folder that holds pack.toml."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


def folder(source: Path | None) -> Path:
    """The folder that holds pack.toml: as named, else ``source`` here, else this one."""
    from exporter.pack.packfile import present

    if source is not None:
        if source.is_dir() or not source.exists():
            return source
        raise Stop(f"{source} is no folder: name the folder that holds pack.toml", 2)
    for place in (Path("source"), Path()):
        if present(place):
            return place
    message = "no pack.toml here or in source/: name its folder, or write one with `studypack init`"
    raise Stop(message, 2)
