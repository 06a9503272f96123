"""From the lines as they were found to the text of the page."""

from collections.abc import Sequence

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.engine.layout.paragraphs import continued, paragraphs_of
from ocrdesk.engine.layout.reading_order import Part, parts_of
from ocrdesk.engine.layout.tables import tables_in
from ocrdesk.engine.layout.ways import Way


def arrange(lines: Sequence[Line], way: Way = Way.AUTO) -> PageText:
    """Puts the lines of a page in order; milliseconds.

    Args:
        lines: As the recognizer gave them.
        way: How they are to be read.
    """
    if not lines:
        return PageText(())
    if way is Way.DETECTED:
        return PageText((Paragraph(tuple((line,) for line in lines), False),))
    parts, frame = parts_of(lines, way)
    blocks = [block for part in parts for block in _blocks_of(part, frame.height, way)]
    return PageText(tuple(continued(blocks) if len(parts) > 1 and way is not Way.ROWS else blocks))


def _blocks_of(part: Part, height: float, way: Way) -> list[Paragraph | Table]:
    """The tables of what is read without a jump, and the paragraphs between them."""
    blocks: list[Paragraph | Table] = []
    place = 0
    for found in tables_in(part, height):
        blocks += _paragraphs(part[place : found.first], height, way)
        blocks.append(found.table)
        place = found.end
    return blocks + _paragraphs(part[place:], height, way)


def _paragraphs(rows: Part, height: float, way: Way) -> list[Paragraph]:
    if not rows:
        return []
    if way is Way.ROWS:
        return [Paragraph(tuple(tuple(box.line for box in row) for row in rows), False)]
    return paragraphs_of(rows, height)
