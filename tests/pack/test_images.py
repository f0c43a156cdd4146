"""Images are whole or broken, as an imaging library judges them that draws them."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from exporter.pack import images
from exporter.pack.images import Broken


def _drawn(format_: str, mode: str = "RGB", size: tuple[int, int] = (37, 23), **how: Any) -> bytes:
    picture = Image.effect_noise(size, 90).convert(mode)
    file = io.BytesIO()
    picture.save(file, format_, **how)
    return file.getvalue()


def _frames() -> dict[str, Any]:
    """What makes a GIF or a WebP move."""
    return {"save_all": True, "append_images": [Image.effect_noise((37, 23), 50)]}


WHOLE = {
    "png": _drawn("PNG"),
    "png with a palette": _drawn("PNG", "P"),
    "png of single bits": _drawn("PNG", "1"),
    "png of one pixel": _drawn("PNG", "LA", (1, 1)),
    "png of 16 bits": _drawn("PNG", "I;16"),
    "jpeg": _drawn("JPEG"),
    "progressive jpeg": _drawn("JPEG", progressive=True),
    "grey jpeg": _drawn("JPEG", "L", exif=b"Exif\0\0\xff\xd9"),
    "gif": _drawn("GIF", "P"),
    "moving gif": _drawn("GIF", "P", **_frames()),
    "webp": _drawn("WEBP"),
    "lossless webp": _drawn("WEBP", lossless=True),
    "webp with transparency": _drawn("WEBP", "RGBA"),
    "moving webp": _drawn("WEBP", **_frames()),
}


def _says(raw: bytes) -> str:
    kind = images.kind(raw)
    if kind is None:
        return "no image"
    try:
        images.check(raw, kind)
    except Broken as broken:
        return str(broken)
    return ""


def _draws(raw: bytes) -> bool:
    """Whether the library draws it."""
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            picture.load()
    except Exception:
        return False
    return True


@pytest.mark.parametrize("raw", WHOLE.values(), ids=WHOLE)
def test_a_whole_image_is_taken(raw: bytes) -> None:
    """Every kind that people have, also with something behind its end."""
    assert _says(raw) == _says(raw + b"\0 more") == ""


@pytest.mark.parametrize("raw", WHOLE.values(), ids=WHOLE)
def test_half_an_image_is_broken(raw: bytes) -> None:
    """Wherever it is cut so that it can't be drawn, that is said, and never an exception."""
    for size in range(len(raw)):
        if not _draws(raw[:size]):
            assert _says(raw[:size]), f"cut at {size} of {len(raw)}"


@pytest.mark.parametrize("name", ["png", "png with a palette", "png of 16 bits"])
def test_an_altered_byte_breaks_a_png(name: str) -> None:
    """What carries a checksum is read no further than that."""
    raw = WHOLE[name]
    for at in range(8, len(raw)):
        altered = raw[:at] + bytes([raw[at] ^ 0x10]) + raw[at + 1 :]
        assert _says(altered) or _draws(altered), f"altered at {at}"


@pytest.mark.parametrize("raw", WHOLE.values(), ids=WHOLE)
def test_an_altered_byte_is_no_fault_of_ours(raw: bytes) -> None:
    """An image is taken or said to be broken, whatever stands in it."""
    for at in range(len(raw)):
        for bits in (0x01, 0xFF):
            said = _says(raw[:at] + bytes([raw[at] ^ bits]) + raw[at + 1 :])
            assert said in {"", "no image"} or ": " in said


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(width: int, height: int, data: bytes, *, interlaced: int = 0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, interlaced)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (_png(60_000, 60_000, zlib.compress(b"")), "3,600 million pixels"),
        (_png(2**31 - 1, 2**31 - 1, b""), "million pixels"),
        (_png(0, 5, zlib.compress(b"")), "damaged"),
        (_png(9, 9, zlib.compress(b"\0" * 89)), "ends too early"),
        (_png(9, 9, b"no stream at all"), "damaged"),
        (_png(9, 9, zlib.compress(bytes(10**7))), ""),
        (_png(9, 9, zlib.compress(bytes(9 * 10))), ""),
        (_png(9, 9, zlib.compress(bytes(81 + 19)), interlaced=1), ""),
        (_png(9, 9, zlib.compress(bytes(81 + 18)), interlaced=1), "ends too early"),
        (b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b";", "million pixels"),
        (b"GIF89a" + struct.pack("<HHBBB", 5, 5, 0, 0, 0) + b";", "damaged"),
        (b"\xff\xd8\xff\xd9", "ends too early"),
        (b"RIFF\xff\xff\xff\x7fWEBPVP8 ", "ends too early"),
    ],
)
def test_made_up_images(raw: bytes, said: str) -> None:
    """A bomb is told by what its header promises, before anything is unfolded."""
    assert said in _says(raw)
    assert bool(said) == bool(_says(raw))
