"""The console script: so small that Ctrl-C ends it quietly while the rest is still loaded."""

import sys


def main() -> None:
    """Runs the command line; see `exporter.cli.main`."""
    try:
        from exporter import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
