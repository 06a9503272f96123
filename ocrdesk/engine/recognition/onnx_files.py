"""Reads what an ONNX file says of its model, without loading that."""

from collections.abc import Iterator

_METADATA, _KEY, _VALUE = 14, 1, 2
"""Field numbers in ONNX's ``ModelProto`` and ``StringStringEntryProto``."""

_TO_SIZES, _SIZE = (7, 12, 2, 1, 2, 1), 1
"""The fields that lead from a model through its graph, its result, the type, tensor and shape of that to its sizes."""


def metadata_of(model: bytes, name: str) -> str | None:
    """Returns an entry of an ONNX file's metadata, by skipping over its other fields; None if there is none.

    Raises:
        ValueError, IndexError, KeyError: The file is damaged.
    """
    for entry in _parts(memoryview(model), _METADATA):
        pair = {part: bytes(value).decode("utf-8") for part, value in _fields(entry) if not isinstance(value, int)}
        if pair.get(_KEY) == name:
            return pair[_VALUE]
    return None


def classes_of(model: bytes) -> int | None:
    """Returns the last size of what a model gives, which is the number of its classes; None if the file does not say.

    Raises:
        ValueError, IndexError, KeyError: The file is damaged.
    """
    found: list[memoryview] = [memoryview(model)]
    for number in _TO_SIZES:
        found = [inner for outer in found for inner in _parts(outer, number)]
    sizes = [value for number, value in _fields(found[-1]) if number == _SIZE] if found else []
    return sizes[0] if sizes and isinstance(sizes[0], int) else None


def _parts(message: memoryview, wanted: int) -> Iterator[memoryview]:
    """Yields the messages in a field of a message."""
    for number, value in _fields(message):
        if number == wanted and not isinstance(value, int):
            yield value


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview | int]]:
    """Yields the number and content of the fields of a protobuf message that are bytes or whole numbers."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        kind = tag & 7
        if kind == 0:
            value, place = _varint(message, place)
            yield tag >> 3, value
        elif kind == 2:
            length, place = _varint(message, place)
            if place + length > len(message):
                raise ValueError("The file ends in the middle of a field")
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
