"""Reads what an ONNX file says of its model, without loading that."""

from collections.abc import Iterator

_METADATA, _KEY, _VALUE = 14, 1, 2
"""Field numbers in ONNX's ``ModelProto`` and ``StringStringEntryProto``."""


def metadata_of(model: bytes, name: str) -> str | None:
    """Returns an entry of an ONNX file's metadata, by skipping over its other fields; None if there is none.

    Raises:
        ValueError, IndexError, KeyError: The file is damaged.
    """
    for number, entry in _fields(memoryview(model)):
        if number == _METADATA:
            pair = {part: bytes(value).decode("utf-8") for part, value in _fields(entry)}
            if pair.get(_KEY) == name:
                return pair[_VALUE]
    return None


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yields the number and content of each length-delimited field of a protobuf message; skips varint fields."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        kind = tag & 7
        if kind == 0:
            _, place = _varint(message, place)
        elif kind == 2:
            length, place = _varint(message, place)
            yield tag >> 3, message[place : place + length]
            place += length
        else:
            place += {1: 8, 5: 4}[kind]


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place
