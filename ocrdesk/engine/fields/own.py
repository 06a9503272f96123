"""Own fields: a value marked on one page says by its label where the same value stands on others."""

import re
from collections.abc import Sequence

from ocrdesk.engine.document import Line
from ocrdesk.engine.fields.found import Doubt, Found
from ocrdesk.engine.fields.labels import squeezed
from ocrdesk.engine.fields.sheet import Piece, Sheet
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.layout.boxes import Box
from ocrdesk.engine.library.fields import OwnField, Side

LONGEST_LABEL = 40
"""A longer label is kept as its last words."""

_WORD = re.compile(r"\S+")
_AROUND = " \t:：.=#-–"


def field_by_example(lines: Sequence[Line], marked: Polygon, name: str = "") -> OwnField | None:
    """Returns the field of which a value was marked on a page; None if no label stands beside it.

    Args:
        lines: The lines of the page.
        marked: The place of the value, in pixels of the upright page: some words of a line.
        name: What the field is called; empty: as its label.
    """
    sheet = Sheet(lines)
    x, y = (sum(values) / 4 for values in zip(*marked, strict=True))
    piece = next((it for it in sheet.pieces if _holds(it.box.line.polygon, x, y)), None)
    if piece is None:
        return None
    start, end = _span(piece, marked)
    if label := _label(piece.text[:start]):
        words = 0 if end >= len(piece.text.rstrip()) else len(piece.text[start:end].split())
        return OwnField(name or label, label, Side.BEHIND, words)
    words = 0 if end >= len(piece.text.rstrip()) and not start else len(piece.text[start:end].split())
    left = [it for it in sheet.rows[piece.row] if it.box.right <= piece.box.left + sheet.height]
    above = sheet.above(piece)
    is_above_first = above is not None and len(sheet.rows[piece.row]) > 1 and not any(it.labels for it in left)
    for other, side in ((above, Side.BELOW), (left[-1] if left else None, Side.RIGHT))[:: 1 if is_above_first else -1]:
        if other is not None and (label := _label(other.text)):
            return OwnField(name or label, label, side, words)
    return None


def own_value(sheet: Sheet, field: OwnField) -> Found | None:
    """Returns the value of an own field on a page; None where its label is not found, or nothing stands there."""
    wanted = squeezed(field.label)[0]
    found: list[Found] = []
    for piece in sheet.pieces:
        plain, places, _starts = squeezed(piece.text)
        at = plain.find(wanted)
        if at < 0:
            continue
        value = _beside(sheet, piece, places[at + len(wanted) - 1] + 1, field)
        if value is not None:
            found.append(value)
    if not found:
        return None
    first = found[0]
    if len({it.value for it in found}) > 1:
        return Found(first.value, first.line, first.polygon, first.confidence, (*first.doubts, Doubt.SEVERAL))
    return first


def _beside(sheet: Sheet, piece: Piece, end: int, field: OwnField) -> Found | None:
    if field.side is Side.BEHIND:
        near = [(piece, end)]
        if not piece.text[end:].strip(_AROUND):  # it was found as a line of its own here
            near = [(it, 0) for it in _right(sheet, piece)]
    elif piece.text[end:].strip(_AROUND) and field.side is Side.RIGHT:
        near = [(piece, end)]
    else:
        near = [(it, 0) for it in (_right if field.side is Side.RIGHT else _below)(sheet, piece)]
    for other, start in near[:1]:
        words = list(_WORD.finditer(other.text, start))
        while words and not words[0][0].strip(_AROUND):
            del words[0]
        words = words[: field.words or None]
        if words:
            first = words[0].start() + len(words[0][0]) - len(words[0][0].lstrip(_AROUND))
            return other.found(other.text[first : words[-1].end()], first, words[-1].end())
    return None


def _right(sheet: Sheet, piece: Piece) -> list[Piece]:
    return [it for it in sheet.rows[piece.row] if it.box.left > piece.box.left]


def _below(sheet: Sheet, piece: Piece) -> list[Piece]:
    row = sheet.rows[piece.row + 1] if piece.row + 1 < len(sheet.rows) else []
    return [it for it in row if _overlap(it.box, piece.box) > 0]


def _overlap(box: Box, other: Box) -> float:
    return min(box.right, other.right) - max(box.left, other.left)


def _label(text: str) -> str:
    """Returns the last words of what stands before a value, without what leads to it."""
    words = text.strip(_AROUND).split()
    while len(" ".join(words)) > LONGEST_LABEL and len(words) > 1:
        del words[0]
    label = " ".join(words)
    letters, digits = sum(map(str.isalpha, label)), sum(map(str.isdecimal, label))
    return label if letters > 1 and digits < letters / 2 else ""  # what has more figures is a value itself


def _holds(polygon: Polygon, x: float, y: float) -> bool:
    across, down = zip(*polygon, strict=True)
    return min(across) <= x <= max(across) and min(down) <= y <= max(down)


def _span(piece: Piece, marked: Polygon) -> tuple[int, int]:
    """Returns which part of the text of a piece was marked."""
    left, right = min(x for x, _ in marked), max(x for x, _ in marked)
    start, end, place = len(piece.text), 0, 0
    for word in piece.box.line.words:
        at = piece.text.find(word.text, place)
        if at < 0:
            continue
        place = at + len(word.text)
        if left <= word.middle[0] <= right:
            start, end = min(start, at), max(end, place)
    if not end:
        return 0, len(piece.text)
    glued = re.match(r"[^\W\d]{2,}\W*[:：]", piece.text[start:end])
    return (start + glued.end(), end) if glued and start + glued.end() < end else (start, end)
