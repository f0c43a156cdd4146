"""Names in programs that Markdown would take for emphasis: ``__init__``, ``*args``."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_TYPES = (object, type, int, float, str, bytes, list, dict, property, type(lambda: 0), type(re))
_KNOWN = {name for kind in _TYPES for name in dir(kind) if name.startswith("__")}
_MORE = """__init__ __main__ __name__ __file__ __all__ __slots__ __version__ __path__ __package__
__builtins__ __annotations__ __match_args__ __enter__ __exit__ __aenter__ __aexit__ __await__
__aiter__ __anext__ __next__ __del__ __getattr__ __missing__ __reversed__ __set__ __delete__
__set_name__
__copy__ __deepcopy__ __bytes__ __bool__ __class_getitem__ __prepare__ __post_init__ __future__
__pycache__ __test__ __author__ __proto__ __typename__ __dirname__ __filename__ __construct__
__destruct__ __invoke__ __halt_compiler__""".split()
_DUNDERS = frozenset({*_KNOWN, *_MORE})
_DUNDER = re.compile(r"__[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*__(?![A-Za-z0-9_])")
_STARRED = re.compile(r"\*{1,2}(?:args|kwargs|kw|params|options|opts|rest)\b(?!\*)")


def rule(state: "StateInline", silent: bool) -> bool:
    """A name as it is typed, with its underscores or stars."""
    before = state.src[state.pos - 1] if state.pos else " "
    if before.isalnum() or before in "_*":
        return False
    name = _name(state.src, state.pos, before)
    if name is None:
        return False
    if not silent:
        state.push("text", "", 0).content = name
    state.pos += len(name)
    return True


def _name(text: str, at: int, before: str) -> str | None:
    if match := _DUNDER.match(text, at):
        called = text[match.end() : match.end() + 1] == "("
        return match.group() if called or before == "." or match.group() in _DUNDERS else None
    match = _STARRED.match(text, at)
    return match.group() if match else None
