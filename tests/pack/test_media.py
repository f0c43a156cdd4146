"""Images of the documents: in the package and on the card, or said why not."""

import io
import json
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from exporter.build import pipeline
from exporter.cli import cli
from exporter.deck.notetypes import Field
from tests.anki_collection import collection

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63b0af"
    "dfff1f0004fb027d22f2e2180000000049454e44ae426082"
)
NOTES = """# Set 1: Streams

## Q1. What does ![the loop](img/Loop%20A.PNG) show?

### SHORT
The phases.

![phases]({address})
"""


def _pack(folder: Path, address: str) -> Path:
    (folder / "pack" / "img").mkdir(parents=True)
    (folder / "pack" / "pack.toml").touch()
    (folder / "pack" / "notes.md").write_text(NOTES.replace("{address}", address), "utf-8")
    (folder / "pack" / "img" / "Loop A.PNG").write_bytes(PNG)
    return folder / "pack"


def _build(pack: Path, out: Path) -> zipfile.ZipFile:
    done = CliRunner().invoke(cli, ["build", str(pack), "--only", "apkg", "--out", str(out)])
    assert done.exit_code == 0, done.output
    return zipfile.ZipFile(io.BytesIO((out / "pack.apkg").read_bytes()))


@pytest.mark.anki
def test_an_image_travels_with_the_deck(tmp_path: Path) -> None:
    """Anki finds it, misses none, and the card shows it with its description."""
    pack = _pack(tmp_path, "img/Loop%20A.PNG")
    with _build(pack, tmp_path / "out") as package:
        (name,) = json.loads(package.read("media")).values()
        assert package.read("0") == PNG
    assert name.startswith("loop-a-")
    assert name.endswith(".png")
    with collection(tmp_path / "anki") as mine:
        mine.take(tmp_path / "out" / "pack.apkg")
        assert mine.backend.media.check().missing == []
        (number,) = mine.backend.find_cards("")
        shown = mine.backend.get_card(number).render_output()
        assert f'<img src="{name}" alt="the loop">' in shown.question_text
        assert f'<img src="{name}" alt="phases">' in shown.answer_text


@pytest.mark.parametrize(
    ("address", "content", "code", "word"),
    [
        ("img/none.png", None, "F107", "not there"),
        ("img/drawn.svg", b"<svg onload='alert(1)'/>", "F108", "PNG"),
        ("img/text.png", b"<script>", "F108", "PNG"),
        ("img/image.dat", PNG, "F108", "PNG"),
        ("img/big.png", PNG + bytes(5_000_000), "F108", "MB"),
        ("../secret.png", PNG, "F108", "folder"),
        ("img/link.png", "../../secret.png", "F108", "folder"),
        ("https://example.org/a.png", None, "F108", "outside"),
        ("//example.org/a.png", None, "F108", "outside"),
    ],
)
def test_what_cannot_travel_is_said_and_described(
    tmp_path: Path, address: str, content: bytes | str | None, code: str, word: str
) -> None:
    """The diagnostic names the line; the card shows the image's description."""
    pack = _pack(tmp_path, address)
    (tmp_path / "secret.png").write_bytes(PNG)
    if isinstance(content, str):
        (pack / address).symlink_to(content)
    elif content is not None:
        (pack / address).write_bytes(content)
    study = pipeline.read(pack)
    (said,) = [one for one in study.diagnostics if one.code.code.startswith("F")]
    assert (said.code.code, str(said.location)) == (code, "notes.md:8")
    assert word in said.message
    (note,) = study.notes
    assert "<p>phases</p>" in note.fields[Field.ANSWER]


def test_another_image_of_the_same_name_updates_the_note(tmp_path: Path) -> None:
    """Anki never replaces a file, so that a new content takes a new name, and a build sees it."""
    pack = _pack(tmp_path, "img/Loop%20A.PNG")
    with _build(pack, tmp_path / "out") as package:
        before = json.loads(package.read("media"))
    (pack / "img" / "Loop A.PNG").write_bytes(PNG + b"\0")
    with _build(pack, tmp_path / "out") as package:
        after = json.loads(package.read("media"))
    assert len(before) == len(after) == 1
    assert before != after


def _sheet(pack: Path, out: Path) -> tuple[bytes, str]:
    done = CliRunner().invoke(cli, ["build", str(pack), "--only", "book", "--out", str(out)])
    return (out / "pack-pack.pdf").read_bytes(), done.output


@pytest.mark.pdf
def test_an_image_is_printed(tmp_path: Path) -> None:
    """A sheet shows the image with its description, no wider than its column, and sharp."""
    pack = _pack(tmp_path, "img/wide.jpg")
    Image.new("RGB", (3000, 900), "navy").save(pack / "img" / "wide.jpg")
    raw, said = _sheet(pack, tmp_path / "out")
    assert "warning" not in said
    with pypdfium2.PdfDocument(raw) as document:
        drawn = (one for page in document for one in page.get_objects())
        shown = [one for one in drawn if isinstance(one, pypdfium2.PdfImage)]
        widths = [
            (right - left) / 72 * 25.4 for left, _, right, _ in (x.get_bounds() for x in shown)
        ]
    assert len(widths) == 2
    assert min(widths) < 1
    assert 80 < max(widths) < 90
    with pikepdf.open(io.BytesIO(raw)) as document:
        elements = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
        described = {str(one.Alt) for one in elements if one.get("/S") == "/Figure"}
    assert described == {"the loop", "phases"}


@pytest.mark.pdf
def test_a_broken_image_is_told_in_few_words(tmp_path: Path) -> None:
    """Bytes that no one can draw are a warning at the image's line; the words are printed."""
    pack = _pack(tmp_path, "img/broken.png")
    (pack / "img" / "broken.png").write_bytes(PNG[:20] + b"x" * 5000)
    raw, said = _sheet(pack, tmp_path / "out")
    (line,) = (line for line in said.splitlines() if "[F108]" in line)
    assert line.startswith('notes.md:8: warning: the image "img/broken.png" is broken')
    with pypdfium2.PdfDocument(raw) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    assert any("phases" in text for text in texts)


def test_images_of_readings_are_taken_too(tmp_path: Path) -> None:
    """A story's image is looked for, and its absence said with the story's place."""
    pack = _pack(tmp_path, "img/Loop%20A.PNG")
    text = (pack / "notes.md").read_text("utf-8")
    (pack / "notes.md").write_text(
        f"{text}\n## The city\n\nA story.\n\n![map](img/map.png)\n", "utf-8"
    )
    said = [one for one in pipeline.read(pack).diagnostics if "map.png" in one.message]
    assert [str(one.location) for one in said] == ["notes.md:14"]
