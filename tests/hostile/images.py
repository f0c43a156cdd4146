"""Images that are none, lie elsewhere, or have names that lead astray."""

import os
import struct
import zlib
from collections.abc import Iterator

from tests.hostile.cases import DOCUMENT, PIXEL, QUESTION, Case, Ground, Make, build, check, paper

_RUNS = (check(0, 1), build(0, 1))


def cases() -> Iterator[Case]:
    """Every case of the family."""
    for name, raw in _CONTENTS.items():
        for ending in ("png", "jpg") if name in _BOTH else ("png",):
            yield Case(f"images/content-{name}-{ending}", _shown(f"a.{ending}", raw), _RUNS)
    for name, address in _ADDRESSES.items():
        yield Case(f"images/address-{name}", _addressed(address), _RUNS)
    for name, raw in _ON_PAPER.items():
        runs = (check(0, 1), paper(0, 1))
        yield Case(f"images/paper-{name}", _shown("a.png", raw), runs, slow=True)
    for name, make in _PLACED.items():
        yield Case(f"images/{name}", make, _RUNS)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, data: bytes = b"", *more: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = _chunk(b"IDAT", zlib.compress(data))
    return PIXEL[:8] + _chunk(b"IHDR", head) + b"".join(more) + rows + _chunk(b"IEND", b"")


_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(31337)"/>'
_CONTENTS = {
    "empty": b"",
    "mark-only": PIXEL[:8],
    "cut": PIXEL[:-20],
    "cut-in-the-head": PIXEL[:20],
    "no-end": PIXEL[:-12],
    "no-data": PIXEL[:33] + PIXEL[-12:],
    "wrong-sum": PIXEL[:30] + b"\0" + PIXEL[31:],
    "trailing": PIXEL + b"<script>alert(31337)</script>" * 100,
    "zero-wide": _png(0, 0),
    "bomb": _png(100_000, 100_000, bytes(1_000_000)),
    "huge-sides": _png(2**31 - 1, 2**31 - 1, b"\0"),
    "negative-sides": _png(2**32 - 1, 2**32 - 1, b"\0"),
    "thin": _png(1, 100_000, bytes(200_000)),
    "flat": _png(100_000, 1, bytes(100_001)),
    "chunk-huge": PIXEL[:8] + struct.pack(">I", 2**32 - 1) + b"IHDR",
    "chunks-many": _png(1, 1, b"\0\0", *[_chunk(b"tEXt", b"a\0b")] * 5000),
    "text-bomb": _png(1, 1, b"\0\0", _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10_000_000)))),
    "profile-bomb": _png(
        1, 1, b"\0\0", _chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(10_000_000)))
    ),
    "text": b"What is a lamp?\n",
    "svg": _SVG,
    "svg-with-mark": b"\xef\xbb\xbf" + _SVG,
    "html": b"<html><script>alert(31337)</script></html>",
    "script-behind-mark": PIXEL[:8] + b"<script>alert(31337)</script>",
    "gif": _GIF,
    "gif-script": b"GIF89a/*\x01\x00\x01\x00\x00\x00\x00*/=1;alert(31337)//;",
    "gif-cut": _GIF[:8],
    "gif-87": b"GIF87a",
    "jpeg": _JPEG + b"\xff\xd9",
    "jpeg-cut": _JPEG,
    "jpeg-three-bytes": b"\xff\xd8\xff",
    "webp-head": b"RIFF\x00\x00\x00\x00WEBP",
    "webp-wrong": b"RIFF\xff\xff\xff\xffWAVE",
    "bmp": b"BM" + bytes(60),
    "tiff": b"II*\0" + bytes(60),
    "ico": b"\0\0\1\0\1\0" + bytes(60),
    "avif": b"\0\0\0 ftypavif" + bytes(60),
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04" + bytes(60),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "too-large": PIXEL + bytes(5_000_001),
    "just-small-enough": PIXEL + bytes(5_000_000 - len(PIXEL)),
}
_BOTH = ("empty", "cut", "gif", "svg", "jpeg", "html")
_ON_PAPER = {name: _CONTENTS[name] for name in ("mark-only", "cut", "bomb", "gif-cut", "no-data")}

