"""Looks whether an image is whole, without drawing it.

A browser, Anki and the page layout each do something else with half an image or with one that
unfolds to gigabytes.  So the four formats are walked through by their own rules: every piece has to
lie within the file, what carries a checksum has to match it, and the size in pixels has to be one
that a phone can show.  Drawing it with an imaging library was turned down: it takes a hundred times
as long, for every command that reads the pack, and gives a bomb the memory it wants.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

LARGEST = 50_000_000
"""Pixels of an image that may travel: more than any phone's camera takes."""

_MARKS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of a PNG, by its type of colour
_PASSES = (  # of an interlaced PNG: first column and row, steps between columns and rows
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_END, _PIXELS = 0xD9, 0xDA  # marks of a JPEG
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BIT = 64 * 1024  # bytes that are unfolded at a time


class Broken(Exception):
    """What is wrong with an image, as the end of a sentence that says what to do."""


_CUT = "is broken, its data ends too early: export it anew"
_WRONG = "is broken, its data is damaged: export it anew"


def kind(raw: bytes) -> str | None:
    """What the first bytes say it is: "png", "jpg", "gif" or "webp"; None for anything else."""
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "webp"
    return next((kind for mark, kind in _MARKS.items() if raw.startswith(mark)), None)


def check(raw: bytes, kind: str) -> None:
    """Broken where the image can't be shown as it is."""
    try:
        _CHECKS[kind](raw)
    except (struct.error, IndexError) as error:
        raise Broken(_CUT) from error
    except zlib.error as error:
        raise Broken(_WRONG) from error


def _sized(width: int, height: int) -> None:
    if not width or not height:
        raise Broken(_WRONG)
    if width * height > LARGEST:
        sizes = f"{width * height / 1e6:,.0f} million pixels and may have {LARGEST / 1e6:.0f}"
        raise Broken(f"has {sizes}: make it smaller")


def _png(raw: bytes) -> None:
    header = b""
    pieces: list[bytes] = []
    for name, body in _chunks(raw):
        if not header:
            if name != b"IHDR" or len(body) != 13:
                raise Broken(_WRONG)
            header = body
        elif name == b"IDAT":
            pieces.append(body)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    _sized(width, height)
    if colour not in _CHANNELS or depth not in (1, 2, 4, 8, 16) or interlaced > 1:
        raise Broken(_WRONG)
    bits = _CHANNELS[colour] * depth
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    wanted = sum(_scanned(width, height, bits, *one) for one in passes)
    if not _unfolds(pieces, wanted):
        raise Broken(_CUT)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG up to its end."""
    at, name = 8, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", raw, at)
        body = raw[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", raw, at + 8 + length)
        optional = name[0] & 0x20
        if not optional and zlib.crc32(body, zlib.crc32(name)) != checksum:
            raise Broken(_WRONG)
        yield name, body
        at += 12 + length


def _scanned(width: int, height: int, bits: int, x: int, y: int, right: int, down: int) -> int:
    """Bytes of the pixels from column ``x`` and row ``y`` in steps, each row with its filter."""
    columns, rows = -(-(width - x) // right), -(-(height - y) // down)
    return rows * (1 + -(-columns * bits // 8)) if columns > 0 and rows > 0 else 0


def _unfolds(pieces: list[bytes], wanted: int) -> bool:
    """Whether the data unfolds to as many bytes as wanted; none of them is kept."""
    unfolding, found = zlib.decompressobj(), 0
    for piece in pieces:
        rest = piece
        while rest and found < wanted:
            found += len(unfolding.decompress(rest, _BIT))
            rest = unfolding.unconsumed_tail
    while found < wanted and (more := unfolding.decompress(b"", _BIT)):
        found += len(more)
    return found >= wanted


def _jpeg(raw: bytes) -> None:
    at, sized = 2, False
    while True:
        mark, at = _marker(raw, at)
        if mark == _END:
            raise Broken(_CUT)
        if mark == 0x01 or 0xD0 <= mark <= 0xD8:  # marks that hold nothing
            continue
        (length,) = struct.unpack_from(">H", raw, at)
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", raw, at + 3)
            _sized(width, height)
            sized = True
        at += length
        if mark == _PIXELS:
            break
    if not sized:
        raise Broken(_WRONG)
    if raw.find(bytes((0xFF, _END)), at) < 0:
        raise Broken(_CUT)


def _marker(raw: bytes, at: int) -> tuple[int, int]:
    """The next mark of a JPEG, and where what it holds begins."""
    if raw[at] != 0xFF:
        raise Broken(_WRONG)
    while raw[at] == 0xFF:
        at += 1
    return raw[at], at + 1


def _gif(raw: bytes) -> None:
    width, height, flags = struct.unpack_from("<HHB", raw, 6)
    _sized(width, height)
    at = 13 + _palette(flags)
    while raw[at] == 0x21:  # extensions before the first picture
        at = _blocks(raw, at + 2)
    if raw[at] != 0x2C:
        raise Broken(_WRONG)
    at += 10 + _palette(raw[at + 9])
    _blocks(raw, at + 1)


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(raw: bytes, at: int) -> int:
    """Where the blocks of a GIF that begin at ``at`` end."""
    while raw[at]:
        at += 1 + raw[at]
    return at + 1


def _webp(raw: bytes) -> None:
    (size,) = struct.unpack_from("<I", raw, 4)
    if len(raw) < 8 + size:
        raise Broken(_CUT)
    at = 12
    while True:
        name, length = struct.unpack_from("<4sI", raw, at)
        at += 8
        if len(raw) < at + length:
            raise Broken(_CUT)
        if measure := _MEASURES.get(name):
            _sized(*measure(raw, at))
        if name in (b"VP8 ", b"VP8L", b"ANMF"):
            return
        at += length + length % 2


def _canvas(raw: bytes, at: int) -> tuple[int, int]:
    low, high = raw[at + 4 : at + 7], raw[at + 7 : at + 10]
    return int.from_bytes(low, "little") + 1, int.from_bytes(high, "little") + 1


def _lossy(raw: bytes, at: int) -> tuple[int, int]:
    if raw[at + 3 : at + 6] != b"\x9d\x01\x2a":
        raise Broken(_WRONG)
    width, height = struct.unpack_from("<HH", raw, at + 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless(raw: bytes, at: int) -> tuple[int, int]:
    sign, sizes = struct.unpack_from("<BI", raw, at)
    if sign != 0x2F:
        raise Broken(_WRONG)
    return (sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1


_MEASURES: Mapping[bytes, Callable[[bytes, int], tuple[int, int]]] = {
    b"VP8X": _canvas,
    b"VP8 ": _lossy,
    b"VP8L": _lossless,
}
_CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "png": _png,
    "jpg": _jpeg,
    "gif": _gif,
    "webp": _webp,
}
