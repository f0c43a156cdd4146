"""Bullets and numbers of lists as text in front of their items, and short items side by side.

WeasyPrint draws a list's own markers after the text of the page, so that a reader aloud, a search
or a copy finds all bullets at the end; and it takes an author's numbers from CSS only. A bulleted
list of a few words each would leave two thirds of a column blank: it is set in pairs.
"""

import re
from html import unescape

_BULLETS = ("•", "–", "·")  # by depth; all in the sheet's fonts
_TAG = re.compile(r"<(/?)(ul|ol)\b([^<>]*)>|<li\b([^<>]*)>(\s*+<p\b[^<>]*>)?")
_FLAT = re.compile(r"<ul>(\s*(?:<li>(?:(?!</?(?:ul|ol|li|p|pre|br)\b).)*</li>\s*)+)</ul>")
_ITEM = re.compile(r"<li>((?:[^<]|<(?!/?li>))*+)</li>")
_INLINE = re.compile(r"<[^<>]+>")
_FEWEST, _SHORT = 3, 28  # items of a list in pairs, and characters of half a column
_NUMBER = re.compile(r'(?:start|value)="(-?\d{1,9})"')


def pair(html: str) -> str:
    """`html` with `ul.pairs` where a flat list has only short items."""
    return _FLAT.sub(_paired, html)


def _paired(match: re.Match[str]) -> str:
    items = [unescape(_INLINE.sub("", item)) for item in _ITEM.findall(match.group(1))]
    fits = len(items) >= _FEWEST and max(map(len, items)) <= _SHORT
    return f'<ul class="pairs">{match.group(1)}</ul>' if fits else match.group()


def write(html: str) -> str:
    """`html` with a `span.marker` at the beginning of every item; numbers as their author's."""
    lists: list[int | None] = []  # the next number of each open list; None has bullets

    def replaced(match: re.Match[str]) -> str:
        end, kind, of_list, of_item, paragraph = match.groups()
        if kind and end:
            lists[-1:] = []
            return match.group()
        if kind:
            lists.append(_number(of_list, 1) if kind == "ol" else None)
            return match.group() if kind == "ul" else "<ol>"
        return f'<li>{paragraph or ""}<span class="marker">{_marker(lists, of_item)}</span>'

    return _TAG.sub(replaced, html)


def _marker(lists: list[int | None], attributes: str) -> str:
    """The marker of the next item of the innermost list, counting it."""
    number = lists[-1] if lists else None
    if number is None:
        depth = lists.count(None)
        return _BULLETS[min(max(depth, 1), len(_BULLETS)) - 1]
    number = _number(attributes, number)
    lists[-1] = number + 1
    return f"{number}."


def _number(attributes: str, default: int) -> int:
    found = _NUMBER.search(attributes)
    return int(found.group(1)) if found else default