_ADDRESSES = {
    "parent": "../beside/secret.png",
    "parent-twice": "../../etc/passwd",
    "parent-inside": "sub/../../beside/secret.png",
    "parent-percent": "%2e%2e/beside/secret.png",
    "parent-percent-all": "%2e%2e%2fbeside%2fsecret.png",
    "parent-percent-twice": "%252e%252e%252fbeside%252fsecret.png",
    "parent-backslash": "..\\\\beside\\\\secret.png",
    "parent-overlong": "%c0%ae%c0%ae/beside/secret.png",
    "parent-full-width": "．．/beside/secret.png",
    "absolute": "/etc/passwd",
    "absolute-percent": "%2fetc%2fpasswd",
    "device": "/dev/zero",
    "process": "/proc/self/environ",
    "home": "~/secret.png",
    "variable": "$HOME/secret.png",
    "file-url": "file:///etc/passwd",
    "file-url-short": "file:../beside/secret.png",
    "windows": "C:\\\\Windows\\\\win.ini",
    "windows-slash": "C:/Windows/win.ini",
    "windows-share": "\\\\\\\\host\\\\share\\\\a.png",
    "share": "//host/share/a.png",
    "stream": "a.png::$DATA",
    "http": "http://evil.example/31337.png",
    "http-upper": "HTTPS://evil.example/31337.png",
    "http-broken": "http:/evil.example/a.png",
    "http-brackets": "http://[::1/a.png",
    "ftp": "ftp://evil.example/a.png",
    "blob": "blob:https://evil.example/31337",
    "data": "data:image/png;base64,AAAA",
    "data-svg": "data:image/svg+xml,31337",
    "script": "javascript:alert(31337)",
    "nul": "a%00.png",
    "newline": "a%0a.png",
    "escape": "a%1b[2J.png",
    "half-pair": "a%ed%a0%80.png",
    "not-utf-8": "a%ff.png",
    "percent-broken": "a%.png%2",
    "query": "a.png?x=31337",
    "fragment": "a.png#31337",
    "only-query": "?a.png",
    "only-fragment": "#a.png",
    "empty": "",
    "blank": "<  >",
    "dot": ".",
    "dots": "..",
    "slash": "/",
    "folder": "sub",
    "folder-slash": "sub/",
    "hidden": ".git/a.png",
    "hidden-file": ".a.png",
    "ledger": "ledger.jsonl",
    "settings": "pack.toml",
    "document": "n.md",
    "long": "a" * 5000 + ".png",
    "long-name": "a" * 252 + ".png",
    "deep": "sub/" * 3000 + "a.png",
    "dots-deep": "./" * 3000 + "a.png",
    "quotes": "a%22onerror=alert(31337).png",
    "angles": "<a<b>.png>",
    "spaces": "<a b.png>",
    "trailing-dot": "a.png.",
    "trailing-space": "a.png%20",
    "case": "A.PNG",
    "emoji": "💡.png",
    "brackets": "a[1].png",
    "parentheses": "a(1(2)).png",
    "stars": "*.png",
    "question": "a%3f.png",
    "colon": "a:1.png",
    "digits": "9" * 5000,
}


def _shown(name: str, raw: bytes) -> Make:
    def make(ground: Ground) -> None:
        ground.write(name, raw)
        ground.write("n.md", f"{QUESTION}![a lamp]({name})\n")

    return make


def _addressed(address: str) -> Make:
    def make(ground: Ground) -> None:
        for name in ("a.png", "sub/a.png", ".git/a.png", ".a.png", "a b.png", "💡.png", "a[1].png"):
            ground.write(name, PIXEL)
        ground.write(
            "n.md", f"{QUESTION}![a lamp]({address})\n\n![a lamp][b]\n\n[b]: {address or '<>'}\n"
        )

    return make


def _many(ground: Ground) -> None:
    for number in range(300):
        ground.write(f"a{number}.png", PIXEL + str(number).encode())
    ground.write("n.md", QUESTION + "".join(f"![a](a{number}.png)\n" for number in range(300)))


def _often(ground: Ground) -> None:
    ground.write("a.png", PIXEL)
    ground.write("n.md", QUESTION + "![a](a.png)\n" * 1500)


def _missing_often(ground: Ground) -> None:
    ground.write("n.md", QUESTION + "".join(f"![a](none{n}.png)\n" for n in range(500)))


def _same_name(ground: Ground) -> None:
    for folder in ("a", "b", "A"):
        ground.write(f"{folder}/a.png", PIXEL + folder.encode())
    ground.write("n.md", QUESTION + "![a](a/a.png) ![a](b/a.png) ![a](A/a.png)\n")


def _names(ground: Ground) -> None:
    for name in (
        b"\xff.png",
        b"a\n.png",
        b"a\x1b[2J.png",
        b"<img onerror=alert(31337)>.png",
        b"-a.png",
    ):
        ground.write(name, PIXEL)
    ground.write("n.md", QUESTION + "![a](-a.png) ![a](%ff.png) ![a](a%0a.png)\n")


def _deep(ground: Ground) -> None:
    folder = ground.pack
    for _ in range(60):
        folder /= "d"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(PIXEL)
    ground.write("n.md", QUESTION + f"![a]({'d/' * 60}a.png)\n")


def _growing(ground: Ground) -> None:
    """An image with a hole of 40 GB in it: nobody may read it whole to say that it is too large."""
    path = ground.write("a.png", PIXEL)
    os.truncate(path, 40_000_000_000)
    ground.write("n.md", QUESTION + "![a](a.png)\n")


def _below_document(ground: Ground) -> None:
    ground.write(
        "sub/m.md",
        DOCUMENT.replace("lamp", "torch") + "\n![a](../a.png)\n![a](../../beside/secret.png)\n",
    )
    ground.write("a.png", PIXEL)


_PLACED = {
    "many": _many,
    "one-often": _often,
    "missing-often": _missing_often,
    "same-name": _same_name,
    "odd-names": _names,
    "deep-folder": _deep,
    "forty-gigabytes": _growing,
    "from-a-folder": _below_document,
}
