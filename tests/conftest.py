"""What every test shares: the goldens' `--accept`, and what happens where the system lacks Pango,
Node.js or a browser.

A test marked `pdf` needs Pango. `PDF=no` leaves it out on purpose; where Pango is missing without
that word, it is skipped on a person's machine (and `make test` fails in the end) and fails at CI. A
test marked `node` needs Node.js, one marked `browser` Chromium: likewise, but `make test` does not
insist on them.
"""

import os
import shutil
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from exporter.build import pipeline
from exporter.check import node
from exporter.system import pango
from tests import fixtures
from tests.browser import program

# The same examples on every machine, so that a red test is red for everybody; a search for new ones
# is `pytest --hypothesis-profile=explore`. Time limits belong to benchmarks.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("explore", deadline=None, suppress_health_check=_SLOW)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` rewrites goldens; one process only, as they share files."""
    parser.addoption(
        "--accept",
        action="store_true",
        help="write what came out into tests/spec and tests/goldens instead of failing",
    )


@pytest.fixture(autouse=True, scope="session")
def _state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Journals of tests lie in a folder of the tests, not in this person's own."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


def pytest_configure(config: pytest.Config) -> None:
    """Two processes that rewrite one file would lose examples."""
    if config.getoption("--accept") and config.getoption("numprocesses", default=None):
        raise pytest.UsageError("--accept goes without -n")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Decide about a test marked `pdf`, `node` or `browser` before it starts."""
    if item.get_closest_marker("node") and not (shutil.which("node") or shutil.which("nodejs")):
        _leave_out(f"Node.js is not installed: {node.remedy()}")
    if item.get_closest_marker("browser") and program.find() is None:
        _leave_out(f"no Chromium is installed: {program.remedy()}")
    if item.get_closest_marker("pdf") is None:
        return
    if os.environ.get("PDF") == "no":
        pytest.skip("PDF=no")
    if missing := pango.missing():
        _leave_out(f"the system lacks {', '.join(missing)}: {pango.remedy()}")


def _leave_out(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture
def agrees(request: pytest.FixtureRequest) -> fixtures.Agrees:
    """Compares with a golden, or rewrites it under `--accept`."""
    return fixtures.accept if request.config.getoption("--accept") else fixtures.compare


@pytest.fixture(scope="session")
def study() -> pipeline.ReadPack:
    """The pack in source/, read once a process."""
    return pipeline.read(fixtures.SOURCE)
