"""Documents whose bytes are no text, or text that nobody should print as it is."""

import codecs
import random
import unicodedata
from collections.abc import Iterator

from tests.hostile.cases import (
    COVERAGE,
    DOCUMENT,
    LOOKS,
    MODEL,
    PIXEL,
    QUESTION,
    Case,
    ask,
    build,
    check,
    document,
)

_ENOUGH = (check(0, 1), build(0, 1), MODEL)
_REPAIR = ask("repair", "{pack}/n.md", exits=(0, 1))


def cases() -> Iterator[Case]:
    """Every case of the family."""
    for name, (raw, line) in _UNDECODABLE.items():
        where = f"n.md:{line}: error" if line else "n.md"
        runs = (check(1, says=(where,)), build(1, says=(where,)), MODEL, _REPAIR)
        yield Case(f"bytes/{name}", document(raw), runs)
    for name, raw in _DECODABLE.items():
        yield Case(f"bytes/{name}", document(raw), (*_ENOUGH, _REPAIR))
    for sign in _CONTROLS:
        name = f"bytes/control-{ord(sign):02x}"
        yield Case(name, document(_everywhere(sign)), (*LOOKS, build(0, 1), _REPAIR))
    for name, text in _SEQUENCES.items():
        yield Case(f"bytes/terminal-{name}", document(_everywhere(text)), (*LOOKS, _REPAIR))
    for name, text in _CHARACTERS.items():
        runs = (*_ENOUGH, ask("coverage", "{pack}", exits=(0, 1)))
        yield Case(f"bytes/character-{name}", document(_everywhere(text)), runs)
    for seed in range(24):
        raw = random.Random(seed).randbytes(1 + seed * 97)
        yield Case(f"bytes/noise-{seed:02}", document(raw), (check(0, 1), build(0, 1), _REPAIR))
    for name, raw in _MANY.items():
        yield Case(f"bytes/tables-{name}", document(raw, _SUFFIX[name]), (*_ENOUGH, COVERAGE))


def _at(line: int, raw: bytes) -> bytes:
    """A document with ``raw`` on a line of it."""
    return DOCUMENT.encode() + b"\n" * (line - 6) + raw + b"\n"


_TEXT = DOCUMENT + "\nIt’s “lit”.\n"
_WIDE = DOCUMENT.encode("utf-16-le")
_UNDECODABLE: dict[str, tuple[bytes, int]] = {
    "latin-1": (_at(7, "café".encode("latin-1")), 7),
    "cp1252-quotes": (_at(7, "it’s".encode("cp1252")), 7),
    "cp1251": (_at(9, "лампа".encode("cp1251")), 9),
    "koi8": (_at(9, "лампа".encode("koi8-r")), 9),
    "shift-jis": (_at(8, "ランプ".encode("shift-jis")), 8),
    "gb18030": (_at(8, "什么是灯".encode("gb18030")), 8),
    "euc-kr": (_at(8, "램프".encode("euc-kr")), 8),
    "big5": (_at(8, "燈是什麼".encode("big5")), 8),
    "overlong": (_at(7, b"a\xc0\x80b"), 7),
    "overlong-slash": (_at(7, b"..\xc0\xaf.."), 7),
    "half-pair": (_at(7, b"\xed\xa0\x80"), 7),
    "cesu-pair": (_at(7, b"\xed\xa0\xbd\xed\xb2\xa1"), 7),
    "beyond-unicode": (_at(7, b"\xf5\x80\x80\x80"), 7),
    "five-bytes": (_at(7, b"\xf8\x88\x80\x80\x80"), 7),
    "byte-ff": (_at(10, b"\xff"), 10),
    "byte-fe": (_at(10, b"\xfe"), 10),
    "lone-continuation": (_at(7, b"a\x80b"), 7),
    "cut-in-a-character": (DOCUMENT.encode() + "…".encode()[:2], 6),
    "nul": (_at(7, b"a\0b"), 7),
    "nul-first": (b"\0" + DOCUMENT.encode(), 1),
    "nul-last": (DOCUMENT.encode() + b"\0", 6),
    "only-nul": (b"\0" * 4096, 1),
    "utf-16-without-mark": (_WIDE, 1),
    "utf-16-odd": (codecs.BOM_UTF16_LE + _WIDE + b"a", 0),
    "utf-16-half-pair": (codecs.BOM_UTF16_LE + _WIDE + b"\x00\xd8a\x00", 0),
    "utf-16-nul": (codecs.BOM_UTF16_BE + (DOCUMENT + "a\0b").encode("utf-16-be"), 6),
    "utf-32": (codecs.BOM_UTF32_LE + DOCUMENT.encode("utf-32-le"), 0),
    "utf-32-be": (codecs.BOM_UTF32_BE + DOCUMENT.encode("utf-32-be"), 0),
    "utf-16-mark-then-utf-8": (codecs.BOM_UTF16_LE + b"\xd8\xd8\xd8\xd8" + b"abc", 0),
    "every-byte": (bytes(range(256)), 0),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(range(256)), 0),
    "zip": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(200), 0),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", 2),
    "png": (PIXEL, 1),
    "elf": (b"\x7fELF\x02\x01\x01" + bytes(100), 1),
    "sqlite": (b"SQLite format 3\0" + bytes(100), 1),
    "docx-renamed": (b"PK\x03\x04" + b"word/document.xml" + bytes(range(128, 256)), 0),
    "a-mark-per-line": (_at(7, codecs.BOM_UTF16_LE + b"a\0"), 7),
}

