"""Anki's template language, as far as our cards use it.

``{{Field}}``, ``{{#Field}} … {{/Field}}``, ``{{^Field}} … {{/Field}}`` and ``{{FrontSide}}``.
Mustache libraries escape HTML, know no FrontSide and call a field of blanks filled; Anki does none
of this, and a preview that differs from Anki is worth nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TAG = re.compile(r"\{\{\s*+(?P<sign>[#^/]?)(?P<name>[^{}]*+)\}\}")
_EMPTY = re.compile(r"(?:[ \t\n\r\f\v]|</?(?:br|div) ?/?>)*", re.IGNORECASE)
FRONT_SIDE = "FrontSide"


class TemplateFault(ValueError):
    """A template that Anki would refuse."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A part that is shown where ``name`` is filled, or with ``inverted`` where it is empty."""

    name: str
    inverted: bool
    inside: tuple["_Node", ...]


_Node = str | tuple[str] | _Section  # text, a field by its name, a section


def render(template: str, fields: Mapping[str, str]) -> str:
    """The template with ``fields`` (HTML) filled in; TemplateFault where it names another field."""
    return "".join(_shown(parse(template), fields))


def filled(text: str) -> bool:
    """Whether Anki takes a field for filled: with more than blanks and line breaks."""
    return _EMPTY.fullmatch(text) is None


def parse(template: str) -> tuple[_Node, ...]:
    """The parts of a template; TemplateFault where a section is not closed in its order."""
    open_: list[tuple[str, bool, list[_Node]]] = [("", False, [])]
    last = 0
    for match in _TAG.finditer(template):
        nodes = open_[-1][2]
        if match.start() > last:
            nodes.append(template[last : match.start()])
        last = match.end()
        name = match["name"].strip()
        match match["sign"]:
            case "":
                nodes.append((name,))
            case "/":
                if len(open_) == 1 or open_[-1][0] != name:
                    raise TemplateFault(f"{{{{/{name}}}}} closes no section that is open")
                closed, inverted, inside = open_.pop()
                open_[-1][2].append(_Section(closed, inverted, tuple(inside)))
            case sign:
                open_.append((name, sign == "^", []))
    if len(open_) > 1:
        raise TemplateFault(f"{{{{#{open_[-1][0]}}}}} is never closed")
    return (*open_[0][2], template[last:])


def _shown(nodes: Sequence[_Node], fields: Mapping[str, str]) -> list[str]:
    shown: list[str] = []
    for node in nodes:
        match node:
            case str():
                shown.append(node)
            case _Section():
                if filled(_field(node.name, fields)) is not node.inverted:
                    shown += _shown(node.inside, fields)
            case (name,):
                shown.append(_field(name, fields))
    return shown


def _field(name: str, fields: Mapping[str, str]) -> str:
    if name not in fields:
        raise TemplateFault(f"there is no field {name}")
    return fields[name]
