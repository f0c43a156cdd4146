"""Harmless HTML in Markdown, as GitHub shows it: ``<kbd>``, ``<sub>``, ``<br>`` and their like.

A tag counts where its partner stands in the same paragraph, around whole marks of Markdown; alone,
or of any other name, it is text as its author typed it (``Map<K, V>``).  Attributes are dropped,
but an image's address and description.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]{1,10})(?P<rest>(?:\s[^<>]*)?)/?>")
_PAIRED = {
    "b": "strong",
    "strong": "strong",
    "summary": "strong",
    "i": "em",
    "em": "em",
    "kbd": "kbd",
    "sub": "sub",
    "sup": "sup",
    "mark": "mark",
    "u": "u",
    "ins": "u",
    "code": "code",
    "small": "small",
    "s": "s",
    "del": "s",
}
"""What each tag comes out as."""
_WRAPPERS = frozenset({"details", "div", "center", "p", "font", "span"})
"""Tags whose content is shown without them."""
_SHOWN = frozenset({"img", "audio"})
_ATTRIBUTE = re.compile(
    r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE
)
_ONLY_WRAPPERS = re.compile(
    rf"\s*(?:</?(?:{'|'.join(sorted(_WRAPPERS))})(?:\s[^<>]*)?>\s*)+$", re.IGNORECASE
)


def only_wrappers(line: str) -> bool:
    """Whether a line is nothing but tags whose content is shown without them."""
    return "<" in line and _ONLY_WRAPPERS.match(line) is not None


def rule(state: "StateInline", silent: bool) -> bool:
    """Reads a tag; whether it has a partner is seen when the paragraph is whole (``pair``)."""
    match = _TAG.match(state.src, state.pos)
    if match is None:
        return False
    name = match["name"].lower()
    if name not in _PAIRED and name not in _WRAPPERS | _SHOWN and name != "br":
        return False
    if not silent:
        _push(state, name, match)
    state.pos = match.end()
    return True


def _push(state: "StateInline", name: str, match: re.Match[str]) -> None:
    if name == "br":
        state.push("hardbreak", "br", 0)
    elif name in _SHOWN and match["close"]:
        return
    elif name in _SHOWN:
        found = {one[1].lower(): one[2] or one[3] or one[4] or "" for one in _attributes(match)}
        image(state, found.get("src", ""), found.get("alt", ""))
    else:
        token = state.push("tag", name, 0)
        token.content, token.info = match.group(), match["close"]


def _attributes(match: re.Match[str]) -> Iterator[re.Match[str]]:
    return _ATTRIBUTE.finditer(match["rest"])


def image(state: "StateInline", address: str, described: str) -> None:
    """An image as Markdown's own marks make it."""
    from markdown_it.token import Token

    token = state.push("image", "img", 0)
    token.attrs = {"src": address, "alt": ""}
    token.content = described
    token.children = [Token("text", "", 0, content=described)] if described else []


def pair(state: "StateCore") -> None:
    """Makes elements of tags that stand in pairs, and text of the others."""
    for token in state.tokens:
        if token.type == "inline" and any(one.type == "tag" for one in token.children or ()):
            _pair(token.children or [])


def _pair(tokens: Sequence["Token"]) -> None:
    waiting: list[tuple[Token, int]] = []
    names: Counter[str] = Counter()
    depth = 0
    for token in tokens:
        depth += token.nesting
        if token.type != "tag":
            continue
        if token.tag in _WRAPPERS:
            _become(token, "text", "", 0, "")
        elif not token.info:
            waiting.append((token, depth))
            names[token.tag] += 1
        elif partner := _partner(waiting, names, token.tag, depth):
            name = _PAIRED[token.tag]
            _become(partner, f"{name}_open", name, 1, "")
            _become(token, f"{name}_close", name, -1, "")
    for token in tokens:
        if token.type == "tag":
            _become(token, "text", "", 0, token.content)


def _partner(
    waiting: list[tuple["Token", int]], names: Counter[str], name: str, depth: int
) -> "Token | None":
    """The open tag of that name that stands as deep; those in between have no partner."""
    if not names[name]:
        return None
    while waiting:
        token, at = waiting.pop()
        names[token.tag] -= 1
        if token.tag == name:
            return token if at == depth else None
    return None


def _become(token: "Token", kind: str, tag: str, nesting: int, content: str) -> None:
    token.type, token.tag, token.content = kind, tag, content
    token.nesting = nesting  # type: ignore[assignment]
