"""Bullets and numbers of lists as text in front of their items.

WeasyPrint draws a list's own markers after the text of the page, so that a reader aloud, a search
or a copy finds all bullets at the end; and it takes an author's numbers from CSS only.
"""

import re

_BULLETS = ("•", "–", "·")  # by depth; all in the sheet's fonts
_TAG = re.compile(r"<(/?)(ul|ol)\b([^>]*)>|<li\b([^>]*)>(\s*<p\b[^>]*>)?")
_NUMBER = re.compile(r'(?:start|value)="(-?\d+)"')


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
            return f"<{kind}>"
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
