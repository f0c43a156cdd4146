"""What is said and done where the system can't lay out pages."""

import shutil
import sys

import pytest

from exporter.system import pango
from tests import conftest


@pytest.fixture
def page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> pytest.Item:
    """A test marked `pdf`, on a person's machine without Pango."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("PDF", raising=False)
    monkeypatch.setattr(pango, "missing", lambda: ("pango-1.0",))
    item: pytest.Item = request.node
    item.add_marker("pdf")
    return item


def test_a_person_sees_which_library_and_command(page: pytest.Item) -> None:
    """Without Pango a page test is skipped, and says what is missing and how to get it."""
    with pytest.raises(pytest.skip.Exception, match=r"lacks pango-1\.0: .*install"):
        conftest.pytest_runtest_setup(page)


def test_ci_fails(page: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    """At CI a page test that can't run is a failure."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"lacks pango-1\.0"):
        conftest.pytest_runtest_setup(page)


def test_left_out_on_purpose(page: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF=no leaves page tests out everywhere, whether Pango is there or not."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("PDF", "no")
    with pytest.raises(pytest.skip.Exception, match="PDF=no"):
        conftest.pytest_runtest_setup(page)


def test_a_library_counts_under_any_of_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux and macOS call the same library differently; one name that opens is enough."""
    monkeypatch.setattr(
        pango, "_loads", lambda name: name in {"libpango-1.0.dylib", "libharfbuzz.so.0"}
    )
    missing = pango.missing()
    assert "pango-1.0" not in missing
    assert "harfbuzz" not in missing
    assert "harfbuzz-subset" in missing


@pytest.mark.parametrize(
    ("platform", "apt", "command"),
    [
        ("darwin", None, "brew install pango"),
        ("linux", "/usr/bin/apt-get", "apt-get install -y --no-install-recommends libpangoft2"),
        ("linux", None, "package manager"),
    ],
)
def test_remedy(
    monkeypatch: pytest.MonkeyPatch, platform: str, apt: str | None, command: str
) -> None:
    """The command is the one of this system."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(shutil, "which", lambda _name: apt)
    assert command in pango.remedy()
