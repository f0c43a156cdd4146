"""SVG drawings, of which only what draws is left: no script, no style sheet, nothing fetched.

``py_svg_hush`` keeps the elements and attributes of an allow-list.  What is left may still unfold
without end, as each ``use`` repeats what it names: a drawing that repeats repetitions is refused.
"""

import re
from xml.etree import ElementTree

from exporter.pack.images import Broken

_LARGEST = 1_000_000  # bytes
_MOST_USES = 200
_SHAPES = frozenset("path rect circle ellipse line polyline polygon text tspan use image".split())
_WRONG = "is no SVG that can be shown: export it as PNG"
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


def safe(raw: bytes) -> bytes:
    """The drawing without what acts.  Broken where nothing or too much of it would be left."""
    import py_svg_hush

    if len(raw) > _LARGEST:
        raise Broken(f"has more than {_LARGEST // 1000} kB: export it as PNG")
    if _DECLARED.search(raw) and b"<!ENTITY" in raw.upper():
        raise Broken(_WRONG)
    try:
        made = py_svg_hush.filter_svg(raw, {"image": ["png", "jpeg", "gif", "webp"]})
        root = ElementTree.fromstring(made)  # noqa: S314 - filtered, and without entities
    except (ValueError, ElementTree.ParseError, RecursionError) as error:
        raise Broken(_WRONG) from error
    elements = [(_name(one), one) for one in root.iter()]
    if _name(root) != "svg" or not any(name in _SHAPES for name, _ in elements):
        raise Broken(_WRONG)
    uses = sum(name == "use" for name, _ in elements)
    named = (one for _, one in elements if "id" in one.attrib and len(one))
    nested = any(_name(inner) == "use" for one in named for inner in one.iter())
    if uses > _MOST_USES or (uses and nested):
        raise Broken("repeats its parts within each other: export it as PNG")
    return made


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
