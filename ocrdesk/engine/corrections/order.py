"""Moves lines in the reading order to where a person moved them."""

from collections.abc import Sequence
from dataclasses import replace

from ocrdesk.engine.corrections.overlap import common_area
from ocrdesk.engine.document import Correction, Line
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Row, Table

_Blocks = list[Paragraph | Table]


def in_order(text: PageText, corrections: Sequence[Correction]) -> PageText:
    """Returns the text of a page with its lines in the order that a person gave them.

    A line that is moved into a paragraph becomes a row of it; behind the end of another one, or of a table, it becomes
    a paragraph of its own. Tables keep their rows and columns: within one of them nothing is moved.

    Args:
        text: The text with its corrections, as it was arranged.
        corrections: Of the page, in the order in which they were made.
    """
    blocks: _Blocks = list(text.blocks)
    for correction in corrections:
        if correction.follows is not None:
            moves = [line for block in blocks for line in block.lines if correction.id in line.corrections]
            rest = [line for block in blocks for line in block.lines if correction.id not in line.corrections]
            if moves and rest and (anchor := _anchor(correction.follows, rest)) is not None:
                blocks = _moved(blocks, moves, anchor, is_behind=bool(correction.follows))
    return PageText(tuple(blocks))


def _anchor(follows: Sequence[Polygon], lines: Sequence[Line]) -> Line | None:
    """Returns the line behind which one is moved, or the first one if it is moved before that."""
    if not follows:
        return lines[0]
    shared = [common_area(follows[0], line.polygon) for line in lines]
    return lines[shared.index(max(shared))] if any(shared) else None


def _moved(blocks: _Blocks, moves: Sequence[Line], anchor: Line, *, is_behind: bool) -> _Blocks:
    source = next(block for block in blocks if _has(block, moves[0]))
    target = next(block for block in blocks if _has(block, anchor))
    if source is target and isinstance(source, Table):
        return blocks
    after: _Blocks = []
    for block in blocks:
        stays = _without(block, moves)
        if not _has(block, anchor) or stays is None:
            after += [stays] if stays else []
            continue
        own = Paragraph(tuple((line,) for line in moves), False, block.runs_left)
        is_at_edge = stays.lines[-1 if is_behind else 0] is anchor
        if isinstance(stays, Table) or (is_at_edge and source is not target):
            after += [stays, own] if is_behind else [own, stays]
        else:
            after.append(replace(stays, rows=_with(stays.rows, moves, anchor, is_behind)))
    return after


def _with(rows: Sequence[Row], moves: Sequence[Line], anchor: Line, is_behind: bool) -> tuple[Row, ...]:
    """Returns rows with further ones, for which the row of the anchor is cut if need be."""
    result: list[Row] = []
    for row in rows:
        place = next((number for number, line in enumerate(row) if line is anchor), None)
        if place is None:
            result.append(row)
            continue
        cut = place + is_behind
        result += [part for part in (row[:cut], *((line,) for line in moves), row[cut:]) if part]
    return tuple(result)


def _without(block: Paragraph | Table, lines: Sequence[Line]) -> Paragraph | Table | None:
    """Returns a block without lines; None if nothing is left of it."""
    if not any(_has(block, line) for line in lines):
        return block
    if isinstance(block, Paragraph):
        rows = _rows_without(block.rows, lines)
        return replace(block, rows=rows) if rows else None
    cells = tuple(tuple(replace(cell, rows=_rows_without(cell.rows, lines)) for cell in row) for row in block.rows)
    return replace(block, rows=cells) if any(cell.rows for row in cells for cell in row) else None


def _rows_without(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[Row, ...]:
    kept = (tuple(line for line in row if not any(line is other for other in lines)) for row in rows)
    return tuple(row for row in kept if row)


def _has(block: Paragraph | Table, line: Line) -> bool:
    return any(line is other for other in block.lines)
