"""Documents of other formats become Markdown beside them, once, with pandoc."""

import os
from pathlib import Path

import pytest

from exporter import importing
from exporter.diagnostics import Stop

_PANDOC = """#!/bin/sh
for word in "$@"; do
  case "$word" in --extract-media=*) mkdir "${word#*=}"; echo x > "${word#*=}/a.png";; esac
done
echo "## What is a bight?"
"""


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "bin" / "pandoc"
    program.parent.mkdir()
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")


def test_a_document_and_its_images_stand_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pandoc writes is the document; a second time nothing is overwritten."""
    _install(tmp_path, monkeypatch, _PANDOC)
    file = tmp_path / "knots.org"
    file.write_text("* Knots")
    assert importing.convert(file).read_text() == "## What is a bight?\n"
    assert (tmp_path / "knots-media" / "a.png").is_file()
    with pytest.raises(Stop, match=r"knots\.md exists already") as stopped:
        importing.convert(file)
    assert stopped.value.exit_code == 2


def test_what_pandoc_refuses_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first words are the reason, and no file is written."""
    _install(tmp_path, monkeypatch, "#!/bin/sh\necho no docx >&2\nexit 63\n")
    file = tmp_path / "x.docx"
    file.write_text("no zip")
    with pytest.raises(Stop, match="can't convert it: no docx"):
        importing.convert(file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "x.docx"]


@pytest.mark.parametrize(("name", "code"), [("a.png", 2), ("none.org", 2), ("a.org", 3)])
def test_each_refusal_has_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    """A strange format, a missing file, a missing pandoc."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.org").write_text("* A")
    with pytest.raises(Stop) as stopped:
        importing.convert(tmp_path / name)
    assert stopped.value.exit_code == code
