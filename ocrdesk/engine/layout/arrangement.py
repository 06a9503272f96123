"""From the lines as they were found to the text of the page."""

from collections.abc import Sequence

from ocrdesk.engine.document import Line, Rule
from ocrdesk.engine.layout.boxes import Frame
from ocrdesk.engine.layout.grid import Grid, grids_of
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.engine.layout.paragraphs import continued, paragraphs_of
from ocrdesk.engine.layout.reading_order import Part, parts_of
from ocrdesk.engine.layout.ruling import ruling_of
from ocrdesk.engine.layout.tables import tables_in
from ocrdesk.engine.layout.ways import Way


def arrange(lines: Sequence[Line], way: Way = Way.AUTO, rules: Sequence[Rule] = ()) -> PageText:
    """Puts the lines of a page in order; milliseconds.

    Args:
        lines: As the recognizer gave them.
        way: How they are to be read.
        rules: Those seen on the page; none where they were never looked for.
    """
    if not lines:
        return PageText(())
    if way is Way.DETECTED:
        return PageText((Paragraph(tuple((line,) for line in lines), False),))
    parts, frame = parts_of(lines, way, rules)
    grids = [grid for grid in grids_of(ruling_of(rules, frame), frame.height) if _are_in_one(grid, parts)]
    if way is Way.ROWS:
        return PageText(tuple(block for part in parts for block in _rows_of(part, frame, grids)))
    blocks = [block for part in parts for block in paragraphs_of(part, frame.height, tables_in(part, frame, grids))]
    return PageText(tuple(continued(blocks) if len(parts) > 1 else blocks))


def _are_in_one(grid: Grid, parts: Sequence[Part]) -> bool:
    """Whether what stands in a ruled grid is in one part of a page: it was not found to be columns of text."""
    return sum(any(grid.holds(box) for row in part for box in row) for part in parts) == 1


def _rows_of(part: Part, frame: Frame, grids: Sequence[Grid]) -> list[Paragraph | Table]:
    """The tables of a page that is read row by row, and all rows between two as one paragraph."""
    blocks: list[Paragraph | Table] = []
    place = 0
    for found in [*tables_in(part, frame, grids), None]:
        between = part[place : found.first if found else len(part)]
        if between:
            blocks.append(Paragraph(tuple(tuple(box.line for box in row) for row in between), False))
        if found:
            blocks.append(found.table)
            place = found.end
    return blocks
