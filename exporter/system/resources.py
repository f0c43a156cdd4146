"""Where the templates are: inside the installed package, or at the top of a checkout.

People edit templates, so a checkout keeps them beside the documents, in `templates/`; a wheel
carries the same tree as `exporter/templates`. This module alone knows about the two places.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def templates() -> Path:
    """The folder that holds `card/`, `sheet/` and the schema of pack.toml.

    FileNotFoundError where it is not installed.
    """
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"studypack's templates are missing beside {_PACKAGE}: install it again"
    )
