"""Images of the documents: in the package and on the card, or said why not."""

import io
import json
import unicodedata
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


SPELLED = """# Set 1: Pictures

## Q1. What are they?

### SHORT

{mark}

[d]: img/b%20c.png
"""
DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ("![p](img/b c.png)", "img/b c.png"),
        ("![p](<img/b c.png>)", "img/b c.png"),
        ("![p](img/b%20c.png)", "img/b c.png"),
        ("![p](img\\b c.png)", "img/b c.png"),
        ("![p](img\\a.png)", "img/a.png"),
        ("![p](img/a#1.png)", "img/a#1.png"),
        ("![p](img/größe.png)", unicodedata.normalize("NFD", "img/größe.png")),
        (unicodedata.normalize("NFD", "![p](img/größe.png)"), "img/größe.png"),
        ('<img alt="p" src="img/a.png" width="300">', "img/a.png"),
        ("![p][d]", "img/b c.png"),
        ("![[a.png]]", "img/deep/a.png"),
        ("![[a.png|300]]", "img/a.png"),
        ("![p|300](img/a.png)", "img/a.png"),
        ("![p](img/a.png =300x200)", "img/a.png"),
        ("![p](img/a.png){width=50%}", "img/a.png"),
        ('![p](img/a.png "a title")', "img/a.png"),
    ],
)
def test_an_image_is_found_as_editors_write_it(tmp_path: Path, mark: str, name: str) -> None:
    """Whatever the system and the program that it was written with."""
    pack = tmp_path / "pack"
    (pack / name).parent.mkdir(parents=True)
    (pack / name).write_bytes(PNG)
    (pack / "pack.toml").touch()
    (pack / "notes.md").write_text(SPELLED.format(mark=mark), "utf-8")
    study = pipeline.read(pack)
    assert [one for one in study.diagnostics if one.code.code.startswith("F")] == []
    (picture,) = study.album.pictures
    (note,) = study.notes
    assert f'<img src="{picture.name}"' in note.fields[Field.ANSWER]


def test_a_name_that_two_files_have_is_not_guessed(tmp_path: Path) -> None:
    """A wrong picture is worse than none."""
    pack = tmp_path / "pack"
    for folder in ("one", "two"):
        (pack / folder).mkdir(parents=True)
        (pack / folder / "a.png").write_bytes(PNG)
    (pack / "pack.toml").touch()
    (pack / "notes.md").write_text(SPELLED.format(mark="![[a.png]]"), "utf-8")
    study = pipeline.read(pack)
    assert [one.code.code for one in study.diagnostics if one.code.code[0] == "F"] == ["F107"]


@pytest.mark.parametrize(
    ("raw", "taken"),
    [
        (DRAWN, True),
        (DRAWN.replace(b"<path", b'<script>alert(1)</script><path onclick="x()"'), True),
        (b"<svg onload='alert(1)'/>", False),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + DRAWN, False),
        (DRAWN[:-6], False),
        (b"not at all", False),
        (
            DRAWN.replace(b"<path", b'<g id="a"><path/></g><g id="b"><use href="#a"/></g><path'),
            False,
        ),
        (DRAWN.replace(b"<path", b"<path/>" * 200_000 + b"<path"), False),
    ],
)
def test_a_drawing_is_safe_or_refused(tmp_path: Path, raw: bytes, taken: bool) -> None:
    """Nothing that acts is left of one that is shown."""
    pack = _pack(tmp_path, "img/drawn.svg")
    (pack / "img" / "drawn.svg").write_bytes(raw)
    study = pipeline.read(pack)
    said = [one.code.code for one in study.diagnostics if one.code.code[0] == "F"]
    assert said == ([] if taken else ["F108"])
    made = [one.raw for one in study.album.pictures if one.name.endswith(".svg")]
    assert len(made) == int(taken)
    for one in made:
        assert b"<path" in one
        assert b"script" not in one
        assert b"onclick" not in one


@pytest.mark.anki
@pytest.mark.parametrize(
    "mark",
    ["[sound:img/a.mp3]", "![[a.mp3]]", "![a.mp3](img/a.mp3)", '<audio src="img/a.mp3"></audio>'],
)
def test_a_recording_is_played(tmp_path: Path, mark: str) -> None:
    """On the card by Anki, and named beside it; another file's bytes are refused."""
    pack = tmp_path / "pack"
    (pack / "img").mkdir(parents=True)
    (pack / "img" / "a.mp3").write_bytes(b"ID3\x04" + bytes(60))
    (pack / "pack.toml").touch()
    (pack / "notes.md").write_text(SPELLED.format(mark=mark), "utf-8")
    with _build(pack, tmp_path / "out") as package:
        (name,) = json.loads(package.read("media")).values()
    with collection(tmp_path / "anki") as mine:
        mine.take(tmp_path / "out" / "pack.apkg")
        (number,) = mine.backend.find_cards("")
        shown = mine.backend.get_card(number).render_output()
        assert [getattr(tag, "filename", None) for tag in shown.answer_av_tags] == [name]
        assert mine.backend.media.check().missing == []
    html = pipeline.read(pack).notes[0].fields[Field.ANSWER]
    assert "a.mp3" in html.replace(name, "")
    (pack / "img" / "a.mp3").write_bytes(b"<script>")
    said = [one.code.code for one in pipeline.read(pack).diagnostics]
    assert "F108" in said
