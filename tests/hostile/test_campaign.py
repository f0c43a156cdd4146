"""Every case of the campaign holds: a part of them with every test run, all with `make hostile`."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import campaign
from tests.hostile.server import Server

_SHARE = 20
"""Of so many cases one runs with every test run, chosen by a digest of its name."""


def _often(name: str) -> bool:
    return not campaign.CASES[name].slow and zlib.crc32(name.encode()) % _SHARE == 0


_OFTEN = [name for name in campaign.CASES if _often(name)]
_SELDOM = [name for name in campaign.CASES if not _often(name)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for the cases of a process."""
    with Server() as running:
        yield running


@pytest.mark.parametrize("name", _OFTEN)
def test_a_part_of_the_cases(name: str, server: Server, tmp_path: Path) -> None:
    """No command on a stranger's folder breaks a law."""
    _holds(name, server, tmp_path)


@pytest.mark.hostile
@pytest.mark.parametrize("name", _SELDOM)
def test_the_other_cases(name: str, server: Server, tmp_path: Path) -> None:
    """No command on a stranger's folder breaks a law."""
    _holds(name, server, tmp_path)


def _holds(name: str, server: Server, folder: Path) -> None:
    broken = campaign.run(campaign.CASES[name], folder / "case", server)
    again = f".venv/bin/python -m tests.hostile '{name}'"
    assert not broken, "\n".join([f"run it again with: {again}", *broken])


def test_the_campaign_is_large() -> None:
    """Each family has its share, and both parts have cases of every family."""
    families = {name.split("/")[0] for name in campaign.CASES}
    assert families >= set("bytes shapes magic images toml ledger links names streams".split())
    assert len(campaign.CASES) >= 400
    assert {name.split("/")[0] for name in _OFTEN} == families
