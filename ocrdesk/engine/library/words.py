"""Words as they are kept with their line: small, and without saying again what the line says."""

import struct

from ocrdesk.engine.document import Point, Polygon, Word, is_standing, parts_of

WORD = struct.Struct("<2I3f")
"""Start and end in the line's text, left and right along the line from 0 to 1, confidence."""


def pack_words(text: str, polygon: Polygon, words: tuple[Word, ...]) -> bytes:
    """The words of a line as they are kept. One that is not in the line's text is left out."""
    standing = is_standing(polygon)
    begin, end = _ends(polygon, standing)
    packed, place = [], 0
    for word in words:
        start = text.find(word.text, place)
        if start < 0:
            continue
        place = start + len(word.text)
        left, right = (_along(begin, end, point) for point in _ends(word.polygon, standing))
        packed.append(WORD.pack(start, place, left, right, word.confidence))
    return b"".join(packed)


def unpack_words(text: str, polygon: Polygon, packed: bytes) -> tuple[Word, ...]:
    """The words of a line as they were: as high as their line, and slanted as it is."""
    kept = list(WORD.iter_unpack(packed))
    polygons = parts_of(polygon, [(left, right) for _, _, left, right, _ in kept])
    return tuple(
        Word(text[start:end], confidence, part)
        for (start, end, _, _, confidence), part in zip(kept, polygons, strict=True)
    )


def _ends(polygon: Polygon, standing: bool) -> tuple[Point, Point]:
    """The middles of the edges where a line begins and ends."""
    a, b, c, d = polygon
    return (_middle(a, b), _middle(d, c)) if standing else (_middle(a, d), _middle(b, c))


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _along(begin: Point, end: Point, point: Point) -> float:
    """How far along a line a point is, from 0 where the line begins to 1 where it ends."""
    across, down = end[0] - begin[0], end[1] - begin[1]
    length = across * across + down * down
    far = ((point[0] - begin[0]) * across + (point[1] - begin[1]) * down) / length if length else 0.0
    return min(1.0, max(0.0, far))
