"""JSON as the frozen dataclasses that describe it: a dataclass says once what its fields may hold.

A ledger may come from a merge by hand, an older edition or a stranger, so nothing in it is what it
seems before it is checked.  The types that a dataclass declares are the check: text, numbers, true
and false, None, choices (``Literal`` or an enum), tuples and other dataclasses, and with
``Annotated[int, Must(...)]`` whatever more there is to say.  A field with a default may be left
out.  One that the dataclass does not have is passed over, or kept where it has a field ``unknown``:
a later version of the program, or a person, wrote it.
"""

import json
import math
import re
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

T = TypeVar("T")
Unknown = tuple[tuple[str, str], ...]
"""Names of fields that a dataclass does not have, each with its JSON."""
_Reader = Callable[[object], Any]
_UNKNOWN = "unknown"
_HALF = re.compile("[\ud800-\udfff]")
_SAFE = 2**53  # what every reader of JSON takes for a whole number


class Unfit(ValueError):
    """A value that is none of the kind wanted; the message says where it stands and what it must
    be, as in "notes.modified must be a whole number"."""

    def __init__(self, wanted: str, place: str = "") -> None:
        super().__init__(f"{place or 'it'} must be {wanted}")
        self.wanted = wanted
        self.place = place

    def below(self, name: str) -> "Unfit":
        """The same, seen from the field ``name`` that holds it."""
        return Unfit(self.wanted, f"{name}.{self.place}" if self.place else name)


@dataclass(frozen=True, slots=True)
class Must:
    """What a type alone can't say of a value: in words, and as a test."""

    wanted: str
    holds: Callable[[Any], bool]


def parse(text: str) -> object:
    """The value of a JSON text; Unfit where it is none, or none that can be kept: too deep, a
    number of thousands of digits, or no number at all (NaN)."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise Unfit("JSON") from error


def _no_number(name: str) -> object:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def read(kind: type[T], value: object) -> T:
    """``value`` as a ``kind``.  Unfit where a field is missing or holds something else."""
    made: T = _reader(cast("Hashable", kind))(value)
    return made


@cache
def _reader(kind: Any) -> _Reader:
    if hasattr(kind, "__supertype__"):  # a NewType
        return _reader(kind.__supertype__)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice({member.value: member for member in kind})
    make, arguments = _COMPOSED[get_origin(kind)], get_args(kind)
    return make(arguments)


def _record(kind: Any) -> _Reader:
    hints = get_type_hints(kind, include_extras=True)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = [field.name for field in fields(kind) if _needed(field)]

    keeps = readers.pop(_UNKNOWN, None) is not None

    def record(value: object) -> object:
        row = _mapping(value)
        for name in needed:
            if name not in row:
                raise Unfit("there", name)
        values, name = {}, ""
        try:
            for name, reader in readers.items():
                if name in row:
                    values[name] = reader(row[name])
        except Unfit as unfit:
            raise unfit.below(name) from None
        if keeps and (more := [name for name in row if name not in readers]):
            values[_UNKNOWN] = tuple((name, json.dumps(row[name])) for name in more)
        return kind(**values)

    return record


def written(value: Any) -> dict[str, Any]:
    """A dataclass as the mapping that ``read`` takes, with the unknown fields that it keeps."""
    row = asdict(value)
    more = row.pop(_UNKNOWN, ())
    return row | {name: json.loads(text) for name, text in more}


def _needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Unfit("an object in braces")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit("text")
    if not value.isascii() and _HALF.search(value):
        raise Unfit("text without half signs (surrogates)")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _SAFE:
        raise Unfit("a whole number of at most 15 digits")
    return value


def _number(value: object) -> float:
    if isinstance(value, float) and math.isfinite(value):
        return value
    return _whole(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit("true or false")
    return value


def _nothing(value: object) -> None:
    if value is not None:
        raise Unfit("null")


def _choice(choices: Mapping[Any, Any]) -> _Reader:
    wanted = " or ".join(json.dumps(choice) for choice in choices)

    def choice(value: object) -> Any:
        if not isinstance(value, str | int) or isinstance(value, bool) or value not in choices:
            raise Unfit(wanted)
        return choices[value]

    return choice


def _one_of(kinds: tuple[Any, ...]) -> _Reader:
    readers = [_reader(kind) for kind in kinds]
    optional = type(None) in kinds

    def one_of(value: object) -> Any:
        if value is None and optional:
            return None
        refused = []
        for reader in readers:
            try:
                return reader(value)
            except Unfit as unfit:
                refused.append(unfit)
        if inner := [unfit for unfit in refused if unfit.place]:
            raise inner[0]
        raise Unfit(" or ".join(dict.fromkeys(unfit.wanted for unfit in refused)))

    return one_of


def _tuple(kinds: tuple[Any, ...]) -> _Reader:
    if kinds[1:] == (...,):
        item = _reader(kinds[0])
        return lambda value: tuple([item(one) for one in _list(value)])
    readers = [_reader(kind) for kind in kinds]

    def fixed(value: object) -> tuple[Any, ...]:
        items = _list(value)
        if len(items) != len(readers):
            raise Unfit(f"a list of {len(readers)}")
        return tuple([reader(item) for reader, item in zip(readers, items, strict=True)])

    return fixed


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise Unfit("a list")
    return value


def _annotated(arguments: tuple[Any, ...]) -> _Reader:
    reader, musts = _reader(arguments[0]), [one for one in arguments[1:] if isinstance(one, Must)]

    def annotated(value: object) -> Any:
        found = reader(value)
        for must in musts:
            if not must.holds(found):
                raise Unfit(must.wanted)
        return found

    return annotated


_PLAIN: Mapping[Any, _Reader] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _flag,
    type(None): _nothing,
}
_COMPOSED: Mapping[Any, Callable[[tuple[Any, ...]], _Reader]] = {
    Annotated: _annotated,
    Literal: lambda choices: _choice({choice: choice for choice in choices}),
    Union: _one_of,
    types.UnionType: _one_of,
    tuple: _tuple,
}
