"""Frozen dataclasses as bytes and back, checked against their types while they are read."""

from typing import Any, TypeVar

T = TypeVar("T")


def encode(value: Any) -> bytes:
    """``value`` as MessagePack: dataclasses, tuples, mappings, enums of text, dates, numbers."""
    import msgspec

    return msgspec.msgpack.encode(value)


def decode(raw: bytes, kind: type[T]) -> T:
    """The ``kind`` that ``encode`` wrote.  ValueError where the bytes are no such thing."""
    import msgspec

    try:
        return msgspec.msgpack.decode(raw, type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
