"""Writes control characters out, so that a terminal shows them instead of obeying them.

Documents, file names and ledgers come from strangers.  An escape sequence in one of them could
recolour, rewrite or hide what the program says, and a sign that turns the direction of writing can
make a name read as another.  Tabs and line ends stay, as do the signs that scripts written from
right to left need; a byte of a file name that is no UTF-8 is written as that byte.
"""

import re

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_IN_TEXT = re.compile(f"[{_CONTROL}]")
_IN_LINE = re.compile(f"[{_CONTROL}\n]")


def text(raw: str) -> str:
    """``raw`` with its control characters written out; line ends and tabs stay."""
    return _IN_TEXT.sub(_written, raw)


def line(raw: str) -> str:
    """``raw`` as one line: line ends are written out too."""
    return _IN_LINE.sub(_written, raw)


def json(raw: str) -> str:
    """The text of a JSON value with the same value, in which no control character stands as it is.

    Outside its strings JSON holds none of them, so each becomes the escape of a string.
    """
    return _IN_TEXT.sub(lambda found: f"\\u{ord(found[0]):04x}", raw)


def _written(found: re.Match[str]) -> str:
    number = ord(found[0])
    if found[0] == "\n":
        return r"\n"
    if 0xDC80 <= number <= 0xDCFF:  # how Python carries a byte of a name that is no UTF-8
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
