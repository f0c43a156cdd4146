"""Documents are decoded as their bytes say, or not at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.model import Source
from exporter.model.config import DocumentConfig
from exporter.model.diagnostics import Code, Diagnostic
from exporter.pack.sources import decode, encode, load

TEXT = "“Fine”\r\nzwei – drei\n\rfünf"
LINES = ("“Fine”", "zwei – drei", "", "fünf")


def _decoded(raw: bytes) -> tuple[Source | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    return decode("notes.md", raw, problems.append), problems


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be"],
)
def test_each_encoding_gives_the_same_lines(raw: bytes) -> None:
    """A byte order mark is no part of the text."""
    assert _decoded(raw) == (Source("notes.md", LINES), [])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("\n", ("",)),
        ("a", ("a",)),
        ("a\n", ("a",)),
        ("a\n\n", ("a", "")),
        ("a\rb\r", ("a", "b")),
        ("a\r\n\r\nb", ("a", "", "b")),
        ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g\n", ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g",)),
    ],
)
def test_only_lf_crlf_and_cr_end_a_line(text: str, lines: tuple[str, ...]) -> None:
    """Lines are counted as a person's editor counts them."""
    assert _decoded(text.encode())[0] == Source("notes.md", lines)


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (b"one\ntw\x92o\n", 2, "byte 0x92 at offset 6 is not UTF-8"),
        (b"\xef\xbb\xbfone\r\ntwo\r\xe2\x80", 3, "byte 0xE2 at offset 12 is not UTF-8"),
        (b"a\xed\xa0\x80b", 1, "byte 0xED at offset 1 is not UTF-8"),
        (b"\xff\xfea\0\n\0\0\xd8", 2, "byte 0x00 at offset 6 is not UTF-16"),
        (b"\xff\xfea\0b", 1, "byte 0x62 at offset 4 is not UTF-16"),
        ("a\nb".encode("utf-16-le"), 1, "byte 0x00 at offset 1 belongs to no text"),
        (b"\xff\xfe\0\0a\0\0\0", 1, "byte 0x00 at offset 2 belongs to no text"),
    ],
)
def test_no_text_is_an_error_that_names_the_byte(raw: bytes, line: int, words: str) -> None:
    """Bytes that are no text are reported with line, byte and offset in the file."""
    source, problems = _decoded(raw)
    assert source is None
    assert [problem.code for problem in problems] == [Code.UNDECODABLE]
    assert str(problems[0]).startswith(f"notes.md:{line}: error: {words}")


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(
        lambda text: not text.startswith("\ufeff")
    ),
    st.sampled_from([("", "utf-8"), ("\ufeff", "utf-8"), ("\ufeff", "utf-16-le")]),
)
def test_encode_undoes_decode(text: str, encoding: tuple[str, str]) -> None:
    """Writing unchanged lines back gives the file's bytes."""
    mark, codec = encoding
    raw = (mark + text).encode(codec)
    source, _ = _decoded(raw)
    assert source is not None
    assert encode(source.lines, raw) == raw


def test_encode_keeps_each_line_end() -> None:
    """Each new line takes the end of the one that it replaces."""
    raw = b"\xef\xbb\xbfa\r\nb\nc\rd"
    assert encode(["1", "2", "3", "ü"], raw) == b"\xef\xbb\xbf1\r\n2\n3\r\xc3\xbc"


def test_encode_refuses_another_number_of_lines() -> None:
    """Line ends can't be told for lines that were not there."""
    with pytest.raises(ValueError, match="2 lines"):
        encode(["a", "b"], b"a\n")


def _load(folder: Path, *paths: str) -> tuple[list[str], list[Diagnostic]]:
    problems: list[Diagnostic] = []
    listed = tuple(DocumentConfig(path) for path in paths)
    return [source.path for source in load(folder, listed, problems.append)], problems


def test_one_bad_document_never_stops_the_others(tmp_path: Path) -> None:
    """What can't be read is reported, and the rest is read all the same."""
    (tmp_path / "b.md").write_text("b\n")
    (tmp_path / "broken.md").write_bytes(b"\x92")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text("a\n")
    paths, problems = _load(tmp_path, "b.md", "missing.md", "broken.md", "sub", "sub/a.md", "b\0")
    assert paths == ["b.md", "sub/a.md"]
    assert [problem.code for problem in problems] == [
        Code.MISSING_DOCUMENT,
        Code.UNDECODABLE,
        Code.MISSING_DOCUMENT,
        Code.MISSING_DOCUMENT,
    ]


def test_a_document_outside_the_folder_is_refused(tmp_path: Path) -> None:
    """Neither ``..`` nor an absolute path nor a symbolic link leads out of a pack."""
    outside = tmp_path / "secret.md"
    outside.write_text("secret\n")
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "link.md").symlink_to(outside)
    (folder / "a.md").write_text("a\n")
    (folder / "inner.md").symlink_to(folder / "a.md")
    paths, problems = _load(
        folder, "../secret.md", str(outside), "link.md", "C:\\secret.md", "inner.md"
    )
    assert paths == ["inner.md"]
    assert [problem.code for problem in problems] == [Code.OUTSIDE_DOCUMENT] * 4
