"""Values checked against types by msgspec: kept as bytes, read from TOML, described as schemas."""

import datetime
import re
from typing import Any, TypeVar

import msgspec
from msgspec import Meta

__all__ = ["Meta", "Unfit", "converted", "decode", "encode", "schema"]

T = TypeVar("T")
_PLACE = re.compile(r"\$((?:\[\d+\])*)`$")


class Unfit(ValueError):
    """A value that is none of its type; ``path`` are the numbers of the list items that lead to
    what doesn't fit."""

    def __init__(self, path: tuple[int, ...]) -> None:
        super().__init__(path)
        self.path = path


def encode(value: Any) -> bytes:
    """``value`` as MessagePack: dataclasses, tuples, mappings, enums of text, dates, numbers."""
    return msgspec.msgpack.encode(value)


def decode(raw: bytes, kind: type[T]) -> T:
    """The ``kind`` that ``encode`` wrote.  ValueError where the bytes are no such thing."""
    try:
        return msgspec.msgpack.decode(raw, type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def converted(value: Any, kind: Any) -> Any:
    """``value``, as ``tomllib`` reads it, as a ``kind``.  Unfit where it is none."""
    try:
        return msgspec.convert(value, kind, builtin_types=(datetime.date,))
    except msgspec.ValidationError as error:
        found = _PLACE.search(str(error))
        numbers = re.findall(r"\d+", found[1]) if found else ()
        raise Unfit(tuple(map(int, numbers))) from error


def schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a type that is made of plain ones."""
    return msgspec.json.schema(kind)