_DECODABLE: dict[str, bytes] = {
    "empty": b"",
    "one-newline": b"\n",
    "only-blanks": b" \t\n" * 500,
    "only-mark": codecs.BOM_UTF8,
    "two-marks": codecs.BOM_UTF8 * 2 + DOCUMENT.encode(),
    "mark-in-the-middle": DOCUMENT.encode() + codecs.BOM_UTF8 + DOCUMENT.encode(),
    "only-wide-mark": codecs.BOM_UTF16_LE,
    "only-big-mark": codecs.BOM_UTF16_BE,
    "utf-16-le": codecs.BOM_UTF16_LE + _TEXT.encode("utf-16-le"),
    "utf-16-be": codecs.BOM_UTF16_BE + _TEXT.encode("utf-16-be"),
    "utf-7": _TEXT.encode("utf-7"),
    "cr-only": DOCUMENT.replace("\n", "\r").encode(),
    "cr-lf": DOCUMENT.replace("\n", "\r\n").encode(),
    "mixed-ends": b"## Q1: What?\r\n\r### SHORT\n\r\nA thing.\r\r\n",
    "cr-at-the-end": DOCUMENT.encode() + b"\r",
    "no-final-newline": DOCUMENT.rstrip().encode(),
    "line-separators": DOCUMENT.replace("\n\n", "\n\u2028\n").encode(),
    "next-lines": DOCUMENT.replace("\n\n", "\u0085\n").encode(),
    "form-feeds": DOCUMENT.replace("\n\n", "\n\x0c\n").encode(),
    "twice-damaged": _TEXT.encode("utf-8").decode("latin-1").encode().decode("latin-1").encode(),
    "thrice-damaged": "â€™".encode().decode("cp1252", "ignore").encode() * 200,
    "replaced": (QUESTION + "caf\ufffd \ufffd\ufffd\ufffd\n").encode(),
    "entities": (QUESTION + "caf&eacute; &#0; &#xD800; &#x110000; &#99999999999;\n").encode(),
    "html-page": b"<!DOCTYPE html><html><head><title>x</title></head><body><p>Hi</p></body></html>",
    "rtf": b"{\\rtf1\\ansi{\\fonttbl\\f0 Arial;}\\f0 What is a lamp?\\par}",
    "json": b'{"cards": [{"front": "What is a lamp?", "back": "A thing."}]}',
    "yaml": b"- front: What is a lamp?\n  back: A thing.\n",
    "notebook": b'{"cells": [{"cell_type": "markdown", "source": ["# What?"]}], "nbformat": 4}',
    "mail": b"From: a@b\nSubject: What is a lamp?\nContent-Type: text/plain\n\nA thing.\n",
    "diff": b"--- a\n+++ b\n@@ -1,2 +1,2 @@\n-## Q1: What?\n+## Q2: What?\n",
    "git-conflict": b"<<<<<<< HEAD\n## Q1: What?\n=======\n## Q1: Who?\n>>>>>>> other\n",
    "lfs-pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n",
    "shell": b"#!/bin/sh\nrm -rf ~\n",
    "base64": b"TWFu" * 20_000,
    "hex": b"deadbeef " * 10_000,
    "one-long-line": QUESTION.encode() + b"light " * 30_000,
    "one-long-word": QUESTION.encode() + b"x" * 150_000,
    "one-long-prompt": b"## Q1: " + b"what " * 20_000 + b"?\n\n### SHORT\n\nA thing.\n",
    "one-long-url": QUESTION.encode() + b"https://example.org/" + b"a/" * 30_000 + b"\n",
}

