"""Which code pages a line could speak for at all, told without reading its sequences.

Sound text is what most documents hold, and to judge it through ten code pages costs a hundred times
what it costs to decode it.  A line speaks for a page only by a strong sequence, or where all of its
characters beyond ASCII belong to sequences.  Both are asked of one regular expression each, which
finds too much rather than too little: what passes is judged.
"""

import re
from dataclasses import dataclass
from functools import cache

from exporter.pack.repair._sequences import CodePage, code_pages
from exporter.pack.repair._strength import is_sign

_LOST = "\ufffd"
_NO_BREAK = "\xa0"
_BEYOND = re.compile(r"[^\x00-\x7f]")
_SIGN_LEADS, _OTHER_LEADS = (0xC2, 0xC3, 0xC4, 0xC5), (0xE2, 0xE3, 0xEF, 0xF0)


@dataclass(frozen=True, slots=True)
class _Signs:
    """What to look for in a line: ``telling``, how a strong sequence begins; ``run``, characters
    beyond ASCII that are sequences only; ``whole``, a line in which all are; ``pair``, a sequence
    with more than its first byte, None where the first alone can be damage."""

    telling: re.Pattern[str]
    run: re.Pattern[str]
    whole: re.Pattern[str]
    pair: re.Pattern[str] | None
    lettered: bool

    def consist(self, line: str) -> bool:
        """Whether all that ``line`` holds beyond ASCII could be sequences."""
        if not self.whole.fullmatch(line):
            return False
        return self.pair is None or self.pair.search(line) is not None

    def stand(self, line: str) -> bool:
        """Whether ``line`` could hold a strong sequence."""
        if not self.lettered:
            return self.telling.search(line) is not None
        return any(map(self.telling.search, self.run.findall(line)))


@cache
def suspects(line: str) -> tuple[int, ...]:
    """The numbers of the code pages through which ``line`` could have been damaged."""
    first = _BEYOND.search(line)
    if first is None:
        return ()
    signs, strong, leads, telling = _every()
    found = {page for page in leads.get(first.group(), ()) if signs[page].consist(line)}
    hinted = set[int]().union(*map(telling.__getitem__, strong.findall(line)))
    found.update(page for page in hinted - found if signs[page].stand(line))
    return tuple(sorted(found))


@cache
def _every() -> tuple[
    tuple[_Signs, ...], re.Pattern[str], dict[str, set[int]], dict[str, set[int]]
]:
    """The signs of every code page, how strong sequences begin in any, and the pages by the
    characters that lead sequences, and strong ones."""
    pages = code_pages()
    leads: dict[str, set[int]] = {}
    telling: dict[str, set[int]] = {}
    for number, page in enumerate(pages):
        for char in page.characters(0xC2, 0xF4):
            leads.setdefault(char, set()).add(number)
        for byte in (*(() if page.lettered else _SIGN_LEADS), *_OTHER_LEADS):
            telling.setdefault(page.characters(byte, byte), set()).add(number)
    behind = _set(*(page.characters(0x80, 0xBF) for page in pages), _LOST)
    strong = re.compile(f"{_set(*telling)}(?={behind})")
    return tuple(map(_signs, pages)), strong, leads, telling


def _signs(page: CodePage) -> _Signs:
    byte = _set(page.characters(0x80, 0xBF), _LOST)
    two, three, four = map(_set, map(page.characters, (0xC2, 0xE0, 0xF0), (0xDF, 0xEF, 0xF4)))
    sequence = f"{two}{byte}?+|{three}{byte}{{1,2}}+|{four}{byte}{{1,3}}+"
    lone = bool(page.lost) or page.view(_NO_BREAK) == _NO_BREAK
    return _Signs(
        re.compile("|".join(_telling(page, byte))),
        re.compile(rf"(?<![^\x00-\x7f])(?:{sequence})++(?![^\x00-\x7f])"),
        re.compile(rf"(?:[\x00-\x7f]++|{sequence})*+"),
        None if lone else re.compile(f"[^\\x00-\\x7f]{byte}"),
        page.lettered,
    )


def _telling(page: CodePage, byte: str) -> list[str]:
    """How strong sequences begin: those of signs, of typography and of pictures."""
    mark, wide, selector, picture = (_set(page.characters(lead, lead)) for lead in _OTHER_LEADS)
    small = page.characters(0xE2, 0xE2).islower()
    signs = [char for char in page.characters(0x80, 0xBF) if is_sign(char)]
    odd = [char for char in page.characters(0x80, 0xBF) if small and char.isupper()]
    found = [
        f"{mark}(?:{_set(*signs, *odd, _LOST)}|{byte}(?:{byte}| ?{selector}))",
        f"{wide}{_set(page.characters(0x80, 0x80))}{byte}",
        f"{selector}{_set(*(page.characters(last, last) for last in (0xB8, 0xBB, 0xBF)))}",
        f"{picture}(?:{_set(page.characters(0x9F, 0x9F))}|{byte}{byte})",
    ]
    if not page.lettered:
        found.append(f"{_set(page.characters(0xC2, 0xC5))}{_set(*signs)}")
    return found


def _set(*characters: str) -> str:
    return f"[{re.escape(''.join(sorted({*''.join(characters)})))}]"
