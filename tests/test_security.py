"""What SECURITY.md says of the network and of places in the code is so."""

import ast
import re

from exporter.cli import cli
from tests.docs import ROOT
from tests.test_layers import MODULES, imports

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NETWORK = {
    *("asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket"),
    *("socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc"),
}
ALLOWED = {
    "deck.preview.server": {"http", "socket"},  # listens on this machine alone
    "system.platforms": {"socket"},  # brings up the loopback of an empty network
}


def test_nothing_else_knows_the_network() -> None:
    """No other module imports what could ask anything of it."""
    found = {name: _networked(tree) for name, tree in MODULES.items()}
    assert {name: used for name, used in found.items() if used - ALLOWED.get(name, set())} == {}
    assert found["deck.preview.server"], "the search finds nothing"


def _networked(tree: ast.Module) -> set[str]:
    used = {name for name in imports(ast.walk(tree)) if not name.startswith("urllib.parse")}
    return {name.split(".")[0] for name in used} & NETWORK


def test_the_page_names_what_there_is() -> None:
    """Files and commands that it speaks of exist."""
    files = re.findall(r"`((?:exporter|tests|requirements|templates)/[\w./-]*)`", PAGE)
    commands = re.findall(r"`(?:studypack )?([a-z]+)(?: --\w+)?`", PAGE)
    assert len(files) >= 4
    assert [name for name in files if not (ROOT / name).exists()] == []
    others = {"nh3", "http", "https", "mailto", "localhost", "studypack"}
    assert set(commands) - others <= set(cli.commands)
    assert {"verify", "preview", "repair"} <= set(commands)
