"""From the lines as they were found to the text of the page."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ocrdesk.engine.direction import mostly_runs_left, runs_left
from ocrdesk.engine.document import Line, ReadingOrder, Rule
from ocrdesk.engine.layout.boxes import Frame
from ocrdesk.engine.layout.grid import Grid, grids_of
from ocrdesk.engine.layout.open_grids import open_grids
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.engine.layout.paragraphs import continued, paragraph_of, paragraphs_of
from ocrdesk.engine.layout.reading_order import Part, parts_of
from ocrdesk.engine.layout.ruled_tables import ruled_table
from ocrdesk.engine.layout.ruling import ruling_of
from ocrdesk.engine.layout.table_rows import Found
from ocrdesk.engine.layout.tables import tables_in

NO_COLUMN = 1.2
"""What is narrower between two rules, in line heights, is no column but the white between two boxes."""

FEWEST_CELLS, MOST_LINES = 6, 6
"""A ruled grid over several columns of text is a table if it has at least this many cells, most of which have no more
lines than this."""


def arrange(lines: Sequence[Line], order: ReadingOrder = ReadingOrder.AUTO, rules: Sequence[Rule] = ()) -> PageText:
    """Puts the lines of a page in order; milliseconds.

    Args:
        lines: As the recognizer gave them.
        order: How they are to be read.
        rules: Those seen on the page; none where they were never looked for.
    """
    if not lines:
        return PageText(())
    if order is ReadingOrder.DETECTED:
        way = mostly_runs_left(line.text for line in lines)
        return PageText((Paragraph(tuple((line,) for line in lines), False, way),))
    parts, frame = parts_of(lines, order, rules)
    ruling, boxes = ruling_of(rules, frame), [box for part in parts for row in part for box in row]
    grids = grids_of(ruling, frame.height) + open_grids(ruling, boxes, frame.height)
    grids.sort(key=lambda grid: grid.rows[0])
    for grid in grids:
        parts = _with_whole(grid, parts, frame)
    grids = [grid for grid in grids if len(_holders(grid, parts)) == 1]
    facing = [_facing(part, frame, grids) for part in parts]
    if order is ReadingOrder.ROWS:
        return PageText(tuple(block for part in facing for block in _rows_of(*part)))
    blocks = [block for part, its, some in facing for block in paragraphs_of(part, its, _tables(part, its, some))]
    return PageText(tuple(continued(blocks) if len(parts) > 1 else blocks))


def _facing(part: Part, frame: Frame, grids: Sequence[Grid]) -> tuple[Part, Frame, Sequence[Grid]]:
    """A part of a page, how it lies and its ruled grids for somebody who reads that part: pages may be bilingual."""
    if not frame.has_leftward:
        return part, frame, grids
    lines = [box.line for row in part for box in row]
    own = frame.facing(lines)
    if own is frame or not any(_is_of_other(line.text, frame) for line in lines):
        return part, frame, grids
    turned = [[own.box(box.line) for box in reversed(row)] for row in part]
    return turned, own, [grid.in_mirror() for grid in grids]


def _is_of_other(text: str, frame: Frame) -> bool:
    """Whether all letters of a text run against the direction of its page."""
    return any(map(str.isalpha, text)) and runs_left(text, frame.is_leftwards) != frame.is_leftwards


def _tables(part: Part, frame: Frame, grids: Sequence[Grid]) -> list[Found]:
    """The tables of a part, which say in which direction they are read."""
    found = tables_in(part, frame, grids)
    return [replace(its, table=replace(its.table, runs_left=True)) for its in found] if frame.is_leftwards else found


def _holders(grid: Grid, parts: Sequence[Part]) -> list[int]:
    """Numbers of the parts in which something stands in a ruled grid."""
    return [number for number, part in enumerate(parts) if any(grid.holds(box) for row in part for box in row)]


def _with_whole(grid: Grid, parts: list[Part], frame: Frame) -> list[Part]:
    """Parts of which those that make up a ruled table are one; a cell of it with much text may look like a column."""
    holders = _holders(grid, parts)
    if len(holders) < 2 or holders[-1] - holders[0] >= len(holders):
        return parts
    if any(right - left < NO_COLUMN * frame.height for left, right in pairwise(grid.columns)):
        return parts
    first, end = holders[0], holders[-1] + 1
    whole = [row for part in parts[first:end] for row in part]
    found = ruled_table(whole, grid, frame)
    if found is None or len(found.table.rows) >= len(grid.rows):  # lines of columns, taken for rows
        return parts
    lines = [len(cell.rows) for row in found.table.rows for cell in row if cell.rows]
    if len(lines) < FEWEST_CELLS or median(lines) > MOST_LINES:
        return parts
    return [*parts[:first], whole, *parts[end:]]


def _rows_of(part: Part, frame: Frame, grids: Sequence[Grid]) -> list[Paragraph | Table]:
    """The tables of a page that is read row by row, and all rows between two as one paragraph."""
    blocks: list[Paragraph | Table] = []
    place = 0
    for found in [*_tables(part, frame, grids), None]:
        between = part[place : found.first if found else len(part)]
        if between:
            blocks.append(paragraph_of(between, is_prose=False, page_runs_left=frame.is_leftwards))
        if found:
            blocks.append(found.table)
            place = found.end
    return blocks