_CONTROLS = [chr(code) for code in (*range(1, 9), 11, 12, *range(14, 32), 127)] + [
    chr(code) for code in (0x80, 0x84, 0x85, 0x88, 0x8D, 0x90, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F)
]

_SEQUENCES = {
    "clear": "\x1b[2J\x1b[H",
    "colour": "\x1b[31mred\x1b[0m",
    "hidden": "\x1b[8mhidden\x1b[28m",
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;ZWNobyBoaQ==\x07",
    "link": "\x1b]8;;https://example.org/31337\x1b\\lamp\x1b]8;;\x1b\\",
    "device-answer": "\x1b[6n\x1b[c",
    "device-string": '\x1bP$q"p\x1b\\',
    "alternate-screen": "\x1b[?1049h",
    "scroll": "\x1b[1;2r\x1bM",
    "eight-bit": "\x9b2J\x9d0;owned\x9c",
    "overwrite": "error\rfine ",
    "backspaces": "rm\b\bls",
    "bell": "\a" * 50,
    "shift-out": "\x0equestion\x0f",
    "delete": "a\x7fb",
    "cut-sequence": "\x1b[",
    "iterm-image": "\x1b]1337;File=inline=1:AAAA\x07",
    "window-report": "\x1b[21t",
}

_CHARACTERS = {
    "bidi-override": "\u202eevil\u202c",
    "bidi-isolates": "\u2066a\u2069\u2067b\u2069",
    "zero-width": "la\u200bmp\u200d\u200c\ufeff",
    "soft-hyphens": "l\u00ada\u00adm\u00adp",
    "combining": "a" + "\u0301" * 3000,
    "combining-first": "\u0301\u0302",
    "combining-every": "".join(c + "\u0336" for c in "lamp" * 500),
    "private": "\ue000\uf8ff\U000f0000\U0010fffd",
    "unassigned": "\u0378\U0001fbff\U000e0fff",
    "no-character": "\ufffe\uffff\U0001fffe\U0010ffff\ufdd0",
    "tags": "".join(chr(0xE0000 + ord(c)) for c in "lamp"),
    "variations": "a\ufe0f\ufe0e" + "\U000e0100" * 50,
    "emoji-chain": "👩‍👩‍👧‍👦" * 200,
    "flags": "🇩🇪🇺" * 100,
    "keycaps": "1️⃣2️⃣#️⃣",
    "rare-ideographs": "𠀀𪚥𰻞",
    "cuneiform": "𒀀𒈙",
    "hangul-letters": "ᄀ" * 2000,
    "thai": "ก็" * 500,
    "arabic-ligature": "ﷺ" * 100,
    "long-ligature-nfkc": "\ufdfa" * 500,
    "spaces": "".join(
        c for c in map(chr, range(0x2000, 0x3001)) if unicodedata.category(c) == "Zs"
    ),
    "ogham-space": "\u1680" * 50,
    "superscripts": "x²³¹⁰ ½ ⅓ ① ㊿ Ⅻ",
    "digits": "١٢٣ ४५६ １２３ 𝟏𝟐𝟑",
    "dotless": "İıſßẞﬁŉǰΐ",
    "case-grows": "ßŉΐ" * 500,
    "quotes": "«»„“‚‘‹›「」『』",
    "math-letters": "𝓛𝓪𝓶𝓹",
    "replacement": "\ufffd" * 200,
}
_SUFFIX = {
    "csv-quote-open": "t.csv",
    "csv-wide": "t.csv",
    "csv-ragged": "t.csv",
    "csv-nul": "t.csv",
    "csv-long-cell": "t.csv",
    "csv-formulas": "t.csv",
    "csv-semicolons": "t.csv",
    "csv-quotes-only": "t.csv",
    "csv-cr": "t.csv",
    "csv-header-only": "t.csv",
    "tsv-wide": "t.tsv",
    "tsv-newlines-in-cells": "t.tsv",
    "tsv-html": "t.tsv",
    "anki-directives": "t.txt",
    "anki-directives-bad": "t.txt",
    "markdown-ending": "t.markdown",
}
_MANY: dict[str, bytes] = {
    "csv-quote-open": b'question,answer\n"What is a lamp?,A thing.\n' + b"a,b\n" * 2000,
    "csv-wide": b"question," + b"answer," * 5000 + b"\n" + b"a," * 5000 + b"\n",
    "csv-ragged": b"question,answer\na\na,b,c,d\n,,,,\n\n,\nb,c\n",
    "csv-nul": b"question,answer\na\0b,c\n",
    "csv-long-cell": b'question,answer\n"What?","' + b"x" * 200_000 + b'"\n',
    "csv-formulas": b'question,answer\n=cmd|"/c calc"!A1,+31337\n@SUM(1),-1\n',
    "csv-semicolons": "question;answer\nWas ist „das“?;Ein Ding; und mehr\n".encode(),
    "csv-quotes-only": b'"' * 10_001,
    "csv-cr": b"question,answer\rWhat?,A thing.\r",
    "csv-header-only": b"question,answer\n",
    "tsv-wide": b"What?\t" + b"\t" * 10_000 + b"\n",
    "tsv-newlines-in-cells": b'What?\t"a\nb\nc"\nWho?\t"d\n',
    "tsv-html": b"What?\t<img src=x onerror=alert(31337)>\n",
    "anki-directives": b"#separator:tab\n#html:true\n#tags column:3\n"
    b"What?\t<script>alert(31337)</script>\tx\n",
    "anki-directives-bad": b"#separator:\n#columns:\n#guid column:99999999999999999999\n"
    b"#deck:a::::b\nx\ty\n",
    "markdown-ending": DOCUMENT.encode(),
}


def _everywhere(text: str) -> str:
    """A document that holds ``text`` in every place whose words are shown."""
    return (
        f"# Title {text}\n\nIntroduction {text}.\n\n## Part 1: {text}\n\n"
        f"### Q1: What is a lamp{text}?\n\n"
        f"#### SHORT\n\nA thing {text} that gives `light{text}`.\n\n- {text}\n\n"
        f"| a | {text} |\n|---|---|\n| {text} | b |\n\n"
        f"```js {text}\nlet a = '{text}';\n```\n\n#### {text}\n\nMore.\n\n"
        f"![lamp {text}](none{text}.png)\n\n[link {text}](https://example.org/{text})\n\n"
        f"### Q2: What is {text}\n\n#### MEDIUM\n\n{text}\n"
    )


SMALL = tuple(_everywhere(text) for text in ("", "lamp", "2", "\u0301", "²"))
"""Documents to begin a search with."""
